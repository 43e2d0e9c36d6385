using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Takes the values of <c>Parameters</c> out of texts that the service wrote: it may quote what it refuses, and the
/// API model marks those values as sensitive.
/// </summary>
internal static class SensitiveText
{
    /// <summary>Stands where a value stood.</summary>
    public const string Mask = "[parameter value]";

    /// <summary>Shorter values are ordinary words and numbers; they are hidden only where the service puts them in quotes.</summary>
    private const int MinUnquotedLength = 4;

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
    public static string? Hide(string? text, IReadOnlyList<WorkItem> items)
    {
        foreach (WorkItem item in items)
        {
            text = Hide(text, item.Entry);
        }

        return text;
    }

    private static string HideValue(string text, string value)
    {
        int at = 0;
        while ((at = text.IndexOf(value, at, StringComparison.Ordinal)) >= 0)
        {
            if (StandsAlone(text, at, value.Length))
            {
                text = text.Substring(0, at) + Mask + text.Substring(at + value.Length);
                at += Mask.Length;
            }
            else
            {
                at++;
            }
        }

        return text;
    }

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
