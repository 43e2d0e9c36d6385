namespace SsmAssociationTools.Validation;

/// <summary>Matches texts with * and ?.</summary>
internal static class Wildcard
{
    /// <summary>Compares a text with a pattern, in time proportional to the product of their lengths at most.</summary>
    /// <param name="pattern">The pattern: * stands for any text, ? for one character; upper and lower case are the same.</param>
    public static bool IsMatch(string text, string pattern)
    {
        int t = 0;
        int p = 0;
        int star = -1;
        int resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t])))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }
}
