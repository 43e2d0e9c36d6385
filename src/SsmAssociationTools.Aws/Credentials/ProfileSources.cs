using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// Makes sources of keys from profiles: keys, roles with their source profiles, web identity, IAM Identity Center, and
/// programs. Makes no call itself.
/// </summary>
internal sealed class ProfileSources
{
    private readonly ProfileStore _store;
    private readonly CredentialHttp _http;
    private readonly MachineEnvironment _environment;
    private readonly string? _region;

    public ProfileSources(ProfileStore store, CredentialHttp http, string? region, MachineEnvironment environment)
    {
        _store = store;
        _http = http;
        _region = region;
        _environment = environment;
    }

    /// <summary>Makes the source of a profile.</summary>
    /// <exception cref="GatewayException">What it says is incomplete or contradictory.</exception>
    public KeySource? Find(SharedFileSection profile) => Find(profile, []);

    /// <summary>Makes the source of the web identity that the environment names.</summary>
    /// <exception cref="GatewayException">What it names is incomplete.</exception>
    public KeySource? FromEnvironment()
    {
        if (_environment.Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is not { } tokenFile)
        {
            return null;
        }

        if (_environment.Variable("AWS_ROLE_ARN") is not { } roleArn)
        {
            throw CredentialErrors.NotFound("AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not: set both, or neither.");
        }

        var role = new RoleRequest(roleArn, _environment.Variable("AWS_ROLE_SESSION_NAME")) { Origin = " with the web identity of the environment" };
        return WebIdentity($"the web identity of the environment (AWS_WEB_IDENTITY_TOKEN_FILE): role {roleArn}", role, tokenFile, profile: null);
    }

    private KeySource? Find(SharedFileSection profile, List<string> path)
    {
        string name = $"the profile '{profile.Name}'";
        string? roleArn = profile[ProfileKeys.RoleArn];
        bool isOwnSource = path.Count > 0 && path[path.Count - 1] == profile.Name;
        if (roleArn is not null && !isOwnSource)
        {
            return profile[ProfileKeys.WebIdentityTokenFile] is { } tokenFile
                ? WebIdentity($"{name}: role {roleArn} with a web identity", RoleOf(profile, roleArn), tokenFile, profile)
                : Role(profile, roleArn, path);
        }

        if (profile[ProfileKeys.SsoSession] is not null || profile[ProfileKeys.SsoStartUrl] is not null || profile[ProfileKeys.SsoAccountId] is not null)
        {
            return Sso(profile, name);
        }

        if (profile[ProfileKeys.AccessKey] is not null || profile[ProfileKeys.SecretKey] is not null)
        {
            return KeySource.Fixed(name, Keys(profile, name));
        }

        if (profile["credential_process"] is { } command)
        {
            return new KeySource($"{name}: credential_process", new CredentialProgram(command, profile.Name, profile["aws_account_id"], _environment).RunAsync);
        }

        if (profile["login_session"] is not null)
        {
            throw CredentialErrors.NotFound($"The profile '{profile.Name}' uses a console login (aws login), which this module cannot read. {ExportHint(profile.Name)}");
        }

        return profile[ProfileKeys.SamlEndpoint] is null
            ? null
            : throw CredentialErrors.NotFound($"The profile '{profile.Name}' uses SAML, which this module cannot do. Get the credentials with AWS.Tools: -Credential (Get-AWSCredential -ProfileName '{profile.Name}').");
    }

    private static string ExportHint(string profile) =>
        $"Pass its credentials: -Credential (aws configure export-credentials --profile {profile} | ConvertFrom-Json).";

    private static AccessKeys Keys(SharedFileSection profile, string name) =>
        profile[ProfileKeys.AccessKey] is { } accessKey && profile[ProfileKeys.SecretKey] is { } secretKey
            ? new AccessKeys(accessKey, secretKey, profile["aws_session_token"] ?? profile["aws_security_token"])
            {
                AccountId = Arns.IsAccount(profile["aws_account_id"]) ? profile["aws_account_id"] : null,
            }
            : throw CredentialErrors.NotFound($"In {name}, {ProfileKeys.AccessKey} and {ProfileKeys.SecretKey} belong together: set both.");

    private static RoleRequest RoleOf(SharedFileSection profile, string roleArn) => new(roleArn, profile["role_session_name"])
    {
        ExternalId = profile["external_id"],
        Duration = DurationOf(profile),
        Origin = $" for the profile '{profile.Name}'",
    };

    private static TimeSpan? DurationOf(SharedFileSection profile)
    {
        if (profile["duration_seconds"] is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 900 and <= 43_200
            ? TimeSpan.FromSeconds(seconds)
            : throw CredentialErrors.NotFound($"duration_seconds of the profile '{profile.Name}' must be a whole number from 900 to 43200.");
    }

    private KeySource Role(SharedFileSection profile, string roleArn, List<string> path)
    {
        if (profile["mfa_serial"] is { } device)
        {
            throw CredentialErrors.MfaRequired($"The profile '{profile.Name}' needs a code of the MFA device {device}, and this module never asks for one. {ExportHint(profile.Name)} The AWS CLI asks for the code there.");
        }

        if (Contains(path, profile.Name))
        {
            throw CredentialErrors.NotFound($"The source profiles lead in a circle: {string.Join(" -> ", path)} -> {profile.Name}. Correct source_profile in one of them.");
        }

        var extended = new List<string>(path) { profile.Name };
        KeySource source = SourceOf(profile, extended);
        var sourceKeys = new KeyCache(source, _environment);
        RoleRequest role = RoleOf(profile, roleArn);
        StsClient sts = Sts(profile);
        return new KeySource(
            $"the profile '{profile.Name}': role {roleArn}, assumed with {source.Description}",
            async cancellationToken => await sts.AssumeRoleAsync(role, await sourceKeys.GetAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
    }

    private static bool Contains(List<string> path, string name)
    {
        foreach (string step in path)
        {
            if (step == name)
            {
                return true;
            }
        }

        return false;
    }

    private KeySource SourceOf(SharedFileSection profile, List<string> path)
    {
        string? sourceName = profile[ProfileKeys.SourceProfile];
        string? sourceKind = profile[ProfileKeys.CredentialSource];
        if (sourceName is not null && sourceKind is not null)
        {
            throw CredentialErrors.NotFound($"The profile '{profile.Name}' has both {ProfileKeys.SourceProfile} and {ProfileKeys.CredentialSource}: keep one of them.");
        }

        if (sourceName is not null)
        {
            SharedFileSection source = _store.Find(sourceName)
                ?? throw CredentialErrors.NotFound($"The profile '{sourceName}', which is the {ProfileKeys.SourceProfile} of '{profile.Name}', does not exist in {_store.Description}.");
            return Find(source, path)
                ?? throw CredentialErrors.NotFound($"The profile '{sourceName}', which is the {ProfileKeys.SourceProfile} of '{profile.Name}', has no credentials.");
        }

        switch (sourceKind)
        {
            case "Environment":
                return EnvironmentKeys.Find(_environment)
                    ?? throw CredentialErrors.NotFound($"The profile '{profile.Name}' takes its credentials from the environment, where AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.");
            case "Ec2InstanceMetadata":
                return Instance(new InstanceMetadata(_http, profile, _environment));
            case "EcsContainer":
                ContainerEndpoint container = ContainerEndpoint.Find(_http, _environment)
                    ?? throw CredentialErrors.NotFound($"The profile '{profile.Name}' takes its credentials from the container, and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not set.");
                return new KeySource(container.Description, container.KeysAsync);
            case null:
                throw CredentialErrors.NotFound($"The profile '{profile.Name}' has {ProfileKeys.RoleArn} without {ProfileKeys.SourceProfile} or {ProfileKeys.CredentialSource}: nothing says with which credentials to assume the role.");
            default:
                throw CredentialErrors.NotFound($"{ProfileKeys.CredentialSource} of the profile '{profile.Name}' must be Environment, Ec2InstanceMetadata or EcsContainer.");
        }
    }

    /// <summary>The source of an instance's role.</summary>
    public static KeySource Instance(InstanceMetadata metadata) => new(
        "the instance's role",
        async cancellationToken => await metadata.KeysAsync(cancellationToken).ConfigureAwait(false)
            ?? throw CredentialErrors.NotFound("This machine is no EC2 instance with a role: its metadata service gives no credentials."));

    private KeySource WebIdentity(string description, RoleRequest role, string tokenFile, SharedFileSection? profile)
    {
        StsClient sts = Sts(profile);
        return new KeySource(description, async cancellationToken =>
        {
            // Read anew for each session: the file is replaced before its token expires.
            string token;
            try
            {
                token = File.ReadAllText(tokenFile).Trim();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw CredentialErrors.NotFound($"The file with the web identity token, '{tokenFile}', cannot be read: {error.Message}", error);
            }

            return token.Length == 0
                ? throw CredentialErrors.NotFound($"The file with the web identity token, '{tokenFile}', is empty.")
                : await sts.AssumeRoleWithWebIdentityAsync(role, token, cancellationToken).ConfigureAwait(false);
        });
    }

    private StsClient Sts(SharedFileSection? profile)
    {
        string region = _region ?? profile?["region"]
            ?? throw new GatewayException(GatewayErrorKind.NoRegion, ErrorCodes.NoRegion, RegionSources.NotFound);
        return new StsClient(_http, new ServiceEndpoints(_store, profile, _environment).Find(ServiceInfo.Sts, region), region, _environment);
    }

    private KeySource Sso(SharedFileSection profile, string name)
    {
        SharedFileSection? session = null;
        string? sessionName = profile[ProfileKeys.SsoSession];
        if (sessionName is not null)
        {
            session = _store.SsoSession(sessionName)
                ?? throw CredentialErrors.NotFound($"The profile '{profile.Name}' names the sso-session '{sessionName}', which does not exist. Make it with: aws configure sso-session");
        }

        string Need(string key, SharedFileSection? section) => section?[key] ?? profile[key]
            ?? throw CredentialErrors.NotFound($"The profile '{profile.Name}' uses IAM Identity Center and lacks {key}. Complete it with: aws configure sso --profile {profile.Name}");

        string startUrl = Need(ProfileKeys.SsoStartUrl, session);
        string region = Need("sso_region", session);
        string account = Need(ProfileKeys.SsoAccountId, null);
        string role = Need(ProfileKeys.SsoRoleName, null);
        if (!Arns.IsAccount(account))
        {
            throw CredentialErrors.NotFound($"{ProfileKeys.SsoAccountId} of the profile '{profile.Name}' is no account number of 12 digits.");
        }

        var endpoints = new ServiceEndpoints(_store, profile, _environment);
        var login = new SsoLogin(profile.Name, sessionName ?? startUrl, account, role, endpoints.Find(ServiceInfo.Sso, region), endpoints.Find(ServiceInfo.SsoOidc, region));
        return new KeySource($"{name}: role {role} in the account {account} through IAM Identity Center", new SsoClient(_http, login, _environment).GetRoleCredentialsAsync);
    }
}
