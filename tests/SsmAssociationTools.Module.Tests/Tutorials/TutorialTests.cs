using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using SsmAssociationTools.Module.Tests.Quickstart;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Tutorials;

/// <summary>The scripts of samples/tutorials run as they are written and do what they say.</summary>
public sealed class TutorialTests : IDisposable
{
    private static readonly string s_folder = Path.Combine(QuickstartRun.Samples, "tutorials");

    private readonly string _output = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string> Tutorials() => new(Directory.EnumerateFiles(s_folder, "?-*.ps1").Select(path => Path.GetFileName(path)));

    public void Dispose() => Directory.Delete(_output, recursive: true);

    [Theory]
    [MemberData(nameof(Tutorials))]
    public void Each_runs_to_its_end_without_an_error(string name)
    {
        IReadOnlyList<string> lines = Run(name);

        // Steps are numbered, and each has something to show.
        string[] steps = [.. lines.Where(line => line.Length > 2 && char.IsAsciiDigit(line[0]) && line[1] == '.')];
        Assert.True(steps.Length >= 3, string.Join("\n", lines));
        Assert.Equal(Enumerable.Range(1, steps.Length).Select(number => $"{number}."), steps.Select(step => step[..2]));
        Assert.All(steps, step => Assert.StartsWith("   ", lines[lines.ToList().IndexOf(step) + 1], StringComparison.Ordinal));
    }

    [Fact]
    public void Authoring_writes_a_file_that_imports_and_a_plan()
    {
        IReadOnlyList<string> lines = Run("1-author-and-look-ahead.ps1");

        Assert.Contains("   4 entries, the last from fleet.csv:5", lines);
        Assert.Contains(lines, line => line.Contains("[Schedule.Cron.DayOfWeek]", StringComparison.Ordinal));
        Assert.Contains("   4 results, all NotAttempted", lines);
        Assert.Contains("Patching of the web servers", File.ReadAllText(Path.Combine(_output, "plan.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Sending_through_faults_creates_each_association_once()
    {
        IReadOnlyList<string> lines = Run("2-send-and-read-back.ps1");

        Assert.Contains("   120 rows, 120 results, 118 created, 118 associations exist", lines);
        Assert.Contains("   120 results, 118 associations exist", lines);
        Assert.Contains("   118 associations, 118 lines in the backup", lines);
        Assert.Contains("First run", File.ReadAllText(Path.Combine(_output, "run.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Comparing_ends_with_everything_the_same()
    {
        IReadOnlyList<string> lines = Run("3-compare-and-clean-up.ps1");

        Assert.Contains("   6 compared, 6 the same", lines);
        Assert.Equal(2, lines.Count(line => line.StartsWith("   Created patch-", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line.StartsWith("   Removed patch-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Regions_and_accounts_have_every_entry_and_shards_are_the_whole()
    {
        IReadOnlyList<string> lines = Run("4-regions-and-accounts.ps1");

        Assert.Contains("   40 results", lines);
        Assert.Contains(lines, line => line.StartsWith("   10 copies", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(" = 10", StringComparison.Ordinal));
    }

    private IReadOnlyList<string> Run(string name)
    {
        string path = Path.Combine(s_folder, name);
        string folder = File.ReadAllText(path).Contains("$Folder", StringComparison.Ordinal) ? $" -Folder '{_output}'" : string.Empty;
        using var session = new ModuleSession();
        ScriptResult result = session.Run($"& '{path}'{folder}").WithoutErrors();
        return [.. result.Output.Select(item => item!.ToString())];
    }
}
