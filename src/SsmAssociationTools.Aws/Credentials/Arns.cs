namespace SsmAssociationTools.Aws.Credentials;

/// <summary>Reads Amazon Resource Names.</summary>
internal static class Arns
{
    /// <summary>The account of an ARN.</summary>
    /// <param name="arn">Such as arn:aws:sts::111122223333:assumed-role/Ops/session.</param>
    /// <returns>The 12 digits, or null.</returns>
    public static string? AccountOf(string? arn)
    {
        string[] parts = (arn ?? string.Empty).Split(':');
        return parts.Length >= 6 && parts[0] == "arn" && IsAccount(parts[4]) ? parts[4] : null;
    }

    /// <summary>Says whether a text is the number of an account.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for 12 digits.</returns>
    public static bool IsAccount(string? text)
    {
        if (text is null || text.Length != 12)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }
}
