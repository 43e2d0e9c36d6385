using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using System.Text.Json;
using SsmAssociationTools.Commands;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;
using SsmAssociationTools.Tests.Files;
using SsmAssociationTools.Tests.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Input;

/// <summary>
/// Inputs of the kinds that people have reported to this and to other tools: one line of <c>Data/reported-cases.jsonl</c> each,
/// with its verdict, rules that must speak and rules that must not, a piece of the text, and what is read. A line with an id
/// stands for the public report of that id. Lines with a <c>script</c> run in the module tests, which read the same file.
/// </summary>
public sealed class ReportedCaseTests
{
    private const int Reports = 116;

    private static readonly string[] s_ways = ["given", "file", "template", "script", "test", "reason"];
    private static readonly JsonElement[] s_lines = [.. File.ReadAllLines(TestData.PathOf("reported-cases.jsonl")).Select(static line => JsonElement.Parse(line))];

    public static TheoryData<int, string> Cases() => Lines("given", "file");

    public static TheoryData<int, string> Templates() => Lines("template");

    public static TheoryData<int, string> Elsewhere() => Lines("test");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reported_case_gets_its_verdict(int index, string name)
    {
        JsonElement line = s_lines[index];
        var said = new List<string>();
        var entries = new List<AssociationEntry>();
        bool isRefused = false;
        foreach (object input in line.TryGetProperty("file", out JsonElement file) ? Read(file.GetString()!, line) : [Input(line.GetProperty("given"), Text(line, "form"))])
        {
            Take(input);
        }

        string shown = $"{name}: {string.Join(" | ", said)}";
        Assert.True(Text(line, "verdict") == (isRefused ? "refused" : said.Count > 0 ? "warned" : "read"), shown);
        Assert.All(Texts(line, "has"), rule => Assert.Contains($"[{rule}]", shown, StringComparison.Ordinal));
        Assert.All(Texts(line, "hasNot"), rule => Assert.DoesNotContain($"[{rule}]", shown, StringComparison.Ordinal));
        Assert.Contains(Text(line, "says") ?? string.Empty, shown, StringComparison.Ordinal);
        if (Text(line, "saysNot") is { } never)
        {
            Assert.DoesNotContain(never, shown, StringComparison.Ordinal);
        }

        if (line.TryGetProperty("names", out _))
        {
            Assert.Equal(Texts(line, "names"), entries.Select(static entry => entry.Name));
        }

        if (Text(line, "parameters") is { } parameters)
        {
            Assert.Equal(parameters, Reading.Show(entries[0].Parameters));
        }

        foreach (JsonProperty member in line.TryGetProperty("reads", out JsonElement reads) ? reads.EnumerateObject().ToArray() : [])
        {
            Assert.Equal(member.Value.GetString(), Value(entries[0], member.Name));
        }

        IEnumerable<object> Read(string fileName, JsonElement from)
        {
            try
            {
                IReadOnlyList<ImportedEntry> imported = FileText.Import(Bytes(from), Format(fileName));
                isRefused |= imported.Any(static item => item.Errors.Count > 0);
                said.AddRange(imported.SelectMany(static item => item.Errors.Concat(item.Warnings.Select(static warning => warning.Text))));

                return imported.Select(static item => item.Entry).OfType<AssociationEntry>();
            }
            catch (FileFormatException error)
            {
                isRefused = true;
                said.Add(error.Message);
                return [];
            }
        }

        void Take(object input)
        {
            bool isStrict = line.TryGetProperty("strict", out JsonElement strict) && strict.GetBoolean();
            using var intake = new EntryIntake(region: null, isStrict, isExcluded: null, skipRules: false, takesResultRegion: false, takesResultRole: false);
            CheckedInput item = intake.Take(input);
            isRefused |= item.Issues.Any(static issue => issue.Level == IssueSeverity.Error);
            said.AddRange(item.Issues.Where(static issue => issue.Level != IssueSeverity.Information).Select(static issue => issue.ToString()));
            if (item.Entry is not null)
            {
                entries.Add(item.Entry);
            }
        }
    }

    /// <summary>TemplateCaseTests imports it, and compares each entry with what the case says.</summary>
    [Theory]
    [MemberData(nameof(Templates))]
    public void A_reported_template_is_among_those_that_are_worked_out(int index, string name) =>
        Assert.True(TemplateCaseTests.Cases().Any(row => (string)row[1] == Text(s_lines[index], "template")), name);

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void A_case_that_another_test_shows_names_that_test(int index, string name)
    {
        string[] test = Text(s_lines[index], "test")!.Split('.');
        string type = string.Join('.', test[..^1]);
        if (type.StartsWith("SsmAssociationTools.Tests.", StringComparison.Ordinal))
        {
            Assert.True(typeof(ReportedCaseTests).Assembly.GetType(type)?.GetMethod(test[^1])?.GetCustomAttribute<FactAttribute>() is not null, name);
        }
    }

    [Fact]
    public void Every_report_is_run_or_has_a_reason_why_not()
    {
        string[] ids = [.. s_lines.Select(static line => Text(line, "id")).OfType<string>()];

        Assert.Equal(Reports, ids.Length);
        Assert.Equal(Reports, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(s_lines, static line => Assert.Single(s_ways, way => line.TryGetProperty(way, out _)));
        Assert.All(s_lines, static line => Assert.Contains(Text(line, "verdict"), new[] { "read", "warned", "refused" }));
    }

    [Fact]
    public void No_case_stands_there_twice() => Assert.Equal(s_lines.Length, s_lines.Select(static line => Text(line, "case")).Distinct(StringComparer.Ordinal).Count());

    private static TheoryData<int, string> Lines(params string[] ways)
    {
        var cases = new TheoryData<int, string>();
        foreach ((int index, JsonElement line) in s_lines.Index())
        {
            if (ways.Any(way => line.TryGetProperty(way, out _)))
            {
                cases.Add(index, $"{Text(line, "id")} {Text(line, "case")}".Trim());
            }
        }

        return cases;
    }

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static string?[] Texts(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(static text => text.GetString()!)] : [];

    private static string? Value(AssociationEntry entry, string member) =>
        member == "Targets" ? Reading.Show(entry.Targets) : (string?)EntrySchema.Members.Single(row => row.Name == member).Get(entry);

    private static byte[] Bytes(JsonElement line)
    {
        Encoding encoding = Text(line, "encoding") is { } name ? Encoding.GetEncoding(name) : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(Text(line, "text")!)];
    }

    private static EntryFileFormat Format(string file) => Enum.Parse<EntryFileFormat>(Path.GetExtension(file)[1..], ignoreCase: true);

    private static object Input(JsonElement given, string? form) => form is null ? given.GetRawText() : Value(given)!;

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
