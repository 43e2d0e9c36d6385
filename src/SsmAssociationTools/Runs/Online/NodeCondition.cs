using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Runs.Online;

/// <summary>
/// One key of targets with its values, as DescribeInstanceInformation can be asked for it. Equal conditions have equal keys,
/// in whatever order their values stand.
/// </summary>
internal sealed class NodeCondition
{
    private NodeCondition(string filterKey, IReadOnlyList<string> values, bool isForIds)
    {
        FilterKey = filterKey;
        Values = values;
        IsForIds = isForIds;
        Key = filterKey + "\n" + string.Join("\n", values);
    }

    /// <summary>The filter's key: InstanceIds, tag-key, or tag: and a tag's name.</summary>
    public string FilterKey { get; }

    /// <summary>The values in order, each once; none for all nodes.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether the values are ids of nodes.</summary>
    public bool IsForIds { get; }

    /// <summary>What makes two conditions the same.</summary>
    public string Key { get; }

    /// <summary>The filters of a call; none for all nodes.</summary>
    public IReadOnlyList<NodeFilter> Filters => Values.Count == 0 ? [] : [new NodeFilter(FilterKey, Values)];

    /// <summary>Finds what an entry selects its nodes by.</summary>
    /// <param name="isRunbook">Whether the document is a runbook, or looks like one.</param>
    /// <param name="targetType">The kind of resource that the document is for; null for any, and where it is not known.</param>
    /// <param name="reason">Why it cannot be asked for, to follow a colon; null where it can.</param>
    /// <returns>The conditions, of which all must hold; null where they cannot be asked for.</returns>
    public static IReadOnlyList<NodeCondition>? Of(AssociationEntry entry, bool isRunbook, string? targetType, out string? reason)
    {
        reason = null;
        if (isRunbook && targetType != "/AWS::SSM::ManagedInstance")
        {
            reason = "a runbook's targets are resources, which need not be managed nodes";
        }
        else if (entry.TargetLocations is { Length: > 0 })
        {
            reason = "the targets are in the accounts and Regions of TargetLocations";
        }
        else if (entry.TargetMaps is { Length: > 0 })
        {
            reason = "TargetMaps name resources, which need not be managed nodes";
        }
        else if (!string.IsNullOrEmpty(entry.InstanceId))
        {
            if (IsId(entry.InstanceId))
            {
                return [Ids([entry.InstanceId!])];
            }

            reason = "InstanceId is no id of a node";
        }
        else if (entry.Targets is not { Length: > 0 })
        {
            reason = "there are no targets";
        }

        if (reason is not null)
        {
            return null;
        }

        var conditions = new List<NodeCondition>();
        foreach (AssociationTarget? target in entry.Targets!)
        {
            if (Of(target, out reason) is not { } condition)
            {
                return null;
            }

            conditions.Add(condition);
        }

        return conditions;
    }

    /// <summary>A list of ids.</summary>
    public static NodeCondition Ids(IEnumerable<string?> ids) => new("InstanceIds", Ordered(ids), isForIds: true);

    private static NodeCondition? Of(AssociationTarget? target, out string? reason)
    {
        reason = null;
        if (target?.Key is not { Length: > 0 } key || target.Values is not { Length: > 0 } values || Array.IndexOf(values, null) >= 0)
        {
            return Refused("a target has no key or no values", out reason);
        }

        TargetKeyKind kind = TargetKey.KindOf(key);
        switch (kind)
        {
            case TargetKeyKind.InstanceIds when Array.IndexOf(values, "*") >= 0:
                return new NodeCondition("*", [], isForIds: false);
            case TargetKeyKind.InstanceIds:
                return Array.TrueForAll(values, IsId) ? Ids(values!) : Refused("a value of InstanceIds is no id of a node", out reason);
            case TargetKeyKind.Tag or TargetKeyKind.TagKey:
                if (Array.IndexOf(values, string.Empty) >= 0)
                {
                    return Refused("the service cannot be asked for tags with empty values", out reason);
                }

                if (Array.Exists(values, static value => value!.IndexOf('*') >= 0))
                {
                    return Refused("what * matches in a tag is not documented", out reason);
                }

                return new NodeCondition(TargetKey.Documented(key, kind), Ordered(values), isForIds: false);
            case TargetKeyKind.ResourceGroupName or TargetKeyKind.ResourceGroup:
                return Refused("the service cannot be asked for the nodes of a resource group", out reason);
            case TargetKeyKind.NoOpAutomationTag:
                return Refused("there are no targets", out reason);
            default:
                return Refused($"the service cannot be asked for nodes by {MessageText.Of(key)}", out reason);
        }
    }

    private static NodeCondition? Refused(string why, out string? reason)
    {
        reason = why;
        return null;
    }

    /// <summary>What may be an id; the service says whether it is one.</summary>
    private static bool IsId(string? value)
    {
        int start = value is null ? 0 : TextPatterns.PrefixLength(value);
        return start > 0 && value!.Length > start && value.Length <= 20 && Array.TrueForAll(value.Substring(start).ToCharArray(), static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'));
    }

    private static string[] Ordered(IEnumerable<string?> values)
    {
        var distinct = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string? value in values)
        {
            distinct.Add(value!);
        }

        var ordered = new string[distinct.Count];
        distinct.CopyTo(ordered);
        return ordered;
    }
}
