namespace SsmAssociationTools.Input;

/// <summary>Tells what has the form of a Region's code. New Regions appear, so there is no list.</summary>
internal static class RegionCode
{
    /// <summary>True for text such as us-east-1, cn-northwest-1 or us-gov-west-1.</summary>
    public static bool IsOne(string text)
    {
        int words = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != '-')
            {
                continue;
            }

            bool isLast = i == text.Length;
            if (i == start || !HasOnly(text, start, i, isLast ? '0' : 'a', isLast ? '9' : 'z'))
            {
                return false;
            }

            words++;
            start = i + 1;
        }

        return words >= 3;
    }

    /// <summary>
    /// The code as the service spells it. Two spellings would be two places: what goes to both would be created twice, and no
    /// journal would know one by the other.
    /// </summary>
    public static string Spell(string text) => text.Trim().ToLowerInvariant();

    private static bool HasOnly(string text, int start, int end, char first, char last)
    {
        for (int i = start; i < end; i++)
        {
            if (text[i] < first || text[i] > last)
            {
                return false;
            }
        }

        return true;
    }
}
