using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Get-SsmAssociationSchedule in the engine: expressions, entries, times and errors.</summary>
public sealed class GetSsmAssociationScheduleTests : IClassFixture<ModuleSession>
{
    private const string From = " -From '2026-11-23T13:00Z'";

    private readonly ModuleSession _session;

    public GetSsmAssociationScheduleTests(ModuleSession session) => _session = session;

    [Theory]
    [InlineData("'cron(0 2 ? * SUN *)' -Count 2", "2026-11-29 02:00,2026-12-06 02:00")]
    [InlineData("'cron(0 2 ? * SUN#2 *)' -Count 2", "2026-12-13 02:00,2027-01-10 02:00")]
    [InlineData("'cron(0 2 ? * SUN#2 *)' -ScheduleOffset 2 -Count 2", "2026-12-15 02:00,2027-01-12 02:00")]
    [InlineData("'rate(12 hours)' -Count 2", "2026-11-24 01:00,2026-11-24 13:00")]
    [InlineData("'at(2026-12-01T08:30:00)'", "2026-12-01 08:30")]
    [InlineData("' rate(1 day)\t', 'rate(2 days) ' -Count 1", "2026-11-24 13:00,2026-11-25 13:00")]
    [InlineData("'rate(1 day)', 'at(2026-12-01T08:30:00)' -Count 1", "2026-11-24 13:00,2026-12-01 08:30")]
    public void Runs_are_in_UTC_and_in_order(string arguments, string expected)
    {
        ScriptResult result = _session.Run("Get-SsmAssociationSchedule " + arguments + From).WithoutErrors();

        Assert.Equal(expected, string.Join(",", result.Output.Select(Utc)));
        foreach (PSObject? run in result.Output)
        {
            var utc = (DateTime)run!.Properties["Utc"].Value;
            var local = (DateTime)run.Properties["Local"].Value;
            Assert.Equal(DateTimeKind.Utc, utc.Kind);
            Assert.Equal(DateTimeKind.Local, local.Kind);
            Assert.Equal(utc, local.ToUniversalTime());
        }
    }

    [Fact]
    public void Five_runs_from_now_are_shown_without_further_arguments()
    {
        DateTime before = DateTime.UtcNow;

        ScriptResult result = _session.Run("'rate(30 minutes)' | Get-SsmAssociationSchedule").WithoutErrors();

        Assert.Equal([1, 2, 3, 4, 5], result.Output.Select(run => (int)run!.Properties["Number"].Value));
        Assert.True((DateTime)result.Output[0]!.Properties["Utc"].Value >= before.AddMinutes(30));
    }

    [Fact]
    public void A_time_without_zone_is_local_time()
    {
        var local = new DateTime(2026, 11, 23, 13, 0, 0, DateTimeKind.Local);

        ScriptResult result = _session.Run("Get-SsmAssociationSchedule 'rate(30 minutes)' -Count 1 -From '2026-11-23T13:00'").WithoutErrors();

        Assert.Equal(local.AddMinutes(30).ToUniversalTime(), Assert.Single(result.Output)!.Properties["Utc"].Value);
    }

    [Theory]
    [InlineData("@{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'agent'; Targets = 'tag:Role=web'; ScheduleExpression = 'cron(0 2 ? * SUN#2 *)'; ScheduleOffset = 2; ApplyOnlyAtCronInterval = $true }")]
    [InlineData("[pscustomobject]@{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'agent'; Targets = 'tag:Role=web'; ScheduleExpression = 'cron(0 2 ? * SUN#2 *)'; ScheduleOffset = '2'; ApplyOnlyAtCronInterval = 'true' }")]
    [InlineData("New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -AssociationName agent -Target tag:Role=web -ScheduleExpression 'cron(0 2 ? * SUN#2 *)' -ScheduleOffset 2 -ApplyOnlyAtCronInterval $true")]
    [InlineData("New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -AssociationName agent -Target tag:Role=web -ScheduleExpression 'cron(0 2 ? * SUN#2 *)' -ScheduleOffset 2 -ApplyOnlyAtCronInterval $true | Test-SsmAssociationEntry")]
    [InlineData("New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -AssociationName agent -Target tag:Role=web -ScheduleExpression 'cron(0 2 ? * SUN#2 *)' -ScheduleOffset 2 -ApplyOnlyAtCronInterval $true | New-SsmAssociationBatch -Region us-east-1 -WhatIf")]
    public void Entries_in_every_form_bring_schedule_and_offset(string source)
    {
        PSObject run = Assert.Single(_session.Run($"{source} | Get-SsmAssociationSchedule -Count 1{From}").Output)!;

        Assert.Equal("2026-12-15 02:00", Utc(run));
        Assert.Equal("AWS-UpdateSSMAgent", run.Properties["Name"].Value);
        Assert.Equal("agent", run.Properties["AssociationName"].Value);
        Assert.Equal(2, run.Properties["ScheduleOffset"].Value);
        Assert.Equal("2 days after every second Sunday of the month, at 02:00 UTC", run.Properties["Description"].Value);
        Assert.Null(run.Properties["Note"].Value);
    }

    [Theory]
    [InlineData("@{ Name = 'A-Document'; ScheduleExpression = 'rate(1 day)' }", "A-Document")]
    [InlineData("(New-SsmAssociationEntry -Name A-Document -Target tag:Role=web -ScheduleExpression 'rate(1 day)')", "A-Document")]
    [InlineData("'rate(1 day)'", null)]
    [InlineData("\"rate($(1) day)\"", null)]
    public void The_first_argument_is_an_entry_or_an_expression(string argument, string? name)
    {
        PSObject run = Assert.Single(_session.Run($"Get-SsmAssociationSchedule {argument} -Count 1").WithoutErrors().Output)!;

        Assert.Equal("rate(1 day)", run.Properties["Expression"].Value);
        Assert.Equal(name, run.Properties["Name"].Value);
    }

    [Fact]
    public void The_place_in_the_input_goes_with_every_run()
    {
        ScriptResult texts = _session.Run("'rate(1 day)', 'nonsense', 'rate(2 days)' | Get-SsmAssociationSchedule -Count 2");
        ScriptResult entries = _session.Run("Get-SsmAssociationSchedule -Entry @{ Name = 'One-Document'; ScheduleExpression = 'rate(1 day)' }, @{ Name = 'Two-Document'; ScheduleExpression = 'rate(2 days)' } -Count 1").WithoutErrors();

        Assert.Equal([0L, 0L, 2L, 2L], texts.Output.Select(run => (long)run!.Properties["Index"].Value));
        Assert.Equal([0L, 1L], entries.Output.Select(run => (long)run!.Properties["Index"].Value));
    }

    [Theory]
    [InlineData("'cron(0 2 ? * 3 *)'", "write TUE or WED")]
    [InlineData("'rate(1 day)'", "when the association is created")]
    [InlineData("'cron(0 2 ? * SUNL *)' -ScheduleOffset 1", "DAY#1 to DAY#5")]
    [InlineData("-Entry @{ Name = 'A-Document'; ScheduleExpression = 'cron(0 2 ? * SUN *)' }", "runs at once when it is created")]
    public void A_note_says_what_is_open(string arguments, string expected) =>
        Assert.Contains(
            expected,
            (string)Assert.Single(_session.Run($"Get-SsmAssociationSchedule {arguments} -Count 1").WithoutErrors().Output)!.Properties["Note"].Value,
            StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_noted_where_nothing_is_open() =>
        Assert.Null(Assert.Single(_session.Run("Get-SsmAssociationSchedule 'cron(0 2 ? * SUN *)' -Count 1").WithoutErrors().Output)!.Properties["Note"].Value);

    [Theory]
    [InlineData("'cron(0 2 ? * MON-FRI *)'", "InvalidScheduleExpression", "position 14")]
    [InlineData("'every day'", "InvalidScheduleExpression", "write rate(...), cron(...) or at(...)")]
    [InlineData("''", "InvalidScheduleExpression", "is empty")]
    [InlineData("'rate(29 minutes)'", "InvalidScheduleExpression", "30 minutes")]
    [InlineData("'rate(1 day)' -ScheduleOffset 2", "InvalidScheduleOffset", "cron()")]
    [InlineData("-Entry @{ Name = 'A-Document'; ScheduleExpression = 'rate(29 minutes)' }", "EntryInvalid", "ScheduleExpression: rate(29 minutes)")]
    [InlineData("-Entry @{ Name = 'A-Document'; ScheduleExpression = 'cron(0 2 ? * SUN#2 *)'; ScheduleOffset = 9 }", "EntryInvalid", "ScheduleOffset: ")]
    [InlineData("-Entry @{ Name = 'A-Document'; ScheduleExpresion = 'rate(1 day)' }", "EntryInvalid", "Did you mean ScheduleExpression?")]
    [InlineData("-Entry 42", "EntryInvalid", "42")]
    [InlineData("-Entry $null", "EntryInvalid", "null")]
    public void What_cannot_be_read_is_an_error_that_says_where_and_what_to_write(string arguments, string id, string text)
    {
        ScriptResult result = _session.Run("Get-SsmAssociationSchedule " + arguments);

        Assert.Empty(result.Output);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal(id + ",SsmAssociationTools.Commands.GetSsmAssociationScheduleCommand", error.FullyQualifiedErrorId);
        Assert.Contains(text == "42" ? "An entry was expected" : text, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Entry @{ Name = 'A-Document' }", "A-Document has no schedule: it runs once")]
    [InlineData("'at(2020-01-01T00:00:00)'", "has no run after 2026-11-23 13:00 UTC")]
    public void A_schedule_without_runs_is_a_warning(string arguments, string text)
    {
        ScriptResult result = _session.Run($"Get-SsmAssociationSchedule {arguments}{From}").WithoutErrors();

        Assert.Empty(result.Output);
        Assert.Contains(text, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_shows_times_and_words()
    {
        string table = _session.Render("Get-SsmAssociationSchedule 'rate(1 day)' -Count 1" + From);

        Assert.Contains("2026-11-24 13:00", table, StringComparison.Ordinal);
        Assert.Contains("every day *", table, StringComparison.Ordinal);
        Assert.Equal("2026-11-24 13:00 UTC (every day)", _session.Run("\"$(Get-SsmAssociationSchedule 'rate(1 day)' -Count 1" + From + ")\"").OutputOf<string>().Single());
    }

    private static string Utc(PSObject? run) => ((DateTime)run!.Properties["Utc"].Value).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
