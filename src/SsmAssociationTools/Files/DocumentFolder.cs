using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Documents;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Files;

/// <summary>
/// Documents as files: the content of each as JSON or YAML, or the answer of GetDocument with it. A file is named after its
/// document, where it does not say the name itself.
/// </summary>
internal sealed class DocumentFolder
{
    private static readonly string[] s_extensions = [".json", ".yaml", ".yml"];

    private readonly Dictionary<string, (KnownDocument Document, string File)> _documents = new(StringComparer.Ordinal);

    private DocumentFolder()
    {
    }

    /// <summary>How many documents there are.</summary>
    public int Count => _documents.Count;

    /// <summary>Reads the documents of a folder, or of one file.</summary>
    /// <param name="passedOver">Takes what is said of a file that is no document.</param>
    /// <exception cref="FileFormatException">Two files have documents of one name.</exception>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    public static DocumentFolder Read(string path, IEntryFileFormats formats, Action<string> passedOver)
    {
        var folder = new DocumentFolder();
        IEnumerable<string> files = Directory.Exists(path)
            ? Directory.EnumerateFiles(path).Where(static file => s_extensions.Contains(Path.GetExtension(file).ToLowerInvariant())).OrderBy(static file => file, StringComparer.Ordinal)
            : [path];
        foreach (string file in files)
        {
            folder.Add(file, formats, passedOver);
        }

        return folder;
    }

    /// <summary>Finds a document by its name, an ARN taken apart before.</summary>
    public KnownDocument? Find(string name) => _documents.TryGetValue(name, out (KnownDocument Document, string File) found) ? found.Document : null;

    private void Add(string file, IEntryFileFormats formats, Action<string> passedOver)
    {
        string fileName = Path.GetFileName(file);
        string name = Path.GetFileNameWithoutExtension(file);
        string? type = null;
        DocumentSchema? schema;
        try
        {
            object? root = Tree(File.OpenRead(file), EntryFileFormats.Of(file) ?? EntryFileFormat.Json, formats);
            schema = DocumentSchema.Read(root);
            if (schema is null && DocumentSchema.Members(root) is { } answer && DocumentSchema.Find(answer, "Content") is string content)
            {
                name = DocumentSchema.Find(answer, "Name") as string ?? name;
                type = DocumentSchema.Find(answer, "DocumentType") as string;
                bool isJson = content.TrimStart().StartsWith("{", StringComparison.Ordinal);
                schema = DocumentSchema.Read(Tree(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), isJson ? EntryFileFormat.Json : EntryFileFormat.Yaml, formats));
            }
        }
        catch (FileFormatException error)
        {
            passedOver($"{fileName} is passed over: {error.Message}");
            return;
        }

        if (schema is null)
        {
            passedOver($"{fileName} is passed over: it is no document, which has a schemaVersion, and parameters that are objects.");
            return;
        }

        name = DocumentReference.Parse(name).Name;
        if (_documents.TryGetValue(name, out (KnownDocument Document, string File) other))
        {
            throw new FileFormatException(0, $"{other.File} and {fileName} are both the document {name}. Leave one of them.");
        }

        _documents.Add(name, (KnownDocument.Of(name, type, schema, version: null, "document: " + fileName), fileName));
    }

    private static object? Tree(Stream stream, EntryFileFormat format, IEntryFileFormats formats)
    {
        using (stream)
        {
            return formats.ReadTree(stream, format);
        }
    }
}
