namespace SsmAssociationTools;

/// <summary>
/// An input for which this run created no association, or none that it knows of: failed, invalid, unknown or not attempted.
/// Has the same properties as every result.
/// </summary>
public sealed class AssociationFailure : AssociationResult
{
    internal AssociationFailure()
    {
    }
}
