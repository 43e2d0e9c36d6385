using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;

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
            return Checked(settings.Region, "-Region");
        }

        return (ProfileStore.NameIn(settings) is { } named ? InProfile(store, named) : null)
            ?? Checked(environment.Variable("AWS_REGION"), "AWS_REGION")
            ?? Checked(environment.Variable("AWS_DEFAULT_REGION"), "AWS_DEFAULT_REGION")
            ?? InProfile(store, environment.Variable("AWS_PROFILE") ?? ProfileStore.DefaultName)
            ?? (metadata is null ? null : await metadata.RegionAsync(cancellationToken).ConfigureAwait(false));
    }

    private static string? InProfile(ProfileStore store, string name) => Checked(store.Find(name)?["region"], $"the profile '{name}'");

    private static string? Checked(string? region, string origin)
    {
        string? code = region is null ? null : RegionCode.Spell(region);
        return code is null || RegionCode.IsOne(code)
            ? code
            : throw new GatewayException(GatewayErrorKind.NoRegion, ErrorCodes.NoRegion, $"The Region '{MessageText.Of(code)}', which {origin} names, is no Region code. Give one such as us-east-1.");
    }
}
