using System.Collections.Generic;
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
    public JsonLinesEntryWriter(Stream stream, FileWriteOptions options)
    {
        bool endsInLine = options.IsAppended && FileEncodings.EndsInLine(stream);
        _text = FileEncodings.Open(stream, options);
        if (endsInLine)
        {
            _text.WriteLine();
        }
    }

    public IReadOnlyList<string> Remarks => [];

    public string? Refusal(AssociationEntry entry) => null;

    public void Add(AssociationEntry entry, string? associationId) => _text.WriteLine(_json.Text(EntryMembers.Of(entry)));

    public void Complete() => _text.Flush();

    public void Dispose()
    {
        _text.Dispose();
        _json.Dispose();
    }
}
