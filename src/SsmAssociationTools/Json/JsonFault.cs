namespace SsmAssociationTools.Json;

/// <summary>What keeps a text from being read as JSON.</summary>
internal enum JsonFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The text is not JSON.</summary>
    Syntax,

    /// <summary>The nesting is deeper than any entry.</summary>
    TooDeep,

    /// <summary>One object has a member twice.</summary>
    Duplicate,
}
