using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>What a caller of one seed wants, and how it asks.</summary>
internal sealed class Scenario
{
    private static readonly string[] s_schedules = ["rate(1 hour)", "rate(1 day)", "rate(30 minutes)", "cron(0 2 ? * sun *)", "cron(15 10 ? * MON *)"];

    public required int Seed { get; init; }

    /// <summary>What comes through the pipeline: entries, and things that are none.</summary>
    public required IReadOnlyList<JsonNode> Input { get; init; }

    /// <summary>The places where inputs stand that no service should see.</summary>
    public required IReadOnlySet<int> Invalid { get; init; }

    /// <summary>Words that appear in values of Parameters and nowhere else.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>What exists before the run, and how old it is.</summary>
    public required IReadOnlyList<(string Place, JsonObject Content, TimeSpan Age)> Before { get; init; }

    /// <summary>Where every entry goes: account and Region.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    public required Dictionary<string, object> Parameters { get; init; }

    public string IfExists => Parameters.TryGetValue("IfExists", out object? value) ? (string)value : "Create";

    public static Scenario Of(int seed, bool forKill = false)
    {
        var dice = new Dice(seed, "scenario");
        var secrets = new List<string>();
        var input = new List<JsonNode>();
        var invalid = new HashSet<int>();
        int count = forKill ? 40 : dice.Between(4, 14);
        bool families = dice.Chance(60);
        while (input.Count < count)
        {
            int number = input.Count;
            JsonObject entry = Entry(dice, number, secrets);
            int kind = dice.Next(20);
            if (kind == 0)
            {
                invalid.Add(number);
                entry["ScheduleExpression"] = "rate(1 minute)";
            }
            else if (kind == 1)
            {
                invalid.Add(number);
                input.Add(JsonValue.Create(42));
                continue;
            }
            else if (kind == 2)
            {
                entry["Name"] = $"Missing-{number}";
            }

            input.Add(entry);
            if (families && !invalid.Contains(number) && dice.Chance(35) && input.Count < count)
            {
                var other = (JsonObject)entry.DeepClone();
                if (other["InstanceId"] is null)
                {
                    Vary(dice, other);
                    input.Add(other);
                }
            }
        }

        bool twoAccounts = !forKill && dice.Chance(15);
        bool twoRegions = !forKill && dice.Chance(15);
        string[] accounts = twoAccounts ? ["222233334444", "333344445555"] : ["111122223333"];
        string[] regions = twoRegions ? ["eu-north-1", "us-west-2"] : ["eu-north-1"];
        string[] places = [.. accounts.SelectMany(account => regions.Select(region => $"{account}/{region}"))];
        var parameters = new Dictionary<string, object>
        {
            ["Region"] = regions,
            ["AccessKey"] = "AKIDEXAMPLE",
            ["SecretKey"] = "secret",

            // Shorter, and a busy machine would be taken for a silent service.
            ["TimeoutSec"] = 3,
            ["RetryTimeout"] = dice.Pick([6, 12, 20]),
            ["MaxAttempt"] = dice.Pick([3, 5, 8]),
            ["BatchSize"] = dice.Pick([2, 3, 5, 20]),
            ["ThrottleLimit"] = dice.Between(2, 4),
        };
        if (twoAccounts)
        {
            parameters["RoleArn"] = accounts.Select(account => $"arn:aws:iam::{account}:role/Ops").ToArray();
        }

        string ifExists = dice.Pick(["Create", "Create", "Create", "Skip", "Skip", "Fail"]);
        if (ifExists != "Create")
        {
            parameters["IfExists"] = ifExists;
        }

        var before = new List<(string Place, JsonObject Content, TimeSpan Age)>();
        foreach (JsonObject entry in input.Where((_, place) => !invalid.Contains(place)).OfType<JsonObject>())
        {
            if (dice.Chance(15))
            {
                TimeSpan age = dice.Chance(80) ? TimeSpan.FromHours(dice.Between(1, 100)) : TimeSpan.FromSeconds(dice.Between(1, 20));
                before.Add((dice.Pick(places), (JsonObject)entry.DeepClone(), age));
            }
        }

        return new Scenario
        {
            Seed = seed,
            Input = input,
            Invalid = invalid,
            Secrets = secrets,
            Before = before,
            Places = places,
            Parameters = parameters,
        };
    }

    public IEnumerable<int> Valid => Enumerable.Range(0, Input.Count).Where(place => !Invalid.Contains(place));

    public string Label(int place) => Input[place] is JsonObject entry ? (string?)entry["AssociationName"] ?? (string?)entry["Name"] ?? "?" : "no entry";

    private static JsonObject Entry(Dice dice, int number, List<string> secrets)
    {
        var entry = new JsonObject { ["Name"] = dice.Pick(["AWS-UpdateSSMAgent", "Fleet-Baseline", "Fleet-Baseline", "AWS-RunShellScript"]) };
        bool isLegacy = dice.Chance(12);
        if (!isLegacy && dice.Chance(80))
        {
            entry["AssociationName"] = dice.Chance(80) ? $"a{number}-{dice.Letters(3)}" : "shared-name";
        }

        if (isLegacy)
        {
            entry["InstanceId"] = $"i-{number:x4}{dice.Id():N}"[..19];
        }
        else
        {
            var targets = new JsonArray(new JsonObject { ["Key"] = "tag:Role", ["Values"] = new JsonArray($"role{number}", "web") });
            if (dice.Chance(30))
            {
                targets.Add(new JsonObject { ["Key"] = "tag:Env", ["Values"] = new JsonArray("prod") });
            }

            entry["Targets"] = targets;
        }

        if (!isLegacy && dice.Chance(70))
        {
            entry["ScheduleExpression"] = dice.Pick(s_schedules);
        }

        if ((string?)entry["Name"] == "Fleet-Baseline" && dice.Chance(80))
        {
            var parameters = new JsonObject { ["Password"] = new JsonArray(Secret(dice, secrets)) };
            if (dice.Chance(40))
            {
                parameters["Lines"] = new JsonArray(Secret(dice, secrets), dice.Pick(["", "  indented", "ends ", "a\r\nb"]) + Secret(dice, secrets));
            }

            entry["Parameters"] = parameters;
        }
        else if ((string?)entry["Name"] == "AWS-RunShellScript")
        {
            entry["Parameters"] = new JsonObject { ["commands"] = new JsonArray($"login --password '{Secret(dice, secrets)}'") };
        }

        if (!isLegacy && dice.Chance(30))
        {
            entry["MaxErrors"] = dice.Pick(["10%", "1", "0"]);
        }

        if (!isLegacy && dice.Chance(20))
        {
            entry["ComplianceSeverity"] = dice.Pick(["HIGH", "CRITICAL"]);
        }

        return entry;
    }

    private static string Secret(Dice dice, List<string> secrets)
    {
        string word = dice.Letters(14);
        secrets.Add(word);
        return dice.Pick(["", "Pa$$ ", "<b>&", "x=\""]) + word + dice.Pick(["", "!", " \\end", "%41"]);
    }

    /// <summary>Another content that is the first one and more, or less, or the same.</summary>
    private static void Vary(Dice dice, JsonObject entry)
    {
        switch (dice.Next(6))
        {
            case 0:
                break;
            case 1:
                entry["MaxErrors"] = entry["MaxErrors"] is null ? "7" : "8";
                break;
            case 2:
                entry["MaxConcurrency"] = "3";
                break;
            case 3:
                entry["ComplianceSeverity"] = "LOW";
                break;
            case 4 when entry["Parameters"] is JsonObject parameters && (string?)entry["Name"] == "Fleet-Baseline":
                parameters["Extra"] = new JsonArray("yes");
                break;
            default:
                entry["DocumentVersion"] = "$LATEST";
                break;
        }
    }
}
