using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using Xunit;

namespace SsmAssociationTools.Tests.Runs;

/// <summary>The engine of ordered work, driven by an operation that only tests have.</summary>
public sealed class OrderedRunTests
{
    private static readonly GatewayException s_denied = new(GatewayErrorKind.Denied, "AccessDeniedException", "no");

    [Fact]
    public void Results_come_in_input_order_whatever_ends_first()
    {
        using var harness = new ProbeHarness(async (_, items) =>
        {
            await Task.Delay(items[0].Index % 3 == 0 ? 20 : 0);
            return ProbeHarness.Fine;
        });

        harness.Add(Ids(50));
        harness.Run.Complete();

        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), harness.Settled.Select(item => item.Index));
        Assert.All(harness.Verdicts, verdict => Assert.Equal(RunVerdict.Succeeded, verdict));
    }

    [Fact]
    public void Inputs_that_exclude_each_other_are_worked_on_one_after_the_other_in_input_order()
    {
        var inFlight = new ConcurrentDictionary<string, int>();
        var order = new ConcurrentQueue<(string Id, long Index)>();
        int most = 0;
        using var harness = new ProbeHarness(
            async (_, items) =>
            {
                foreach (ProbeItem item in items)
                {
                    order.Enqueue((item.Id, item.Index));
                    int now = inFlight.AddOrUpdate(item.Id, 1, (_, count) => count + 1);
                    InterlockedMax(ref most, now);
                }

                await Task.Delay(2);
                foreach (ProbeItem item in items)
                {
                    inFlight.AddOrUpdate(item.Id, 0, (_, count) => count - 1);
                }

                return ProbeHarness.Fine;
            },
            new RunOptions { BatchSize = 3, ThrottleLimit = 8 });

        harness.Add([.. Enumerable.Range(0, 60).Select(i => "id" + (i % 4))]);
        harness.Run.Complete();

        Assert.Equal(60, harness.Settled.Count);
        Assert.Equal(1, most);
        Assert.All(order.GroupBy(one => one.Id), same => Assert.Equal(same.Select(one => one.Index).Order(), same.Select(one => one.Index)));
    }

    [Fact]
    public void Inputs_go_together_up_to_the_size_of_a_batch()
    {
        var sizes = new ConcurrentQueue<int>();
        using var harness = new ProbeHarness(
            (_, items) =>
            {
                sizes.Enqueue(items.Count);
                return Task.FromResult(ProbeHarness.Fine);
            },
            new RunOptions { BatchSize = 10 });

        harness.Add(Ids(25));
        harness.Run.Complete();

        Assert.Equal([5, 10, 10], sizes.Order());
        Assert.Equal(25, harness.Settled.Count);
    }

    [Fact]
    public void A_throttled_call_is_made_again_and_slows_its_place()
    {
        int calls = 0;
        double rate = double.PositiveInfinity;
        using var harness = new ProbeHarness((place, _) =>
        {
            if (Interlocked.Increment(ref calls) <= 2)
            {
                throw new GatewayException(GatewayErrorKind.Throttled, ErrorCodes.ThrottlingException, "slow down");
            }

            rate = place.Pace.Rate;
            return Task.FromResult(ProbeHarness.Fine);
        });

        harness.Add("a");
        harness.Run.Complete();

        Assert.Equal([RunVerdict.Succeeded], harness.Verdicts);
        Assert.True(rate < 100);
        Assert.Contains(harness.Lines, line => line.Contains(ErrorCodes.ThrottlingException, StringComparison.Ordinal));
    }

    [Fact]
    public void A_place_that_is_stopped_leaves_the_others_alone_and_gives_what_still_comes_a_result()
    {
        using var harness = new ProbeHarness((place, _) => place.Destination.Region == "us-east-1" ? throw s_denied : Task.FromResult(ProbeHarness.Fine));

        for (int i = 0; i < 2_500; i++)
        {
            harness.Run.Add(harness.Item("id" + i, i % 2 == 0 ? "us-east-1" : "eu-west-1"));
        }

        harness.Run.Complete();

        Assert.Equal(Enumerable.Range(0, 2_500).Select(i => (long)i), harness.Settled.Select(item => item.Index));
        Assert.All(harness.Settled.Where(item => item.Destination.Region == "eu-west-1"), item => Assert.Equal(RunVerdict.Succeeded, item.Verdict));
        Assert.All(harness.Settled.Where(item => item.Destination.Region == "us-east-1"), item => Assert.Contains(item.Verdict, (RunVerdict[])[RunVerdict.Failed, RunVerdict.Stopped]));
        Assert.Contains(RunVerdict.Stopped, harness.Verdicts);
        Assert.Null(harness.Run.Reason);
        Assert.Equal("us-east-1", Assert.Single(harness.Run.StoppedDestinations).Destination.Region);
    }

    [Fact]
    public void What_comes_after_the_end_of_the_run_is_not_attempted_and_asked_nobody()
    {
        int connections = 0;
        int calls = 0;
        ProbeHarness? own = null;
        using var harness = own = new ProbeHarness(
            (_, _) =>
            {
                calls++;
                own!.Control.Stop(new StopReason("JournalNotWritten", "Not asked", "full.", isFatal: true));
                return Task.FromResult(ProbeHarness.Fine);
            },
            new RunOptions { BatchSize = 1, ThrottleLimit = 1 },
            _ =>
            {
                connections++;
                return own!.Gateway;
            });

        harness.Add("a");
        harness.Run.Complete();
        Assert.True(harness.Run.SettleUnlessOpen(harness.Item("b")));
        harness.Run.Add(harness.Item("c", "eu-west-1"));
        harness.Add("known");
        harness.Run.Complete();

        Assert.Equal([RunVerdict.Succeeded, RunVerdict.Stopped, RunVerdict.Stopped, RunVerdict.Succeeded], harness.Verdicts);
        Assert.Equal(1, connections);
        Assert.Equal(1, calls);
        Assert.True(harness.Run.Reason!.IsFatal);
    }

    [Fact]
    public void The_first_failure_stops_the_run_where_that_is_asked_for()
    {
        using var harness = new ProbeHarness(
            (_, items) => Task.FromResult(items[0].Id == "id3" ? new ProbeResult(RunVerdict.Failed, "X", "bad") : ProbeHarness.Fine),
            new RunOptions { BatchSize = 1, ThrottleLimit = 1, StopOnFailure = true });

        harness.Add(Ids(9));
        harness.Run.Complete();

        Assert.Equal(9, harness.Settled.Count);
        Assert.Equal(RunVerdict.Failed, harness.Settled[3].Verdict);
        Assert.All(harness.Settled.Skip(4), item => Assert.Equal(("Not asked: input 3 failed.", RunVerdict.Stopped), (item.Result!.Text, item.Verdict)));
    }

    [Fact]
    public void An_unexpected_error_leaves_its_inputs_unknown_and_stops_the_run()
    {
        using var harness = new ProbeHarness(
            (_, items) => items[0].Id == "id1" ? throw new InvalidOperationException("broken") : Task.FromResult(ProbeHarness.Fine),
            new RunOptions { BatchSize = 1, ThrottleLimit = 1 });

        harness.Add(Ids(5));
        harness.Run.Complete();

        Assert.Equal(5, harness.Settled.Count);
        Assert.Equal((ErrorCodes.InternalError, "broken"), (harness.Settled[1].Result!.Code, harness.Settled[1].Result!.Text));
        Assert.All(harness.Settled.Skip(2), item => Assert.Equal(RunVerdict.Stopped, item.Verdict));
    }

    [Fact]
    public void Work_that_gives_no_result_leaves_the_input_unknown()
    {
        using var harness = new ProbeHarness((_, _) => Task.FromResult<ProbeResult>(null!));

        harness.Add("a");
        harness.Run.Complete();

        Assert.Equal(ErrorCodes.InternalError, Assert.Single(harness.Settled).Result!.Code);
    }

    [Fact]
    public void A_place_that_cannot_be_reached_ends_a_run_that_has_taken_nothing()
    {
        using var harness = new ProbeHarness((_, _) => Task.FromResult(ProbeHarness.Fine), connect: _ => throw s_denied);

        Assert.Same(s_denied, Assert.Throws<GatewayException>(() => harness.Add("a")));
    }

    [Fact]
    public void A_place_that_cannot_be_reached_later_costs_only_its_own_inputs_and_is_tried_once()
    {
        int tries = 0;
        ProbeHarness? own = null;
        using var harness = own = new ProbeHarness((_, _) => Task.FromResult(ProbeHarness.Fine), connect: destination =>
        {
            if (destination.Region == "eu-west-1")
            {
                tries++;
                throw s_denied;
            }

            return own!.Gateway;
        });

        harness.Add("a");
        harness.Run.Add(harness.Item("b", "eu-west-1"));
        harness.Add("c");
        harness.Run.Add(harness.Item("d", "eu-west-1"));
        harness.Run.Complete();

        Assert.Equal([RunVerdict.Succeeded, RunVerdict.Failed, RunVerdict.Succeeded, RunVerdict.Failed], harness.Verdicts);
        Assert.Equal("AccessDeniedException", harness.Settled[3].Result!.Code);
        Assert.Equal(1, tries);
    }

    [Fact]
    public void No_Region_and_the_one_that_it_turns_out_to_be_are_one_place()
    {
        var places = new ConcurrentDictionary<Place, bool>();
        using var harness = new ProbeHarness((place, _) =>
        {
            places.TryAdd(place, true);
            return Task.FromResult(ProbeHarness.Fine);
        });

        harness.Run.Add(harness.Item("a", null));
        harness.Run.Add(harness.Item("b", harness.Gateway.Region));
        harness.Run.Complete();

        Assert.Single(places);
        Assert.All(harness.Settled, item => Assert.Equal(harness.Gateway.Region, item.Destination.Region));
    }

    [Fact]
    public void A_plan_is_carried_out_in_any_order_and_its_results_come_in_input_order()
    {
        var places = new ConcurrentQueue<(Place Place, string Id)>();
        using var harness = new ProbeHarness(
            (place, items) =>
            {
                foreach (ProbeItem item in items)
                {
                    places.Enqueue((place, item.Id));
                }

                return Task.FromResult(ProbeHarness.Fine);
            },
            new RunOptions { BatchSize = 20 });
        List<ProbeItem> items = [.. Ids(3_000).Select(id => harness.Item(id))];

        items.ForEach(harness.Run.Plan);
        Assert.Empty(harness.Settled);
        items.FindAll(item => item.Index % 2 == 1).ForEach(harness.Run.Add);
        items.FindAll(item => item.Index % 2 == 0 && item.Index > 0).ForEach(harness.Run.AddAlone);
        Assert.Empty(harness.Settled);
        harness.Run.Settle(items[0], new ProbeResult(RunVerdict.LeftOut, null, "nothing to do"));
        harness.Run.Complete();

        Assert.Equal(items, harness.Settled);
        Assert.Single(places.Select(one => one.Place).Distinct());
        Assert.Equal(2_999, places.Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public void A_plan_that_is_not_carried_out_to_its_end_still_has_a_result_for_every_input()
    {
        using var harness = new ProbeHarness((_, _) => Task.FromResult(ProbeHarness.Fine));

        harness.Run.Plan(harness.Item("a"));
        harness.Run.Plan(harness.Item("b"));
        harness.Run.Complete();

        Assert.Equal([RunVerdict.Stopped, RunVerdict.Stopped], harness.Verdicts);
    }

    [Fact]
    public void A_slow_call_holds_back_the_results_and_not_the_memory()
    {
        var slow = new TaskCompletionSource();
        int others = 0;
        using var harness = new ProbeHarness(async (_, items) =>
        {
            if (items[0].Index == 0)
            {
                await slow.Task;
            }
            else if (Interlocked.Increment(ref others) == 30)
            {
                slow.SetResult();
            }

            return ProbeHarness.Fine;
        });

        int most = 0;
        for (int i = 0; i < 5_000; i++)
        {
            harness.Add("id" + i);
            most = Math.Max(most, i - harness.Settled.Count);
        }

        harness.Run.Complete();

        Assert.InRange(most, 0, 100);
        Assert.Equal(5_000, harness.Settled.Count);
    }

    [Fact]
    public void A_shut_down_run_knows_what_it_could_not_hand_back()
    {
        using var harness = new ProbeHarness(
            async (place, _) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, place.Control.AbandonToken);
                return ProbeHarness.Fine;
            },
            new RunOptions { BatchSize = 1, ThrottleLimit = 2, Grace = TimeSpan.FromMilliseconds(10) });

        harness.Add(Ids(6));
        harness.Run.Shutdown(new StopReason(ErrorCodes.EntryNotAttempted, "Not sent", "stopped"));

        Assert.Empty(harness.Settled);
        Assert.Equal(6, harness.Run.Undelivered.Count);
        Assert.All(harness.Run.Undelivered, item => Assert.Equal(RunVerdict.Stopped, item.Status));
    }

    private static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => "id" + i)];

    private static void InterlockedMax(ref int most, int now)
    {
        for (int seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
