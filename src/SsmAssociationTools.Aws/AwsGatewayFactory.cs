using System;
using System.Collections.Generic;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Amazon;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Aws;

/// <summary>Connects to Systems Manager through the AWS SDK. Made by the module through its load context.</summary>
internal sealed class AwsGatewayFactory : IGatewayFactory
{
    private readonly MachineEnvironment _environment;
    private CredentialHttp? _http;
    private readonly Dictionary<string, KeyCache> _roles = new(StringComparer.Ordinal);
    private KeyCache? _keys;

    /// <summary>The account of the keys, where STS was asked for it.</summary>
    private string? _account;

    public AwsGatewayFactory()
        : this(new MachineEnvironment())
    {
    }

    public AwsGatewayFactory(MachineEnvironment environment) => _environment = environment;

    public IFleetGateway Connect(ConnectionSettings settings)
    {
        try
        {
            // A host with a thread of its own for windows would wait for itself.
            return Task.Run(() => ConnectAsync(settings)).GetAwaiter().GetResult();
        }
        catch (AmazonClientException error)
        {
            throw ErrorMapping.ToGatewayException(error, isRead: true);
        }
    }

    public ConnectionPlace Locate(IAssociationGateway gateway, bool asksForAccount, CancellationToken stopping) =>
        Task.Run(() => LocateAsync((AwsAssociationGateway)gateway, asksForAccount, stopping), stopping).GetAwaiter().GetResult();

    public void Dispose()
    {
        foreach (KeyCache role in _roles.Values)
        {
            role.Dispose();
        }

        _keys?.Dispose();
        _http?.Dispose();
    }

    private async Task<IFleetGateway> ConnectAsync(ConnectionSettings settings)
    {
        var store = new ProfileStore(settings.ProfileLocation, _environment);
        SharedFileSection? profile = store.Find(ProfileStore.NameIn(settings) ?? _environment.Variable("AWS_PROFILE") ?? ProfileStore.DefaultName);
        var endpoints = new ServiceEndpoints(store, profile, _environment);
        AmazonSimpleSystemsManagementConfig config = MakeConfig(settings, endpoints);
        Uri? url = settings.EndpointUrl ?? endpoints.Configured(ServiceInfo.Ssm);
        if (settings.EndpointUrl is null && url is not null && url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback && !settings.AllowPlainHttp)
        {
            throw CredentialErrors.InvalidEndpoint($"The endpoint {url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}, which environment or profile name for {ServiceInfo.Ssm.Name}, would carry entries and signed requests unencrypted. Use https, or -Force if that is intended.");
        }

        var metadata = new InstanceMetadata(Http(config, settings.MaxConnections), profile, _environment);
        string? region = await RegionSources.FindAsync(settings, store, settings.EndpointUrl is null ? metadata : null, _environment, settings.Stopping).ConfigureAwait(false);
        _keys ??= await new CredentialSearch(settings, store, Http(config, settings.MaxConnections), metadata, region, _environment).FindAsync(settings.Stopping).ConfigureAwait(false);
        SetAddress(config, url, region ?? throw new GatewayException(GatewayErrorKind.NoRegion, ErrorCodes.NoRegion, RegionSources.NotFound));
        KeyCache keys = settings.Role is null ? _keys : await RoleAsync(settings.Role, _keys, StsAddress(settings, endpoints, region), region, settings.Stopping).ConfigureAwait(false);
        string? account = Arns.AccountOf(settings.Role?.RoleArn);
        return new AwsAssociationGateway(new SsmClient(new GatewayCredentials(keys), config), region, ServiceEndpoints.Standard(url, region), account, keys, settings.CallTimeout)
        {
            Sts = settings.Role is null ? FindSts(settings, endpoints, region) : null,
        };
    }

    /// <summary>STS, where it can be called; what keeps it from being called matters to nobody before an account is asked for.</summary>
    private StsClient? FindSts(ConnectionSettings settings, ServiceEndpoints endpoints, string region)
    {
        try
        {
            return new StsClient(_http!, StsAddress(settings, endpoints, region), region, _environment);
        }
        catch (GatewayException)
        {
            return null;
        }
    }

    private async Task<ConnectionPlace> LocateAsync(AwsAssociationGateway gateway, bool asksForAccount, CancellationToken cancellationToken)
    {
        if (gateway.Sts is null)
        {
            return new ConnectionPlace(gateway.Endpoint, gateway.AccountId, AccessKey: null);
        }

        AccessKeys keys = await gateway.Keys.GetAsync(cancellationToken).ConfigureAwait(false);
        if (gateway.AccountId is null && _account is null && asksForAccount)
        {
            try
            {
                _account = await gateway.Sts.FindAccountAsync(keys, cancellationToken).ConfigureAwait(false);
            }
            catch (GatewayException)
            {
                // The access key says as much, as long as it stays the same.
            }
        }

        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes("SsmAssociationTools " + keys.AccessKey));
        return new ConnectionPlace(gateway.Endpoint, gateway.AccountId ?? _account, Convert.ToBase64String(hash, 0, 12));
    }

    /// <summary>The keys of a role, one session for all Regions of its account.</summary>
    private async Task<KeyCache> RoleAsync(RoleSettings role, KeyCache source, Uri address, string region, CancellationToken cancellationToken)
    {
        if (!_roles.TryGetValue(role.RoleArn, out KeyCache? keys))
        {
            var sts = new StsClient(_http!, address, region, _environment);
            var request = new RoleRequest(role.RoleArn, role.SessionName) { ExternalId = role.ExternalId, Duration = role.Duration };
            keys = new KeyCache(
                new KeySource(
                    $"the role {role.RoleArn}, assumed with {source.Description}",
                    async token => await sts.AssumeRoleAsync(request, await source.GetAsync(token).ConfigureAwait(false), token).ConfigureAwait(false)),
                _environment);
            _roles.Add(role.RoleArn, keys);
        }

        if (role.IsAssumedAtOnce)
        {
            await keys.GetAsync(cancellationToken).ConfigureAwait(false);
        }

        return keys;
    }

    /// <summary>What listens on loopback in place of Systems Manager stands in for STS too: real STS would not know its keys.</summary>
    private static Uri StsAddress(ConnectionSettings settings, ServiceEndpoints endpoints, string region) =>
        settings.EndpointUrl is { IsLoopback: true } url && endpoints.Configured(ServiceInfo.Sts) is null ? url : endpoints.Find(ServiceInfo.Sts, region);

    private CredentialHttp Http(AmazonSimpleSystemsManagementConfig config, int maxConnections)
    {
        if (_http is null)
        {
#if NET
            IWebProxy? proxy = null;
#else
            // .NET Framework does not look at HTTPS_PROXY; the SDK does.
            IWebProxy? proxy = config.GetHttpsProxy();
#endif
            SecureProtocols.Allow();
            _http = new CredentialHttp(proxy, maxConnections, _environment);
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

            // A redirect would carry the session token, and with it the whole body, to whoever it names.
            AllowAutoRedirect = false,

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
        config.ServiceURL = url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);

        // An address that is named is called as it is; the SDK would refuse the combination.
        config.UseFIPSEndpoint = false;
        config.UseDualstackEndpoint = false;
    }
}
