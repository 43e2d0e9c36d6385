using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Input;

/// <summary>Puts what single parameters say into an entry that has been read.</summary>
internal static class EntryParts
{
    private const string NodeKey = "InstanceIds";

    /// <summary>Sets parts of the S3 location; they take the place of what the entry's own location says.</summary>
    public static void SetOutput(AssociationEntry entry, string? bucket, string? prefix, string? region)
    {
        if (string.IsNullOrWhiteSpace(bucket) && string.IsNullOrWhiteSpace(prefix) && string.IsNullOrWhiteSpace(region))
        {
            return;
        }

        entry.OutputLocation ??= new InstanceAssociationOutputLocation();
        S3OutputLocation location = entry.OutputLocation.S3Location ??= new S3OutputLocation();
        location.OutputS3BucketName = Or(bucket, location.OutputS3BucketName);
        location.OutputS3KeyPrefix = Or(prefix, location.OutputS3KeyPrefix);
        location.OutputS3Region = Or(region, location.OutputS3Region);
    }

    /// <summary>
    /// Adds managed nodes to the values of the target key InstanceIds; without such a key, adds it. What other keys the
    /// entry has stays, for the rules to judge.
    /// </summary>
    public static void AddNodes(AssociationEntry entry, IReadOnlyList<string?>? ids)
    {
        var nodes = new List<string?>();
        foreach (string? id in ids ?? [])
        {
            foreach (string part in (id ?? string.Empty).Split(','))
            {
                if (!string.IsNullOrWhiteSpace(part))
                {
                    nodes.Add(part.Trim());
                }
            }
        }

        if (nodes.Count == 0)
        {
            return;
        }

        AssociationTarget[] targets = entry.Targets ?? [];
        int place = Array.FindIndex(targets, target => string.Equals(target?.Key, NodeKey, StringComparison.OrdinalIgnoreCase));
        if (place < 0)
        {
            entry.Targets = [.. targets, new AssociationTarget { Key = NodeKey, Values = nodes.ToArray() }];
            return;
        }

        // The targets may be the caller's own, so they are not changed.
        AssociationTarget before = targets[place];
        var values = new List<string?>(before.Values ?? []);
        foreach (string? node in nodes)
        {
            if (!values.Contains(node))
            {
                values.Add(node);
            }
        }

        var changed = (AssociationTarget[])targets.Clone();
        changed[place] = new AssociationTarget { Key = before.Key, Values = values.ToArray() };
        entry.Targets = changed;
    }

    /// <summary>
    /// Puts text in the short notation together again that PowerShell took apart: without quotes, <c>tag:Role=web,db</c>
    /// arrives as two texts. The second one has no key, so it can be nothing else than a value of the first.
    /// </summary>
    public static object?[]? Rejoined(IReadOnlyList<object?>? values)
    {
        if (values is null)
        {
            return null;
        }

        var joined = new List<object?>();
        foreach (object? item in values)
        {
            object? value = item;
            string? text = InputValue.ShapeOf(ref value) switch
            {
                Shape.Text => (string)value!,
                Shape.Scalar => InputValue.Format(value!),
                _ => null,
            };
            bool isValue = text is not null && text.IndexOf('=') < 0 && text.Trim().Length > 0;
            if (isValue && joined.Count > 0 && joined[joined.Count - 1] is string pair && pair.IndexOf('=') > 0)
            {
                joined[joined.Count - 1] = pair + "," + text;
            }
            else
            {
                joined.Add(text ?? item);
            }
        }

        return joined.ToArray();
    }

    private static string? Or(string? given, string? before) => string.IsNullOrWhiteSpace(given) ? before : given!.Trim();
}
