using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>
/// A process that starts associations with a journal is killed, several times, and then runs to its end. No association runs twice, every
/// input has a result, and what was sent and is not to be found is Unknown.
/// </summary>
internal static class StartKillRun
{
    private const string Place = "111122223333/eu-north-1";
    private const int Size = 80;

    /// <summary>What stops a run for good says nothing about what a killed run leaves behind.</summary>
    private static readonly Mischief[] s_without = [.. MischiefKinds.Standing, Mischief.VeryLateActing, Mischief.TokensExpire];

    public static KillRun Of(int seed, IReadOnlyCollection<Mischief> allowed)
    {
        var dice = new Dice(seed, "start-kills");
        using var service = new HostileEndpoint(seed, new Script(seed, [.. allowed.Except(s_without)]));
        var input = new List<string>();
        var targets = new List<Association?>();
        for (int number = 0; number < Size; number++)
        {
            var content = new JsonObject
            {
                ["Name"] = "Fleet-Baseline",
                ["AssociationName"] = $"a{number}-x",
                ["Targets"] = new JsonArray(new JsonObject { ["Key"] = "tag:Role", ["Values"] = new JsonArray($"role{number}") }),
            };
            Association association = service.World.Create(Place, content, DateTimeOffset.UtcNow.AddHours(-1), 0, TimeSpan.FromHours(1));
            if (dice.Chance(30))
            {
                // A run of the schedule, from before or while the command is at it.
                TimeSpan ago = TimeSpan.FromSeconds(dice.Between(-5, 600));
                service.World.Start(association, new Execution(service.World.NewId(), 1, DateTimeOffset.UtcNow - ago, 0) { Begun = DateTimeOffset.UtcNow - ago, Phases = [new Phase(TimeSpan.Zero, "Success", [("i-1", "Success")])] });
            }

            bool isGone = dice.Chance(4);
            input.Add(isGone ? dice.Id().ToString() : association.Id);
            targets.Add(isGone ? null : association);
            if (dice.Chance(5))
            {
                int place = dice.Next(input.Count);
                input.Add(input[place]);
                targets.Add(targets[place]);
            }
        }

        string folder = Directory.CreateTempSubdirectory("hostile").FullName;
        try
        {
            string journal = Path.Combine(folder, "start.journal");
            string order = Path.Combine(folder, "order.json");
            string answer = Path.Combine(folder, "answer.json");
            File.WriteAllText(order, new JsonObject
            {
                ["Command"] = "Start-SsmAssociationBatch",
                ["Parameters"] = JsonSerializer.SerializeToNode(new Dictionary<string, object>
                {
                    ["EndpointUrl"] = service.Url.ToString(),
                    ["Region"] = "eu-north-1",
                    ["AccessKey"] = "AKIDEXAMPLE",
                    ["SecretKey"] = "secret",
                    ["TimeoutSec"] = 3,
                    ["RetryTimeout"] = dice.Pick([6, 12]),
                    ["ThrottleLimit"] = dice.Between(1, 4),
                    ["JournalPath"] = journal,
                }),
                ["Input"] = new JsonArray([.. input.Select(id => JsonValue.Create(id))]),
            }.ToJsonString());
            int kills = 0;
            DateTimeOffset begun = DateTimeOffset.UtcNow;
            for (int i = dice.Between(1, 3); i > 0; i--)
            {
                kills += KillRun.RunAndKill(service, dice, order, answer) ? 1 : 0;
            }

            return KillRun.Finish(service, seed, kills, order, answer, (results, _, isLate) => Faults(service, results, isLate, targets, journal, begun), journal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<Fault> Faults(HostileEndpoint service, SeenResult[] results, bool isLate, List<Association?> targets, string journal, DateTimeOffset begun)
    {
        if (isLate)
        {
            return [new Fault(FaultKind.Endless, "still running after the limit")];
        }

        if (!results.Select(result => result.Index).SequenceEqual(Enumerable.Range(0, targets.Count)))
        {
            return [new Fault(FaultKind.Results, $"{results.Length} results for {targets.Count} inputs")];
        }

        var faults = new List<Fault>();
        string written = File.ReadAllText(journal);
        for (int i = 0; i < targets.Count; i++)
        {
            Check(service, results[i], targets[i], written, begun, faults);
        }

        return faults;
    }

    private static void Check(HostileEndpoint service, SeenResult result, Association? association, string journal, DateTimeOffset begun, List<Fault> faults)
    {
        int runs = association?.Executions.Count(execution => execution.Call > 0) ?? 0;
        if (runs > 1)
        {
            faults.Add(new Fault(FaultKind.Doubled, $"{result}: {runs} runs were started"));
        }

        bool isSent = journal.Contains(result.Id, StringComparison.OrdinalIgnoreCase);
        bool isDated = !MischiefKinds.Clocks.Any(service.Script.Has);

        // A run of the schedule from the minute after an intent looks like the one that was to be started. By clocks that disagree any does.
        bool mayBeTaken = association?.Executions.Any(execution => execution.Call == 0 && (!isDated || execution.Begun > begun - TimeSpan.FromSeconds(3))) == true;
        string? fault = result.Status switch
        {
            "Started" => runs == 0 && !mayBeTaken ? "no run was started" : null,
            "Failed" or "NotAttempted" => runs > 0 ? "a run was started" : null,
            "Unknown" when !isSent => "nothing was sent for it",
            "Unknown" when runs > 0 && isDated => "its run is there to be found",
            "Unknown" => null,
            _ => "no such status is expected",
        };
        if (fault is not null)
        {
            faults.Add(new Fault(result.Status == "Unknown" ? FaultKind.NeedlessUnknown : FaultKind.Hidden, $"{result}: {fault}"));
        }
    }
}
