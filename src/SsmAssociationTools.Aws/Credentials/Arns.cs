namespace SsmAssociationTools.Aws.Credentials;

/// <summary>Reads Amazon Resource Names.</summary>
internal static class Arns
{
    /// <summary>The account of an ARN.</summary>
    public static string? AccountOf(string? arn)
    {
        string[] parts = (arn ?? string.Empty).Split(':');
        return parts.Length >= 6 && parts[0] == "arn" && IsAccount(parts[4]) ? parts[4] : null;
    }

    /// <summary>Says whether a text is the number of an account.</summary>
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
