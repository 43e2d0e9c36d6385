using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Formats;

/// <summary>
/// Writes named values as YAML in block style. Every text is read back as itself by YAML 1.1 and 1.2: what could be taken for
/// something else stands in quotes, and text of several lines is a block where that says the same.
/// </summary>
internal static class YamlText
{
    /// <summary>Characters of a name that may stand before its colon without a question mark.</summary>
    private const int MaxKey = 1_000;

    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase) { "null", "true", "false", "yes", "no", "on", "off", "y", "n" };

    /// <summary>Writes the members of a map, one below the other.</summary>
    public static void Members(StringBuilder text, FileMap map, string indent)
    {
        bool isFirst = true;
        foreach (KeyValuePair<string, object?> member in map)
        {
            text.Append(isFirst ? string.Empty : indent);
            isFirst = false;
            string key = Scalar(member.Key, isKey: true);
            text.Append(key.Length <= MaxKey ? key : "? " + key + "\n" + indent).Append(':');
            Value(text, member.Value, indent);
        }
    }

    /// <summary>Writes the items of a list, one below the other.</summary>
    public static void Items(StringBuilder text, FileList list, string indent)
    {
        foreach (object? item in list)
        {
            text.Append(indent).Append('-');
            if (item is FileMap { Count: > 0 } map)
            {
                text.Append(' ');
                Members(text, map, indent + "  ");
            }
            else
            {
                Value(text, item, indent);
            }
        }
    }

    private static void Value(StringBuilder text, object? value, string indent)
    {
        switch (value)
        {
            case FileMap { Count: > 0 } map:
                text.Append('\n').Append(indent).Append("  ");
                Members(text, map, indent + "  ");
                break;
            case FileList { Count: > 0 } list:
                text.Append('\n');
                Items(text, list, indent + "  ");
                break;
            case string several when IsBlock(several):
                Block(text, several, indent + "  ");
                break;
            default:
                text.Append(' ').Append(value switch
                {
                    FileMap => "{}",
                    FileList => "[]",
                    bool flag => flag ? "true" : "false",
                    string one => Scalar(one),
                    null => "null",
                    _ => Convert.ToString(value, CultureInfo.InvariantCulture),
                }).Append('\n');
                break;
        }
    }

    private static void Block(StringBuilder text, string several, string indent)
    {
        bool hasEnd = several[several.Length - 1] == '\n';
        text.Append(hasEnd ? " |\n" : " |-\n");
        foreach (string line in (hasEnd ? several.Substring(0, several.Length - 1) : several).Split('\n'))
        {
            text.Append(line.Length == 0 ? string.Empty : indent).Append(line).Append('\n');
        }
    }

    private static bool IsBlock(string text)
    {
        int end = text.IndexOf('\n');
        if (end < 0 || text[0] is '\n' or ' ' || text.EndsWith("\n\n", StringComparison.Ordinal))
        {
            return false;
        }

        bool isStart = true;
        bool isBlank = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n')
            {
                // A line of nothing but spaces would be taken for an empty one.
                if (isBlank && !isStart)
                {
                    return false;
                }

                (isStart, isBlank) = (true, true);
                continue;
            }

            if ((c == '\t' && isStart) || (c != '\t' && NeedsEscape(text, i)))
            {
                return false;
            }

            isBlank = (isStart || isBlank) && c == ' ';
            isStart = false;
        }

        return !isBlank || isStart;
    }

    private static string Scalar(string text, bool isKey = false)
    {
        // Signs inside a name are read differently by some readers when its colon follows them.
        if (IsPlain(text) && !(isKey && text.IndexOfAny(['*', '?', '#', '%', '=', '$', '@', '+']) >= 0))
        {
            return text;
        }

        bool isSimple = text.IndexOf('\'') < 0;
        for (int i = 0; i < text.Length && isSimple; i++)
        {
            isSimple = !NeedsEscape(text, i);
        }

        return isSimple ? "'" + text + "'" : Quoted(text);
    }

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || text[0] is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '/') || s_words.Contains(text))
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            char next = i + 1 < text.Length ? text[i + 1] : ' ';
            bool isFine = c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '.' or '/' or '@' or '+' or '(' or ')' or '*' or '?' or '#' or '%' or '=' or '-' or '$'
                || (c == ':' && next != ' ')
                || (c == ' ' && i + 1 < text.Length && next is not ('#' or ' '));
            if (!isFine)
            {
                return false;
            }
        }

        return true;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '"' or '\\':
                    quoted.Append('\\').Append(c);
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\r':
                    quoted.Append("\\r");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                default:
                    quoted.Append(NeedsEscape(text, i) ? "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture) : c.ToString());
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Control characters, line breaks of YAML 1.1, byte order marks and halves of surrogate pairs.</summary>
    private static bool NeedsEscape(string text, int index)
    {
        char c = text[index];
        return c is < ' ' or (>= '\u007F' and <= '\u009F') or '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF'
            || (char.IsHighSurrogate(c) && (index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1])))
            || (char.IsLowSurrogate(c) && (index == 0 || !char.IsHighSurrogate(text[index - 1])));
    }
}
