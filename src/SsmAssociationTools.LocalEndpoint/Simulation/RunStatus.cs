namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>Where a run is, on one node or as a whole; the words are the service's.</summary>
internal enum RunStatus
{
    /// <summary>Not picked up yet.</summary>
    Pending,

    /// <summary>Picked up.</summary>
    InProgress,

    /// <summary>Ended well.</summary>
    Success,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Given up, or overtaken by the next run.</summary>
    TimedOut,

    /// <summary>Not run: the document is not for this platform, or there were too many errors before.</summary>
    Skipped,
}
