using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SsmAssociationTools.Files;
using SsmAssociationTools.Formats;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

public class JsonImportTests
{
    [Fact]
    public void A_list_of_entries_is_read_with_comments_and_lines()
    {
        const string Text = """
            // the fleet
            [
              { "Name": "a", /* how often */ "ScheduleExpression": "rate(1 day)", "Duration": 2 },

              { "DocumentName": "b", "Targets": "tag:A=b", "Parameters": { "n": [1.10, true, "x"] } }
            ]
            // the end
            """;

        IReadOnlyList<AssociationEntry> entries = FileText.Entries(Text, EntryFileFormat.Json, encoding: new UnicodeEncoding(false, false));

        Assert.Equal(["a f:3", "b f:5"], entries.Select(entry => $"{entry.Name} {entry.Source}"));
        Assert.Equal(2, entries[0].Duration);
        Assert.Equal((string?[])["1.10", "true", "x"], entries[1].Parameters!["n"]!);
    }

    [Theory]
    [InlineData("{\"Name\":\"a\"}")]
    [InlineData("{\"Entries\":[{\"Name\":\"a\"}]}")]
    [InlineData("{\"entries\":[{\"Name\":\"a\"}]}")]
    [InlineData("{\"AWSTemplateFormatVersion\":\"2010-09-09\",\"Resources\":{\"A\":{\"Type\":\"AWS::SSM::Association\",\"Properties\":{\"Name\":\"a\"}},\"B\":{\"Type\":\"AWS::S3::Bucket\"}}}")]
    public void One_entry_the_document_of_the_AWS_CLI_and_a_template_are_read(string text) =>
        Assert.Equal("a", Assert.Single(FileText.Entries(text, EntryFileFormat.Json)).Name);

    [Theory]
    [InlineData("{\"Associations\":[{\"Name\":\"a\"},{\"Name\":\"b\"}]}", "a,b")]
    [InlineData("{\"Successful\":[{\"Name\":\"a\"}],\"Failed\":[{\"Entry\":{\"Name\":\"b\"},\"Message\":\"x\",\"Fault\":\"Client\"}]}", "a,b")]
    [InlineData("{\"Successful\":[],\"Failed\":[{\"Entry\":{\"Name\":\"b\"},\"Message\":\"x\",\"Fault\":\"Client\"}]}", "b")]
    [InlineData("{\"AssociationVersions\":[{\"Name\":\"a\",\"AssociationId\":\"1\",\"AssociationVersion\":\"2\",\"CreatedDate\":1}],\"NextToken\":null}", "a")]
    public void Answers_of_the_service_are_taken_apart(string text, string names)
    {
        Assert.Equal(names, string.Join(",", FileText.Entries(text, EntryFileFormat.Json).Select(entry => entry.Name)));
        Assert.Equal(names, string.Join(",", FileText.Entries(text, EntryFileFormat.Yaml).Select(entry => entry.Name)));
    }

    [Fact]
    public void One_page_of_a_list_is_told_to_be_one() => Assert.Contains(
        "The list goes on",
        Assert.Single(FileText.Import("{\"Associations\":[{\"Name\":\"a\"}],\"NextToken\":\"x\"}", EntryFileFormat.Json)[0].Warnings).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Several_versions_of_one_association_are_no_entries() => Assert.Contains(
        "several versions",
        FileText.Broken("{\"AssociationVersions\":[{\"Name\":\"a\"},{\"Name\":\"a\"}]}", EntryFileFormat.Json).Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_stands_beside_the_entries_of_a_document_is_told()
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import(
            "{\"AssociationDispatchAssumeRole\":\"arn\",\n\"Entries\":[{\"Name\":\"a\"}, 5, \"x\"]}", EntryFileFormat.Json);

        Assert.Contains("-AssociationDispatchAssumeRole", Assert.Single(imported[0].Warnings).Text, StringComparison.Ordinal);
        Assert.Equal("a", imported[1].Entry!.Name);
        Assert.All(imported.Skip(2), item => Assert.Contains("An entry is expected", Assert.Single(item.Errors), StringComparison.Ordinal));
        Assert.StartsWith("item 3: ", imported[3].Errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\n{\"Name\":\"a\"},\n]", 3, "a comma too many")]
    [InlineData("[\n{\"Name\":\"a\"}", 2, "ends before")]
    [InlineData("[{\"Name\":'a'}]", 1, "double quotes")]
    [InlineData("{\"Name\":\"a\"}\n{\"Name\":\"b\"}", 2, "-Format Jsonl")]
    [InlineData("[{\"Name\":\"a\nb\"}]", 1, "escape")]
    [InlineData("[\n{\"Name\":\"a\",\n\"Name\":\"b\"}]", 3, "second time")]
    [InlineData("[{\"Name\":\"\\ud800\"}]", 1, "surrogate")]
    [InlineData("\"Name\"", 1, "single value")]
    [InlineData("Name,Targets", 1, "no JSON")]
    public void A_text_that_is_no_JSON_ends_the_file_with_line_and_cause(string text, long line, string expected)
    {
        FileFormatException error = FileText.Broken(text, EntryFileFormat.Json);

        Assert.Equal(line, error.Line);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        Assert.Contains("nested", FileText.Broken(new string('[', 100_000), EntryFileFormat.Json).Message, StringComparison.Ordinal);
        Assert.Contains("nested", FileText.Broken(new string('[', 100_000), EntryFileFormat.Yaml).Message, StringComparison.Ordinal);
        Assert.NotEmpty(FileText.Import("{\"Name\":\"x\",\"Targets\":" + new string('[', 60) + new string(']', 60) + "}", EntryFileFormat.Json)[0].Errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("// nothing here")]
    [InlineData("[]")]
    public void A_file_without_entries_has_none(string text) => Assert.Empty(FileText.Import(text, EntryFileFormat.Json));

    [Fact]
    public void A_broken_line_spoils_itself_only()
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import(
            "{\"Name\":\"a\"}\r\n\r\n{\"Name\":\"b\"\r\n// note\n[1]\n{\"Name\":\"c\",\"Duration\":1.5}\n{\"Name\":\"d\"} {}\n{\"Name\":\"e\"}", EntryFileFormat.Jsonl);

        Assert.Equal(["f:1 a", "f:3 ", "f:5 ", "f:6 ", "f:7 ", "f:8 e"], imported.Select(item => $"{item.Source} {item.Entry?.Name}"));
        Assert.Contains("no JSON", Assert.Single(imported[1].Errors), StringComparison.Ordinal);
        Assert.Contains("-Format Json", Assert.Single(imported[2].Errors), StringComparison.Ordinal);
        Assert.StartsWith("Duration: ", Assert.Single(imported[3].Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_an_end_is_refused() =>
        Assert.Equal(2, FileText.Broken("{\"Name\":\"a\"}\n" + new string(' ', 9_000_000), EntryFileFormat.Jsonl).Line);

    [Fact]
    public void Parameter_values_are_in_no_message()
    {
        string[] files =
        [
            "{\"Name\":\"x\",\"Parameters\":{\"p\":Hunter2}}", "{\"Name\":\"x\",\"Parameters\":{\"p\":\"Hunter2}}", "{\"Name\":\"x\",\"Parameters\":{\"p\":tHunter2}}",
            "{\"Name\":\"x\",\"Parameters\":{\"p\":{\"q\":\"Hunter2\"}}}", "{\"Name\":\"x\",\"Parameters\":\"Hunter2\"}", "{\"Name\":\"x\",\"Parameters\":{\"p\":\"a\" Hunter2}}",
        ];
        foreach (string file in files)
        {
            foreach (EntryFileFormat format in new[] { EntryFileFormat.Json, EntryFileFormat.Jsonl, EntryFileFormat.Yaml })
            {
                string text;
                try
                {
                    text = string.Join("\n", FileText.Import(file, format).SelectMany(item => item.Errors));
                }
                catch (FileFormatException error)
                {
                    text = error.ToString();
                }

                Assert.DoesNotContain("Hunter2", text, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(EntryTemplateFormat.Csv, EntryFileFormat.Csv)]
    [InlineData(EntryTemplateFormat.Json, EntryFileFormat.Json)]
    public void The_starting_files_hold_entries_that_are_valid(EntryTemplateFormat template, EntryFileFormat format)
    {
        string text = new FileFormats().Template(template);

        IReadOnlyList<AssociationEntry> entries = FileText.Entries(text, format);

        Assert.Equal(["patch-scan-web", "agent-all"], entries.Select(entry => entry.AssociationName));
        Assert.All(entries, entry =>
        {
            var issues = new SsmAssociationTools.Rules.IssueCollector();
            new SsmAssociationTools.Validation.EntryValidator(new SsmAssociationTools.Validation.ValidationOptions()).Validate(entry, issues, null);
            Assert.Empty(issues.Take());
        });
        Assert.All(
            typeof(AssociationEntry).GetProperties().Select(property => property.Name).Except(["Source", "EntryJson"]),
            name => Assert.Contains(name, text, StringComparison.Ordinal));
    }
}
