
namespace SsmAssociationTools.Files;

/// <summary>How a file of entries is written.</summary>
internal sealed class FileWriteOptions
{
    /// <summary>The form of the file.</summary>
    public EntryFileFormat Format { get; init; }

    /// <summary>What stands between the cells of a CSV file; null for a comma, or for that of the file that is added to.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The encoding; a file that is added to keeps its own.</summary>
    public EntryFileEncoding Encoding { get; init; }

    /// <summary>What a JSON or YAML file is as a whole.</summary>
    public EntryDocumentShape Shape { get; init; }

    /// <summary>True: the stream holds a file whose entries stay, and more are added.</summary>
    public bool IsAppended { get; init; }
}
