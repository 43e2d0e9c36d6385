using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Remove-SsmAssociationBatch in the engine, against the local endpoint.</summary>
public sealed class RemoveSsmAssociationBatchTests : IDisposable
{
    private const string Suffix = ",SsmAssociationTools.Commands.RemoveSsmAssociationBatchCommand";
    private const string Create = "$made = @(1..30 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c);";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("$made")]
    [InlineData("$made.AssociationId")]
    [InlineData("$made | ForEach-Object { [pscustomobject]@{ AssociationId = $_.AssociationId; Region = 'us-east-1' } }")]
    [InlineData("$made | ForEach-Object { @{ AssociationId = $_.AssociationId; Entry = $_.Entry } }")]
    [InlineData("$made | ForEach-Object { '{\"AssociationId\":\"' + $_.AssociationId + '\"}' }")]
    [InlineData("$made | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 6)) }")]
    public void What_names_an_association_removes_it(string input)
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run($"{Create} $keep = New-Good 99 | New-SsmAssociationBatch @c; {input} | Remove-SsmAssociationBatch @c -Confirm:$false").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(30, seen.Count);
        Assert.All(seen, (item, i) => Assert.Equal(("AssociationRemoval", "Removed", i, 1), (item.Kind, item.Status, (int)item.Index, item.Attempts)));
        Assert.Equal(1, endpoint.Associations);
        Assert.Empty(result.Prompts);
    }

    [Fact]
    public void It_asks_before_it_deletes_and_No_deletes_nothing()
    {
        using var endpoint = new EndpointSession();
        endpoint.Session.Answer(0, 2);

        ScriptResult result = endpoint.Run("1..2 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c | Remove-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal(["Removed", "NotAttempted"], Seen.In(result).Select(item => item.Status));
        Assert.Equal("NotConfirmed", Seen.In(result)[1].ErrorCode);
        Assert.Equal(2, result.Prompts.Count);
        Assert.Equal(1, endpoint.Associations);
    }

    [Fact]
    public void WhatIf_names_id_name_target_and_Region_and_needs_no_credentials()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run("$made = New-Good 1 | New-SsmAssociationBatch @c; $made.AssociationId; $made | Remove-SsmAssociationBatch -WhatIf; 'nonsense' | Remove-SsmAssociationBatch -WhatIf -ErrorAction SilentlyContinue");

        string id = result.OutputOf<string>().Single();
        string text = Assert.Single(result.WhatIf);
        Assert.All(new[] { id, "AWS-UpdateSSMAgent", "agent-1", "tag:Node=n1", "us-east-1" }, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal(["NotAttempted", "Invalid"], result.Output.Where(item => item!.Properties["Status"] is not null).Select(item => item!.Properties["Status"].Value.ToString()));
        Assert.Equal(1, endpoint.Associations);
    }

    [Fact]
    public void What_somebody_changed_stays_unless_Force_is_given()
    {
        using var endpoint = new EndpointSession();

        // The endpoint has no UpdateAssociation: the other side of the comparison is changed.
        ScriptResult result = endpoint.Run("""
            $made = New-Good 1 | New-SsmAssociationBatch @c
            $made.Entry.ScheduleExpression = 'rate(2 days)'
            $removal = $made | Remove-SsmAssociationBatch @c -Confirm:$false
            $removal
            $removal | Remove-SsmAssociationBatch @c -Force
            """);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Changed", "Removed"], seen.Select(item => item.Status));
        Assert.Equal("AssociationChanged" + Suffix, Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Contains("-Force", (string?)seen[0]["RecommendedAction"], StringComparison.Ordinal);
        Assert.Empty(result.Prompts);
        Assert.Equal(0, endpoint.Associations);
    }

    [Fact]
    public void What_no_run_created_is_passed_over_without_an_error()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run("""
            $null = New-Good 1 | New-SsmAssociationBatch @c
            & { New-Good 1; New-Invalid 2 } | New-SsmAssociationBatch @c -IfExists Skip -ErrorAction SilentlyContinue | Remove-SsmAssociationBatch @c -Confirm:$false
            New-Good 1 | New-SsmAssociationBatch @c -IfExists Fail -ErrorAction SilentlyContinue | Remove-SsmAssociationBatch @c -Confirm:$false
            """);

        Assert.All(Seen.In(result), item => Assert.Equal(("NotAttempted", "NotToBeRemoved", false), (item.Status, item.ErrorCode, item.IsRetryable)));
        Assert.Equal(3, result.Output.Count);
        Assert.DoesNotContain(result.Errors, error => error.FullyQualifiedErrorId.EndsWith(Suffix, StringComparison.Ordinal));
        Assert.Equal(1, endpoint.Associations);
    }

    [Fact]
    public void Input_without_an_id_is_invalid_and_says_what_to_pass()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run("'nonsense', $null, 5, @{ Name = 'AWS-UpdateSSMAgent' } | Remove-SsmAssociationBatch @c -Confirm:$false");

        Assert.All(Seen.In(result), item => Assert.Equal(("Invalid", "AssociationIdInvalid"), (item.Status, item.ErrorCode)));
        Assert.Equal(4, result.Errors.Count);
        Assert.Equal("nonsense", result.Errors[0].TargetObject.ToString());
        Assert.Equal(0, endpoint.Requests);
    }

    [Fact]
    public void Each_Region_keeps_its_own()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run("""
            $d = @{} + $c; $d.Remove('Region')
            $made = New-Good 1 | New-SsmAssociationBatch @d -Region us-east-1, eu-west-1
            $made | Remove-SsmAssociationBatch @d -Region us-east-1 -Confirm:$false
            $made[1].AssociationId | Remove-SsmAssociationBatch @d -Region us-east-1, eu-west-1 -Confirm:$false
            $made[1].AssociationId | Remove-SsmAssociationBatch @d -Region us-east-1 -Confirm:$false
            $made[1] | Remove-SsmAssociationBatch @d -Confirm:$false
            """);

        Assert.Equal(["Removed", "NotAttempted", "NotAttempted", "Absent", "Removed"], Seen.In(result).Select(item => item.Status));
        Assert.Equal([null, "OtherDestination", "DestinationUnclear", null, null], Seen.In(result).Select(item => item.ErrorCode));
        Assert.Equal(["OtherDestination" + Suffix, "DestinationUnclear" + Suffix], result.Errors.Select(error => error.FullyQualifiedErrorId));
    }

    [Fact]
    public void Each_account_keeps_its_own()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run("""
            $roles = 'arn:aws:iam::111122223333:role/Operations', 'arn:aws:iam::444455556666:role/Operations'
            $made = New-Good 1 | New-SsmAssociationBatch @c -RoleArn $roles
            $made[1].AssociationId | Remove-SsmAssociationBatch @c -RoleArn $roles[0] -Confirm:$false
            $made | Remove-SsmAssociationBatch @c -RoleArn $roles[0] -Confirm:$false
            $made[1] | Remove-SsmAssociationBatch @c -Confirm:$false
            """);

        Assert.Equal(["Absent", "Removed", "NotAttempted", "Removed"], Seen.In(result).Select(item => item.Status));
        Assert.Equal("OtherDestination" + Suffix, Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal("444455556666", Seen.In(result)[3]["AccountId"]);
    }

    [Theory]
    [InlineData("DeleteAssociation first 3 throttle")]
    [InlineData("DeleteAssociation 30% reset acted=yes")]
    [InlineData("DeleteAssociation 30% reset")]
    [InlineData("DeleteAssociation 30% server-error acted=yes")]
    [InlineData("DeleteAssociation 30% wrong-type acted=no")]
    [InlineData("DeleteAssociation first 2 delay seconds=3")]
    [InlineData("DescribeAssociation 30% truncate")]
    public void Whatever_breaks_each_association_is_removed_once(string fault)
    {
        // With the eight attempts that are the default, one of 30 removals meets only bad answers once in some hundred runs.
        using var endpoint = new EndpointSession($"-Fault '{fault}'");
        string limit = fault.Contains("delay", StringComparison.Ordinal) ? "-TimeoutSec 1" : string.Empty;
        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run($"{Create} $made | Remove-SsmAssociationBatch @c -Confirm:$false {limit} -MaxAttempt 30").WithoutErrors());

        Assert.Equal(30, seen.Count);
        Assert.All(seen, item => Assert.Equal("Removed", item.Status));
        Assert.Equal(0, endpoint.Associations);
    }

    [Fact]
    public void Denied_ends_the_command_with_every_result()
    {
        using var endpoint = new EndpointSession("-Fault 'DeleteAssociation always error code=AccessDeniedException'");
        ScriptResult result = endpoint.Run($"{Create} $made | Remove-SsmAssociationBatch @c -Confirm:$false -ThrottleLimit 1 -ErrorAction SilentlyContinue");

        Assert.Equal(30, result.Output.Count);
        Assert.Equal("Failed", Seen.In(result)[0].Status);
        Assert.All(Seen.In(result).Skip(1), item => Assert.Equal("NotAttempted", item.Status));
        Assert.Equal("AccessDeniedException" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains("ssm:DeleteAssociation", result.TerminatingError.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(30, endpoint.Associations);
    }

    [Fact]
    public void ErrorAction_Stop_ends_with_the_first_failure_and_carries_all_results()
    {
        using var endpoint = new EndpointSession();
        ScriptResult result = endpoint.Run($"{Create} $made[4].Entry.ScheduleExpression = 'rate(2 days)'; $made | Remove-SsmAssociationBatch @c -Confirm:$false -ThrottleLimit 1 -ErrorAction Stop");

        Assert.Equal("AssociationChanged" + Suffix, result.TerminatingError!.FullyQualifiedErrorId);
        IReadOnlyList<Seen> carried = Seen.In(result.TerminatingError);
        Assert.All(carried.Take(4), item => Assert.Equal("Removed", item.Status));
        Assert.Equal("Changed", carried[4].Status);
        Assert.All(carried.Skip(5), item => Assert.Equal("NotAttempted", item.Status));
        Assert.Equal(26, endpoint.Associations);
    }

    [Fact]
    public void Ctrl_C_while_a_call_hangs_returns_and_the_journal_makes_it_good()
    {
        using var endpoint = new EndpointSession("-Fault 'DeleteAssociation call 3 delay seconds=300'");
        string journal = Path.Combine(_folder, "removal.journal");
        endpoint.Run($"{Create}").WithoutErrors();
        string remove = $"$made | Remove-SsmAssociationBatch @c -Confirm:$false -ThrottleLimit 1 -TimeoutSec 90 -JournalPath '{journal}'";
        using RunningScript running = endpoint.Start(remove);
        Assert.True(SpinWait.SpinUntil(() => endpoint.Associations == 27, TimeSpan.FromMinutes(10)));

        ScriptResult? stopped = null;
        var thread = new Thread(() => stopped = running.Stop()) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(80)), "The script did not end.");
        Assert.True(stopped!.WasStopped);
        IReadOnlyList<Seen> again = Seen.In(endpoint.Run(remove).WithoutErrors());

        Assert.Equal(30, again.Count);
        Assert.All(again, item => Assert.Equal("Removed", item.Status));
        Assert.Equal(0, endpoint.Associations);
        Assert.All(again.Take(2), item => Assert.Equal(0, item.Attempts));
    }

    [Fact]
    public void A_journal_of_the_other_command_is_refused_by_both()
    {
        using var endpoint = new EndpointSession();
        string created = Path.Combine(_folder, "created.journal");
        string removed = Path.Combine(_folder, "removed.journal");
        endpoint.Run($"$made = New-Good 1 | New-SsmAssociationBatch @c -JournalPath '{created}'; $null = $made | Remove-SsmAssociationBatch @c -JournalPath '{removed}' -Confirm:$false").WithoutErrors();

        Assert.Equal("JournalOfOtherCommand" + Suffix, endpoint.Run($"$made | Remove-SsmAssociationBatch @c -JournalPath '{created}' -Confirm:$false").TerminatingError!.FullyQualifiedErrorId);
        Assert.StartsWith("JournalOfOtherCommand,", endpoint.Run($"New-Good 1 | New-SsmAssociationBatch @c -JournalPath '{removed}'").TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_the_whole_id_and_no_parameter_value_shows()
    {
        using var endpoint = new EndpointSession();
        string text = endpoint.Session.Render("$made = @{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch'; Targets = 'tag:Role=web'; Parameters = @{ Operation = 'Scan' } } | New-SsmAssociationBatch @c; $made | Remove-SsmAssociationBatch @c -Confirm:$false");

        string id = endpoint.Run("$made.AssociationId").OutputOf<string>().Single();
        Assert.Contains(id, text, StringComparison.Ordinal);
        Assert.Contains("Removed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Scan", text, StringComparison.Ordinal);
    }
}
