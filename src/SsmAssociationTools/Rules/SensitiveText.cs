using System;
using System.Collections.Generic;
using System.Text;

namespace SsmAssociationTools.Rules;

/// <summary>
/// Takes the values of <c>Parameters</c> out of texts that the service wrote: it may quote what it refuses, and the
/// API model marks those values as sensitive. A value is found in other letter case, escaped as in addresses, HTML or JSON, in
/// base64, and cut with an ellipsis.
/// </summary>
internal static class SensitiveText
{
    /// <summary>Stands where a value stood.</summary>
    public const string Mask = "[parameter value]";

    /// <summary>Shorter values are ordinary words and numbers; they are hidden only where the service puts them in quotes.</summary>
    private const int MinUnquotedLength = 4;

    /// <summary>Less of a value that was cut says nothing, and would be found in ordinary words.</summary>
    private const int MinCutLength = 4;

    private const string AllMarks = "%&\\";

    /// <summary>A text may be escaped again when it is quoted in another, and that once more.</summary>
    private const int MaxRounds = 3;

    /// <summary>The ways to read a text: as it is, escaped in one way, and in several ways one over the other.</summary>
    private static readonly (string Marks, int Rounds)[] s_readings =
        [(string.Empty, 0), ("%", 1), ("&", 1), ("\\", 1), (AllMarks, 1), (AllMarks, 2), (AllMarks, MaxRounds)];

    /// <summary>Hides the parameter values of one entry.</summary>
    public static string? Hide(string? text, AssociationEntry? entry)
    {
        if (string.IsNullOrEmpty(text) || entry?.Parameters is not { Count: > 0 } parameters)
        {
            return text;
        }

        foreach (KeyValuePair<string, string?[]?> parameter in parameters)
        {
            foreach (string? value in parameter.Value ?? [])
            {
                if (!string.IsNullOrEmpty(value))
                {
                    text = HideValue(text!, value!);
                }
            }
        }

        return text;
    }

    /// <summary>Hides the parameter values of several entries, for a text that may speak of any of them.</summary>
    public static string? Hide(string? text, IEnumerable<AssociationEntry?> entries)
    {
        foreach (AssociationEntry? entry in entries)
        {
            text = Hide(text, entry);
        }

        return text;
    }

    private static string HideValue(string text, string value)
    {
        if (value.Length >= MinUnquotedLength)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(value);
            text = HideExactly(text, Convert.ToBase64String(bytes).TrimEnd('='));
        }

        string plain = new LooseText(value, string.Empty, 0).Text.Trim();
        string undone = new LooseText(value, AllMarks, MaxRounds).Text.Trim();
        foreach ((string marks, int rounds) in s_readings)
        {
            if (rounds == 0 || text.IndexOfAny(marks.ToCharArray()) >= 0)
            {
                // What looks like an escape may be the value's own.
                text = HideLoosely(text, plain, marks, rounds);
                text = undone == plain ? text : HideLoosely(text, undone, marks, rounds);
            }
        }

        return text;
    }

    private static string HideLoosely(string text, string wanted, string marks, int rounds)
    {
        if (wanted.Length == 0)
        {
            return text;
        }

        var loose = new LooseText(text, marks, rounds);
        for (int at = 0; (at = loose.Text.IndexOf(wanted, Math.Min(at, loose.Text.Length), StringComparison.Ordinal)) >= 0;)
        {
            if (StandsAlone(loose.Text, at, wanted.Length))
            {
                text = Replace(text, loose, at, wanted.Length);
                loose = new LooseText(text, marks, rounds);
                at += Mask.Length;
            }
            else
            {
                at++;
            }
        }

        return wanted.Length > MinCutLength ? HideCuts(text, loose, wanted, marks, rounds) : text;
    }

    /// <summary>Hides what is left of a value that was cut: its beginning before an ellipsis or at the end of the text, its end after an ellipsis.</summary>
    private static string HideCuts(string text, LooseText loose, string wanted, string marks, int rounds)
    {
        for (int at = loose.Text.Length; at > 0; at--)
        {
            bool isCut = at == loose.Text.Length || IsEllipsis(loose.Text, at);
            int length = isCut ? CommonAtEnd(loose.Text, at, wanted) : 0;
            if (length > 0)
            {
                text = Replace(text, loose, at - length, length);
                loose = new LooseText(text, marks, rounds);
                at = Math.Min(at, loose.Text.Length);
            }
        }

        for (int at = 0; at < loose.Text.Length; at++)
        {
            int length = EllipsisEnd(loose.Text, at) is { } end ? CommonAtStart(loose.Text, end, wanted) : 0;
            if (length > 0)
            {
                text = Replace(text, loose, EllipsisEnd(loose.Text, at)!.Value, length);
                loose = new LooseText(text, marks, rounds);
            }
        }

        return text;
    }

    /// <summary>How much of the beginning of a value stands before a place.</summary>
    private static int CommonAtEnd(string text, int end, string wanted)
    {
        for (int length = Math.Min(end, wanted.Length - 1); length >= MinCutLength; length--)
        {
            if (string.CompareOrdinal(text, end - length, wanted, 0, length) == 0 && (end == length || !char.IsLetterOrDigit(text[end - length - 1])))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>How much of the end of a value stands after a place.</summary>
    private static int CommonAtStart(string text, int start, string wanted)
    {
        for (int length = Math.Min(text.Length - start, wanted.Length - 1); length >= MinCutLength; length--)
        {
            if (string.CompareOrdinal(text, start, wanted, wanted.Length - length, length) == 0 && (start + length == text.Length || !char.IsLetterOrDigit(text[start + length])))
            {
                return length;
            }
        }

        return 0;
    }

    private static bool IsEllipsis(string text, int at) =>
        text[at] == '\u2026' || string.CompareOrdinal(text, at, "...", 0, 3) == 0;

    private static int? EllipsisEnd(string text, int at) =>
        text[at] == '\u2026' ? at + 1 : string.CompareOrdinal(text, at, "...", 0, 3) == 0 ? at + 3 : null;

    private static string HideExactly(string text, string part)
    {
        for (int at = 0; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += Mask.Length)
        {
            text = text.Substring(0, at) + Mask + text.Substring(at + part.Length);
        }

        return text;
    }

    private static string Replace(string text, LooseText loose, int at, int length) =>
        text.Substring(0, loose.Start(at)) + Mask + text.Substring(loose.End(at + length - 1));

    private static bool StandsAlone(string text, int at, int length)
    {
        char before = at > 0 ? text[at - 1] : ' ';
        char after = at + length < text.Length ? text[at + length] : ' ';
        if (IsQuote(before) && IsQuote(after))
        {
            return true;
        }

        return length >= MinUnquotedLength && !char.IsLetterOrDigit(before) && !char.IsLetterOrDigit(after);
    }

    private static bool IsQuote(char c) => c is '\'' or '"' or '[' or ']' or '{' or '}' or '=' or ',';
}
