using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Looks at the place that a copy names: what a file or somebody's own object says need not be one.</summary>
internal static class PlaceText
{
    /// <summary>What is wrong with the Region or the role; null where nothing is.</summary>
    public static string? Problem(InputFacts facts) =>
        facts.IsLive ? null
        : facts.Region is { } region && !RegionCode.IsOne(region) ? $"Region: '{MessageText.Of(region)}' is no code of a Region, such as eu-north-1."
        : facts.RoleArn is { } role && !TextPatterns.IsRoleArn(role) ? $"RoleArn: '{MessageText.Of(role)}' is no ARN of a role."
        : null;
}
