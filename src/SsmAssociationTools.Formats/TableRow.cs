namespace SsmAssociationTools.Formats;

/// <summary>A row of a table: where it stands and what its cells say.</summary>
internal readonly struct TableRow(long line, string[] cells, bool isBad = false)
{
    /// <summary>Line of the file, or row of the sheet, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>The cells; empty text where there is nothing.</summary>
    public string[] Cells { get; } = cells;

    /// <summary>True where quotes are not in their places.</summary>
    public bool IsBad { get; } = isBad;

    /// <summary>What keeps single cells from being read: their column, from 0, and why.</summary>
    public (int Column, string Message)[] Faults { get; init; } = [];

    /// <summary>The quote that holds further rows in a cell of this one; null where none does.</summary>
    public QuoteFault? Quote { get; init; }
}
