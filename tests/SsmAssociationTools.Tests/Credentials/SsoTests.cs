using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>Profiles of IAM Identity Center, against stand-ins for its portal and its login service.</summary>
public sealed class SsoTests : IDisposable
{
    // SHA-1 of "corp" and of the start page's address, as sha1sum prints them.
    private const string SessionFile = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
    private const string StartPageFile = ".aws/sso/cache/1667e2e8d0e47b926b6e3048caee923410901ca4.json";
    private const string StartUrl = "https://corp.awsapps.example/start";

    private readonly Machine _machine = new();
    private readonly StandIn _portal;
    private readonly StandIn _oidc;
    private Func<StandInRequest, StandInAnswer?> _portalAnswer = _ => null;
    private Func<StandInRequest, StandInAnswer> _oidcAnswer = _ => new StandInAnswer(400, """{"error":"invalid_grant"}""");

    public SsoTests()
    {
        _portal = new StandIn(request => _portalAnswer(request) ?? new StandInAnswer(
            200,
            $$"""{"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"sso-secret","sessionToken":"sso-session","expiration":{{new DateTimeOffset(_machine.Now.AddHours(1)).ToUnixTimeMilliseconds()}} } }"""));
        _oidc = new StandIn(request => _oidcAnswer(request));
        _machine.With("AWS_ENDPOINT_URL_SSO", _portal.Url.AbsoluteUri).With("AWS_ENDPOINT_URL_SSO_OIDC", _oidc.Url.AbsoluteUri).With("AWS_REGION", "eu-west-1")
            .Config($"""
                [profile corp-admin]
                sso_session = corp
                sso_account_id = 111122223333
                sso_role_name = Admin Role
                [sso-session corp]
                sso_region = eu-central-1
                sso_start_url = {StartUrl}
                [profile legacy]
                sso_start_url = {StartUrl}
                sso_region = eu-central-1
                sso_account_id = 111122223333
                sso_role_name = Admin
                """);
    }

    public void Dispose()
    {
        _portal.Dispose();
        _oidc.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task The_token_of_a_login_session_gives_the_keys_of_the_permission_set()
    {
        Token(SessionFile, TimeSpan.FromHours(4));

        using KeyCache keys = await _machine.FindAsync(new ConnectionSettings { ProfileName = "corp-admin" });

        StandInRequest request = Assert.Single(_portal.Requests);
        Assert.Equal(("GET", "/federation/credentials?role_name=Admin%20Role&account_id=111122223333"), (request.Method, request.Target));
        Assert.Equal("the-token", request.Header("x-amz-sso_bearer_token"));
        Assert.Null(request.Header("Authorization"));
        Assert.Equal(("ASIASSO", "sso-secret", "sso-session"), (keys.Last!.AccessKey, keys.Last.SecretKey, keys.Last.SessionToken));
        Assert.Equal(_machine.Now.AddHours(1), keys.Last.Expiration);
        Assert.Equal("111122223333", keys.Last.AccountId);
        Assert.Equal("the profile 'corp-admin': role Admin Role in the account 111122223333 through IAM Identity Center", keys.Description);
        Assert.Empty(_oidc.Requests);
    }

    [Fact]
    public void Profiles_of_the_older_form_find_the_token_by_the_start_page()
    {
        Token(StartPageFile, TimeSpan.FromHours(4));

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "legacy" });

        Assert.Equal("111122223333", gateway.AccountId);
    }

    [Fact]
    public void A_profile_of_identity_center_may_be_the_source_of_a_role()
    {
        Token(SessionFile, TimeSpan.FromHours(4));
        using var sts = new StandIn(request => StandInAnswer.Role("AssumeRole", request.Form["RoleArn"], "s", "ASIAROLE", "2025-03-01T13:00:00Z"));
        _machine.With("AWS_ENDPOINT_URL_STS", sts.Url.AbsoluteUri)
            .CredentialsFile("[end]\nrole_arn = arn:aws:iam::222222222222:role/End\nsource_profile = corp-admin\n");

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "end" });

        Assert.Equal("sso-session", Assert.Single(sts.Requests).Header("X-Amz-Security-Token"));
        Assert.Equal("222222222222", gateway.AccountId);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(10, true)]
    public void A_token_at_its_end_is_renewed_where_the_login_allows_it(int minutesLeft, bool rotates)
    {
        Token(SessionFile, TimeSpan.FromMinutes(minutesLeft), canRenew: true);
        _oidcAnswer = _ => new StandInAnswer(200, rotates
            ? """{"accessToken":"new-token","expiresIn":3600,"refreshToken":"new-refresh","tokenType":"Bearer"}"""
            : """{"accessToken":"new-token","expiresIn":3600,"tokenType":"Bearer"}""");

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "corp-admin" });

        StandInRequest request = Assert.Single(_oidc.Requests);
        Assert.Equal(("POST", "/token"), (request.Method, request.Target));
        Assert.Equal(
            """{"clientId":"id","clientSecret":"client-secret","grantType":"refresh_token","refreshToken":"the-refresh"}""",
            request.Body);
        Assert.Equal("new-token", Assert.Single(_portal.Requests).Header("x-amz-sso_bearer_token"));

        // The other tools go on with the new token, and find everything else as they left it.
        using var file = JsonDocument.Parse(File.ReadAllText(_machine.File(SessionFile)));
        Assert.Equal("new-token", file.RootElement.GetProperty("accessToken").GetString());
        Assert.Equal(rotates ? "new-refresh" : "the-refresh", file.RootElement.GetProperty("refreshToken").GetString());
        Assert.Equal("2025-03-01T13:00:00Z", file.RootElement.GetProperty("expiresAt").GetString());
        Assert.Equal("client-secret", file.RootElement.GetProperty("clientSecret").GetString());
        Assert.Equal("kept", file.RootElement.GetProperty("somethingElse").GetString());
        Assert.Equal([_machine.File(SessionFile)], Directory.GetFiles(_machine.File(".aws/sso/cache")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_machine.File(SessionFile)));
        }
    }

    [Fact]
    public void While_a_token_is_valid_a_failure_to_renew_it_harms_nobody()
    {
        Token(SessionFile, TimeSpan.FromMinutes(10), canRenew: true);

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "corp-admin" });

        Assert.Equal("the-token", Assert.Single(_portal.Requests).Header("x-amz-sso_bearer_token"));
    }

    [Fact]
    public void A_token_that_another_program_renewed_meanwhile_is_used()
    {
        Token(SessionFile, TimeSpan.FromMinutes(-1), canRenew: true);
        _oidcAnswer = _ =>
        {
            Token(SessionFile, TimeSpan.FromHours(1), token: "of-the-other-program");
            return new StandInAnswer(400, """{"error":"invalid_grant"}""");
        };

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { ProfileName = "corp-admin" });

        Assert.Equal("of-the-other-program", Assert.Single(_portal.Requests).Header("x-amz-sso_bearer_token"));
    }

    [Fact]
    public async Task A_new_login_is_seen_by_a_run_that_goes_on()
    {
        Token(SessionFile, TimeSpan.FromHours(1));
        using KeyCache keys = await _machine.FindAsync(new ConnectionSettings { ProfileName = "corp-admin" });

        _machine.Now += TimeSpan.FromMinutes(58);
        Token(SessionFile, TimeSpan.FromHours(8), token: "of-the-new-login");
        await keys.GetAsync(CancellationToken.None);

        Assert.Equal("of-the-new-login", _portal.Requests[1].Header("x-amz-sso_bearer_token"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("expired")]
    [InlineData("not renewable")]
    [InlineData("registration over")]
    [InlineData("revoked")]
    [InlineData("damaged")]
    public void Where_only_a_person_can_help_the_error_says_what_to_type(string state)
    {
        switch (state)
        {
            case "expired":
                Token(SessionFile, TimeSpan.FromMinutes(-1));
                break;
            case "not renewable":
                Token(SessionFile, TimeSpan.FromMinutes(-1), canRenew: true);
                break;
            case "registration over":
                Token(SessionFile, TimeSpan.FromMinutes(-1), canRenew: true, registration: TimeSpan.FromMinutes(-1));
                break;
            case "revoked":
                Token(SessionFile, TimeSpan.FromHours(1));
                _portalAnswer = _ => new StandInAnswer(401, """{"message":"Session token not found or invalid"}""");
                break;
            case "damaged":
                _machine.Write(SessionFile, "{\"accessToken\":");
                break;
        }

        GatewayException error = _machine.Refused(new ConnectionSettings { ProfileName = "corp-admin" });

        Assert.Equal((GatewayErrorKind.NoCredentials, "SsoTokenExpired"), (error.Kind, error.ErrorCode));
        Assert.Contains("aws sso login --profile corp-admin", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the-token", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the-refresh", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(state == "not renewable" ? 1 : 0, _oidc.Requests.Count);
    }

    [Fact]
    public void A_permission_set_that_is_not_assigned_is_named()
    {
        Token(SessionFile, TimeSpan.FromHours(1));
        _portalAnswer = _ => new StandInAnswer(403, """{"message":"No access"}""") { Headers = new System.Collections.Generic.Dictionary<string, string> { ["x-amzn-ErrorType"] = "ForbiddenException:http://internal.amazon.com/coral/" } };

        GatewayException error = _machine.Refused(new ConnectionSettings { ProfileName = "corp-admin" });

        Assert.Equal("CredentialsRefused", error.ErrorCode);
        Assert.Contains("role Admin Role in the account 111122223333 (profile 'corp-admin'): ForbiddenException: No access.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    public void A_busy_portal_is_asked_again_and_then_is_no_fault_of_the_credentials(int status)
    {
        Token(SessionFile, TimeSpan.FromHours(1));
        _portalAnswer = _ => new StandInAnswer(status, "{}");

        Assert.Equal(GatewayErrorKind.NotSent, _machine.Refused(new ConnectionSettings { ProfileName = "corp-admin" }).Kind);
        Assert.Equal(3, _portal.Requests.Count);
    }

    [Theory]
    [InlineData("sso_session = gone\nsso_account_id = 111122223333\nsso_role_name = A", "'gone'")]
    [InlineData("sso_session = corp\nsso_role_name = A", "sso_account_id")]
    [InlineData("sso_session = corp\nsso_account_id = 111122223333", "sso_role_name")]
    [InlineData("sso_account_id = 111122223333\nsso_role_name = A", "sso_start_url")]
    [InlineData("sso_session = corp\nsso_account_id = 1234\nsso_role_name = A", "12 digits")]
    public void An_incomplete_profile_says_what_it_lacks(string lines, string expected)
    {
        _machine.CredentialsFile("[broken]\n" + lines);

        GatewayException error = _machine.Refused(new ConnectionSettings { ProfileName = "broken" });

        Assert.Equal("NoCredentials", error.ErrorCode);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private void Token(string file, TimeSpan lifetime, bool canRenew = false, TimeSpan? registration = null, string token = "the-token")
    {
        string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string renewal = canRenew
            ? $$""", "refreshToken":"the-refresh", "clientId":"id", "clientSecret":"client-secret", "registrationExpiresAt":"{{Text(_machine.Now + (registration ?? TimeSpan.FromDays(30)))}}" """
            : string.Empty;
        _machine.Write(file, $$"""{"startUrl":"{{StartUrl}}", "region":"eu-central-1", "somethingElse":"kept", "accessToken":"{{token}}", "expiresAt":"{{Text(_machine.Now + lifetime)}}"{{renewal}}}""");
    }
}
