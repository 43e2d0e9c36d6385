namespace SsmAssociationTools.Runs.Journal;

/// <summary>What a journal records. A journal of the one cannot be used for the other.</summary>
internal enum JournalPurpose
{
    /// <summary>Entries that are created: New-SsmAssociationBatch.</summary>
    Create,

    /// <summary>Associations that are removed: Remove-SsmAssociationBatch.</summary>
    Remove,

    /// <summary>Associations that are changed: Update-SsmAssociationBatch.</summary>
    Update,

    /// <summary>What was found or made the same: Sync-SsmAssociationBatch.</summary>
    Sync,

    /// <summary>Associations that are run: Start-SsmAssociationBatch.</summary>
    Start,
}
