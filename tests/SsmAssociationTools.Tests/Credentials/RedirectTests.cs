using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>A redirect is an error for every client of the adapter, and sends nothing anywhere.</summary>
public sealed class RedirectTests : IDisposable
{
    private readonly Machine _machine = new();
    private readonly StandIn _elsewhere = new(_ => new StandInAnswer(200, """{"Successful":[{"AssociationId":"11111111-2222-3333-4444-555555555555"}],"Associations":[]}""", "application/x-amz-json-1.1"));

    public void Dispose()
    {
        _machine.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData(300, GatewayErrorKind.Denied)]
    [InlineData(301, GatewayErrorKind.Denied)]
    [InlineData(302, GatewayErrorKind.Denied)]
    [InlineData(303, GatewayErrorKind.Ambiguous)]
    [InlineData(304, GatewayErrorKind.Denied)]
    [InlineData(307, GatewayErrorKind.Denied)]
    [InlineData(308, GatewayErrorKind.Denied)]
    public async Task A_redirect_of_the_service_is_an_error_that_names_the_host(int status, object kind)
    {
        using StandIn service = Redirecting(status, _elsewhere.Url + "steal?token=1");
        using IAssociationGateway gateway = Connect(service);

        foreach (Func<Task> call in Calls(gateway))
        {
            GatewayException error = await Assert.ThrowsAsync<GatewayException>(call);
            Assert.Equal((kind, "EndpointRedirected", (int?)status), (error.Kind, error.ErrorCode, error.StatusCode));
            Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("steal", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_elsewhere.Requests);
    }

    [Theory]
    [InlineData(null, "another address")]
    [InlineData("/login", "another path of its own")]
    [InlineData("//evil.example/x", "evil.example")]
    [InlineData("https://user:very-secret@evil.example:8443/very-secret?very-secret", "evil.example")]
    [InlineData("http://%1b[31m/", "another")]
    [InlineData("http://xn--bcher-kva.example/", "xn--bcher-kva.example")]
    public async Task The_host_of_a_redirect_is_shown_safely(string? location, string shown)
    {
        using StandIn service = Redirecting(307, location);
        using IAssociationGateway gateway = Connect(service);

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None));

        Assert.Contains(shown, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public void A_redirect_of_STS_is_an_error_that_names_the_host(int status)
    {
        using StandIn service = Redirecting(status, _elsewhere.Url.AbsoluteUri);
        _machine.With("AWS_ENDPOINT_URL_STS", service.Url.AbsoluteUri).With("AWS_REGION", "eu-west-1")
            .CredentialsFile("[base]\naws_access_key_id=AKIA\naws_secret_access_key=s\n[ops]\nrole_arn=arn:aws:iam::111122223333:role/Ops\nsource_profile=base\n");

        AssertRefused(_machine.Refused(new ConnectionSettings { ProfileName = "ops" }));
    }

    [Fact]
    public void A_redirect_of_the_metadata_service_is_an_error_that_names_the_host()
    {
        using StandIn service = Redirecting(307, _elsewhere.Url.AbsoluteUri);
        _machine.With("AWS_EC2_METADATA_DISABLED", null).With("AWS_EC2_METADATA_SERVICE_ENDPOINT", service.Url.AbsoluteUri).With("AWS_REGION", "eu-west-1");

        AssertRefused(_machine.Refused(new ConnectionSettings()));
    }

    [Fact]
    public void A_redirect_of_the_containers_endpoint_is_an_error_that_names_the_host()
    {
        using StandIn service = Redirecting(301, _elsewhere.Url.AbsoluteUri);
        _machine.With("AWS_CONTAINER_CREDENTIALS_FULL_URI", service.Url.AbsoluteUri).With("AWS_CONTAINER_AUTHORIZATION_TOKEN", "t").With("AWS_REGION", "eu-west-1");

        AssertRefused(_machine.Refused(new ConnectionSettings()));
    }

    [Fact]
    public void A_redirect_of_the_portal_is_an_error_that_names_the_host()
    {
        using StandIn service = Redirecting(308, _elsewhere.Url.AbsoluteUri);
        _machine.With("AWS_ENDPOINT_URL_SSO", service.Url.AbsoluteUri).With("AWS_REGION", "eu-west-1")
            .Config("[profile sso]\nsso_start_url=https://start.example\nsso_region=eu-west-1\nsso_account_id=111122223333\nsso_role_name=Ops\n")
            .Write(".aws/sso/cache/1c5a689b7bb92284d0c514c4b1c1e1ce96d9621f.json", """{"accessToken":"very-secret","expiresAt":"2125-01-01T00:00:00Z"}""");

        AssertRefused(_machine.Refused(new ConnectionSettings { ProfileName = "sso" }));
    }

    private void AssertRefused(GatewayException error)
    {
        Assert.Equal((GatewayErrorKind.NoCredentials, "EndpointRedirected"), (error.Kind, error.ErrorCode));
        Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.Empty(_elsewhere.Requests);
    }

    private static IEnumerable<Func<Task>> Calls(IAssociationGateway gateway) =>
    [
        () => gateway.CreateAssociationBatchAsync(new CreateBatchRequest([new AssociationEntry { Name = "AWS-UpdateSSMAgent" }], null), CancellationToken.None),
        () => gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None),
        () => gateway.DescribeAssociationAsync("11111111-2222-3333-4444-555555555555", CancellationToken.None),
        () => gateway.DeleteAssociationAsync("11111111-2222-3333-4444-555555555555", CancellationToken.None),
    ];

    private static StandIn Redirecting(int status, string? location) => new(_ => new StandInAnswer(status, """{"Successful":[],"Associations":[]}""")
    {
        Headers = location is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Location"] = location },
    });

    private IAssociationGateway Connect(StandIn service) =>
        _machine.Connect(new ConnectionSettings { Region = "eu-west-1", AccessKey = "AKIA", SecretKey = "s", SessionToken = "very-secret", EndpointUrl = service.Url });
}
