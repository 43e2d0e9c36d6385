using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>The report as users make it: what goes in, which file comes out, and what becomes of the old one.</summary>
public sealed class ExportSsmAssociationReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly EndpointSession _endpoint = new();

    public ExportSsmAssociationReportTests() => _endpoint.Session.Runspace.SessionStateProxy.Path.SetLocation(_folder.FullName);

    public void Dispose()
    {
        _endpoint.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Verdicts_and_entries_are_a_plan()
    {
        Write("fleet.csv", "Name,AssociationName,Targets,ScheduleExpression\nAWS-UpdateSSMAgent,agent-all,InstanceIds=*,rate(14 days)\nAWS-RunPatchBaseline,patch-web,tag:Role=web,rate(29 minutes)\n");

        Assert.Empty(Run("Import-SsmAssociationEntry fleet.csv | Test-SsmAssociationEntry | Export-SsmAssociationReport verdicts.html").WithoutErrors().Output);
        Run("Import-SsmAssociationEntry fleet.csv | Export-SsmAssociationReport entries.html").WithoutErrors();

        string plan = Read("verdicts.html");
        Assert.Contains("<title>State Manager associations: plan</title>", plan, StringComparison.Ordinal);
        Assert.Contains("fleet.csv:3", plan, StringComparison.Ordinal);
        Assert.Contains("Schedule.Rate.Interval", plan, StringComparison.Ordinal);
        Assert.Equal(WithoutTime(plan), WithoutTime(Read("entries.html")));
        Assert.Equal(0, _endpoint.Requests);
    }

    [Theory]
    [InlineData("fleet.csv")]
    [InlineData("fleet.JSON")]
    [InlineData("fleet.yaml")]
    public void A_file_of_entries_is_not_written_over_with_a_page(string name)
    {
        Write(name, "what somebody needs");

        Assert.StartsWith("FormatUnknown,", Error($"New-Good 1 | Export-SsmAssociationReport {name}"), StringComparison.Ordinal);
        Assert.Equal("what somebody needs", Read(name));

        Run($"New-Good 1 | Export-SsmAssociationReport {name} -Format Html").WithoutErrors();
        Assert.StartsWith("<!DOCTYPE html>", Read(name), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_a_report_of_the_run_with_their_ids()
    {
        ScriptResult result = Run("(New-Good 1), (New-Invalid 2), (New-Refused 3) | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue -OutVariable results | Export-SsmAssociationReport run.html -Title 'Night of the 23rd'; $results[0].AssociationId; $results[2].RequestId");

        string page = Read("run.html");
        Assert.All(result.OutputOf<string>(), id => Assert.Contains(id, page, StringComparison.Ordinal));
        Assert.Contains("<h1 id=\"main\">Night of the 23rd</h1>", page, StringComparison.Ordinal);
        Assert.All(["Results of a run", "Created", "Invalid", "Failed", "Document does not exist: Nobody-Has-This", "Check Name: spelling"], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Values_of_parameters_are_nowhere_in_the_file()
    {
        Run("""
            $secret = @{ Name = 'AWS-RunShellScript'; Targets = 'tag:A=b'; Parameters = @{ commands = 'echo s3cret-value'; Unknown = 's3cret-value' } }
            $secret | Export-SsmAssociationReport plan.html
            $secret | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue | Export-SsmAssociationReport run.html
            """);

        Assert.All(["plan.html", "run.html"], name =>
        {
            Assert.Contains("commands", Read(name), StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", Read(name), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void PassThru_returns_the_file()
    {
        FileInfo file = Assert.Single(Run("New-Good 1 | Export-SsmAssociationReport plan.html -PassThru").WithoutErrors().OutputOf<FileInfo>());

        Assert.Equal(Path.Combine(_folder.FullName, "plan.html"), file.FullName);
        Assert.True(file.Length > 0);
    }

    [Fact]
    public void Nothing_makes_a_report_that_says_so()
    {
        Run("@() | Export-SsmAssociationReport none.html").WithoutErrors();

        Assert.Contains("Nothing to report", Read("none.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_entry_is_an_error_and_the_others_are_reported()
    {
        ScriptResult result = Run("Export-SsmAssociationReport plan.html @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b' }, 'text', $null, @{}");

        Assert.Equal(["EntryNotExported", "EntryNotExported", "EntryNotExported"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.All(result.Errors, error => Assert.NotEmpty(error.ErrorDetails.RecommendedAction));
        Assert.StartsWith("Entry 1 is left out: ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("3 inputs were no entries and are left out.", Read("plan.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_or_stopped_report_leaves_the_old_file_and_nothing_else()
    {
        Write("out.html", "old");
        string[] before = Files();

        Assert.NotNull(Run(EndpointSession.Tried("& { New-Good 1; throw 'no' } | Export-SsmAssociationReport out.html")).TerminatingError);
        Assert.Equal("old", Read("out.html"));
        Assert.Equal(before, Files());

        using RunningScript running = _endpoint.Session.Start("& { New-Good 1; while ($true) { } } | Export-SsmAssociationReport out.html");
        System.Threading.SpinWait.SpinUntil(() => _folder.GetFiles(".*.tmp").Length > 0);
        Assert.True(running.Stop().WasStopped);
        Assert.Equal("old", Read("out.html"));
        Assert.Equal(before, Files());
    }

    [Fact]
    public void NoClobber_Force_WhatIf_and_LiteralPath_do_what_Export_SsmAssociationEntry_does()
    {
        Run("New-Good 1 | Export-SsmAssociationReport out.html -NoClobber").WithoutErrors();
        string first = Read("out.html");
        Assert.StartsWith("FileExists", Error("New-Good 2 | Export-SsmAssociationReport out.html -NoClobber"), StringComparison.Ordinal);

        ScriptResult whatIf = Run("New-Good 2 | Export-SsmAssociationReport out.html -WhatIf -PassThru; New-Good 2 | Export-SsmAssociationReport new.html -WhatIf").WithoutErrors();
        Assert.Equal(2, whatIf.WhatIf.Count);
        Assert.Empty(whatIf.Output);
        Assert.Equal(first, Read("out.html"));
        Assert.Equal(["out.html"], Files());

        File.SetAttributes(Path.Combine(_folder.FullName, "out.html"), FileAttributes.ReadOnly);
        Assert.StartsWith("FileNotWritten", Error("New-Good 2 | Export-SsmAssociationReport out.html"), StringComparison.Ordinal);
        Run("New-Good 2 | Export-SsmAssociationReport out.html -Force").WithoutErrors();
        Assert.Contains("agent-2", Read("out.html"), StringComparison.Ordinal);

        Run("New-Good 3 | Export-SsmAssociationReport -LiteralPath 'a[1].html'").WithoutErrors();
        Assert.Contains("agent-3", Read("a[1].html"), StringComparison.Ordinal);
    }

    /// <summary>Before the run that it is to be about: nothing is sent whose report cannot be written.</summary>
    [Theory]
    [InlineData("no-such-folder/out.html", "FileNotWritten")]
    [InlineData("*.none", "PathInvalid")]
    [InlineData(".", "PathInvalid")]
    [InlineData("Variable:\\x", "PathInvalid")]
    [InlineData("NoDrive:\\x", "FileNotFound")]
    public void A_file_that_cannot_be_written_ends_the_command_before_anything_is_sent(string path, string id)
    {
        Assert.StartsWith(id, Error($"New-Good 1 | New-SsmAssociationBatch @c | Export-SsmAssociationReport {path}"), StringComparison.Ordinal);
        Assert.Empty(Files());
        Assert.Equal(0, _endpoint.Associations);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named_with_what_to_do()
    {
        ErrorRecord error = Run(EndpointSession.Tried("New-Good 1 | Export-SsmAssociationReport no-such-folder/out.html")).TerminatingError!;

        Assert.Equal($"out.html was not written: There is no folder '{Path.Combine(_folder.FullName, "no-such-folder")}'. Create it first, or give another path.", error.ToString());
    }

    /// <summary>Both builds carry the style sheet and the script.</summary>
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net472")]
    public void The_assets_are_in_the_assembly(string edition)
    {
        using FileStream stream = File.OpenRead(Path.Combine(TestPaths.Stage, "bin", edition, "SsmAssociationTools.dll"));
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        System.Reflection.Metadata.MetadataReader metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);

        Assert.Equal(["report.css", "report.js"], metadata.ManifestResources.Select(handle => metadata.GetString(metadata.GetManifestResource(handle).Name)).Order(StringComparer.Ordinal));
    }

    /// <summary>The two files are made a moment apart, which their times and the counts from then on tell.</summary>
    private static string WithoutTime(string page)
    {
        int table = page.IndexOf("<table id=\"entries\"", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(page.Substring(table), "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d", string.Empty);
    }

    private ScriptResult Run(string script) => _endpoint.Session.Run(script);

    private string Error(string script) => Run(EndpointSession.Tried(script)).TerminatingError!.FullyQualifiedErrorId;

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder.FullName, name));

    private string[] Files() => [.. _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
}
