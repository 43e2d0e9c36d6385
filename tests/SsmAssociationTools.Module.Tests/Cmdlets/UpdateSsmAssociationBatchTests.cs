using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Update-SsmAssociationBatch in the engine, against the local endpoint in each of its readings of members that are left out.</summary>
public sealed class UpdateSsmAssociationBatchTests : IDisposable
{
    private const string Full = """
        $made = @{
            Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch-web'; Targets = 'tag:Role=web'; Parameters = @{ Operation = 'Scan'; RebootOption = 'NoReboot' }
            ScheduleExpression = 'cron(0 2 ? * SUN *)'; MaxErrors = '10%'; MaxConcurrency = '5'; ComplianceSeverity = 'HIGH'; ApplyOnlyAtCronInterval = $true
            CalendarNames = @('arn:aws:ssm:us-east-1:123456789012:document/Freeze'); OutputLocation = 's3://bucket/prefix'
        } | New-SsmAssociationBatch @c;
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string> Readings => ["Reset", "AsSeen", "Keep"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What somebody adds to an object that is still alive counts as a column of a row does.</summary>
    [Theory]
    [InlineData("Get-SsmAssociationEntry @c")]
    [InlineData("$made")]
    [InlineData("$made | ForEach-Object Entry | Compare-SsmAssociationEntry -Existing (Get-SsmAssociationEntry @c)")]
    public void A_member_that_was_added_to_a_live_object_is_changed(string source)
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run($"{Full} {source} | & {{ process {{ $_.PSObject.Properties.Add([psnoteproperty]::new('MaxErrors', '5')); $_ }} }} | Update-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal("Updated", Assert.Single(Seen.In(result)).Status);
        JsonElement now = endpoint.Describe(Assert.Single(endpoint.Ids()));
        Assert.Equal(("5", "5", "HIGH"), (now.GetProperty("MaxErrors").GetString(), now.GetProperty("MaxConcurrency").GetString(), now.GetProperty("ComplianceSeverity").GetString()));
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public void One_member_changes_and_no_other_is_lost(string reading)
    {
        using var endpoint = new EndpointSession($"-OmittedMember {reading}");
        ScriptResult result = endpoint.Run($"{Full} $made; @{{ AssociationId = $made.AssociationId; MaxErrors = '5' }} | Update-SsmAssociationBatch @c").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(("Updated", "1", "2"), (seen[1].Status, seen[1]["PreviousVersion"], seen[1]["AssociationVersion"]));
        JsonElement now = endpoint.Describe(seen[0].AssociationId!);
        Assert.Equal("5", now.GetProperty("MaxErrors").GetString());
        Assert.Equal("5", now.GetProperty("MaxConcurrency").GetString());
        Assert.Equal("HIGH", now.GetProperty("ComplianceSeverity").GetString());
        Assert.True(now.GetProperty("ApplyOnlyAtCronInterval").GetBoolean());
        Assert.Equal("Scan", now.GetProperty("Parameters").GetProperty("Operation")[0].GetString());
        Assert.Equal("NoReboot", now.GetProperty("Parameters").GetProperty("RebootOption")[0].GetString());
        Assert.Single(now.GetProperty("CalendarNames").EnumerateArray());
        Assert.Equal("bucket", now.GetProperty("OutputLocation").GetProperty("S3Location").GetProperty("OutputS3BucketName").GetString());
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public void What_Clear_names_is_empty_afterwards(string reading)
    {
        using var endpoint = new EndpointSession($"-OmittedMember {reading}");
        ScriptResult result = endpoint.Run($"{Full} $made; $made.AssociationId | Update-SsmAssociationBatch @c -Clear CalendarNames, ApplyOnlyAtCronInterval, ComplianceSeverity").WithoutErrors();

        Seen updated = Seen.In(result)[1];
        Assert.Equal("Updated", updated.Status);
        JsonElement now = endpoint.Describe(updated.AssociationId!);
        Assert.NotEqual("HIGH", now.TryGetProperty("ComplianceSeverity", out JsonElement severity) ? severity.GetString() : null);
        Assert.False(now.TryGetProperty("CalendarNames", out JsonElement calendars) && calendars.GetArrayLength() > 0);
        Assert.False(now.TryGetProperty("ApplyOnlyAtCronInterval", out JsonElement flag) && flag.GetBoolean());
        Assert.Equal("10%", now.GetProperty("MaxErrors").GetString());
    }

    [Fact]
    public void What_the_API_has_no_word_to_empty_is_said_by_name()
    {
        using var endpoint = new EndpointSession("-OmittedMember Keep");
        ScriptResult result = endpoint.Run($"{Full} $made.AssociationId | Update-SsmAssociationBatch @c -Clear MaxErrors -ErrorAction SilentlyContinue");

        Seen seen = Seen.In(result)[^1];
        Assert.Equal(("Failed", "UpdateIncomplete"), (seen.Status, seen.ErrorCode));
        Assert.Contains("MaxErrors", seen.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Overwrite")]
    public void What_the_API_has_no_word_to_empty_is_said_by_name_where_the_answer_was_lost_too(string how)
    {
        using var endpoint = new EndpointSession("-OmittedMember Keep -Fault 'UpdateAssociation first 1 reset acted=yes'");
        ScriptResult result = endpoint.Run($"{Full} $made.AssociationId | Update-SsmAssociationBatch @c -Clear MaxErrors {how} -ErrorAction SilentlyContinue");

        Seen seen = Seen.In(result)[^1];
        Assert.Equal(("Failed", "UpdateIncomplete"), (seen.Status, seen.ErrorCode));
        Assert.Contains("MaxErrors", seen.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_where_nothing_differs()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run($"{Full} @{{ AssociationId = $made.AssociationId; MaxErrors = '10%' }} | Update-SsmAssociationBatch @c").WithoutErrors();

        Seen seen = Seen.In(result)[^1];
        Assert.Equal(("Existing", "1"), (seen.Status, seen["AssociationVersion"]));
        Assert.Equal("1", endpoint.Describe(seen.AssociationId!).GetProperty("AssociationVersion").GetString());
    }

    [Fact]
    public void An_edit_of_somebody_else_is_not_overwritten_unless_Overwrite_is_given()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            $"""
            {Full}
            $old = Get-SsmAssociationEntry @c
            @{"{"} AssociationId = $made.AssociationId; MaxConcurrency = '7' {"}"} | Update-SsmAssociationBatch @c | Out-Null
            $old.Entry.MaxErrors = '3'
            $old | Update-SsmAssociationBatch @c -ErrorAction SilentlyContinue
            $old | Update-SsmAssociationBatch @c -Overwrite
            """);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(("Failed", "AssociationChanged", true), (seen[0].Status, seen[0].ErrorCode, seen[0].IsRetryable));
        Assert.Equal(("Updated", "2", "3"), (seen[1].Status, seen[1]["PreviousVersion"], seen[1]["AssociationVersion"]));
    }

    [Fact]
    public void The_same_id_twice_is_changed_in_order_the_second_on_top_of_the_first()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            $"{Full} @{{ AssociationId = $made.AssociationId; MaxErrors = '1' }}, @{{ AssociationId = $made.AssociationId; MaxConcurrency = '2' }} | Update-SsmAssociationBatch @c").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["2", "3"], seen.Select(item => item["AssociationVersion"]));
        JsonElement now = endpoint.Describe(seen[0].AssociationId!);
        Assert.Equal(("1", "2"), (now.GetProperty("MaxErrors").GetString(), now.GetProperty("MaxConcurrency").GetString()));
    }

    [Fact]
    public void Parameters_replace_the_map_and_with_MergeParameter_go_key_by_key()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            $$"""
            {{Full}}
            @{ AssociationId = $made.AssociationId; Parameters = @{ Operation = 'Install' } } | Update-SsmAssociationBatch @c -MergeParameter | Out-Null
            (Get-SsmAssociationEntry @c).Entry.Parameters.Keys -join ','
            @{ AssociationId = $made.AssociationId; Parameters = @{ Operation = 'Scan' } } | Update-SsmAssociationBatch @c | Out-Null
            (Get-SsmAssociationEntry @c).Entry.Parameters.Keys -join ','
            """).WithoutErrors();

        Assert.Equal(["Operation,RebootOption", "Operation"], result.OutputOf<string>().Select(keys => string.Join(',', keys.Split(',').Order(StringComparer.Ordinal))));
    }

    [Fact]
    public void Revert_gives_the_content_of_the_version_before_and_leaves_what_was_edited_since()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            $$"""
            {{Full}}
            $updates = @{ AssociationId = $made.AssociationId; MaxErrors = '1'; Parameters = @{ Operation = 'Install' } } | Update-SsmAssociationBatch @c
            $updates | Update-SsmAssociationBatch @c -Revert
            $updates | Update-SsmAssociationBatch @c -Revert -ErrorAction SilentlyContinue
            $made | Update-SsmAssociationBatch @c -Revert
            """);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(("Updated", "2", "3"), (seen[0].Status, seen[0]["PreviousVersion"], seen[0]["AssociationVersion"]));
        Assert.Equal("10%", endpoint.Describe(seen[0].AssociationId!).GetProperty("MaxErrors").GetString());
        Assert.Equal("NoReboot", endpoint.Describe(seen[0].AssociationId!).GetProperty("Parameters").GetProperty("RebootOption")[0].GetString());
        Assert.Equal("Existing", seen[1].Status);
        Assert.Equal(("NotAttempted", "NotToBeUpdated"), (seen[2].Status, seen[2].ErrorCode));
    }

    [Fact]
    public void What_would_break_a_rule_is_not_sent_and_what_broke_it_before_is_a_warning()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            $$"""
            {{Full}}
            @{ AssociationId = $made.AssociationId; ScheduleExpression = 'rate(1 minute)' } | Update-SsmAssociationBatch @c -ErrorAction SilentlyContinue
            """);

        Seen seen = Seen.In(result)[^1];
        Assert.Equal(("Invalid", "EntryInvalid", 0), (seen.Status, seen.ErrorCode, seen.Attempts));
        Assert.Equal("1", endpoint.Describe(seen.AssociationId!).GetProperty("AssociationVersion").GetString());
    }

    [Theory]
    [InlineData("'nonsense'", "Invalid", "AssociationIdInvalid")]
    [InlineData("$null", "Invalid", "AssociationIdInvalid")]
    [InlineData("'33858bec-0c55-4547-a054-eb5fc0000000'", "Invalid", "EntryInvalid")]
    [InlineData("@{ AssociationId = '33858bec-0c55-4547-a054-eb5fc0000000'; MaxErrors = '1' }", "Failed", "AssociationDoesNotExist")]
    [InlineData("@{ AssociationId = '33858bec-0c55-4547-a054-eb5fc0000000'; InstanceId = 'i-0123456789abcdef0' }", "Invalid", "EntryInvalid")]
    public void Every_input_has_a_result_that_says_why(string input, string status, string code)
    {
        using var endpoint = new EndpointSession();

        Seen seen = Assert.Single(Seen.In(endpoint.Run($"{input} | Update-SsmAssociationBatch @c -ErrorAction SilentlyContinue")));

        Assert.Equal((status, code), (seen.Status, seen.ErrorCode));
    }

    [Fact]
    public void WhatIf_says_what_would_change_and_calls_nothing()
    {
        using var endpoint = new EndpointSession();
        long before = endpoint.Requests;
        ScriptResult result = endpoint.Run("@{ AssociationId = '33858bec-0c55-4547-a054-eb5fc0000000'; MaxErrors = '1' } | Update-SsmAssociationBatch @c -WhatIf | Out-Null");

        string text = Assert.Single(result.WhatIf);
        Assert.Contains("set MaxErrors", text, StringComparison.Ordinal);
        Assert.Contains("runs at once", text, StringComparison.Ordinal);
        Assert.Equal(before, endpoint.Requests);
    }

    [Fact]
    public void A_second_run_with_the_journal_says_what_the_first_one_changed()
    {
        using var endpoint = new EndpointSession();
        string journal = Path.Combine(_folder, "update.journal").Replace("'", "''", StringComparison.Ordinal);
        ScriptResult result = endpoint.Run(
            $$"""
            {{Full}}
            $input1 = @{ AssociationId = $made.AssociationId; MaxErrors = '1' }
            $input1 | Update-SsmAssociationBatch @c -JournalPath '{{journal}}'
            $input1 | Update-SsmAssociationBatch @c -JournalPath '{{journal}}'
            """).WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Updated", "Updated"], seen.Select(item => item.Status));
        Assert.Equal([false, true], seen.Select(item => (bool)item["FromJournal"]!));
        Assert.Equal("2", endpoint.Describe(seen[0].AssociationId!).GetProperty("AssociationVersion").GetString());
    }

    [Fact]
    public void Parameters_that_Clear_empties_are_gone_before_new_ones_are_merged()
    {
        using var endpoint = new EndpointSession("-Document web-config");
        ScriptResult result = endpoint.Run("""
            $made = @{ Name = 'web-config'; AssociationName = 'web'; Targets = 'tag:a=b'; Parameters = @{ Level = '1'; Old = 'x' } } | New-SsmAssociationBatch @c -WarningAction SilentlyContinue
            @{ AssociationId = $made.AssociationId; Parameters = @{ Level = '2' } } | Update-SsmAssociationBatch @c -Clear Parameters -MergeParameter -WarningAction SilentlyContinue
            """).WithoutErrors();

        Assert.Equal("""{"Level":["2"]}""", endpoint.Describe(Assert.Single(Seen.In(result)).AssociationId!).GetProperty("Parameters").GetRawText());
    }

    [Fact]
    public void An_error_names_the_input_by_its_id_where_it_has_no_document()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run("@{ AssociationId = '33858bec-0c55-4547-a054-eb5fc0000000'; MaxErrors = '7' }, @{ MaxErrors = '1' } | Update-SsmAssociationBatch @c -Force");

        Assert.Equal(
            ["Input 0 (33858bec-0c55-4547-a054-eb5fc0000000): There is no association with this id in us-east-1.", "Input 1 (no id): The input has no id of an association."],
            result.Errors.Select(error => error.ToString().Split(" An update needs")[0]));
    }

    [Fact]
    public void The_table_shows_versions_and_why_something_was_not_changed()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("$made = 1..2 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c; $read = Get-SsmAssociationEntry @c -AssociationName agent-2; $made[1] | ForEach-Object { @{ AssociationId = $_.AssociationId; MaxErrors = '9' } } | Update-SsmAssociationBatch @c -WarningAction SilentlyContinue | Out-Null; $read.Entry.MaxErrors = '5'").WithoutErrors();
        string table = endpoint.Session.Render("@{ AssociationId = $made[0].AssociationId; MaxErrors = '7' }, $read | Update-SsmAssociationBatch @c -Force -ErrorAction SilentlyContinue -WarningAction SilentlyContinue");

        Assert.Contains("version 1 -> 2", table, StringComparison.Ordinal);
        Assert.Contains("Somebody changed the association", table, StringComparison.Ordinal);
    }
}
