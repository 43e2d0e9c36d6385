using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Threading;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests.Outcomes;

/// <summary>
/// Associations with runs that begin, go on and end, the inputs that stand for them, and what others do meanwhile. The module makes its
/// own results in calm; then the mischief begins.
/// </summary>
internal sealed class OutcomeScene : IDisposable
{
    private static readonly Mischief[] s_with =
    [
        .. MischiefKinds.Reads, .. MischiefKinds.Clocks, .. MischiefKinds.RetryAfters, .. MischiefKinds.Executions, .. MischiefKinds.Denials,
        Mischief.ExecutionsLag, Mischief.ProxyRewrites,
    ];

    private readonly Session _session;
    private readonly Dice _dice;
    private readonly Lock _gate = new();
    private readonly List<(DateTimeOffset Due, Action Act)> _acts = [];
    private readonly List<Asked> _asked = [];
    private bool _isCalm = true;
    private int _made;

    public OutcomeScene(int seed, Session session, IReadOnlyCollection<Mischief> allowed)
    {
        _session = session;
        _dice = new Dice(seed, "outcomes");
        var script = Script.OfExecutions(seed, [.. allowed.Intersect(s_with)]);
        script.Override = _ => _isCalm ? Fate.Plain() : null;
        script.Plan = association => IsAtCron(association.Content) ? [] : Plan(new Dice(seed, "plan", association.Id, association.Executions.Count), Nodes(association));
        script.BeforeCall = Act;
        Service = new HostileEndpoint(seed, script);
        bool twoAccounts = _dice.Chance(15);
        string[] accounts = twoAccounts ? ["222233334444", "333344445555"] : ["111122223333"];
        string[] regions = _dice.Chance(15) ? ["eu-north-1", "us-west-2"] : ["eu-north-1"];
        Places = [.. accounts.SelectMany(account => regions.Select(region => $"{account}/{region}"))];
        Parameters = Connection(regions, twoAccounts ? [.. accounts.Select(Role)] : []);
    }

    public HostileEndpoint Service { get; }

    public IReadOnlyList<string> Places { get; }

    public Dictionary<string, object> Parameters { get; }

    public IReadOnlyList<Asked> Asked => _asked;

    /// <summary>What went wrong before anything bad was done; null where nothing did.</summary>
    public string? Failure { get; private set; }

    public void Prepare()
    {
        foreach (string place in Places)
        {
            Prepare(place, _dice.Between(4, Places.Count > 1 ? 7 : 14));
        }

        List<Asked> order = _dice.Shuffle(_asked);
        for (int i = _dice.Next(3); i > 0; i--)
        {
            order.Insert(_dice.Next(order.Count + 1), _dice.Pick(order));
        }

        _asked.Clear();
        _asked.AddRange(order);
    }

    public void BeginMischief()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (Association association in _asked.Select(asked => asked.Association).OfType<Association>().Distinct())
        {
            DateTimeOffset due = now + TimeSpan.FromMilliseconds(_dice.Between(100, 6000));
            if (Service.Script.Has(Mischief.DeletedMeanwhile) && _dice.Chance(25))
            {
                _acts.Add((due, () => Service.World.Delete(association.Place, association.Id)));
            }
            else if (Service.Script.Has(Mischief.UpdatedMeanwhile) && _dice.Chance(25))
            {
                _acts.Add((due, () =>
                {
                    var other = (JsonObject)association.Content.DeepClone();
                    other["MaxErrors"] = $"{50 + association.Versions.Count}%";
                    if (Service.World.Update(association, null, other, DateTimeOffset.UtcNow, 0))
                    {
                        Begin(association);
                    }
                }));
            }
            else if (Service.Script.Has(Mischief.StartedMeanwhile) && _dice.Chance(30))
            {
                bool isOfSome = _dice.Chance(50);
                _acts.Add((due, () => Begin(association, isOfSome)));
            }
        }

        Service.Script.Denied = new[]
        {
            (Mischief.ListDenied, "ListAssociations"), (Mischief.DescribeDenied, "DescribeAssociation"), (Mischief.ExecutionsDenied, "DescribeAssociationExecutions"),
            (Mischief.TargetsDenied, "DescribeAssociationExecutionTargets"), (Mischief.VersionsDenied, "ListAssociationVersions"),
        }.Where(denial => Service.Script.Has(denial.Item1)).Select(denial => denial.Item2).ToHashSet();
        Service.Transcript.Add(Service.Calls, "=== the mischief begins");
        _isCalm = false;
    }

    public static string Tell(Asked asked) => asked.Association is not { } association ? $"{asked}" : string.Join(
        '\n',
        new[] { $"{asked}{(association.DeletedAt is { } end ? $" deleted {Time(end)}" : string.Empty)}" }
            .Concat(association.Versions.Select(version => $"   version {version.Number} made {Time(version.Made)} {version.Key}"))
            .Concat(association.Executions.Select(run => $"   run {run.Id} of version {run.Version} begun {Time(run.Begun)} dated {Time(run.Created)}: "
                + string.Join("; ", run.Phases.Select(phase => $"+{phase.From.TotalSeconds:0.0} {phase.Status} {string.Join(",", phase.Nodes.GroupBy(node => node.Status).Select(group => $"{group.Key}={group.Count()}"))}")))));

    public static string Time(DateTimeOffset time) => time.ToString("MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public void Dispose() => Service.Dispose();

    private static bool IsAtCron(JsonObject content) => content["ApplyOnlyAtCronInterval"] is { } only && (bool)only;

    private static string Role(string account) => $"arn:aws:iam::{account}:role/Ops";

    private static string[] Nodes(Association association)
    {
        var dice = new Dice("nodes", association.Id);
        return [.. Enumerable.Range(0, dice.Chance(5) ? 60 : dice.Between(1, 5)).Select(node => $"i-{association.Id[..8]}{node:x9}")];
    }

    private Dictionary<string, object> Connection(string[] regions, string[] roles)
    {
        var parameters = new Dictionary<string, object>
        {
            ["EndpointUrl"] = Service.Url.ToString(),
            ["Region"] = regions,
            ["AccessKey"] = "AKIDEXAMPLE",
            ["SecretKey"] = "secret",
        };
        if (roles.Length > 0)
        {
            parameters["RoleArn"] = roles;
        }

        return parameters;
    }

    private void Act()
    {
        lock (_gate)
        {
            if (_isCalm)
            {
                return;
            }

            foreach ((DateTimeOffset due, Action act) in _acts.Where(act => act.Due <= DateTimeOffset.UtcNow).ToList())
            {
                act();
                _acts.Remove((due, act));
            }
        }
    }

    private void Begin(Association association, bool isOfSome = false)
    {
        if (association.IsDeleted)
        {
            return;
        }

        string[] nodes = Nodes(association);
        var dice = new Dice("later", association.Id, association.Executions.Count);
        IReadOnlyList<Phase> phases = isOfSome ? Plan(dice, [nodes[0]]) : Plan(dice, nodes);
        Service.World.Start(association, new Execution(Service.World.NewId(), association.Latest.Number, DateTimeOffset.UtcNow, 0) { Phases = phases });
    }

    private void Prepare(string place, int count)
    {
        var made = new List<JsonNode>();
        var updated = new List<(Association Association, JsonNode Change)>();
        var started = new List<Association>();
        for (int i = 0; i < count; i++)
        {
            bool isAtCron = _dice.Chance(15);
            JsonObject content = Content(isAtCron);
            int kind = _dice.Next(11);
            if (kind <= 2)
            {
                if (isAtCron && ((string?)content["AssociationName"])!.StartsWith("due", StringComparison.Ordinal))
                {
                    continue;
                }

                if (_dice.Chance(10))
                {
                    content["ScheduleExpression"] = "rate(1 minute)";
                    content.Remove("ApplyOnlyAtCronInterval");
                }

                made.Add(content);
                continue;
            }

            if (kind == 10)
            {
                _asked.Add(new Asked(Name(place, _dice.Id().ToString()), null, AskedKind.Gone));
                continue;
            }

            Association association = Old(place, content, isAtCron);
            if (kind <= 4 && !isAtCron)
            {
                updated.Add((association, new JsonObject { ["AssociationId"] = association.Id, ["MaxConcurrency"] = "9" }));
            }
            else if (kind <= 6 && !isAtCron)
            {
                started.Add(association);
            }
            else
            {
                _asked.Add(new Asked(Name(place, association.Id), association, AskedKind.Latest));
                if (_dice.Chance(40) && !isAtCron)
                {
                    Begin(association);
                }
            }
        }

        Run(place, "New-SsmAssociationBatch", made, result => result.Status == "Created"
            ? (Service.World.Find(place, result.Id), AskedKind.Version, 1)
            : (null, AskedKind.Nothing, 0));
        Run(place, "Update-SsmAssociationBatch", [.. updated.Select(item => item.Change)], result =>
            (Service.World.Find(place, result.Id), AskedKind.Version, Service.World.Find(place, result.Id)!.Latest.Number));
        Run(place, "Start-SsmAssociationBatch", [.. started.Select(association => (JsonNode)association.Id)], result => (Service.World.Find(place, result.Id), AskedKind.Run, 0));
    }

    /// <summary>One that has been there for a while, with what became of it before.</summary>
    private Association Old(string place, JsonObject content, bool isAtCron)
    {
        TimeSpan age = isAtCron && _dice.Chance(70) && ((string?)content["AssociationName"])!.StartsWith("due", StringComparison.Ordinal) ? TimeSpan.FromDays(3) : TimeSpan.FromDays(3) + TimeSpan.FromMinutes(_dice.Next(60));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Association association = Service.World.Create(place, content, now - age, 0, age);
        foreach (int minutes in Enumerable.Range(0, isAtCron ? 0 : _dice.Next(3)).Select(_ => _dice.Between(3, 200)).OrderDescending().ToList())
        {
            var ago = TimeSpan.FromMinutes(minutes);
            Service.World.Start(association, new Execution(Service.World.NewId(), association.Latest.Number, now - ago, 0) { Begun = now - ago, Phases = Plan(_dice, Nodes(association)) });
        }

        if (_dice.Chance(25))
        {
            // A version of which no run is known yet, or one.
            TimeSpan ago = isAtCron ? TimeSpan.FromDays(2.5) : TimeSpan.FromMinutes(2);
            var other = (JsonObject)content.DeepClone();
            other["MaxErrors"] = "41%";
            Service.World.Update(association, null, other, now - ago, 0, ago);
            if (_dice.Chance(50) && !isAtCron)
            {
                Service.World.Start(association, new Execution(Service.World.NewId(), 2, now - ago, 0) { Begun = now - ago, Phases = Plan(_dice, Nodes(association)) });
            }
        }

        return association;
    }

    private JsonObject Content(bool isAtCron)
    {
        int number = _made++;
        DateTime now = DateTime.UtcNow;
        bool isDue = isAtCron && _dice.Chance(50);
        var content = new JsonObject
        {
            ["Name"] = _dice.Pick(["AWS-UpdateSSMAgent", "Fleet-Baseline"]),
            ["AssociationName"] = $"{(isDue ? "due" : "a")}{number}-x",
            ["Targets"] = new JsonArray(new JsonObject { ["Key"] = "tag:Role", ["Values"] = new JsonArray($"role{number}") }),
            ["ScheduleExpression"] = "rate(1 day)",
        };
        if (isAtCron)
        {
            // Due two hours ago, or on a day that is neither near before nor near after.
            content["ScheduleExpression"] = isDue
                ? $"cron(0 {now.AddHours(-2).Hour} ? * * *)"
                : $"cron(0 12 ? * {now.AddDays(3).DayOfWeek.ToString()[..3].ToUpperInvariant()} *)";
            content["ApplyOnlyAtCronInterval"] = true;
        }

        return content;
    }

    /// <summary>An id in one of the ways that it may come in.</summary>
    private object Name(string place, string id)
    {
        string[] parts = place.Split('/');
        if (Places.Count == 1 && _dice.Chance(40))
        {
            return id;
        }

        var named = new JsonObject { ["AssociationId"] = id, ["Region"] = parts[1] };
        if (Places.Count > 1)
        {
            named["AccountId"] = parts[0];
        }

        return _dice.Chance(20) ? named.ToJsonString() : Shell.ToObject(named)!;
    }

    private void Run(string place, string command, IReadOnlyList<JsonNode> input, Func<SeenResult, (Association? Association, AskedKind Kind, int Version)> asked)
    {
        if (input.Count == 0 || Failure is not null)
        {
            return;
        }

        string[] parts = place.Split('/');
        Dictionary<string, object> parameters = Connection([parts[1]], parts[0] == "111122223333" ? [] : [Role(parts[0])]);
        parameters["Confirm"] = false;
        parameters["ErrorAction"] = ActionPreference.SilentlyContinue;
        Outcome outcome = _session.Run(command, parameters, input.Select(Shell.ToObject), SeedRun.Limit);
        if (outcome.Results.Count != input.Count || outcome.Results.Any(result => result.Status is "Unknown" or "NotAttempted" or "Failed"))
        {
            Failure = $"{command}: {string.Join('\n', outcome.Results)}\n{string.Join('\n', outcome.Texts)}";
            return;
        }

        string? format = _dice.Pick([null, null, "Json", "Csv"]);
        IReadOnlyList<object> objects = Reshaped(outcome.Output, format);
        for (int i = 0; i < input.Count; i++)
        {
            (Association? association, AskedKind kind, int version) = asked(outcome.Results[i]);
            _asked.Add(new Asked(objects[i], association, kind, version, kind == AskedKind.Run ? association!.Executions.Last(run => run.Call > 0) : null) { Source = format });
        }
    }

    /// <summary>The results as they are, or as they come back from a file.</summary>
    private IReadOnlyList<object> Reshaped(IReadOnlyList<PSObject> results, string? format)
    {
        if (format is null)
        {
            return results;
        }

        var depth = new Dictionary<string, object>();
        if (format == "Json")
        {
            depth["WarningAction"] = ActionPreference.SilentlyContinue;
        }

        Outcome written = _session.Run($"ConvertTo-{format}", depth, results, SeedRun.Limit);
        Outcome read = _session.Run($"ConvertFrom-{format}", new Dictionary<string, object>(), written.Output, SeedRun.Limit);
        return read.Output.Count == results.Count ? read.Output : results;
    }

    private static List<Phase> Plan(Dice dice, string[] nodes)
    {
        var phases = new List<Phase> { new(TimeSpan.Zero, dice.Pick(["Success", "Success", "Pending"]), []) };
        int kind = dice.Next(100);
        if (kind < 12)
        {
            return phases;
        }

        TimeSpan at = TimeSpan.FromMilliseconds(dice.Chance(60) ? dice.Next(800) : dice.Between(800, 4500));
        (string Node, string Status)[] All(string status) => [.. nodes.Select(node => (node, status))];
        (string Node, string Status)[] With(string status, string other) => [.. nodes.Select((node, place) => (node, place == 0 || dice.Chance(20) ? status : other))];
        void Next(string status, (string Node, string Status)[] states)
        {
            phases.Add(new Phase(at, status, states));
            at += TimeSpan.FromMilliseconds(dice.Between(200, 3000));
        }

        if (dice.Chance(20))
        {
            Next("Pending", All("Pending"));
        }

        Next("InProgress", All("InProgress"));
        if (dice.Chance(40))
        {
            Next("InProgress", With("InProgress", dice.Pick(["Success", "Success", "Failed"])));
        }

        if (kind < 20)
        {
            // Never ends.
            return phases;
        }

        if (kind < 25)
        {
            // The word comes before the nodes are done.
            Next("Success", With("InProgress", "Success"));
        }

        (string status, (string Node, string Status)[] states) = kind switch
        {
            < 55 => ("Success", All("Success")),
            < 70 => ("Failed", With("Failed", "Success")),
            < 73 => ("Failed", []),
            < 80 => ("Success", With(dice.Pick(["Failed", "TimedOut", "Cancelled"]), "Success")),
            < 84 => ("TimedOut", With("TimedOut", dice.Pick(["Success", "Failed"]))),
            < 88 => ("Cancelled", With("Cancelled", "Success")),
            < 91 => ("Skipped", dice.Chance(50) ? [] : All("Skipped")),
            < 94 => ("Success", With("Skipped", "Success")),
            _ => ("Success", All("Success")),
        };
        Next(status, states);
        if (kind >= 94)
        {
            // A node picks up after all was done.
            Next("InProgress", With("InProgress", "Success"));
            Next("Failed", With("Failed", "Success"));
        }

        return phases;
    }
}
