using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>A process that pipes entries into the module is killed, several times, and then runs to its end with the same journal.</summary>
internal sealed class KillRun
{
    /// <summary>What stops a run for good says nothing about what a killed run leaves behind.</summary>
    private static readonly Mischief[] s_without = [.. MischiefKinds.Standing, Mischief.VeryLateActing, Mischief.TokensExpire];

    public required int Seed { get; init; }

    public required int Kills { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    public required string Story { get; init; }

    public static KillRun Of(int seed, IReadOnlyCollection<Mischief> allowed)
    {
        var dice = new Dice(seed, "kills");
        Scenario scenario = Scenario.Of(seed, forKill: true);
        using var service = new HostileEndpoint(seed, new Script(seed, [.. allowed.Except(s_without)]));
        foreach ((string place, JsonObject content, TimeSpan age) in scenario.Before)
        {
            service.World.Create(place, content, DateTimeOffset.UtcNow - age, 0, age);
        }

        string folder = Directory.CreateTempSubdirectory("hostile").FullName;
        try
        {
            scenario.Parameters["EndpointUrl"] = service.Url.ToString();
            scenario.Parameters["JournalPath"] = Path.Combine(folder, "run.journal");
            string order = Path.Combine(folder, "order.json");
            string answer = Path.Combine(folder, "answer.json");
            File.WriteAllText(order, new JsonObject
            {
                ["Parameters"] = JsonSerializer.SerializeToNode(scenario.Parameters),
                ["Input"] = new JsonArray([.. scenario.Input.Select(item => item.DeepClone())]),
            }.ToJsonString());
            int kills = 0;
            for (int i = dice.Between(1, 3); i > 0; i--)
            {
                kills += RunAndKill(service, dice, order, answer) ? 1 : 0;
            }

            // What was under way when the process died had no answer; and what it had only announced, which never arrived, looks
            // the same to the next one: all that it has is the line of its journal.
            foreach (string place in kills > 0 ? scenario.Places : [])
            {
                service.World.Note(place, scenario.Valid.Select(index => (JsonObject)scenario.Input[index]), trace => trace.IsUnclear = true);
            }

            return Finish(service, seed, kills, order, answer, (results, texts, isLate) => Judge.Faults(scenario, service, results, texts, isLate));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Lets the last process run to its end, and judges what it left.</summary>
    /// <param name="judge">Takes the results, all texts, and whether it was still running after the limit.</param>
    /// <param name="evidence">A file that goes into the story; null for none.</param>
    public static KillRun Finish(HostileEndpoint service, int seed, int kills, string order, string answer, Func<SeenResult[], string[], bool, IReadOnlyList<Fault>> judge, string? evidence = null)
    {
        File.Delete(answer);
        using (Process last = Start("child", order, answer))
        {
            last.WaitForExit();
        }

        service.SettleAsync().Wait(TimeSpan.FromSeconds(30));
        if (!File.Exists(answer))
        {
            return new KillRun { Seed = seed, Kills = kills, Faults = [new Fault(FaultKind.Results, "the last run left no results")], Story = $"{service.Script}\n{service.Transcript}" };
        }

        using var left = JsonDocument.Parse(File.ReadAllText(answer));
        SeenResult[] results = [.. left.RootElement.GetProperty("Results").EnumerateArray().Select(SeenResult.Of)];
        string[] texts = [.. left.RootElement.GetProperty("Texts").EnumerateArray().Select(text => text.GetString()!)];
        IReadOnlyList<Fault> faults = judge(results, texts, left.RootElement.GetProperty("IsLate").GetBoolean());
        return new KillRun
        {
            Seed = seed,
            Kills = kills,
            Faults = faults,
            Story = faults.Count == 0 ? string.Empty : $"{service.Script}\n{File.ReadAllText(order)}\n{service.Transcript}\n{(evidence is null ? string.Empty : File.ReadAllText(evidence) + '\n')}{string.Join('\n', results.Select(result => result.ToString()))}\n{string.Join('\n', texts)}",
        };
    }

    /// <summary>What the process does that is killed: reads its order, runs, and says what it saw.</summary>
    public static int Serve(string order, string answer)
    {
        JsonNode orders = JsonNode.Parse(File.ReadAllText(order))!;
        var parameters = new Dictionary<string, object> { ["Confirm"] = false, ["ErrorAction"] = System.Management.Automation.ActionPreference.SilentlyContinue };
        foreach ((string name, JsonNode? value) in (JsonObject)orders["Parameters"]!)
        {
            parameters[name] = Shell.ToObject(value)!;
        }

        using var session = new Session();
        Outcome outcome = session.Run((string?)orders["Command"] ?? "New-SsmAssociationBatch", parameters, ((JsonArray)orders["Input"]!).Select(Shell.ToObject), SeedRun.Limit);
        File.WriteAllText(answer, JsonSerializer.Serialize(new { outcome.Results, outcome.Texts, outcome.IsLate }));
        return 0;
    }

    /// <summary>Starts this program as a process of its own.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet");
        foreach (string argument in (string[])["exec", typeof(KillRun).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public static bool RunAndKill(HostileEndpoint service, Dice dice, string order, string answer)
    {
        int calls = service.Calls + dice.Between(1, 12);
        TimeSpan pause = TimeSpan.FromMilliseconds(dice.Next(60));
        using Process process = Start("child", order, answer);
        while (!process.HasExited && service.Calls < calls)
        {
            Thread.Sleep(2);
        }

        Thread.Sleep(pause);
        bool isKilled = !process.HasExited;
        process.Kill();
        process.WaitForExit();
        if (isKilled)
        {
            service.Transcript.Add(service.Calls, "=== killed");
        }

        return isKilled;
    }
}
