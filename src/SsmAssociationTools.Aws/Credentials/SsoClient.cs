using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// Gets the credentials of a permission set from IAM Identity Center, with the token that a login left behind. Never logs in:
/// that needs a browser and a person. Asked by one caller at a time.
/// </summary>
internal sealed class SsoClient
{
    /// <summary>How long before it ends a token is renewed.</summary>
    private static readonly TimeSpan s_early = TimeSpan.FromMinutes(15);

    private readonly CredentialHttp _http;
    private readonly SsoLogin _login;
    private readonly MachineEnvironment _environment;
    private readonly SsoTokenCache _cache;
    private SsoToken? _renewed;

    public SsoClient(CredentialHttp http, SsoLogin login, MachineEnvironment environment)
    {
        _http = http;
        _login = login;
        _environment = environment;
        _cache = new SsoTokenCache(login.CacheKey, environment);
    }

    /// <summary>Gets the credentials.</summary>
    /// <exception cref="GatewayException">Nobody is logged in, the login is over, or access is refused.</exception>
    public async Task<AccessKeys> GetRoleCredentialsAsync(CancellationToken cancellationToken)
    {
        string token = await GetTokenAsync(cancellationToken).ConfigureAwait(false);
        var url = new Uri(_login.Portal, $"federation/credentials?role_name={Uri.EscapeDataString(_login.RoleName)}&account_id={Uri.EscapeDataString(_login.AccountId)}");
        CredentialAnswer answer = await _http.CallServiceAsync($"{ServiceInfo.Sso.Name} at {url.Authority}", () => PortalRequest(url, token), static _ => false, cancellationToken).ConfigureAwait(false);
        if (answer.Status == 401)
        {
            throw LoginOver("was ended or revoked");
        }

        if (!answer.IsSuccess)
        {
            string text = $"{ServiceInfo.Sso.Name} gave no credentials for the role {_login.RoleName} in the account {_login.AccountId} (profile '{_login.ProfileName}'): {answer.JsonError()}";
            throw answer.Status is 429 or >= 500
                ? CredentialErrors.Unreachable(text)
                : CredentialErrors.Refused(CredentialErrors.Foreign(text, token) + " Check sso_account_id and sso_role_name, and that the permission set is assigned to you.");
        }

        JsonElement root = answer.Json(ServiceInfo.Sso.Name);
        JsonElement credentials = root.TryGetProperty("roleCredentials", out JsonElement inner) ? inner : default;
        if (credentials.Text("accessKeyId") is not { } accessKey || credentials.Text("secretAccessKey") is not { } secretKey)
        {
            throw answer.Unreadable(ServiceInfo.Sso.Name);
        }

        return new AccessKeys(accessKey, secretKey, credentials.Text("sessionToken"))
        {
            Expiration = JsonValues.FromUnixMilliseconds(credentials.Number("expiration")),
            AccountId = _login.AccountId,
        };
    }

    private static HttpRequestMessage PortalRequest(Uri url, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("x-amz-sso_bearer_token", token);
        return request;
    }

    /// <summary>Reads the token anew each time: another program may have renewed it.</summary>
    private async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        DateTime now = _environment.UtcNow();
        SsoToken? cached = _cache.Read();
        if (_renewed is not null && _renewed.ExpiresAt > (cached?.ExpiresAt ?? DateTime.MinValue))
        {
            cached = _renewed;
        }

        if (cached?.AccessToken is not { } token)
        {
            throw CredentialErrors.SsoTokenExpired($"The profile '{_login.ProfileName}' needs a login to IAM Identity Center, and there is none. {HowToLogIn()}");
        }

        if (cached.ExpiresAt > now + s_early)
        {
            return token;
        }

        bool isValid = cached.ExpiresAt > now;
        if (!cached.CanRenew(now))
        {
            return isValid ? token : throw LoginOver("has expired");
        }

        try
        {
            return await RenewAsync(cached, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException) when (isValid)
        {
            return token;
        }
        catch (GatewayException) when (_cache.Read() is { AccessToken: not null } other && other.AccessToken != token && other.ExpiresAt > now)
        {
            // Another program renewed it at the same time, and the old one was good for one renewal only.
            return _cache.Read()!.AccessToken!;
        }
    }

    private async Task<string> RenewAsync(SsoToken old, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>
        {
            ["clientId"] = old.ClientId,
            ["clientSecret"] = old.ClientSecret,
            ["grantType"] = "refresh_token",
            ["refreshToken"] = old.RefreshToken,
        });
        var url = new Uri(_login.Oidc, "token");
        CredentialAnswer answer = await _http.CallServiceAsync($"{ServiceInfo.SsoOidc.Name} at {url.Authority}", () => TokenRequest(url, body), static _ => false, cancellationToken).ConfigureAwait(false);
        if (answer.Status >= 500)
        {
            throw CredentialErrors.Unreachable($"The login of the profile '{_login.ProfileName}' was not renewed: {ServiceInfo.SsoOidc.Name} answered {answer.JsonError()}");
        }

        // Every other refusal means that only a new login helps.
        if (!answer.IsSuccess || !JsonValues.TryParse(answer.Body, out JsonElement root) || root.Text("accessToken") is not { } token)
        {
            throw LoginOver("has expired and could not be renewed");
        }

        DateTime expiresAt = _environment.UtcNow() + TimeSpan.FromSeconds(root.Number("expiresIn") is > 0 and < int.MaxValue and var seconds ? seconds : 0);
        _renewed = old.Renewed(token, root.Text("refreshToken"), expiresAt);
        SsoTokenCache.Write(_renewed);
        return token;
    }

    private static HttpRequestMessage TokenRequest(Uri url, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
    }

    private GatewayException LoginOver(string what) =>
        CredentialErrors.SsoTokenExpired($"The login to IAM Identity Center of the profile '{_login.ProfileName}' {what}. {HowToLogIn()}");

    private string HowToLogIn() =>
        $"Log in with: aws sso login --profile {_login.ProfileName} (or, with AWS.Tools: Invoke-AWSSSOLogin -ProfileName {_login.ProfileName}). Then run the command again.";
}
