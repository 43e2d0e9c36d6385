using System;
using System.Threading;

namespace SsmAssociationTools.Gateway;

/// <summary>How to reach Systems Manager, as the user gave it; null means: not given, look further down the chain.</summary>
internal sealed class ConnectionSettings
{
    /// <summary>Region code, such as us-east-1.</summary>
    public string? Region { get; init; }

    /// <summary>Name of a profile in the shared AWS files.</summary>
    public string? ProfileName { get; init; }

    /// <summary>Path of the shared credentials file, where it is not the default one.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>Access key id.</summary>
    public string? AccessKey { get; init; }

    /// <summary>Secret access key.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Session token of temporary keys.</summary>
    public string? SessionToken { get; init; }

    /// <summary>The credentials of -Credential.</summary>
    public SuppliedCredentials? Credential { get; init; }

    /// <summary>The credentials of $StoredAWSCredentials, which AWS.Tools sets.</summary>
    public SuppliedCredentials? StoredCredential { get; init; }

    /// <summary>The role to assume with the credentials that were found; null for none.</summary>
    public RoleSettings? Role { get; init; }

    /// <summary>An endpoint to use instead of the Region's.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>True accepts an endpoint with plain http beyond loopback where the environment or a profile names one.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Ends the search for credentials, which may wait for other services.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>How long one call may take before it counts as unanswered.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls may be in flight at once; sizes the connection pool.</summary>
    public int MaxConnections { get; init; } = 4;
}
