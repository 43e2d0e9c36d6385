using System;
using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads parameters: short notation, JSON text, an object, or a list of names with values.</summary>
internal sealed class ParameterReader
{
    private static readonly string[] s_pairParts = ["Key", "Values", "Value", "Name"];

    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly FlattenedLists _flattened;

    public ParameterReader(ReadingContext context, ValueReader values)
    {
        _context = context;
        _values = values;
        _flattened = new FlattenedLists(context);
    }

    /// <summary>Reads parameters, none of whose values any issue may show.</summary>
    /// <returns>Null where there are none.</returns>
    public ParameterMap? Read(object? value)
    {
        bool wasSensitive = _context.IsSensitive;
        _context.IsSensitive = true;
        var map = new ParameterMap();
        Add(value, map, 0);
        _context.IsSensitive = wasSensitive;
        return map.Count == 0 ? null : map;
    }

    private void Add(object? value, ParameterMap map, int depth)
    {
        switch (InputValue.ShapeOf(ref value))
        {
            case Shape.Absent:
                return;
            case Shape.Text:
                AddText(((string)value!).Trim(), map, depth);
                return;
            case Shape.List:
                foreach (object? item in _context.Items((IEnumerable)value!, depth))
                {
                    AddItem(item, map, depth + 1);
                }

                return;
            case Shape.Bag:
                bool isOfJson = FlattenedLists.MayBeIn(value!);
                foreach (KeyValuePair<string, object?> given in GivenMembers.Of(value!, _context))
                {
                    Set(given.Key, given.Value, map, isRepeatable: false);
                    if (isOfJson)
                    {
                        _context.Enter(given.Key);
                        _flattened.Warn(given.Value);
                        _context.Leave();
                    }
                }

                return;
            case Shape.Object when IsPair(value!):
                AddItem(value, map, depth);
                return;
            default:
                _values.Wrong(value, EntrySchema.Parameters.Expected);
                return;
        }
    }

    /// <summary>By itself, so that other texts do not pay for what the lambda holds.</summary>
    private void AddJson(string text, ParameterMap map, int depth) => _values.ReadJson(text, depth, json => Add(json, map, depth + 1));

    private void AddText(string text, ParameterMap map, int depth)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (JsonText.LooksLikeJson(text))
        {
            AddJson(text, map, depth);
            return;
        }

        if (TypeNames.IsLeftOfObject(text))
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
                Set(part.Name, part.Values, map, isRepeatable: true);
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

    /// <summary>An item of a list: one name with its values, or an object of several.</summary>
    private void AddItem(object? item, ParameterMap map, int depth)
    {
        object? value = item;
        Shape shape = InputValue.ShapeOf(ref value);
        if (shape is not (Shape.Bag or Shape.Object) || !IsPair(value!))
        {
            Add(item, map, depth);
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

        Set(name, values, map, isRepeatable: true);
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

    private void Set(string name, object? value, ParameterMap map, bool isRepeatable)
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

    private static bool Is(string name, string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);
}
