using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>How the service shows what it has stored. The same association always looks the same.</summary>
internal sealed class View(Script script, Func<Association, (int Version, JsonObject? Overview, DateTimeOffset? Last)> line)
{
    private static readonly string[] s_listed =
        ["Name", "InstanceId", "DocumentVersion", "Targets", "ScheduleExpression", "AssociationName", "ScheduleOffset", "ScheduleDuration", "TargetMaps"];

    public JsonObject Description(Association association, AssociationVersion? version = null)
    {
        version ??= association.Latest;
        JsonObject shown = Content(association, version);
        shown["AssociationId"] = association.Id;
        shown["AssociationVersion"] = $"{version.Number}";
        if (!script.Has(Mischief.CreatedDateAbsent))
        {
            shown["Date"] = Seconds(association.Versions[0].Date);
            shown["LastUpdateAssociationDate"] = Seconds(version.Date);
        }

        shown["Overview"] = line(association).Overview;
        return Ordered(shown, association);
    }

    public JsonObject Line(Association association)
    {
        (int version, JsonObject? overview, DateTimeOffset? last) = line(association);
        JsonObject content = Content(association, association.Latest);
        var shown = new JsonObject
        {
            ["AssociationId"] = association.Id,
            ["AssociationVersion"] = $"{version}",
            ["Overview"] = overview,
        };
        if (last is { } date)
        {
            shown["LastExecutionDate"] = Seconds(date);
        }

        foreach (string name in s_listed)
        {
            if (content[name] is { } value)
            {
                shown[name] = value.DeepClone();
            }
        }

        return Ordered(shown, association);
    }

    public JsonObject Version(Association association, AssociationVersion version)
    {
        // The API's list leaves these two out.
        JsonObject shown = Content(association, version);
        shown.Remove("AutomationTargetParameterName");
        shown.Remove("AlarmConfiguration");
        shown["AssociationId"] = association.Id;
        shown["AssociationVersion"] = $"{version.Number}";
        shown["CreatedDate"] = Seconds(version.Date);
        return shown;
    }

    public static double Seconds(DateTimeOffset date) => Math.Round((date - DateTimeOffset.UnixEpoch).TotalSeconds, 3);

    private JsonObject Content(Association association, AssociationVersion version)
    {
        var dice = new Dice("view", version.Key);
        var shown = (JsonObject)version.Content.DeepClone();
        if (script.Has(Mischief.ViewInstanceAsTarget) && shown["InstanceId"] is { } node && shown["Targets"] is null)
        {
            shown["Targets"] = new JsonArray(new JsonObject { ["Key"] = "InstanceIds", ["Values"] = new JsonArray(node.DeepClone()) });
        }

        if (script.Has(Mischief.ViewScheduleSpelling) && (string?)shown["ScheduleExpression"] is { } schedule)
        {
            shown["ScheduleExpression"] = Respell(schedule, dice);
        }

        if (script.Has(Mischief.ViewEmptyDropped))
        {
            foreach (string name in shown.Where(member => member.Value is JsonArray { Count: 0 } or JsonObject { Count: 0 }).Select(member => member.Key).ToList())
            {
                shown.Remove(name);
            }
        }

        if (script.Has(Mischief.ViewWhiteSpace) && shown["Parameters"] is JsonObject values)
        {
            foreach (JsonArray list in values.Select(member => member.Value).OfType<JsonArray>())
            {
                for (int i = 0; i < list.Count; i++)
                {
                    list[i] = ((string?)list[i] ?? string.Empty).Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
                }
            }
        }

        if (script.Has(Mischief.ViewMembersDropped))
        {
            string[] droppable = [.. new[] { "MaxErrors", "MaxConcurrency", "ComplianceSeverity", "DocumentVersion", "Parameters" }.Where(shown.ContainsKey)];
            if (droppable.Length > 0)
            {
                shown.Remove(dice.Pick(droppable));
            }
        }

        if (script.Has(Mischief.ViewDefaults))
        {
            Default(shown, "DocumentVersion", "$DEFAULT");
            Default(shown, "ApplyOnlyAtCronInterval", false);
            Default(shown, "MaxErrors", "100%");
            Default(shown, "MaxConcurrency", "50");
            Default(shown, "ComplianceSeverity", "UNSPECIFIED");
            Default(shown, "SyncCompliance", "AUTO");
        }

        if (script.Has(Mischief.ViewAssociationId))
        {
            var parameters = shown["Parameters"] as JsonObject ?? [];
            shown["Parameters"] = parameters;
            parameters["AssociationId"] = new JsonArray(association.Id);
        }

        if (script.Has(Mischief.ViewRepeatedValues))
        {
            foreach (JsonArray list in Targets(shown))
            {
                if (list.Count > 0)
                {
                    list.Add(list[dice.Next(list.Count)]!.DeepClone());
                }
            }
        }

        if (script.Has(Mischief.ViewReordered))
        {
            foreach (JsonArray list in Targets(shown))
            {
                Reorder(list, dice);
            }

            if (shown["Targets"] is JsonArray targets)
            {
                Reorder(targets, dice);
            }
        }

        return shown;
    }

    private JsonObject Ordered(JsonObject shown, Association association) => script.Has(Mischief.ViewReordered)
        ? new JsonObject(new Dice("order", association.Key).Shuffle(shown.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))))
        : shown;

    private static IEnumerable<JsonArray> Targets(JsonObject shown) =>
        (shown["Targets"] as JsonArray ?? []).OfType<JsonObject>().Select(target => target["Values"]).OfType<JsonArray>();

    private static void Default(JsonObject shown, string name, JsonNode value)
    {
        if (shown[name] is null)
        {
            shown[name] = value;
        }
    }

    private static void Reorder(JsonArray list, Dice dice)
    {
        List<JsonNode?> items = dice.Shuffle(list.Select(item => item?.DeepClone()));
        list.Clear();
        foreach (JsonNode? item in items)
        {
            list.Add(item);
        }
    }

    private static string Respell(string schedule, Dice dice) => dice.Next(4) switch
    {
        0 => schedule.Replace(" ", "  ", StringComparison.Ordinal),
        1 => schedule.Replace("(", "( ", StringComparison.Ordinal).Replace(")", " )", StringComparison.Ordinal),
        2 when schedule.StartsWith("cron(", StringComparison.Ordinal) => "cron(" + schedule[5..].ToUpperInvariant(),
        _ => schedule.Replace("1 hour)", "60 minutes)", StringComparison.Ordinal).Replace("1 day)", "24 hours)", StringComparison.Ordinal),
    };
}
