using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>StartAssociationsOnce, and what comes of it on the nodes.</summary>
internal sealed class Runs(World world, Script script)
{
    private readonly ConcurrentDictionary<string, int> _lines = new();
    private readonly ConcurrentDictionary<string, int> _ends = new();

    /// <summary>How often it was said of an association that a run of it ended on nodes.</summary>
    public int EndsShown(string id) => _ends.GetValueOrDefault(id);

    public (string Code, string Message)? Refusal(ApiCall call)
    {
        string[] ids = Ids(call);
        return ids.Length is 0 or > 10 ? ("ValidationException", "1 validation error detected: Value at 'associationIds' failed to satisfy constraint: Member must have length less than or equal to 10")
            : ids.Any(id => world.Find(call.Place, id) is null) ? ("AssociationDoesNotExist", "The specified association does not exist.")
            : null;
    }

    public void Start(ApiCall call, DateTimeOffset now)
    {
        foreach (Association association in Ids(call).Select(id => world.Find(call.Place, id)).OfType<Association>())
        {
            world.Start(association, Begin(association, now, call.Number));
        }
    }

    /// <summary>A change runs the association, where the script has a plan for it.</summary>
    public void Change(Association association, DateTimeOffset now, int call)
    {
        if (script.Plan?.Invoke(association) is { Count: > 0 } phases)
        {
            world.Start(association, new Execution(world.NewId(), association.Latest.Number, now, call) { Phases = phases });
        }
    }

    public List<JsonObject> Executions(ApiCall call, Association association)
    {
        DateTimeOffset now = Seen(Mischief.ExecutionsLag);
        IEnumerable<Execution> all = association.Executions.ToList().Where(execution => execution.Begun <= now);
        foreach (JsonObject filter in (script.Has(Mischief.FiltersIgnored) ? [] : call.Body["Filters"] as JsonArray ?? []).OfType<JsonObject>())
        {
            string value = (string?)filter["Value"] ?? string.Empty;
            string type = (string?)filter["Type"] ?? "EQUAL";
            all = ((string?)filter["Key"]) switch
            {
                "ExecutionId" => all.Where(execution => execution.Id == value),
                "Status" => all.Where(execution => execution.At(now).Status == value),
                "CreatedTime" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) =>
                    all.Where(execution => type switch { "GREATER_THAN" => execution.Created > time, "LESS_THAN" => execution.Created < time, _ => execution.Created == time }),
                _ => all,
            };
        }

        all = all.Reverse();
        if (script.Has(Mischief.ExecutionsUnordered))
        {
            all = new Dice("unordered", association.Id).Shuffle(all);
        }

        return [.. all.Select(execution => Line(association, execution, now))];
    }

    public List<JsonObject>? Targets(ApiCall call, Association association)
    {
        DateTimeOffset now = Seen(Mischief.ExecutionsLag);
        Execution? execution = association.Executions.ToList().Find(other => other.Id == (string?)call.Body["ExecutionId"] && other.Begun <= now);
        if (execution is null)
        {
            return null;
        }

        string[] wanted = [.. (script.Has(Mischief.FiltersIgnored) ? [] : call.Body["Filters"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(filter => (string?)filter["Key"] == "Status").Select(filter => (string?)filter["Value"] ?? string.Empty)];
        return [.. execution.At(now).Nodes.Select((node, place) => (node.Node, Status: NodeWord(execution, place, node.Status), Place: place))
            .Where(node => wanted.All(status => status == node.Status))
            .Select(node => new JsonObject
            {
                ["AssociationId"] = association.Id,
                ["AssociationVersion"] = $"{execution.Version}",
                ["ExecutionId"] = execution.Id,
                ["ResourceId"] = node.Node,
                ["ResourceType"] = "ManagedInstance",
                ["Status"] = node.Status,
                ["DetailedStatus"] = node.Status,
                ["LastExecutionDate"] = View.Seconds(execution.Created),
                ["OutputSource"] = script.Has(Mischief.ExecutionMembersAbsent) ? null : new JsonObject { ["OutputSourceId"] = new Dice(execution.Id, node.Place).Id().ToString(), ["OutputSourceType"] = "RunCommand" },
            })];
    }

    /// <summary>What a list says of an association: three words, counts, and nothing of which run they are.</summary>
    public (int Version, JsonObject? Overview, DateTimeOffset? Last) Overview(Association association)
    {
        DateTimeOffset now = Seen(Mischief.OverviewLags);
        int version = association.Versions.LastOrDefault(other => other.Made <= now)?.Number ?? 1;
        Execution? execution = association.Executions.ToList().FindLast(other => other.Begun <= now && other.Version == version);
        var dice = new Dice("overview", association.Id, association.Executions.Count);
        if (script.Has(Mischief.OverviewStuck) && dice.Chance(50))
        {
            return (version, Shown("Pending", "Associated", []), null);
        }

        var line = new Dice("wrong", association.Id, _lines.AddOrUpdate(association.Id, 1, (_, count) => count + 1));
        if (script.Has(Mischief.OverviewWrong) && line.Chance(script.Percent))
        {
            return line.Next(5) switch
            {
                0 => (version, Shown("Success", "Success", [("x", "Success")]), DateTimeOffset.UtcNow),
                1 => (version, Shown("Failed", "Failed", [("x", "Failed")]), DateTimeOffset.UtcNow),
                2 => (version, Shown("Success", "Success", []), null),
                3 => (version, Shown("Pending", "Associated", [("x", "Pending")]), null),
                _ => (version, Shown("Paused", "Paused", [("x", "Paused")]), null),
            };
        }

        if (script.Has(Mischief.OverviewAbsent) && dice.Chance(50))
        {
            return (version, dice.Chance(50) ? null : new JsonObject { ["Status"] = null, ["AssociationStatusAggregatedCount"] = null }, null);
        }

        if (execution is null)
        {
            return (version, Shown("Pending", "Creating", []), null);
        }

        Phase phase = execution.At(now);
        string status = phase.Status is "Success" or "Failed" ? phase.Status : phase.Status is "TimedOut" or "Cancelled" ? "Failed" : phase.Status == "Skipped" ? "Success" : "Pending";
        if (status != "Pending" && (phase.Nodes.Count > 0 || phase.Status != "Success"))
        {
            _ends.AddOrUpdate(association.Id, 1, (_, count) => count + 1);
        }

        return (version, Shown(status, phase.Status, phase.Nodes), execution.Created);
    }

    public Execution Begin(Association association, DateTimeOffset now, int call)
    {
        if (script.Plan is { } plan)
        {
            IReadOnlyList<Phase> phases = plan(association);
            return new Execution(world.NewId(), association.Latest.Number, now, call) { Phases = phases.Count > 0 ? phases : [new Phase(TimeSpan.Zero, "Success", [])] };
        }

        var dice = new Dice("run", association.Key, association.Executions.Count);
        bool isEmpty = script.Has(Mischief.ReachesNobody) && dice.Chance(40);
        string[] ends = ["Success", "Success", "Success", "Failed", "TimedOut"];
        TimeSpan end = TimeSpan.FromMilliseconds(dice.Between(200, 3000));
        (string Node, string Status)[] nodes = isEmpty ? [] : [.. Enumerable.Range(0, dice.Between(1, 5)).Select(node => ($"i-{node:x17}", dice.Pick(ends)))];
        string status = nodes.Any(node => node.Status == "Failed") ? "Failed" : nodes.Any(node => node.Status == "TimedOut") ? "TimedOut" : "Success";
        return new Execution(world.NewId(), association.Latest.Number, now, call)
        {
            Phases = isEmpty
                ? [new Phase(TimeSpan.Zero, "Success", [])]
                : [new Phase(TimeSpan.Zero, "InProgress", [.. nodes.Select(node => (node.Node, "InProgress"))]), new Phase(end, status, nodes)],
        };
    }

    /// <summary>The time that an answer is about.</summary>
    private DateTimeOffset Seen(Mischief lag) => DateTimeOffset.UtcNow - (script.Has(lag) ? script.ListLag : TimeSpan.Zero);

    private JsonObject Line(Association association, Execution execution, DateTimeOffset now)
    {
        Phase phase = execution.At(now);
        var dice = new Dice("line", execution.Id);
        var line = new JsonObject
        {
            ["AssociationId"] = association.Id,
            ["AssociationVersion"] = $"{execution.Version}",
            ["ExecutionId"] = execution.Id,
            ["Status"] = Word(execution, phase.Status),
            ["DetailedStatus"] = Word(execution, phase.Status),
            ["CreatedTime"] = View.Seconds(execution.Created),
            ["LastExecutionDate"] = View.Seconds(execution.Created + phase.From),
            ["ResourceCountByStatus"] = Counts(execution, phase, dice),
        };
        if (script.Has(Mischief.ExecutionMembersAbsent) && dice.Chance(50))
        {
            line[dice.Pick(["CreatedTime", "LastExecutionDate", "AssociationVersion", "DetailedStatus", "Status"])] = null;
        }

        return line;
    }

    private string? Counts(Execution execution, Phase phase, Dice dice)
    {
        List<(string Status, int Count)> counts = [.. phase.Nodes.Select((node, place) => NodeWord(execution, place, node.Status)).GroupBy(status => status).Select(group => (group.Key, group.Count()))];
        if (script.Has(Mischief.CountsAbsent) && dice.Chance(50))
        {
            return counts.Count == 0 && dice.Chance(50) ? string.Empty : null;
        }

        if (script.Has(Mischief.CountsGarbled) && dice.Chance(50))
        {
            return dice.Pick(["?", "{", "{Success}", "{Success=many}", "Success", "{Success=1,,=}", "[object Object]", "{Success=99999999999999999999}", "{Success=-1}"]);
        }

        if (script.Has(Mischief.CountsSpelled))
        {
            if (dice.Chance(40))
            {
                counts.AddRange(new[] { "Failed", "Pending", "Success" }.Where(status => counts.All(count => count.Status != status)).Select(status => (status, 0)));
            }

            return dice.Next(4) switch
            {
                0 => "{" + string.Join(",", dice.Shuffle(counts).Select(count => $"{count.Status}={count.Count}")) + "}",
                1 => "{ " + string.Join(" , ", dice.Shuffle(counts).Select(count => $"{count.Status} = {count.Count}")) + " }",
                2 => "{" + string.Join(", ", dice.Shuffle(counts).Select(count => $"\"{count.Status}\":{count.Count}")) + "}",
                _ => string.Join(", ", dice.Shuffle(counts).Select(count => $"{count.Status}={count.Count}")),
            };
        }

        return "{" + string.Join(", ", counts.Select(count => $"{count.Status}={count.Count}")) + "}";
    }

    private string Word(Execution execution, string status) => script.Has(Mischief.NewStatusWords) && status == "InProgress"
        ? new Dice("word", execution.Id).Pick(["Rescheduling", "Completing", "SuccessPending", "InProgress"])
        : status;

    private string NodeWord(Execution execution, int place, string status) => script.Has(Mischief.NewNodeWords) && status == "Failed"
        ? new Dice("node word", execution.Id, place).Pick(["Failed", "Undeliverable", "DeliveryTimedOut", "Terminated", "Broken"])
        : status;

    private static JsonObject Shown(string status, string detailed, IReadOnlyList<(string Node, string Status)> nodes) => new()
    {
        ["Status"] = status,
        ["DetailedStatus"] = detailed,
        ["AssociationStatusAggregatedCount"] = new JsonObject(nodes.GroupBy(node => node.Status).Select(group => KeyValuePair.Create<string, JsonNode?>(group.Key, group.Count()))),
    };

    private static string[] Ids(ApiCall call) => [.. (call.Body["AssociationIds"] as JsonArray ?? []).Select(id => (string?)id ?? string.Empty)];
}
