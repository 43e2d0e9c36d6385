using System;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Reports;

/// <summary>Says in words what kind of targets an entry has.</summary>
internal static class TargetKinds
{
    /// <summary>Names the kind.</summary>
    public static string Of(AssociationEntry entry)
    {
        if (!string.IsNullOrEmpty(entry.InstanceId))
        {
            return "nodes by id";
        }

        if (entry.TargetMaps is { Length: > 0 })
        {
            return "target maps";
        }

        string? kind = null;
        foreach (AssociationTarget? target in entry.Targets ?? [])
        {
            string found = Of(target);
            kind = kind is null || kind == found ? found : "several kinds together";
        }

        return kind ?? (entry.TargetLocations is { Length: > 0 } ? "accounts and Regions" : "no targets");
    }

    /// <summary>Counts the ids of nodes that an entry names.</summary>
    /// <returns>The ids of InstanceId and of targets with the key InstanceIds; * is none.</returns>
    public static int NodesNamed(AssociationEntry entry)
    {
        int count = string.IsNullOrEmpty(entry.InstanceId) ? 0 : 1;
        foreach (AssociationTarget? target in entry.Targets ?? [])
        {
            if (IsNodes(target))
            {
                foreach (string? value in target!.Values ?? [])
                {
                    count += string.IsNullOrEmpty(value) || value == "*" ? 0 : 1;
                }
            }
        }

        return count;
    }

    private static bool IsNodes(AssociationTarget? target) => TargetKey.KindOf(target?.Key ?? string.Empty) == TargetKeyKind.InstanceIds;

    private static string Of(AssociationTarget? target) => TargetKey.KindOf(target?.Key ?? string.Empty) switch
    {
        TargetKeyKind.InstanceIds => Array.IndexOf(target!.Values ?? [], "*") < 0 ? "nodes by id" : "all managed nodes",
        TargetKeyKind.Tag or TargetKeyKind.TagKey => "tags",
        TargetKeyKind.ResourceGroup or TargetKeyKind.ResourceGroupName => "resource groups",
        TargetKeyKind.ParameterValues => "parameter values",
        _ => "other keys",
    };
}
