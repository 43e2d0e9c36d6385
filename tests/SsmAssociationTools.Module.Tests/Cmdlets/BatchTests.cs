using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>New-SsmAssociationBatch on its good days and its mixed ones: results, order, grouping, streaming.</summary>
public sealed class BatchTests
{
    [Fact]
    public void A_created_association_is_told_with_all_that_is_known()
    {
        using var endpoint = new EndpointSession();

        Seen seen = Assert.Single(Seen.In(endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c").WithoutErrors()));

        Assert.Equal("AssociationSuccess", seen.Kind);
        Assert.Equal("Created", seen.Status);
        Assert.Equal(0, seen.Index);
        Assert.Equal("AWS-UpdateSSMAgent", seen.Name);
        Assert.Equal("agent-1", seen["AssociationName"]);
        Assert.Equal("tag:Node=n1", seen["Target"]);
        Assert.Equal(1, endpoint.Requests);
        Assert.Equal(endpoint.Ids().Single(), seen.AssociationId);
        Assert.Equal("1", seen["AssociationVersion"]);
        Assert.Equal(DateTimeKind.Utc, ((DateTime)seen["Date"]!).Kind);
        Assert.Null(seen.ErrorCode);
        Assert.Null(seen["Fault"]);
        Assert.Equal(1, seen.Attempts);
        Assert.Equal(1, seen.BatchNumber);
        Assert.True(Guid.TryParse((string?)seen["RequestId"], out _));
        Assert.Equal("us-east-1", seen["Region"]);
        Assert.Equal(DateTimeKind.Utc, ((DateTime)seen["Timestamp"]!).Kind);
    }

    [Fact]
    public void Good_invalid_and_refused_entries_each_get_one_result_in_input_order()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            0..89 | ForEach-Object { $n = $_; switch ($n % 3) { 0 { New-Good $n } 1 { New-Invalid $n } 2 { New-Refused $n } } } | New-SsmAssociationBatch @c
            """);

        IReadOnlyList<Seen> seen = Seen.In(result);
        string[] cycle = ["Created", "Invalid", "Failed"];
        Assert.Equal(Enumerable.Range(0, 90).Select(i => (long)i), seen.Select(item => item.Index));
        Assert.Equal(Enumerable.Range(0, 90).Select(i => cycle[i % 3]), seen.Select(item => item.Status));
        Assert.Equal(Enumerable.Range(0, 90).Select(i => new[] { "agent-", "bad-", "refused-" }[i % 3] + i), seen.Select(item => item["AssociationName"]));
        Assert.Equal(30, endpoint.Associations);
        Assert.Equal(42, result.Errors.Count);
        Assert.Null(result.TerminatingError);
        Assert.Equal(3, endpoint.Requests);
        Assert.All(seen.Where(item => item.Status == "Invalid"), item =>
        {
            Assert.Equal(0, item.Attempts);
            Assert.Equal(0, item.BatchNumber);
            Assert.NotEmpty(item.Issues);
            Assert.Contains("ScheduleExpression", item.Message, StringComparison.Ordinal);
        });
        Assert.All(seen.Where(item => item.Status == "Failed"), item => Assert.Equal("InvalidDocument", item.ErrorCode));
    }

    [Theory]
    [InlineData("'CreateAssociationBatch always reorder'")]
    [InlineData("'CreateAssociationBatch always null-lists lists=empty'")]
    [InlineData("'CreateAssociationBatch first 2 throttle'")]
    public void Every_result_names_the_association_that_was_made_of_its_input(string faults)
    {
        using var endpoint = new EndpointSession($"-Seed 7 -Fault {faults}");

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run("0..29 | ForEach-Object { if ($_ % 5) { New-Good $_ } else { New-Refused $_ } } | New-SsmAssociationBatch @c -BatchSize 10"));

        Assert.Equal(Enumerable.Range(0, 30).Select(i => (long)i), seen.Select(item => item.Index));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => i % 5 == 0 ? "Failed" : "Created"), seen.Select(item => item.Status));
        Assert.Equal(24, endpoint.Associations);
        Assert.All(seen.Where(item => item.Status == "Created"), item =>
            Assert.Equal(item["AssociationName"], endpoint.Describe(item.AssociationId!).GetProperty("AssociationName").GetString()));
    }

    [Theory]
    [InlineData("'CreateAssociationBatch always reorder', 'CreateAssociationBatch always omit share=30% acted=yes'")]
    [InlineData("'CreateAssociationBatch first 2 server-error acted=yes'")]
    [InlineData("'CreateAssociationBatch call 2 reset acted=yes'")]
    [InlineData("'CreateAssociationBatch call 1,3 truncate'")]
    [InlineData("'CreateAssociationBatch call 1-2 malformed'")]
    [InlineData("'CreateAssociationBatch call 1-2 empty'")]
    [InlineData("'CreateAssociationBatch call 1-2 wrong-type'")]
    [InlineData("'CreateAssociationBatch always null-lists'")]
    public void What_an_answer_leaves_open_is_looked_up_and_nothing_is_made_twice(string faults)
    {
        using var endpoint = new EndpointSession($"-Seed 7 -Fault {faults}");

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run("0..29 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 10").WithoutErrors());

        Assert.Equal(Enumerable.Range(0, 30).Select(i => ((long)i, "Created")), seen.Select(item => (item.Index, item.Status)));
        Assert.Equal(30, endpoint.Associations);
        Assert.All(seen, item => Assert.Equal(item["AssociationName"], endpoint.Describe(item.AssociationId!).GetProperty("AssociationName").GetString()));
    }

    [Fact]
    public void First_results_come_out_while_input_still_arrives()
    {
        using var endpoint = new EndpointSession();

        // The upstream command ends when it sees a result, so it would not end if results waited for its end.
        ScriptResult result = endpoint.Run("""
            $script:delivered = 0
            & { $n = 0; while ($script:delivered -eq 0) { New-Good (++$n) }; $script:sentWhen = $endpoint.RequestCount; $script:inputs = $n } |
                New-SsmAssociationBatch @c | ForEach-Object { $script:delivered++ }
            $script:sentWhen -ge 1
            $script:inputs -eq $script:delivered
            """).WithoutErrors();

        Assert.Equal([true, true], result.OutputOf<bool>());
    }

    [Fact]
    public void What_is_held_back_does_not_grow_with_the_input()
    {
        using var endpoint = new EndpointSession("-AssociationLimit 0 -Fault 'CreateAssociationBatch call 1 delay seconds=2'");

        ScriptResult result = endpoint.Run("""
            $script:delivered = 0; $script:most = 0
            1..600 | ForEach-Object { if ($_ - $script:delivered -gt $script:most) { $script:most = $_ - $script:delivered }; New-Good $_ } |
                New-SsmAssociationBatch @c -BatchSize 5 | ForEach-Object { $script:delivered++ }
            $script:most; $script:delivered
            """).WithoutErrors();

        // 32 batches of 5, and the entry that is being made.
        Assert.InRange(result.OutputOf<int>()[0], 1, 161 + 1);
        Assert.Equal(600, result.OutputOf<int>()[1]);
    }

    [Fact]
    public void Locally_refused_entries_before_the_first_call_come_out_at_once()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            $script:delivered = 0
            1..5 | ForEach-Object { if ($script:delivered -ne $_ - 1) { throw "held back at $_" }; New-Invalid $_ } |
                New-SsmAssociationBatch @c -ErrorAction SilentlyContinue | ForEach-Object { $script:delivered++ }
            """).WithoutErrors();

        Assert.Empty(result.Output);
        Assert.Equal(0, endpoint.Requests);
    }

    [Theory]
    [InlineData(1, 12, 12)]
    [InlineData(5, 12, 3)]
    [InlineData(20, 20, 1)]
    [InlineData(20, 21, 2)]
    [InlineData(1000, 50, 1)]
    public void BatchSize_bounds_what_a_call_carries(int size, int entries, int calls)
    {
        using var endpoint = new EndpointSession();

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run($"1..{entries} | ForEach-Object {{ New-Good $_ }} | New-SsmAssociationBatch @c -BatchSize {size}").WithoutErrors());

        Assert.Equal(entries, endpoint.Associations);
        Assert.Equal(calls, endpoint.Requests);
        Assert.Equal(calls, seen.Select(item => item.BatchNumber).Distinct().Count());
        Assert.All(seen.GroupBy(item => item.BatchNumber), batch => Assert.InRange(batch.Count(), 1, size));
    }

    [Theory]
    [InlineData("-BatchSize 0")]
    [InlineData("-BatchSize 1001")]
    [InlineData("-ThrottleLimit 0")]
    [InlineData("-MaxAttempt 0")]
    [InlineData("-TimeoutSec 0")]
    [InlineData("-IfExists Maybe")]
    [InlineData("-Region ''")]
    public void A_figure_out_of_its_range_is_refused_before_anything_is_sent(string argument)
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($"New-Good 1 | New-SsmAssociationBatch {(argument.StartsWith("-Region", StringComparison.Ordinal) ? "-AccessKey a -SecretKey b" : "@c")} {argument}");

        Assert.StartsWith("ParameterArgumentValidationError,CannotConvertArgument".Split(',')[argument.Contains("Maybe", StringComparison.Ordinal) ? 1 : 0], result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, endpoint.Requests);
    }

    [Fact]
    public void Entries_with_the_same_content_go_into_calls_of_their_own()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            & { New-Good 1; New-Good 2; New-Good 1; New-Good 1; @{ ScheduleExpression = 'rate(1 day)'; Targets = @{ Key = 'tag:Node'; Values = @('n2') }; AssociationName = 'agent-2'; Name = 'AWS-UpdateSSMAgent' } } |
                New-SsmAssociationBatch @c
            """).WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(5, seen.Select(item => item.AssociationId).Distinct().Count());
        Assert.Equal(5, endpoint.Associations);
        Assert.Equal(3, new[] { seen[0], seen[2], seen[3] }.Select(item => item.BatchNumber).Distinct().Count());
        Assert.NotEqual(seen[1].BatchNumber, seen[4].BatchNumber);
    }

    [Fact]
    public void Entries_for_the_same_node_go_into_calls_of_their_own()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            & {
                @{ Name = 'AWS-RunShellScript'; InstanceId = 'i-0123456789abcdef0'; Parameters = @{ commands = 'id' } }
                @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0' }
                @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef1' }
                @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0' }
            } | New-SsmAssociationBatch @c -ExcludeRule Run.DuplicateInstanceId
            """);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Created", "Created", "Created", "Failed"], seen.Select(item => item.Status));
        Assert.Equal("AssociationAlreadyExists", seen[3].ErrorCode);
        Assert.NotEqual(seen[0].BatchNumber, seen[1].BatchNumber);
        Assert.NotEqual(seen[1].BatchNumber, seen[3].BatchNumber);
    }

    [Fact]
    public void A_node_named_twice_is_refused_before_the_service_is_asked()
    {
        using var endpoint = new EndpointSession();

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run("""
            1..2 | ForEach-Object { @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0' } } | New-SsmAssociationBatch @c
            """));

        Assert.Equal(["Created", "Invalid"], seen.Select(item => item.Status));
        Assert.Equal("EntryInvalid", seen[1].ErrorCode);
    }

    [Fact]
    public void SkipValidation_leaves_the_verdict_to_the_service()
    {
        using var endpoint = new EndpointSession();

        IReadOnlyList<Seen> seen = Seen.In(endpoint.Run("(New-Invalid 1), (New-Good 2), 42 | New-SsmAssociationBatch @c -SkipValidation"));

        Assert.Equal(["Failed", "Created", "Invalid"], seen.Select(item => item.Status));
        Assert.Equal("InvalidSchedule", seen[0].ErrorCode);
    }

    [Fact]
    public void ExcludeRule_and_Strict_shift_the_line_between_sent_and_refused()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            $zebra = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b'; Zebra = 1 }
            $zebra | New-SsmAssociationBatch @c
            $zebra | New-SsmAssociationBatch @c -Strict -ErrorAction SilentlyContinue
            $zebra | New-SsmAssociationBatch @c -Strict -ExcludeRule Input.Unknown*
            """).WithoutErrors();

        Assert.Equal(["Created", "Invalid", "Created"], Seen.In(result).Select(item => item.Status));
        Assert.Contains("Zebra", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_dispatch_role_goes_with_every_call_and_a_bad_one_with_none()
    {
        using var endpoint = new EndpointSession();

        ScriptResult good = endpoint.Run("1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 2 -AssociationDispatchAssumeRole arn:aws:iam::123456789012:role/dispatch").WithoutErrors();
        long sent = endpoint.Requests;
        ScriptResult bad = endpoint.Run("New-Good 4 | New-SsmAssociationBatch @c -AssociationDispatchAssumeRole 'not a role'");

        Assert.All(Seen.In(good), item => Assert.Equal("arn:aws:iam::123456789012:role/dispatch", endpoint.Describe(item.AssociationId!).GetProperty("AssociationDispatchAssumeRole").GetString()));
        Assert.StartsWith("InvalidAssociationDispatchAssumeRole,", bad.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(bad.Output);
        Assert.Equal(sent + 3, endpoint.Requests);
    }

    [Fact]
    public void An_empty_pipeline_makes_no_call_and_no_output()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("@() | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.Empty(result.Output);
        Assert.Equal(0, endpoint.Requests);
    }
}
