using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>The entries of one CreateAssociationBatch call.</summary>
internal sealed class CreateBatchRequest
{
    public CreateBatchRequest(IReadOnlyList<AssociationEntry> entries, string? associationDispatchAssumeRole)
    {
        Entries = entries;
        AssociationDispatchAssumeRole = associationDispatchAssumeRole;
    }

    /// <summary>At least one entry.</summary>
    public IReadOnlyList<AssociationEntry> Entries { get; }

    /// <summary>ARN of the role that State Manager takes to dispatch the associations; null for the service's default.</summary>
    public string? AssociationDispatchAssumeRole { get; }
}
