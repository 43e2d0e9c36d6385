namespace SsmAssociationTools.Batching;

/// <summary>How far a run is.</summary>
internal sealed class RunProgress
{
    /// <summary>Entries taken from the pipeline.</summary>
    public long Received { get; set; }

    /// <summary>Entries with a result.</summary>
    public long Settled { get; set; }

    /// <summary>Associations created.</summary>
    public long Created { get; set; }

    /// <summary>Entries that failed, are invalid, unknown or not attempted.</summary>
    public long NotCreated { get; set; }

    /// <summary>Calls a second that are let through in the slowest Region; infinite while nothing was throttled.</summary>
    public double Rate { get; set; } = double.PositiveInfinity;

    /// <summary>Batches done.</summary>
    public int Batches { get; set; }
}
