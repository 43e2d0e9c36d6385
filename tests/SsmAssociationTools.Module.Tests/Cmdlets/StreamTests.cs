using System;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Progress, verbose lines and warnings.</summary>
public sealed class StreamTests
{
    [Fact]
    public void One_call_shows_no_progress()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("1..20 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.Empty(result.Progress);
    }

    [Fact]
    public void Progress_begins_with_the_second_call_is_rare_and_ends_completed()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("1..300 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 2").WithoutErrors();

        Assert.NotEmpty(result.Progress);
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
        Assert.All(result.Progress.SkipLast(1), record => Assert.Equal(ProgressRecordType.Processing, record.RecordType));
        Assert.All(result.Progress, record => Assert.Equal("New-SsmAssociationBatch", record.Activity));
        Assert.Single(result.Progress.Select(record => record.ActivityId).Distinct());
        Assert.Contains("created", result.Progress[0].StatusDescription, StringComparison.Ordinal);

        // Far fewer than two for each of the 150 calls.
        Assert.True(result.Progress.Count < 150, $"{result.Progress.Count} updates");
    }

    [Fact]
    public void Progress_shows_what_is_done_failed_the_rate_and_the_time_left_where_the_number_of_entries_is_known()
    {
        using var endpoint = new EndpointSession("-Latency 60");

        ScriptResult result = endpoint.Run("$entries = 1..120 | ForEach-Object { if ($_ % 10) { New-Good $_ } else { New-Refused $_ } }; $null = New-SsmAssociationBatch @c -Entry $entries -BatchSize 2 -ThrottleLimit 2 -ErrorAction SilentlyContinue");

        ProgressRecord[] shown = [.. result.Progress.Where(record => record.RecordType == ProgressRecordType.Processing)];
        Assert.True(shown.Length > 2, $"{shown.Length} updates");
        Assert.All(shown, record => Assert.Matches("^[0-9]+ of 120 entries done: [0-9]+ created, [0-9]+ failed or not sent", record.StatusDescription));
        Assert.All(shown, record => Assert.InRange(record.PercentComplete, 0, 100));
        Assert.All(shown.Skip(1), record => Assert.Matches("; [0-9.,]+ entries/s$", record.StatusDescription));
        Assert.All(shown.Skip(1), record => Assert.True(record.SecondsRemaining >= 0));
        Assert.Equal(shown.Select(record => record.PercentComplete).Order(), shown.Select(record => record.PercentComplete));
    }

    [Fact]
    public void A_Region_that_is_throttled_is_named_with_the_rate_it_takes()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch always rate-limit per-second=8 burst=2'");

        ScriptResult result = endpoint.Run("1..40 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 2 -Verbose").WithoutErrors();

        Assert.Contains(result.Progress, record => record.CurrentOperation?.StartsWith("Throttled: us-east-1 takes ", StringComparison.Ordinal) == true);
        Assert.Contains(result.Verbose, line => line.Contains("us-east-1 takes", StringComparison.Ordinal) && line.Contains("calls a second now", StringComparison.Ordinal));
    }

    [Fact]
    public void Removing_shows_what_is_done_the_rate_and_completes()
    {
        using var endpoint = new EndpointSession("-Latency 40");

        ScriptResult result = endpoint.Run("$results = 1..60 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c; $null = $results | Remove-SsmAssociationBatch @c -ThrottleLimit 2 -Confirm:$false").WithoutErrors();

        ProgressRecord[] shown = [.. result.Progress.Where(record => record.Activity == "Remove-SsmAssociationBatch")];
        Assert.True(shown.Length > 2, $"{shown.Length} updates");
        Assert.All(shown.SkipLast(1), record => Assert.Matches("^[0-9]+( of 60)? associations done: [0-9]+ removed or gone before, 0 not removed", record.StatusDescription));
        Assert.Contains(shown, record => record.StatusDescription.EndsWith(" associations/s", StringComparison.Ordinal));
        Assert.Contains(shown, record => record.SecondsRemaining >= 0);
        Assert.Equal(ProgressRecordType.Completed, shown[^1].RecordType);
    }

    [Fact]
    public void Reading_back_in_a_runbook_shows_no_progress()
    {
        using var endpoint = new EndpointSession("-Latency 40");
        const string Script = "$null = Get-SsmAssociationEntry @c -ThrottleLimit 1";
        endpoint.Run("$null = 1..30 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.NotEmpty(endpoint.Run(Script).WithoutErrors().Progress);
        Assert.Empty(endpoint.Run("$PSPrivateMetadata = @{ JobId = [guid]::NewGuid() }; " + Script).WithoutErrors().Progress);
    }

    [Fact]
    public void A_runbook_shows_no_progress()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("$PSPrivateMetadata = @{ JobId = [guid]::NewGuid() }; $null = 1..300 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 2").WithoutErrors();

        Assert.Empty(result.Progress);
    }

    [Fact]
    public void Progress_is_completed_when_the_run_ends_with_an_error_too()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch after 3 error code=AccessDeniedException'");

        ScriptResult result = endpoint.Run("1..10 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 1 -ThrottleLimit 1");

        Assert.NotNull(result.TerminatingError);
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    [Fact]
    public void Verbose_names_the_connection_each_call_its_counts_and_its_request_id()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("1..6 | ForEach-Object { if ($_ -eq 2) { New-Refused 2 } else { New-Good $_ } } | New-SsmAssociationBatch @c -BatchSize 3 -ThrottleLimit 1 -Verbose");

        Assert.Contains(result.Verbose, line => line.Contains("us-east-1", StringComparison.Ordinal) && line.Contains("-AccessKey", StringComparison.Ordinal) && line.Contains(endpoint.Url.Authority, StringComparison.Ordinal));
        string[] calls = [.. result.Verbose.Where(line => line.Contains("CreateAssociationBatch", StringComparison.Ordinal) && line.Contains("request id", StringComparison.Ordinal))];
        Assert.Equal(2, calls.Length);
        Assert.Contains("3 entries: 2 created, 1 failed", calls[0], StringComparison.Ordinal);
        Assert.Contains("3 entries: 3 created, 0 failed", calls[1], StringComparison.Ordinal);
        Assert.Contains((string)Seen.In(result)[0]["RequestId"]!, calls[0], StringComparison.Ordinal);
        Assert.Contains((string)Seen.In(result)[5]["RequestId"]!, calls[1], StringComparison.Ordinal);
        Assert.DoesNotContain("local", string.Concat(result.Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_tells_of_every_new_try()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch first 1 throttle'");

        ScriptResult result = endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -Verbose").WithoutErrors();

        Assert.Contains(result.Verbose, line => line.Contains("ThrottlingException; try 2 of at most 8", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_Verbose_a_good_run_says_nothing_but_its_results_and_how_many_they_are()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.Empty(result.Verbose);
        Assert.Empty(result.Debug);
        Assert.Matches("^3 created in [0-9.]+ s$", Assert.Single(result.Information).ToString());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void The_counts_at_the_end_can_be_caught_or_left_out_and_there_are_none_of_a_plan()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            $null = (New-Good 1), (New-Good 2), @{ Name = 'no!' } | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue -InformationAction SilentlyContinue -InformationVariable caught
            "$caught"
            New-Good 3 | New-SsmAssociationBatch @c -Quiet -InformationVariable none | Out-Null
            New-Good 4 | New-SsmAssociationBatch @c -WhatIf -InformationVariable +none | Out-Null
            (New-Good 1), (New-Good 5) | Sync-SsmAssociationBatch @c -Quiet:$false -InformationVariable sync | Out-Null
            "$sync"
            $null = Get-SsmAssociationEntry @c | Remove-SsmAssociationBatch @c -Confirm:$false -InformationVariable removed
            "$removed"
            @($none).Count
            """);

        string[] lines = [.. result.Output.Select(static item => item!.ToString()!)];
        Assert.Matches("^2 created, 1 invalid in [0-9.]+ s$", lines[0]);
        Assert.Matches("^1 created, 1 existing in [0-9.]+ s$", lines[1]);
        Assert.Matches("^4 removed in [0-9.]+ s$", lines[2]);
        Assert.Equal("0", lines[3]);
    }

    [Fact]
    public void The_first_twenty_warnings_of_a_kind_are_told_and_the_others_counted_with_their_places()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run(
            "1..35 | ForEach-Object { $e = New-Good $_; $e.Zebra = 1; if ($_ -eq 30) { $e.Yak = 1 }; $e } | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal(22, result.Warnings.Count);
        Assert.Equal(20, result.Warnings.Count(static line => line.StartsWith("Entry ", StringComparison.Ordinal) && line.Contains("Zebra", StringComparison.Ordinal)));
        Assert.Single(result.Warnings, static line => line.StartsWith("Entry 29 ", StringComparison.Ordinal) && line.Contains("Yak", StringComparison.Ordinal));
        Assert.StartsWith("15 more of the same warning, Zebra [Input.UnknownMember]: 20, 21, ", result.Warnings[^1], StringComparison.Ordinal);
        Assert.EndsWith("; see Issues of the results.", result.Warnings[^1], StringComparison.Ordinal);
        Assert.All(Seen.In(result), item => Assert.NotEmpty(item.Issues));
    }
}
