using System;
using System.Text;
using System.Text.RegularExpressions;

namespace SsmAssociationTools.LocalEndpoint.Model;

/// <summary>
/// A regular expression of the API model with the meaning it has on the service, which runs Java: the whole text has to
/// match, \w \d \s know ASCII only, and a dot stops at every Unicode line end.
/// </summary>
internal sealed class JavaPattern
{
    private readonly Regex _regex;

    /// <summary>Makes a pattern.</summary>
    /// <param name="source">The expression as the model has it.</param>
    public JavaPattern(string source)
    {
        Source = source;
        _regex = new Regex(@"\A(?:" + Translate(source) + @")\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    }

    /// <summary>The expression as the model has it, which error texts quote.</summary>
    public string Source { get; }

    /// <summary>Tells whether a text matches as a whole.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True when it does; false too for one that could not be decided in seconds.</returns>
    public bool Matches(string text)
    {
        try
        {
            return _regex.IsMatch(text);
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
}
