namespace SsmAssociationTools;

/// <summary>What became of one input of Start-SsmAssociationBatch.</summary>
public enum StartStatus
{
    /// <summary>The service took the order to run the association.</summary>
    Started,

    /// <summary>The service refused, or the input names no association; nothing was started for it.</summary>
    Failed,

    /// <summary>A call was made and it is not known whether the service acted. Starting again may run the association twice.</summary>
    Unknown,

    /// <summary>No call was made for it, or none that reached the service.</summary>
    NotAttempted,
}
