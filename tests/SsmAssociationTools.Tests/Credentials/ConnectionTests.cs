using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>Region and endpoint of a connection, and credentials that fail during a run.</summary>
public sealed class ConnectionTests : IDisposable
{
    private readonly Machine _machine = new Machine().With("AWS_ACCESS_KEY_ID", "AKIAENV").With("AWS_SECRET_ACCESS_KEY", "s");

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("us-east-2", "ops", true, "us-east-2")]
    [InlineData(null, "ops", true, "eu-west-3")]
    [InlineData(null, "none", true, "ap-south-1")]
    [InlineData(null, null, true, "ap-south-1")]
    [InlineData(null, null, false, "ca-west-1")]
    [InlineData(null, "none", false, "ca-west-1")]
    [InlineData("  cn-north-1 ", null, false, "cn-north-1")]
    [InlineData("CN-North-1", null, false, "cn-north-1")]
    public void The_region_is_the_first_that_somebody_named(string? given, string? profile, bool isInEnvironment, string expected)
    {
        _machine.With("AWS_REGION", isInEnvironment ? "ap-south-1" : null)
            .CredentialsFile("[ops]\nregion=eu-west-3\naws_access_key_id=a\naws_secret_access_key=s\n[none]\naws_access_key_id=a\naws_secret_access_key=s\n[default]\nregion=ca-west-1\n");

        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { Region = given, ProfileName = profile });

        Assert.Equal(expected, gateway.Region);
    }

    [Fact]
    public void The_second_variable_and_the_profile_of_the_environment_name_a_region_too()
    {
        _machine.CredentialsFile("[session]\nregion=eu-west-3\n").With("AWS_PROFILE", "session");
        Assert.Equal("eu-west-3", Region());

        _machine.With("AWS_DEFAULT_REGION", "sa-east-1");
        Assert.Equal("sa-east-1", Region());
    }

    [Theory]
    [InlineData("EU-WEST-3", "eu-west-3")]
    [InlineData("eu-west-3a", null)]
    [InlineData("eu west 3", null)]
    public void A_region_of_the_environment_or_a_profile_is_a_code(string text, string? expected)
    {
        _machine.CredentialsFile($"[session]\nregion={text}\n").With("AWS_PROFILE", "session");
        Check("the profile 'session'");

        _machine.With("AWS_REGION", text);
        Check("AWS_REGION");

        void Check(string origin)
        {
            if (expected is not null)
            {
                Assert.Equal(expected, Region());
                return;
            }

            GatewayException error = _machine.Refused(new ConnectionSettings());
            Assert.Equal(GatewayErrorKind.NoRegion, error.Kind);
            Assert.Contains($"'{text}', which {origin} names", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_a_region_the_error_says_what_to_give()
    {
        GatewayException error = _machine.Refused(new ConnectionSettings());

        Assert.Equal((GatewayErrorKind.NoRegion, "NoRegion"), (error.Kind, error.ErrorCode));
        Assert.Contains("-Region", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("true", null)]
    [InlineData("true", "true")]
    public async Task A_configured_endpoint_is_called_as_it_is(string? fips, string? dualstack)
    {
        using var service = new StandIn(_ => new StandInAnswer(200, """{"Associations":[]}""", "application/x-amz-json-1.1"));
        _machine.With("AWS_ENDPOINT_URL_SSM", service.Url.AbsoluteUri).With("AWS_REGION", "eu-west-1").With("AWS_USE_FIPS_ENDPOINT", fips).With("AWS_USE_DUALSTACK_ENDPOINT", dualstack);
        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings());

        await gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None);

        Assert.Contains("Credential=AKIAENV/", Assert.Single(service.Requests).Header("Authorization"), StringComparison.Ordinal);
        Assert.Contains("/eu-west-1/ssm/aws4_request", service.Requests[0].Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_given_endpoint_wins_over_a_configured_one()
    {
        using var given = new StandIn(_ => new StandInAnswer(200, """{"Associations":[]}""", "application/x-amz-json-1.1"));
        _machine.With("AWS_ENDPOINT_URL", "http://ssm.example/").With("AWS_REGION", "eu-west-1");
        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { EndpointUrl = given.Url });

        await gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None);

        Assert.Single(given.Requests);
    }

    [Fact]
    public void A_configured_endpoint_without_encryption_needs_consent()
    {
        _machine.With("AWS_ENDPOINT_URL_SSM", "http://ssm.example/").With("AWS_REGION", "eu-west-1");

        Assert.Equal("InvalidEndpointUrl", _machine.Refused(new ConnectionSettings()).ErrorCode);
        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { AllowPlainHttp = true });
        Assert.Equal("eu-west-1", gateway.Region);
    }

    [Fact]
    public async Task Keys_that_are_renewed_during_a_run_sign_the_next_call()
    {
        using var service = new StandIn(_ => new StandInAnswer(200, """{"Associations":[]}""", "application/x-amz-json-1.1"));
        int asked = 0;
        var renewing = new SuppliedCredentials("-Credential (test)", () => new AccessKeys($"ASIA{++asked}", "s", "t"), canChange: true);
        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { Region = "eu-west-1", Credential = renewing, EndpointUrl = service.Url });

        await gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None);
        _machine.Now += TimeSpan.FromMinutes(2);
        await gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None);

        Assert.Contains("Credential=ASIA1/", service.Requests[0].Header("Authorization"), StringComparison.Ordinal);
        Assert.Contains("Credential=ASIA2/", service.Requests[1].Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_end_during_a_run_are_known_not_to_have_been_used()
    {
        using var service = new StandIn(_ => new StandInAnswer(200, """{"Associations":[]}""", "application/x-amz-json-1.1"));
        bool isOver = false;
        var ending = new SuppliedCredentials(
            "-Credential (test)",
            () => isOver ? throw new InvalidOperationException("The login is over.") : new AccessKeys("ASIA", "s", "t") { Expiration = _machine.Now.AddHours(1) },
            canChange: true);
        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings { Region = "eu-west-1", Credential = ending, EndpointUrl = service.Url });

        isOver = true;
        _machine.Now += TimeSpan.FromHours(2);
        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => gateway.CreateAssociationBatchAsync(new CreateBatchRequest([new AssociationEntry { Name = "AWS-UpdateSSMAgent" }], null), CancellationToken.None));

        Assert.Equal((GatewayErrorKind.NoCredentials, "No credentials from -Credential (test): The login is over."), (error.Kind, error.Message));
        Assert.Empty(service.Requests);
    }

    [Fact]
    public void The_regions_that_are_offered_are_those_of_the_sdk()
    {
        // The SDK lists one name that no service but S3 knows.
        Assert.Equal(
            Amazon.RegionEndpoint.EnumerableAllRegions
                .Where(region => !region.PartitionName.StartsWith("aws-iso", StringComparison.Ordinal) && region.SystemName != "us-east-1-regional")
                .Select(region => region.SystemName)
                .Order(StringComparer.Ordinal),
            RegionCompleter.Codes);
    }

    [Theory]
    [InlineData("us-gov", "us-gov-east-1,us-gov-west-1")]
    [InlineData("CN-", "cn-north-1,cn-northwest-1")]
    [InlineData("frankf", "eu-central-1")]
    [InlineData("'eu-w", "eu-west-1,eu-west-2,eu-west-3")]
    [InlineData("nowhere", "")]
    public void A_region_is_completed_by_code_or_name(string word, string expected)
    {
        CompletionResult[] found = [.. new RegionCompleter().CompleteArgument("New-SsmAssociationBatch", "Region", word, null!, new Hashtable())];

        Assert.Equal(expected, string.Join(",", found.Select(result => result.CompletionText)));
        Assert.All(found, result => Assert.NotEqual(result.CompletionText, result.ToolTip));
    }

    private string Region()
    {
        using IAssociationGateway gateway = _machine.Connect(new ConnectionSettings());
        return gateway.Region;
    }
}
