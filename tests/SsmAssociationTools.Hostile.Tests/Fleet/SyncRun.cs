using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests.Fleet;

/// <summary>One seed of synchronising in front of the service with its mischief on: what it says holds, and nothing is lost, doubled or removed that should stay.</summary>
internal static class SyncRun
{
    private const string Place = "111122223333/eu-north-1";

    /// <summary>A service that shows other content than it has cannot be compared with a file.</summary>
    private static readonly Mischief[] s_without = [.. MischiefKinds.Views, Mischief.VeryLateActing, Mischief.TokensExpire];

    public static OtherRun Of(int seed, Session session, IReadOnlyCollection<Mischief> allowed)
    {
        var dice = new Dice(seed, "sync");
        FleetPair pair = FleetPair.Of(seed, dice.Between(3, 14));
        using var service = new HostileEndpoint(seed, new Script(seed, [.. allowed.Except(s_without)]));
        List<Association> before = [.. pair.Before.Select(content => service.World.Create(Place, content, DateTimeOffset.UtcNow.AddHours(-1), 0, TimeSpan.FromHours(1)))];
        FleetOracle oracle = FleetOracle.Of(pair, [.. before.Select(association => association.Content)]);
        var parameters = new Dictionary<string, object>
        {
            ["EndpointUrl"] = service.Url.ToString(),
            ["Region"] = "eu-north-1",
            ["AccessKey"] = "AKIDEXAMPLE",
            ["SecretKey"] = "secret",
            ["IfChanged"] = pair.IfChanged,
            ["TimeoutSec"] = 3,
            ["RetryTimeout"] = dice.Pick([6, 12]),
            ["BatchSize"] = dice.Pick([2, 5, 20]),
            ["ThrottleLimit"] = dice.Between(1, 4),
            ["Confirm"] = false,
            ["ErrorAction"] = ActionPreference.SilentlyContinue,
        };
        if (pair.Scope is not null)
        {
            parameters["Prune"] = true;
            parameters["Scope"] = pair.Scope.ToArray();
        }

        Outcome outcome = session.Run("Sync-SsmAssociationBatch", parameters, pair.Wanted.Select(Shell.ToObject), SeedRun.Limit);
        service.SettleAsync().Wait(TimeSpan.FromSeconds(30));
        IReadOnlyList<SeenResult> results = outcome.Results;
        var scenario = new Scenario { Seed = seed, Input = pair.Wanted, Invalid = pair.Invalid, Secrets = [], Before = [], Places = [Place], Parameters = parameters };
        var faults = new List<Fault>(Judge.TextFaults(scenario, service, results, outcome.Texts));
        if (outcome.IsLate)
        {
            faults.Add(new Fault(FaultKind.Endless, "still running after the limit"));
        }
        else if (results.Count < pair.Wanted.Count || !results.Select(result => result.Index).SequenceEqual(Enumerable.Range(0, results.Count)))
        {
            faults.Add(new Fault(FaultKind.Results, $"{results.Count} results for {pair.Wanted.Count} entries"));
        }
        else
        {
            Check(service, pair, oracle, before, results, faults);
        }

        string story = faults.Count == 0 ? string.Empty : string.Join('\n', new[] { service.Script.ToString(), string.Join(", ", parameters.Select(item => $"-{item.Key} {item.Value}")) }
            .Concat(pair.Wanted.Select((item, place) => $"wanted {place}: {item.ToJsonString()}"))
            .Concat(service.World.All.SelectMany(association => association.Versions.Select(version => $"{association.Id}{(association.IsDeleted ? " (deleted)" : string.Empty)} version {version.Number} by #{version.Call}: {version.Key}")))
            .Concat(service.Transcript.Lines).Concat(results.Select(result => result.ToString())).Concat(outcome.Texts.Where(text => text.Length < 500)));
        return new OtherRun(faults, story, [.. results.Select(result => result.Status)]);
    }

    private static void Check(HostileEndpoint service, FleetPair pair, FleetOracle oracle, List<Association> before, IReadOnlyList<SeenResult> results, List<Fault> faults)
    {
        int count = pair.Wanted.Count;
        for (int place = 0; place < count; place++)
        {
            SeenResult result = results[place];
            if (result.Status is "Created" or "Updated")
            {
                Association? association = service.World.Find(Place, result.Id);
                string wanted = Meaning.Of(FleetOracle.Entry(pair, place));
                if (association is null || association.Versions.All(version => Meaning.Of(version.Content) != wanted))
                {
                    faults.Add(new Fault(FaultKind.FalseCreated, $"{result}: {(association is null ? "does not exist" : "never had this content")}"));
                }
            }
        }

        for (int place = 0; place < count; place++)
        {
            CheckUndone(service, pair, oracle.Partner[place] is { } partner ? before[partner] : null, place, results, faults);
        }

        foreach (IGrouping<string, SeenResult> shared in results.Take(count).Where(result => result.Status is "Created" or "Updated" && result.Id.Length > 0).GroupBy(result => result.Id).Where(group => group.Count() > 1))
        {
            faults.Add(new Fault(FaultKind.SharedId, $"{shared.Key} is that of {string.Join(" ", shared.Select(result => result.Index))}"));
        }

        foreach (IGrouping<string, Association> made in service.World.All.Where(association => association.Call > 0).GroupBy(association => Meaning.Of(association.Versions[0].Content)))
        {
            int missing = Enumerable.Range(0, count).Count(place => oracle.Statuses[place] == "Created" && Meaning.Of(FleetOracle.Entry(pair, place)) == made.Key);
            if (made.Count() > missing)
            {
                faults.Add(new Fault(FaultKind.Doubled, $"{made.Count()} made of {made.Key}, {missing} were missing"));
            }
        }

        foreach (Association association in before)
        {
            foreach (AssociationVersion version in association.Versions.Where(version => version.Call > 0))
            {
                AssociationVersion previous = association.Versions[version.Number - 2];
                if (previous.Number > 1)
                {
                    faults.Add(new Fault(previous.Call > 0 ? FaultKind.Doubled : FaultKind.LostEdit, $"{association.Id}: version {version.Number} lies over version {previous.Number}"));
                }
            }
        }

        List<string> mayGo = [.. oracle.Removed.Select(place => Meaning.Of(pair.Before[place]))];
        foreach (Association gone in before.Where(association => association.IsDeleted))
        {
            if (!mayGo.Remove(Meaning.Of(gone.Versions[0].Content)))
            {
                faults.Add(new Fault(FaultKind.WrongRemoval, $"{gone.Id} is gone: {gone.Key}"));
            }
        }
    }

    /// <summary>What is not called done was not done, and what is not known could not be known.</summary>
    private static void CheckUndone(HostileEndpoint service, FleetPair pair, Association? partner, int place, IReadOnlyList<SeenResult> results, List<Fault> faults)
    {
        SeenResult result = results[place];
        if (pair.Invalid.Contains(place))
        {
            return;
        }

        if (result.Status == "Unknown")
        {
            bool isUnclear = partner is null ? service.World.Read(Place, Canonical.Of(pair.Wanted[place])).IsUnclear : service.World.IsUnclear(Place, partner.Id);
            if (!isUnclear)
            {
                faults.Add(new Fault(FaultKind.NeedlessUnknown, $"{result}: nothing was unclear"));
            }
        }
        else if (result.Status is "Failed" or "NotAttempted" && result.ErrorCode != "UpdateIncomplete")
        {
            string meaning = Meaning.Of(FleetOracle.Entry(pair, place));
            int made = service.World.All.Count(association => association.Call > 0 && Meaning.Of(association.Versions[0].Content) == meaning);
            int told = Enumerable.Range(0, pair.Wanted.Count).Count(other => results[other].Status is "Created" or "Unknown" && Meaning.Of(FleetOracle.Entry(pair, other)) == meaning);
            if (made > told || partner?.Versions.Any(version => version.Call > 0) == true)
            {
                faults.Add(new Fault(FaultKind.Hidden, $"{result}: {(made > told ? "an association" : "a version")} was made"));
            }
        }
    }
}
