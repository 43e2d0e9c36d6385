using System;
using System.Collections;
using System.Collections.Generic;

namespace SsmAssociationTools.Input;

/// <summary>Reads objects that hold entries instead of being one: requests, answers of the service, results of another session.</summary>
internal sealed class OuterReader
{
    private readonly EntryReader _entries;
    private readonly ReadingContext _context;
    private readonly ForeignMembers _foreign;
    private readonly HeldEntryReader _held;

    public OuterReader(EntryReader entries, ReadingContext context, ForeignMembers foreign, HeldEntryReader held)
    {
        _entries = entries;
        _context = context;
        _foreign = foreign;
        _held = held;
    }

    /// <summary>Reads an object whose entry is held by this member.</summary>
    /// <param name="issuesBefore">How many issues there were before the object: what was said of its members does not count then.</param>
    /// <returns>False where the member holds no entry.</returns>
    public bool TryRead(object value, KeyValuePair<string, object?> given, int issuesBefore, int depth, out AssociationEntry? entry)
    {
        string name = MemberNames.Cleaned(given.Key);
        if (MemberNames.FindOuter(name) is not OuterMember.None and var outer && IsOuter(outer, value, given.Value))
        {
            _context.DropFrom(issuesBefore);
            entry = ReadInner(outer, given.Key, value, given.Value, depth);
            return true;
        }

        if (FlatEntry.IsName(name) && FlatEntry.TextOf(given.Value, _context) is { } text)
        {
            _context.DropFrom(issuesBefore);
            entry = _held.ReadText(value, text, depth);
            return true;
        }

        entry = null;
        return false;
    }

    /// <summary>A result from another session whose input was no entry: the input is read again.</summary>
    /// <param name="others">The members of the object that entries do not have.</param>
    /// <returns>False for what is no such result.</returns>
    public bool TryReadInputObject(object value, List<KeyValuePair<string, object?>>? others, int depth, out AssociationEntry? entry)
    {
        bool isOne = TryInputObject(value, others, out object? input);
        entry = isOne ? _entries.ReadInput(input, depth + 1) : null;
        return isOne;
    }

    private static bool TryInputObject(object value, List<KeyValuePair<string, object?>>? others, out object? input)
    {
        input = null;
        bool isFound = false;
        foreach (KeyValuePair<string, object?> other in others ?? [])
        {
            if (!MemberNames.IsOfEnvelope(other.Key))
            {
                return false;
            }

            if (string.Equals(other.Key, "InputObject", StringComparison.OrdinalIgnoreCase))
            {
                input = other.Value;
                isFound = !ReferenceEquals(input, value);
            }
        }

        return isFound;
    }

    /// <summary>
    /// True when an object holds the entry instead of being one. A result that comes back from a file or another session
    /// is a property bag that only its members tell.
    /// </summary>
    private bool IsOuter(OuterMember member, object value, object? inner)
    {
        Shape shape = InputValue.ShapeOf(ref inner);
        if (shape is Shape.Absent or Shape.Text or Shape.Scalar or Shape.Opaque)
        {
            return false;
        }

        if (member is OuterMember.Answer or OuterMember.Versions)
        {
            return shape == Shape.List && HasItem((IEnumerable)inner!);
        }

        if (member != OuterMember.Entry)
        {
            return true;
        }

        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context, isProbe: true))
        {
            if (!MemberNames.IsOfEnvelope(given.Key))
            {
                return false;
            }
        }

        return true;
    }

    private AssociationEntry? ReadInner(OuterMember member, string name, object value, object? inner, int depth)
    {
        if (member == OuterMember.Entry)
        {
            return _held.Read(value, inner, depth);
        }

        string names = name;
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context, isProbe: true))
        {
            OuterMember other = MemberNames.FindOuter(given.Key);
            if (other != OuterMember.None && !string.Equals(given.Key, name, StringComparison.OrdinalIgnoreCase) && IsOuter(other, value, given.Value))
            {
                names += ", " + ReadingContext.Shown(given.Key);
            }
            else if (other == OuterMember.None && !InputValue.IsBlank(given.Value))
            {
                _foreign.Read(given.Key, given.Value, isDescription: false, BagProperties.ClassOf(value));
            }
        }

        if (names != name)
        {
            return _entries.Refuse($"The input holds entries in {names}. Pass them one by one, such as ... | ForEach-Object {name}.");
        }

        object? items = inner;
        if (member is OuterMember.Answer or OuterMember.Versions && InputValue.ShapeOf(ref items) == Shape.List && HasSecond((IEnumerable)items!))
        {
            return _entries.Refuse(member == OuterMember.Versions
                ? "The input holds several versions of one association. Pass the one that is meant, such as ($answer.AssociationVersions)[0]."
                : $"The input holds several entries in {name}. Pass them one by one: ... | ForEach-Object {name}.");
        }

        return _entries.ReadInput(inner, depth + 1);
    }

    private static bool HasSecond(IEnumerable list)
    {
        int count = 0;
        foreach (object? unused in list)
        {
            if (++count > 1)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasItem(IEnumerable list)
    {
        foreach (object? unused in list)
        {
            return true;
        }

        return false;
    }
}
