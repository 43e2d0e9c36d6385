using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using CsvHelper.Configuration;
using SsmAssociationTools.Files;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats;

/// <summary>Reads rows of cells, one after the other: RFC 4180, blank lines and lines that begin with # left out.</summary>
internal static class CsvFile
{
    /// <summary>What begins a line that is no row, unless it stands in quotes.</summary>
    public const char Comment = '#';

    /// <summary>Characters of the longest cell: what an entry may hold, many times over. A quote without an end is found by it.</summary>
    public const int MaxCell = 4_000_000;

    private static readonly char[] s_delimiters = [',', ';', '\t'];

    /// <summary>Reads a file.</summary>
    public static IEnumerable<FileRecord> Records(TextReader text, char? delimiter)
    {
        using var rest = new PeekingReader(text);
        char separator = delimiter ?? Detect(rest.PeekLine(static line => line.Trim().Length == 0 || line[0] == Comment));
        bool isBad = false;
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            AllowComments = true,
            Comment = Comment,
            HasHeaderRecord = false,
            BadDataFound = _ => isBad = true,
            MaxFieldSize = MaxCell,
            ExceptionMessagesContainRawData = false,
        };
        using var parser = new CsvParser(rest, settings, leaveOpen: true);
        if (!Next(parser))
        {
            yield break;
        }

        string[] columns = Heading(parser, ref isBad);
        while (Next(parser))
        {
            isBad = false;
            if (Row(parser, columns, ref isBad) is FileRecord record)
            {
                yield return record;
            }
        }
    }

    /// <summary>Finds the delimiter: the one that stands in the heading most often outside quotes.</summary>
    public static char Detect(string heading)
    {
        var counts = new int[s_delimiters.Length];
        bool isQuoted = false;
        foreach (char c in heading)
        {
            isQuoted ^= c == '"';
            int index = isQuoted ? -1 : Array.IndexOf(s_delimiters, c);
            if (index >= 0)
            {
                counts[index]++;
            }
        }

        int best = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return s_delimiters[best];
    }

    /// <summary>The columns of a heading, as the reader of entries will see them.</summary>
    /// <returns>The names, without white space around them; empty for columns without a name.</returns>
    /// <exception cref="FileFormatException">The heading is none.</exception>
    private static string[] Heading(CsvParser parser, ref bool isBad)
    {
        var columns = new string[parser.Count];
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = parser[i].Trim().TrimStart('\uFEFF');
            if (columns[i].Length > 0 && !seen.Add(columns[i]))
            {
                throw new FileFormatException(parser.RawRow, $"The column '{ReadingContext.Shown(columns[i])}' stands in the heading twice. Leave one of them.");
            }
        }

        if (isBad)
        {
            throw new FileFormatException(parser.RawRow, "The heading cannot be read: a name that holds a quote or the delimiter stands in double quotes, with quotes inside doubled.");
        }

        if (seen.Count == 0)
        {
            throw new FileFormatException(parser.RawRow, "The heading has no names. The first row names the columns, such as Name,Targets,ScheduleExpression.");
        }

        return columns;
    }

    private static FileRecord? Row(CsvParser parser, string[] columns, ref bool isBad)
    {
        int count = parser.Count;
        var map = new FileMap();
        int lineBreaks = 0;
        int unnamed = -1;
        bool isBlank = true;
        for (int i = 0; i < count; i++)
        {
            string cell = parser[i];
            lineBreaks += LineBreaks(cell);
            if (string.IsNullOrWhiteSpace(cell))
            {
                continue;
            }

            isBlank = false;
            if (i < columns.Length && columns[i].Length > 0)
            {
                map.Add(columns[i], cell);
            }
            else if (unnamed < 0)
            {
                unnamed = i;
            }
        }

        long line = parser.RawRow - lineBreaks;
        map.Line = line;
        if (isBad)
        {
            return Bad(line, "The row cannot be read: a value that holds a double quote, the delimiter or a line break stands in double quotes, with quotes inside doubled.");
        }

        if (isBlank)
        {
            return null;
        }

        if (unnamed >= columns.Length)
        {
            return Bad(line, $"The row has {Number(count)} cells and the heading {Number(columns.Length)}. Put a value that holds the delimiter into double quotes.");
        }

        if (unnamed >= 0)
        {
            return Bad(line, $"There is a value in column {Number(unnamed + 1)}, which has no name in the heading.");
        }

        var record = new FileRecord(line, map);
        if (count < columns.Length)
        {
            record.Notes.Add(new FileNote(false, null, $"The row has fewer cells than the heading; the missing ones ({Number(columns.Length - count)} in the first such row) count as blank."));
        }

        return record;
    }

    private static FileRecord Bad(long line, string message)
    {
        var record = new FileRecord(line, null);
        record.Notes.Add(new FileNote(true, null, message));
        return record;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool Next(CsvParser parser)
    {
        long line = parser.RawRow + 1;
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            throw new FileFormatException(line, "A value begins here that has no end within 4,000,000 characters. A closing double quote is probably missing.");
        }
    }

    /// <summary>Line breaks of a cell, of any kind; the parser counts them in the same way.</summary>
    private static int LineBreaks(string cell)
    {
        int count = 0;
        for (int i = 0; i < cell.Length; i++)
        {
            if (cell[i] == '\n' || (cell[i] == '\r' && (i + 1 == cell.Length || cell[i + 1] != '\n')))
            {
                count++;
            }
        }

        return count;
    }
}
