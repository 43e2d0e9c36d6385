namespace SsmAssociationTools.Input;

/// <summary>Tells what has the form of an association's id.</summary>
internal static class AssociationIds
{
    /// <summary>True for text such as 33858bec-0c55-4547-a054-eb5fc0000000.</summary>
    public static bool IsOne(string text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            bool isHex = text[i] is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !isHex)
            {
                return false;
            }
        }

        return true;
    }
}
