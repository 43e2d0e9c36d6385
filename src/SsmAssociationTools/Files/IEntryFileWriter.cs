using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Files;

/// <summary>Writes one file of entries. Disposed before its end, it leaves half a file behind. Not safe for concurrent use.</summary>
internal interface IEntryFileWriter : IDisposable
{
    /// <summary>What is to be said of the whole file once it is complete.</summary>
    IReadOnlyList<string> Remarks { get; }

    /// <summary>Says why the form of the file cannot hold an entry; null where it can. Holds no value of Parameters.</summary>
    string? Refusal(AssociationEntry entry);

    /// <summary>Adds an entry. It may be written at once or with the end.</summary>
    /// <param name="associationId">Id of the association that it was read from; null where it is none that exists.</param>
    void Add(AssociationEntry entry, string? associationId);

    /// <summary>Writes what is left. The stream stays open.</summary>
    /// <exception cref="FileFormatException">The entries do not fit to the file that they are added to.</exception>
    void Complete();
}
