namespace SsmAssociationTools.LocalEndpoint.Model;

/// <summary>The kinds of shape that the API model uses in requests.</summary>
internal enum ShapeKind
{
    /// <summary>An object with named members.</summary>
    Structure,

    /// <summary>An array.</summary>
    List,

    /// <summary>An object with free names.</summary>
    Map,

    /// <summary>A text.</summary>
    String,

    /// <summary>A 32-bit number.</summary>
    Integer,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A time; occurs in answers only.</summary>
    Timestamp,

    /// <summary>A 64-bit number.</summary>
    Long,
}
