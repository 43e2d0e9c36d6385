using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.Content;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>Every entry that public sources show. The source says which the service refuses.</summary>
public sealed class RealEntriesTests
{
    private static readonly string[] s_refused = ["REJECTED", "INVALID", "documented to fail", "unsupported"];

    public static TheoryData<int> Lines()
    {
        var lines = new TheoryData<int>();
        for (int i = 1; i <= File.ReadLines(TestData.PathOf("real-entries.jsonl")).Count(); i++)
        {
            lines.Add(i);
        }

        return lines;
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_line_gets_its_verdict(int line)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadLines(TestData.PathOf("real-entries.jsonl")).ElementAt(line - 1));
        string source = document.RootElement.GetProperty("source").GetString()!;
        EntryIssue[] issues = EntryJson.Check(document.RootElement.GetProperty("entry").GetRawText());
        string shown = $"line {line}, {source}: " + string.Join(" | ", issues.Select(i => i.ToString()));
        bool hasError = issues.Any(i => i.Level == IssueSeverity.Error);
        if (s_refused.Any(source.Contains))
        {
            Assert.True(hasError, shown);
        }
        else if (source.Contains("acceptance unknown"))
        {
            Assert.True(issues.Length > 0, shown);
        }
        else
        {
            Assert.False(hasError, shown);
        }
    }

    [Fact]
    public void The_file_is_whole() => Assert.Equal(56, Lines().Count);

    /// <summary>None of the entries of the file is a repetition that the rules of a run refuse, apart from real ones.</summary>
    [Fact]
    public void As_one_run_they_repeat_names_but_no_ids()
    {
        var validator = new EntryValidator(new ValidationOptions(), static () => EntryJson.Now);
        var run = new RunRules();
        using var content = new CanonicalContent();
        var found = new List<string>();
        long index = 0;
        foreach (string line in File.ReadLines(TestData.PathOf("real-entries.jsonl")))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            AssociationEntry entry = EntryJson.Read(document.RootElement.GetProperty("entry").GetRawText());
            var issues = new IssueCollector();
            validator.Validate(entry, issues);
            run.Check(index++, entry, content.KeyOf(entry), issues);
            found.AddRange(issues.Take().Where(i => i.RuleId.StartsWith("Run.", System.StringComparison.Ordinal)).Select(i => $"{index} {i.RuleId}"));
        }

        Assert.DoesNotContain(found, f => f.EndsWith("DuplicateInstanceId", System.StringComparison.Ordinal));
        Assert.Contains(found, f => f.EndsWith("RepeatedAssociationName", System.StringComparison.Ordinal));
    }
}
