using SsmAssociationTools.Model;

namespace SsmAssociationTools.Rules;

/// <summary>Forms of texts that more than one place asks for.</summary>
internal static class TextPatterns
{
    public static bool IsRoleArn(string text) => EntrySchema.RoleArn.Matches(text);

    /// <summary>How many characters of a node id stand before its number.</summary>
    public static int PrefixLength(string text)
    {
        if (text.StartsWith("i-", System.StringComparison.Ordinal))
        {
            return 2;
        }

        return text.StartsWith("mi-", System.StringComparison.Ordinal) ? 3 : 0;
    }

    /// <summary>Length of a text as the API counts it: a character outside the basic plane counts once.</summary>
    public static int Length(string text)
    {
        int length = text.Length;
        for (int i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
            {
                length--;
            }
        }

        return length;
    }
}
