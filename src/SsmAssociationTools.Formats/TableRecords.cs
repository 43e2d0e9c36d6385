using System;
using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Files;
using SsmAssociationTools.Input;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Formats;

/// <summary>
/// Makes records of the rows of a table, whether it comes from CSV or from a sheet: finds the heading, also below a title or
/// a row of group headings, and puts each cell to its name.
/// </summary>
internal static class TableRecords
{
    /// <summary>Rows in which a heading is looked for.</summary>
    private const int MaxRowsAboveHeading = 20;

    private static readonly string[] s_otherNames = [nameof(AssociationEntry.Region), nameof(AssociationEntry.RoleArn), "Tags", "AssociationDispatchAssumeRole"];

    /// <summary>Reads a table, with memory for one row.</summary>
    public static IEnumerable<FileRecord> Of(IEnumerable<TableRow> table)
    {
        using IEnumerator<TableRow> rows = table.GetEnumerator();
        if (!Next(rows, out TableRow heading))
        {
            yield break;
        }

        ThrowIfQuoted(heading);
        var waiting = new Queue<TableRow>();
        if (NamesIn(heading) < 2)
        {
            TableRow first = heading;
            waiting.Enqueue(first);
            while (waiting.Count < MaxRowsAboveHeading && Next(rows, out TableRow row))
            {
                waiting.Enqueue(row);
                if (NamesIn(row) >= 2)
                {
                    heading = row;
                    break;
                }
            }

            if (heading.Line != first.Line)
            {
                foreach (TableRow row in waiting)
                {
                    // What is passed over is not to take rows along.
                    ThrowIfQuoted(row);
                }

                waiting.Clear();
                yield return Note(first.Line, $"The heading is in line {Number(heading.Line)}. What stands above it, such as a title or headings of groups, is passed over.");
            }
            else
            {
                waiting.Dequeue();
            }
        }

        string[] columns = Heading(heading);
        while (waiting.Count > 0)
        {
            if (Record(waiting.Dequeue(), columns) is FileRecord record)
            {
                yield return record;
            }
        }

        while (Next(rows, out TableRow row))
        {
            if (Record(row, columns) is FileRecord record)
            {
                yield return record;
            }
        }
    }

    /// <summary>A record that holds nothing but a note about the table as a whole.</summary>
    public static FileRecord Note(long line, string message)
    {
        var record = new FileRecord(line, null);
        record.Notes.Add(new FileNote(false, null, message));
        return record;
    }

    /// <summary>A heading that holds rows leaves nothing to read the others by.</summary>
    private static void ThrowIfQuoted(TableRow row)
    {
        if (row.Quote is { } quote)
        {
            throw new FileFormatException(row.Line, quote.Message);
        }
    }

    private static bool Next(IEnumerator<TableRow> rows, out TableRow row)
    {
        bool isMore = rows.MoveNext();
        row = isMore ? rows.Current : default;
        return isMore;
    }

    /// <summary>How many cells of a row are names of members.</summary>
    private static int NamesIn(TableRow row)
    {
        int count = 0;
        foreach (string cell in row.Cells)
        {
            string name = NameOf(cell);
            int end = ColumnPath.EndOfRoot(name);
            count += MemberNames.Find(end > 0 ? name.Substring(0, end).TrimEnd() : name) is not null || MemberNames.IsOfEnvelope(name)
                || Array.Exists(s_otherNames, known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ? 1 : 0;
        }

        return count;
    }

    private static string NameOf(string cell) => cell.Trim().TrimStart('\uFEFF');

    /// <summary>The columns of a heading, as the reader of entries will see them.</summary>
    /// <returns>The names, without white space around them; empty for columns without a name.</returns>
    /// <exception cref="FileFormatException">The heading is none.</exception>
    private static string[] Heading(TableRow row)
    {
        string[] columns = Array.ConvertAll(row.Cells, NameOf);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string column in columns)
        {
            if (column.Length > 0 && !seen.Add(column))
            {
                // A row that names no members holds values, most likely, and values are not shown.
                throw new FileFormatException(row.Line, NamesIn(row) > 1
                    ? $"The column '{ReadingContext.Shown(column)}' stands in the heading twice. Leave one of them."
                    : $"The first row has the same text twice, in column {Number(Array.IndexOf(columns, column) + 1)} and in another. "
                        + "If it is a row of values, put one above it that names the columns, such as Name,Targets,ScheduleExpression.");
            }
        }

        if (row.IsBad)
        {
            throw new FileFormatException(row.Line, "The heading cannot be read: a name that holds a quote or the delimiter stands in double quotes, with quotes inside doubled.");
        }

        if (seen.Count == 0)
        {
            throw new FileFormatException(row.Line, "The heading has no names. The first row names the columns, such as Name,Targets,ScheduleExpression.");
        }

        return columns;
    }

    private static FileRecord? Record(TableRow row, string[] columns)
    {
        int count = row.Cells.Length;
        var map = new FileMap { Line = row.Line, IsRow = true };
        int unnamed = -1;
        bool isBlank = true;
        for (int i = 0; i < count; i++)
        {
            string cell = row.Cells[i];
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

        if (row.Quote is { } quote)
        {
            FileRecord swallower = Bad(row.Line, quote.Message);
            swallower.IsRestInDoubt = true;
            return swallower;
        }

        if (row.IsBad)
        {
            return Bad(row.Line, "The row cannot be read: a value that holds a double quote, the delimiter or a line break stands in double quotes, with quotes inside doubled.");
        }

        if (isBlank && row.Faults.Length == 0)
        {
            return null;
        }

        if (unnamed >= columns.Length)
        {
            return Bad(row.Line, $"The row has {Number(count)} cells and the heading {Number(columns.Length)}. {(Array.Exists(row.Cells, static cell => cell.Trim() is { Length: > 0 } text && OddCharacter.IsQuote(text[0])) ? "Typographic quotes hold no value together: write straight double quotes." : "Put a value that holds the delimiter into double quotes.")}");
        }

        if (unnamed >= 0)
        {
            return Bad(
                row.Line,
                $"There is a value in column {Number(unnamed + 1)}, which has no name in the heading. Give every column a name; cells that a spreadsheet merged name the first of their columns only.");
        }

        var record = new FileRecord(row.Line, map);
        foreach ((int column, string message) in row.Faults)
        {
            string name = column < columns.Length && columns[column].Length > 0 ? columns[column] : "column " + Number(column + 1);
            record.Notes.Add(new FileNote(true, name, message));
        }

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

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
