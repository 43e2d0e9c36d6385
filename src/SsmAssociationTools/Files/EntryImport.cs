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
    public IEnumerable<ImportedEntry> Read(Stream stream, string name, FileReadOptions options)
    {
        foreach (FileRecord record in _formats.Read(stream, options))
        {
            yield return Read(record, name);
        }
    }

    private ImportedEntry Read(FileRecord record, string fileName)
    {
        string source = fileName + ":" + record.Line.ToString(CultureInfo.InvariantCulture);
        List<ImportProblem>? errors = null;
        List<EntryIssue>? issues = null;
        List<ImportProblem>? warnings = null;
        foreach (FileNote note in record.Notes)
        {
            string text = string.IsNullOrEmpty(note.Member) ? note.Message : ReadingContext.Shown(note.Member!) + ": " + note.Message;
            bool isError = note.IsError || (IsStrict && !note.IsInformation);
            Put(isError, text, note.Kind ?? text, isError ? new EntryIssue(ReadingRules.NotRead.Id, IssueSeverity.Error, ReadingContext.Shown(note.Member ?? string.Empty), note.Message, null, ReadingRules.NotRead.Source) : null);
        }

        AssociationEntry? entry = null;
        if (record.Value is not null)
        {
            entry = _reader.Read(record.Value, _issues);
            foreach (EntryIssue found in _issues.Take())
            {
                EntryIssue issue = record.Sensitive is null ? found : WithoutValue(found, record.Sensitive);
                Put(issue.Level == IssueSeverity.Error, issue.Line, issue.Kind, issue);
            }
        }

        if (errors is not null)
        {
            entry = null;
        }

        entry?.Source = source;
        return new ImportedEntry(source, record.Line, entry, errors ?? [], issues ?? [], warnings ?? []) { IsTold = record.IsTold, IsRestInDoubt = record.IsRestInDoubt };

        void Put(bool isError, string text, string kind, EntryIssue? issue)
        {
            text = record.Name is null ? text : ReadingContext.Shown(record.Name) + ": " + text;
            (isError ? errors ??= [] : warnings ??= []).Add(new ImportProblem(kind, text));
            if (isError)
            {
                (issues ??= []).Add(issue!);
            }
        }
    }

    private static EntryIssue WithoutValue(EntryIssue issue, HashSet<string> sensitive)
    {
        int end = issue.Path.IndexOfAny(['.', '[']);
        return sensitive.Contains(end < 0 ? issue.Path : issue.Path.Substring(0, end))
            ? new EntryIssue(issue.RuleId, issue.Level, issue.Path, "The value is not as this member takes it. It may be secret and is not shown: check it where it comes from.", null, issue.Source)
            : issue;
    }
}
