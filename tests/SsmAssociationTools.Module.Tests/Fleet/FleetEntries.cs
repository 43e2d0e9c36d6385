using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.Module.Tests.Fleet;

/// <summary>Associations with all kinds of members, and random values for each member.</summary>
internal static class FleetEntries
{
    private static readonly Dictionary<string, string> s_defaults = new()
    {
        ["DocumentVersion"] = "\"$DEFAULT\"",
        ["ApplyOnlyAtCronInterval"] = "false",
        ["SyncCompliance"] = "\"AUTO\"",
        ["ComplianceSeverity"] = "\"UNSPECIFIED\"",
    };

    /// <summary>Members that an update has no empty value for. Where the service keeps what is left out, they cannot be emptied.</summary>
    public static IReadOnlyList<string> Texts { get; } =
        ["AssociationName", "MaxErrors", "MaxConcurrency", "ScheduleOffset", "Duration", "OutputLocation", "AlarmConfiguration", "ScheduleExpression", "DocumentVersion", "ComplianceSeverity", "SyncCompliance", "AutomationTargetParameterName"];

    public static bool IsRunbook(JsonObject content) => (string?)content["Name"] == "AWS-ConfigureS3BucketVersioning";

    public static JsonObject New(Random random, int number)
    {
        var content = new JsonObject { ["Name"] = random.Next(3) == 0 ? "other-doc" : "customer-doc" };
        switch (random.Next(4))
        {
            case 0:
                content["Name"] = "AWS-ConfigureS3BucketVersioning";
                content["Parameters"] = Value(random, content, "Parameters");
                break;
            case 1:
                content["ScheduleExpression"] = "cron(0 2 ? * SUN#2 *)";
                content["ScheduleOffset"] = random.Next(1, 7);
                content["ApplyOnlyAtCronInterval"] = true;
                break;
            case 2:
                content["ScheduleExpression"] = "cron(0 2 ? * SUN *)";
                content["ApplyOnlyAtCronInterval"] = true;
                break;
            default:
                content["ScheduleExpression"] = "rate(7 days)";
                break;
        }

        if (!IsRunbook(content))
        {
            content["Targets"] = Value(random, content, "Targets");
        }

        foreach (string member in Optional(content))
        {
            if (content[member] is null && random.Next(2) == 0)
            {
                content[member] = Value(random, content, member);
            }
        }

        content["AssociationName"] = $"association-{number}";
        return content;
    }

    /// <summary>The members that may be set on an association of this kind, or left out.</summary>
    public static IReadOnlyList<string> Optional(JsonObject content) => IsRunbook(content)
        ? ["AssociationName", "MaxErrors", "MaxConcurrency", "ComplianceSeverity", "CalendarNames"]
        : ["AssociationName", "MaxErrors", "MaxConcurrency", "ComplianceSeverity", "SyncCompliance", "CalendarNames", "OutputLocation", "AlarmConfiguration", "Parameters", "DocumentVersion"];

    public static JsonNode Value(Random random, JsonObject content, string member) => member switch
    {
        "Name" => Pick(random, "customer-doc", "other-doc", "third-doc"),
        "AssociationName" => $"renamed-{random.Next(100_000)}",
        "DocumentVersion" => Pick(random, "1", "$LATEST"),
        "Targets" => new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(place => new JsonObject { ["Key"] = $"tag:k{place}", ["Values"] = new JsonArray($"v{random.Next(9)}", "w") })]),
        "Parameters" when IsRunbook(content) => new JsonObject { ["BucketName"] = new JsonArray($"bucket-{random.Next(9)}"), ["VersioningState"] = new JsonArray(Pick(random, "Enabled", "Suspended")) },
        "Parameters" => new JsonObject([.. Enumerable.Range(0, 4).Where(_ => random.Next(3) > 0).DefaultIfEmpty(7).Select(place => KeyValuePair.Create<string, JsonNode?>($"p{place}", new JsonArray(Pick(random, "", " x", "y\n", "{\"a\":1}"), $"{random.Next(50)}")))]),
        "ScheduleExpression" => ((string?)content["ScheduleExpression"]) switch
        {
            { } text when text.Contains('#') => Pick(random, "cron(0 2 ? * SUN#2 *)", "cron(0 3 ? * TUE#1 *)"),
            { } text when text.StartsWith("cron", StringComparison.Ordinal) => Pick(random, "cron(0 2 ? * SUN *)", "cron(30 4 ? * FRI *)"),
            _ => Pick(random, "rate(7 days)", "rate(1 hour)", "rate(2 days)"),
        },
        "ScheduleOffset" => random.Next(1, 7),
        "MaxErrors" => Pick(random, "10%", "1", "0", "33%"),
        "MaxConcurrency" => Pick(random, "5", "50%", "1"),
        "ComplianceSeverity" => Pick(random, "HIGH", "LOW", "CRITICAL", "UNSPECIFIED"),
        "SyncCompliance" => Pick(random, "MANUAL", "AUTO"),
        "CalendarNames" => new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(place => JsonValue.Create($"calendar-{place}"))]),
        "OutputLocation" => new JsonObject { ["S3Location"] = new JsonObject { ["OutputS3BucketName"] = Pick(random, "fleet-logs", "other-logs"), ["OutputS3KeyPrefix"] = $"p{random.Next(4)}" } },
        "AlarmConfiguration" => new JsonObject { ["Alarms"] = new JsonArray(new JsonObject { ["Name"] = $"alarm-{random.Next(4)}" }) },
        _ => throw new ArgumentOutOfRangeException(nameof(member), member, null),
    };

    /// <summary>What a content means: without documented defaults, and without the order that targets and calendars happen to stand in.</summary>
    public static string Meaning(JsonObject content)
    {
        var lines = new List<string>();
        foreach ((string name, JsonNode? value) in content)
        {
            string text = name == "IgnorePollAlarmFailure" ? string.Empty : Text(name, value!);
            if (text.Length > 0 && !(s_defaults.TryGetValue(name, out string? byDefault) && text == byDefault))
            {
                lines.Add($"{name}={text}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return string.Join(" ", lines);
    }

    /// <summary>JSON as ConvertFrom-Json gives it to a pipeline.</summary>
    public static object? ToObject(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonObject members:
                var custom = new PSObject();
                foreach ((string name, JsonNode? value) in members)
                {
                    custom.Properties.Add(new PSNoteProperty(name, ToObject(value)));
                }

                return custom;
            case JsonArray items:
                return items.Select(ToObject).ToArray();
            default:
                return node.GetValueKind() switch
                {
                    System.Text.Json.JsonValueKind.String => node.GetValue<string>(),
                    System.Text.Json.JsonValueKind.Number => (object)node.GetValue<int>(),
                    _ => node.GetValue<bool>(),
                };
        }
    }

    private static string Text(string name, JsonNode value) => value switch
    {
        JsonArray { Count: 0 } or JsonObject { Count: 0 } => string.Empty,
        JsonArray items when name is "Targets" or "CalendarNames" or "Values" => "[" + string.Join(",", items.Select(item => Text(string.Empty, item!)).Order(StringComparer.Ordinal)) + "]",
        JsonArray items => "[" + string.Join(",", items.Select(item => Text(string.Empty, item!))) + "]",
        JsonObject members => "{" + string.Join(",", members.Where(member => !(member.Key == "IgnorePollAlarmFailure" && member.Value!.ToJsonString() == "false")).OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{Text(member.Key, member.Value!)}")) + "}",
        _ => value.ToJsonString(),
    };

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];
}
