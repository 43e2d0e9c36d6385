using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws;

/// <summary>Finds the Region: what the user gave, the named profile, the environment, the default profile, the instance.</summary>
internal static class RegionSources
{
    /// <summary>What to say where there is none.</summary>
    public const string NotFound = "No region specified or obtained from persisted/shell defaults. Give -Region, or set $StoredAWSRegion, the environment variable AWS_REGION or a Region in the profile.";

    /// <summary>Finds the Region.</summary>
    public static async Task<string?> FindAsync(ConnectionSettings settings, ProfileStore store, InstanceMetadata? metadata, MachineEnvironment environment, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(settings.Region))
        {
            return settings.Region!.Trim();
        }

        string? found = (ProfileStore.NameIn(settings) is { } named ? store.Find(named)?["region"] : null)
            ?? environment.Variable("AWS_REGION")
            ?? environment.Variable("AWS_DEFAULT_REGION")
            ?? store.Find(environment.Variable("AWS_PROFILE") ?? ProfileStore.DefaultName)?["region"];
        return found is null && metadata is not null ? await metadata.RegionAsync(cancellationToken).ConfigureAwait(false) : found;
    }
}
