using System;
using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Content;

/// <summary>
/// The content of an association as it was asked for: without what the service fills in and echoes. What is left can be
/// sent again and makes the same association.
/// </summary>
internal static class ReadBackContent
{
    /// <summary>The target key under which the service keeps a runbook that has no targets, and its only value.</summary>
    private const string NoOperation = "aws:NoOpAutomationTag";
    private const string NoOperationValue = "AWS-NoOpAutomationTarget-Value";

    /// <summary>The parameter that the service hands its own id in, to documents that report compliance by themselves.</summary>
    private const string IdParameter = "AssociationId";

    /// <summary>Makes an entry of what the service describes.</summary>
    /// <returns>A fresh entry. It shares lists of texts and maps with the description, and names no Region.</returns>
    public static AssociationEntry Of(AssociationEntry described, string? associationId)
    {
        var entry = new AssociationEntry();
        foreach (EntryMember member in EntrySchema.Members)
        {
            if (member == EntrySchema.Targets)
            {
                entry.Targets = Targets(described);
            }
            else if (member == EntrySchema.Parameters)
            {
                entry.Parameters = Parameters(described, associationId);
            }
            else
            {
                member.Set(entry, Given(member, member.Get(described)));
            }
        }

        return entry;
    }

    /// <summary>
    /// False where the targets say nothing of their own: the service describes a legacy InstanceId as a target as well, and
    /// gives a runbook without targets one that stands for none.
    /// </summary>
    public static bool HasOwnTargets(AssociationEntry entry) => !IsImpliedByInstanceId(entry) && !IsNoOperation(entry.Targets);

    private static bool IsImpliedByInstanceId(AssociationEntry entry) =>
        !string.IsNullOrEmpty(entry.InstanceId) && IsSingle(entry.Targets, "InstanceIds", entry.InstanceId!);

    private static bool IsNoOperation(AssociationTarget?[]? targets) => IsSingle(targets, NoOperation, NoOperationValue);

    private static bool IsSingle(AssociationTarget?[]? targets, string key, string value) =>
        targets is { Length: 1 }
        && targets[0] is { Values: { Length: 1 } values, Key: { } found }
        && values[0] == value
        && string.Equals(found, key, StringComparison.OrdinalIgnoreCase);

    /// <summary>A target that stands for none is kept where a parameter waits for it: without it, the entry would break a rule.</summary>
    private static AssociationTarget[]? Targets(AssociationEntry described) =>
        HasOwnTargets(described) || (IsNoOperation(described.Targets) && !string.IsNullOrEmpty(described.AutomationTargetParameterName))
            ? described.Targets is { Length: > 0 } targets ? targets : null
            : null;

    private static ParameterMap? Parameters(AssociationEntry described, string? associationId)
    {
        if (described.Parameters is not { Count: > 0 } parameters)
        {
            return null;
        }

        // Nobody can have asked for an id that was not there yet.
        bool hasOwnId = associationId is not null
            && parameters.TryGetValue(IdParameter, out string?[]? values)
            && values is { Length: 1 }
            && string.Equals(values[0], associationId, StringComparison.OrdinalIgnoreCase);
        if (!hasOwnId)
        {
            return parameters;
        }

        if (parameters.Count == 1)
        {
            return null;
        }

        var others = new ParameterMap();
        foreach (KeyValuePair<string, string?[]?> parameter in parameters)
        {
            if (parameter.Key != IdParameter)
            {
                others.Add(parameter.Key, parameter.Value);
            }
        }

        return others;
    }

    /// <summary>The value without what the service takes for absent: its default, a false flag, an empty text, list or structure.</summary>
    private static object? Given(EntryMember member, object? value)
    {
        switch (member.Kind)
        {
            case MemberKind.Text or MemberKind.Constant:
                return value is string { Length: > 0 } text && text != member.ServiceDefault ? text : null;
            case MemberKind.Flag:
                return value is true ? value : null;
            case MemberKind.Part:
                return value is null ? null : Part(member, value);
            case MemberKind.Parts when value is object?[] { Length: > 0 } described:
                var given = new List<object>(described.Length);
                foreach (object? part in described)
                {
                    if (part is not null)
                    {
                        given.Add(Part(member, part) ?? member.NewPart());
                    }
                }

                return given.Count == 0 ? null : member.NewList(given);
            case MemberKind.Number:
                return value;
            default:
                return value is ICollection { Count: > 0 } || (member.KeepsEmpty && member.Kind == MemberKind.Texts) ? value : null;
        }
    }

    private static object? Part(EntryMember member, object described)
    {
        object? given = null;
        foreach (EntryMember part in member.Parts)
        {
            if (Given(part, part.Get(described)) is { } value)
            {
                given ??= member.NewPart();
                part.Set(given, value);
            }
        }

        return given;
    }
}
