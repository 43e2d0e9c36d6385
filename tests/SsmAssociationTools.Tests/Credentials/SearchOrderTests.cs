using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>The order of the sources is the table of docs/connection.md: each row wins over all that follow.</summary>
public sealed class SearchOrderTests : IDisposable
{
    private const string Role = "arn:aws:iam::111122223333:role/Ops";

    private readonly Machine _machine = new Machine().With("AWS_REGION", "eu-west-1");
    private readonly List<StandIn> _standIns = [];

    public void Dispose()
    {
        _standIns.ForEach(standIn => standIn.Dispose());
        _machine.Dispose();
    }

    public static TheoryData<string> Sources => [.. Rows().Select(row => row.Source)];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Each_source_wins_over_all_that_follow(string source)
    {
        string[] order = [.. Rows().Select(row => row.Source)];
        ConnectionSettings settings = SetUp(order.Skip(Array.IndexOf(order, source)));

        using IAssociationGateway gateway = _machine.Connect(settings);

        Assert.Equal(Rows().Single(row => row.Source == source).Verbose, gateway.CredentialSource);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Each_source_works_alone(string source)
    {
        using IAssociationGateway gateway = _machine.Connect(SetUp([source]));

        Assert.Equal(Rows().Single(row => row.Source == source).Verbose, gateway.CredentialSource);
    }

    [Theory]
    [InlineData("gone", null, null, "-ProfileName")]
    [InlineData(null, "gone", null, "AWS_PROFILE")]
    [InlineData(null, null, "other", "-ProfileLocation")]
    [InlineData("default", null, "other", "-ProfileName")]
    public void A_profile_that_is_named_and_not_there_is_an_error_whatever_follows(string? name, string? variable, string? location, string namedBy)
    {
        SetUp(["default profile", "instance"]);
        _machine.With("AWS_PROFILE", variable);

        GatewayException error = _machine.Refused(new ConnectionSettings { ProfileName = name, ProfileLocation = location is null ? null : _machine.File(location) });

        Assert.Equal((GatewayErrorKind.NoCredentials, "NoCredentials"), (error.Kind, error.ErrorCode));
        Assert.Contains(namedBy + " names", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_profile_without_credentials_is_an_error_and_the_default_one_is_passed_over()
    {
        SetUp(["instance"]);
        _machine.CredentialsFile("[default]\nregion=us-east-1\n[empty]\nregion=us-east-1\n");

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings());
        Assert.Equal("the instance's role", gateway.CredentialSource);
        Assert.Contains("has no credentials", _machine.Refused(new ConnectionSettings { ProfileName = "empty" }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", null, null)]
    [InlineData(null, "s", null)]
    [InlineData(null, null, "t")]
    public void Half_of_the_keys_is_an_error(string? accessKey, string? secretKey, string? token)
    {
        SetUp(["default profile"]);

        Assert.Equal("NoCredentials", _machine.Refused(new ConnectionSettings { AccessKey = accessKey, SecretKey = secretKey, SessionToken = token }).ErrorCode);
    }

    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID")]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    public void Half_of_the_keys_in_the_environment_is_an_error(string variable)
    {
        SetUp(["default profile"]);
        _machine.With(variable, "x");

        Assert.Contains("belong together", _machine.Refused(new ConnectionSettings()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("login_session = arn:aws:iam::111122223333:user/me", "aws configure export-credentials --profile special")]
    [InlineData("saml_endpoint = adfs", "Get-AWSCredential")]
    public void What_this_module_cannot_do_is_said_with_the_way_around(string line, string expected)
    {
        _machine.Config("[profile special]\n" + line);

        Assert.Contains(expected, _machine.Refused(new ConnectionSettings { ProfileName = "special" }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_is_known_where_the_source_tells()
    {
        _machine.With("AWS_ACCESS_KEY_ID", "a").With("AWS_SECRET_ACCESS_KEY", "s");
        Assert.Null(Account(new ConnectionSettings()));

        _machine.With("AWS_ACCOUNT_ID", "111122223333");
        Assert.Equal("111122223333", Account(new ConnectionSettings()));

        _machine.CredentialsFile("[ops]\naws_access_key_id=a\naws_secret_access_key=b\naws_account_id=222222222222\n");
        Assert.Equal("222222222222", Account(new ConnectionSettings { ProfileName = "ops" }));
    }

    [Fact]
    public void Supplied_credentials_that_throw_are_an_error_with_their_text()
    {
        var broken = new SuppliedCredentials("-Credential (test)", () => throw new InvalidOperationException("SSO Token has expired.\nat secret place"), canChange: true);

        GatewayException error = _machine.Refused(new ConnectionSettings { Credential = broken });

        Assert.Equal("No credentials from -Credential (test): SSO Token has expired.", error.Message);
    }

    [Fact]
    public void Supplied_keys_that_have_expired_are_refused_at_once()
    {
        var old = new SuppliedCredentials("-Credential (test)", () => new AccessKeys("a", "s", "t") { Expiration = _machine.Now.AddMinutes(-1) }, canChange: false);

        Assert.Contains("expired at 2025-03-01 11:59:00Z", _machine.Refused(new ConnectionSettings { Credential = old }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_the_documentation_has_the_same_rows_in_the_same_order()
    {
        string[] documented = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "connection.md"))
            .Select(line => line.Split('|'))
            .Where(cells => cells.Length > 4 && int.TryParse(cells[1].Trim(), out _))
            .Select(cells => cells[3].Trim().Trim('`'))];

        Assert.Equal(Rows().Select(row => row.Verbose), documented);
    }

    private static IEnumerable<(string Source, string Verbose)> Rows() =>
    [
        ("keys", "the parameters -AccessKey and -SecretKey"),
        ("-ProfileName", "the profile 'ops'"),
        ("-ProfileLocation", "the profile 'default'"),
        ("-Credential", "-Credential (PSCredential)"),
        ("$StoredAWSCredentials", "$StoredAWSCredentials (Amazon.PowerShell.Common.AWSPSCredentials)"),
        ("environment", "the environment (AWS_ACCESS_KEY_ID)"),
        ("AWS_PROFILE", "the profile 'session'"),
        ("web identity", $"the web identity of the environment (AWS_WEB_IDENTITY_TOKEN_FILE): role {Role}"),
        ("default profile", "the profile 'default'"),
        ("container", "the container's endpoint (AWS_CONTAINER_CREDENTIALS_FULL_URI)"),
        ("instance", "the instance's role"),
    ];

    private ConnectionSettings SetUp(IEnumerable<string> sources)
    {
        string? accessKey = null;
        string? profileName = null;
        string? location = null;
        SuppliedCredentials? credential = null;
        SuppliedCredentials? stored = null;
        string file = string.Empty;
        foreach (string source in sources)
        {
            switch (source)
            {
                case "keys":
                    accessKey = "AKIAPARAMETER";
                    break;
                case "-ProfileName":
                    profileName = "ops";
                    file += Profile("ops");
                    break;
                case "-ProfileLocation":
                    location = _machine.File("other");
                    break;
                case "-Credential":
                    credential = new SuppliedCredentials("-Credential (PSCredential)", () => new AccessKeys("AKIAGIVEN", "s"), canChange: false);
                    break;
                case "$StoredAWSCredentials":
                    stored = new SuppliedCredentials("$StoredAWSCredentials (Amazon.PowerShell.Common.AWSPSCredentials)", () => new AccessKeys("AKIASTORED", "s"), canChange: true);
                    break;
                case "environment":
                    _machine.With("AWS_ACCESS_KEY_ID", "AKIAENV").With("AWS_SECRET_ACCESS_KEY", "s");
                    break;
                case "AWS_PROFILE":
                    _machine.With("AWS_PROFILE", "session");
                    file += Profile("session");
                    break;
                case "web identity":
                    StandIn sts = Start(request => StandInAnswer.Role(request.Form["Action"], request.Form["RoleArn"], "s", "ASIAWEB", "2025-03-01T13:00:00Z"));
                    _machine.Write("token", "jwt").With("AWS_WEB_IDENTITY_TOKEN_FILE", _machine.File("token")).With("AWS_ROLE_ARN", Role).With("AWS_ENDPOINT_URL_STS", sts.Url.AbsoluteUri);
                    break;
                case "default profile":
                    file += Profile("default");
                    break;
                case "container":
                    StandIn container = Start(_ => new StandInAnswer(200, """{"AccessKeyId":"ASIATASK","SecretAccessKey":"s","Token":"t","Expiration":"2025-03-01T18:00:00Z"}"""));
                    _machine.With("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.Url.AbsoluteUri);
                    break;
                case "instance":
                    StandIn metadata = Start(request => request.Method == "PUT"
                        ? new StandInAnswer(200, "session")
                        : new StandInAnswer(200, request.Target.EndsWith('/') ? "role" : """{"Code":"Success","AccessKeyId":"ASIAHOST","SecretAccessKey":"s","Token":"t","Expiration":"2025-03-01T18:00:00Z"}"""));
                    _machine.With("AWS_EC2_METADATA_DISABLED", null).With("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.Url.AbsoluteUri);
                    break;
                default:
                    throw new InvalidOperationException(source);
            }
        }

        _machine.CredentialsFile(file);
        if (location is not null)
        {
            _machine.Write("other", file + (file.Contains("[default]", StringComparison.Ordinal) ? string.Empty : Profile("default")));
        }

        return new ConnectionSettings
        {
            AccessKey = accessKey,
            SecretKey = accessKey is null ? null : "s",
            ProfileName = profileName,
            ProfileLocation = location,
            Credential = credential,
            StoredCredential = stored,
        };
    }

    private static string Profile(string name) => $"[{name}]\naws_access_key_id = AKIA{name}\naws_secret_access_key = s\n";

    private string? Account(ConnectionSettings settings)
    {
        using IAssociationGateway gateway = _machine.Connect(settings);
        return gateway.AccountId;
    }

    private StandIn Start(Func<StandInRequest, StandInAnswer> answer)
    {
        var standIn = new StandIn(answer);
        _standIns.Add(standIn);
        return standIn;
    }
}
