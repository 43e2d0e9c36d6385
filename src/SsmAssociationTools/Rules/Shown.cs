namespace SsmAssociationTools.Rules;

/// <summary>Makes a user's text fit for a message.</summary>
internal static class Shown
{
    private const int MaxLength = 60;

    /// <summary>Cuts a long text and replaces control characters, so that a message stays one line.</summary>
    public static string Text(string text)
    {
        string cut = text.Length <= MaxLength ? text : text.Substring(0, MaxLength - 3) + "...";
        foreach (char c in cut)
        {
            if (char.IsControl(c))
            {
                return Replace(cut);
            }
        }

        return cut;
    }

    private static string Replace(string text)
    {
        char[] characters = text.ToCharArray();
        for (int i = 0; i < characters.Length; i++)
        {
            if (char.IsControl(characters[i]))
            {
                characters[i] = '\uFFFD';
            }
        }

        return new string(characters);
    }
}
