using System;
using System.Threading.Tasks;
using Amazon;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Batching;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws;

/// <summary>Connects to Systems Manager through the AWS SDK. Made by the module through its load context.</summary>
internal sealed class AwsGatewayFactory : IGatewayFactory
{
    private readonly Surroundings _surroundings;

    /// <summary>Makes a factory for this process.</summary>
    public AwsGatewayFactory()
        : this(new Surroundings())
    {
    }

    /// <summary>Makes a factory for other surroundings.</summary>
    /// <param name="surroundings">Environment, home folders and time.</param>
    public AwsGatewayFactory(Surroundings surroundings) => _surroundings = surroundings;

    /// <inheritdoc/>
    public IAssociationGateway Connect(ConnectionSettings settings)
    {
        try
        {
            // A host with a thread of its own for windows would wait for itself.
            return Task.Run(() => ConnectAsync(settings)).GetAwaiter().GetResult();
        }
        catch (AmazonClientException error)
        {
            throw ErrorMapping.ToGatewayException(error);
        }
    }

    private async Task<IAssociationGateway> ConnectAsync(ConnectionSettings settings)
    {
        var store = new ProfileStore(settings.ProfileLocation, _surroundings);
        SharedFileSection? profile = store.Find(ProfileInUse(settings));
        var endpoints = new ServiceEndpoints(store, profile, _surroundings);
        AmazonSimpleSystemsManagementConfig config = MakeConfig(settings, endpoints);
        Uri? url = settings.EndpointUrl ?? endpoints.Configured(ServiceInfo.Ssm);
        if (settings.EndpointUrl is null && url is not null && url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback && !settings.AllowPlainHttp)
        {
            throw CredentialErrors.InvalidEndpoint($"The endpoint {url.GetLeftPart(UriPartial.Authority)}, which environment or profile name for {ServiceInfo.Ssm.Name}, would carry entries and signed requests unencrypted. Use https, or -Force if that is intended.");
        }

#if NET
        var http = new CredentialHttp(proxy: null, _surroundings);
#else
        // .NET Framework does not look at HTTPS_PROXY; the SDK does.
        var http = new CredentialHttp(config.GetHttpsProxy(), _surroundings);
#endif
        KeyCache? keys = null;
        try
        {
            var metadata = new InstanceMetadata(http, profile, _surroundings);
            string? region = await RegionSources.FindAsync(settings, store, settings.EndpointUrl is null ? metadata : null, _surroundings, settings.Stopping).ConfigureAwait(false);
            keys = await new CredentialSearch(settings, store, http, metadata, region, _surroundings).FindAsync(settings.Stopping).ConfigureAwait(false);
            SetAddress(config, url, region ?? throw new GatewayException(GatewayErrorKind.NoRegion, ErrorCodes.NoRegion, RegionSources.NotFound));
            var client = new AmazonSimpleSystemsManagementClient(new GatewayCredentials(keys), config);
            return new AwsAssociationGateway(client, region, keys, http, settings.CallTimeout);
        }
        catch
        {
            keys?.Dispose();
            http.Dispose();
            throw;
        }
    }

    /// <summary>The profile whose settings count besides its credentials.</summary>
    private string ProfileInUse(ConnectionSettings settings) =>
        string.IsNullOrWhiteSpace(settings.ProfileName) ? _surroundings.Variable("AWS_PROFILE") ?? ProfileStore.DefaultName : settings.ProfileName!;

    private static AmazonSimpleSystemsManagementConfig MakeConfig(ConnectionSettings settings, ServiceEndpoints endpoints)
    {
        var config = new AmazonSimpleSystemsManagementConfig
        {
            // CreateAssociationBatch has no idempotency token. The SDK would send it again after a 5xx, a timeout or a
            // broken connection and so create associations twice; the module decides instead.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ThrottleRetries = false,

            // The SDK reads these once for the whole process; they are read here for each connection.
            IgnoreConfiguredEndpointUrls = true,
            UseFIPSEndpoint = endpoints.UseFips,
            UseDualstackEndpoint = endpoints.UseDualstack,
        };
#if NET
        config.MaxConnectionsPerServer = settings.MaxConnections;
#else
        config.ConnectionLimit = settings.MaxConnections;
#endif
        return config;
    }

    private static void SetAddress(AmazonSimpleSystemsManagementConfig config, Uri? url, string region)
    {
        if (url is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            return;
        }

        config.AuthenticationRegion = region;
        config.ServiceURL = url.AbsoluteUri;

        // An address that is named is called as it is; the SDK would refuse the combination.
        config.UseFIPSEndpoint = false;
        config.UseDualstackEndpoint = false;
    }
}
