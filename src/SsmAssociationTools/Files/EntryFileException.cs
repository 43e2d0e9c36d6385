using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Files;

/// <summary>Why a file of entries, or one record of it, was not read or not written. Holds no value of Parameters.</summary>
#pragma warning disable CA1032 // Made by the cmdlets only; without a path it would say nothing.
public sealed class EntryFileException : Exception
{
    internal EntryFileException(string message, string path, long line, IReadOnlyList<string> problems, Exception? innerException = null)
        : base(VisibleText.Of(message), innerException)
    {
        Path = path;
        Line = line;
        Problems = problems.Select(VisibleText.Of).ToArray();
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Line of the file, from 1; 0 for the file as a whole.</summary>
    public long Line { get; }

    /// <summary>Each problem with its member and what to do.</summary>
    public IReadOnlyList<string> Problems { get; }
}
