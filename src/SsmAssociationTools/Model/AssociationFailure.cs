namespace SsmAssociationTools;

/// <summary>An input for which no association is known to exist: failed, invalid, unknown or not attempted.</summary>
public sealed class AssociationFailure : AssociationResult
{
    internal AssociationFailure()
    {
    }

    /// <summary>What to do next, in a sentence.</summary>
    public string? RecommendedAction { get; internal set; }
}
