using System;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Gateway;

/// <summary>Where calls go: a Region, and the account whose role is assumed for them.</summary>
/// <param name="Region">The Region's code; null for the one that the profile, the environment or the instance names.</param>
/// <param name="RoleArn">ARN of the role to assume; null for the account of the credentials themselves.</param>
internal sealed record Destination(string? Region, string? RoleArn)
{
    private const int AccountLength = 12;

    /// <summary>Neither Region nor role is known.</summary>
    public static Destination Unknown { get; } = new(null, null);

    /// <summary>The account of the role, 12 digits; null without a role.</summary>
    public string? AccountId => RoleArn is null ? null : RoleArn.Substring(RoleArn.IndexOf("::", StringComparison.Ordinal) + 2, AccountLength);

    /// <summary>What makes a place of its own: the Region, and the account where a role leads to one.</summary>
    public string Place => RoleArn is null ? Region ?? string.Empty : Region + "/" + AccountId;

    /// <summary>Region and role in words.</summary>
    /// <returns>Text such as <c>us-east-1, role arn:aws:iam::111122223333:role/Ops</c>.</returns>
    public override string ToString() => VisibleText.Of(RoleArn is null ? Region ?? "the default Region" : $"{Region ?? "the default Region"}, role {RoleArn}");
}
