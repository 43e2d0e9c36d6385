using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Follow;
using SsmAssociationTools.Tests.Reliability;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>What is asked of the service, and what is made of answers that say little or nothing.</summary>
public sealed class FollowRunTests
{
    private static readonly FollowOptions s_wait = new() { Waits = true };

    [Fact]
    public void A_node_that_came_back_does_not_hide_what_failed_on_the_others()
    {
        var service = new FollowService();
        string id = service.Add("1", "Failed", ("Failed", 1), ("Success", 2));
        string main = service.Run(id, "Failed", 10, "1", ("i-1", "Failed"), ("i-2", "Success"), ("i-3", "TimedOut"));
        service.Run(id, "Success", 12, "1", ("i-3", "Success"));
        using var harness = new FollowHarness(service, new FollowOptions { IsDetailed = true });

        AssociationOutcome outcome = harness.Follow(id)[0];

        Assert.Equal((OutcomeStatus.Failed, main), (outcome.State, outcome.ExecutionId));
        Assert.Contains("i-1", outcome.Nodes.Select(node => node.ResourceId));
    }

    [Fact]
    public void What_failed_and_then_succeeded_on_every_node_counts_as_applied()
    {
        var service = new FollowService();
        string id = service.Add("1", "Failed", ("Success", 1));
        service.Run(id, "Failed", 10, "1", ("i-1", "Failed"), ("i-2", "Success"));
        service.Run(id, "Success", 11, "1", ("i-1", "Success"));
        using var harness = new FollowHarness(service);

        Assert.Equal(OutcomeStatus.Success, harness.Follow(id)[0].State);
    }

    [Fact]
    public void Where_an_execution_does_not_say_how_many_its_nodes_do()
    {
        var service = new FollowService();
        string good = service.Add();
        string bad = service.Add();
        string empty = service.Add();
        service.Run(good, "Success", 10, "1", ("i-1", "Success"));
        service.Run(bad, "Success", 10, "1", ("i-1", "Success"), ("i-2", "Failed"));
        service.Run(empty, "Success", 10, "1");
        foreach (string id in new[] { good, bad, empty })
        {
            ExecutionRecord old = service.Executions[id][0];
            service.Executions[id][0] = new ExecutionRecord { AssociationId = id, AssociationVersion = "1", ExecutionId = old.ExecutionId, Status = "Success", CreatedTime = old.CreatedTime };
        }

        using var harness = new FollowHarness(service);

        Assert.Equal([OutcomeStatus.Success, OutcomeStatus.Failed, OutcomeStatus.ReachedNobody], harness.Follow(good, bad, empty).Select(outcome => outcome.State));
    }

    [Fact]
    public void An_execution_that_names_no_version_proves_nothing()
    {
        var service = new FollowService();
        string id = service.Add("1", "Success", ("Success", 1));
        service.Run(id, "Success", 10, null, ("i-1", "Success"));
        using var harness = new FollowHarness(service);

        Assert.NotEqual(OutcomeStatus.Success, harness.Follow(id)[0].State);
    }

    [Fact]
    public void Executions_are_found_on_later_pages_too_where_they_come_in_no_order()
    {
        var service = new FollowService { PageSize = 2 };
        string id = service.Add("1", "Success", ("Success", 1));
        string wanted = service.Run(id, "Success", 20, "1", ("i-1", "Success"));
        foreach (int hour in new[] { 3, 9, 2, 8, 1 })
        {
            service.Run(id, "Failed", hour, "1", ("i-1", "Failed"));
        }

        using var harness = new FollowHarness(service);

        AssociationOutcome outcome = harness.Follow(id)[0];
        Assert.Equal((OutcomeStatus.Success, wanted), (outcome.State, outcome.ExecutionId));
    }

    [Fact]
    public void A_list_with_more_pages_is_read_no_further_than_needed()
    {
        var service = new FollowService();
        string[] ids = [.. Enumerable.Range(0, 200).Select(_ => service.Add("1", "Success", ("Success", 1)))];
        foreach (string id in ids)
        {
            service.Run(id, "Success", 10, "1", ("i-1", "Success"));
        }

        Assert.All(Follow(service, ids.Take(60)), outcome => Assert.Equal(OutcomeStatus.Success, outcome.State));
        Assert.Equal(60, service.CallsOf("Executions"));
        Assert.InRange(service.CallsOf("List"), 2, 4);
        Assert.Equal(0, service.CallsOf("Describe"));
    }

    [Fact]
    public void A_line_that_says_that_it_is_not_done_costs_no_call_of_its_own()
    {
        var service = new FollowService();
        string[] ids = [.. Enumerable.Range(0, 20).Select(_ => service.Add("1", "Pending", ("InProgress", 1)))];
        foreach (string id in ids)
        {
            service.Run(id, "InProgress", 10, "1", ("i-1", "InProgress"));
        }

        int sweeps = 0;
        service.Before = operation =>
        {
            if (operation == "List" && ++sweeps == 5)
            {
                Assert.Equal(0, service.CallsOf("Executions"));
                foreach (string id in ids)
                {
                    AssociationRecord line = service.Records[id];
                    service.Records[id] = new AssociationRecord { AssociationId = id, AssociationVersion = "1", Status = "Success", StatusCounts = new Dictionary<string, int> { ["Success"] = 1 }, LastExecutionDate = line.LastExecutionDate, Content = line.Content };
                    service.Executions[id].Clear();
                    service.Run(id, "Success", 10, "1", ("i-1", "Success"));
                }
            }
        };

        Assert.All(Follow(service, ids), outcome => Assert.Equal(OutcomeStatus.Success, outcome.State));
        Assert.Equal(20, service.CallsOf("Executions"));
        Assert.Equal(5, sweeps);
    }

    [Fact]
    public void The_same_association_may_be_asked_for_twice()
    {
        var service = new FollowService();
        string id = service.Add("1", "Success", ("Success", 1));
        service.Run(id, "Success", 10, "1", ("i-1", "Success"));
        using var harness = new FollowHarness(service, s_wait);

        Assert.Equal([0, 1], harness.Follow(id, id).Select(outcome => outcome.Index));
    }

    [Fact]
    public void A_refusal_of_the_caller_ends_the_run_and_every_input_has_an_outcome()
    {
        var service = new FollowService { Before = _ => throw new GatewayException(GatewayErrorKind.Denied, "AccessDeniedException", "You may not.") };
        string[] ids = [.. Enumerable.Range(0, 30).Select(_ => service.Add())];
        using var harness = new FollowHarness(service, s_wait);

        IReadOnlyList<AssociationOutcome> outcomes = harness.Follow([.. ids]);

        Assert.Equal(30, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal(OutcomeStatus.Unknown, outcome.State));
        Assert.True(harness.Reason is { IsFatal: true });
    }

    [Fact]
    public void Nodes_that_may_not_be_read_take_nothing_from_the_outcome()
    {
        var service = new FollowService();
        string id = service.Add("1", "Failed", ("Failed", 1));
        service.Run(id, "Failed", 10, "1", ("i-1", "Failed"));
        service.Before = operation =>
        {
            if (operation == "Targets")
            {
                throw new GatewayException(GatewayErrorKind.Denied, "AccessDeniedException", "You may not.");
            }
        };
        using var harness = new FollowHarness(service, s_wait);

        Assert.Equal(OutcomeStatus.Failed, harness.Follow(id)[0].State);
        Assert.Contains(harness.Lines, line => line.Contains("nodes could not be read", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stop_leaves_every_input_as_it_stands()
    {
        var service = new FollowService();
        string done = service.Add("1", "Failed", ("Failed", 1));
        string open = service.Add("1", "Pending", ("InProgress", 1));
        service.Run(done, "Failed", 10, "1", ("i-1", "Failed"));
        service.Run(open, "InProgress", 10, "1", ("i-1", "InProgress"));

        // In real time: a clock that jumps may reach the deadline of the open one before the other has begun.
        using var harness = new FollowHarness(service, s_wait, new RunOptions { BatchSize = 1, ThrottleLimit = 1, StopOnFailure = true }, new SystemClock());

        IReadOnlyList<AssociationOutcome> outcomes = harness.Follow(done, open);

        Assert.Equal(OutcomeStatus.Failed, outcomes[0].State);
        Assert.Contains(outcomes[1].State, new[] { OutcomeStatus.Running, OutcomeStatus.Unknown });
        Assert.Equal("EntryNotAttempted", outcomes[1].ErrorCode);
    }

    [Fact]
    public void What_the_service_asks_to_wait_for_does_not_outlast_the_time_to_wait()
    {
        var service = new FollowService();
        string[] ids = [.. Enumerable.Range(0, 6).Select(_ => service.Add("1", "Pending", ("InProgress", 1)))];
        service.Before = _ => throw new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded") { RetryAfter = TimeSpan.FromMinutes(5) };
        var clock = new JumpingClock();
        using var harness = new FollowHarness(service, new FollowOptions { Waits = true, WaitTimeout = TimeSpan.FromSeconds(10) }, clock: clock);

        IReadOnlyList<AssociationOutcome> outcomes = harness.Follow([.. ids]);

        Assert.All(outcomes, outcome => Assert.Equal("OutcomeUndecided", outcome.ErrorCode));
        Assert.True(clock.Uptime < TimeSpan.FromMinutes(2), $"{clock.Uptime}");
    }

    [Fact]
    public void What_is_not_there_when_the_time_is_over_is_deleted()
    {
        var service = new FollowService();
        using var harness = new FollowHarness(service, new FollowOptions { Waits = true, WaitTimeout = TimeSpan.FromSeconds(15) });

        Assert.Equal(OutcomeStatus.Deleted, harness.Follow(Guid.NewGuid().ToString())[0].State);
    }

    [Fact]
    public void What_was_just_created_is_not_called_deleted_because_two_clocks_of_the_service_are_apart()
    {
        var clock = new JumpingClock();
        string id = Guid.NewGuid().ToString();
        var service = new FollowService { Date = clock.UtcNow.AddHours(2) };
        service.Before = operation =>
        {
            if (clock.Uptime > TimeSpan.FromSeconds(3) && !service.Records.ContainsKey(id))
            {
                service.Records[id] = new AssociationRecord { AssociationId = id, AssociationVersion = "1", Status = "Success", StatusCounts = new Dictionary<string, int> { ["Success"] = 1 }, Content = new AssociationEntry { Name = "AWS-UpdateSSMAgent" } };
                service.Executions[id] = [];
                service.Run(id, "Success", 10, "1", ("i-1", "Success"));
            }
        };
        using var harness = new FollowHarness(service, s_wait, clock: clock);

        AssociationOutcome outcome = harness.Follow(new AssociationSuccess { State = AssociationStatus.Created, Entry = new AssociationEntry { Name = "AWS-UpdateSSMAgent" }, AssociationId = id, AssociationVersion = "1", Date = clock.UtcNow })[0];

        Assert.Equal(OutcomeStatus.Success, outcome.State);
    }

    [Theory]
    [InlineData("List", 6)]
    [InlineData("Describe", 2)]
    public void What_may_not_be_read_one_way_is_read_the_other_way(string denied, int count)
    {
        var service = new FollowService { Before = operation => Deny(operation, denied) };
        string[] ids = [.. Enumerable.Range(0, count).Select(_ => service.Add("1", "Success", ("Success", 1)))];
        foreach (string id in ids)
        {
            service.Run(id, "Success", 10, "1", ("i-1", "Success"));
        }

        Assert.All(Follow(service, ids), outcome => Assert.Equal(OutcomeStatus.Success, outcome.State));
        Assert.InRange(service.CallsOf(denied), 1, count);
    }

    [Fact]
    public void Nodes_that_may_not_be_read_leave_open_what_hangs_on_them_and_nothing_else()
    {
        var service = new FollowService { Before = operation => Deny(operation, "Targets") };
        string open = service.Add();
        string good = service.Add("1", "Success", ("Success", 1));
        string partly = service.Add("1", "Success", ("Success", 1));
        service.Executions[open].Add(new ExecutionRecord { AssociationId = open, AssociationVersion = "1", ExecutionId = "e-1", Status = "Success", CreatedTime = new DateTime(2026, 1, 1, 10, 0, 0, DateTimeKind.Utc) });
        service.Run(good, "Success", 10, "1", ("i-1", "Success"));
        service.Run(partly, "Failed", 10, "1", ("i-1", "Failed"), ("i-2", "Success"));
        service.Run(partly, "Success", 11, "1", ("i-2", "Success"));
        using var harness = new FollowHarness(service);

        Assert.Equal([OutcomeStatus.Unknown, OutcomeStatus.Success, OutcomeStatus.Unknown], harness.Follow(open, good, partly).Select(outcome => outcome.State));
        Assert.Null(harness.Reason);
    }

    [Fact]
    public void A_line_of_one_node_does_not_speak_for_those_of_an_earlier_execution()
    {
        var service = new FollowService();
        string id = service.Add("1", "Success");
        service.Run(id, "InProgress", 10, "1", ("i-1", "Failed"), ("i-2", "InProgress"));
        service.Run(id, "Skipped", 11, "1");
        using var harness = new FollowHarness(service);

        Assert.Equal(OutcomeStatus.Running, harness.Follow(id)[0].State);
    }

    [Fact]
    public void A_run_that_was_not_seen_for_long_enough_is_not_said_to_be_none()
    {
        var clock = new JumpingClock();
        var service = new FollowService { Date = clock.UtcNow };
        string id = service.Add("1", "Success", ("Success", 1));
        service.Run(id, "Success", 0, "1", ("i-1", "Success"));
        var start = new AssociationStart { State = StartStatus.Started, AssociationId = id, StartedAfter = clock.UtcNow.AddSeconds(-1), StartedBefore = clock.UtcNow };
        using var harness = new FollowHarness(service, new FollowOptions { Waits = true, WaitTimeout = TimeSpan.FromSeconds(2) }, clock: clock);
        using var glance = new FollowHarness(service, clock: clock);

        AssociationOutcome outcome = harness.Follow(start)[0];

        Assert.Equal((OutcomeStatus.Pending, "OutcomeUndecided"), (outcome.State, outcome.ErrorCode));
        Assert.Contains("of that second", outcome.Message, StringComparison.Ordinal);
        Assert.Contains("of that second", glance.Follow(start)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_long_after_a_start_is_not_the_one_that_was_started()
    {
        var service = new FollowService();
        string id = service.Add("1", "Success", ("Success", 1));
        service.Run(id, "Success", 10, "1", ("i-1", "Success"));
        var noon = new DateTime(2026, 1, 1, 9, 0, 0, DateTimeKind.Utc);
        using var harness = new FollowHarness(service);

        AssociationOutcome outcome = harness.Follow(new AssociationStart { State = StartStatus.Started, AssociationId = id, StartedAfter = noon, StartedBefore = noon.AddSeconds(1) })[0];

        Assert.NotEqual(OutcomeStatus.Success, outcome.State);
    }

    [Fact]
    public void A_few_executions_that_look_sorted_do_not_end_the_reading()
    {
        var service = new FollowService { PageSize = 2 };
        string id = service.Add("2", "Failed", ("Failed", 1));
        service.Run(id, "Failed", 11, "2", ("i-1", "Failed"));
        service.Run(id, "Success", 8, "1", ("i-1", "Success"));
        service.Run(id, "Success", 10, "2", ("i-1", "Success"));
        using var harness = new FollowHarness(service);

        Assert.Equal(OutcomeStatus.Failed, harness.Follow(id)[0].State);
    }

    [Fact]
    public void What_has_nodes_in_the_list_and_no_execution_at_all_did_not_reach_nobody()
    {
        var service = new FollowService();
        string id = service.Add("1", "Success", ("Success", 4));
        using var harness = new FollowHarness(service);

        Assert.Equal(OutcomeStatus.Unknown, harness.Follow(id)[0].State);
    }

    [Fact]
    public void What_has_nodes_in_the_list_before_its_execution_shows_them_did_not_reach_nobody()
    {
        var service = new FollowService();
        string id = service.Add("1", "Success", ("Success", 2));
        service.Run(id, "Success", 12, "1");
        using var harness = new FollowHarness(service);

        Assert.Equal(OutcomeStatus.Pending, harness.Follow(id)[0].State);
    }

    [Fact]
    public void Where_pages_of_nodes_shift_the_nodes_that_one_reading_left_out_count()
    {
        var service = new FollowService();
        string id = service.Add();
        string execution = service.Run(id, "Success", 10, "1", ("i-1", "Success"), ("i-2", "Failed"));
        service.Executions[id][0] = new ExecutionRecord { AssociationId = id, AssociationVersion = "1", ExecutionId = execution, Status = "Success", CreatedTime = new DateTime(2026, 1, 1, 10, 0, 0, DateTimeKind.Utc) };
        List<ExecutionTargetRecord> all = service.Targets[execution];
        service.Before = operation => service.Targets[execution] = operation == "Targets" && service.CallsOf("Targets") == 1 ? [all[0]] : all;
        using var harness = new FollowHarness(service);

        Assert.Equal(OutcomeStatus.Failed, harness.Follow(id)[0].State);
    }

    [Fact]
    public void A_node_that_two_pages_show_is_one_node()
    {
        var service = new FollowService();
        string id = service.Add("1", "Failed", ("Failed", 1));
        string execution = service.Run(id, "Failed", 10, "1", ("i-1", "Failed"));
        service.Targets[execution].Add(service.Targets[execution][0]);
        using var harness = new FollowHarness(service, new FollowOptions { IsDetailed = true });

        Assert.Single(harness.Follow(id)[0].Nodes);
    }

    private static void Deny(string operation, string denied)
    {
        if (operation == denied)
        {
            throw new GatewayException(GatewayErrorKind.Denied, "AccessDeniedException", "You may not.");
        }
    }

    /// <summary>Follows all of them together until each is decided, on a clock that jumps when everything waits.</summary>
    private static AssociationOutcome[] Follow(FollowService service, IEnumerable<string> ids)
    {
        var clock = new VirtualClock();
        using var control = new RunControl();
        using var place = new Place(new Destination("us-east-1", null), service, control.ForDestination(), new CallPace(clock));
        using var follower = new Follower(place, new RunOptions { ThrottleLimit = 64 }, s_wait, clock, new Backoff(new Random(1)), new FollowTally(), new RunLog());
        var reader = new FollowReader();
        FollowItem[] items = [.. ids.Select(reader.Read)];
        clock.Run(() => Task.WhenAll(items.Select(item =>
        {
            item.Destination = place.Destination;
            return follower.FollowAsync(item);
        })));
        return [.. items.Select(item => item.Result!)];
    }
}
