using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>What a container, an instance and a program of the machine give.</summary>
public sealed class MachineSourceTests : IDisposable
{
    private const string Keys = """{"Code":"Success","RoleArn":"arn:aws:iam::111122223333:role/Task","AccessKeyId":"ASIAHERE","SecretAccessKey":"here-secret","Token":"here-token","Expiration":"2025-03-01T18:00:00Z"}""";

    private readonly Machine _machine = new Machine().With("AWS_REGION", "eu-west-1");

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_container_is_asked_with_its_authorization_token(bool isInFile)
    {
        using var endpoint = new StandIn(_ => new StandInAnswer(200, Keys));
        _machine.With("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(endpoint.Url, "/v1/credentials?x=y").AbsoluteUri).With("AWS_CONTAINER_AUTHORIZATION_TOKEN", "from-variable");
        if (isInFile)
        {
            _machine.Write("token", "from-file\n").With("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", _machine.File("token"));
        }

        using KeyCache keys = await _machine.FindAsync(new ConnectionSettings());

        StandInRequest request = endpoint.Requests[0];
        Assert.Equal(("GET", "/v1/credentials?x=y"), (request.Method, request.Target));
        Assert.Equal(isInFile ? "from-file" : "from-variable", request.Header("Authorization"));
        Assert.Equal(("ASIAHERE", "here-secret", "here-token"), (keys.Last!.AccessKey, keys.Last.SecretKey, keys.Last.SessionToken));
        Assert.Equal((new DateTime(2025, 3, 1, 18, 0, 0, DateTimeKind.Utc), "111122223333"), (keys.Last.Expiration, keys.Last.AccountId));
        Assert.Equal("the container's endpoint (AWS_CONTAINER_CREDENTIALS_FULL_URI)", keys.Description);
    }

    [Theory]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://credentials.example/x", "unencrypted")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.169.254/x", "unencrypted")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "/x", "no http or https URL")]
    public void A_container_endpoint_beyond_the_machine_needs_encryption(string variable, string value, string expected)
    {
        _machine.With(variable, value);

        Assert.Contains(expected, _machine.Refused(new ConnectionSettings()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_endpoint_of_ecs_is_found_by_its_path()
    {
        _machine.With("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/some-id").With("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://not.used/");
        using var http = new CredentialHttp(null, maxConnections: 4, _machine.MachineEnvironment);

        ContainerEndpoint endpoint = ContainerEndpoint.Find(http, _machine.MachineEnvironment)!;

        Assert.Equal("the container's endpoint (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)", endpoint.Description);
        Assert.Equal("http://169.254.170.2/v2/credentials/some-id", endpoint.Url.AbsoluteUri);
    }

    [Theory]
    [InlineData(403, """{"code":"AccessDenied","message":"no"}""", "CredentialsRefused", "AccessDenied: no")]
    [InlineData(200, "{}", "CredentialsRefused", "could not be read")]
    [InlineData(200, "nonsense", "CredentialsRefused", "could not be read")]
    [InlineData(500, "", "EndpointUnreachable", "HTTP 500")]
    public void A_container_that_gives_nothing_is_an_error_and_no_reason_to_look_further(int status, string body, string code, string expected)
    {
        using var endpoint = new StandIn(_ => new StandInAnswer(status, body));
        using StandIn metadata = Metadata();
        _machine.With("AWS_CONTAINER_CREDENTIALS_FULL_URI", endpoint.Url.AbsoluteUri);

        GatewayException error = _machine.Refused(new ConnectionSettings());

        Assert.Equal(code, error.ErrorCode);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(metadata.Requests);
    }

    [Fact]
    public async Task An_instance_is_asked_in_version_two_of_its_metadata_service()
    {
        using StandIn metadata = Metadata();

        using KeyCache keys = await _machine.FindAsync(new ConnectionSettings());

        Assert.Equal(("ASIAHERE", "111122223333", "the instance's role"), (keys.Last!.AccessKey, keys.Last.AccountId, keys.Description));
        Assert.Equal(("PUT", "/latest/api/token", "300"), (metadata.Requests[0].Method, metadata.Requests[0].Target, metadata.Requests[0].Header("X-aws-ec2-metadata-token-ttl-seconds")));
        Assert.All(metadata.Requests.Where(request => request.Method == "GET"), request => Assert.Equal("session", request.Header("X-aws-ec2-metadata-token")));
        Assert.Contains(metadata.Requests, request => request.Target == "/latest/meta-data/iam/security-credentials/Web%20Role");
    }

    [Fact]
    public async Task The_keys_of_an_instance_are_renewed()
    {
        using StandIn metadata = Metadata();
        using KeyCache keys = await _machine.FindAsync(new ConnectionSettings());
        int asked = metadata.Requests.Count;

        _machine.Now += TimeSpan.FromHours(5);
        await keys.GetAsync(CancellationToken.None);
        Assert.Equal(asked, metadata.Requests.Count);
        _machine.Now += TimeSpan.FromMinutes(57);
        await keys.GetAsync(CancellationToken.None);
        Assert.True(metadata.Requests.Count > asked);
    }

    [Fact]
    public void The_region_of_an_instance_is_the_last_resort()
    {
        using StandIn metadata = Metadata();
        _machine.With("AWS_REGION", null).With("AWS_ACCESS_KEY_ID", "a").With("AWS_SECRET_ACCESS_KEY", "s");

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings());

        Assert.Equal("ap-south-2", gateway.Region);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("no role")]
    [InlineData("no metadata service")]
    [InlineData("nobody listens")]
    public void Where_nothing_is_found_the_error_says_what_to_give(string state)
    {
        using StandIn metadata = state == "no metadata service" ? Metadata(_ => new StandInAnswer(403, string.Empty)) : Metadata(request => request.Method == "PUT" ? null : new StandInAnswer(404, string.Empty));
        switch (state)
        {
            case "disabled":
                _machine.With("AWS_EC2_METADATA_DISABLED", "True");
                break;
            case "nobody listens":
                metadata.Dispose();
                break;
        }

        GatewayException error = _machine.Refused(new ConnectionSettings());

        Assert.Equal((GatewayErrorKind.NoCredentials, "NoCredentials"), (error.Kind, error.ErrorCode));
        Assert.StartsWith("No credentials specified or obtained from persisted/shell defaults.", error.Message, StringComparison.Ordinal);
        Assert.Equal(state == "disabled" ? 0 : metadata.Requests.Count, metadata.Requests.Count);
    }

    [Fact]
    public void A_role_that_the_instance_cannot_use_is_an_error()
    {
        using StandIn metadata = Metadata(request => request.Target.EndsWith("Role", StringComparison.Ordinal)
            ? new StandInAnswer(200, """{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role Web Role."}""")
            : null);

        Assert.Contains("AssumeRoleUnauthorizedAccess", _machine.Refused(new ConnectionSettings()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_gives_keys_with_an_end()
    {
        _machine.Write("keys.json", """{"Version":1,"AccessKeyId":"ASIAPROC","SecretAccessKey":"s","SessionToken":"t","Expiration":"2125-03-01T18:00:00Z","AccountId":"111122223333"}""")
            .Config($"[profile tool]\ncredential_process = {Print(_machine.File("keys.json"))}\n");

        using KeyCache keys = await _machine.FindAsync(new ConnectionSettings { ProfileName = "tool" });

        Assert.Equal(("ASIAPROC", "s", "t", "111122223333"), (keys.Last!.AccessKey, keys.Last.SecretKey, keys.Last.SessionToken, keys.Last.AccountId));
        Assert.Equal(new DateTime(2125, 3, 1, 18, 0, 0, DateTimeKind.Utc), keys.Last.Expiration);
        Assert.Equal("the profile 'tool': credential_process", keys.Description);
    }

    [Theory]
    [InlineData("""{"Version":1,"AccessKeyId":"ASIAPROC","SecretAccessKey":"s"}""", null)]
    [InlineData("""{"Version":2,"AccessKeyId":"ASIAPROC","SecretAccessKey":"very-secret"}""", "credential_process of the profile 'tool'")]
    [InlineData("""{"Version":1,"SecretAccessKey":"very-secret"}""", "credential_process of the profile 'tool'")]
    [InlineData("very-secret", "credential_process of the profile 'tool'")]
    public async Task A_program_without_proper_keys_is_an_error_without_its_text(string output, string? expected)
    {
        _machine.Write("keys.json", output).Config($"[profile tool]\ncredential_process = {Print(_machine.File("keys.json"))}\n");

        if (expected is null)
        {
            using KeyCache keys = await _machine.FindAsync(new ConnectionSettings { ProfileName = "tool" });
            Assert.Null(keys.Last!.Expiration);
            return;
        }

        GatewayException error = _machine.Refused(new ConnectionSettings { ProfileName = "tool" });
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_fails_is_shown_with_what_it_wrote_about_it()
    {
        _machine.Config("[profile tool]\ncredential_process = echo very-secret && echo please log in first>&2 && exit 3\n");

        GatewayException error = _machine.Refused(new ConnectionSettings { ProfileName = "tool" });

        Assert.Contains("please log in first", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_program()
    {
        _machine.Config($"[profile tool]\ncredential_process = {(OperatingSystem.IsWindows() ? "ping -n 60 127.0.0.1" : "sleep 60")}\n");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _machine.FindAsync(new ConnectionSettings { ProfileName = "tool" }, stop.Token));
    }

    private static string Print(string path) => (OperatingSystem.IsWindows() ? "type " : "cat ") + path;

    private StandIn Metadata(Func<StandInRequest, StandInAnswer?>? answer = null)
    {
        var standIn = new StandIn(request => answer?.Invoke(request) ?? request.Target switch
        {
            "/latest/api/token" => new StandInAnswer(200, "session", "text/plain"),
            "/latest/meta-data/placement/region" => new StandInAnswer(200, "ap-south-2", "text/plain"),
            "/latest/meta-data/iam/security-credentials/" => new StandInAnswer(200, "Web Role\n", "text/plain"),
            "/latest/meta-data/iam/security-credentials/Web%20Role" => new StandInAnswer(200, Keys),
            _ => new StandInAnswer(404, string.Empty),
        });
        _machine.With("AWS_EC2_METADATA_DISABLED", null).With("AWS_EC2_METADATA_SERVICE_ENDPOINT", standIn.Url.AbsoluteUri);
        return standIn;
    }
}
