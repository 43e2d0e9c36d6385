using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads targets: an object with a key and values, an object of several keys, or the short notation.</summary>
internal sealed class TargetReader
{
    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly UnknownNames _unknown;
    private readonly FlattenedLists _flattened;

    public TargetReader(ReadingContext context, ValueReader values, UnknownNames unknown)
    {
        _context = context;
        _values = values;
        _unknown = unknown;
        _flattened = new FlattenedLists(context);
    }

    /// <summary>Reads an object.</summary>
    public void Add(EntryMember member, object value, List<object> found)
    {
        string? key = null;
        object? values = null;
        bool hasKey = false;
        bool hasValues = false;
        List<KeyValuePair<string, object?>>? others = null;
        _context.Enter(found.Count);
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context))
        {
            EntryMember? part = MemberNames.FindPart(member, given.Key)?.Last;
            if (part == EntrySchema.TargetKeyMember)
            {
                hasKey = true;
                _context.Enter(part.Name);
                key = _values.Once(key, _values.Text(given.Value));
                _context.Leave();
            }
            else if (part == EntrySchema.TargetValues)
            {
                hasValues = true;
                values = _values.OnceRaw(part.Name, values, given.Value);
            }
            else
            {
                (others ??= []).Add(given);
            }
        }

        bool isBag = InputValue.ShapeOf(ref value!) == Shape.Bag;
        if (!hasKey && !hasValues && !(isBag && IsMisspelled(member, others)))
        {
            _context.Leave();
            if (isBag)
            {
                AddPairs(others, found);
            }
            else
            {
                _values.Wrong(value, member.Expected);
            }

            return;
        }

        var target = new AssociationTarget { Key = key };
        if (hasValues)
        {
            _context.Enter(EntrySchema.TargetValues.Name);
            target.Values = ValuesOf(key, values);
            if (FlattenedLists.MayBeIn(value))
            {
                _flattened.Warn(values);
            }

            _context.Leave();
        }

        foreach (KeyValuePair<string, object?> other in others ?? [])
        {
            _unknown.Check(other.Key, other.Value, MemberNames.PartsOf(member));
        }

        _context.Leave();
        if (key is not null || target.Values is not null || others is not null)
        {
            found.Add(target);
        }
    }

    /// <summary>Reads <c>tag:Role=web,db; tag:Env=prod</c>.</summary>
    public void AddText(string text, List<object> found)
    {
        var pairs = new List<ShortPair>();
        string? problem = ShortNotation.ReadPairs(text, isParameters: false, pairs);
        foreach (ShortPair pair in pairs)
        {
            if (!pair.IsQuoted && pair.Values.Exists(ShortNotation.IsInSingleQuotes))
            {
                _context.Report(ReadingRules.BadTargets, IssueSeverity.Warning, "Single quotes belong to the value here. Remove them, or use double quotes.");
            }

            found.Add(new AssociationTarget { Key = pair.Name, Values = pair.Values.ToArray() });
        }

        if (problem is not null)
        {
            _context.Report(ReadingRules.BadTargets, "The targets cannot be read: " + problem + " Write them as tag:Role=web,db; tag:Env=prod.");
        }
    }

    /// <summary>Names such as Kye are a slip in a target, not a key of targets.</summary>
    private static bool IsMisspelled(EntryMember member, List<KeyValuePair<string, object?>>? others) =>
        others?.Exists(other => Suggestion.For(other.Key, MemberNames.PartsOf(member)) is not null) == true;

    /// <summary>Reads <c>@{ 'tag:Role' = 'web', 'db'; 'tag:Env' = 'prod' }</c>.</summary>
    private void AddPairs(List<KeyValuePair<string, object?>>? pairs, List<object> found)
    {
        foreach (KeyValuePair<string, object?> pair in pairs ?? [])
        {
            if (!InputValue.IsBlank(pair.Value))
            {
                string key = pair.Key.Trim();
                _context.Enter(found.Count);
                _context.Enter(EntrySchema.TargetValues.Name);
                found.Add(new AssociationTarget { Key = key, Values = ValuesOf(key, pair.Value) });
                _context.Leave();
                _context.Leave();
            }
        }
    }

    /// <summary>
    /// Commas separate in cells of a flat row, and where no value can hold one. In an object they may belong to the value
    /// of a tag, so there they are left alone and the user is told.
    /// </summary>
    private string?[]? ValuesOf(string? key, object? value)
    {
        bool isSplit = _context.IsFlat
            || (key is not null && (string.Equals(key, "InstanceIds", StringComparison.OrdinalIgnoreCase) || key.StartsWith("resource-groups:", StringComparison.OrdinalIgnoreCase)));
        string?[]? values = _values.Texts(value, isSplit, ReadingRules.WrongType);
        if (!isSplit && values is { Length: 1 } && values[0] is string only && only.IndexOf(',') >= 0
            && InputValue.ShapeOf(ref value) == Shape.Text)
        {
            _context.Report(
                ReadingRules.BadTargets,
                IssueSeverity.Warning,
                "This is read as one value that holds a comma. Give a list for several values, or a list of one if the comma belongs to the value.",
                only);
        }

        return values;
    }
}
