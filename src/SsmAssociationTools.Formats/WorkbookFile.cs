using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ExcelDataReader;
using SsmAssociationTools.Files;
using SsmAssociationTools.Input;

namespace SsmAssociationTools.Formats;

/// <summary>Reads a sheet of an Excel workbook (.xlsx) as a table: the values that its cells show, never the formulas.</summary>
internal static class WorkbookFile
{
    /// <summary>A table of entries is far smaller; a file that unpacks to more is not meant to be read.</summary>
    private const long MaxUnpacked = 512L * 1024 * 1024;

    private const int MaxNamedSheets = 5;

#if NET
    // The library asks for a code page of Windows while it starts. PowerShell has registered them, other hosts have not.
    static WorkbookFile() => System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
#endif

    /// <summary>Reads a workbook.</summary>
    /// <param name="file">The file, at its beginning and seekable.</param>
    /// <param name="sheet">Name of the sheet; null for the first one that is shown.</param>
    public static IEnumerable<FileRecord> Records(Stream file, string? sheet)
    {
        CheckSignature(file);
        using var package = new WorkbookPackage(file, MaxUnpacked);
        file.Position = 0;
        using IExcelDataReader reader = ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
        string name = Choose(reader, sheet, out List<string> others);
        if (sheet is null && others.Count > 0)
        {
            string named = string.Join(", ", others.Take(MaxNamedSheets).Select(static other => $"'{ReadingContext.Shown(other)}'")) + (others.Count > MaxNamedSheets ? " and others" : string.Empty);
            yield return TableRecords.Note(1, $"The sheet '{ReadingContext.Shown(name)}' is read. The workbook has others: {named}; -Sheet names the one to read.");
        }

        var hidden = new HiddenRows();
        foreach (FileRecord record in TableRecords.Of(Rows(reader, package.FaultsOf(name), hidden)))
        {
            yield return record;
        }

        if (hidden.Count > 0)
        {
            yield return TableRecords.Note(
                hidden.First,
                $"Rows of the sheet are hidden and were read as well: {hidden.Count.ToString(CultureInfo.InvariantCulture)}, the first here. Delete rows that are not meant.");
        }
    }

    private static void CheckSignature(Stream file)
    {
        var start = new byte[4];
        int length = file.Read(start, 0, start.Length);
        file.Position = 0;
        if (length < 4 || start[0] != 'P' || start[1] != 'K')
        {
            throw new FileFormatException(0, start[0] == 0xD0 && start[1] == 0xCF
                ? "This is an old workbook (.xls) or one with a password. Save it as an Excel workbook (.xlsx) without a password."
                : "This is no Excel workbook (.xlsx).");
        }
    }

    /// <summary>Leaves the reader at the beginning of the sheet that is to be read.</summary>
    private static string Choose(IExcelDataReader reader, string? wanted, out List<string> others)
    {
        var shown = new List<string>();
        var all = new List<string>();
        others = [];
        int found = -1;
        int place = 0;
        do
        {
            bool isShown = reader.VisibleState is null or "visible";
            bool isWanted = wanted is null ? isShown && found < 0 : string.Equals(reader.Name, wanted, StringComparison.OrdinalIgnoreCase);
            all.Add(reader.Name);
            if (isWanted && found < 0)
            {
                found = place;
            }
            else if (isShown && reader.RowCount > 0)
            {
                others.Add(reader.Name);
            }

            place++;
        }
        while (reader.NextResult());
        if (found < 0)
        {
            throw new FileFormatException(0, wanted is null
                ? "The workbook has no sheet that is shown."
                : $"The workbook has no sheet '{ReadingContext.Shown(wanted)}'. It has: {string.Join(", ", all.Select(ReadingContext.Shown))}.");
        }

        reader.Reset();
        for (int i = 0; i < found; i++)
        {
            reader.NextResult();
        }

        return reader.Name;
    }

    private static IEnumerable<TableRow> Rows(IExcelDataReader reader, Dictionary<int, List<(int Column, string Message)>> faults, HiddenRows hidden)
    {
        var merged = new Dictionary<int, List<(int Column, string Message)>>();
        foreach (CellRange range in reader.MergeCells ?? [])
        {
            AddMerged(merged, range, reader.RowCount, reader.FieldCount);
        }

        for (int row = 0; reader.Read(); row++)
        {
            var cells = new string[reader.FieldCount];
            bool isBlank = true;
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] = TextOf(reader.GetValue(i), reader.GetNumberFormatString(i));
                isBlank &= cells[i].Length == 0;
            }

            if (!isBlank && reader.RowHeight == 0)
            {
                hidden.Add(row + 1);
            }

            List<(int, string)> found = faults.TryGetValue(row, out List<(int, string)>? ofCells) ? ofCells : [];
            if (!isBlank && merged.TryGetValue(row, out List<(int, string)>? ofMerged))
            {
                found = [.. found, .. ofMerged];
            }

            yield return new TableRow(row + 1, cells) { Faults = [.. found] };
        }
    }

    /// <summary>Only the first cell of a merged range holds its value; the others would be blank, which means something else.</summary>
    private static void AddMerged(Dictionary<int, List<(int Column, string Message)>> merged, CellRange range, int rows, int columns)
    {
        for (int row = range.FromRow; row <= range.ToRow && row < rows; row++)
        {
            for (int column = range.FromColumn; column <= range.ToColumn && column < columns; column++)
            {
                if (row == range.FromRow && column == range.FromColumn)
                {
                    continue;
                }

                if (!merged.TryGetValue(row, out List<(int, string)>? cells))
                {
                    merged.Add(row, cells = []);
                }

                cells.Add((column, "The cell is merged with others, of which only the first has the value. Split them and fill each one."));
            }
        }
    }

    /// <summary>What a cell says, in the same words in every culture.</summary>
    private static string TextOf(object? value, string? format)
    {
        switch (value)
        {
            case null:
                return string.Empty;
            case string text:
                return text;
            case bool flag:
                return flag ? "true" : "false";
            case double number when format?.IndexOf('%') >= 0 && Math.Abs(number) < 1_000_000:
                return Math.Round((decimal)number * 100, 10).ToString("0.##########", CultureInfo.InvariantCulture) + "%";
            case double number:
                return number == Math.Truncate(number) && Math.Abs(number) < 1e15
                    ? ((long)number).ToString(CultureInfo.InvariantCulture)
                    : number.ToString("R", CultureInfo.InvariantCulture);
            case DateTime { Year: < 1900 } time:
                // Excel counts days from the end of 1899: a time of day alone has no day.
                return time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            default:
                return InputValue.Format(value);
        }
    }

    private sealed class HiddenRows
    {
        public int Count { get; private set; }

        public int First { get; private set; }

        public void Add(int row)
        {
            First = Count++ == 0 ? row : First;
        }
    }
}
