namespace SsmAssociationTools.Gateway;

/// <summary>
/// One UpdateAssociation call. The operation takes all members of an entry but InstanceId, which is not sent.
/// </summary>
internal sealed class UpdateRequest
{
    public UpdateRequest(string associationId, AssociationEntry content)
    {
        AssociationId = associationId;
        Content = content;
    }

    /// <summary>Id of the association.</summary>
    public string AssociationId { get; }

    /// <summary>Its content to be. A null member is not sent; an empty list, map or structure is sent empty.</summary>
    public AssociationEntry Content { get; }

    /// <summary>The version that the change is made to; the service refuses it where there is a later one. Null: whatever is there.</summary>
    public string? AssociationVersion { get; init; }

    /// <summary>ARN of the role that State Manager takes to dispatch the association; null is not sent.</summary>
    public string? AssociationDispatchAssumeRole { get; init; }
}
