using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>One seed of removing: what is named is removed, what was changed stays, and nothing else is touched.</summary>
internal static class RemovalRun
{
    private const string Place = "111122223333/eu-north-1";

    public static OtherRun Of(int seed, Session session, IReadOnlyCollection<Mischief> allowed)
    {
        Scenario scenario = Scenario.Of(seed);
        var dice = new Dice(seed, "removal");
        using var service = new HostileEndpoint(seed, new Script(seed, allowed));
        var input = new List<JsonNode>();
        var named = new List<Association?>();
        var changed = new HashSet<string>();
        foreach (int index in scenario.Valid)
        {
            var entry = (JsonObject)scenario.Input[index];
            Association association = service.World.Create(Place, entry, DateTimeOffset.UtcNow.AddHours(-1), 0, TimeSpan.FromHours(1));
            switch (dice.Next(7))
            {
                case 0:
                    // Nobody asks for it to be removed.
                    continue;
                case 1:
                    input.Add(JsonValue.Create(association.Id));
                    break;
                case 2:
                    var other = (JsonObject)entry.DeepClone();
                    other["ScheduleExpression"] = "rate(7 days)";
                    input.Add(new JsonObject { ["AssociationId"] = association.Id, ["Entry"] = other });
                    changed.Add(association.Id);
                    named.Add(association);
                    continue;
                case 3:
                    string gone = dice.Id().ToString();
                    input.Add(new JsonObject { ["AssociationId"] = gone, ["Entry"] = entry.DeepClone() });
                    named.Add(null);
                    continue;
                case 4:
                    input.Add(new JsonObject { ["AssociationId"] = association.Id, ["Entry"] = entry.DeepClone() });
                    named.Add(association);
                    input.Add(JsonValue.Create(association.Id));
                    break;
                default:
                    input.Add(new JsonObject { ["AssociationId"] = association.Id, ["Entry"] = entry.DeepClone() });
                    break;
            }

            named.Add(association);
        }

        var parameters = new Dictionary<string, object>
        {
            ["EndpointUrl"] = service.Url.ToString(),
            ["Region"] = "eu-north-1",
            ["AccessKey"] = "AKIDEXAMPLE",
            ["SecretKey"] = "secret",
            ["SessionToken"] = "the-session-token",
            ["TimeoutSec"] = 3,
            ["RetryTimeout"] = dice.Pick([6, 12]),
            ["MaxAttempt"] = dice.Pick([3, 8]),
            ["ThrottleLimit"] = dice.Between(1, 4),
            ["Confirm"] = false,
            ["ErrorAction"] = ActionPreference.SilentlyContinue,
        };
        Outcome outcome = session.Run("Remove-SsmAssociationBatch", parameters, input.Select(Shell.ToObject), SeedRun.Limit);
        service.SettleAsync().Wait(TimeSpan.FromSeconds(30));
        IReadOnlyList<SeenResult> results = outcome.Results;
        var faults = new List<Fault>();
        faults.AddRange(Judge.TextFaults(scenario, service, results, outcome.Texts));
        if (outcome.IsLate)
        {
            faults.Add(new Fault(FaultKind.Endless, "still running after the limit"));
        }
        else
        {
            Check(service, results, input.Count, named, changed, faults);
        }

        string story = faults.Count == 0 ? string.Empty : string.Join('\n', new[] { service.Script.ToString() }.Concat(input.Select((item, place) => $"input {place}: {item.ToJsonString()}")).Concat(service.Transcript.Lines).Concat(results.Select(result => result.ToString())).Concat(outcome.Texts));
        return new OtherRun(faults, story, [.. results.Select(result => result.Status)]);
    }

    private static void Check(HostileEndpoint service, IReadOnlyList<SeenResult> results, int count, List<Association?> named, HashSet<string> changed, List<Fault> faults)
    {
        if (!results.Select(result => result.Index).SequenceEqual(Enumerable.Range(0, count)))
        {
            faults.Add(new Fault(FaultKind.Results, $"{results.Count} results for {count} inputs"));
            return;
        }

        foreach (Association left in service.World.All.Where(association => association.IsDeleted && !named.Contains(association)))
        {
            faults.Add(new Fault(FaultKind.WrongRemoval, $"{left.Id} was removed, and nobody asked for it"));
        }

        for (int i = 0; i < count; i++)
        {
            SeenResult result = results[i];
            Association? association = named[i];
            bool exists = association is { IsDeleted: false };

            // What is there is found by a look, unless that fails. The answer to a deletion is empty: without the service's id of the call it
            // may be that of what stands between.
            bool isUnclear = service.World.IsUnclear(Place, result.Id) || service.Script.Has(Mischief.ProxyRewrites);
            bool isRemovedByAnother = results.Any(other => other.Status == "Removed" && other.Id == result.Id);
            string? fault = result.Status switch
            {
                "Removed" or "Absent" => exists ? "exists" : null,
                "Changed" => association is null ? "never existed" : null,
                "Failed" or "NotAttempted" => association is { IsDeleted: true } && !isRemovedByAnother ? "was removed" : null,
                "Unknown" => !isUnclear ? "nothing was unclear" : exists && service.World.FailedReads(Place) == 0 ? "is there to be found" : null,
                _ => "no such status is expected",
            };
            if (fault is null && association is { IsDeleted: true } && changed.Contains(association.Id))
            {
                fault = "had been changed, and was removed";
            }

            if (fault is not null)
            {
                faults.Add(new Fault(result.Status == "Unknown" ? FaultKind.NeedlessUnknown : FaultKind.WrongRemoval, $"{result}: {fault}"));
            }
        }
    }
}
