using System.Collections.Generic;
using System.IO;
using System.Text;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats;

/// <summary>Writes entries as one YAML text, a list or the document of the AWS CLI, each as it comes.</summary>
internal sealed class YamlEntryWriter : IEntryFileWriter
{
    private readonly StreamWriter _text;
    private readonly bool _isDocument;
    private bool _isFirst = true;

    /// <summary>Begins a file.</summary>
    public YamlEntryWriter(Stream stream, FileWriteOptions options)
    {
        _isDocument = options.Shape == EntryDocumentShape.Entries;
        _text = FileEncodings.Open(stream, options);
    }

    public IReadOnlyList<string> Remarks => [];

    public string? Refusal(AssociationEntry entry) => null;

    public void Add(AssociationEntry entry, string? associationId)
    {
        FileMap members = EntryMembers.Of(entry);
        if (_isDocument)
        {
            // The AWS CLI refuses what the API does not have.
            members.RemoveAll(static member => EntryMembers.IsOfDestination(member.Key));
        }

        var text = new StringBuilder(_isFirst && _isDocument ? "Entries:\n" : string.Empty);
        YamlText.Items(text, [members], _isDocument ? "  " : string.Empty);
        _isFirst = false;
        _text.Write(text.ToString());
    }

    public void Complete()
    {
        _text.Write(!_isFirst ? string.Empty : _isDocument ? "Entries: []\n" : "[]\n");
        _text.Flush();
    }

    public void Dispose() => _text.Dispose();
}
