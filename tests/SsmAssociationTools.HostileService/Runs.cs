using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>StartAssociationsOnce, and what comes of it on the nodes.</summary>
internal sealed class Runs(World world, Script script)
{
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

    public List<JsonObject> Executions(ApiCall call, Association association)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        IEnumerable<Execution> all = association.Executions.ToList().Where(execution => !script.Has(Mischief.ExecutionsLag) || now - execution.Begun >= script.ListLag);
        foreach (JsonObject filter in (call.Body["Filters"] as JsonArray ?? []).OfType<JsonObject>())
        {
            string value = (string?)filter["Value"] ?? string.Empty;
            string type = (string?)filter["Type"] ?? "EQUAL";
            all = ((string?)filter["Key"]) switch
            {
                "ExecutionId" => all.Where(execution => execution.Id == value),
                "Status" => all.Where(execution => Status(execution, now) == value),
                "CreatedTime" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) =>
                    all.Where(execution => type switch { "GREATER_THAN" => execution.Created > time, "LESS_THAN" => execution.Created < time, _ => execution.Created == time }),
                _ => all,
            };
        }

        return [.. all.Reverse().Select(execution => new JsonObject
        {
            ["AssociationId"] = association.Id,
            ["AssociationVersion"] = $"{execution.Version}",
            ["ExecutionId"] = execution.Id,
            ["Status"] = Status(execution, now),
            ["DetailedStatus"] = Status(execution, now),
            ["CreatedTime"] = View.Seconds(execution.Created),
            ["LastExecutionDate"] = View.Seconds(execution.Created),
            ["ResourceCountByStatus"] = Counts(execution, now),
        })];
    }

    public static List<JsonObject>? Targets(ApiCall call, Association association)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Execution? execution = association.Executions.ToList().Find(other => other.Id == (string?)call.Body["ExecutionId"]);
        return execution is null ? null : [.. execution.Nodes.Select((node, place) => new JsonObject
        {
            ["AssociationId"] = association.Id,
            ["AssociationVersion"] = $"{execution.Version}",
            ["ExecutionId"] = execution.Id,
            ["ResourceId"] = node.Node,
            ["ResourceType"] = "ManagedInstance",
            ["Status"] = now < execution.Ends ? "InProgress" : node.Status,
            ["DetailedStatus"] = now < execution.Ends ? "InProgress" : node.Status,
            ["LastExecutionDate"] = View.Seconds(execution.Created),
            ["OutputSource"] = new JsonObject { ["OutputSourceId"] = new Dice(execution.Id, place).Id().ToString(), ["OutputSourceType"] = "RunCommand" },
        })];
    }

    public Execution Begin(Association association, DateTimeOffset now, int call)
    {
        var dice = new Dice("run", association.Key, association.Executions.Count);
        bool isEmpty = script.Has(Mischief.ReachesNobody) && dice.Chance(40);
        string[] ends = ["Success", "Success", "Success", "Failed", "TimedOut"];
        return new Execution(world.NewId(), association.Latest.Number, now, call)
        {
            Ends = DateTimeOffset.UtcNow.AddMilliseconds(dice.Between(200, 3000)),
            Nodes = isEmpty ? [] : [.. Enumerable.Range(0, dice.Between(1, 5)).Select(node => ($"i-{node:x17}", dice.Pick(ends)))],
        };
    }

    public static string Status(Execution execution, DateTimeOffset now) =>
        execution.Nodes.Count == 0 ? "Success"
        : now < execution.Ends ? "InProgress"
        : execution.Nodes.Any(node => node.Status == "Failed") ? "Failed"
        : execution.Nodes.Any(node => node.Status == "TimedOut") ? "TimedOut"
        : "Success";

    private static string Counts(Execution execution, DateTimeOffset now) => "{" + string.Join(", ", execution.Nodes
        .GroupBy(node => now < execution.Ends ? "InProgress" : node.Status).Select(group => $"{group.Key}={group.Count()}")) + "}";

    private static string[] Ids(ApiCall call) => [.. (call.Body["AssociationIds"] as JsonArray ?? []).Select(id => (string?)id ?? string.Empty)];
}
