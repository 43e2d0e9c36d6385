using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>One seed of running associations now: each that is named runs once, and nothing runs twice.</summary>
internal static class StartRun
{
    private const string Place = "111122223333/eu-north-1";

    private static readonly Mischief[] s_without = [Mischief.TokensExpire];

    public static OtherRun Of(int seed, Session session, IReadOnlyCollection<Mischief> allowed)
    {
        Scenario scenario = Scenario.Of(seed);
        var dice = new Dice(seed, "start");
        using var service = new HostileEndpoint(seed, new Script(seed, [.. allowed.Except(s_without)]));
        var input = new List<JsonNode>();
        var targets = new List<Association?>();
        for (int copy = 0; copy < 2; copy++)
        {
            foreach (int index in scenario.Valid)
            {
                var entry = (JsonObject)scenario.Input[index].DeepClone();
                Association association = service.World.Create(Place, entry, DateTimeOffset.UtcNow.AddHours(-1), 0, TimeSpan.FromHours(1));
                bool isGone = dice.Chance(8);
                input.Add(JsonValue.Create(isGone ? dice.Id().ToString() : association.Id));
                targets.Add(isGone ? null : association);
            }
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
        Outcome outcome = session.Run("Start-SsmAssociationBatch", parameters, input.Select(Shell.ToObject), SeedRun.Limit);
        service.SettleAsync().Wait(TimeSpan.FromSeconds(30));
        IReadOnlyList<SeenResult> results = outcome.Results;
        var faults = new List<Fault>(Judge.TextFaults(scenario, service, results, outcome.Texts));
        if (outcome.IsLate)
        {
            faults.Add(new Fault(FaultKind.Endless, "still running after the limit"));
        }
        else if (!results.Select(result => result.Index).SequenceEqual(Enumerable.Range(0, input.Count)))
        {
            faults.Add(new Fault(FaultKind.Results, $"{results.Count} results for {input.Count} inputs"));
        }
        else
        {
            for (int i = 0; i < input.Count; i++)
            {
                Check(service, results[i], targets[i], faults);
            }
        }

        string story = faults.Count == 0 ? string.Empty : string.Join('\n', new[] { service.Script.ToString() }
            .Concat(input.Select((item, place) => $"input {place}: {item.ToJsonString()}")).Concat(service.Transcript.Lines).Concat(results.Select(result => result.ToString())).Concat(outcome.Texts));
        return new OtherRun(faults, story, [.. results.Select(result => result.Status)]);
    }

    private static void Check(HostileEndpoint service, SeenResult result, Association? association, List<Fault> faults)
    {
        int runs = association?.Executions.Count(execution => execution.Call > 0) ?? 0;
        if (runs > 1)
        {
            faults.Add(new Fault(FaultKind.Doubled, $"{result}: {runs} runs were started"));
        }

        // The answer to a start is empty. Without the service's id of the call it may be that of what stands between.
        // After one of HTTP/1.0 the connection is gone, and a call that was sent on it never arrives: unclear to its sender alone.
        bool mayBeOpen = service.Script.Has(Mischief.ProxyRewrites) || service.Script.Has(Mischief.AnswerOldHttp) || service.World.IsUnclear(Place, result.Id);
        string? fault = result.Status switch
        {
            "Started" => runs == 0 ? "no run was started" : null,
            "Failed" or "NotAttempted" or "Invalid" => runs > 0 ? "a run was started" : null,
            "Unknown" => mayBeOpen ? null : "nothing was unclear",
            _ => "no such status is expected",
        };
        if (fault is not null)
        {
            faults.Add(new Fault(result.Status == "Unknown" ? FaultKind.NeedlessUnknown : FaultKind.Hidden, $"{result}: {fault}"));
        }
    }
}
