using System;
using System.Collections.Generic;
using System.Threading;

namespace SsmAssociationTools.Runs;

/// <summary>
/// Stops a run, or one destination of it, in two steps: first no further call starts, then, after a time of grace, calls in
/// flight are given up. Safe for concurrent use.
/// </summary>
internal sealed class RunControl : IDisposable
{
    private readonly RunControl? _run;
    private readonly List<RunControl> _destinations = [];
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _abandon;
    private StopReason? _reason;

    /// <summary>Makes the control of a run.</summary>
    public RunControl()
    {
        _stop = new CancellationTokenSource();
        _abandon = new CancellationTokenSource();
    }

    private RunControl(RunControl run)
    {
        _run = run;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(run.StopToken);
        _abandon = CancellationTokenSource.CreateLinkedTokenSource(run.AbandonToken);
    }

    /// <summary>Cancelled when no further call may start.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <summary>Cancelled when calls in flight are given up.</summary>
    public CancellationToken AbandonToken => _abandon.Token;

    /// <summary>Why this was stopped; null while it goes on.</summary>
    public StopReason? Reason => Volatile.Read(ref _reason) ?? _run?.Reason;

    /// <summary>Makes the control of one destination: it stops with the run, and can be stopped alone.</summary>
    public RunControl ForDestination()
    {
        var destination = new RunControl(this);
        _destinations.Add(destination);
        return destination;
    }

    /// <summary>
    /// Why nothing more can be done at all: the run was stopped, or every destination was, the last of them for this; null
    /// while something can. Asked by the thread that makes the destinations.
    /// </summary>
    public StopReason? FinalReason
    {
        get
        {
            if (Reason is { } reason)
            {
                return reason;
            }

            StopReason? last = null;
            foreach (RunControl destination in _destinations)
            {
                last = destination.Reason;
                if (last is null)
                {
                    return null;
                }
            }

            return last;
        }
    }

    /// <summary>Lets no further call start. The first reason stays.</summary>
    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _stop.Cancel();
        }
    }

    /// <summary>Stops the whole run.</summary>
    public void StopRun(StopReason reason) => (_run ?? this).Stop(reason);

    /// <summary>Lets no further call start, and gives up calls in flight after a time; their entries become Unknown.</summary>
    public void Interrupt(StopReason reason, TimeSpan grace)
    {
        Stop(reason);
        _abandon.CancelAfter(grace);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abandon.Dispose();
    }
}
