namespace SsmAssociationTools;

/// <summary>What Sync-SsmAssociationBatch does with an association that differs from its wanted entry.</summary>
public enum ChangedAssociationAction
{
    /// <summary>It is changed.</summary>
    Update,

    /// <summary>It stays as it is: the result is Existing, and its message names the members that differ.</summary>
    Skip,

    /// <summary>It stays as it is: the result is Failed with the code AssociationDiffers.</summary>
    Fail,
}
