namespace SsmAssociationTools;

/// <summary>An association that exists: created by this run, or there already. Has the same properties as every result.</summary>
public sealed class AssociationSuccess : AssociationResult
{
    internal AssociationSuccess()
    {
    }
}
