using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Remove;

/// <summary>What becomes of each input, whatever the service does.</summary>
public sealed class RemovalRunTests
{
    private static readonly RunOptions s_oneAtATime = new() { ThrottleLimit = 1 };

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 1)]
    [InlineData(2000, 4)]
    public void Every_input_gets_one_result_in_input_order(int count, int limit)
    {
        var service = new RemovalService();
        List<string> ids = [.. Enumerable.Range(0, count).Select(i => service.Add(RunHarness.Entry(i)))];
        string other = service.Add(RunHarness.Entry(-1));
        using var harness = new RemovalHarness(service, new RunOptions { ThrottleLimit = limit });

        IReadOnlyList<AssociationRemoval> results = harness.Remove(ids);

        Assert.Equal(ids, results.Select(result => result.AssociationId));
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), results.Select(result => result.Index));
        Assert.All(results, result => Assert.Equal((RemovalStatus.Removed, 1, "us-east-1", "111122223333"), (result.State, result.Attempts, result.Region, result.AccountId)));
        Assert.Equal([other], service.Ids);
        Assert.InRange(service.MaxInFlight, 0, limit);
    }

    [Fact]
    public void An_association_is_read_and_compared_before_it_is_deleted()
    {
        var service = new RemovalService();
        string id = service.Add(Filled(RunHarness.Entry(1)));
        using var harness = new RemovalHarness(service);

        AssociationRemoval result = Assert.Single(harness.Remove([RemovalHarness.Created(id, RunHarness.Entry(1))]));

        Assert.Equal(RemovalStatus.Removed, result.State);
        Assert.Equal(["Describe " + id, "Delete " + id], service.Calls);
        Assert.Equal(("AWS-RunPatchBaseline", "patch-1", "tag:Group=g1"), (result.Name, result.AssociationName, result.Target));
    }

    [Fact]
    public void A_changed_association_stays()
    {
        var service = new RemovalService();
        AssociationEntry changed = RunHarness.Entry(1);
        changed.ScheduleExpression = "rate(1 day)";
        string id = service.Add(changed);
        using var harness = new RemovalHarness(service);

        AssociationRemoval result = Assert.Single(harness.Remove([RemovalHarness.Created(id, RunHarness.Entry(1))]));

        Assert.Equal((RemovalStatus.Changed, ErrorCodes.AssociationChanged, false), (result.State, result.ErrorCode, result.IsRetryable));
        Assert.Equal([id], service.Ids);
        Assert.Equal(0, service.Deletes);
    }

    [Theory]
    [InlineData("1", RemovalStatus.Removed)]
    [InlineData("2", RemovalStatus.Changed)]
    public void A_member_more_is_the_services_in_the_same_version_and_somebody_elses_in_a_later_one(string version, RemovalStatus expected)
    {
        var service = new RemovalService();
        string id = service.Add(Filled(RunHarness.Entry(1)), version);
        using var harness = new RemovalHarness(service);

        AssociationRemoval result = Assert.Single(harness.Remove([RemovalHarness.Created(id, RunHarness.Entry(1))]));

        Assert.Equal(expected, result.State);
    }

    [Fact]
    public void A_later_version_with_the_same_content_is_removed()
    {
        var service = new RemovalService();
        string id = service.Add(RunHarness.Entry(1), "4");
        using var harness = new RemovalHarness(service);

        Assert.Equal(RemovalStatus.Removed, harness.Remove([RemovalHarness.Created(id, RunHarness.Entry(1))])[0].State);
    }

    [Fact]
    public void Force_deletes_whatever_the_content_is()
    {
        var service = new RemovalService();
        string id = service.Add(RunHarness.Entry(2));
        using var harness = new RemovalHarness(service, force: true);

        Assert.Equal(RemovalStatus.Removed, harness.Remove([RemovalHarness.Created(id, RunHarness.Entry(1))])[0].State);
        Assert.Equal(["Delete " + id], service.Calls);
    }

    [Fact]
    public void What_is_gone_already_is_absent()
    {
        var service = new RemovalService();
        using var harness = new RemovalHarness(service);

        IReadOnlyList<AssociationRemoval> results = harness.Remove([Guid.NewGuid().ToString(), RemovalHarness.Created(Guid.NewGuid().ToString(), RunHarness.Entry(1))]);

        Assert.All(results, result => Assert.Equal((RemovalStatus.Absent, null, 1), (result.State, result.ErrorCode, result.Attempts)));
        Assert.Contains("us-east-1", results[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_young_association_that_is_not_described_yet_is_removed()
    {
        var service = new RemovalService();
        string id = service.Add(RunHarness.Entry(1));
        service.Young.Add(id);
        using var harness = new RemovalHarness(service);

        Assert.Equal(RemovalStatus.Removed, harness.Remove([RemovalHarness.Created(id, RunHarness.Entry(1))])[0].State);
        Assert.Empty(service.Ids);
    }

    [Fact]
    public void The_same_id_twice_is_deleted_once()
    {
        var service = new RemovalService();
        string id = service.Add(RunHarness.Entry(1));
        using var harness = new RemovalHarness(service);

        IReadOnlyList<AssociationRemoval> results = harness.Remove([id, RemovalHarness.Created(id, RunHarness.Entry(1)), id.ToUpperInvariant()]);

        Assert.Equal([RemovalStatus.Removed, RemovalStatus.Absent, RemovalStatus.Absent], results.Select(result => result.State));
        Assert.All(results.Skip(1), result => Assert.Contains("input 0", result.Message, StringComparison.Ordinal));
        Assert.Equal(1, service.Deletes);
    }

    [Fact]
    public void An_id_that_stayed_for_its_content_is_removed_where_it_comes_again_alone()
    {
        var service = new RemovalService();
        string id = service.Add(RunHarness.Entry(2));
        using var harness = new RemovalHarness(service);

        IReadOnlyList<AssociationRemoval> results = harness.Remove([RemovalHarness.Created(id, RunHarness.Entry(1)), id]);

        Assert.Equal([RemovalStatus.Changed, RemovalStatus.Removed], results.Select(result => result.State));
    }

    [Fact]
    public void A_throttled_call_is_made_again()
    {
        var service = new RemovalService { BeforeDelete = static (call, _) => Throw(call <= 3 ? RemovalService.Throttled() : null) };
        string id = service.Add(RunHarness.Entry(1));
        using var harness = new RemovalHarness(service);

        AssociationRemoval result = Assert.Single(harness.Remove([id]));

        Assert.Equal((RemovalStatus.Removed, 4), (result.State, result.Attempts));
    }

    [Fact]
    public void Throttling_without_end_fails_and_may_be_tried_later()
    {
        var service = new RemovalService { BeforeDelete = static (_, _) => throw RemovalService.Throttled() };
        string id = service.Add(RunHarness.Entry(1));
        using var harness = new RemovalHarness(service, new RunOptions { MaxAttempt = 3 });

        AssociationRemoval result = Assert.Single(harness.Remove([id]));

        Assert.Equal((RemovalStatus.Failed, "ThrottlingException", 3, true), (result.State, result.ErrorCode, result.Attempts, result.IsRetryable));
        Assert.Equal([id], service.Ids);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_an_unclear_answer_the_call_is_made_again_and_counts_as_one(bool acted)
    {
        var service = new RemovalService();
        Action<int, string> drop = static (call, _) => Throw(call == 1 ? RemovalService.TimedOut() : null);
        service.BeforeDelete = acted ? null : drop;
        service.AfterDelete = acted ? drop : null;
        string id = service.Add(RunHarness.Entry(1));
        using var harness = new RemovalHarness(service);

        AssociationRemoval result = Assert.Single(harness.Remove([RemovalHarness.Created(id, RunHarness.Entry(1))]));

        Assert.Equal((RemovalStatus.Removed, 2, null), (result.State, result.Attempts, result.ErrorCode));
        Assert.Equal("late", result.RequestId);
        Assert.Empty(service.Ids);
    }

    [Fact]
    public void The_content_is_compared_again_before_each_further_call()
    {
        AssociationEntry other = RunHarness.Entry(2);
        var service = new RemovalService();
        string id = service.Add(RunHarness.Entry(1));
        service.BeforeDelete = (_, _) =>
        {
            service.Update(id, other, "2");
            throw RemovalService.Throttled();
        };
        using var harness = new RemovalHarness(service);

        Assert.Equal(RemovalStatus.Changed, harness.Remove([RemovalHarness.Created(id, RunHarness.Entry(1))])[0].State);
        Assert.Equal([id], service.Ids);
    }

    /// <summary>Calls that are never answered: what is known then depends on what a last look shows.</summary>
    [Theory]
    [InlineData(true, true, RemovalStatus.Removed)]
    [InlineData(true, false, RemovalStatus.Unknown)]
    [InlineData(false, true, RemovalStatus.Failed)]
    [InlineData(false, false, RemovalStatus.Failed)]
    public void After_the_last_unclear_answer_a_look_decides(bool acts, bool hasContent, RemovalStatus expected)
    {
        var service = new RemovalService();
        Action<int, string> drop = static (_, _) => throw RemovalService.TimedOut();
        service.BeforeDelete = acts ? null : drop;
        service.AfterDelete = acts ? drop : null;
        string id = service.Add(RunHarness.Entry(1));
        using var harness = new RemovalHarness(service, new RunOptions { MaxAttempt = 1 });

        AssociationRemoval result = Assert.Single(harness.Remove([hasContent ? RemovalHarness.Created(id, RunHarness.Entry(1)) : id]));

        Assert.Equal(expected, result.State);
        Assert.Equal(expected != RemovalStatus.Removed, result.IsRetryable);
        Assert.Equal(expected == RemovalStatus.Removed ? null : "RequestTimeout", result.ErrorCode);
    }

    [Fact]
    public void What_cannot_be_read_is_not_deleted()
    {
        var service = new RemovalService { BeforeDescribe = static _ => throw RemovalService.TimedOut() };
        string id = service.Add(RunHarness.Entry(1));
        using var harness = new RemovalHarness(service, new RunOptions { MaxAttempt = 3 });

        AssociationRemoval result = Assert.Single(harness.Remove([RemovalHarness.Created(id, RunHarness.Entry(1))]));

        Assert.Equal((RemovalStatus.Failed, "RequestTimeout", true, 0), (result.State, result.ErrorCode, result.IsRetryable, result.Attempts));
        Assert.Equal(0, service.Deletes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Denied_ends_the_run(bool isReading)
    {
        var service = new RemovalService();
        List<AssociationSuccess> inputs = [.. Enumerable.Range(0, 50).Select(i => RemovalHarness.Created(service.Add(RunHarness.Entry(i)), RunHarness.Entry(i)))];
        if (isReading)
        {
            service.BeforeDescribe = static _ => throw RemovalService.Denied();
        }
        else
        {
            service.BeforeDelete = static (_, _) => throw RemovalService.Denied();
        }

        using var harness = new RemovalHarness(service, s_oneAtATime);
        IReadOnlyList<AssociationRemoval> results = harness.Remove(inputs);

        Assert.Equal((RemovalStatus.Failed, "AccessDeniedException", false), (results[0].State, results[0].ErrorCode, results[0].IsRetryable));
        Assert.All(results.Skip(1), result => Assert.Equal((RemovalStatus.NotAttempted, ErrorCodes.EntryNotAttempted, true), (result.State, result.ErrorCode, result.IsRetryable)));
        Assert.True(harness.Reason!.IsFatal);
        Assert.Equal(50, service.Ids.Count);
    }

    [Fact]
    public void A_refusal_of_one_association_concerns_no_other()
    {
        var service = new RemovalService { BeforeDelete = static (call, _) => Throw(call == 2 ? new GatewayException(GatewayErrorKind.Rejected, "InvalidDocument", "No such document.") : null) };
        List<string> ids = [.. Enumerable.Range(0, 3).Select(i => service.Add(RunHarness.Entry(i)))];
        using var harness = new RemovalHarness(service, s_oneAtATime);

        IReadOnlyList<AssociationRemoval> results = harness.Remove(ids);

        Assert.Equal([RemovalStatus.Removed, RemovalStatus.Failed, RemovalStatus.Removed], results.Select(result => result.State));
        Assert.Equal(("InvalidDocument", "No such document.", 1), (results[1].ErrorCode, results[1].Message, results[1].Attempts));
        Assert.Null(harness.Reason);
    }

    [Fact]
    public void An_endpoint_out_of_reach_ends_the_run_with_nothing_deleted()
    {
        var service = new RemovalService { BeforeDelete = static (_, _) => throw new GatewayException(GatewayErrorKind.NotSent, ErrorCodes.EndpointUnreachable, "Connection refused") };
        List<string> ids = [.. Enumerable.Range(0, 5).Select(i => service.Add(RunHarness.Entry(i)))];
        using var harness = new RemovalHarness(service, new RunOptions { ThrottleLimit = 1, MaxAttempt = 2 });

        IReadOnlyList<AssociationRemoval> results = harness.Remove(ids);

        Assert.All(results, result => Assert.Equal((RemovalStatus.NotAttempted, true), (result.State, result.IsRetryable)));
        Assert.Equal(ErrorCodes.EndpointUnreachable, results[0].ErrorCode);
        Assert.Equal(2, service.Deletes);
    }

    [Fact]
    public void No_text_holds_a_parameter_value()
    {
        AssociationEntry entry = RunHarness.Entry(1);
        entry.Parameters = new ParameterMap { ["Password"] = ["hunter-2-secret"] };
        var service = new RemovalService { BeforeDelete = static (_, _) => throw new GatewayException(GatewayErrorKind.Rejected, "InvalidParameters", "Bad value 'hunter-2-secret'.") };
        string id = service.Add(entry);
        using var harness = new RemovalHarness(service);

        AssociationRemoval result = Assert.Single(harness.Remove([RemovalHarness.Created(id, entry)]));

        Assert.Contains(SensitiveText.Mask, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter-2-secret", result + result.Message + string.Concat(harness.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_nobody_expects_leaves_no_input_without_a_result()
    {
        var service = new RemovalService { BeforeDelete = static (_, _) => throw new InvalidOperationException("odd") };
        List<string> ids = [.. Enumerable.Range(0, 3).Select(i => service.Add(RunHarness.Entry(i)))];
        using var harness = new RemovalHarness(service, s_oneAtATime);

        IReadOnlyList<AssociationRemoval> results = harness.Remove(ids);

        Assert.Equal((RemovalStatus.Unknown, ErrorCodes.InternalError), (results[0].State, results[0].ErrorCode));
        Assert.All(results.Skip(1), result => Assert.Equal(RemovalStatus.NotAttempted, result.State));
    }

    [Fact]
    public void The_first_failure_stops_the_run_where_that_is_asked_for()
    {
        var service = new RemovalService();
        List<object> inputs = [.. Enumerable.Range(0, 30).Select(i => (object)service.Add(RunHarness.Entry(i)))];
        inputs[3] = RemovalHarness.Created((string)inputs[3], RunHarness.Entry(99));
        using var harness = new RemovalHarness(service, new RunOptions { ThrottleLimit = 1, StopOnFailure = true });

        IReadOnlyList<AssociationRemoval> results = harness.Remove(inputs);

        Assert.All(results.Take(3), result => Assert.Equal(RemovalStatus.Removed, result.State));
        Assert.Equal(RemovalStatus.Changed, results[3].State);
        Assert.All(results.Skip(4), result => Assert.Equal(RemovalStatus.NotAttempted, result.State));
        Assert.Equal(27, service.Ids.Count);
    }

    [Fact]
    public void What_is_not_to_be_removed_stops_no_run()
    {
        var service = new RemovalService();
        string id = service.Add(RunHarness.Entry(1));
        using var harness = new RemovalHarness(service, new RunOptions { StopOnFailure = true });

        IReadOnlyList<AssociationRemoval> results = harness.Remove([new AssociationFailure { State = AssociationStatus.Failed, AssociationId = id }, id]);

        Assert.Equal([RemovalStatus.NotAttempted, RemovalStatus.Removed], results.Select(result => result.State));
    }

    [Fact]
    public void A_stop_lets_no_call_start_and_gives_up_those_in_flight_after_the_grace()
    {
        using var entered = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        var service = new RemovalService
        {
            BeforeDelete = (_, _) =>
            {
                entered.Set();
                released.Wait(TimeSpan.FromSeconds(30));
                throw new OperationCanceledException();
            },
        };
        List<string> ids = [.. Enumerable.Range(0, 10).Select(i => service.Add(RunHarness.Entry(i)))];
        using var harness = new RemovalHarness(service, new RunOptions { ThrottleLimit = 1, Grace = TimeSpan.Zero });
        ids.ForEach(id => harness.Add(id));
        Assert.True(entered.Wait(TimeSpan.FromSeconds(30)));

        harness.Control.Interrupt(new StopReason(ErrorCodes.EntryNotAttempted, "Not sent", "stopped"), TimeSpan.Zero);
        Assert.True(SpinWait.SpinUntil(() => harness.Control.AbandonToken.IsCancellationRequested, TimeSpan.FromSeconds(30)));
        released.Set();
        harness.Complete();

        Assert.Equal(RemovalStatus.Unknown, harness.Results[0].State);
        Assert.All(harness.Results.Skip(1), result => Assert.Equal(RemovalStatus.NotAttempted, result.State));
        Assert.Equal(1, service.Deletes);
    }

    [Fact]
    public void A_run_that_is_shut_down_hands_back_nothing_and_knows_everything()
    {
        var service = new RemovalService();
        List<string> ids = [.. Enumerable.Range(0, 100).Select(i => service.Add(RunHarness.Entry(i)))];
        using var harness = new RemovalHarness(service, s_oneAtATime);
        using var held = new ManualResetEventSlim();
        service.BeforeDelete = (_, _) => held.Wait(TimeSpan.FromSeconds(30));
        ids.ForEach(id => harness.Add(id));
        harness.Control.Stop(new StopReason(ErrorCodes.EntryNotAttempted, "Not sent", "stopped"));
        held.Set();

        harness.Shutdown();

        Assert.Empty(harness.Results);
        Assert.Equal(100, harness.Undelivered);
    }

    [Fact]
    public void Regions_do_not_hold_each_other_up()
    {
        var denied = new RemovalService { Region = "eu-west-1", BeforeDelete = static (_, _) => throw RemovalService.Denied() };
        var open = new RemovalService { Region = "us-east-1" };
        List<AssociationSuccess> inputs = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? RemovalHarness.Created(denied.Add(RunHarness.Entry(i)), RunHarness.Entry(i), "eu-west-1")
            : RemovalHarness.Created(open.Add(RunHarness.Entry(i)), RunHarness.Entry(i), "us-east-1"))];
        using var harness = new RemovalHarness(destination => destination.Region == "eu-west-1" ? denied : open, [new Destination(null, null)], s_oneAtATime);

        IReadOnlyList<AssociationRemoval> results = harness.Remove(inputs);

        Assert.All(results.Where(result => result.Region == "us-east-1"), result => Assert.Equal(RemovalStatus.Removed, result.State));
        Assert.Equal(20, results.Count(result => result.Region == "eu-west-1" && result.State is RemovalStatus.Failed or RemovalStatus.NotAttempted));
        Assert.Null(harness.Reason);
    }

    [Fact]
    public void An_association_of_another_account_is_left_alone()
    {
        var service = new RemovalService();
        string id = service.Add(RunHarness.Entry(1));
        AssociationSuccess input = RemovalHarness.Created(id, RunHarness.Entry(1));
        input.AccountId = "999988887777";
        using var harness = new RemovalHarness(service, force: true);

        AssociationRemoval result = Assert.Single(harness.Remove([input]));

        Assert.Equal((RemovalStatus.NotAttempted, ErrorCodes.OtherDestination, "999988887777"), (result.State, result.ErrorCode, result.AccountId));
        Assert.Contains("111122223333", result.Message, StringComparison.Ordinal);
        Assert.Equal([id], service.Ids);
    }

    [Fact]
    public void Retrying_ends_with_the_time_that_is_allowed()
    {
        var clock = new JumpingClock();
        DateTime start = clock.UtcNow;
        var service = new RemovalService { BeforeDelete = static (_, _) => throw RemovalService.Throttled() };
        string id = service.Add(RunHarness.Entry(1));
        using var harness = new RemovalHarness(service, new RunOptions { MaxAttempt = 100, MaxElapsed = TimeSpan.FromSeconds(60) }, clock: clock);

        AssociationRemoval result = Assert.Single(harness.Remove([id]));

        Assert.Equal((RemovalStatus.Failed, true), (result.State, result.IsRetryable));
        Assert.InRange(clock.UtcNow - start, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120));
        Assert.InRange(result.Attempts, 2, 99);
    }

    private static AssociationEntry Filled(AssociationEntry entry)
    {
        entry.DocumentVersion = "$DEFAULT";
        entry.MaxErrors = "5";
        return entry;
    }

    private static void Throw(GatewayException? error)
    {
        if (error is not null)
        {
            throw error;
        }
    }
}
