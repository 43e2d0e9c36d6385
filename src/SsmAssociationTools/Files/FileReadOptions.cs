using System.Text;

namespace SsmAssociationTools.Files;

/// <summary>How a file of entries is read.</summary>
internal sealed class FileReadOptions
{
    /// <summary>The form of the file.</summary>
    public EntryFileFormat Format { get; init; }

    /// <summary>What stands between the cells of a CSV file; null where the heading tells.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The encoding of a text without a byte order mark; null for UTF-8, or UTF-16 where the bytes show it.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The sheet of a workbook, in any case; null for the first one that is shown.</summary>
    public string? Sheet { get; init; }

    /// <summary>What templates are worked out with.</summary>
    public TemplateInputs Templates { get; init; } = new();
}
