namespace SsmAssociationTools.Runs.Sync;

/// <summary>What bringing a place to the wanted state needs for one wanted entry.</summary>
internal enum SyncAction
{
    /// <summary>Nothing of its name, or of its content where it has no name, is there.</summary>
    Create,

    /// <summary>Its association is there and differs.</summary>
    Update,

    /// <summary>Its association is there with the same content.</summary>
    Nothing,

    /// <summary>Its name stands for several associations or entries, so that nobody can tell which is which.</summary>
    Unclear,
}
