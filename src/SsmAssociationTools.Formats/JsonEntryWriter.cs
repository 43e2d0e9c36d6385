using System.Collections.Generic;
using System.IO;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats;

/// <summary>Writes entries as one JSON text, each as it comes.</summary>
internal sealed class JsonEntryWriter : IEntryFileWriter
{
    private readonly StreamWriter _text;
    private readonly JsonValues _json = new(isIndented: true);
    private readonly string _indent;
    private readonly string _end;
    private readonly bool _hasDestination;
    private bool _isFirst = true;

    /// <summary>Begins a file.</summary>
    public JsonEntryWriter(Stream stream, FileWriteOptions options)
    {
        bool isDocument = options.Shape == EntryDocumentShape.Entries;
        _indent = isDocument ? "    " : "  ";
        _end = isDocument ? "  ]\n}\n" : "]\n";
        _hasDestination = !isDocument;
        _text = FileEncodings.Open(stream, options);
        _text.Write(isDocument ? "{\n  \"Entries\": [" : "[");
    }

    public IReadOnlyList<string> Remarks => [];

    public string? Refusal(AssociationEntry entry) => null;

    public void Add(AssociationEntry entry, string? associationId)
    {
        FileMap members = EntryMembers.Of(entry);
        if (!_hasDestination)
        {
            // The AWS CLI refuses what the API does not have.
            members.RemoveAll(static member => EntryMembers.IsOfDestination(member.Key));
        }

        _text.Write(_isFirst ? "\n" : ",\n");
        _isFirst = false;
        _text.Write(_indent);
        _text.Write(_json.Text(members).Replace("\n", "\n" + _indent));
    }

    public void Complete()
    {
        _text.Write(_isFirst ? _end.TrimStart() : "\n" + _end);
        _text.Flush();
    }

    public void Dispose()
    {
        _text.Dispose();
        _json.Dispose();
    }
}
