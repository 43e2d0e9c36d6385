using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Content;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads the members of an entry and of its parts, as <see cref="EntrySchema"/> describes them.</summary>
internal sealed class PartReader
{
    /// <summary>Parts that a message names.</summary>
    private const int MaxNames = 6;

    private static readonly string[] s_pairParts = ["Key", "Values", "Value", "Name"];

    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly bool _strict;

    public PartReader(ReadingContext context, ValueReader values, bool strict)
    {
        _context = context;
        _values = values;
        _strict = strict;
    }

    /// <summary>Reads what a name stands for into the object that the name was given for.</summary>
    public void ReadAt(object owner, MemberPath path, object? value) => ReadAt(owner, path, 0, value);

    private void ReadAt(object owner, MemberPath path, int step, object? value)
    {
        EntryMember member = path.Steps[step];
        _context.Enter(member.Name);
        if (step == path.Steps.Length - 1)
        {
            Read(owner, member, value);
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

    private void Read(object owner, EntryMember member, object? value)
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
                Merge(owner, member, Parameters(value));
                break;
            case MemberKind.Part:
                object? before = member.Get(owner);
                object part = before ?? member.NewPart();
                SetPart(owner, member, before, part, ReadPart(part, member, value, 0));
                break;
            default:
                SetOnce(owner, member, Items(member, value));
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

    /// <summary>Reads a list of structures or maps: objects, JSON text, or the short notation of the member.</summary>
    private object[]? Items(EntryMember member, object? value)
    {
        if (value is AssociationTarget[] { Length: > 0 } own && Array.IndexOf(own, null) < 0)
        {
            return own;
        }

        var found = new List<object>();
        AddItems(member, value, found, 0);
        return found.Count > 0 || (member.KeepsEmpty && !InputValue.IsBlank(value)) ? member.NewList(found) : null;
    }

    private void AddItems(EntryMember member, object? value, List<object> found, int depth)
    {
        switch (InputValue.ShapeOf(ref value))
        {
            case Shape.Absent:
                return;
            case Shape.Text:
                AddItemText(member, ((string)value!).Trim(), found, depth);
                return;
            case Shape.List:
                foreach (object? item in Each((IEnumerable)value!, depth))
                {
                    AddItems(member, item, found, depth + 1);
                }

                return;
            case Shape.Bag when member.Kind == MemberKind.Maps:
                AddTargetMap(value!, found);
                return;
            case Shape.Bag or Shape.Object when member.Notation == MemberNotation.Targets:
                AddTarget(member, value!, found);
                return;
            case Shape.Bag or Shape.Object when member.Kind == MemberKind.Parts:
                object part = member.NewPart();
                _context.Enter(found.Count);
                ReadObject(part, member, value!);
                _context.Leave();
                found.Add(part);
                return;
            default:
                _values.Wrong(value, member.Expected);
                return;
        }
    }

    private void AddItemText(EntryMember member, string text, List<object> found, int depth)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (JsonText.LooksLikeJson(text))
        {
            if (FromJson(text, depth) is { } json)
            {
                bool wasFlat = EnterJson();
                AddItems(member, json, found, depth + 1);
                _context.IsFlat = wasFlat;
            }

            return;
        }

        if (IsLeftOfObject(text))
        {
            _context.Report(
                member.Notation == MemberNotation.Targets ? ReadingRules.BadTargets : ReadingRules.BadText,
                "This is what is left of an object. " + TypeNames.Cause);
            return;
        }

        switch (member.Notation)
        {
            case MemberNotation.Targets:
                AddTargetText(text, found);
                break;
            case MemberNotation.TargetMap:
                AddTargetMapText(text, found);
                break;
            case MemberNotation.AlarmName:
                found.Add(new Alarm { Name = text });
                break;
            default:
                _values.Wrong(text, member.Expected);
                break;
        }
    }

    /// <summary>Reads a structure: an object, JSON text, or the short notation of the member.</summary>
    /// <returns>False where nothing is given.</returns>
    private bool ReadPart(object part, EntryMember member, object? value, int depth)
    {
        if (!_context.MayDescend(depth) || !Unlist(ref value, out Shape shape))
        {
            return false;
        }

        switch (shape)
        {
            case Shape.Text:
                string text = ((string)value!).Trim();
                if (JsonText.LooksLikeJson(text))
                {
                    return _values.Json(text) is object json && ReadPart(part, member, json, depth + 1);
                }

                if (IsLeftOfObject(text))
                {
                    _context.Report(ReadingRules.BadText, "This is what is left of an object. " + TypeNames.Cause);
                    return false;
                }

                ReadPartText(part, member, text);
                return true;
            case Shape.Bag or Shape.Object:
                ReadObject(part, member, value!);
                return true;
            default:
                _values.Wrong(value, member.Expected);
                return false;
        }
    }

    private void ReadPartText(object part, EntryMember member, string text)
    {
        switch (member.Notation)
        {
            case MemberNotation.S3Uri:
                ReadS3Uri(part, member, text);
                break;
            case MemberNotation.AlarmName:
                ReadAt(part, MemberNames.FindPart(member, EntrySchema.Alarms.Name)!, text);
                break;
            default:
                _values.Wrong(text, member.Expected);
                break;
        }
    }

    private void ReadObject(object part, EntryMember member, object value)
    {
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context))
        {
            if (MemberNames.FindPart(member, given.Key) is not { } path)
            {
                Unknown(given.Key, given.Value, MemberNames.PartsOf(member));
            }
            else if (!InputValue.IsBlank(given.Value))
            {
                ReadAt(part, path, given.Value);
            }
        }
    }

    private void ReadS3Uri(object part, EntryMember member, string text)
    {
        const string Scheme = "s3://";
        int start = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Scheme.Length : 0;
        int slash = text.IndexOf('/', start);
        int end = slash < 0 ? text.Length : slash;
        if (end == start || text.IndexOf(':', start, end - start) >= 0)
        {
            _context.Report(ReadingRules.WrongType, "This is no S3 location; write s3://bucket/prefix.", text);
            return;
        }

        ReadAt(part, MemberNames.FindPart(member, EntrySchema.OutputS3BucketName.Name)!, text.Substring(start, end - start));
        if (slash >= 0)
        {
            ReadAt(part, MemberNames.FindPart(member, EntrySchema.OutputS3KeyPrefix.Name)!, text.Substring(slash + 1));
        }
    }

    /// <summary>Reads parameters: short notation, JSON text, an object, or a list of names with values.</summary>
    private ParameterMap? Parameters(object? value)
    {
        bool wasSensitive = _context.IsSensitive;
        _context.IsSensitive = true;
        var map = new ParameterMap();
        AddParameters(value, map, 0);
        _context.IsSensitive = wasSensitive;
        return map.Count == 0 ? null : map;
    }

    /// <summary>Reports a member that its object does not have, unless it is blank.</summary>
    public bool Unknown(string name, object? value, IEnumerable<string> known)
    {
        if (InputValue.IsBlank(value) || MemberNames.IsOfRemoting(name))
        {
            return false;
        }

        string? close = Suggestion.For(name, known);
        if (_context.Depth == 0)
        {
            close = close?.IndexOf('_') > 0 && name.IndexOf('.') > 0 ? close.Replace('_', '.') : close ?? MemberNames.ColumnFor(name);
        }
        else if (_context.IsFlat)
        {
            // Whoever names a part of a member in a column means one.
            close ??= "one of " + string.Join(", ", known.Take(MaxNames));
        }

        int end = close is null ? -1 : ColumnPath.EndOfRoot(close);
        if (close is not null && _context.Depth == 0 && MemberNames.Find(end < 0 ? close : close.Substring(0, end)) is { } meant)
        {
            _context.Miss(meant.Steps[0].Name);
        }

        Report(name, close, isError: close is not null);
        return close is not null;
    }

    /// <summary>Reports an unknown member.</summary>
    public void Report(string name, string? meant, bool isError)
    {
        string shown = ReadingContext.Shown(name);
        _context.Enter(name);
        _context.Report(
            ReadingRules.UnknownMember,
            isError || _strict ? IssueSeverity.Error : IssueSeverity.Warning,
            meant is null
                ? $"There is no member '{shown}' here; it is left out. Remove it, or see about_SsmAssociationTools for the names."
                : $"There is no member '{shown}' here. Did you mean {meant}?");
        _context.Leave();
    }

    /// <summary>Reads a list item by item, whatever holds it.</summary>
    private bool Unlist(ref object? value, out Shape shape)
    {
        shape = InputValue.ShapeOf(ref value);
        for (int depth = 0; shape == Shape.List; depth++)
        {
            if (!_context.MayDescend(depth))
            {
                return false;
            }

            object? only = null;
            int count = 0;
            foreach (object? item in (IEnumerable)value!)
            {
                only = item;
                if (++count > 1)
                {
                    return true;
                }
            }

            value = only;
            shape = InputValue.ShapeOf(ref value);
        }

        return shape != Shape.Absent && !InputValue.IsBlank(value);
    }

    private static bool IsLeftOfObject(string text) => TypeNames.IsTypeName(text) || TypeNames.IsObjectText(text);

    private static bool Is(string name, string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a list item by item; stops where it is nested too deep or has too many items.</summary>
    private IEnumerable<object?> Each(IEnumerable list, int depth)
    {
        if (!_context.MayDescend(depth))
        {
            yield break;
        }

        int index = 0;
        foreach (object? item in list)
        {
            if (!_context.MayRead(index++))
            {
                yield break;
            }

            yield return item;
        }
    }

    private object? FromJson(string text, int depth) => _values.Json(text) is { } json && _context.MayDescend(depth) ? json : null;

    /// <summary>Cells of a flat row lose their notation in JSON text.</summary>
    private bool EnterJson()
    {
        bool wasFlat = _context.IsFlat;
        _context.IsFlat = false;
        return wasFlat;
    }

    private void AddTargetText(string text, List<object> found)
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

    private void AddTarget(EntryMember member, object value, List<object> found)
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
        if (!hasKey && !hasValues && !(isBag && IsMisspelledTarget(member, others)))
        {
            _context.Leave();
            if (isBag)
            {
                AddTargetPairs(others, found);
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
            target.Values = TargetValues(key, values);
            if (IsOfJson(value))
            {
                WarnOfFlattened(values);
            }

            _context.Leave();
        }

        foreach (KeyValuePair<string, object?> other in others ?? [])
        {
            Unknown(other.Key, other.Value, MemberNames.PartsOf(member));
        }

        _context.Leave();
        if (key is not null || target.Values is not null || others is not null)
        {
            found.Add(target);
        }
    }

    /// <summary>Names such as Kye are a slip in a target, not a key of targets.</summary>
    private static bool IsMisspelledTarget(EntryMember member, List<KeyValuePair<string, object?>>? others) =>
        others?.Exists(other => Suggestion.For(other.Key, MemberNames.PartsOf(member)) is not null) == true;

    /// <summary>Reads <c>@{ 'tag:Role' = 'web', 'db'; 'tag:Env' = 'prod' }</c>.</summary>
    private void AddTargetPairs(List<KeyValuePair<string, object?>>? pairs, List<object> found)
    {
        foreach (KeyValuePair<string, object?> pair in pairs ?? [])
        {
            if (!InputValue.IsBlank(pair.Value))
            {
                string key = pair.Key.Trim();
                _context.Enter(found.Count);
                _context.Enter(EntrySchema.TargetValues.Name);
                found.Add(new AssociationTarget { Key = key, Values = TargetValues(key, pair.Value) });
                _context.Leave();
                _context.Leave();
            }
        }
    }

    /// <summary>
    /// Commas separate in cells of a flat row, and where no value can hold one. In an object they may belong to the value
    /// of a tag, so there they are left alone and the user is told.
    /// </summary>
    private string?[]? TargetValues(string? key, object? value)
    {
        bool isSplit = _context.IsFlat
            || (key is not null && (Is(key, "InstanceIds") || key.StartsWith("resource-groups:", StringComparison.OrdinalIgnoreCase)));
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

    private void AddParameters(object? value, ParameterMap map, int depth)
    {
        switch (InputValue.ShapeOf(ref value))
        {
            case Shape.Absent:
                return;
            case Shape.Text:
                AddParameterText(((string)value!).Trim(), map, depth);
                return;
            case Shape.List:
                foreach (object? item in Each((IEnumerable)value!, depth))
                {
                    AddParameterItem(item, map, depth + 1);
                }

                return;
            case Shape.Bag:
                bool isOfJson = IsOfJson(value!);
                foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value!, _context))
                {
                    SetParameter(given.Key, given.Value, map, isRepeatable: false);
                    if (isOfJson)
                    {
                        _context.Enter(given.Key);
                        WarnOfFlattened(given.Value);
                        _context.Leave();
                    }
                }

                return;
            case Shape.Object when IsPair(value!):
                AddParameterItem(value, map, depth);
                return;
            default:
                _values.Wrong(value, EntrySchema.Parameters.Expected);
                return;
        }
    }

    private void AddParameterText(string text, ParameterMap map, int depth)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (JsonText.LooksLikeJson(text))
        {
            if (FromJson(text, depth) is { } json)
            {
                bool wasFlat = EnterJson();
                AddParameters(json, map, depth + 1);
                _context.IsFlat = wasFlat;
            }

            return;
        }

        if (IsLeftOfObject(text))
        {
            _context.Report(ReadingRules.BadText, "The parameters cannot be read: they are what is left of an object. " + TypeNames.Cause);
            return;
        }

        var pairs = new List<ShortPair>();
        string? problem = ShortNotation.ReadPairs(text, isParameters: true, pairs);
        foreach (ShortPair pair in pairs)
        {
            List<ShortPair> parts = ShortNotation.ReadCliParts(pair, out bool isDoubtful) ?? [pair];
            foreach (ShortPair part in parts)
            {
                SetParameter(part.Name, part.Values, map, isRepeatable: true);
            }

            if (isDoubtful)
            {
                _context.Enter(pair.Name);
                _context.Report(
                    ReadingRules.ShortForm,
                    "This is read as one value as it stands, with its commas, brackets and single quotes. Put a semicolon between several parameters, give a list as JSON, and put one value in double quotes.");
                _context.Leave();
            }
        }

        if (problem is not null)
        {
            _context.Report(
                ReadingRules.BadText,
                "The parameters cannot be read: " + problem + " Write them as NAME=VALUE; NAME=VALUE, or as a JSON object.");
        }
    }

    /// <summary>JSON, or an object that ConvertFrom-Json made of it.</summary>
    private static bool IsOfJson(object bag) => bag is JsonObject or FileMap { IsOfJson: true } or PSObject { BaseObject: PSCustomObject };

    /// <summary>ConvertTo-Json without enough -Depth puts the items of a list into one text, with a space between them.</summary>
    private void WarnOfFlattened(object? value)
    {
        if (InputValue.ShapeOf(ref value) == Shape.Text && ((string)value!).Trim().IndexOf(' ') > 0)
        {
            _context.Report(
                ReadingRules.FlattenedList,
                "This is one text with white space in it, where the API has a list. ConvertTo-Json without enough -Depth makes such a text of a list; if it is one value, write it as a list of one.");
        }
    }

    /// <summary>An item of a list: one name with its values, or an object of several.</summary>
    private void AddParameterItem(object? item, ParameterMap map, int depth)
    {
        object? value = item;
        Shape shape = InputValue.ShapeOf(ref value);
        if (shape is not (Shape.Bag or Shape.Object) || !IsPair(value!))
        {
            AddParameters(item, map, depth);
            return;
        }

        string? name = null;
        object? values = null;
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value!, _context))
        {
            if (Is(given.Key, "Key") || Is(given.Key, "Name"))
            {
                name = _values.Text(given.Value);
            }
            else if (Is(given.Key, "Values") || Is(given.Key, "Value"))
            {
                values = given.Value;
            }
        }

        if (name is null)
        {
            _context.Report(ReadingRules.ParameterValues, "A pair of a name and its values has no name here.");
            return;
        }

        SetParameter(name, values, map, isRepeatable: true);
    }

    /// <summary>True for an object of exactly a name and values: in a list, that is one parameter.</summary>
    private bool IsPair(object value)
    {
        bool hasName = false;
        bool hasValue = false;
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context, isProbe: true))
        {
            if (Is(given.Key, "Key") || Is(given.Key, "Name"))
            {
                hasName = true;
            }
            else if (Is(given.Key, "Values") || Is(given.Key, "Value"))
            {
                hasValue = true;
            }
            else if (Suggestion.For(given.Key, s_pairParts) is null)
            {
                return false;
            }
        }

        return hasName && hasValue;
    }

    private void SetParameter(string name, object? value, ParameterMap map, bool isRepeatable)
    {
        // A blank cell is absent; an empty text that somebody wrote into an object is a value.
        if (value is null || (_context.IsFlat && InputValue.IsBlank(value)))
        {
            return;
        }

        _context.Enter(name);
        string?[]? values = _values.Texts(value, isSplit: false, ReadingRules.ParameterValues, isBlankKept: true);
        if (values is not null)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] is null)
                {
                    _context.Enter(i);
                    _context.Report(ReadingRules.ParameterValues, "A value of this parameter is null or no text; give every value as text.");
                    _context.Leave();
                    break;
                }
            }

            if (!map.TryGetValue(name, out string?[]? before) || before is null)
            {
                map.Add(name, values);
            }
            else if (isRepeatable)
            {
                var all = new string?[before.Length + values.Length];
                before.CopyTo(all, 0);
                values.CopyTo(all, before.Length);
                map[name] = all;
            }
            else
            {
                _context.Report(ReadingRules.DuplicateMember, "This parameter is given twice.");
            }
        }

        _context.Leave();
    }

    private void AddTargetMap(object value, List<object> found)
    {
        var map = new TargetMap();
        _context.Enter(found.Count);
        foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value, _context))
        {
            _context.Enter(given.Key);
            string?[]? values = _values.Texts(given.Value, _context.IsFlat, ReadingRules.WrongType);
            if (values is not null)
            {
                AddValues(map, given.Key, values);
            }

            _context.Leave();
        }

        _context.Leave();
        found.Add(map);
    }

    private void AddTargetMapText(string text, List<object> found)
    {
        var pairs = new List<ShortPair>();
        if (ShortNotation.ReadPairs(text, isParameters: false, pairs) is string problem)
        {
            _context.Report(ReadingRules.BadText, "The target map cannot be read: " + problem + " Write it as NAME=VALUE,VALUE; NAME=VALUE, or as JSON.");
        }

        if (pairs.Count > 0)
        {
            var map = new TargetMap();
            foreach (ShortPair pair in pairs)
            {
                AddValues(map, pair.Name, pair.Values.ToArray());
            }

            found.Add(map);
        }
    }

    private static void AddValues(TargetMap map, string name, string?[] values)
    {
        if (map.TryGetValue(name, out string?[]? before) && before is not null)
        {
            var all = new string?[before.Length + values.Length];
            before.CopyTo(all, 0);
            values.CopyTo(all, before.Length);
            values = all;
        }

        map[name] = values;
    }
}
