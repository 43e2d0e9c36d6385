using System;

namespace SsmAssociationTools.Validation;

/// <summary>Reads the key of a target.</summary>
internal static class TargetKey
{
    /// <summary>How a tag's key begins.</summary>
    public const string TagPrefix = "tag:";

    /// <summary>What the key selects by, upper and lower case left aside.</summary>
    public static TargetKeyKind KindOf(string key)
    {
        if (key.StartsWith(TagPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return TargetKeyKind.Tag;
        }

        return key.Length switch
        {
            7 when Is(key, "tag-key") => TargetKeyKind.TagKey,
            11 when Is(key, "InstanceIds") => TargetKeyKind.InstanceIds,
            13 when Is(key, "ResourceGroup") => TargetKeyKind.ResourceGroup,
            15 when Is(key, "ParameterValues") => TargetKeyKind.ParameterValues,
            15 when Is(key, "WindowTargetIds") => TargetKeyKind.MaintenanceWindow,
            18 when Is(key, "AWS::EC2::Instance") => TargetKeyKind.InstanceType,
            20 when Is(key, "resource-groups:Name") => TargetKeyKind.ResourceGroupName,
            21 when Is(key, "aws:NoOpAutomationTag") => TargetKeyKind.NoOpAutomationTag,
            35 when Is(key, "resource-groups:ResourceTypeFilters") => TargetKeyKind.MaintenanceWindow,
            _ => TargetKeyKind.Unknown,
        };
    }

    /// <summary>The spelling that AWS documents.</summary>
    /// <returns>The key in the documented spelling; the same text where it has it already.</returns>
    public static string Documented(string key, TargetKeyKind kind) => kind switch
    {
        TargetKeyKind.Tag => key.StartsWith(TagPrefix, StringComparison.Ordinal) ? key : TagPrefix + key.Substring(TagPrefix.Length),
        TargetKeyKind.TagKey => "tag-key",
        TargetKeyKind.InstanceIds => "InstanceIds",
        TargetKeyKind.ResourceGroup => "ResourceGroup",
        TargetKeyKind.ParameterValues => "ParameterValues",
        TargetKeyKind.InstanceType => "AWS::EC2::Instance",
        TargetKeyKind.ResourceGroupName => "resource-groups:Name",
        TargetKeyKind.NoOpAutomationTag => "aws:NoOpAutomationTag",
        _ => key,
    };

    /// <summary>Whether only runbooks take the key.</summary>
    public static bool IsAutomationOnly(TargetKeyKind kind) =>
        kind is TargetKeyKind.ParameterValues or TargetKeyKind.ResourceGroup or TargetKeyKind.InstanceType;

    private static bool Is(string key, string expected) => string.Equals(key, expected, StringComparison.OrdinalIgnoreCase);
}
