using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace SsmAssociationTools.Rules;

/// <summary>Recognises what a spreadsheet makes of a number, a percentage or a truth value, so that a message can name the cause.</summary>
internal static class SpreadsheetText
{
    private const string DateCause = "This looks like a date, which a spreadsheet makes of texts such as 1-10: format the cell as text and enter the value again.";

    private static readonly Regex s_error = Make(@"#(#+|[\p{Lu}/0-9]+[!?]?)");
    private static readonly Regex s_grouped = Make(@"[0-9]{1,3}([.,'\u2019\u00a0\u202f ][0-9]{3})+");
    private static readonly Regex s_fraction = Make(@"0?[.,][0-9]+");
    private static readonly Regex s_decimal = Make(@"[0-9]+[.,]0+");
    private static readonly Regex s_scientific = Make(@"[0-9]([.,][0-9]+)?[eE][+-]?[0-9]+");
    private static readonly Regex s_percent = Make(@"([0-9]+([.,][0-9]+)?)\s*[%\uFF05\uFE6A\u066A]");
    private static readonly Regex s_date = Make(@"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}([T ][0-9:.]+Z?)?|[0-9]{1,2}[-/][0-9]{1,2}");
    private static readonly Regex s_dateInWords = Make(@"[0-9]{1,2}[-./ ]\s?\p{L}{3,9}\.?([-./ ]\s?[0-9]{2,4})?|\p{L}{3,9}[-./ ][0-9]{1,4}");
    private static readonly Regex s_marked = Make("['\u2019][0-9]+%?");
    private static readonly Regex s_time = Make(@"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?");

    private static readonly string[] s_true = ["WAHR", "VRAI", "VERDADERO", "VERDADEIRO", "VERO", "WAAR", "SANT", "SAND", "SANN", "TOSI", "PRAWDA", "PRAVDA", "IGAZ", "DOĞRU", "ИСТИНА", "ΑΛΗΘΗΣ"];

    private static readonly string[] s_false = ["FALSCH", "FAUX", "FALSO", "ONWAAR", "FALSKT", "FALSK", "USANN", "EPÄTOSI", "FAŁSZ", "NEPRAVDA", "HAMIS", "YANLIŞ", "ЛОЖЬ", "ΨΕΥΔΗΣ"];

    /// <summary>Why a text is no whole number and no percentage; null where no cause is known.</summary>
    public static string? CauseOfNumber(string text)
    {
        if (s_grouped.IsMatch(text))
        {
            return $"The number has a thousands separator: write {new string(text.Where(static c => c is >= '0' and <= '9').ToArray())}.";
        }

        if (s_marked.IsMatch(text))
        {
            return "The apostrophe marks a text in a spreadsheet and is no part of the value: remove it.";
        }

        if (s_fraction.IsMatch(text) && decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal part))
        {
            decimal percent = part * 100;
            string shown = percent.ToString("0.##", CultureInfo.InvariantCulture);
            return decimal.Truncate(percent) == percent
                ? $"A spreadsheet keeps {shown}% as {text}: write {shown}% and format the cell as text."
                : $"A spreadsheet keeps {shown}% as {text}: write a whole percentage and format the cell as text.";
        }

        if (s_decimal.IsMatch(text))
        {
            return $"A spreadsheet added decimals: write {text.Substring(0, text.IndexOfAny(['.', ',']))}; if a percentage was meant, write it with its sign.";
        }

        if (s_percent.Match(text) is { Success: true } match)
        {
            return match.Groups[2].Success
                ? "Only whole percentages are taken: round it."
                : $"Write {match.Groups[1].Value}%, with a plain percent sign and without white space before it.";
        }

        // Only where a number stands: names such as Patch 10 are no dates.
        return s_dateInWords.IsMatch(text) ? DateCause : CauseOfText(text);
    }

    /// <summary>What else a cell may hold in place of a text: an error, a date, a time, a number cut short.</summary>
    public static string? CauseOfText(string text)
    {
        if (s_error.IsMatch(text))
        {
            return "This is what a spreadsheet shows for an error or a column that is too narrow: correct the cell.";
        }

        if (s_scientific.IsMatch(text))
        {
            return "A spreadsheet cut a long number short: format the cell as text and enter the number again.";
        }

        if (s_date.IsMatch(text))
        {
            return DateCause;
        }

        return s_time.IsMatch(text) ? "This looks like a time of day, which a spreadsheet makes of texts such as 1:10: format the cell as text and enter the value again." : null;
    }

    /// <summary>The truth value that a spreadsheet in another language means; null for any other text.</summary>
    public static string? CauseOfFlag(string text)
    {
        string word = text.ToUpperInvariant();
        bool isTrue = Array.IndexOf(s_true, word) >= 0;
        return isTrue || Array.IndexOf(s_false, word) >= 0
            ? $"A spreadsheet in another language writes so for {(isTrue ? "true" : "false")}."
            : CauseOfText(text);
    }

    private static Regex Make(string pattern) => new(@"\A(?:" + pattern + @")\z", RegexOptions.CultureInvariant);
}
