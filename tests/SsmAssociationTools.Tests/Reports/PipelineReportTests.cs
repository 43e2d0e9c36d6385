using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using SsmAssociationTools.Commands;
using SsmAssociationTools.Reports;
using Xunit;

namespace SsmAssociationTools.Tests.Reports;

/// <summary>What a build server reads of a report.</summary>
public sealed class PipelineReportTests
{
    private const string Folder = "/repo";

    private static readonly object?[] s_inputs =
    [
        Entry("fleet.csv:2", "/repo/infra/my fleet.csv", new AssociationEntry { Name = "AWS-UpdateSSMAgent", AssociationName = "agent", Targets = [new AssociationTarget { Key = "InstanceIds", Values = ["*"] }] }),
        Entry("fleet.csv:3", "/repo/infra/my fleet.csv", new AssociationEntry { Name = "no!", AssociationName = "a\u0001\ud83d", Targets = [new AssociationTarget { Key = "tag:a", Values = ["b"] }], Parameters = new ParameterMap { ["Password"] = ["Hunter2"] } }),
        Entry("other.csv:9", "/elsewhere/other.csv", new AssociationEntry { Name = "AWS-RunShellScript", Targets = [new AssociationTarget { Key = "tag:a", Values = ["b"] }] }),
        new UnreadableEntry("EntryNotRead", "x", [new EntryIssue("Input.NotRead", IssueSeverity.Error, string.Empty, "The row cannot be read.", null, "documented: x")]) { Source = "fleet.csv:4", Path = "/repo/infra/my fleet.csv", Line = 4 },
        new AssociationFailure { Index = 4, State = AssociationStatus.Failed, ErrorCode = "AccessDenied", Message = "No.", RecommendedAction = "Ask.", Entry = new AssociationEntry { Name = "AWS-UpdateSSMAgent" } },
        new AssociationFailure { Index = 5, State = AssociationStatus.NotAttempted, ErrorCode = "EntryNotAttempted", Message = "Not sent." },
        new AssociationFailure { Index = 6, State = AssociationStatus.Unknown, ErrorCode = "EntryUnknown", Message = "Who knows." },
    ];

    [Fact]
    public void JUnit_has_a_suite_for_each_file_and_a_test_for_each_entry()
    {
        XElement root = XDocument.Parse(Write(JUnitReport.Write)).Root!;

        Assert.Equal(["infra/my fleet.csv 3 2 0 0", "/elsewhere/other.csv 1 0 0 0", "entries 3 1 1 1"], root.Elements().Select(suite => string.Join(" ", Values(suite, "name", "tests", "failures", "errors", "skipped"))));
        Assert.Equal(
            ["infra/my fleet.csv:2 agent (AWS-UpdateSSMAgent)", "infra/my fleet.csv:4", "#6"],
            [(string)root.Descendants("testcase").First().Attribute("name")!, (string)root.Descendants("testcase").ElementAt(2).Attribute("name")!, (string)root.Descendants("testcase").Last().Attribute("name")!]);
        XElement failure = root.Descendants("failure").First();
        Assert.Equal("Name.Pattern", (string?)failure.Attribute("type"));
        Assert.StartsWith("infra/my fleet.csv:3: Name: 'no!' is not allowed", failure.Value, StringComparison.Ordinal);
        Assert.Contains("Parameters.commands", root.Elements().ElementAt(1).Element("system-out")!.Value, StringComparison.Ordinal);
        Assert.Equal(["failure", "skipped", "error"], root.Elements().Last().Elements("testcase").Select(test => Assert.Single(test.Elements()).Name.LocalName));

        // What Ant's schema, the stricter of the two in use, asks of each element.
        Assert.All(root.Elements(), suite =>
        {
            Assert.DoesNotContain(null, Values(suite, "name", "package", "id", "timestamp", "hostname", "tests", "failures", "errors", "time"));
            Assert.Equal("properties", suite.Elements().First().Name.LocalName);
            Assert.Equal(["system-out", "system-err"], suite.Elements().TakeLast(2).Select(element => element.Name.LocalName));
        });
        Assert.All(root.Descendants("testcase"), test => Assert.Equal(["name", "classname", "time"], test.Attributes().Select(attribute => attribute.Name.LocalName)));
    }

    [Fact]
    public void Sarif_has_each_problem_with_its_rule_its_file_and_its_line()
    {
        using JsonDocument document = JsonDocument.Parse(Write(SarifReport.Write));
        JsonElement run = document.RootElement.GetProperty("runs")[0];
        JsonElement[] rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()];
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];

        Assert.Equal("2.1.0", document.RootElement.GetProperty("version").GetString());
        Assert.All(results, result => Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()));
        JsonElement name = Assert.Single(results, result => result.GetProperty("ruleId").GetString() == "Name.Pattern");
        Assert.Equal("error", name.GetProperty("level").GetString());
        JsonElement place = name.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("infra/my%20fleet.csv", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(3, place.GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal("Name", name.GetProperty("locations")[0].GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString());
        JsonElement required = Assert.Single(results, result => result.GetProperty("ruleId").GetString() == "Parameters.Required");
        Assert.Equal("warning", required.GetProperty("level").GetString());
        Assert.Equal("file:///elsewhere/other.csv", required.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Contains(results, result => result.GetProperty("ruleId").GetString() == "Input.NotRead");
        Assert.Contains(results, result => result.GetProperty("ruleId").GetString() == "AccessDenied" && result.GetProperty("message").GetProperty("text").GetString() == "No. Ask.");
    }

    [Fact]
    public void Problems_only_shows_what_needs_somebody_and_counts_all()
    {
        using var reader = new ReportRowReader();
        var report = new Report(null, Written.Now, Written.Zone) { HasProblemsOnly = true };
        foreach (object? input in s_inputs)
        {
            report.Add(reader.Read(input, out _)!);
        }

        using var text = new StringWriter();
        ReportPage.Write(text, report, static () => false);
        AngleSharp.Html.Dom.IHtmlDocument page = Written.Parse(text.ToString());

        Assert.Equal("7 entries", string.Join(" ", page.QuerySelector(".tile")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(6, page.QuerySelectorAll("#entries tbody tr").Length);
        Assert.DoesNotContain(page.QuerySelectorAll("#status option"), option => option.TextContent.StartsWith("Valid", StringComparison.Ordinal));
        Assert.Contains("Entries without a problem, which are not shown: 1.", text.ToString(), StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll(".problems li"), card => card.TextContent.Contains("Parameters.Required", StringComparison.Ordinal));
    }

    [Fact]
    public void No_form_shows_a_value_of_Parameters()
    {
        Assert.DoesNotContain("Hunter2", Write(JUnitReport.Write), StringComparison.Ordinal);
        Assert.DoesNotContain("Hunter2", Write(SarifReport.Write), StringComparison.Ordinal);
    }

    private static AssociationEntry Entry(string source, string path, AssociationEntry entry)
    {
        entry.Source = source;
        entry.SourcePath = path;
        return entry;
    }

    private static IEnumerable<string?> Values(XElement element, params string[] names) => names.Select(name => (string?)element.Attribute(name));

    private static string Write(Action<TextWriter, Report, string> write)
    {
        using var reader = new ReportRowReader();
        var report = new Report(null, Written.Now, Written.Zone);
        foreach (object? input in s_inputs)
        {
            report.Add(reader.Read(input, out _)!);
        }

        using var text = new StringWriter();
        write(text, report, Folder);
        if (Environment.GetEnvironmentVariable("REPORT_FOLDER") is { } folder)
        {
            File.WriteAllText(Path.Combine(folder, write.Method.DeclaringType!.Name), text.ToString());
        }

        return text.ToString();
    }
}
