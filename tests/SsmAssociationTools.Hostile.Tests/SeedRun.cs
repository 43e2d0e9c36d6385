using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>One seed from its beginning to the verdict.</summary>
internal sealed class SeedRun
{
    /// <summary>No run of a seed takes longer, unless it does not end by itself.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(10);

    public required int Seed { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    public required string Script { get; init; }

    public required string Story { get; init; }

    public required TimeSpan Time { get; init; }

    public required int Calls { get; init; }

    public required IReadOnlyList<string> Statuses { get; init; }

    public static SeedRun Of(int seed, Session session, IReadOnlyCollection<Mischief>? allowed = null)
    {
        var watch = Stopwatch.StartNew();
        Scenario scenario = Scenario.Of(seed);
        using var service = new HostileEndpoint(seed, new Script(seed, allowed));
        foreach ((string place, JsonObject content, TimeSpan age) in scenario.Before)
        {
            service.World.Create(place, content, DateTimeOffset.UtcNow - age, 0, age);
        }

        scenario.Parameters["EndpointUrl"] = service.Url.ToString();
        scenario.Parameters["Confirm"] = false;
        scenario.Parameters["ErrorAction"] = ActionPreference.SilentlyContinue;
        Outcome outcome = session.Run("New-SsmAssociationBatch", scenario.Parameters, scenario.Input.Select(Shell.ToObject), Limit);
        TimeSpan time = watch.Elapsed;
        service.SettleAsync().Wait(TimeSpan.FromSeconds(30));
        IReadOnlyList<SeenResult> results = outcome.Results;
        IReadOnlyList<Fault> faults = Judge.Faults(scenario, service, results, outcome.Texts, outcome.IsLate);
        return new SeedRun
        {
            Seed = seed,
            Faults = faults,
            Script = service.Script.ToString(),
            Story = faults.Count == 0 ? string.Empty : Tell(scenario, service, outcome, results),
            Time = time,
            Calls = service.Calls,
            Statuses = [.. results.Select(result => result.Status)],
        };
    }

    private static string Tell(Scenario scenario, HostileEndpoint service, Outcome outcome, IReadOnlyList<SeenResult> results)
    {
        IEnumerable<string> lines =
        [
            service.Script.ToString(),
            string.Join(", ", scenario.Parameters.Select(parameter => $"-{parameter.Key} {(parameter.Value is string[] several ? string.Join(",", several) : parameter.Value)}")),
            .. scenario.Before.Select(before => $"before: {before.Place} {(string?)before.Content["AssociationName"] ?? (string?)before.Content["Name"]}, {before.Age} old"),
            .. scenario.Input.Select((entry, place) => $"input {place}: {entry.ToJsonString()}"),
            .. service.Transcript.Lines,
            .. results.Select(result => result.ToString()),
            .. outcome.Texts.Select(line => line.Length > 300 ? line[..300] : line),
        ];
        return string.Join("\n", lines);
    }
}
