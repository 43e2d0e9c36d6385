using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Batching;

/// <summary>How far a run is.</summary>
internal sealed class RunProgress
{
    /// <summary>Entries taken from the pipeline, counted for each destination.</summary>
    public long Received { get; set; }

    /// <summary>Entries that there are in all; null while more may come.</summary>
    public long? Total { get; set; }

    /// <summary>Entries with a result.</summary>
    public long Settled { get; set; }

    /// <summary>Associations created.</summary>
    public long Created { get; set; }

    /// <summary>Entries that failed, are invalid, unknown or not attempted.</summary>
    public long NotCreated { get; set; }

    /// <summary>The destination that lets through the fewest calls a second; null while nothing was throttled.</summary>
    public Destination? Slowest { get; set; }

    /// <summary>Calls a second that are let through there; infinite while nothing was throttled.</summary>
    public double SlowestRate { get; set; } = double.PositiveInfinity;

    /// <summary>Batches done.</summary>
    public int Batches { get; set; }
}
