namespace SsmAssociationTools;

/// <summary>What became of one input of Remove-SsmAssociationBatch.</summary>
public enum RemovalStatus
{
    /// <summary>The association was deleted by this run, or by an earlier run with the same journal.</summary>
    Removed,

    /// <summary>The association was not there any more; nothing was deleted for this input.</summary>
    Absent,

    /// <summary>The association has another content than the input says. It was not deleted.</summary>
    Changed,

    /// <summary>The service refused to delete the association; it is still there.</summary>
    Failed,

    /// <summary>No id of an association can be read from the input.</summary>
    Invalid,

    /// <summary>A call to delete the association was made, and it is not known whether the service acted. Deleting again is safe.</summary>
    Unknown,

    /// <summary>No call to delete the association was made.</summary>
    NotAttempted,
}
