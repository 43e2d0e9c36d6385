using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Input;

/// <summary>Says what the entry of an input is to be read from, and what stands beside it.</summary>
internal static class InputContent
{
    /// <summary>What the entry is to be read from.</summary>
    public static object? Of(InputFacts facts)
    {
        if (facts.Origin is { } origin && !HoldsEntry(facts))
        {
            object? content = Of(origin);
            facts.HasLostEntry |= origin.HasLostEntry;
            return content;
        }

        return !facts.IsLive ? facts.Content ?? facts.Input : facts.Own is not null && OwnContent.TryGet(facts.Own, out object? own) ? own : facts.Input;
    }

    /// <summary>What stands beside the entry: the members of a copy, and what somebody added to what is live.</summary>
    public static Dictionary<string, object?>? Beside(InputFacts facts, object? content)
    {
        Dictionary<string, object?>? members = ReferenceEquals(content, facts.Content) && facts.IsEntryOfCopy ? facts.Members : null;
        return members is null || facts.Added is null ? members ?? facts.Added : Merged(facts.Added, members);
    }

    /// <summary>
    /// What somebody added to the objects that hold the entry, down to where it is read from; the outer one counts. An entry
    /// and an association are read with what was added to them.
    /// </summary>
    public static Dictionary<string, object?>? AddedTo(InputFacts facts, Dictionary<string, object?>? added)
    {
        for (InputFacts? holder = facts; holder is { IsLive: true, Own: { } own }; holder = HoldsEntry(holder) ? null : holder.Origin)
        {
            if (own is not ExistingAssociation && AddedMembers.Of(own) is { } more)
            {
                added = added is null ? more : Merged(added, more);
            }
        }

        return added;
    }

    private static Dictionary<string, object?> Merged(Dictionary<string, object?> outer, Dictionary<string, object?> inner)
    {
        var all = new Dictionary<string, object?>(inner, StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object?> member in outer)
        {
            all[member.Key] = member.Value;
        }

        return all;
    }

    /// <summary>False for what has nothing but the input that it was made of.</summary>
    private static bool HoldsEntry(InputFacts facts) => facts switch
    {
        { IsLive: false } => facts.IsEntryApart && !ReferenceEquals(facts.Content, facts.OriginInput),
        { Own: AssociationResult result } => result.Entry is not null,
        { Own: EntryValidation validation } => validation.Entry is not null,
        { Own: AssociationRemoval or AssociationStart or AssociationOutcome } => false,
        _ => true,
    };
}
