using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// The profiles of this machine: those of the SDK's encrypted store on Windows, then those of the shared AWS files. What the
/// credentials file says of a profile wins over what the config file says.
/// </summary>
internal sealed class ProfileStore
{
    /// <summary>Name of the profile that is used where none is named.</summary>
    public const string DefaultName = "default";

    private readonly SharedFile _credentials;
    private readonly SharedFile _config;
    private readonly bool _hasSdkStore;

    /// <summary>Reads the files.</summary>
    /// <param name="location">Path of the credentials file where it is not the default one: then the SDK's store is not searched. A folder stands for the file <c>credentials</c> in it.</param>
    /// <exception cref="GatewayException">A file is there and cannot be read.</exception>
    public ProfileStore(string? location, MachineEnvironment environment)
    {
        _hasSdkStore = location is null && RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        string? besides = null;
        string? credentials;
        if (location is null)
        {
            credentials = PathOf("AWS_SHARED_CREDENTIALS_FILE", "credentials", environment);
            Description = "the shared AWS files";
        }
        else
        {
            credentials = Directory.Exists(location) ? Path.Combine(location, "credentials") : location;
            besides = Path.Combine(Path.GetDirectoryName(credentials) ?? string.Empty, "config");
            Description = $"'{credentials}'";
        }

        _credentials = SharedFile.Read(credentials, isConfig: false);
        string? config = besides is not null && environment.Variable("AWS_CONFIG_FILE") is null ? besides : PathOf("AWS_CONFIG_FILE", "config", environment);
        _config = SharedFile.Read(config == credentials ? null : config, isConfig: true);
    }

    /// <summary>The profile that the user named with the command. A file alone means its default profile, as in AWS.Tools.</summary>
    public static string? NameIn(ConnectionSettings settings) =>
        !string.IsNullOrWhiteSpace(settings.ProfileName) ? settings.ProfileName : settings.ProfileLocation is null ? null : DefaultName;

    /// <summary>What was searched, for messages.</summary>
    public string Description { get; }

    /// <summary>Finds a profile.</summary>
    public SharedFileSection? Find(string name)
    {
        if (_hasSdkStore && FindInSdkStore(name) is { } fromStore)
        {
            return fromStore;
        }

        SharedFileSection? inConfig = _config.Profile(name);
        SharedFileSection? inCredentials = _credentials.Profile(name);
        if (inConfig is not null && inCredentials is not null)
        {
            var merged = new SharedFileSection(name);
            merged.Take(inConfig);
            merged.Take(inCredentials);
            return merged;
        }

        return inCredentials ?? inConfig;
    }

    /// <summary>Finds a login session of IAM Identity Center.</summary>
    public SharedFileSection? SsoSession(string name) => _config.SsoSession(name);

    /// <summary>Finds the endpoints of services that a profile refers to.</summary>
    public SharedFileSection? Services(string name) => _config.Services(name);

    private static string? PathOf(string variable, string fileName, MachineEnvironment environment)
    {
        IReadOnlyList<string> homes = environment.HomeFolders();
        if (environment.Variable(variable) is { } path)
        {
            bool isInHome = path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal);
            return isInHome && homes.Count > 0 ? Path.Combine(homes[0], path.Substring(2)) : path;
        }

        foreach (string home in homes)
        {
            string candidate = Path.Combine(home, ".aws", fileName);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static SharedFileSection? FindInSdkStore(string name)
    {
        CredentialProfile profile;
        try
        {
            if (!new NetSDKCredentialsFile().TryGetProfile(name, out profile))
            {
                return null;
            }
        }
        catch (Exception error) when (error is AmazonClientException or IOException or UnauthorizedAccessException or CryptographicException or NotSupportedException)
        {
            throw CredentialErrors.NotFound($"The profile store of the AWS SDK cannot be read: {CredentialErrors.Foreign(error.Message)} Register the profile again with Set-AWSCredential, or keep it in the shared AWS files.", error);
        }

        CredentialProfileOptions options = profile.Options;
        var section = new SharedFileSection(name);
        Set("aws_access_key_id", options.AccessKey);
        Set("aws_secret_access_key", options.SecretKey);
        Set("aws_session_token", options.Token);
        Set("role_arn", options.RoleArn);
        Set("source_profile", options.SourceProfile);
        Set("credential_source", options.CredentialSource);
        Set("external_id", options.ExternalID);
        Set("mfa_serial", options.MfaSerial);
        Set("role_session_name", options.RoleSessionName);
        Set("web_identity_token_file", options.WebIdentityTokenFile);
        Set("credential_process", options.CredentialProcess);
        Set("sso_account_id", options.SsoAccountId);
        Set("sso_region", options.SsoRegion);
        Set("sso_role_name", options.SsoRoleName);
        Set("sso_session", options.SsoSession);
        Set("sso_start_url", options.SsoStartUrl);
        Set("login_session", options.LoginSession);
        Set("aws_account_id", options.AwsAccountId);
        Set("region", profile.Region?.SystemName);

        // A name of this module: the store keeps SAML roles under a member that the shared files do not have.
        Set(ProfileKeys.SamlEndpoint, options.EndpointName);
        return section;

        void Set(string key, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                section.Set(key, value!);
            }
        }
    }
}
