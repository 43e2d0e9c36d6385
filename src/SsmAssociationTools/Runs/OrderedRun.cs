using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs;

/// <summary>A run as whoever drives it sees it, whatever its inputs are.</summary>
internal abstract class OrderedRun : IDisposable
{
    private protected OrderedRun(RunControl control) => Control = control;

    /// <summary>True while the run has taken no input.</summary>
    public bool IsUntouched => Counts.Received == 0;

    /// <summary>
    /// Why nothing more can be done at all: the run was stopped, or every place that it works in was, the last of them for
    /// this; null while something can.
    /// </summary>
    public StopReason? Reason => Control.FinalReason;

    /// <summary>Places that were stopped, each with the reason.</summary>
    public abstract IEnumerable<(Destination Destination, StopReason Reason)> StoppedDestinations { get; }

    /// <summary>Inputs whose results were not handed back, because the run was shut down.</summary>
    public abstract IReadOnlyCollection<RunItem> Undelivered { get; }

    /// <summary>What became of all inputs so far, delivered or not: how many have which status.</summary>
    public abstract IReadOnlyDictionary<Enum, long> Tally { get; }

    /// <summary>How far the run is.</summary>
    private protected RunProgress Counts { get; } = new();

    private protected RunControl Control { get; }

    /// <summary>Says how many inputs will come, where that is known before the last one.</summary>
    public void Expect(long total) => Counts.Total = total;

    /// <summary>Waits for every call and hands back every input.</summary>
    public abstract void Complete();

    /// <summary>
    /// Ends a run that can hand back nothing more: no further call starts, and calls in flight are awaited for the time
    /// of grace, then given up.
    /// </summary>
    public abstract void Shutdown(StopReason reason);

    public abstract void Dispose();
}
