using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Input;

/// <summary>Takes members that stand beside the entry in what holds it: a column that somebody added to a table of results, a member that was added to a result.</summary>
/// <remarks>
/// The members that a result has of its own are about the result, but its names are those of the entry: where nothing but the
/// one text of the entry is left, another name was written by somebody. A blank one says nothing.
/// </remarks>
internal sealed class BesideReader
{
    private readonly EntryReader _entries;
    private readonly ReadingContext _context;
    private readonly MemberReader _members;
    private readonly OtherMembers _others;

    public BesideReader(EntryReader entries, ReadingContext context, MemberReader members, OtherMembers others)
    {
        _entries = entries;
        _context = context;
        _members = members;
        _others = others;
    }

    /// <summary>Takes them into the entry, or into a copy of it.</summary>
    /// <param name="row">What holds the entry.</param>
    public AssociationEntry Read(AssociationEntry entry, object row)
    {
        List<KeyValuePair<string, object?>> given = GivenMembers.Of(row, _context, isProbe: true).Where(static member => !InputValue.IsBlank(member.Value)).ToList();
        bool isTextOnly = !given.Exists(member => MemberNames.Cleaned(member.Key).Equals("Entry", StringComparison.OrdinalIgnoreCase) && InputValue.IsObject(member.Value));
        var form = new FlatForm(_context);
        AssociationEntry? changed = null;
        AssociationEntry? parts = null;
        List<KeyValuePair<string, object?>>? columns = null;
        foreach (KeyValuePair<string, object?> one in given)
        {
            string name = MemberNames.Cleaned(one.Key);
            object? value = one.Value is string cell ? SafeCell.Read(cell) : one.Value;
            if (MemberNames.Find(name) is not { } member)
            {
                if (ColumnReader.IsColumn(name))
                {
                    (columns ??= []).Add(one);
                }
            }
            else if (MemberNames.IsOfEnvelope(name) && !(isTextOnly && (member.Last == EntrySchema.Name || member.Last == EntrySchema.AssociationName)))
            {
                continue;
            }
            else if (member.Steps.Length > 1)
            {
                _members.Read(parts ??= new AssociationEntry(), member, value);
            }
            else if (!form.Shows(value, member.Last, member.Last.Get(changed ?? entry)))
            {
                member.Last.Set(changed ??= CopyOf(entry), null);
                _members.Read(changed, member, value);
            }
        }

        if (columns is not null)
        {
            int known = 0;
            _others.Read(parts ??= new AssociationEntry(), row, columns, ref known);
        }

        if (parts is not null)
        {
            Replace(EntrySchema.Members, changed ??= CopyOf(entry), parts);
        }

        return changed ?? entry;
    }

    /// <summary>Takes members that somebody added to a live object.</summary>
    public AssociationEntry ReadAdded(AssociationEntry entry, object live) => AddedMembers.Of(live) is { } added ? Read(entry, added) : entry;

    /// <summary>Puts parts of members, as dotted columns give them, in the place of what was there; the other parts stay.</summary>
    private static void Replace(IEnumerable<EntryMember> members, object target, object parts)
    {
        foreach (EntryMember member in members)
        {
            switch (member.Get(parts))
            {
                case null:
                    break;
                case Dictionary<string, string?[]?> map when member.Get(target) is Dictionary<string, string?[]?> there:
                    foreach (KeyValuePair<string, string?[]?> pair in map)
                    {
                        there[pair.Key] = pair.Value;
                    }

                    break;
                case var part when member.Kind == MemberKind.Part && member.Get(target) is { } there:
                    Replace(member.Parts, there, part);
                    break;
                case var value:
                    member.Set(target, value);
                    break;
            }
        }
    }

    /// <summary>The entry may be the caller's own object, which stays as it is.</summary>
    private AssociationEntry CopyOf(AssociationEntry entry)
    {
        AssociationEntry copy = _entries.ReadInput(entry.EntryJson.Text, 1) ?? entry;
        copy.Source = entry.Source;
        copy.SourcePath = entry.SourcePath;
        copy.IsPart = entry.IsPart;
        return copy;
    }
}
