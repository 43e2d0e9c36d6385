using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>The cached token of a login to IAM Identity Center.</summary>
internal sealed class SsoToken
{
    /// <summary>Reads a token.</summary>
    public SsoToken(string path, JsonElement members)
    {
        Path = path;
        Members = members;
    }

    /// <summary>The file that it is in.</summary>
    public string Path { get; }

    /// <summary>What the file holds.</summary>
    public JsonElement Members { get; }

    /// <summary>The token; null where the file has none.</summary>
    public string? AccessToken => Members.Text("accessToken");

    /// <summary>When the token ends, in UTC; a token that does not say so counts as over.</summary>
    public DateTime ExpiresAt => Members.Time("expiresAt") ?? DateTime.MinValue;

    /// <summary>What the token can be renewed with; null where it cannot.</summary>
    public string? RefreshToken => Members.Text("refreshToken");

    /// <summary>Id of the program that logged in.</summary>
    public string? ClientId => Members.Text("clientId");

    /// <summary>Secret of the program that logged in.</summary>
    public string? ClientSecret => Members.Text("clientSecret");

    /// <summary>Says whether the token can be renewed without a new login.</summary>
    public bool CanRenew(DateTime now) =>
        RefreshToken is not null && ClientId is not null && ClientSecret is not null && (Members.Time("registrationExpiresAt") ?? DateTime.MaxValue) > now;

    /// <summary>The token after it was renewed. Members of the file that this module does not know stay.</summary>
    public SsoToken Renewed(string accessToken, string? refreshToken, DateTime expiresAt)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty member in Members.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        members["accessToken"] = JsonSerializer.SerializeToElement(accessToken);
        members["refreshToken"] = JsonSerializer.SerializeToElement(refreshToken ?? RefreshToken);
        members["expiresAt"] = JsonSerializer.SerializeToElement(expiresAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return new SsoToken(Path, JsonSerializer.SerializeToElement(members));
    }
}
