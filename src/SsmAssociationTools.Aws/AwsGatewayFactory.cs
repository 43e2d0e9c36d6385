using System;
using System.Net;
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
    private CredentialHttp? _http;
    private KeyCache? _keys;

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

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys?.Dispose();
        _http?.Dispose();
    }

    private async Task<IAssociationGateway> ConnectAsync(ConnectionSettings settings)
    {
        var store = new ProfileStore(settings.ProfileLocation, _surroundings);
        SharedFileSection? profile = store.Find(ProfileStore.NameIn(settings) ?? _surroundings.Variable("AWS_PROFILE") ?? ProfileStore.DefaultName);
        var endpoints = new ServiceEndpoints(store, profile, _surroundings);
        AmazonSimpleSystemsManagementConfig config = MakeConfig(settings, endpoints);
        Uri? url = settings.EndpointUrl ?? endpoints.Configured(ServiceInfo.Ssm);
        if (settings.EndpointUrl is null && url is not null && url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback && !settings.AllowPlainHttp)
        {
            throw CredentialErrors.InvalidEndpoint($"The endpoint {url.GetLeftPart(UriPartial.Authority)}, which environment or profile name for {ServiceInfo.Ssm.Name}, would carry entries and signed requests unencrypted. Use https, or -Force if that is intended.");
        }

        var metadata = new InstanceMetadata(Http(config), profile, _surroundings);
        string? region = await RegionSources.FindAsync(settings, store, settings.EndpointUrl is null ? metadata : null, _surroundings, settings.Stopping).ConfigureAwait(false);
        _keys ??= await new CredentialSearch(settings, store, Http(config), metadata, region, _surroundings).FindAsync(settings.Stopping).ConfigureAwait(false);
        SetAddress(config, url, region ?? throw new GatewayException(GatewayErrorKind.NoRegion, ErrorCodes.NoRegion, RegionSources.NotFound));
        return new AwsAssociationGateway(new AmazonSimpleSystemsManagementClient(new GatewayCredentials(_keys), config), region, _keys, settings.CallTimeout);
    }

    private CredentialHttp Http(AmazonSimpleSystemsManagementConfig config)
    {
        if (_http is null)
        {
#if NET
            IWebProxy? proxy = null;
#else
            // .NET Framework does not look at HTTPS_PROXY; the SDK does.
            IWebProxy? proxy = config.GetHttpsProxy();
#endif
            _http = new CredentialHttp(proxy, _surroundings);
        }

        return _http;
    }

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
