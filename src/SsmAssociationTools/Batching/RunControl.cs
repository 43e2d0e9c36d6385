using System;
using System.Threading;

namespace SsmAssociationTools.Batching;

/// <summary>
/// Stops a run in two steps: first no further call starts, then, after a time of grace, calls in flight are given up.
/// Safe for concurrent use.
/// </summary>
internal sealed class RunControl : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private StopReason? _reason;

    /// <summary>Cancelled when no further call may start.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <summary>Cancelled when calls in flight are given up.</summary>
    public CancellationToken AbandonToken => _abandon.Token;

    /// <summary>Why the run was stopped; null while it goes on.</summary>
    public StopReason? Reason => Volatile.Read(ref _reason);

    /// <summary>Lets no further call start. The first reason stays.</summary>
    /// <param name="reason">Why.</param>
    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _stop.Cancel();
        }
    }

    /// <summary>Lets no further call start, and gives up calls in flight after a time; their entries become Unknown.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="grace">How long calls in flight are awaited.</param>
    public void Interrupt(StopReason reason, TimeSpan grace)
    {
        Stop(reason);
        _abandon.CancelAfter(grace);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _abandon.Dispose();
    }
}
