using System;
using System.Text.RegularExpressions;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Rules;

/// <summary>Makes a user's text fit for a message.</summary>
internal static class MessageText
{
    private const int MaxLength = 60;

    private static readonly Regex s_userInfo = new(@"(?<=://)[^\s/?#'""<>]*@", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Cuts a long text and makes visible what it hides, so that a message stays one line.</summary>
    public static string Of(string text) => VisibleText.Of(text.Length <= MaxLength ? text : text.Substring(0, MaxLength - 3) + "...");

    /// <summary>
    /// Prepares what stands where the id of an association is expected. It may be a line of a file with values of Parameters, so
    /// only what can be a mistyped id is quoted.
    /// </summary>
    public static string Id(string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return text.Length == 0 ? "An empty text" : "The text";
        }

        foreach (char c in text)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F') or '-' or '{' or '}'))
            {
                return "The text";
            }
        }

        return $"'{text}'";
    }

    /// <summary>Ends a text of others so that a sentence can follow it.</summary>
    public static string Sentence(string text)
    {
        string end = text.TrimEnd();
        return end.Length == 0 || end[end.Length - 1] is '.' or '!' or '?' or ':' or ';' ? end : end + ".";
    }

    /// <summary>Takes user names and passwords out of the addresses in a text.</summary>
    public static string WithoutUserInfo(string text) => text.IndexOf('@') < 0 ? text : s_userInfo.Replace(text, string.Empty);

    /// <summary>
    /// Prepares what somebody gave as an address, which may be none. All that could be a password is taken out: whatever
    /// stands before the last @, and the query.
    /// </summary>
    public static string Address(string text)
    {
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        int start = scheme < 0 ? 0 : scheme + "://".Length;
        int end = text.IndexOf('?', start);
        string rest = end < 0 ? text.Substring(start) : text.Substring(start, end - start);
        int at = text.LastIndexOf('@');
        if (at >= start + rest.Length)
        {
            // A password with a question mark.
            rest = text.Substring(at + 1);
        }
        else if (at >= start)
        {
            rest = rest.Substring(at - start + 1);
        }

        return Of(text.Substring(0, start) + rest);
    }
}
