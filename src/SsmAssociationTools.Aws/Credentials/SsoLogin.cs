using System;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>What a profile says about IAM Identity Center.</summary>
internal sealed class SsoLogin
{
    public SsoLogin(string profileName, string cacheKey, string accountId, string roleName, Uri portal, Uri oidc)
    {
        ProfileName = profileName;
        CacheKey = cacheKey;
        AccountId = accountId;
        RoleName = roleName;
        Portal = portal;
        Oidc = oidc;
    }

    /// <summary>The profile, for messages.</summary>
    public string ProfileName { get; }

    /// <summary>What the file of the token is named after.</summary>
    public string CacheKey { get; }

    /// <summary>The account, 12 digits.</summary>
    public string AccountId { get; }

    /// <summary>Name of the permission set.</summary>
    public string RoleName { get; }

    /// <summary>Address of the portal, which gives credentials.</summary>
    public Uri Portal { get; }

    /// <summary>Address of the login service, which renews tokens.</summary>
    public Uri Oidc { get; }
}
