using System.Globalization;

namespace SsmAssociationTools.Formats;

/// <summary>A double quote that takes further rows into a value: it is not closed, or only where another value begins.</summary>
internal sealed class QuoteFault
{
    private QuoteFault(long opened, long ended, bool isClosed, int rows)
    {
        string span = isClosed
            ? $"is closed in line {Number(ended)} only, in the middle of another value"
            : $"is not closed before the file ends in line {Number(ended)}";
        Message = $"The double quote that opens a value in line {Number(opened)} {span}. "
            + (rows == 0 ? string.Empty : $"Up to {(rows == 1 ? "1 row is" : Number(rows) + " rows are")} lost in it, and nothing after line {Number(opened)} can be trusted until it is corrected. ")
            + "Close it where the value ends; a quote inside a value is doubled.";
    }

    /// <summary>From where to where it goes, what is lost, and what to do. Holds nothing of the file.</summary>
    public string Message { get; }

    /// <summary>Looks for the quote in a row that the parser objected to, or that is the last.</summary>
    /// <param name="text">The row as it stands in the file.</param>
    /// <param name="line">Its first line.</param>
    /// <returns>Null where each quote is closed in the line in which it is opened, or closed as it should be.</returns>
    public static QuoteFault? Find(string text, long line, char delimiter)
    {
        long opened = 0;
        int rows = 0;
        bool isValueBegin = true;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            char next = i + 1 < text.Length ? text[i + 1] : '\n';
            if (c == '\n' || (c == '\r' && next != '\n'))
            {
                // The line break that ends the row is the last character.
                line += i + 1 < text.Length ? 1 : 0;
                rows += opened > 0 && HasRow(text, i + 1) ? 1 : 0;
            }

            if (opened == 0)
            {
                opened = c == '"' && isValueBegin ? line : 0;
                rows = 0;
                isValueBegin = c == delimiter || c is '\n' or '\r';
            }
            else if (c == '"' && next == '"' && i + 1 < text.Length)
            {
                i++;
            }
            else if (c == '"')
            {
                if (line > opened && next != delimiter && next is not ('\n' or '\r'))
                {
                    return new QuoteFault(opened, line, isClosed: true, rows);
                }

                opened = 0;
                isValueBegin = false;
            }
        }

        return opened > 0 ? new QuoteFault(opened, line, isClosed: false, rows) : null;
    }

    /// <summary>True where a line begins that is neither blank nor a comment.</summary>
    private static bool HasRow(string text, int start)
    {
        for (int i = start; i < text.Length && text[i] is not ('\n' or '\r'); i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                return text[i] != CsvFile.Comment;
            }
        }

        return false;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
