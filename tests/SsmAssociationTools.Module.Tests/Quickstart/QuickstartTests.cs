using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Quickstart;

public sealed class QuickstartTests
{
    private static readonly Lazy<QuickstartRun> s_run = new(() => QuickstartRun.Start());
    private static readonly string[] s_fleet = File.ReadAllLines(Path.Combine(QuickstartRun.Samples, "fleet.jsonl"));

    [Fact]
    public void It_ends_well_without_credentials_and_without_AWS_files()
    {
        Assert.Equal(string.Empty, s_run.Value.Errors);
        Assert.Equal(0, s_run.Value.ExitCode);
    }

    [Fact]
    public void Its_fleet_has_at_least_200_entries() => Assert.InRange(s_fleet.Length, 200, int.MaxValue);

    [Fact]
    public void It_counts_one_result_for_each_line_and_creates_what_it_says()
    {
        Dictionary<string, int> counts = s_run.Value.Output
            .Select(line => Regex.Match(line, @"\A   ([A-Z][A-Za-z]+) +([0-9]+)\z"))
            .Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

        Assert.Equal(s_fleet.Length, counts.Values.Sum());
        Assert.True(counts["Created"] > 0 && counts["Invalid"] > 0 && counts["Failed"] > 0);
        Assert.Contains($"{s_fleet.Length} lines, {s_fleet.Length} results, {counts["Created"]} associations: nothing lost, nothing created twice.", s_run.Value.Output);
    }

    [Fact]
    public void It_shows_the_table_view() =>
        Assert.Contains(s_run.Value.Output, line => line.StartsWith("Status", StringComparison.Ordinal) && line.Contains("Association, AssociationId, Message", StringComparison.Ordinal));

    /// <summary>Each mistake of the fleet file, by what its message has to name.</summary>
    [Theory]
    [InlineData("patch-scan-geocoding", "Did you mean ScheduleExpression")]
    [InlineData("patch-scan-pricing", "Operation")]
    [InlineData("patch-install-fuel-staging", "DocumentVersion")]
    [InlineData("patch-install-tenders-staging", "RebootOptions")]
    [InlineData("patch-install-labels-production", "MaxConcurrency")]
    [InlineData("patch-install-returns-production", "ApplyOnlyAtCronInterval")]
    [InlineData("ssm-agent-riga", "cron()")]
    [InlineData("cloudwatch-agent-tenders", "tag:Service")]
    [InlineData("baseline-customs", "CRITICAL")]
    [InlineData("baseline-reporting", "Halden-WindowsBasline")]
    [InlineData("endpoint protection dover", "AssociationName")]
    [InlineData("(cannot be read)", "JSON")]
    [InlineData("rotate-logs-returns", "weekday")]
    [InlineData("kiosk-hamburg", "Targets[0].Values[1]")]
    [InlineData("kiosk-gdansk", "30 minutes")]
    [InlineData("dev-stop-fri", "AutomationTargetParameterName")]
    [InlineData("ssm-agent-toll-booth", "InstanceId")]
    public void It_says_what_is_wrong_with_each_mistake(string entry, string named)
    {
        List<string> output = [.. s_run.Value.Output];
        int line = output.FindIndex(text => Regex.IsMatch(text, @"\ALine [0-9]+, ") && text.Contains(": " + entry, StringComparison.Ordinal));
        Assert.True(line >= 0, $"Nothing is said of {entry}.");
        Assert.Contains(named, string.Join(' ', output.Skip(line + 1).TakeWhile(text => text.Length > 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_shows_lines_of_a_run()
    {
        string readme = File.ReadAllText(Path.Combine(QuickstartRun.Samples, "..", "README.md")).ReplaceLineEndings("\n");
        string block = Regex.Match(readme, "It ends like this:\n\n```\n(.*?)\n```\n", RegexOptions.Singleline).Groups[1].Value;

        Assert.NotEmpty(block);
        Assert.Contains($"sends the {s_fleet.Length} entries", readme, StringComparison.Ordinal);
        Assert.All(block.Split('\n').Where(line => line != "..."), line => Assert.Contains(line, s_run.Value.Output));
    }

    [Fact]
    public void It_writes_no_escape_sequences_into_a_file() =>
        Assert.DoesNotContain(s_run.Value.Output, line => line.Contains('\x1b', StringComparison.Ordinal));

    [Fact]
    public void A_file_that_is_not_there_ends_it_with_an_error_and_an_exit_code()
    {
        QuickstartRun run = QuickstartRun.Start("-Path", "none.jsonl");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("none.jsonl", run.Errors, StringComparison.Ordinal);
    }
}
