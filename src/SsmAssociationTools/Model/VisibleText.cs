using System.Globalization;
using System.Text;

namespace SsmAssociationTools.Model;

/// <summary>
/// Makes a foreign text safe to show. Names and texts of the service may hold characters that a terminal obeys, that turn the
/// direction of what follows, or that nobody sees; they are written as what they are, such as <c>\u{1B}</c>. Data stay as they are.
/// </summary>
internal static class VisibleText
{
    /// <summary>The text as it may be written to a terminal, a log or a table, in one line.</summary>
    public static string Of(string? text)
    {
        if (text is null)
        {
            return string.Empty;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (IsHidden(text, i, out int length))
            {
                return Write(text, i);
            }

            i += length - 1;
        }

        return text;
    }

    /// <summary>As <see cref="Of"/>, and null for null.</summary>
    public static string? OrNull(string? text) => text is null ? null : Of(text);

    private static string Write(string text, int start)
    {
        var shown = new StringBuilder(text, 0, start, text.Length + 16);
        for (int i = start; i < text.Length;)
        {
            if (IsHidden(text, i, out int length))
            {
                int code = length == 2 ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i];
                shown.Append("\\u{").Append(code.ToString("X", CultureInfo.InvariantCulture)).Append('}');
            }
            else
            {
                shown.Append(text, i, length);
            }

            i += length;
        }

        return shown.ToString();
    }

    /// <summary>Looks at the character at a place.</summary>
    /// <param name="length">How many chars it has.</param>
    private static bool IsHidden(string text, int at, out int length)
    {
        char c = text[at];
        length = 1;
        if (c is >= ' ' and < '\u007F')
        {
            return false;
        }

        if (char.IsSurrogate(c))
        {
            if (!char.IsHighSurrogate(c) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
            {
                return true;
            }

            length = 2;
            return CharUnicodeInfo.GetUnicodeCategory(text, at) == UnicodeCategory.Format || (c == '\uDB40' && text[at + 1] < '\uDC80');
        }

        // Letters and signs that show nothing: fillers of Hangul, the empty braille sign, the grapheme joiner.
        return c is '\u115F' or '\u1160' or '\u3164' or '\uFFA0' or '\u2800' or '\u034F' or '\u17B4' or '\u17B5'
            || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
    }
}
