using System;
using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Input;

/// <summary>Reads a list of structures or maps: objects, JSON text, or the short notation of the member.</summary>
internal sealed class ListReader
{
    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly PartReader _parts;
    private readonly TargetReader _targets;
    private readonly TargetMapReader _targetMaps;

    public ListReader(ReadingContext context, ValueReader values, UnknownNames unknown, PartReader parts)
    {
        _context = context;
        _values = values;
        _parts = parts;
        _targets = new TargetReader(context, values, unknown);
        _targetMaps = new TargetMapReader(context, values);
    }

    /// <summary>Reads a list.</summary>
    /// <returns>Null where nothing is given.</returns>
    public object[]? Read(EntryMember member, object? value)
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
                foreach (object? item in _context.Items((IEnumerable)value!, depth))
                {
                    AddItems(member, item, found, depth + 1);
                }

                return;
            case Shape.Bag when member.Kind == MemberKind.Maps:
                _targetMaps.Add(value!, found);
                return;
            case Shape.Bag or Shape.Object when member.Notation == MemberNotation.Targets:
                _targets.Add(member, value!, found);
                return;
            case Shape.Bag or Shape.Object when member.Kind == MemberKind.Parts:
                object part = member.NewPart();
                _context.Enter(found.Count);
                _parts.ReadObject(part, member, value!);
                _context.Leave();
                found.Add(part);
                return;
            default:
                _values.Wrong(value, member.Expected);
                return;
        }
    }

    /// <summary>By itself, so that other texts do not pay for what the lambda holds.</summary>
    private void AddJson(EntryMember member, string text, List<object> found, int depth) =>
        _values.ReadJson(text, depth, json => AddItems(member, json, found, depth + 1));

    private void AddItemText(EntryMember member, string text, List<object> found, int depth)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (JsonText.LooksLikeJson(text))
        {
            AddJson(member, text, found, depth);
            return;
        }

        if (TypeNames.IsLeftOfObject(text))
        {
            _context.Report(
                member.Notation == MemberNotation.Targets ? ReadingRules.BadTargets : ReadingRules.BadText,
                "This is what is left of an object. " + TypeNames.Cause);
            return;
        }

        switch (member.Notation)
        {
            case MemberNotation.Targets:
                _targets.AddText(text, found);
                break;
            case MemberNotation.TargetMap:
                _targetMaps.AddText(text, found);
                break;
            case MemberNotation.AlarmName:
                found.Add(new Alarm { Name = text });
                break;
            default:
                _values.Wrong(text, member.Expected);
                break;
        }
    }
}
