using System;
using System.Globalization;

namespace SsmAssociationTools.Rules;

/// <summary>
/// Finds characters that look like plain ones, or like nothing, and are others: what word processors, spreadsheets, web
/// pages and keyboards put in place of a hyphen, a quote or a space. Only names and places of characters are told.
/// </summary>
internal static class OddCharacter
{
    private const string DoubleQuotes = "\u201C\u201D\u201E\u201F\u2033\u2036\u301D\u301E\u301F\uFF02\u00AB\u00BB";
    private const string SingleQuotes = "\u2018\u2019\u201A\u201B\u2032\u2035\u02BC\u00B4\uFF07\u2039\u203A";
    /// <summary>What Windows-1252 has for the bytes 80 to 9F.</summary>
    private const string OfWindows = "\u20AC\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u017D\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u017E\u0178";

    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00AD\uFE58\uFE63\uFF0D";

    /// <summary>Describes the first character that a text of plain characters cannot have.</summary>
    /// <returns>A sentence such as <c>Character 4 is an en dash (U+2013): write a hyphen.</c>; null where all are plain.</returns>
    public static string? InPlainText(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~')
            {
                return Sentence(text, i);
            }
        }

        return null;
    }

    /// <summary>
    /// Describes the first character of a text in any language that most likely is not what was meant: an invisible one, a
    /// space that is no plain one, a dash where a hyphen begins a word, typographic quotes where quotes begin and end a value.
    /// </summary>
    public static string? InFreeText(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] > '~' && IsMisread(text, i))
            {
                return FormattableString.Invariant($"Character {i + 1} is what is left of another one that was read in a wrong encoding: save the file as UTF-8, or give its encoding.");
            }

            if (text[i] > '~' && IsMisleading(text, i))
            {
                return Sentence(text, i);
            }
        }

        return null;
    }

    /// <summary>The place of half a character, from 0; -1 where the text is all whole ones.</summary>
    public static int IndexOfHalf(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsSurrogatePair(text, i))
                {
                    return i;
                }

                i++;
            }
        }

        return -1;
    }

    public static bool IsQuote(char c) => DoubleQuotes.IndexOf(c) >= 0 || SingleQuotes.IndexOf(c) >= 0;

    /// <summary>A sentence that names the character at a place.</summary>
    public static string Sentence(string text, int index)
    {
        char c = text[index];
        int number = char.IsSurrogatePair(text, index) ? char.ConvertToUtf32(text, index) : c;
        return FormattableString.Invariant($"Character {index + 1} is {Name(text, index)} (U+{number:X4}): {Advice(c)}.");
    }

    /// <summary>
    /// True for the sign that stands for bytes that were no text, and for two letters that are the two bytes of one: of letters
    /// with accents, and of typographic signs. A closing guillemet may follow a capital.
    /// </summary>
    private static bool IsMisread(string text, int index)
    {
        char next = index + 1 < text.Length ? text[index + 1] : ' ';
        return text[index] switch
        {
            '\uFFFD' => true,
            '\u00C2' or '\u00C3' => (next is >= '\u0080' and <= '\u00BF' and not ('\u00AB' or '\u00BB')) || OfWindows.IndexOf(next) >= 0,
            '\u00E2' => next is '\u20AC' or '\u0080',
            _ => false,
        };
    }

    private static bool IsMisleading(string text, int index)
    {
        char c = text[index];
        bool isAfterForeign = index > 0 && text[index - 1] > '~';
        switch (CharUnicodeInfo.GetUnicodeCategory(text, index))
        {
            // Joiners belong to words of some languages and to pictures of several parts, an ideographic space to its script.
            case UnicodeCategory.Format:
                return !(c is '\u200C' or '\u200D' && isAfterForeign) && !char.IsSurrogate(c);
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                return !(c == '\u3000' && isAfterForeign);
            case UnicodeCategory.Control:
                return true;
        }

        if (Dashes.IndexOf(c) >= 0)
        {
            bool beginsWord = index == 0 || char.IsWhiteSpace(text[index - 1]);
            return beginsWord && index + 1 < text.Length && (char.IsLetterOrDigit(text[index + 1]) || text[index + 1] is '-' || Dashes.IndexOf(text[index + 1]) >= 0);
        }

        return IsQuote(c) && index == 0 && text.Length > 1 && IsQuote(text[text.Length - 1]);
    }

    private static string Name(string text, int index)
    {
        char c = text[index];
        switch (c)
        {
            case '\t':
                return "a tab";
            case '\n' or '\r':
                return "a line break";
            case '\u00A0':
                return "a no-break space";
            case '\u202F':
                return "a narrow no-break space";
            case '\u2011':
                return "a non-breaking hyphen";
            case '\u2013':
                return "an en dash";
            case '\u2014':
                return "an em dash";
            case '\u2212':
                return "a minus sign";
            case '\u00AD':
                return "a soft hyphen";
            case '\u200B':
                return "a zero-width space";
            case '\uFEFF':
                return "a byte order mark";
        }

        if (DoubleQuotes.IndexOf(c) >= 0)
        {
            return "a typographic quote";
        }

        if (SingleQuotes.IndexOf(c) >= 0)
        {
            return "a typographic apostrophe";
        }

        if (Dashes.IndexOf(c) >= 0)
        {
            return "a dash";
        }

        return CharUnicodeInfo.GetUnicodeCategory(text, index) switch
        {
            UnicodeCategory.Surrogate => "half of a character",
            UnicodeCategory.SpaceSeparator => "a space that is no plain one",
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "a line break",
            UnicodeCategory.Control => "a control character",
            UnicodeCategory.Format => "an invisible character",
            <= UnicodeCategory.OtherLetter => "a letter that is none of A to Z",
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => "a digit that is none of 0 to 9",
            _ => "a sign that is no plain one",
        };
    }

    private static string Advice(char c)
    {
        if (c is >= '\uFF01' and <= '\uFF5E')
        {
            return "write the plain " + (char)(c - 0xFEE0);
        }

        if (DoubleQuotes.IndexOf(c) >= 0)
        {
            return "write a straight quote, or none";
        }

        if (SingleQuotes.IndexOf(c) >= 0)
        {
            return "write a straight apostrophe, or none";
        }

        if (c != '\u00AD' && Dashes.IndexOf(c) >= 0)
        {
            return "write a hyphen";
        }

        return CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.SpaceSeparator => "write a plain space, or none",
            UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate => "remove it",
            _ => "write the plain one",
        };
    }
}
