using System.Collections.Generic;
using System.Globalization;
using System.IO;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Files;

/// <summary>
/// Makes entries of the records of files, with the one reader of entries that the pipeline has as well. Not safe for
/// concurrent use.
/// </summary>
internal sealed class EntryImport
{
    private readonly IEntryFileFormats _formats;
    private readonly EntryReader _reader;
    private readonly IssueCollector _issues;

    public EntryImport(IEntryFileFormats formats, bool strict)
    {
        _formats = formats;
        _reader = new EntryReader(strict);
        _issues = new IssueCollector(strict);
        IsStrict = strict;
    }

    private bool IsStrict { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileFormatException">While enumerating: the file cannot be read any further.</exception>
    public IEnumerable<ImportedEntry> Read(Stream stream, string name, EntryFileFormat format, char? delimiter)
    {
        foreach (FileRecord record in _formats.Read(stream, format, delimiter))
        {
            yield return Read(record, name);
        }
    }

    private ImportedEntry Read(FileRecord record, string fileName)
    {
        string source = fileName + ":" + record.Line.ToString(CultureInfo.InvariantCulture);
        List<string>? errors = null;
        List<EntryIssue>? issues = null;
        List<ImportWarning>? warnings = null;
        foreach (FileNote note in record.Notes)
        {
            Add(note.IsError || IsStrict, note.Member, note.Message, note.Message, null);
        }

        AssociationEntry? entry = null;
        if (record.Value is not null)
        {
            entry = _reader.Read(record.Value, _issues);
            foreach (EntryIssue issue in _issues.Take())
            {
                Add(issue.Severity == IssueSeverity.Error, issue.Path, $"{issue.Message} [{issue.RuleId}]", issue.RuleId, issue);
            }
        }

        if (errors is not null)
        {
            entry = null;
        }

        entry?.Source = source;
        return new ImportedEntry(source, record.Line, entry, errors ?? [], issues ?? [], warnings ?? []);

        void Add(bool isError, string? member, string message, string kind, EntryIssue? issue)
        {
            string text = string.IsNullOrEmpty(member) ? message : ReadingContext.Shown(member!) + ": " + message;
            text = record.Name is null ? text : ReadingContext.Shown(record.Name) + ": " + text;
            if (isError)
            {
                (errors ??= []).Add(text);
                (issues ??= []).Add(issue ?? new EntryIssue(ReadingRules.NotRead.Id, IssueSeverity.Error, ReadingContext.Shown(member ?? string.Empty), message, null, ReadingRules.NotRead.Source));
            }
            else
            {
                (warnings ??= []).Add(new ImportWarning(member + "|" + kind, text));
            }
        }
    }
}
