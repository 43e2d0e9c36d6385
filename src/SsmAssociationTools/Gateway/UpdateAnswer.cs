using System;

namespace SsmAssociationTools.Gateway;

/// <summary>The answer of one UpdateAssociation call.</summary>
internal sealed class UpdateAnswer
{
    public UpdateAnswer(AssociationRecord association) => Association = association;

    /// <summary>The association as it is now, by the service.</summary>
    public AssociationRecord Association { get; }

    /// <summary>The service's id of the call.</summary>
    public string? RequestId { get; init; }

    /// <summary>When the service answered, by its own clock to the second, in UTC; null where it does not say so.</summary>
    public DateTime? ServiceTime { get; init; }
}
