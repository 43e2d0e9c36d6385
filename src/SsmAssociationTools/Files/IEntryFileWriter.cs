using System;

namespace SsmAssociationTools.Files;

/// <summary>Writes one file of entries. Disposed before its end, it leaves half a file behind. Not safe for concurrent use.</summary>
internal interface IEntryFileWriter : IDisposable
{
    /// <summary>Adds an entry. It may be written at once or with the end.</summary>
    void Add(AssociationEntry entry);

    /// <summary>Writes what is left. The stream stays open.</summary>
    /// <exception cref="FileFormatException">The entries do not fit to the file that they are added to.</exception>
    void Complete();
}
