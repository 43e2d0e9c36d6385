namespace SsmAssociationTools.Documents;

/// <summary>How a value fits a pattern.</summary>
internal enum PatternFit
{
    /// <summary>That cannot be told here.</summary>
    Unknown,

    /// <summary>As a whole, and so in a part.</summary>
    Whole,

    /// <summary>In a part only.</summary>
    Part,

    /// <summary>Not at all.</summary>
    None,
}
