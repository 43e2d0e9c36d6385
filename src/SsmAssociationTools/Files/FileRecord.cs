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

    /// <summary>What is wrong with it as a piece of the file.</summary>
    public List<FileNote> Notes { get; } = [];
}
