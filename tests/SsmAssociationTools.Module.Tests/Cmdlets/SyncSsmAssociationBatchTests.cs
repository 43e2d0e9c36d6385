using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Sync-SsmAssociationBatch in the engine, against the local endpoint.</summary>
public sealed class SyncSsmAssociationBatchTests : IDisposable
{
    private const string First = "$made = @(1..30 | ForEach-Object { New-Good $_ } | Sync-SsmAssociationBatch @c);";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_missing_is_created_and_a_second_run_changes_nothing()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run($"{First} $made; 1..30 | ForEach-Object {{ New-Good $_ }} | Sync-SsmAssociationBatch @c").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(Enumerable.Repeat("Created", 30).Concat(Enumerable.Repeat("Existing", 30)), seen.Select(item => item.Status));
        Assert.Equal(Enumerable.Range(0, 30).Concat(Enumerable.Range(0, 30)), seen.Select(item => (int)item.Index));
        Assert.Equal(seen.Take(30).Select(item => item.AssociationId), seen.Skip(30).Select(item => item.AssociationId));
        Assert.Equal(30, endpoint.Associations);
        Assert.All(endpoint.Ids(), id => Assert.Equal("1", endpoint.Describe(id).GetProperty("AssociationVersion").GetString()));
    }

    [Fact]
    public void What_differs_is_changed_and_the_rest_is_left()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            $$"""
            {{First}}
            $wanted = @(1..31 | ForEach-Object { New-Good $_ }); $wanted[4].MaxErrors = '7'
            $wanted | Sync-SsmAssociationBatch @c
            """).WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(("Updated", "1", "2"), (seen[4].Status, seen[4]["PreviousVersion"], seen[4]["AssociationVersion"]));
        Assert.Equal("Created", seen[30].Status);
        Assert.Equal(29, seen.Count(item => item.Status == "Existing"));
        Assert.Equal("7", endpoint.Describe(seen[4].AssociationId!).GetProperty("MaxErrors").GetString());
    }

    /// <summary>Saving an association as it is makes a version, too, which says nothing of what an update can change.</summary>
    [Theory]
    [InlineData(1, "$wanted.ScheduleExpression = 'rate(2 days)'", "Updated")]
    [InlineData(1, "$wanted.MaxErrors = '7'", "Updated")]
    [InlineData(1, "$wanted.Targets = 'tag:Node=other'", "Updated")]
    [InlineData(1, "$wanted.Remove('ScheduleExpression')", "Updated")]
    [InlineData(2, "$wanted.ScheduleExpression = 'rate(2 days)'", "Updated")]
    [InlineData(2, "$wanted.Remove('ScheduleExpression')", "Existing")]
    public void What_somebody_saved_without_a_change_is_changed_all_the_same(int times, string edit, string expected)
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("New-Good 1 | Sync-SsmAssociationBatch @c").WithoutErrors();
        string id = Assert.Single(endpoint.Ids());
        for (int i = 0; i < times; i++)
        {
            endpoint.Call("UpdateAssociation", $$"""{"AssociationId":"{{id}}","Name":"AWS-UpdateSSMAgent","AssociationName":"agent-1","ScheduleExpression":"rate(1 day)","Targets":[{"Key":"tag:Node","Values":["n1"]}]}""");
        }

        int before = int.Parse(endpoint.Describe(id).GetProperty("AssociationVersion").GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(times + 1, before);

        ScriptResult result = endpoint.Run($"$wanted = New-Good 1; {edit}; $wanted | Sync-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal(expected, Assert.Single(Seen.In(result)).Status);
        Assert.Equal((expected == "Updated" ? before + 1 : before).ToString(CultureInfo.InvariantCulture), endpoint.Describe(id).GetProperty("AssociationVersion").GetString());
    }

    [Fact]
    public void Prune_removes_what_is_in_scope_and_nobody_wants_after_everything_else()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            $$"""
            {{First}}
            @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'other'; Targets = 'tag:a=b' }, @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:nameless=b' } | New-SsmAssociationBatch @c | Out-Null
            1..28 | ForEach-Object { New-Good $_ } | Sync-SsmAssociationBatch @c -Prune -Scope 'agent-*' -Force
            """).WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(30, seen.Count);
        Assert.Equal(["Removed", "Removed"], seen.Skip(28).Select(item => item.Status));
        Assert.Equal([28L, 29L], seen.Skip(28).Select(item => item.Index));
        Assert.Equal(30, endpoint.Associations);
    }

    [Theory]
    [InlineData("New-Good 1; New-Invalid 2")]
    [InlineData("New-Good 1; 'no entry'")]
    [InlineData("New-Good 1; $null")]
    [InlineData("New-Good 1; New-Refused 2")]
    [InlineData("")]
    public void Nothing_is_removed_where_not_everything_wanted_is_known_and_there(string wanted)
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run($"{First} @({wanted}) | Sync-SsmAssociationBatch @c -Prune -Scope '*' -Force -ErrorAction SilentlyContinue");

        Assert.Equal(30, endpoint.Associations);
        Assert.DoesNotContain(Seen.In(result), item => item.Kind == "AssociationRemoval");
    }

    [Fact]
    public void Prune_asks_once_with_the_names_and_No_removes_nothing()
    {
        using var endpoint = new EndpointSession();
        endpoint.Session.Answer(1);
        ScriptResult result = endpoint.Run($"{First} 1..28 | ForEach-Object {{ New-Good $_ }} | Sync-SsmAssociationBatch @c -Prune -Scope 'agent-*'");

        Assert.Contains("agent-29", Assert.Single(result.Prompts).Message, StringComparison.Ordinal);
        Assert.Equal(30, endpoint.Associations);
    }

    [Fact]
    public void What_AWS_makes_is_removed_only_where_its_name_stands_in_the_scope()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run(
            """
            @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'AWS-QuickSetup-1'; Targets = 'tag:a=b' } | New-SsmAssociationBatch @c | Out-Null
            New-Good 1 | Sync-SsmAssociationBatch @c -Prune -Scope '*' -Force | Out-Null
            """).WithoutErrors();
        Assert.Equal(2, endpoint.Associations);

        endpoint.Run("New-Good 1 | Sync-SsmAssociationBatch @c -Prune -Scope 'AWS-QuickSetup-1' -Force | Out-Null").WithoutErrors();
        Assert.Equal(1, endpoint.Associations);
    }

    [Fact]
    public void Prune_needs_a_scope_and_goes_with_no_shard()
    {
        using var endpoint = new EndpointSession();

        Assert.NotNull(endpoint.Run("New-Good 1 | Sync-SsmAssociationBatch @c -Prune").TerminatingError);
        Assert.NotNull(endpoint.Run("New-Good 1 | Sync-SsmAssociationBatch @c -Scope a").TerminatingError);
        Assert.NotNull(endpoint.Run("New-Good 1 | Sync-SsmAssociationBatch @c -Prune -Scope a -Shard 1/2").TerminatingError);
        Assert.Equal(0, endpoint.Associations);
    }

    [Fact]
    public void A_name_that_stands_for_several_is_left_alone()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            """
            $twin = @((New-Good 1), (New-Good 2)); $twin[1].AssociationName = 'agent-1'
            $twin | New-SsmAssociationBatch @c | Out-Null
            $wanted = New-Good 1; $wanted.MaxErrors = '3'
            $wanted | Sync-SsmAssociationBatch @c -Prune -Scope 'agent-*' -Force -ErrorAction SilentlyContinue
            """);

        Seen seen = Assert.Single(Seen.In(result));
        Assert.Equal(("NotAttempted", "AssociationNotUnique"), (seen.Status, seen.ErrorCode));
        Assert.All(endpoint.Ids(), id => Assert.Contains(id, seen.Message, StringComparison.Ordinal));
        Assert.Equal(2, endpoint.Associations);
    }

    [Fact]
    public void An_approved_plan_is_carried_out_or_refused_row_by_row()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            $$"""
            {{First}}
            $wanted = @(1, 2, 99 | ForEach-Object { New-Good $_ }); $wanted[0].MaxErrors = '7'; $wanted[1].MaxErrors = '7'
            $plan = @($wanted | Compare-SsmAssociationEntry @c -AssociationName 'agent-1')
            @{ AssociationId = $made[1].AssociationId; MaxErrors = '9' } | Update-SsmAssociationBatch @c | Out-Null
            $plan | Sync-SsmAssociationBatch @c -ErrorAction SilentlyContinue
            """);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Updated", "Failed", "Created"], seen.Select(item => item.Status));
        Assert.Equal("AssociationChanged", seen[1].ErrorCode);
        Assert.Equal("9", endpoint.Describe(seen[1].AssociationId ?? (string)Seen.In(endpoint.Run("$made[1].AssociationId | ForEach-Object { [pscustomobject]@{ Id = $_ } }"))[0]["Id"]!).GetProperty("MaxErrors").GetString());
    }

    [Theory]
    [InlineData("Skip", "Existing", null)]
    [InlineData("Fail", "Failed", "AssociationDiffers")]
    public void IfChanged_leaves_what_differs_and_names_the_members(string action, string status, string? code)
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run($"{First} $wanted = New-Good 1; $wanted.MaxErrors = '3'; $wanted | Sync-SsmAssociationBatch @c -IfChanged {action} -ErrorAction SilentlyContinue");

        Seen seen = Assert.Single(Seen.In(result));
        Assert.Equal((status, code), (seen.Status, seen.ErrorCode));
        Assert.Contains("MaxErrors", seen.Message, StringComparison.Ordinal);
        Assert.Equal("1", endpoint.Describe(seen.AssociationId!).GetProperty("AssociationVersion").GetString());
    }

    [Fact]
    public void WhatIf_is_the_plan_with_its_signs_and_counts_and_changes_nothing()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            $$"""
            {{First}}
            $wanted = @(1..28 | ForEach-Object { New-Good $_ }) + (New-Good 40); $wanted[0].MaxErrors = '3'
            $wanted | Sync-SsmAssociationBatch @c -Prune -Scope 'agent-*' -WhatIf | Out-Null
            """);

        Assert.Contains(result.WhatIf, line => line.Contains("~ change agent-1 ", StringComparison.Ordinal) && line.Contains("MaxErrors: nothing -> 3", StringComparison.Ordinal));
        Assert.Contains(result.WhatIf, line => line.Contains("+ create agent-40 ", StringComparison.Ordinal));
        Assert.Equal(2, result.WhatIf.Count(line => line.Contains("- remove ", StringComparison.Ordinal)));
        Assert.EndsWith("1 to create, 1 to change (1 runs at once), 2 to remove, 27 unchanged, 0 invalid", result.WhatIf[^1].TrimEnd('.', ' '), StringComparison.Ordinal);
        Assert.Equal(30, endpoint.Associations);
    }

    [Fact]
    public void With_a_journal_what_is_unchanged_costs_the_list_and_nothing_else()
    {
        using var endpoint = new EndpointSession();
        string journal = Path.Combine(_folder, "sync.journal").Replace("'", "''", StringComparison.Ordinal);
        string run = $"1..120 | ForEach-Object {{ New-Good $_ }} | Sync-SsmAssociationBatch @c -JournalPath '{journal}' | Out-Null";
        endpoint.Run(run).WithoutErrors();
        long before = endpoint.Requests;

        endpoint.Run(run).WithoutErrors();

        // Three pages of the list, and the call that tells the account the journal belongs to.
        Assert.InRange(endpoint.Requests - before, 3, 4);
        Assert.Equal(120, endpoint.Associations);
    }

    /// <summary>A plan that went through a file says nothing of what came up since: that was not approved.</summary>
    [Fact]
    public void With_a_plan_only_what_it_calls_extra_is_removed_and_only_while_it_is_as_it_was()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            $$"""
            {{First}}
            $plan = @(3..30 | ForEach-Object { New-Good $_ } | Compare-SsmAssociationEntry @c)
            @{ AssociationId = $made[1].AssociationId; MaxErrors = '9' } | Update-SsmAssociationBatch @c -WarningAction SilentlyContinue | Out-Null
            New-Good 77 | New-SsmAssociationBatch @c | Out-Null
            $plan | Sync-SsmAssociationBatch @c -Prune -Scope 'agent-*' -Force
            """).WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(31, seen.Count);
        Assert.Equal(["NotAttempted", "NotAttempted", "Removed"], seen.Skip(28).Select(item => item.Status));
        Assert.Equal("agent-1", (string?)seen[30]["AssociationName"]);
        Assert.Equal("tag:Node=n1", (string?)seen[30]["Target"]);
        Assert.Contains("2 associations that no entry wants are not removed, because the plan does not name them as they are now", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(30, endpoint.Associations);
    }

    [Fact]
    public void A_row_of_a_plan_goes_where_it_was_compared_and_nowhere_else()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run(
            """
            $c.Region = 'us-east-1', 'eu-north-1'
            $plan = @(New-Good 1 | Compare-SsmAssociationEntry @c)
            $plan | Sync-SsmAssociationBatch @c
            $c.Region = 'us-west-2'
            $plan | Sync-SsmAssociationBatch @c -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            """).WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Created us-east-1", "Created eu-north-1"], seen.Take(2).Select(item => $"{item.Status} {item["Region"]}"));
        Assert.Equal(["NotAttempted OtherDestination", "NotAttempted OtherDestination"], seen.Skip(2).Select(item => $"{item.Status} {item.ErrorCode}"));
    }

    [Fact]
    public void The_plan_removes_nothing_where_the_run_would_not()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run($"{First} New-Good 1 | New-SsmAssociationBatch @c | Out-Null; New-Good 1; New-Good 2 | Sync-SsmAssociationBatch @c -Prune -Scope agent-* -WhatIf | Out-Null; $w = New-Good 1; $w.MaxErrors = '3'; $w | Sync-SsmAssociationBatch @c -Prune -Scope agent-* -WhatIf -ErrorAction SilentlyContinue").WithoutErrors();

        Assert.Contains(result.WhatIf, line => line.Contains("0 to create, 0 to change, 0 to remove, 0 unchanged, 0 invalid, 1 not possible", StringComparison.Ordinal));
    }

    [Fact]
    public void An_update_that_runs_at_once_is_warned_of_unless_its_rule_is_turned_off()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run($"{First} $w = @(1..3 | ForEach-Object {{ $g = New-Good $_; $g.MaxErrors = '3'; $g }}); $w | Sync-SsmAssociationBatch @c | Out-Null; $w[0].MaxErrors = '4'; $w | Sync-SsmAssociationBatch @c -ExcludeRule Update.RunsNow | Out-Null").WithoutErrors();

        Assert.Equal("3 associations run at once on all their targets, because they were updated: agent-1, agent-2, agent-3; see Issues of the results. [Update.RunsNow]", Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_plan_tells_old_and_new_values_and_of_parameters_only_that_they_change()
    {
        using var endpoint = new EndpointSession("-Document web-config");
        ScriptResult result = endpoint.Run("""
            $e = @{ Name = 'web-config'; AssociationName = 'web'; Targets = 'tag:a=b'; ScheduleExpression = 'rate(1 day)'; Parameters = @{ Level = 'hush-old'; Gone = 'hush-gone' } }
            $e | New-SsmAssociationBatch @c | Out-Null
            $e.ScheduleExpression = 'rate(2 days)'; $e.Parameters = @{ Level = 'hush-new'; More = 'hush-more' }
            $e | Sync-SsmAssociationBatch @c -WhatIf | Out-Null
            $e | Compare-SsmAssociationEntry @c
            """).WithoutErrors();

        Assert.StartsWith("What if: ~ change web (web-config) on tag:a=b in us-east-1: ", result.WhatIf[0], StringComparison.Ordinal);
        Assert.Contains("ScheduleExpression: rate(1 day) -> rate(2 days)", result.WhatIf[0], StringComparison.Ordinal);
        Assert.Contains("Parameters.Level: changed", result.WhatIf[0], StringComparison.Ordinal);
        Assert.Contains("Parameters.More: added", result.WhatIf[0], StringComparison.Ordinal);
        Assert.Contains("Parameters.Gone: taken away", result.WhatIf[0], StringComparison.Ordinal);
        Assert.Contains("; runs at once, then ", result.WhatIf[0], StringComparison.Ordinal);
        Assert.DoesNotContain("hush", result.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Removals_stand_in_the_table_of_the_results_before_them()
    {
        using var endpoint = new EndpointSession();
        endpoint.Run("1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c | Out-Null").WithoutErrors();
        string table = endpoint.Session.Render("$w = New-Good 1; $w.MaxErrors = '3'; $w, (New-Good 2) | Sync-SsmAssociationBatch @c -Prune -Scope agent-* -Force -ExcludeRule Update.*");

        Assert.Contains("version 1 -> 2", table, StringComparison.Ordinal);
        Assert.Contains("Removed      agent-3 (AWS-UpdateSSMAgent) on tag:Node=n3", table, StringComparison.Ordinal);
        Assert.Single(table.Split('\n'), line => line.StartsWith("Status", StringComparison.Ordinal));
    }

    [Fact]
    public void Entries_without_a_name_are_warned_of_and_what_differs_only_in_white_space_is_not_made_twice()
    {
        using var endpoint = new EndpointSession("-Document web-config");
        ScriptResult result = endpoint.Run("""
            $e = @{ Name = 'web-config'; Targets = 'tag:a=b'; ScheduleExpression = 'rate(1 hour)'; Parameters = @{ Level = 'x y' } }
            $e | Sync-SsmAssociationBatch @c -WarningAction SilentlyContinue
            $e.ScheduleExpression = 'rate(60 minutes)'; $e.MaxErrors = '100%'
            $e | Sync-SsmAssociationBatch @c -WarningAction SilentlyContinue
            $e.Parameters = @{ Level = 'X  y' }
            $e | Sync-SsmAssociationBatch @c -ErrorAction SilentlyContinue
            """).WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Created", "Existing", "NotAttempted"], seen.Select(item => item.Status));
        Assert.Equal("AssociationNotUnique", seen[2].ErrorCode);
        Assert.Contains(seen[0].AssociationId!, seen[2].Message, StringComparison.Ordinal);
        Assert.Contains("1 entry has no AssociationName and is told by content alone: an edit of one makes a second association. Give every entry a name.", result.Warnings);
    }
}
