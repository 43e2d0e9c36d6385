namespace SsmAssociationTools.Gateway;

/// <summary>Where calls go: a Region, and the account whose role is assumed for them.</summary>
/// <param name="Region">The Region's code; null for the one that the profile, the environment or the instance names.</param>
/// <param name="RoleArn">ARN of the role to assume; null for the account of the credentials themselves.</param>
internal sealed record Destination(string? Region, string? RoleArn)
{
    /// <summary>Region and role in words.</summary>
    /// <returns>Text such as <c>us-east-1, role arn:aws:iam::111122223333:role/Ops</c>.</returns>
    public override string ToString() => RoleArn is null ? Region ?? "the default Region" : $"{Region ?? "the default Region"}, role {RoleArn}";
}
