using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace SsmAssociationTools.Rules;

/// <summary>
/// A text as it reads once its escapes are undone, in one letter case and with white space drawn together, and where in the
/// text each character of that stands. Two spellings of one text are equal in it.
/// </summary>
internal sealed class LooseText
{
    private const int LongestEntity = 10;

    private readonly List<int> _starts = [];
    private readonly List<int> _ends = [];

    /// <param name="marks">What begins the escapes that are undone: some of <c>%</c>, <c>&amp;</c> and <c>\</c>.</param>
    /// <param name="rounds">How often they are undone.</param>
    public LooseText(string text, string marks, int rounds)
    {
        string current = text;
        for (int i = 0; i < text.Length; i++)
        {
            _starts.Add(i);
            _ends.Add(i + 1);
        }

        for (int round = 0; round < rounds; round++)
        {
            string decoded = Decode(current, marks);
            if (decoded.Length == current.Length)
            {
                break;
            }

            current = decoded;
        }

        Text = Fold(current);
    }

    public string Text { get; }

    /// <summary>Where a stretch begins in the text that was given.</summary>
    public int Start(int at) => _starts[at];

    /// <summary>Where a character ends in the text that was given.</summary>
    public int End(int at) => _ends[at];

    private string Decode(string text, string marks)
    {
        var decoded = new StringBuilder(text.Length);
        int to = 0;
        for (int i = 0; i < text.Length;)
        {
            string? plain = marks.IndexOf(text[i]) < 0 ? null : text[i] switch
            {
                '%' => Percent(text, i, out int length) is { } found ? Take(found, length) : null,
                '&' => Entity(text, i, out int length) is { } found ? Take(found, length) : null,
                '\\' => Escape(text, i, out int length) is { } found ? Take(found, length) : null,
                _ => null,
            };
            if (plain is null)
            {
                Move(i, i, to++);
                decoded.Append(text[i++]);
            }

            string Take(string characters, int length)
            {
                int start = _starts[i];
                int end = _ends[i + length - 1];
                foreach (char c in characters)
                {
                    decoded.Append(c);

                    // What is decoded is never longer than what it was made of, so nothing unread is written over.
                    _starts[to] = start;
                    _ends[to++] = end;
                }

                i += length;
                return characters;
            }
        }

        Trim(to);
        return decoded.ToString();
    }

    /// <summary>Takes a run of %XX for the bytes of UTF-8.</summary>
    private static string? Percent(string text, int at, out int length)
    {
        var bytes = new List<byte>();
        int i = at;
        while (i + 2 < text.Length && text[i] == '%' && TryHex(text, i + 1, 2, out int value))
        {
            bytes.Add((byte)value);
            i += 3;
        }

        length = i - at;
        return bytes.Count == 0 ? null : Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string? Entity(string text, int at, out int length)
    {
        int end = text.IndexOf(';', at, Math.Min(LongestEntity, text.Length - at));
        length = end - at + 1;
        if (end < 0)
        {
            return null;
        }

        string name = text.Substring(at + 1, end - at - 1);
        if (name.Length > 1 && name[0] == '#')
        {
            bool isHex = name[1] is 'x' or 'X';
            return int.TryParse(name.Substring(isHex ? 2 : 1), isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? Character(code) : null;
        }

        return name.ToLowerInvariant() switch
        {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            "nbsp" => " ",
            _ => null,
        };
    }

    private static string? Escape(string text, int at, out int length)
    {
        length = 2;
        if (at + 1 == text.Length)
        {
            return null;
        }

        char next = text[at + 1];

        // Whoever writes a text in capitals writes its escapes so too.
        switch (char.ToLowerInvariant(next))
        {
            case 'u' when at + 2 < text.Length && text[at + 2] == '{':
                int end = text.IndexOf('}', at);
                length = end - at + 1;
                return end > at + 3 && end < at + LongestEntity && TryHex(text, at + 3, end - at - 3, out int wide) ? Character(wide) : null;
            case 'u' when TryHex(text, at + 2, 4, out int code):
                length = 6;
                return ((char)code).ToString();
            case 'x' when TryHex(text, at + 2, 2, out int narrow):
                length = 4;
                return ((char)narrow).ToString();
            case 'n' or 'r' or 't' or 'f' or 'v' or 'b' or '0':
                return " ";
            case '"' or '\'' or '\\' or '/' or '$' or '`':
                return next.ToString();
            default:
                return null;
        }
    }

    private static bool TryHex(string text, int at, int count, out int value)
    {
        value = 0;
        return at + count <= text.Length && int.TryParse(text.Substring(at, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static string? Character(int code) =>
        code is < 0 or > 0x10FFFF ? null : code < 0x10000 ? ((char)code).ToString() : char.ConvertFromUtf32(code);

    private string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        int to = 0;
        for (int i = 0; i < text.Length; i++)
        {
            // A plus stands for a space in forms and addresses.
            char c = char.IsWhiteSpace(text[i]) || char.IsControl(text[i]) || text[i] == '+' ? ' ' : char.ToUpperInvariant(text[i]);
            if (c == ' ' && to > 0 && folded[to - 1] == ' ')
            {
                _ends[to - 1] = _ends[i];
                continue;
            }

            Move(i, i, to++);
            folded.Append(c);
        }

        Trim(to);
        return folded.ToString();
    }

    private void Move(int first, int last, int to)
    {
        _starts[to] = _starts[first];
        _ends[to] = _ends[last];
    }

    private void Trim(int count)
    {
        _starts.RemoveRange(count, _starts.Count - count);
        _ends.RemoveRange(count, _ends.Count - count);
    }
}
