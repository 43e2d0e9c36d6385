using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using CsvHelper.Configuration;
using SsmAssociationTools.Files;

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
    public static IEnumerable<FileRecord> Records(TextReader text, char? delimiter) => TableRecords.Of(Rows(text, delimiter));

    private static IEnumerable<TableRow> Rows(TextReader text, char? delimiter)
    {
        using var rest = new PeekingReader(text);

        // A first line that only Excel reads, and that only says what stands between the cells.
        int passedOver = 0;
        if (Separator(rest.PeekLine(static _ => false)) is { } said)
        {
            rest.PassOver();
            delimiter ??= said;
            passedOver = 1;
        }

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
        while (Next(parser, passedOver))
        {
            isBad = false;
            var cells = new string[parser.Count];
            int lineBreaks = 0;
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] = parser[i];
                lineBreaks += LineBreaks(cells[i]);
            }

            long line = parser.RawRow - lineBreaks + passedOver;
            QuoteFault? fault = isBad || rest.IsAtEnd ? QuoteFault.Find(parser.RawRecord, line, separator) : null;
            yield return new TableRow(line, cells, isBad) { Quote = fault };
        }
    }

    /// <summary>What <c>sep=;</c> says; null for any other line.</summary>
    public static char? Separator(string line)
    {
        string text = line.Trim('\uFEFF', '"', ' ');
        return text.Length == 5 && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? text[4]
            : text.Equals("sep=", StringComparison.OrdinalIgnoreCase) && line.EndsWith("\t", StringComparison.Ordinal) ? '\t'
            : null;
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

    private static bool Next(CsvParser parser, int passedOver)
    {
        long line = parser.RawRow + 1 + passedOver;
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
