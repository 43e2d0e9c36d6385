using System;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Files;

/// <summary>A file that cannot be read any further. The message holds no piece of the file.</summary>
#pragma warning disable CA1032 // Without a line it would say nothing.
internal sealed class FileFormatException : Exception
{
    public FileFormatException(long line, string message)
        : base(VisibleText.Of(message)) => Line = line;

    /// <summary>Line of the file, from 1; 0 for the file as a whole.</summary>
    public long Line { get; }
}
