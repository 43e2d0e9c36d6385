using System;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws;

/// <summary>Finds the Region: what the user gave, the profile, the environment, the default profile, the instance.</summary>
internal static class RegionSources
{
    private const string NotFound = "No region specified or obtained from persisted/shell defaults. Give -Region, or set $StoredAWSRegion, the environment variable AWS_REGION or a Region in the profile.";

    /// <summary>Finds the Region.</summary>
    /// <param name="settings">What the user gave.</param>
    /// <returns>The Region's code.</returns>
    /// <exception cref="GatewayException">NoRegion.</exception>
    public static string Find(ConnectionSettings settings)
    {
        if (!string.IsNullOrWhiteSpace(settings.Region))
        {
            return settings.Region!.Trim();
        }

        if (!string.IsNullOrWhiteSpace(settings.ProfileName)
            && new CredentialProfileStoreChain(settings.ProfileLocation).TryGetProfile(settings.ProfileName, out CredentialProfile profile)
            && profile.Region is not null)
        {
            return profile.Region.SystemName;
        }

        // The SDK's own chain looks at AWS_REGION only.
        string? fromEnvironment = Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION");
        if (!string.IsNullOrWhiteSpace(fromEnvironment))
        {
            return fromEnvironment!.Trim();
        }

        RegionEndpoint? fallback = FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: settings.EndpointUrl is null);
        return fallback?.SystemName ?? throw new GatewayException(GatewayErrorKind.NoRegion, "NoRegion", NotFound);
    }
}
