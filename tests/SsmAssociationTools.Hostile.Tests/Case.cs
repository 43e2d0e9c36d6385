using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Few entries, one service, one question.</summary>
internal sealed class Case : IDisposable
{
    public const string Place = "111122223333/eu-north-1";

    public Case(Script script)
    {
        Service = new HostileEndpoint(1, script);
        Parameters = new Dictionary<string, object>
        {
            ["EndpointUrl"] = Service.Url.ToString(),
            ["Region"] = "eu-north-1",
            ["AccessKey"] = "AKIDEXAMPLE",
            ["SecretKey"] = "secret",
            ["TimeoutSec"] = 3,
            ["RetryTimeout"] = 20,
            ["Confirm"] = false,
            ["ErrorAction"] = ActionPreference.SilentlyContinue,
        };
    }

    public HostileEndpoint Service { get; }

    public Dictionary<string, object> Parameters { get; }

    public TimeSpan Limit { get; init; } = SeedRun.Limit;

    public Outcome Outcome { get; private set; } = new() { Output = [], Errors = [], Texts = [] };

    public IReadOnlyList<SeenResult> Results { get; private set; } = [];

    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    /// <summary>Associations that the run made.</summary>
    public int Made => Service.World.All.Count(association => association.Call > 0);

    public string Statuses => string.Join(" ", Results.Select(result => result.Status));

    public static JsonNode Entry(string name, string? more = null) =>
        JsonNode.Parse($$$"""{"Name":"Fleet-Baseline","AssociationName":"{{{name}}}","Targets":[{"Key":"tag:Role","Values":["{{{name}}}","web"]}],"ScheduleExpression":"rate(1 hour)","Parameters":{"Password":["hush-{{{Secret(name)}}}"]}{{{(more is null ? string.Empty : "," + more)}}}}""")!;

    public static string Secret(string name) => new Dice("secret", name).Letters(14);

    /// <summary>Runs New-SsmAssociationBatch and judges it.</summary>
    public Case Run(params JsonNode[] entries)
    {
        Outcome = Campaign.WithSession(session => session.Run("New-SsmAssociationBatch", Parameters, entries.Select(Shell.ToObject), Limit));
        Service.SettleAsync().Wait(TimeSpan.FromSeconds(30));
        Results = Outcome.Results;
        var scenario = new Scenario
        {
            Seed = 1,
            Input = entries,
            Invalid = new HashSet<int>(),
            Secrets = [.. entries.OfType<JsonObject>().Select(entry => (string?)entry["AssociationName"]).OfType<string>().Select(Secret)],
            Before = [],
            Places = [Place],
            Parameters = Parameters,
        };
        Faults = Judge.Faults(scenario, Service, Results, Outcome.Texts, Outcome.IsLate);
        return this;
    }

    public override string ToString() =>
        $"{string.Join('\n', Faults)}\n{Service.Transcript}\n{string.Join('\n', Results)}\n{string.Join('\n', Outcome.Texts.Select(text => text.Length > 300 ? text[..300] : text))}";

    public void Dispose() => Service.Dispose();
}
