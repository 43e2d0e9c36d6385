using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Content;

/// <summary>Puts new values of single members onto an entry.</summary>
internal static class EntryOverlay
{
    /// <summary>Makes the entry that is wanted; neither of the given ones is changed.</summary>
    /// <param name="changes">Its members that have a value take the place of the existing ones.</param>
    /// <param name="cleared">Names of members that lose their value where <paramref name="changes"/> has none.</param>
    /// <param name="mergesParameters">Parameters are taken key by key; otherwise the whole map is.</param>
    public static AssociationEntry Apply(AssociationEntry existing, AssociationEntry changes, ICollection<string> cleared, bool mergesParameters)
    {
        var wanted = new AssociationEntry();
        foreach (EntryMember member in EntrySchema.Members)
        {
            object? value = member.Get(changes) ?? (cleared.Contains(member.Name) ? null : member.Get(existing));
            member.Set(wanted, value);
        }

        // Parameters that are emptied are gone before anything is merged.
        if (mergesParameters && !cleared.Contains(nameof(AssociationEntry.Parameters)) && changes.Parameters is not null && existing.Parameters is not null)
        {
            var merged = new ParameterMap();
            foreach (KeyValuePair<string, string?[]?> parameter in existing.Parameters)
            {
                merged[parameter.Key] = parameter.Value;
            }

            foreach (KeyValuePair<string, string?[]?> parameter in changes.Parameters)
            {
                merged[parameter.Key] = parameter.Value;
            }

            wanted.Parameters = merged;
        }

        return wanted;
    }

    /// <summary>
    /// Makes the content of an update, in which members that are to lose their value are said to be empty as far as the API
    /// has a word for it: an empty list or map, false, the value that the service takes where there is none.
    /// </summary>
    public static AssociationEntry Emptying(AssociationEntry meant, AssociationEntry before)
    {
        var sent = new AssociationEntry();
        foreach (EntryMember member in EntrySchema.Members)
        {
            member.Set(sent, member.Get(meant) ?? (member.Get(before) is null ? null : Empty(member)));
        }

        // The target that the service made for a runbook without targets is refused when it is sent back.
        if (string.IsNullOrEmpty(sent.InstanceId) && string.IsNullOrEmpty(sent.AutomationTargetParameterName) && !ReadBackContent.HasOwnTargets(sent))
        {
            sent.Targets = null;
        }

        return sent;
    }

    private static object? Empty(EntryMember member) => member.Kind switch
    {
        MemberKind.Flag => false,
        MemberKind.Text or MemberKind.Constant => member.ServiceDefault,
        MemberKind.Map => member.NewPart(),
        MemberKind.Texts => Array.Empty<string>(),
        MemberKind.Parts or MemberKind.Maps when member.Count is not { Min: > 0 } => member.NewList([]),

        // Numbers and other texts have no empty value, and a structure without members is refused.
        _ => null,
    };

    /// <summary>Names of the members that the entry has a value for.</summary>
    public static IEnumerable<string> MembersOf(AssociationEntry entry)
    {
        foreach (EntryMember member in EntrySchema.Members)
        {
            if (member.Get(entry) is not null)
            {
                yield return member.Name;
            }
        }
    }
}
