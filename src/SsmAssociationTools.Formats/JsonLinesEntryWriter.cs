using System.IO;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;

namespace SsmAssociationTools.Formats;

/// <summary>Writes entries as JSON lines, each as it comes.</summary>
internal sealed class JsonLinesEntryWriter : IEntryFileWriter
{
    private readonly StreamWriter _text;
    private readonly JsonValues _json = new(isIndented: false);

    /// <summary>Begins a file, or goes on with one.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="options">How.</param>
    public JsonLinesEntryWriter(Stream stream, FileWriteOptions options)
    {
        bool endsInLine = options.IsAppended && FileEncodings.EndsInLine(stream);
        _text = FileEncodings.Open(stream, options);
        if (endsInLine)
        {
            _text.WriteLine();
        }
    }

    /// <inheritdoc/>
    public void Add(AssociationEntry entry) => _text.WriteLine(_json.Text(EntryMembers.Of(entry)));

    /// <inheritdoc/>
    public void Complete() => _text.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        _text.Dispose();
        _json.Dispose();
    }
}
