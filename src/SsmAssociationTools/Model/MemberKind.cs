namespace SsmAssociationTools.Model;

/// <summary>What a member of an entry, or of a part of one, holds.</summary>
internal enum MemberKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>One of the service's constants.</summary>
    Constant,

    /// <summary>True, false or absent.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A list of texts whose order means nothing.</summary>
    Texts,

    /// <summary>Lists of texts by name.</summary>
    Map,

    /// <summary>A list of maps.</summary>
    Maps,

    /// <summary>A structure.</summary>
    Part,

    /// <summary>A list of structures.</summary>
    Parts,
}
