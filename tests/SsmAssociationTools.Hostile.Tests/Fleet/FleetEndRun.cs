using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests.Fleet;

/// <summary>
/// The same wanted set again and again, in front of a service that shows content in another way than it has it, or that keeps what
/// an update leaves out. However that is, the fourth run has nothing more to write, and nothing is made twice.
/// </summary>
internal static class FleetEndRun
{
    private const string Place = "111122223333/eu-north-1";
    private const int Rounds = 5;

    public static OtherRun Of(int seed, Session session, IReadOnlyCollection<Mischief> allowed)
    {
        FleetPair pair = FleetPair.Of(seed, 12);
        bool hasJournal = seed % 3 == 0;

        // Where a member is not shown, only a journal knows a nameless association again.
        Mischief[] views = [.. new Script(seed, [.. MischiefKinds.Views.Intersect(allowed).Where(view => hasJournal || view != Mischief.ViewMembersDropped)]).Active];
        using var service = new HostileEndpoint(seed, new Script(views) { Reading = new Dice(seed, "reading").Pick(Enum.GetValues<UpdateReading>()) });
        foreach (JsonObject content in pair.Before)
        {
            service.World.Create(Place, content, DateTimeOffset.UtcNow.AddHours(-1), 0, TimeSpan.FromHours(1));
        }

        var parameters = new Dictionary<string, object>
        {
            ["EndpointUrl"] = service.Url.ToString(),
            ["Region"] = "eu-north-1",
            ["AccessKey"] = "AKIDEXAMPLE",
            ["SecretKey"] = "secret",
            ["Confirm"] = false,
            ["ErrorAction"] = ActionPreference.SilentlyContinue,
        };
        string folder = Directory.CreateTempSubdirectory("hostile").FullName;
        if (hasJournal)
        {
            parameters["JournalPath"] = Path.Combine(folder, "run.journal");
        }

        var faults = new List<Fault>();
        var statuses = new List<string>();
        var story = new List<string>();
        for (int round = 1; round <= Rounds; round++)
        {
            int calls = service.Transcript.Lines.Count;
            Outcome outcome = session.Run("Sync-SsmAssociationBatch", parameters, pair.Wanted.Select(Shell.ToObject), SeedRun.Limit);
            string[] writes = [.. service.Transcript.Lines.Skip(calls).Where(line => line.Contains(" UpdateAssociation ", StringComparison.Ordinal) || line.Contains(" CreateAssociationBatch ", StringComparison.Ordinal))];
            statuses.AddRange(outcome.Results.Select(result => result.Status));
            story.Add($"round {round}");
            story.AddRange(outcome.Results.Select(result => result.ToString()));
            if (round > 3 && writes.Length > 0)
            {
                faults.Add(new Fault(FaultKind.Endless, $"round {round} writes: {writes[0]}"));
            }
        }

        Directory.Delete(folder, recursive: true);
        foreach (IGrouping<string, JsonObject> group in pair.Wanted.OfType<JsonObject>().GroupBy(Meaning.Of))
        {
            int made = service.World.All.Count(association => association.Call > 0 && Meaning.Of(association.Versions[0].Content) == group.Key);
            if (made > group.Count())
            {
                faults.Add(new Fault(FaultKind.Doubled, $"{made} made of {group.Key}"));
            }
        }

        return new OtherRun(faults, faults.Count == 0 ? string.Empty : string.Join('\n', new[] { $"{string.Join(", ", views)}; {service.Script.Reading}" }.Concat(story).Concat(service.Transcript.Lines)), statuses);
    }
}
