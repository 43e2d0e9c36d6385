using System;
using System.IO;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>What could not be read goes through the pipeline, and nothing is removed or created on an incomplete picture.</summary>
public sealed class IncompleteInputTests : IDisposable
{
    private const string Heading = "Name,AssociationName,Targets,ScheduleExpression,ApplyOnlyAtCronInterval";

    private const string Good = "AWS-UpdateSSMAgent,agent-a,InstanceIds=*,rate(14 days),\nAWS-UpdateSSMAgent,agent-b,tag:A=b,rate(14 days),\nAWS-UpdateSSMAgent,agent-c,tag:A=c,rate(14 days),\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly EndpointSession _endpoint = new();

    public IncompleteInputTests()
    {
        _endpoint.Session.Runspace.SessionStateProxy.Path.SetLocation(_folder.FullName);
        Write("fleet.csv", Heading + "\n" + Good);
        Write("damaged.csv", Heading + "\n" + Good.Replace("agent-b,tag:A=b,rate(14 days),", "agent-b,tag:A=b,rate(14 days),WAHR", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _endpoint.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>A typing error in one row, in a heading, in the form of a file, in the name of one, in the whole input.</summary>
    [Theory]
    [InlineData("Import-SsmAssociationEntry damaged.csv")]
    [InlineData("Import-SsmAssociationEntry fleet.csv, nowhere.csv")]
    [InlineData("Import-SsmAssociationEntry heading.csv")]
    [InlineData("Import-SsmAssociationEntry broken.json")]
    [InlineData("Import-SsmAssociationEntry ansi.csv")]
    [InlineData("Import-SsmAssociationEntry empty.csv")]
    [InlineData("Import-SsmAssociationEntry no-*.csv")]
    [InlineData("Import-SsmAssociationEntry unknown.form")]
    [InlineData("Import-SsmAssociationEntry . ")]
    [InlineData("Import-SsmAssociationEntry fleet.csv -Shard 1/2")]
    [InlineData("@()")]
    [InlineData("5, $null")]
    [InlineData("(Import-SsmAssociationEntry damaged.csv | Test-SsmAssociationEntry)")]
    [InlineData("(Import-SsmAssociationEntry damaged.csv | New-SsmAssociationBatch @c -WhatIf -ErrorAction Ignore)")]
    [InlineData("(Import-SsmAssociationEntry damaged.csv | ForEach-Object { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) })")]
    public void Nothing_is_extra_and_nothing_removed_where_a_wanted_entry_may_be_missing(string wanted)
    {
        Write("heading.csv", Heading.Replace("Name,Asso", "Document Name,Asso", StringComparison.Ordinal) + "\n" + Good);
        Write("broken.json", "[ { \"Name\": ");
        Write("empty.csv", Heading + "\n");
        Write("unknown.form", Heading + "\n" + Good);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "ansi.csv"), [.. System.Text.Encoding.Latin1.GetBytes(Heading + "\n" + Good.Replace("agent-a", "agent-\u00e4", StringComparison.Ordinal))]);
        Run("Import-SsmAssociationEntry fleet.csv | New-SsmAssociationBatch @c | Out-Null").WithoutErrors();

        ScriptResult result = Run($"$all = [Collections.ArrayList]::new(); {wanted} | Compare-SsmAssociationEntry @c -ErrorAction SilentlyContinue | ForEach-Object {{ [void]$all.Add($_); $_ }} | Remove-SsmAssociationBatch @c -Force -ErrorAction Ignore | Out-Null; @($all | Where-Object Status -EQ Extra).Count");

        Assert.Equal("0", result.Output.Single()!.ToString());
        Assert.Contains(result.Warnings, warning => warning.StartsWith("Nothing is called extra", StringComparison.Ordinal));
        Assert.Equal(3, _endpoint.Associations);
    }

    [Fact]
    public void A_command_before_that_ends_with_an_error_leaves_nothing_extra()
    {
        Run("Import-SsmAssociationEntry fleet.csv | New-SsmAssociationBatch @c | Out-Null").WithoutErrors();

        ScriptResult result = Run("""
            try { Import-SsmAssociationEntry fleet.csv | ForEach-Object { if ($_.AssociationName -eq 'agent-b') { throw 'away' }; $_ } | Compare-SsmAssociationEntry @c | Remove-SsmAssociationBatch @c -Force } catch { "$_" }
            try { Import-SsmAssociationEntry damaged.csv -ErrorAction Stop | Compare-SsmAssociationEntry @c | Remove-SsmAssociationBatch @c -Force } catch { 'stopped' }
            """);

        Assert.Equal("away", result.OutputOf<string>()[0]);
        Assert.Equal("stopped", result.OutputOf<string>()[^1]);
        Assert.Equal(3, _endpoint.Associations);
    }

    [Fact]
    public void What_is_extra_in_a_complete_picture_is_removed()
    {
        Run("Import-SsmAssociationEntry fleet.csv | New-SsmAssociationBatch @c | Out-Null").WithoutErrors();

        Run("@(Import-SsmAssociationEntry fleet.csv)[0, 1] | Compare-SsmAssociationEntry @c | Remove-SsmAssociationBatch @c -Force | Out-Null").WithoutErrors();

        Assert.Equal(2, _endpoint.Associations);
    }

    [Fact]
    public void A_row_that_cannot_be_read_has_a_result_with_file_and_line_in_its_place()
    {
        ScriptResult result = Run("Import-SsmAssociationEntry damaged.csv -ErrorAction SilentlyContinue | New-SsmAssociationBatch @c | ForEach-Object { \"$($_.Index) $($_.Status) $($_.Source)\" }");

        Assert.Equal(["0 Created damaged.csv:2", "1 Invalid damaged.csv:3", "2 Created damaged.csv:4"], result.OutputOf<string>());
        Assert.Contains(result.Errors, error => error.ToString().StartsWith("Entry 1 (damaged.csv:3)", StringComparison.Ordinal) && error.ToString().Contains("ApplyOnlyAtCronInterval", StringComparison.Ordinal));
        Assert.Equal(2, _endpoint.Associations);
    }

    [Theory]
    [InlineData("damaged.csv", 3)]
    [InlineData("fleet.csv, nowhere.csv", 4)]
    [InlineData("nowhere.csv, fleet.csv", 4)]
    public void Every_row_and_every_file_has_a_verdict(string files, int count)
    {
        ScriptResult result = Run($"Import-SsmAssociationEntry {files} -ErrorAction SilentlyContinue | Test-SsmAssociationEntry");

        Assert.Equal(count, result.Output.Count);
        Seen bad = Assert.Single(Seen.In(result), item => !item.IsValid);
        Assert.Contains(bad["Source"], new[] { "damaged.csv:3", "nowhere.csv" });
        Assert.NotEmpty(bad.Issues);
        Assert.All(bad.Issues, issue => Assert.Equal(bad["Source"], issue["EntrySource"]));
    }

    [Fact]
    public void A_comparison_hands_on_what_it_cannot_read_so_that_creating_gives_it_a_result()
    {
        ScriptResult result = Run("Import-SsmAssociationEntry damaged.csv -ErrorAction SilentlyContinue | Compare-SsmAssociationEntry @c -WarningAction Ignore | New-SsmAssociationBatch @c -ErrorAction Ignore | ForEach-Object { \"$($_.Status) $($_.Source)\" }");

        Assert.Equal(["Created damaged.csv:2", "Created damaged.csv:4", "Invalid damaged.csv:3"], result.OutputOf<string>().OrderBy(text => text, StringComparer.Ordinal));
    }

    [Fact]
    public void The_report_has_the_row_and_the_export_refuses_it()
    {
        ScriptResult result = Run("""
            Import-SsmAssociationEntry damaged.csv -ErrorAction SilentlyContinue | Export-SsmAssociationReport report.html
            Import-SsmAssociationEntry damaged.csv -ErrorAction SilentlyContinue | Export-SsmAssociationEntry copy.csv
            @(Import-SsmAssociationEntry copy.csv).Count
            """);

        Assert.Contains("damaged.csv:3", File.ReadAllText(Path.Combine(_folder.FullName, "report.html")), StringComparison.Ordinal);
        Assert.Contains(result.Errors, error => error.FullyQualifiedErrorId.StartsWith("EntryNotExported,", StringComparison.Ordinal));
        Assert.Equal("2", result.Output.Single()!.ToString());
    }

    [Theory]
    [InlineData("Skip")]
    [InlineData("Fail")]
    public void A_changed_entry_under_its_old_name_is_a_failure_and_not_a_second_association(string ifExists)
    {
        Run("Import-SsmAssociationEntry fleet.csv | New-SsmAssociationBatch @c | Out-Null").WithoutErrors();
        Write("fleet.csv", Heading + "\n" + Good.Replace("InstanceIds=*,rate(14 days)", "InstanceIds=*,rate(7 days)", StringComparison.Ordinal));

        ScriptResult result = Run($"Import-SsmAssociationEntry fleet.csv | New-SsmAssociationBatch @c -IfExists {ifExists} -ErrorAction SilentlyContinue");

        Seen changed = Seen.In(result)[0];
        Assert.Equal(("Failed", "AssociationDiffers"), (changed.Status, changed.ErrorCode));
        Assert.Contains(_endpoint.Ids()[0], changed.Message, StringComparison.Ordinal);
        Assert.Equal(3, _endpoint.Associations);
    }

    [Theory]
    [InlineData("$made")]
    [InlineData("($made | Test-SsmAssociationEntry)")]
    [InlineData("($made | ForEach-Object { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) })")]
    [InlineData("($made | Remove-SsmAssociationBatch @c -WhatIf)")]
    [InlineData("($made | Compare-SsmAssociationEntry @c)")]
    public void What_names_an_association_is_not_created_by_being_piped_again(string again)
    {
        Run("$made = Import-SsmAssociationEntry fleet.csv | New-SsmAssociationBatch @c").WithoutErrors();

        ScriptResult result = Run($"{again} | New-SsmAssociationBatch @c");

        Assert.Equal(["Existing", "Existing", "Existing"], Seen.In(result).Select(item => item.Status));
        Assert.Equal(_endpoint.Ids(), Seen.In(result).Select(item => item.AssociationId));
        Assert.Equal(3, _endpoint.Associations);
    }

    [Fact]
    public void A_copy_is_what_is_piped_by_its_entry_and_another_Region_is_another_fleet()
    {
        Run("""
            $made = Import-SsmAssociationEntry fleet.csv | New-SsmAssociationBatch @c
            $made.Entry | New-SsmAssociationBatch @c | Out-Null
            $there = $c.Clone(); $there.Remove('Region')
            Get-SsmAssociationEntry @c | New-SsmAssociationBatch @there -Region eu-west-1 | Out-Null
            """).WithoutErrors();

        Assert.Equal(12, _endpoint.Associations);
    }

    [Fact]
    public void An_extra_association_that_is_not_created_is_named()
    {
        Run("Import-SsmAssociationEntry fleet.csv | New-SsmAssociationBatch @c | Out-Null").WithoutErrors();

        Seen extra = Seen.In(Run("@(Import-SsmAssociationEntry fleet.csv)[0, 1] | Compare-SsmAssociationEntry @c | New-SsmAssociationBatch @c"))[2];

        Assert.Equal(("NotAttempted", "AssociationNotWanted", "AWS-UpdateSSMAgent", "agent-c", _endpoint.Ids()[2]), (extra.Status, extra.ErrorCode, extra.Name, extra["AssociationName"], extra.AssociationId));
    }

    [Fact]
    public void All_results_have_the_same_properties()
    {
        ScriptResult result = Run("""
            Set-StrictMode -Version Latest
            $all = @((New-Good 1), (New-Invalid 2), (New-Refused 3) | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue)
            @($all | Where-Object { ($_.PSObject.Properties.Name -join ',') -ne ($all[0].PSObject.Properties.Name -join ',') }).Count
            $all | ForEach-Object { "$($_.Status) $([bool]$_.RecommendedAction) $([bool]$_.Date) $([bool]$_.AssociationVersion) $($_.FromJournal)" }
            """).WithoutErrors();

        Assert.Equal(["0", "Created False True True False", "Invalid True False False False", "Failed True False False False"], result.Output.Select(item => item!.ToString()));
    }

    private ScriptResult Run(string script) => _endpoint.Session.Run(script);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
