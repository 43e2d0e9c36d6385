using System;
using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Json;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads the structured members of an entry. The caller has entered the member's path.</summary>
internal sealed class PartReader
{
    private static readonly string[] s_targetParts = ["Key", "Values", "Value"];
    private static readonly string[] s_pairParts = ["Key", "Values", "Value", "Name"];
    private static readonly string[] s_alarmParts = ["Alarms", "IgnorePollAlarmFailure", "Alarm"];
    private static readonly string[] s_alarmNameParts = ["Name", "AlarmName"];

    private static readonly string[] s_locationParts =
    [
        "Accounts", "Regions", "TargetLocationMaxConcurrency", "TargetLocationMaxErrors", "ExecutionRoleName",
        "TargetLocationAlarmConfiguration", "IncludeChildOrganizationUnits", "ExcludeAccounts", "Targets",
        "TargetsMaxConcurrency", "TargetsMaxErrors", "Account", "Region", "TargetLocationMaxError", "ExcludeAccount",
        "Target", "TargetsMaxError",
    ];

    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly bool _strict;

    public PartReader(ReadingContext context, ValueReader values, bool strict)
    {
        _context = context;
        _values = values;
        _strict = strict;
    }

    /// <summary>Reads targets: short notation, JSON text, one target, key = values pairs, or a list of all these.</summary>
    public AssociationTarget[]? Targets(object? value)
    {
        if (value is AssociationTarget[] { Length: > 0 } own && Array.IndexOf(own, null) < 0)
        {
            return own;
        }

        var found = new List<AssociationTarget>();
        AddTargets(value, found, 0);
        return found.Count == 0 ? null : found.ToArray();
    }

    /// <summary>Reads parameters: short notation, JSON text, an object, or a list of names with values.</summary>
    public ParameterMap? Parameters(object? value)
    {
        bool wasSensitive = _context.IsSensitive;
        _context.IsSensitive = true;
        var map = new ParameterMap();
        AddParameters(value, map, 0);
        _context.IsSensitive = wasSensitive;
        return map.Count == 0 ? null : map;
    }

    /// <summary>Reads target maps: a list of objects, one object, JSON text, or one map in short notation.</summary>
    public TargetMap[]? TargetMaps(object? value)
    {
        var found = new List<TargetMap>();
        AddTargetMaps(value, found, 0);
        return found.Count == 0 ? null : found.ToArray();
    }

    /// <summary>Reads target locations: a list of objects, one object, or JSON text.</summary>
    public TargetLocation[]? TargetLocations(object? value)
    {
        var found = new List<TargetLocation>();
        AddLocations(value, found, 0);
        return found.Count == 0 ? null : found.ToArray();
    }

    /// <summary>Reads an alarm configuration: an object, JSON text, or the alarm's name.</summary>
    public AlarmConfiguration? Alarm(object? value)
    {
        if (!Unlist(ref value, out Shape shape))
        {
            return null;
        }

        switch (shape)
        {
            case Shape.Text when JsonText.LooksLikeJson(((string)value!).Trim()):
                return _values.Json(((string)value).Trim()) is object json ? Alarm(json) : null;
            case Shape.Text:
                return new AlarmConfiguration { Alarms = Alarms(value) };
            case Shape.Bag or Shape.Object:
                break;
            default:
                _values.Wrong(value, "an object with Alarms and IgnorePollAlarmFailure, or the name of an alarm");
                return null;
        }

        var alarm = new AlarmConfiguration();
        object? alarms = null;
        var cursor = new MemberCursor(value!, _context);
        while (cursor.MoveNext())
        {
            string name = cursor.Name;
            if (Is(name, "Alarms") || Is(name, "Alarm"))
            {
                _context.Enter("Alarms");
                alarms = _values.OnceRaw(null, alarms, cursor.Value);
                if (ReferenceEquals(alarms, cursor.Value) && !Shapes.IsBlank(alarms))
                {
                    alarm.Alarms = Alarms(alarms) ?? [];
                }

                _context.Leave();
            }
            else if (Is(name, "IgnorePollAlarmFailure"))
            {
                _context.Enter("IgnorePollAlarmFailure");
                alarm.IgnorePollAlarmFailure = _values.Once(alarm.IgnorePollAlarmFailure, _values.Flag(cursor.Value));
                _context.Leave();
            }
            else
            {
                Unknown(name, cursor.Value, s_alarmParts);
            }
        }

        return alarm;
    }

    /// <summary>Reads the alarms of a configuration: names, objects with a name, or JSON text.</summary>
    public Alarm[]? Alarms(object? value)
    {
        var found = new List<Alarm>();
        AddAlarms(value, found, 0);
        return found.Count == 0 ? null : found.ToArray();
    }

    /// <summary>Reports a member that its object does not have, unless it is blank.</summary>
    public bool Unknown(string name, object? value, IEnumerable<string> known)
    {
        if (Shapes.IsBlank(value) || MemberNames.IsOfRemoting(name))
        {
            return false;
        }

        string? close = Suggestion.For(name, known);
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
    public bool Unlist(ref object? value, out Shape shape)
    {
        shape = Shapes.Of(ref value);
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
            shape = Shapes.Of(ref value);
        }

        return shape != Shape.Absent && !Shapes.IsBlank(value);
    }

    private static bool Is(string name, string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a list item by item; stops where it is nested too deep or has too many items.</summary>
    private void Each<T>(IEnumerable list, T found, int depth, Action<PartReader, object?, T, int> read)
    {
        if (!_context.MayDescend(depth))
        {
            return;
        }

        int index = 0;
        foreach (object? item in list)
        {
            if (!_context.MayRead(index++))
            {
                return;
            }

            read(this, item, found, depth + 1);
        }
    }

    /// <summary>Reads JSON text as what it says. Cells of a flat row lose their notation in it.</summary>
    private void FromJson<T>(string text, T found, int depth, Action<PartReader, object?, T, int> read)
    {
        if (_values.Json(text) is object json && _context.MayDescend(depth))
        {
            bool wasFlat = _context.IsFlat;
            _context.IsFlat = false;
            read(this, json, found, depth + 1);
            _context.IsFlat = wasFlat;
        }
    }

    private void AddTargets(object? value, List<AssociationTarget> found, int depth)
    {
        switch (Shapes.Of(ref value))
        {
            case Shape.Absent:
                return;
            case Shape.Text:
                AddTargetText(((string)value!).Trim(), found, depth);
                return;
            case Shape.List:
                Each((IEnumerable)value!, found, depth, static (reader, item, all, level) => reader.AddTargets(item, all, level));
                return;
            case Shape.Bag:
                AddTarget(value!, isBag: true, found);
                return;
            case Shape.Object:
                AddTarget(value!, isBag: false, found);
                return;
            default:
                _values.Wrong(value, "targets: text such as tag:Role=web, or objects with Key and Values");
                return;
        }
    }

    private void AddTargetText(string text, List<AssociationTarget> found, int depth)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (JsonText.LooksLikeJson(text))
        {
            FromJson(text, found, depth, static (reader, json, all, level) => reader.AddTargets(json, all, level));
            return;
        }

        var pairs = new List<ShortPair>();
        string? problem = ShortNotation.ReadPairs(text, isParameters: false, pairs);
        foreach (ShortPair pair in pairs)
        {
            found.Add(new AssociationTarget { Key = pair.Name, Values = pair.Values.ToArray() });
        }

        if (problem is not null)
        {
            _context.Report(ReadingRules.BadTargets, "The targets cannot be read: " + problem + " Write them as tag:Role=web,db; tag:Env=prod.");
        }
    }

    private void AddTarget(object value, bool isBag, List<AssociationTarget> found)
    {
        string? key = null;
        object? values = null;
        bool hasKey = false;
        bool hasValues = false;
        bool isPlain = true;
        _context.Enter(found.Count);
        var cursor = new MemberCursor(value, _context);
        while (cursor.MoveNext())
        {
            string name = cursor.Name;
            if (Is(name, "Key"))
            {
                hasKey = true;
                _context.Enter("Key");
                key = _values.Once(key, _values.Text(cursor.Value));
                _context.Leave();
            }
            else if (Is(name, "Values") || Is(name, "Value"))
            {
                hasValues = true;
                values = _values.OnceRaw("Values", values, cursor.Value);
            }
            else
            {
                isPlain = false;
            }
        }

        if (!hasKey && !hasValues && !(isBag && IsMisspelledTarget(value)))
        {
            _context.Leave();
            if (isBag)
            {
                AddTargetPairs(value, found);
            }
            else
            {
                _values.Wrong(value, "targets: text such as tag:Role=web, or objects with Key and Values");
            }

            return;
        }

        var target = new AssociationTarget { Key = key };
        if (hasValues)
        {
            _context.Enter("Values");
            target.Values = TargetValues(key, values);
            _context.Leave();
        }

        if (!isPlain)
        {
            cursor = new MemberCursor(value, _context, isProbe: true);
            while (cursor.MoveNext())
            {
                if (!Is(cursor.Name, "Key") && !Is(cursor.Name, "Values") && !Is(cursor.Name, "Value"))
                {
                    Unknown(cursor.Name, cursor.Value, s_targetParts);
                }
            }
        }

        _context.Leave();
        if (key is not null || target.Values is not null || !isPlain)
        {
            found.Add(target);
        }
    }

    /// <summary>Names such as Kye are a slip in a target, not a key of targets.</summary>
    private bool IsMisspelledTarget(object value)
    {
        var cursor = new MemberCursor(value, _context, isProbe: true);
        while (cursor.MoveNext())
        {
            if (Suggestion.For(cursor.Name, s_targetParts) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads <c>@{ 'tag:Role' = 'web', 'db'; 'tag:Env' = 'prod' }</c>.</summary>
    private void AddTargetPairs(object value, List<AssociationTarget> found)
    {
        var cursor = new MemberCursor(value, _context);
        while (cursor.MoveNext())
        {
            if (Shapes.IsBlank(cursor.Value))
            {
                continue;
            }

            string key = cursor.Name.Trim();
            _context.Enter(found.Count);
            _context.Enter("Values");
            found.Add(new AssociationTarget { Key = key, Values = TargetValues(key, cursor.Value) });
            _context.Leave();
            _context.Leave();
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
            && Shapes.Of(ref value) == Shape.Text)
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
        switch (Shapes.Of(ref value))
        {
            case Shape.Absent:
                return;
            case Shape.Text:
                AddParameterText(((string)value!).Trim(), map, depth);
                return;
            case Shape.List:
                Each((IEnumerable)value!, map, depth, static (reader, item, all, level) => reader.AddParameterItem(item, all, level));
                return;
            case Shape.Bag:
                var cursor = new MemberCursor(value!, _context);
                while (cursor.MoveNext())
                {
                    SetParameter(cursor.Name, cursor.Value, map, isRepeatable: false);
                }

                return;
            case Shape.Object when IsPair(value!):
                AddParameterItem(value, map, depth);
                return;
            default:
                _values.Wrong(value, "parameters: an object of names and values, or text such as Operation=Scan");
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
            FromJson(text, map, depth, static (reader, json, all, level) => reader.AddParameters(json, all, level));
            return;
        }

        var pairs = new List<ShortPair>();
        string? problem = ShortNotation.ReadPairs(text, isParameters: true, pairs);
        foreach (ShortPair pair in pairs)
        {
            SetParameter(pair.Name, pair.Values, map, isRepeatable: true);
        }

        if (problem is not null)
        {
            _context.Report(
                ReadingRules.BadText,
                "The parameters cannot be read: " + problem + " Write them as NAME=VALUE; NAME=VALUE, or as a JSON object.");
        }
    }

    /// <summary>An item of a list: one name with its values, or an object of several.</summary>
    private void AddParameterItem(object? item, ParameterMap map, int depth)
    {
        object? value = item;
        Shape shape = Shapes.Of(ref value);
        if (shape is not (Shape.Bag or Shape.Object) || !IsPair(value!))
        {
            AddParameters(item, map, depth);
            return;
        }

        string? name = null;
        object? values = null;
        var cursor = new MemberCursor(value!, _context);
        while (cursor.MoveNext())
        {
            if (Is(cursor.Name, "Key") || Is(cursor.Name, "Name"))
            {
                name = _values.Text(cursor.Value);
            }
            else if (Is(cursor.Name, "Values") || Is(cursor.Name, "Value"))
            {
                values = cursor.Value;
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
        var cursor = new MemberCursor(value, _context, isProbe: true);
        while (cursor.MoveNext())
        {
            if (Is(cursor.Name, "Key") || Is(cursor.Name, "Name"))
            {
                hasName = true;
            }
            else if (Is(cursor.Name, "Values") || Is(cursor.Name, "Value"))
            {
                hasValue = true;
            }
            else if (Suggestion.For(cursor.Name, s_pairParts) is null)
            {
                return false;
            }
        }

        return hasName && hasValue;
    }

    private void SetParameter(string name, object? value, ParameterMap map, bool isRepeatable)
    {
        // A blank cell is absent; an empty text that somebody wrote into an object is a value.
        if (value is null || (_context.IsFlat && Shapes.IsBlank(value)))
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

    private void AddTargetMaps(object? value, List<TargetMap> found, int depth)
    {
        Shape shape = Shapes.Of(ref value);
        switch (shape)
        {
            case Shape.Absent:
                return;
            case Shape.Text:
                string text = ((string)value!).Trim();
                if (JsonText.LooksLikeJson(text))
                {
                    FromJson(text, found, depth, static (reader, json, all, level) => reader.AddTargetMaps(json, all, level));

                    return;
                }

                AddTargetMapText(text, found);
                return;
            case Shape.List:
                Each((IEnumerable)value!, found, depth, static (reader, item, all, level) => reader.AddTargetMaps(item, all, level));
                return;
            case Shape.Bag:
                var map = new TargetMap();
                _context.Enter(found.Count);
                var cursor = new MemberCursor(value!, _context);
                while (cursor.MoveNext())
                {
                    _context.Enter(cursor.Name);
                    string?[]? values = _values.Texts(cursor.Value, _context.IsFlat, ReadingRules.WrongType);
                    if (values is not null)
                    {
                        AddValues(map, cursor.Name, values);
                    }

                    _context.Leave();
                }

                _context.Leave();
                found.Add(map);
                return;
            default:
                _values.Wrong(value, "target maps: objects of names and lists of resources");
                return;
        }
    }

    private void AddTargetMapText(string text, List<TargetMap> found)
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

    private void AddLocations(object? value, List<TargetLocation> found, int depth)
    {
        switch (Shapes.Of(ref value))
        {
            case Shape.Absent:
                return;
            case Shape.Text when JsonText.LooksLikeJson(((string)value!).Trim()):
                FromJson(((string)value).Trim(), found, depth, static (reader, json, all, level) => reader.AddLocations(json, all, level));

                return;
            case Shape.Text when string.IsNullOrWhiteSpace((string)value!):
                return;
            case Shape.List:
                Each((IEnumerable)value!, found, depth, static (reader, item, all, level) => reader.AddLocations(item, all, level));
                return;
            case Shape.Bag or Shape.Object:
                _context.Enter(found.Count);
                found.Add(Location(value!));
                _context.Leave();
                return;
            default:
                _values.Wrong(value, "target locations: objects with Accounts and Regions, or JSON text");
                return;
        }
    }

    private TargetLocation Location(object value)
    {
        var location = new TargetLocation();
        int seen = 0;
        var cursor = new MemberCursor(value, _context);
        while (cursor.MoveNext())
        {
            string? name = Known(cursor.Name);
            if (name is null)
            {
                Unknown(cursor.Name, cursor.Value, s_locationParts);
                continue;
            }

            if (Shapes.IsBlank(cursor.Value))
            {
                continue;
            }

            _context.Enter(name);
            int bit = 1 << Array.IndexOf(s_locationParts, name);
            if ((seen & bit) == 0)
            {
                SetLocation(location, name, cursor.Value);
            }
            else
            {
                _values.Twice();
            }

            seen |= bit;
            _context.Leave();
        }

        return location;
    }

    private void SetLocation(TargetLocation location, string name, object? value)
    {
        switch (name)
        {
            case "Accounts":
                location.Accounts = List(value);
                break;
            case "Regions":
                location.Regions = List(value);
                break;
            case "TargetLocationMaxConcurrency":
                location.TargetLocationMaxConcurrency = _values.Text(value);
                break;
            case "TargetLocationMaxErrors":
                location.TargetLocationMaxErrors = _values.Text(value);
                break;
            case "ExecutionRoleName":
                location.ExecutionRoleName = _values.Text(value);
                break;
            case "TargetLocationAlarmConfiguration":
                location.TargetLocationAlarmConfiguration = Alarm(value);
                break;
            case "IncludeChildOrganizationUnits":
                location.IncludeChildOrganizationUnits = _values.Flag(value);
                break;
            case "ExcludeAccounts":
                location.ExcludeAccounts = List(value);
                break;
            case "Targets":
                location.Targets = Targets(value);
                break;
            case "TargetsMaxConcurrency":
                location.TargetsMaxConcurrency = _values.Text(value);
                break;
            default:
                location.TargetsMaxErrors = _values.Text(value);
                break;
        }
    }

    /// <summary>A list of simple words, in which no comma can belong to a word.</summary>
    public string?[]? List(object? value) =>
        _values.Texts(value, isSplit: true, ReadingRules.WrongType) is { Length: > 0 } words ? words : null;

    private static string? Known(string name)
    {
        for (int i = 0; i < s_locationParts.Length; i++)
        {
            if (Is(name, s_locationParts[i]))
            {
                return s_locationParts[i] switch
                {
                    "Account" => "Accounts",
                    "Region" => "Regions",
                    "TargetLocationMaxError" => "TargetLocationMaxErrors",
                    "ExcludeAccount" => "ExcludeAccounts",
                    "Target" => "Targets",
                    "TargetsMaxError" => "TargetsMaxErrors",
                    string canonical => canonical,
                };
            }
        }

        return null;
    }

    private void AddAlarms(object? value, List<Alarm> found, int depth)
    {
        switch (Shapes.Of(ref value))
        {
            case Shape.Absent:
                return;
            case Shape.Text:
                string text = ((string)value!).Trim();
                if (JsonText.LooksLikeJson(text))
                {
                    FromJson(text, found, depth, static (reader, json, all, level) => reader.AddAlarms(json, all, level));
                }
                else if (text.Length > 0)
                {
                    found.Add(new Alarm { Name = text });
                }

                return;
            case Shape.List:
                Each((IEnumerable)value!, found, depth, static (reader, item, all, level) => reader.AddAlarms(item, all, level));
                return;
            case Shape.Bag or Shape.Object:
                var alarm = new Alarm();
                _context.Enter(found.Count);
                var cursor = new MemberCursor(value!, _context);
                while (cursor.MoveNext())
                {
                    if (Is(cursor.Name, "Name") || Is(cursor.Name, "AlarmName"))
                    {
                        _context.Enter("Name");
                        alarm.Name = _values.Once(alarm.Name, _values.Text(cursor.Value));
                        _context.Leave();
                    }
                    else
                    {
                        Unknown(cursor.Name, cursor.Value, s_alarmNameParts);
                    }
                }

                _context.Leave();
                found.Add(alarm);
                return;
            default:
                _values.Wrong(value, "alarms: names, or objects with Name");
                return;
        }
    }
}
