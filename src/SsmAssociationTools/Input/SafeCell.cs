namespace SsmAssociationTools.Input;

/// <summary>
/// Spreadsheets run a cell that begins with one of a few characters as a formula, and an AssociationName may begin with one.
/// An apostrophe before it makes the cell a text. Whoever writes cells puts it there, and the reader of entries takes it off, so
/// that a fleet comes back equal also by way of Import-Csv.
/// </summary>
/// <remarks>The characters: OWASP, CSV Injection; the last four are the wide forms that spreadsheets take for the first.</remarks>
internal static class SafeCell
{
    private const string Triggers = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

    public static string Of(string text) => BeginsAsFormula(text) ? "'" + text : text;

    public static string Read(string cell) => cell.Length > 1 && cell[0] == '\'' && BeginsAsFormula(cell) ? cell.Substring(1) : cell;

    /// <summary>True also behind apostrophes, so that a text which has one of its own keeps it.</summary>
    private static bool BeginsAsFormula(string text)
    {
        int i = 0;
        while (i < text.Length && text[i] == '\'')
        {
            i++;
        }

        return i < text.Length && Triggers.IndexOf(text[i]) >= 0;
    }
}
