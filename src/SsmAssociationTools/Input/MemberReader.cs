using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads one member of an entry or of a part, as <see cref="EntrySchema"/> describes it, and puts what it says into its object.</summary>
internal sealed class MemberReader
{
    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly PartReader _parts;
    private readonly ListReader _lists;
    private readonly ParameterReader _parameters;

    public MemberReader(ReadingContext context, ValueReader values, UnknownNames unknown)
    {
        _context = context;
        _values = values;
        _parts = new PartReader(context, values, unknown, this);
        _lists = new ListReader(context, values, unknown, _parts);
        _parameters = new ParameterReader(context, values);
    }

    /// <summary>Reads a member of an entry. Where the caller's value throws, the member is left out and the others are read.</summary>
    public void Read(AssociationEntry entry, MemberPath member, object? value)
    {
        int depth = _context.Depth;
        bool isFlat = _context.IsFlat;
        try
        {
            ReadAt(entry, member, value);
        }
        catch (Exception problem) when (CallerCode.IsProblem(problem))
        {
            // The caller's collections and getters run his code; what went wrong in one member leaves the others readable.
            _context.Report(ReadingRules.Unreadable, CallerCode.Describe(problem));
            _context.IsSensitive = false;
        }

        _context.LeaveTo(depth);
        _context.IsFlat = isFlat;
    }

    /// <summary>Reads what a name stands for into the object that the name was given for.</summary>
    public void ReadAt(object owner, MemberPath path, object? value) => ReadAt(owner, path, 0, value);

    private void ReadAt(object owner, MemberPath path, int step, object? value)
    {
        EntryMember member = path.Steps[step];
        _context.Enter(member.Name);
        if (step == path.Steps.Length - 1)
        {
            ReadHere(owner, member, value);
        }
        else
        {
            object? before = member.Get(owner);
            object part = before ?? member.NewPart();
            ReadAt(part, path, step + 1, value);
            SetPart(owner, member, before, part, isGiven: false);
        }

        _context.Leave();
    }

    private void ReadHere(object owner, EntryMember member, object? value)
    {
        switch (member.Kind)
        {
            case MemberKind.Text:
                member.Set(owner, _values.Once((string?)member.Get(owner), _values.Text(value)));
                break;
            case MemberKind.Constant:
                member.Set(owner, _values.Once((string?)member.Get(owner), _values.Constant(value)));
                break;
            case MemberKind.Flag:
                member.Set(owner, _values.Once(member.Flag(owner), _values.Flag(value)));
                break;
            case MemberKind.Number:
                member.Set(owner, _values.Once(member.Number(owner), _values.Number(value)));
                break;
            case MemberKind.Texts:
                SetOnce(owner, member, Words(value));
                break;
            case MemberKind.Map:
                Merge(owner, member, _parameters.Read(value));
                break;
            case MemberKind.Part:
                object? before = member.Get(owner);
                object part = before ?? member.NewPart();
                SetPart(owner, member, before, part, _parts.Read(part, member, value));
                break;
            default:
                SetOnce(owner, member, _lists.Read(member, value));
                break;
        }
    }

    /// <summary>An object that says nothing is kept only where that means something.</summary>
    private static void SetPart(object owner, EntryMember member, object? before, object part, bool isGiven)
    {
        if (before is null && ((isGiven && member.KeepsEmpty) || HasAny(member, part)))
        {
            member.Set(owner, part);
        }
    }

    private static bool HasAny(EntryMember member, object part)
    {
        foreach (EntryMember inner in member.Parts)
        {
            if (inner.Get(part) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Compares what two notations of one member say by their canonical content; this is rare.</summary>
    private void SetOnce(object owner, EntryMember member, object? now)
    {
        if (now is null)
        {
            return;
        }

        if (member.Get(owner) is not { } before)
        {
            member.Set(owner, now);
            return;
        }

        using var content = new CanonicalContent();
        if (!content.KeyOf(member, before).Equals(content.KeyOf(member, now)))
        {
            _values.Twice();
        }
    }

    private void Merge(object owner, EntryMember member, ParameterMap? now)
    {
        if (now is null || member.Get(owner) is not ParameterMap before)
        {
            member.Set(owner, now ?? member.Get(owner));
            return;
        }

        foreach (KeyValuePair<string, string?[]?> parameter in now)
        {
            if (!before.TryGetValue(parameter.Key, out string?[]? values))
            {
                before.Add(parameter.Key, parameter.Value);
            }
            else if (!(values ?? []).SequenceEqual(parameter.Value ?? []))
            {
                _context.Enter(parameter.Key);
                _values.Twice();
                _context.Leave();
            }
        }
    }

    /// <summary>A list of simple words, in which no comma can belong to a word.</summary>
    private string?[]? Words(object? value) =>
        _values.Texts(value, isSplit: true, ReadingRules.WrongType) is { Length: > 0 } words ? words : null;
}
