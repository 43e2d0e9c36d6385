using System;
using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Content;

/// <summary>
/// Compares what was sent with what the service describes. The service fills in members that were left out (a version, a
/// default, an injected parameter), so only what was sent is compared. Not safe for concurrent use.
/// </summary>
internal sealed class ContentAgreement : IDisposable
{
    private readonly CanonicalContent _canonical = new();

    /// <summary>True where both have the same canonical content.</summary>
    public bool IsSame(AssociationEntry one, AssociationEntry other) => _canonical.KeyOf(one).Equals(_canonical.KeyOf(other));

    /// <summary>True where the description has every member that was sent, with the same value.</summary>
    public bool Covers(AssociationEntry sent, AssociationEntry described) =>
        _canonical.KeyOf(sent).Equals(_canonical.KeyOf(Restrict(described, sent)));

    /// <summary>The same for a line of a list, which has only some of the members.</summary>
    public bool CoversListed(AssociationEntry sent, AssociationEntry listed) => Covers(ListMembers(sent), listed);

    /// <summary>The members that a list carries.</summary>
    public static AssociationEntry ListMembers(AssociationEntry entry)
    {
        var listed = new AssociationEntry();
        foreach (EntryMember member in EntrySchema.Members)
        {
            if (member.IsListed)
            {
                member.Set(listed, member.Get(entry));
            }
        }

        return listed;
    }

    public void Dispose() => _canonical.Dispose();

    /// <summary>A copy of the description without the members that were not sent.</summary>
    private static AssociationEntry Restrict(AssociationEntry described, AssociationEntry sent)
    {
        var same = new AssociationEntry();
        foreach (EntryMember member in EntrySchema.Members)
        {
            member.Set(same, Restrict(member, member.Get(described), member.Get(sent)));
        }

        if (!string.IsNullOrEmpty(sent.InstanceId))
        {
            // What an association runs on is never filled in, except from a legacy InstanceId.
            same.Targets = null;
        }

        return same;
    }

    private static object? Restrict(EntryMember member, object? described, object? sent)
    {
        if (described is null || (member.IsFilledIn && sent is null or string { Length: 0 } or ICollection { Count: 0 }))
        {
            return null;
        }

        if (member.Kind == MemberKind.Map && member.IsFilledIn)
        {
            var same = (Dictionary<string, string?[]?>)member.NewPart();
            foreach (KeyValuePair<string, string?[]?> pair in (Dictionary<string, string?[]?>)described)
            {
                if (((Dictionary<string, string?[]?>)sent!).ContainsKey(pair.Key))
                {
                    same.Add(pair.Key, pair.Value);
                }
            }

            return same;
        }

        if (member.Kind != MemberKind.Part || !member.IsFilledIn)
        {
            return described;
        }

        object part = member.NewPart();
        foreach (EntryMember inner in member.Parts)
        {
            inner.Set(part, Restrict(inner, inner.Get(described), inner.Get(sent!)));
        }

        return part;
    }
}
