using System;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws;

/// <summary>Finds the credentials: keys, then the named profile, then the SDK's default chain.</summary>
internal static class CredentialSources
{
    /// <summary>Finds the credentials. Makes no call of AWS, except of the container's or instance's metadata service.</summary>
    /// <param name="settings">What the user gave.</param>
    /// <returns>The credentials, and where they came from, without a secret.</returns>
    /// <exception cref="GatewayException">NoCredentials, with what to do.</exception>
    public static (AWSCredentials Credentials, string Source) Find(ConnectionSettings settings)
    {
        // Half of what belongs together must not lead to other credentials, which may be those of another account.
        if (settings.AccessKey is not null || settings.SecretKey is not null || settings.SessionToken is not null)
        {
            return FromKeys(settings);
        }

        if (!string.IsNullOrWhiteSpace(settings.ProfileName))
        {
            return FromProfile(settings.ProfileName!, settings.ProfileLocation);
        }

        try
        {
            AWSCredentials found = DefaultAWSCredentialsIdentityResolver.GetCredentials();
            return (found, "the default chain: " + found.GetType().Name);
        }
        catch (AmazonClientException error)
        {
            throw NotFound("No credentials specified or obtained from persisted/shell defaults. Give -AccessKey and -SecretKey or -ProfileName, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.", error);
        }
    }

    private static (AWSCredentials Credentials, string Source) FromKeys(ConnectionSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.AccessKey) || string.IsNullOrWhiteSpace(settings.SecretKey))
        {
            throw NotFound(settings.AccessKey is null && settings.SecretKey is null
                ? "-SessionToken goes with -AccessKey and -SecretKey: give all three."
                : "-AccessKey and -SecretKey belong together: give both.");
        }

        AWSCredentials credentials = string.IsNullOrWhiteSpace(settings.SessionToken)
            ? new BasicAWSCredentials(settings.AccessKey, settings.SecretKey)
            : new SessionAWSCredentials(settings.AccessKey, settings.SecretKey, settings.SessionToken);
        return (credentials, "the parameters -AccessKey and -SecretKey");
    }

    private static (AWSCredentials Credentials, string Source) FromProfile(string name, string? location)
    {
        var chain = new CredentialProfileStoreChain(location);
        if (!chain.TryGetProfile(name, out CredentialProfile profile))
        {
            throw NotFound($"The profile '{name}' does not exist in {(location is null ? "the shared AWS files" : $"'{location}'")}. Check -ProfileName and -ProfileLocation.");
        }

        try
        {
            return (AWSCredentialsFactory.GetAWSCredentials(profile, chain), $"the profile '{name}'");
        }
        catch (AmazonClientException error)
        {
            throw NotFound($"The profile '{name}' gives no credentials: {error.Message}", error);
        }
    }

    private static GatewayException NotFound(string message, Exception? cause = null) =>
        new(GatewayErrorKind.NoCredentials, "NoCredentials", message, cause);
}
