namespace SsmAssociationTools.Documents;

/// <summary>What a parameter of a document takes.</summary>
internal enum ParameterKind
{
    /// <summary>A type that is not known here: nothing is said of its values.</summary>
    Unknown,

    /// <summary>One text.</summary>
    Text,

    /// <summary>Any number of texts.</summary>
    List,

    /// <summary>One whole number.</summary>
    Integer,

    /// <summary>One truth value.</summary>
    Boolean,

    /// <summary>One JSON object.</summary>
    Map,

    /// <summary>Any number of JSON objects.</summary>
    MapList,
}
