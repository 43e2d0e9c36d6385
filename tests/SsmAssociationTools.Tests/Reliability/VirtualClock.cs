using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>
/// A clock and a scheduler in one, for one thread: time stands still while tasks run and jumps to the end of the next
/// wait when all of them wait. What a wait continues runs at once on the thread that runs the clock, so that a test takes
/// the same course every time. Tasks must wait for nothing but this clock.
/// </summary>
internal sealed class VirtualClock : IClock
{
    private readonly PriorityQueue<TaskCompletionSource, (DateTime End, int Order)> _waits = new();
    private int _order;

    private static readonly DateTime s_start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public DateTime UtcNow { get; private set; } = s_start;

    public TimeSpan Uptime => UtcNow - s_start;

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wait = new TaskCompletionSource();
        _waits.Enqueue(wait, (UtcNow + delay, _order++));
        return wait.Task;
    }

    /// <summary>Starts tasks and lets time pass until they have ended.</summary>
    /// <param name="start">Starts the tasks.</param>
    public void Run(Func<Task> start)
    {
        // With a context of the test framework, what follows a wait would be queued for another thread.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Task task = start();
            while (!task.IsCompleted)
            {
                if (!_waits.TryDequeue(out TaskCompletionSource? wait, out (DateTime End, int Order) due))
                {
                    throw new InvalidOperationException("A task waits for something else than the clock.");
                }

                UtcNow = due.End > UtcNow ? due.End : UtcNow;
                wait.SetResult();
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
