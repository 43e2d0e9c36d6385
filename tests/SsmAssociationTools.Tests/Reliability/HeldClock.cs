using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>A clock on which every wait lasts until it is cancelled, and which tells when somebody waits.</summary>
internal sealed class HeldClock : IClock
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first wait begins.</summary>
    public Task Waiting => _waiting.Task;

    public DateTime UtcNow => DateTime.UtcNow;

    public TimeSpan Uptime => Stopwatch.GetElapsedTime(0);

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        _waiting.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
