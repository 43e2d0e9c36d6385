using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using CsvHelper.Configuration;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats;

/// <summary>
/// Writes entries as rows, a column for every member that one of them uses. The heading comes first, so everything is
/// written with the end; where a file is added to, its heading stands.
/// </summary>
internal sealed class CsvEntryWriter : IEntryFileWriter
{
    private readonly StreamWriter _text;
    private readonly CsvConfiguration _settings;
    private readonly CellText _cells = new();
    private readonly List<FileMap> _waiting = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal) { "Name" };

    /// <summary>The member of each column of the file that is added to; null for columns that stay blank.</summary>
    private readonly string?[]? _columns;

    /// <summary>Begins a file, or goes on with one.</summary>
    public CsvEntryWriter(Stream stream, FileWriteOptions options)
    {
        char delimiter = options.Delimiter ?? ',';
        bool endsInLine = false;
        if (options.IsAppended && Heading(stream, options.Delimiter, out char found) is string[] heading)
        {
            delimiter = found;
            endsInLine = FileEncodings.EndsInLine(stream);
            _columns = Array.ConvertAll(heading, MemberOf);
        }

        _text = FileEncodings.Open(stream, options);
        if (endsInLine)
        {
            _text.WriteLine();
        }

        _settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            NewLine = "\n",
            ShouldQuote = arguments => NeedsQuotes(arguments.Field, delimiter),
        };
    }

    public IReadOnlyList<string> Remarks => [];

    public string? Refusal(AssociationEntry entry) => null;

    public void Add(AssociationEntry entry, string? associationId)
    {
        FileMap members = EntryMembers.Of(entry);
        foreach (KeyValuePair<string, object?> member in members)
        {
            if (_columns is null)
            {
                _used.Add(member.Key);
            }
            else if (Array.IndexOf(_columns, member.Key) < 0)
            {
                throw new FileFormatException(1, $"The file has no column for {member.Key}, which the entries to add have. Export to a new file, or import the old one and export both together.");
            }
        }

        _waiting.Add(members);
    }

    public void Complete()
    {
        var columns = new List<string?>(_columns ?? []);
        using (var csv = new CsvWriter(_text, _settings, leaveOpen: true))
        {
            if (_columns is null)
            {
                foreach (string name in EntryMembers.Names)
                {
                    if (_used.Contains(name))
                    {
                        columns.Add(name);
                        csv.WriteField(name);
                    }
                }

                csv.NextRecord();
            }

            foreach (FileMap members in _waiting)
            {
                foreach (string? column in columns)
                {
                    csv.WriteField(column is not null && members.TryGet(column, out object? value) ? SafeCell.Of(_cells.Of(column, value)) : string.Empty);
                }

                csv.NextRecord();
            }
        }

        _text.Flush();
    }

    public void Dispose()
    {
        _text.Dispose();
        _cells.Dispose();
    }

    /// <summary>White space at the ends stays where readers trim, and a row does not turn into a comment.</summary>
    private static bool NeedsQuotes(string? cell, char delimiter)
    {
        if (string.IsNullOrEmpty(cell))
        {
            return false;
        }

        return cell![0] == CsvFile.Comment || cell[0] == '\uFEFF' || char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[cell.Length - 1])
            || cell.IndexOf(delimiter) >= 0 || cell.IndexOfAny(['"', '\r', '\n']) >= 0;
    }

    private static string[]? Heading(Stream stream, char? wanted, out char delimiter)
    {
        delimiter = wanted ?? ',';
        string line;
        using (StreamReader text = TextFiles.Open(stream))
        using (var peek = new PeekingReader(text))
        {
            if (CsvFile.Separator(peek.PeekLine(static _ => false)) is { } said)
            {
                peek.PassOver();
                wanted ??= said;
            }

            line = peek.PeekLine(static candidate => candidate.Trim().Length == 0 || candidate[0] == CsvFile.Comment);
        }

        stream.Position = 0;
        if (line.Trim().Length == 0 || line[0] == CsvFile.Comment)
        {
            return null;
        }

        delimiter = wanted ?? CsvFile.Detect(line);
        using var reader = new StringReader(line);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter.ToString(), BadDataFound = null });
        return parser.Read() ? parser.Record : null;
    }

    private static string? MemberOf(string column)
    {
        string name = column.Trim();
        return MemberNames.Find(name) is { Steps.Length: 1 } member
            ? member.Last.Name
            : Array.Find([nameof(AssociationEntry.Region), nameof(AssociationEntry.RoleArn)], known => string.Equals(name, known, StringComparison.OrdinalIgnoreCase));
    }
}
