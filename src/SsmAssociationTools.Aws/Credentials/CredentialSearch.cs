using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// Finds where the keys come from, in the order of AWS.Tools (docs/connection.md has the table). A source that somebody named
/// is used or is an error; only what merely could be there is passed over.
/// </summary>
internal sealed class CredentialSearch
{
    /// <summary>An object that renews itself is asked again this often, for it may not say when its keys expire.</summary>
    private static readonly TimeSpan s_askAgain = TimeSpan.FromMinutes(1);

    private readonly ConnectionSettings _settings;
    private readonly ProfileStore _store;
    private readonly CredentialHttp _http;
    private readonly InstanceMetadata _metadata;
    private readonly MachineEnvironment _environment;
    private readonly ProfileSources _profiles;

    public CredentialSearch(ConnectionSettings settings, ProfileStore store, CredentialHttp http, InstanceMetadata metadata, string? region, MachineEnvironment environment)
    {
        _settings = settings;
        _store = store;
        _http = http;
        _metadata = metadata;
        _environment = environment;
        _profiles = new ProfileSources(store, http, region, environment);
    }

    /// <summary>Finds the source and reads its keys once, so that what is wrong with it shows before anything is sent.</summary>
    /// <exception cref="GatewayException">There are none, with what to do.</exception>
    public async Task<KeyCache> FindAsync(CancellationToken cancellationToken)
    {
        KeySource? source = Named() ?? FromSession();
        if (source is null)
        {
            return await FromMachineAsync(cancellationToken).ConfigureAwait(false);
        }

        return await OpenAsync(source, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the user gave with the command.</summary>
    private KeySource? Named()
    {
        if (_settings.AccessKey is not null || _settings.SecretKey is not null)
        {
            return string.IsNullOrWhiteSpace(_settings.AccessKey) || string.IsNullOrWhiteSpace(_settings.SecretKey)
                ? throw CredentialErrors.NotFound("-AccessKey and -SecretKey belong together: give both.")
                : KeySource.Fixed("the parameters -AccessKey and -SecretKey", new AccessKeys(_settings.AccessKey!, _settings.SecretKey!, _settings.SessionToken));
        }

        if (_settings.SessionToken is not null)
        {
            throw CredentialErrors.NotFound("-SessionToken goes with -AccessKey and -SecretKey: give all three.");
        }

        if (ProfileStore.NameIn(_settings) is { } name)
        {
            return Profile(name, name == _settings.ProfileName ? "-ProfileName" : "-ProfileLocation");
        }

        return _settings.Credential is null ? null : Supplied(_settings.Credential);
    }

    /// <summary>What the session and the environment say.</summary>
    private KeySource? FromSession()
    {
        if (_settings.StoredCredential is not null)
        {
            return Supplied(_settings.StoredCredential);
        }

        if (EnvironmentKeys.Find(_environment) is { } keys)
        {
            return keys;
        }

        if (_environment.Variable("AWS_PROFILE") is { } named)
        {
            return Profile(named, "AWS_PROFILE");
        }

        return _profiles.FromEnvironment()
            ?? (_store.Find(ProfileStore.DefaultName) is { } profile ? _profiles.Find(profile) : null);
    }

    /// <summary>What the machine has without anybody saying so.</summary>
    private async Task<KeyCache> FromMachineAsync(CancellationToken cancellationToken)
    {
        if (ContainerEndpoint.Find(_http, _environment) is { } container)
        {
            return await OpenAsync(new KeySource(container.Description, container.KeysAsync), cancellationToken).ConfigureAwait(false);
        }

        if (await _metadata.KeysAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            return await OpenAsync(ProfileSources.Instance(_metadata), cancellationToken).ConfigureAwait(false);
        }

        throw CredentialErrors.NotFound("No credentials specified or obtained from persisted/shell defaults. Give -ProfileName, -Credential, or -AccessKey and -SecretKey; or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
    }

    private KeySource Profile(string name, string namedBy)
    {
        SharedFileSection profile = _store.Find(name)
            ?? throw CredentialErrors.NotFound($"The profile '{name}', which {namedBy} names, does not exist in {_store.Description}. Check its name; Get-AWSCredential -ListProfileDetail or aws configure list-profiles shows what there is.");
        return _profiles.Find(profile)
            ?? throw CredentialErrors.NotFound($"The profile '{name}' has no credentials: no keys, role, IAM Identity Center or credential_process.");
    }

    private KeySource Supplied(SuppliedCredentials supplied) => new(
        supplied.Description,
        _ => Task.Run(() => Read(supplied), CancellationToken.None),
        supplied.CanChange ? s_askAgain : null);

    private AccessKeys Read(SuppliedCredentials supplied)
    {
        try
        {
            AccessKeys keys = supplied.Read();
            return !supplied.CanChange && keys.Expiration is { } expiration && expiration <= _environment.UtcNow()
                ? throw CredentialErrors.NotFound($"The credentials of {supplied.Description} expired at {expiration.ToString("u", CultureInfo.InvariantCulture)}. Get new ones.")
                : keys;
        }
#pragma warning disable CA1031 // The object is the user's; whatever it throws means that it gives no keys.
        catch (Exception error) when (error is not GatewayException)
#pragma warning restore CA1031
        {
            throw CredentialErrors.NotFound($"No credentials from {supplied.Description}: {CredentialErrors.Foreign(error.GetBaseException().Message)}", error);
        }
    }

    private async Task<KeyCache> OpenAsync(KeySource source, CancellationToken cancellationToken)
    {
        var keys = new KeyCache(source, _environment);
        try
        {
            await keys.GetAsync(cancellationToken).ConfigureAwait(false);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }
}
