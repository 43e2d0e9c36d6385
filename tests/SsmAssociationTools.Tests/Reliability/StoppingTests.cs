using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>A run that is stopped starts no further call, ends in bounded time and says of every input what is known.</summary>
public sealed class StoppingTests
{
    private static readonly StopReason s_stopped = new(ErrorCodes.EntryNotAttempted, "Not sent", "the test stopped the run.");

    private readonly MemoryService _service = new();

    [Fact]
    public async Task A_wait_before_the_next_try_ends_at_once()
    {
        var clock = new HeldClock();
        _service.OnCreate = (_, _, _) => throw new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded");
        using var harness = new RunHarness(_service, new RunOptions { BatchSize = 2 }, clock);
        Task<IReadOnlyList<AssociationResult>> run = Send(harness, 2);
        await clock.Waiting;

        harness.Control.Stop(s_stopped);
        IReadOnlyList<AssociationResult> results = await run;

        Assert.Equal(1, _service.CreateCalls);
        Assert.All(results, result =>
        {
            Assert.Equal(AssociationStatus.NotAttempted, result.State);
            Assert.True(result.IsRetryable);
        });
    }

    [Fact]
    public async Task A_call_that_is_answered_in_the_time_of_grace_counts()
    {
        var inCall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnCreate = async (_, request, token) =>
        {
            inCall.SetResult();
            await answer.Task.WaitAsync(token);
            return _service.Act(request);
        };
        using var harness = new RunHarness(_service, new RunOptions { BatchSize = 2, ThrottleLimit = 1 }, new InstantClock());
        Task<IReadOnlyList<AssociationResult>> run = Send(harness, 5);
        await inCall.Task;

        harness.Control.Interrupt(s_stopped, TimeSpan.FromMinutes(5));
        answer.SetResult();
        IReadOnlyList<AssociationResult> results = await run;

        Assert.Equal(1, _service.CreateCalls);
        Assert.Equal([0L, 1, 2, 3, 4], results.Select(result => result.Index));
        Assert.All(results.Take(2), result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.All(results.Skip(2), result => Assert.Equal(AssociationStatus.NotAttempted, result.State));
    }

    [Fact]
    public async Task A_call_that_outlasts_the_time_of_grace_is_given_up_and_unknown()
    {
        var inCall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnCreate = async (_, _, token) =>
        {
            inCall.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException("The call went on.");
        };
        using var harness = new RunHarness(_service, new RunOptions { BatchSize = 2, ThrottleLimit = 1 }, new InstantClock());
        Task<IReadOnlyList<AssociationResult>> run = Send(harness, 3);
        await inCall.Task;

        harness.Control.Interrupt(s_stopped, TimeSpan.FromMilliseconds(1));
        IReadOnlyList<AssociationResult> results = await run;

        Assert.Equal([AssociationStatus.Unknown, AssociationStatus.Unknown, AssociationStatus.NotAttempted], results.Select(result => result.State));
        Assert.All(results.Take(2), result => Assert.Equal(ErrorCodes.RequestTimeout, result.ErrorCode));
    }

    [Fact]
    public async Task Looking_for_what_was_created_ends_with_the_time_of_grace()
    {
        var clock = new HeldClock();
        _service.OnCreate = (_, _, _) => throw MemoryService.TimedOut();
        using var harness = new RunHarness(_service, new RunOptions { BatchSize = 2 }, clock);
        Task<IReadOnlyList<AssociationResult>> run = Send(harness, 2);
        await clock.Waiting;

        harness.Control.Interrupt(s_stopped, TimeSpan.FromMilliseconds(1));
        IReadOnlyList<AssociationResult> results = await run;

        Assert.Equal(1, _service.CreateCalls);
        Assert.All(results, result =>
        {
            Assert.Equal(AssociationStatus.Unknown, result.State);
            Assert.Contains("stopped before it could be looked up", result.Message);
        });
    }

    [Fact]
    public async Task What_a_shut_down_run_can_no_longer_hand_back_is_in_its_journal()
    {
        using var folder = new TemporaryFolder();
        var inCall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnCreate = async (_, request, token) =>
        {
            inCall.TrySetResult();
            await answer.Task.WaitAsync(token);
            return _service.Act(request);
        };
        using (var journal = Journal.Open(folder.File("journal")))
        using (var harness = new RunHarness(_service, new RunOptions { BatchSize = 2 }, new InstantClock(), journal))
        {
            harness.Add(RunHarness.Entry(0));
            harness.Add(RunHarness.Entry(1));
            await inCall.Task;
            Task shutdown = Task.Run(harness.Shutdown);
            answer.SetResult();
            await shutdown;
            Assert.Empty(harness.Results);
        }

        using (var journal = Journal.Open(folder.File("journal")))
        using (var harness = new RunHarness(_service, new RunOptions { BatchSize = 2 }, new InstantClock(), journal))
        {
            IReadOnlyList<AssociationResult> results = harness.Send([RunHarness.Entry(0), RunHarness.Entry(1)]);
            Assert.Equal(_service.Records.Select(record => record.AssociationId), results.Select(result => result.AssociationId));
        }

        Assert.Equal(1, _service.CreateCalls);
    }

    [Fact]
    public void No_more_is_held_back_than_the_window_while_the_service_is_busy()
    {
        var clock = new JumpingClock();
        using var gateway = new BusyGateway(clock, 5, 5);
        using var harness = new RunHarness(gateway, new RunOptions { BatchSize = 10, ThrottleLimit = 1 }, clock);
        for (int i = 0; i < 20_000; i++)
        {
            harness.Add(RunHarness.Entry(i));
            Assert.InRange(i + 1 - harness.Results.Count, 0, 10 * 32);
        }

        harness.Complete();

        Assert.Equal(20_000, harness.Results.Count);
        Assert.All(harness.Results, result => Assert.Equal(AssociationStatus.Created, result.State));
    }

    private static Task<IReadOnlyList<AssociationResult>> Send(RunHarness harness, int count) =>
        Task.Run(() => harness.Send(Enumerable.Range(0, count).Select(RunHarness.Entry)));
}
