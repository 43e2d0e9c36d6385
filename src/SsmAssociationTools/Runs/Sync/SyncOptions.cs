namespace SsmAssociationTools.Runs.Sync;

/// <summary>How a fleet is brought to the wanted state, the same for all entries of a run.</summary>
internal sealed class SyncOptions
{
    /// <summary>What to do with an association that differs from its entry.</summary>
    public ChangedAssociationAction IfChanged { get; init; }

    /// <summary>True where the command names a dispatch role; otherwise the one that is there stays.</summary>
    public bool HasDispatchRole { get; init; }

    /// <summary>The dispatch role that is wanted; null for the service's own.</summary>
    public string? DispatchRole { get; init; }

    /// <summary>The role as a journal has it: null where it is none of what is wanted.</summary>
    public string? JournalRole => HasDispatchRole ? DispatchRole ?? string.Empty : null;
}
