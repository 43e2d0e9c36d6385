using System;

namespace SsmAssociationTools;

/// <summary>An association that exists: created by this run, or there already.</summary>
public sealed class AssociationSuccess : AssociationResult
{
    internal AssociationSuccess()
    {
    }

    /// <summary>Version of the association; 1 when it is new.</summary>
    public string? AssociationVersion { get; internal set; }

    /// <summary>When the service created the association, in UTC, as it says.</summary>
    public DateTime? Date { get; internal set; }
}
