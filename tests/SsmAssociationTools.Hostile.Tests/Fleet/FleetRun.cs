using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests.Fleet;

/// <summary>One pair of a wanted and an existing set, synchronised twice, and held against the oracle.</summary>
internal static class FleetRun
{
    private const string Place = "111122223333/eu-north-1";

    private static readonly string[] s_writes = ["CreateAssociation", "CreateAssociationBatch", "UpdateAssociation", "DeleteAssociation", "StartAssociationsOnce"];

    public static OtherRun Of(int seed, Session session)
    {
        FleetPair pair = FleetPair.Of(seed);
        using var service = new HostileEndpoint(seed, new Script { Reading = seed % 2 == 0 ? UpdateReading.ResetsAll : UpdateReading.AsInSamples });
        foreach (JsonObject content in pair.Before)
        {
            service.World.Create(Place, content, System.DateTimeOffset.UtcNow.AddHours(-1), 0, System.TimeSpan.FromHours(1));
        }

        var faults = new List<Fault>();
        var story = new List<string>();
        var statuses = new List<string>();
        for (int round = 1; round <= 2 && faults.Count == 0; round++)
        {
            List<Association> existing = [.. service.World.Existing(Place)];
            List<JsonObject> contents = [.. existing.Select(association => association.Content)];
            List<int> versions = [.. existing.Select(association => association.Versions.Count)];
            int calls = service.Transcript.Lines.Count;
            Outcome outcome = session.Run("Sync-SsmAssociationBatch", Parameters(service, pair), pair.Wanted.Select(Shell.ToObject), SeedRun.Limit);
            FleetOracle oracle = FleetOracle.Of(pair, contents);
            List<string> operations = [.. service.Transcript.Lines.Skip(calls).Select(line => line.Split(Place + " ")).Where(parts => parts.Length > 1).Select(parts => parts[1].Split(' ')[0])];
            Check(round, pair, oracle, service, (existing, contents, versions), outcome, operations, faults);
            statuses.AddRange(outcome.Results.Select(result => result.Status));
            story.Add($"round {round}: {string.Join(", ", operations.GroupBy(name => name).Select(group => $"{group.Key} {group.Count()}"))}");
            story.AddRange(oracle.Statuses.Select((status, place) => $"expected {place}: {status} {(oracle.Partner[place] is { } other ? existing[other].Id : string.Empty)}"));
            story.AddRange(oracle.Removed.Select(place => $"expected removal: {existing[place].Id}"));
            story.AddRange(outcome.Results.Select(result => result.ToString()));
            story.AddRange(outcome.Texts.Where(text => text.Length < 500));
        }

        string whole = faults.Count == 0 ? string.Empty : string.Join('\n', pair.Wanted.Select((item, place) => $"wanted {place}: {item.ToJsonString()}")
            .Concat(service.World.All.SelectMany(association => association.Versions.Select(version => $"{association.Id}{(association.IsDeleted ? " (deleted)" : string.Empty)} {version.Number} by #{version.Call}: {version.Key}")))
            .Append($"IfChanged {pair.IfChanged}, scope {(pair.Scope is null ? "none" : string.Join(" ", pair.Scope))}, {service.Script.Reading}")
            .Concat(story).Concat(service.Transcript.Lines));
        return new OtherRun(faults, whole, statuses);
    }

    private static Dictionary<string, object> Parameters(HostileEndpoint service, FleetPair pair)
    {
        var parameters = new Dictionary<string, object>
        {
            ["EndpointUrl"] = service.Url.ToString(),
            ["Region"] = "eu-north-1",
            ["AccessKey"] = "AKIDEXAMPLE",
            ["SecretKey"] = "secret",
            ["IfChanged"] = pair.IfChanged,
            ["Confirm"] = false,
            ["ErrorAction"] = ActionPreference.SilentlyContinue,
        };
        if (pair.Scope is not null)
        {
            parameters["Prune"] = true;
            parameters["Scope"] = pair.Scope.ToArray();
        }

        return parameters;
    }

    private static void Check(
        int round,
        FleetPair pair,
        FleetOracle oracle,
        HostileEndpoint service,
        (List<Association> Associations, List<JsonObject> Contents, List<int> Versions) before,
        Outcome outcome,
        List<string> operations,
        List<Fault> faults)
    {
        void Add(FaultKind kind, string text) => faults.Add(new Fault(kind, $"round {round}: {text}"));

        if (outcome.IsLate)
        {
            Add(FaultKind.Endless, "still running after the limit");
            return;
        }

        // One result for each, in order, and the removals after them.
        IReadOnlyList<SeenResult> results = outcome.Results;
        int count = pair.Wanted.Count;
        if (!results.Select(result => result.Index).SequenceEqual(Enumerable.Range(0, count + oracle.Removed.Count)))
        {
            Add(FaultKind.Results, $"{results.Count} results for {count} entries and {oracle.Removed.Count} removals: {string.Join(" ", results.Select(result => $"{result.Index}:{result.Status}"))}");
            return;
        }

        for (int place = 0; place < count; place++)
        {
            if (results[place].Status != oracle.Statuses[place])
            {
                Add(FaultKind.Hidden, $"{results[place]}: expected {oracle.Statuses[place]}");
            }
            else if (oracle.Partner[place] is { } partner && oracle.Statuses[place] is "Updated" && results[place].Id != before.Associations[partner].Id)
            {
                Add(FaultKind.SharedId, $"{results[place]}: expected {before.Associations[partner].Id}");
            }
        }

        // Of several that are alike, any may go.
        HashSet<string> gone = [.. results.Skip(count).Where(result => result.Status == "Removed").Select(result => result.Id)];
        string[] expected = [.. oracle.Removed.Select(place => Meaning.Of(before.Contents[place])).Order()];
        string[] removed = [.. Enumerable.Range(0, before.Contents.Count).Where(place => gone.Contains(before.Associations[place].Id)).Select(place => Meaning.Of(before.Contents[place])).Order()];
        if (!expected.SequenceEqual(removed))
        {
            Add(FaultKind.WrongRemoval, string.Join("; ", results.Skip(count)));
        }

        // What exists now.
        for (int place = 0; place < before.Associations.Count; place++)
        {
            Association association = before.Associations[place];
            int asked = Enumerable.Range(0, count).FirstOrDefault(other => oracle.Partner[other] == place && oracle.Statuses[other] == "Updated", -1);
            JsonObject wanted = asked >= 0 ? FleetOracle.Entry(pair, asked) : before.Contents[place];
            if (association.IsDeleted != gone.Contains(association.Id))
            {
                Add(FaultKind.WrongRemoval, $"{association.Id} {(association.IsDeleted ? "is gone" : "stays")}");
            }
            else if (Meaning.Of(association.Content) != Meaning.Of(wanted))
            {
                Add(FaultKind.LostMember, $"{association.Id} has {Meaning.Of(association.Content)}, wanted {Meaning.Of(wanted)}");
            }
            else if (association.Versions.Count != before.Versions[place] + (asked >= 0 ? 1 : 0))
            {
                Add(FaultKind.Doubled, $"{association.Id} has {association.Versions.Count} versions");
            }
        }

        List<string> made = [.. service.World.All.Except(before.Associations).Where(association => !association.IsDeleted).Select(association => Meaning.Of(association.Content)).Order()];
        List<string> missing = [.. Enumerable.Range(0, count).Where(place => oracle.Statuses[place] == "Created").Select(place => Meaning.Of(FleetOracle.Entry(pair, place))).Order()];
        if (round == 1 && !made.SequenceEqual(missing))
        {
            Add(made.Count > missing.Count ? FaultKind.Doubled : FaultKind.Invented, $"made {string.Join(" ", made)}, expected {string.Join(" ", missing)}");
        }

        // The fewest calls that write, and no more reading than is needed to know.
        int Calls(string operation) => operations.Count(name => name == operation);
        (string Operation, int Fewest)[] fewest =
        [
            ("CreateAssociationBatch", oracle.FewestBatches(pair)),
            ("UpdateAssociation", oracle.Statuses.Count(status => status == "Updated")),
            ("DeleteAssociation", oracle.Removed.Count),
            ("CreateAssociation", 0),
            ("StartAssociationsOnce", 0),
        ];
        foreach ((string operation, int least) in fewest.Where(item => Calls(item.Operation) != item.Fewest))
        {
            Add(FaultKind.Doubled, $"{Calls(operation)} calls of {operation}, {least} are needed");
        }

        if (round == 2 && operations.Any(s_writes.Contains))
        {
            Add(FaultKind.Doubled, "the second run writes: " + string.Join(" ", operations.Where(s_writes.Contains)));
        }

        int describes = before.Associations.Count + oracle.Removed.Count;
        int pages = System.Math.Max(1, (before.Associations.Count + 49) / 50);

        // Pages may shift while they are read, so several are read once more before anything is created.
        int lists = pages > 1 && oracle.Statuses.Contains("Created") ? 2 * pages : pages;
        if (Calls("ListAssociations") > lists || Calls("DescribeAssociation") > describes)
        {
            Add(FaultKind.Endless, $"{Calls("ListAssociations")} lists and {Calls("DescribeAssociation")} descriptions for {before.Associations.Count} associations");
        }
    }
}
