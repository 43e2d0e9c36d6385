using System;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>Addresses: those of the rule sets that AWS publishes for its SDKs, and the ones that users configure.</summary>
public sealed class ServiceEndpointsTests
{
    [Theory]
    [InlineData("us-east-1", false, false, "https://sts.us-east-1.amazonaws.com/")]
    [InlineData("us-east-1", true, false, "https://sts-fips.us-east-1.amazonaws.com/")]
    [InlineData("eu-central-1", false, true, "https://sts.eu-central-1.api.aws/")]
    [InlineData("eu-central-1", true, true, "https://sts-fips.eu-central-1.api.aws/")]
    [InlineData("cn-north-1", false, false, "https://sts.cn-north-1.amazonaws.com.cn/")]
    [InlineData("cn-northwest-1", false, true, "https://sts.cn-northwest-1.api.amazonwebservices.com.cn/")]
    [InlineData("us-gov-west-1", false, false, "https://sts.us-gov-west-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", true, false, "https://sts.us-gov-west-1.amazonaws.com/")]
    [InlineData("us-gov-east-1", true, true, "https://sts-fips.us-gov-east-1.api.aws/")]
    [InlineData("eusc-de-east-1", false, false, "https://sts.eusc-de-east-1.amazonaws.eu/")]
    [InlineData("us-iso-east-1", false, false, "https://sts.us-iso-east-1.c2s.ic.gov/")]
    [InlineData("eu-newplace-7", false, false, "https://sts.eu-newplace-7.amazonaws.com/")]
    public void Each_partition_has_its_addresses(string region, bool useFips, bool useDualstack, string expected)
    {
        using Machine machine = new Machine()
            .With("AWS_USE_FIPS_ENDPOINT", useFips ? "true" : null)
            .With("AWS_USE_DUALSTACK_ENDPOINT", useDualstack ? "TRUE" : null);

        Assert.Equal(expected, Endpoints(machine).Find(ServiceInfo.Sts, region).AbsoluteUri);
    }

    [Fact]
    public void The_services_of_identity_center_have_their_own_hosts()
    {
        using var machine = new Machine();

        Assert.Equal("https://portal.sso.eu-west-1.amazonaws.com/", Endpoints(machine).Find(ServiceInfo.Sso, "eu-west-1").AbsoluteUri);
        Assert.Equal("https://oidc.cn-north-1.amazonaws.com.cn/", Endpoints(machine).Find(ServiceInfo.SsoOidc, "cn-north-1").AbsoluteUri);
    }

    [Fact]
    public void What_is_nearest_to_the_service_wins()
    {
        using Machine machine = new Machine().Config("""
            [profile ops]
            services = local
            endpoint_url = https://profile.example
            [services local]
            sts =
                endpoint_url = https://services.example/sts
            """);

        Assert.Equal("https://services.example/sts/", Endpoints(machine, "ops").Find(ServiceInfo.Sts, "us-east-1").AbsoluteUri);
        Assert.Equal("https://profile.example/", Endpoints(machine, "ops").Find(ServiceInfo.Sso, "us-east-1").AbsoluteUri);

        machine.With("AWS_ENDPOINT_URL", "https://all.example");
        Assert.Equal("https://all.example/", Endpoints(machine, "ops").Find(ServiceInfo.Sts, "us-east-1").AbsoluteUri);

        machine.With("AWS_ENDPOINT_URL_STS", "http://localhost:4566");
        Assert.Equal("http://localhost:4566/", Endpoints(machine, "ops").Find(ServiceInfo.Sts, "us-east-1").AbsoluteUri);

        machine.With("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        Assert.Equal("https://sts.us-east-1.amazonaws.com/", Endpoints(machine, "ops").Find(ServiceInfo.Sts, "us-east-1").AbsoluteUri);
    }

    [Theory]
    [InlineData("http://sts.example", "unencrypted")]
    [InlineData("ftp://sts.example", "no http or https URL")]
    [InlineData("sts.example", "no http or https URL")]
    public void Credentials_travel_encrypted_beyond_this_machine(string url, string expected)
    {
        using Machine machine = new Machine().With("AWS_ENDPOINT_URL_STS", url);

        GatewayException error = Assert.Throws<GatewayException>(() => Endpoints(machine).Find(ServiceInfo.Sts, "us-east-1"));

        Assert.Equal("InvalidEndpointUrl", error.ErrorCode);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us-east-1.evil.example/")]
    [InlineData("US-EAST-1")]
    [InlineData("")]
    public void Only_a_region_code_becomes_part_of_a_host(string region)
    {
        using var machine = new Machine();

        Assert.Throws<GatewayException>(() => Endpoints(machine).Find(ServiceInfo.Sts, region));
    }

    private static ServiceEndpoints Endpoints(Machine machine, string profile = "default")
    {
        var store = new ProfileStore(null, machine.MachineEnvironment);
        return new ServiceEndpoints(store, store.Find(profile), machine.MachineEnvironment);
    }
}
