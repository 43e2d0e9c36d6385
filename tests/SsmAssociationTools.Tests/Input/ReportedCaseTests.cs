using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using SsmAssociationTools.Commands;
using SsmAssociationTools.Model;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Tests.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Input;

/// <summary>
/// Inputs of the kinds that people have reported to this and to other tools, each with what is to be said of it: rules that
/// must speak and rules that must not, a piece of the text, and what is read.
/// </summary>
public sealed class ReportedCaseTests
{
    private static readonly string[] s_lines = File.ReadAllLines(TestData.PathOf("reported-cases.jsonl"));

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        for (int i = 0; i < s_lines.Length; i++)
        {
            using JsonDocument line = JsonDocument.Parse(s_lines[i]);
            cases.Add(i, line.RootElement.GetProperty("case").GetString()!);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reported_case_gets_its_verdict(int index, string name)
    {
        using JsonDocument document = JsonDocument.Parse(s_lines[index]);
        JsonElement line = document.RootElement;
        bool isStrict = line.TryGetProperty("strict", out JsonElement strict) && strict.GetBoolean();
        using var intake = new EntryIntake(region: null, isStrict, isExcluded: null, skipRules: false, takesResultRegion: false, takesResultRole: false);
        string form = line.TryGetProperty("form", out JsonElement given) ? given.GetString()! : "json";
        WorkItem item = intake.Take(Input(line.GetProperty("given"), form));
        string shown = $"{name}: {string.Join(" | ", item.Issues.Select(static issue => issue.ToString()))}";

        string[] rules = [.. item.Issues.Select(static issue => issue.RuleId)];
        string[]? wanted = Texts(line, "has");
        Assert.True(wanted is null or { Length: > 0 } || rules.Length == 0, shown);
        Assert.All(wanted ?? [], rule => Assert.True(rules.Contains(rule), shown));
        Assert.All(Texts(line, "hasNot") ?? [], rule => Assert.False(rules.Contains(rule), shown));
        if (line.TryGetProperty("isValid", out JsonElement isValid))
        {
            Assert.True(isValid.GetBoolean() == !item.Issues.Any(static issue => issue.Level == IssueSeverity.Error), shown);
        }

        if (line.TryGetProperty("says", out JsonElement says))
        {
            Assert.Contains(says.GetString()!, shown, StringComparison.Ordinal);
        }

        if (line.TryGetProperty("saysNot", out JsonElement saysNot))
        {
            Assert.DoesNotContain(saysNot.GetString()!, shown, StringComparison.Ordinal);
        }

        if (line.TryGetProperty("parameters", out JsonElement parameters))
        {
            Assert.Equal(parameters.GetString(), Reading.Show(item.Entry!.Parameters));
        }

        foreach (JsonProperty member in line.TryGetProperty("reads", out JsonElement reads) ? reads.EnumerateObject().ToArray() : [])
        {
            Assert.Equal(member.Value.GetString(), EntrySchema.Members.Single(row => row.Name == member.Name).Get(item.Entry!));
        }
    }

    private static string[]? Texts(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(static text => text.GetString()!)] : null;

    private static object Input(JsonElement given, string form) => form == "json" ? given.GetRawText() : Value(given)!;

    /// <summary>What ConvertFrom-Json and Import-Csv make: property bags, arrays and single values.</summary>
    private static object? Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var bag = new PSObject();
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    bag.Properties.Add(new PSNoteProperty(property.Name, Value(property.Value)));
                }

                return bag;
            case JsonValueKind.Array:
                return value.EnumerateArray().Select(Value).ToArray();
            case JsonValueKind.Number:
                return value.TryGetInt64(out long number) ? number : value.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean();
            case JsonValueKind.Null:
                return null;
            default:
                // No JSON holds half of a character.
                return value.GetString()!.Replace("<half>", "\uD83D", StringComparison.Ordinal);
        }
    }
}
