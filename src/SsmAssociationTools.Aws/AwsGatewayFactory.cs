using Amazon;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws;

/// <summary>Connects to Systems Manager through the AWS SDK. Made by the module through its load context.</summary>
internal sealed class AwsGatewayFactory : IGatewayFactory
{
    /// <inheritdoc/>
    public IAssociationGateway Connect(ConnectionSettings settings)
    {
        (AWSCredentials credentials, string source) = CredentialSources.Find(settings);
        string region = RegionSources.Find(settings);
        var config = new AmazonSimpleSystemsManagementConfig
        {
            // CreateAssociationBatch has no idempotency token. The SDK would send it again after a 5xx, a timeout or a
            // broken connection and so create associations twice; the module decides instead.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ThrottleRetries = false,
        };
#if NET
        config.MaxConnectionsPerServer = settings.MaxConnections;
#else
        config.ConnectionLimit = settings.MaxConnections;
#endif
        if (settings.EndpointUrl is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            config.AuthenticationRegion = region;
            config.ServiceURL = settings.EndpointUrl.AbsoluteUri;
        }

        try
        {
            return new AwsAssociationGateway(new AmazonSimpleSystemsManagementClient(credentials, config), region, source, settings.CallTimeout);
        }
        catch (AmazonClientException error)
        {
            throw ErrorMapping.ToGatewayException(error);
        }
    }
}
