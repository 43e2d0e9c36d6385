using System;

namespace SsmAssociationTools.Gateway;

/// <summary>What a request is signed with. Secrets: never in a message, a log or a result.</summary>
internal sealed class AccessKeys
{
    public AccessKeys(string accessKey, string secretKey, string? sessionToken = null)
    {
        AccessKey = accessKey;
        SecretKey = secretKey;
        SessionToken = string.IsNullOrWhiteSpace(sessionToken) ? null : sessionToken;
    }

    /// <summary>Access key id.</summary>
    public string AccessKey { get; }

    /// <summary>Secret access key.</summary>
    public string SecretKey { get; }

    /// <summary>Session token of temporary keys; null for keys of a user.</summary>
    public string? SessionToken { get; }

    /// <summary>When the keys stop being valid, in UTC; null where that is never or not known.</summary>
    public DateTime? Expiration { get; init; }

    /// <summary>The account that the keys belong to, 12 digits; null where it is not known.</summary>
    public string? AccountId { get; init; }
}
