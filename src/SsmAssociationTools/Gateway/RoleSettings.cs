using System;

namespace SsmAssociationTools.Gateway;

/// <summary>The role that is assumed with the credentials that were found, and its session.</summary>
internal sealed class RoleSettings
{
    /// <summary>Makes settings.</summary>
    public RoleSettings(string roleArn) => RoleArn = roleArn;

    /// <summary>ARN of the role.</summary>
    public string RoleArn { get; }

    /// <summary>Name of the session; null for one made from the module's name and the time.</summary>
    public string? SessionName { get; init; }

    /// <summary>The id that the role's owner asks for; null for none. Treated as a secret.</summary>
    public string? ExternalId { get; init; }

    /// <summary>How long the session lasts; null for the service's default of an hour.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>
    /// True: the role is assumed when the connection is made, so that what is wrong with it shows before anything is sent.
    /// False: with the first call, so that one account does not hold up others.
    /// </summary>
    public bool IsAssumedAtOnce { get; init; }
}
