namespace SsmAssociationTools.Files;

/// <summary>How the characters of a written file become bytes.</summary>
public enum EntryFileEncoding
{
    /// <summary>UTF-8 without a byte order mark.</summary>
    Utf8,

    /// <summary>UTF-8 with a byte order mark, by which Excel knows it.</summary>
    Utf8Bom,

    /// <summary>UTF-16, little-endian, with a byte order mark.</summary>
    Unicode,

    /// <summary>UTF-16, big-endian, with a byte order mark.</summary>
    BigEndianUnicode,
}
