using System.Collections.Generic;

namespace SsmAssociationTools.Files;

/// <summary>What stands for one entry in a file: a row, a line, an item of a list, a resource of a template.</summary>
internal sealed class FileRecord(long line, object? value)
{
    /// <summary>Line of the file on which it begins, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>What the reader of entries is to read; null where there is nothing that it could.</summary>
    public object? Value { get; } = value;

    /// <summary>What the file calls it, such as <c>resource PatchWeb</c>; null without a name.</summary>
    public string? Name { get; init; }

    /// <summary>Members whose values may be secrets that the file or its parameters bring: no message shows them. Null for none.</summary>
    public HashSet<string>? Sensitive { get; init; }

    /// <summary>True where the error of an earlier record says all: this one has its place in the output, and no error of its own.</summary>
    public bool IsTold { get; set; }

    /// <summary>True where it holds others that cannot be told apart, so that what follows may be missing or shifted.</summary>
    public bool IsRestInDoubt { get; set; }

    /// <summary>What is wrong with it as a piece of the file.</summary>
    public List<FileNote> Notes { get; } = [];
}
