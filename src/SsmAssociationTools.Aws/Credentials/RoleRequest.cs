using System;
using System.Globalization;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>A role to assume.</summary>
internal sealed class RoleRequest
{
    private readonly string? _sessionName;

    public RoleRequest(string roleArn, string? sessionName)
    {
        RoleArn = roleArn;
        _sessionName = sessionName;
    }

    /// <summary>ARN of the role.</summary>
    public string RoleArn { get; }

    /// <summary>The id that the role's owner asks for; null for none. Treated as a secret.</summary>
    public string? ExternalId { get; init; }

    /// <summary>How long the session lasts, from 15 minutes to 12 hours; null for the service's default of an hour.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Where the role is named, as the rest of a sentence: <c> for the profile 'ops'</c>.</summary>
    public string Origin { get; init; } = string.Empty;

    /// <summary>Name of the session, as it appears in the account's log.</summary>
    public string SessionName(DateTime now) =>
        _sessionName ?? "SsmAssociationTools-" + now.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
