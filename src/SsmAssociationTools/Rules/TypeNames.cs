using System;
using System.Text.RegularExpressions;

namespace SsmAssociationTools.Rules;

/// <summary>
/// Knows the texts that PowerShell writes where a list or an object is made into text: Export-Csv, ConvertTo-Json without
/// enough -Depth, a string with a variable in it.
/// </summary>
internal static class TypeNames
{
    /// <summary>The cause and the way out, for messages.</summary>
    public const string Cause = "PowerShell writes this where it makes a list or an object into text, as Export-Csv, ConvertTo-Json without enough -Depth and strings with variables do. "
        + "Give the values themselves, or write the file with Export-SsmAssociationEntry.";

    private static readonly string[] s_roots = ["System.", "Microsoft.", "Amazon.", "Newtonsoft.", "Deserialized.", "SsmAssociationTools."];

    private static readonly Regex s_name = new(@"\A[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+([`+][A-Za-z0-9_]+)*(\[[^\s""]*\])*\z", RegexOptions.CultureInvariant);

    /// <summary>True for the name of a .NET type, such as <c>System.Object[]</c>.</summary>
    public static bool IsTypeName(string text)
    {
        if (text.Length < 8 || text.IndexOf('.') < 0)
        {
            return false;
        }

        bool isOfRoot = false;
        foreach (string root in s_roots)
        {
            isOfRoot |= text.StartsWith(root, StringComparison.Ordinal);
        }

        bool isList = text.EndsWith("[]", StringComparison.Ordinal) || text.IndexOf("`1[", StringComparison.Ordinal) > 0;
        return (isOfRoot || isList) && s_name.IsMatch(text);
    }

    /// <summary>True for an object with properties as text, such as <c>@{Key=tag:Role; Values=System.Object[]}</c>.</summary>
    public static bool IsObjectText(string text) =>
        text.Length > 3 && text[0] == '@' && text[1] == '{' && text[text.Length - 1] == '}' && text.IndexOf('=') > 0;

    /// <summary>True for the text that is left of a list or an object.</summary>
    public static bool IsLeftOfObject(string text) => IsTypeName(text) || IsObjectText(text);
}
