using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Follow;
using SsmAssociationTools.Tests.Reliability;
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
