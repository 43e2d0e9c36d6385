namespace SsmAssociationTools;

/// <summary>How a wanted entry and an existing association stand to each other.</summary>
public enum ComparisonStatus
{
    /// <summary>The entry is wanted, and no association belongs to it.</summary>
    Missing,

    /// <summary>The association exists, and no wanted entry belongs to it.</summary>
    Extra,

    /// <summary>
    /// An association of the same AssociationName exists (without one: of the same document and InstanceId), and its content
    /// differs.
    /// </summary>
    Changed,

    /// <summary>An association with the entry's content exists.</summary>
    Same,
}
