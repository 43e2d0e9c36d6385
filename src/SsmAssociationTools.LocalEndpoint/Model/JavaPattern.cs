using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace SsmAssociationTools.LocalEndpoint.Model;

/// <summary>
/// A regular expression of the API model with the meaning it has on the service, which runs Java: the whole text has to
/// match, \w \d \s know ASCII only, and a dot stops at every Unicode line end.
/// </summary>
internal sealed class JavaPattern
{
    private static readonly Dictionary<string, string> s_posixClasses = new(StringComparer.Ordinal)
    {
        ["Lower"] = "a-z",
        ["Upper"] = "A-Z",
        ["ASCII"] = @"\x00-\x7F",
        ["Alpha"] = "a-zA-Z",
        ["Digit"] = "0-9",
        ["Alnum"] = "a-zA-Z0-9",
        ["Punct"] = @"!-/:-@\x5B-\x60{-~",
        ["Graph"] = "!-~",
        ["Print"] = @"\x20-~",
        ["Blank"] = @"\x20\t",
        ["Cntrl"] = @"\x00-\x1F\x7F",
        ["XDigit"] = "0-9a-fA-F",
        ["Space"] = @"\x20\t\n\x0B\f\r",
    };

    private readonly Regex? _regex;

    /// <summary>Makes a pattern.</summary>
    /// <param name="source">The expression as the model has it.</param>
    public JavaPattern(string source)
    {
        Source = source;
        _regex = new Regex(@"\A(?:" + Translate(source) + @")\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    }

    private JavaPattern(string source, Regex? regex)
    {
        Source = source;
        _regex = regex;
    }

    /// <summary>The expression as the model has it, which error texts quote.</summary>
    public string Source { get; }

    /// <summary>
    /// Makes the pattern of a document, which the service accepted once: what .NET cannot read is kept and quoted, and every
    /// text matches it.
    /// </summary>
    /// <param name="source">The expression as the document has it.</param>
    /// <returns>The pattern.</returns>
    public static JavaPattern OfDocument(string source)
    {
        try
        {
            return new JavaPattern(source);
        }
        catch (ArgumentException)
        {
            return new JavaPattern(source, regex: null);
        }
    }

    /// <summary>Tells whether a text matches as a whole.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True when it does; false too for one that could not be decided in seconds.</returns>
    public bool Matches(string text)
    {
        try
        {
            return _regex?.IsMatch(text) != false;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string Translate(string source)
    {
        var result = new StringBuilder(source.Length + 16);
        bool inClass = false;
        for (int i = 0; i < source.Length; i++)
        {
            char c = source[i];
            if (c == '\\' && i + 1 < source.Length)
            {
                if (PosixClass(source, i) is { } name)
                {
                    bool isNegated = source[i + 1] == 'P';
                    if (isNegated && inClass)
                    {
                        throw new ArgumentException("A negated POSIX class inside brackets cannot be translated.", nameof(source));
                    }

                    string members = s_posixClasses[name];
                    result.Append(inClass ? members : (isNegated ? "[^" : "[") + members + "]");
                    i += name.Length + 3;
                    continue;
                }

                string? ascii = source[++i] switch
                {
                    'w' => "a-zA-Z0-9_",
                    'd' => "0-9",
                    's' => @" \t\n\x0B\f\r",
                    _ => null,
                };
                if (ascii is null)
                {
                    result.Append('\\').Append(source[i]);
                }
                else
                {
                    result.Append(inClass ? ascii : "[" + ascii + "]");
                }

                continue;
            }

            inClass = c switch { '[' => true, ']' => false, _ => inClass };
            result.Append(c == '.' && !inClass ? @"[^\n\r\u0085\u2028\u2029]" : c.ToString());
        }

        return result.ToString();
    }

    private static string? PosixClass(string source, int at)
    {
        if (at + 2 >= source.Length || source[at + 1] is not ('p' or 'P') || source[at + 2] != '{')
        {
            return null;
        }

        int end = source.IndexOf('}', at);
        string name = end < 0 ? "" : source.Substring(at + 3, end - at - 3);
        return s_posixClasses.ContainsKey(name) ? name : null;
    }
}
