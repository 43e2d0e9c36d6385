using System.Globalization;
using System.IO;

namespace SsmAssociationTools.Reports;

/// <summary>
/// Writes HTML piece by piece. Markup is the module's own and goes out as it is; everything that comes from an entry or
/// from the service goes through <see cref="Text"/>, and so can neither end an element nor an attribute, nor lay out the
/// text around it.
/// </summary>
internal sealed class HtmlWriter
{
    /// <summary>Longest text, in characters; what an entry may hold is far shorter, what is wrong with it may be longer.</summary>
    public const int LongestText = 1000;

    private const char Replacement = '\uFFFD';

    private readonly TextWriter _output;

    public HtmlWriter(TextWriter output) => _output = output;

    /// <summary>Writes markup of the module's own.</summary>
    public HtmlWriter Markup(string markup)
    {
        _output.Write(markup);
        return this;
    }

    /// <summary>Writes a number with a comma between thousands.</summary>
    public HtmlWriter Number(long value) => Markup(value.ToString("#,##0", CultureInfo.InvariantCulture));

    /// <summary>Writes a number of a drawing, or one that a program reads.</summary>
    public HtmlWriter Plain(double value) => Markup(value.ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>
    /// Writes any text as text, between elements or between the double quotes of an attribute. What HTML may not hold
    /// (control characters, halves of surrogate pairs, noncharacters) is replaced; characters that turn the direction of
    /// the text around them, so that a name shows as another, are written as their number. Long text is cut.
    /// </summary>
    public HtmlWriter Text(string? text)
    {
        if (text is null)
        {
            return this;
        }

        int end = text.Length;
        if (end > LongestText)
        {
            end = char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
        }

        for (int i = 0; i < end; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < end && char.IsLowSurrogate(text[i + 1]))
            {
                Pair(c, text[++i]);
            }
            else
            {
                Character(c);
            }
        }

        if (end < text.Length)
        {
            _output.Write('…');
        }

        return this;
    }

    /// <summary>Writes a pair of surrogates. The last two code points of each plane are noncharacters.</summary>
    private void Pair(char high, char low)
    {
        if ((char.ConvertToUtf32(high, low) & 0xFFFE) == 0xFFFE)
        {
            _output.Write(Replacement);
        }
        else
        {
            _output.Write(high);
            _output.Write(low);
        }
    }

    private void Character(char c)
    {
        switch (c)
        {
            case '&':
                _output.Write("&amp;");
                break;
            case '<':
                _output.Write("&lt;");
                break;
            case '>':
                _output.Write("&gt;");
                break;
            case '"':
                _output.Write("&quot;");
                break;
            case '\'':
                _output.Write("&#39;");
                break;
            case '\t' or '\n' or '\r':
                _output.Write(' ');
                break;
            case >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069':
                _output.Write("[U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture) + "]");
                break;
            case >= '\uFDD0' and <= '\uFDEF' or '\uFFFE' or '\uFFFF':
                _output.Write(Replacement);
                break;
            default:
                _output.Write(char.IsControl(c) || char.IsSurrogate(c) ? Replacement : c);
                break;
        }
    }
}
