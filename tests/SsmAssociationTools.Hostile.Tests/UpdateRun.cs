using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>One seed of changing: what is asked for is changed, no member and nobody's edit is lost, and nothing is done twice.</summary>
internal static class UpdateRun
{
    private const string Place = "111122223333/eu-north-1";

    /// <summary>A service that shows other content than it has cannot be updated by what it shows.</summary>
    private static readonly Mischief[] s_without = [.. MischiefKinds.Views, Mischief.VeryLateActing, Mischief.TokensExpire];

    public static OtherRun Of(int seed, Session session, IReadOnlyCollection<Mischief> allowed)
    {
        Scenario scenario = Scenario.Of(seed);
        var dice = new Dice(seed, "update");
        using var service = new HostileEndpoint(seed, new Script(seed, [.. allowed.Except(s_without)]));
        var input = new List<JsonNode>();
        var targets = new List<Association>();
        var wanted = new List<string>();
        foreach (int index in scenario.Valid)
        {
            var entry = (JsonObject)scenario.Input[index];
            if (entry["InstanceId"] is not null)
            {
                continue;
            }

            Association association = service.World.Create(Place, entry, DateTimeOffset.UtcNow.AddHours(-1), 0, TimeSpan.FromHours(1));
            if (dice.Chance(20))
            {
                // Nobody asks for a change.
                continue;
            }

            JsonObject change = Change(dice, entry);
            var after = (JsonObject)entry.DeepClone();
            var asked = new JsonObject { ["AssociationId"] = association.Id };
            foreach ((string name, JsonNode? value) in change)
            {
                asked[name] = value!.DeepClone();
                after[name] = value.DeepClone();
            }

            input.Add(asked);
            targets.Add(association);
            wanted.Add(Canonical.Of(after));
        }

        var parameters = new Dictionary<string, object>
        {
            ["EndpointUrl"] = service.Url.ToString(),
            ["Region"] = "eu-north-1",
            ["AccessKey"] = "AKIDEXAMPLE",
            ["SecretKey"] = "secret",
            ["TimeoutSec"] = 3,
            ["RetryTimeout"] = dice.Pick([6, 12]),
            ["ThrottleLimit"] = dice.Between(1, 4),
            ["Confirm"] = false,
            ["ErrorAction"] = ActionPreference.SilentlyContinue,
        };
        Outcome outcome = session.Run("Update-SsmAssociationBatch", parameters, input.Select(Shell.ToObject), SeedRun.Limit);
        service.SettleAsync().Wait(TimeSpan.FromSeconds(30));
        IReadOnlyList<SeenResult> results = outcome.Results;
        var faults = new List<Fault>(Judge.TextFaults(scenario, service, results, outcome.Texts));
        if (outcome.IsLate)
        {
            faults.Add(new Fault(FaultKind.Endless, "still running after the limit"));
        }
        else
        {
            Check(service, results, targets, wanted, faults);
        }

        IEnumerable<string> versions = targets.SelectMany(association => association.Versions.Select(version => $"{association.Id} version {version.Number} by #{version.Call}: {version.Key}"));
        string story = faults.Count == 0 ? string.Empty : string.Join('\n', new[] { service.Script.ToString() }
            .Concat(input.Select((item, place) => $"input {place}: {item.ToJsonString()}")).Concat(service.Transcript.Lines).Concat(versions).Concat(results.Select(result => result.ToString())).Concat(outcome.Texts));
        return new OtherRun(faults, story, [.. results.Select(result => result.Status)]);
    }

    private static JsonObject Change(Dice dice, JsonObject entry)
    {
        var change = new JsonObject();
        switch (dice.Next(5))
        {
            case 0:
                change["ScheduleExpression"] = "rate(7 days)";
                break;
            case 1 when (string?)entry["Name"] == "Fleet-Baseline":
                change["Parameters"] = new JsonObject { ["Level"] = new JsonArray("2") };
                break;
            case 2:
                change["ComplianceSeverity"] = "MEDIUM";
                change["ScheduleExpression"] = "rate(3 days)";
                break;
            case 3:
                // No difference to what is there.
                change["Targets"] = entry["Targets"]!.DeepClone();
                break;
            default:
                change["MaxConcurrency"] = "9";
                break;
        }

        return change;
    }

    private static void Check(HostileEndpoint service, IReadOnlyList<SeenResult> results, List<Association> targets, List<string> wanted, List<Fault> faults)
    {
        if (!results.Select(result => result.Index).SequenceEqual(Enumerable.Range(0, targets.Count)))
        {
            faults.Add(new Fault(FaultKind.Results, $"{results.Count} results for {targets.Count} inputs"));
            return;
        }

        foreach (Association other in service.World.All.Except(targets).Where(association => association.Versions.Count > 1))
        {
            faults.Add(new Fault(FaultKind.LostEdit, $"{other.Id} was changed, and nobody asked for it"));
        }

        for (int i = 0; i < targets.Count; i++)
        {
            SeenResult result = results[i];
            Association association = targets[i];
            List<AssociationVersion> ours = [.. association.Versions.Where(version => version.Call > 0)];
            if (ours.Count > 1)
            {
                faults.Add(new Fault(FaultKind.Doubled, $"{result}: {ours.Count} versions were made"));
            }

            foreach (AssociationVersion version in ours)
            {
                AssociationVersion before = association.Versions[version.Number - 2];
                if (before.Number > 1)
                {
                    faults.Add(new Fault(FaultKind.LostEdit, $"{result}: version {version.Number} lies over version {before.Number}, which somebody else made"));
                }
                else if (version.Key != wanted[i])
                {
                    faults.Add(new Fault(FaultKind.LostMember, $"{result}: has {version.Key}, wanted {wanted[i]}"));
                }
            }

            string? fault = result.Status switch
            {
                "Updated" => ours.Count == 0 ? "no version was made" : null,
                "Existing" => ours.Count > 0 ? "a version was made" : null,
                "Failed" or "NotAttempted" or "Invalid" => ours.Count > 0 ? "a version was made" : null,
                "Unknown" => service.World.IsUnclear(Place, association.Id) ? null : "nothing was unclear",
                _ => "no such status is expected",
            };
            if (fault is not null)
            {
                faults.Add(new Fault(result.Status == "Unknown" ? FaultKind.NeedlessUnknown : FaultKind.Hidden, $"{result}: {fault}"));
            }
        }
    }
}
