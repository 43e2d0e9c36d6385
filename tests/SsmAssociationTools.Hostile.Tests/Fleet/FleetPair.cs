using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests.Fleet;

/// <summary>A wanted set and an existing set of one seed, and how the command is called.</summary>
internal sealed class FleetPair
{
    private static readonly string[] s_crons = ["cron(0 2 ? * SUN *)", "cron(15 10 ? * MON *)"];
    private static readonly string[] s_rates = ["rate(1 hour)", "rate(1 day)", "rate(7 days)"];

    /// <summary>What comes through the pipeline; a number stands for what is no entry.</summary>
    public required IReadOnlyList<JsonNode> Wanted { get; init; }

    public required IReadOnlySet<int> Invalid { get; init; }

    public required IReadOnlyList<JsonObject> Before { get; init; }

    public required string IfChanged { get; init; }

    /// <summary>Null without -Prune.</summary>
    public required IReadOnlyList<string>? Scope { get; init; }

    public static FleetPair Of(int seed, int? count = null)
    {
        var dice = new Dice(seed, "fleet");
        var wanted = new List<JsonNode>();
        var before = new List<JsonObject>();
        int size = count ?? (dice.Chance(4) ? dice.Between(20, 90) : dice.Between(0, 11));
        int calm = dice.Pick([10, 40, 70]);
        for (int number = 0; number < size; number++)
        {
            JsonObject content = Content(dice, number);
            if (dice.Chance(calm))
            {
                wanted.Add(Respelled(dice, content, withDefaults: false));
                before.Add(Respelled(dice, content, withDefaults: true));
                continue;
            }

            switch (dice.Next(8))
            {
                case 0:
                case 1:
                    wanted.Add(content);
                    break;
                case 2:
                    before.Add(Respelled(dice, content, withDefaults: true));
                    break;
                case 3:
                    Double(dice, content, wanted);
                    if (dice.Chance(50))
                    {
                        Double(dice, content, before);
                    }

                    break;
                case 4:
                    wanted.Add(dice.Chance(50) ? content : Changed(dice, content));
                    Double(dice, content, before);
                    break;
                case 5:
                    before.Add(Foreign(dice, content, number));
                    break;
                default:
                    JsonObject other = Changed(dice, content);
                    wanted.Add(content);
                    before.Add(Respelled(dice, other, withDefaults: true));
                    break;
            }
        }

        var invalid = new HashSet<int>();
        wanted = dice.Shuffle(wanted);
        if (dice.Chance(7))
        {
            int place = dice.Next(wanted.Count + 1);
            wanted.Insert(place, dice.Chance(50) ? JsonValue.Create(42) : new JsonObject { ["Name"] = "Fleet-Baseline", ["AssociationName"] = "never-seen", ["Targets"] = Targets(dice, 999), ["ScheduleExpression"] = "rate(1 minute)" });
            invalid.Add(place);
        }

        return new FleetPair
        {
            Wanted = wanted,
            Invalid = invalid,
            Before = dice.Shuffle(before),
            IfChanged = dice.Pick(["Update", "Update", "Update", "Skip", "Fail"]),
            Scope = dice.Chance(50) ? null : dice.Pick<string[]>([["*"], ["*"], ["b*"], ["a1*", "b*"], ["*", "AWS-thing-3"], ["*", "q-4", "AWSQuickSetup-5"], ["AWS-*"], ["AWS*", "a2-x"], ["none-of-these*"]]),
        };
    }

    private static JsonObject Content(Dice dice, int number)
    {
        var content = new JsonObject { ["Name"] = dice.Pick(["AWS-UpdateSSMAgent", "Fleet-Baseline", "Fleet-Baseline", "Fleet-Other"]) };
        if (dice.Chance(6))
        {
            content["Name"] = "Legacy-Baseline";
            content["InstanceId"] = $"i-{number:x4}{new string('a', 13)}";
            return content;
        }

        if (dice.Chance(85))
        {
            content["AssociationName"] = $"{dice.Pick(["a", "b"])}{number}-x";
        }

        content["Targets"] = Targets(dice, number);
        if (dice.Chance(70))
        {
            content["ScheduleExpression"] = dice.Chance(50) ? dice.Pick(s_rates) : dice.Pick(s_crons);
        }

        Optional(dice, content, "MaxErrors", "10%", "1", "0");
        Optional(dice, content, "MaxConcurrency", "5", "50%");
        Optional(dice, content, "ComplianceSeverity", "HIGH", "LOW");
        if (((string?)content["ScheduleExpression"])?.StartsWith("cron", System.StringComparison.Ordinal) == true && dice.Chance(40))
        {
            content["ApplyOnlyAtCronInterval"] = true;
        }

        if ((string?)content["Name"] != "AWS-UpdateSSMAgent" && dice.Chance(60))
        {
            content["Parameters"] = new JsonObject { ["Level"] = new JsonArray(dice.Pick(["1", "2"])), ["Lines"] = new JsonArray("x", dice.Pick(["", " y", "z"])) };
        }

        if (dice.Chance(15))
        {
            content["OutputLocation"] = new JsonObject { ["S3Location"] = new JsonObject { ["OutputS3BucketName"] = dice.Pick(["fleet-logs", "other-logs"]), ["OutputS3KeyPrefix"] = "p" } };
        }

        if (dice.Chance(10))
        {
            content["CalendarNames"] = new JsonArray("cal-1", "cal-2");
        }

        return content;
    }

    private static JsonArray Targets(Dice dice, int number)
    {
        var targets = new JsonArray(new JsonObject { ["Key"] = "tag:Role", ["Values"] = new JsonArray($"role{number}", "web") });
        if (dice.Chance(30))
        {
            targets.Add(new JsonObject { ["Key"] = "tag:Env", ["Values"] = new JsonArray("prod", "test") });
        }

        return targets;
    }

    private static void Optional(Dice dice, JsonObject content, string name, params string[] values)
    {
        if (dice.Chance(30))
        {
            content[name] = dice.Pick(values);
        }
    }

    /// <summary>The same name or node with another content.</summary>
    private static JsonObject Changed(Dice dice, JsonObject content)
    {
        var other = (JsonObject)content.DeepClone();
        string before = Meaning.Of(content);
        while (Meaning.Of(other) == before)
        {
            switch (dice.Next(other["InstanceId"] is null ? 9 : 1))
            {
                case 0:
                    other["Parameters"] = new JsonObject { ["Level"] = new JsonArray(dice.Pick(["3", "4"])) };
                    break;
                case 1:
                    other["MaxErrors"] = dice.Pick(["2", "20%"]);
                    break;
                case 2:
                    other.Remove(dice.Pick(["MaxErrors", "MaxConcurrency", "Parameters", "OutputLocation", "CalendarNames", "ComplianceSeverity"]));
                    break;
                case 3:
                    other["ScheduleExpression"] = "cron(0 4 ? * FRI *)";
                    break;
                case 4:
                    other.Remove("ScheduleExpression");
                    other.Remove("ApplyOnlyAtCronInterval");
                    break;
                case 5:
                    ((JsonArray)other["Targets"]![0]!["Values"]!).Add("more");
                    break;
                case 6:
                    other["Name"] = "Fleet-Third";
                    break;
                case 7 when (string?)other["Name"] != "AWS-UpdateSSMAgent":
                    other["DocumentVersion"] = "3";
                    break;
                default:
                    other["OutputLocation"] = new JsonObject { ["S3Location"] = new JsonObject { ["OutputS3BucketName"] = "third-logs" } };
                    break;
            }
        }

        return other;
    }

    private static void Double(Dice dice, JsonObject content, List<JsonNode> list)
    {
        if (content["InstanceId"] is not null)
        {
            // The service has one association of a document on a node.
            list.Add(content.DeepClone());
            return;
        }

        for (int i = dice.Between(2, 3); i > 0; i--)
        {
            list.Add(dice.Chance(60) ? content.DeepClone() : Changed(dice, content));
        }
    }

    private static void Double(Dice dice, JsonObject content, List<JsonObject> list)
    {
        var doubled = new List<JsonNode>();
        Double(dice, content, doubled);
        list.AddRange(doubled.Cast<JsonObject>());
    }

    /// <summary>An association that belongs to AWS, by its name or by its document.</summary>
    private static JsonObject Foreign(Dice dice, JsonObject content, int number)
    {
        var foreign = (JsonObject)content.DeepClone();
        foreign.Remove("InstanceId");
        foreign["Targets"] ??= Targets(dice, number);
        switch (dice.Next(3))
        {
            case 0:
                foreign["AssociationName"] = $"AWS-thing-{number}";
                break;
            case 1:
                foreign["AssociationName"] = $"AWSQuickSetup-{number}";
                break;
            default:
                foreign["Name"] = "AWSQuickSetup-Document";
                foreign["AssociationName"] = $"q-{number}";
                break;
        }

        return foreign;
    }

    /// <summary>The same content as somebody else may write it, or as the service shows it.</summary>
    private static JsonObject Respelled(Dice dice, JsonObject content, bool withDefaults)
    {
        var other = (JsonObject)content.DeepClone();
        if (other["Targets"] is JsonArray targets && dice.Chance(30))
        {
            foreach (JsonNode? target in targets)
            {
                target!["Values"] = new JsonArray([.. ((JsonArray)target["Values"]!).Reverse().Select(value => value!.DeepClone())]);
            }

            other["Targets"] = new JsonArray([.. targets.Reverse().Select(target => target!.DeepClone())]);
        }

        if (withDefaults && other["InstanceId"] is null && dice.Chance(40))
        {
            other["DocumentVersion"] ??= "$DEFAULT";
            other["ApplyOnlyAtCronInterval"] ??= false;
            other["SyncCompliance"] ??= "AUTO";
            other["ComplianceSeverity"] ??= "UNSPECIFIED";
        }

        return other;
    }
}
