using System;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Http;

/// <summary>Who a signed call is from and which Region it is for, as its Authorization header says. Nothing is verified.</summary>
/// <param name="AccessKey">Access key id.</param>
/// <param name="Region">Region code.</param>
internal sealed record CallScope(string AccessKey, string Region)
{
    private const string Start = "Credential=";

    /// <summary>Reads the header: <c>AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/ssm/aws4_request, ...</c>.</summary>
    /// <param name="authorization">The header.</param>
    /// <returns>The scope; null where the header has another form.</returns>
    public static CallScope? Read(string authorization)
    {
        int start = authorization.IndexOf(Start, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += Start.Length;
        int end = authorization.IndexOfAny([',', ' '], start);
        string[] parts = authorization.Substring(start, (end < 0 ? authorization.Length : end) - start).Split('/');
        return parts.Length == 5 && parts[2].Length is > 0 and <= 63 && parts[2].All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            ? new CallScope(parts[0], parts[2])
            : null;
    }
}
