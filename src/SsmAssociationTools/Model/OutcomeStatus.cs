namespace SsmAssociationTools;

/// <summary>How an association that was created, changed or started turned out on its nodes.</summary>
public enum OutcomeStatus
{
    /// <summary>The execution ended, every node that it reached is done and none failed.</summary>
    Success,

    /// <summary>The execution failed, or it ended otherwise and nodes failed.</summary>
    Failed,

    /// <summary>The execution was given up: nodes were not done in time, or the next run began before they were.</summary>
    TimedOut,

    /// <summary>The execution was cancelled.</summary>
    Cancelled,

    /// <summary>The execution was skipped: nothing was to be done on any node.</summary>
    Skipped,

    /// <summary>Nodes are at it. Not an end.</summary>
    Running,

    /// <summary>Nobody has picked it up yet. Not an end.</summary>
    Pending,

    /// <summary>
    /// Nobody has picked it up for longer than -ReachTimeout, whatever the service calls it: it says Success of an execution
    /// that no node took part in.
    /// </summary>
    ReachedNobody,

    /// <summary>It runs at its scheduled times alone, and the first of them is not due yet.</summary>
    Scheduled,

    /// <summary>A newer version of the association took over before this one was decided.</summary>
    Superseded,

    /// <summary>There is no such association any more.</summary>
    Deleted,

    /// <summary>The input stands for no association: nothing was created, changed or started for it. No call was made.</summary>
    NotCreated,

    /// <summary>It cannot be told.</summary>
    Unknown,
}
