using System;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Input;

/// <summary>Reads an entry from its one text, such as EntryJson in a table.</summary>
internal sealed class FlatEntryReader
{
    private readonly EntryReader _entries;
    private readonly ReadingContext _context;
    private readonly MemberReader _members;
    private readonly OtherMembers _others;

    public FlatEntryReader(EntryReader entries, ReadingContext context, MemberReader members, OtherMembers others)
    {
        _entries = entries;
        _context = context;
        _members = members;
        _others = others;
    }

    /// <summary>
    /// Reads the text. What is visible beside it is what PowerShell left of it; where it says something else,
    /// somebody changed it, and that counts.
    /// </summary>
    public AssociationEntry? Read(object? visible, string text, int depth)
    {
        AssociationEntry? entry = _entries.ReadInput(text, depth + 1);
        if (entry is null || visible is null)
        {
            return entry;
        }

        var form = new FlatForm(_context);
        bool hasCells = visible is FileMap { IsRow: true } or PSObject;
        List<KeyValuePair<string, object?>>? others = null;
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(visible, _context))
        {
            if ((MemberNames.Find(given.Key) ?? MemberNames.Find(MemberNames.Cleaned(given.Key))) is not { } member)
            {
                if (!MemberNames.IsOfEnvelope(MemberNames.Cleaned(given.Key)) || IsOfDestination(MemberNames.Cleaned(given.Key)))
                {
                    (others ??= []).Add(given);
                }
            }
            else if (member.Steps.Length > 1)
            {
                if (!InputValue.IsBlank(given.Value))
                {
                    _members.Read(entry, member, given.Value);
                }
            }
            else if (!form.Shows(hasCells && given.Value is string cell ? SafeCell.Read(cell) : given.Value, member.Last, member.Last.Get(entry)))
            {
                member.Last.Set(entry, null);
                if (!InputValue.IsBlank(given.Value))
                {
                    _members.Read(entry, member, hasCells && given.Value is string changed ? SafeCell.Read(changed) : given.Value);
                }
            }
        }

        int known = 0;
        if (others is not null)
        {
            _others.Read(entry, visible, others, ref known);
        }

        return entry;
    }

    private static bool IsOfDestination(string name) =>
        name.Equals(nameof(AssociationEntry.Region), StringComparison.OrdinalIgnoreCase) || name.Equals(nameof(AssociationEntry.RoleArn), StringComparison.OrdinalIgnoreCase);
}
