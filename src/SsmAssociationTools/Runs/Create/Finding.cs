using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Create;

/// <summary>What a look at the service tells of an entry of unknown outcome.</summary>
internal sealed class Finding
{
    private Finding(AssociationRecord? record, string? reason)
    {
        Record = record;
        Reason = reason;
    }

    /// <summary>No association of the entry exists: it can be sent again.</summary>
    public static Finding Absent { get; } = new(null, null);

    /// <summary>The association that the entry created; null where none was found.</summary>
    public AssociationRecord? Record { get; }

    /// <summary>Why it cannot be told; null where it can.</summary>
    public string? Reason { get; }

    /// <summary>The entry created this association.</summary>
    public static Finding Found(AssociationRecord record) => new(record, null);

    /// <summary>It cannot be told whether the entry created an association.</summary>
    public static Finding Undecided(string reason) => new(null, reason);
}
