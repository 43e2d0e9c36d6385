using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Input;

/// <summary>Reads the entry that an object holds, such as a result, a verdict or an item of Failed, with what stands beside it.</summary>
internal sealed class HeldEntryReader
{
    private readonly EntryReader _entries;
    private readonly ReadingContext _context;
    private readonly FlatEntryReader _flat;
    private readonly BesideReader _beside;

    public HeldEntryReader(EntryReader entries, ReadingContext context, FlatEntryReader flat, BesideReader beside)
    {
        _entries = entries;
        _context = context;
        _flat = flat;
        _beside = beside;
    }

    /// <summary>Reads the entry from the member Entry, and from its one text where that came along.</summary>
    public AssociationEntry? Read(object holder, object? inner, int depth)
    {
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(holder, _context, isProbe: true))
        {
            if (FlatEntry.IsName(MemberNames.Cleaned(given.Key)) && FlatEntry.TextOf(given.Value, _context) is { } text)
            {
                return WithBeside(_flat.Read(inner, text, depth), holder);
            }
        }

        return WithBeside(_entries.ReadInput(inner, depth + 1), holder);
    }

    /// <summary>Reads the entry from its one text, where its object has that and may have nothing else of it.</summary>
    public AssociationEntry? ReadText(object value, string text, int depth) =>
        IsHolder(value) ? WithBeside(_flat.Read(null, text, depth), value) : _flat.Read(value, text, depth);

    private AssociationEntry? WithBeside(AssociationEntry? entry, object holder) => entry is null ? null : _beside.Read(entry, holder);

    /// <summary>True for what holds an entry, such as a result: its own members are about the result, and its Target is for the eye.</summary>
    private bool IsHolder(object value) =>
        GivenMembers.Of(value, _context, isProbe: true).Any(static given => MemberNames.Cleaned(given.Key).ToUpperInvariant() is "ENTRY" or "STATUS" or "ISVALID" or "ASSOCIATIONID");
}
