using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>
/// What the API model says of one member of the entry, of its items and of its parts, as rules. Checks allocate nothing while
/// nothing is wrong. Safe for concurrent use.
/// </summary>
internal sealed class FieldConstraint
{
    /// <summary>The source of every constraint of the table.</summary>
    public const string ModelSource = "documented: API model 2014-11-06";

    private readonly ItemCount? _count;
    private readonly RuleDefinition? _required;
    private readonly RuleDefinition? _range;
    private readonly FieldConstraint[] _parts;
    private readonly List<RuleDefinition> _rules = [];

    /// <param name="prefix">The path of what has the member, without indexes and with a dot at its end; begins the ids of the rules.</param>
    public FieldConstraint(EntryMember member, string prefix = "")
    {
        Member = member;
        string name = prefix + member.Name;
        if (member.IsRequired)
        {
            _rules.Add(_required = new RuleDefinition(name + ".Required", IssueSeverity.Error, "Must be there.", $"{name} is missing", ModelSource)
            {
                Needs = [name.Split('.')[0]],
            });
        }

        if (member.Count is { } count)
        {
            _count = new ItemCount(name, count.Min, count.Max, member.CountOf, member.CountSource ?? ModelSource, canBeLeftOut: !member.IsRequired);
            _rules.Add(_count.Rule);
        }

        if (member.Range is { } range)
        {
            _rules.Add(_range = new RuleDefinition(
                name + ".Range", IssueSeverity.Error, $"Is {range.Min} to {range.Max} {member.Unit}.", $"{name} = {range.Max + 1}", ModelSource));
        }

        if (member.Kind is MemberKind.Text or MemberKind.Constant or MemberKind.Texts)
        {
            Text = new TextLimits(name, member.MinLength, member.MaxLength, member.Pattern, member.Allowed);
            _rules.AddRange(Text.Rules);
        }

        if (member.Kind is MemberKind.Map or MemberKind.Maps)
        {
            Map = MapOf(name, member.Map);
            _rules.AddRange(Map.Rules);
        }

        _parts = [.. member.Parts.Select(part => new FieldConstraint(part, name + "."))];
    }

    public EntryMember Member { get; }

    /// <summary>The members of a structure, or of the structures of a list; empty for anything else.</summary>
    public IReadOnlyList<FieldConstraint> Parts => _parts;

    /// <summary>The limits of a map, or of the maps of a list; null for anything else.</summary>
    public MapLimits? Map { get; }

    /// <summary>The limits of the text itself, or of a list's texts; null for anything else.</summary>
    public TextLimits? Text { get; }

    /// <summary>The rules that a value of this member can break, and those of its parts.</summary>
    public IEnumerable<RuleDefinition> Rules => _rules.Concat(_parts.SelectMany(static part => part.Rules));

    /// <summary>Checks the member and everything below it.</summary>
    public void Check(object owner, IssuePath path, IssueCollector issues)
    {
        switch (Member.Kind)
        {
            case MemberKind.Flag:
                return;
            case MemberKind.Number:
                CheckNumber(Member.Number(owner), path, issues);
                return;
        }

        object? value = Member.Get(owner);
        if (value is not null && !(Member.IsRequired && value is string { Length: 0 }))
        {
            path.Enter(Member.Name);
            CheckValue(value, path, issues);
            path.Leave();
        }
        else if (_required is not null)
        {
            issues.Add(_required, path.To(Member.Name), $"{Member.Name} is required: give it a value.");
        }
    }

    private void CheckValue(object value, IssuePath path, IssueCollector issues)
    {
        switch (Member.Kind)
        {
            case MemberKind.Text or MemberKind.Constant:
                Text!.Check((string)value, path, issues);
                break;
            case MemberKind.Map:
                Map!.Check((Dictionary<string, string?[]?>)value, path, issues);
                break;
            case MemberKind.Part:
                CheckParts(value, path, issues);
                break;
            default:
                CheckItems((object?[])value, path, issues);
                break;
        }
    }

    private void CheckItems(object?[] items, IssuePath path, IssueCollector issues)
    {
        _count?.Check(items.Length, path, issues);
        for (int i = 0; i < items.Length; i++)
        {
            path.Enter(i);
            switch (items[i])
            {
                case null:
                    issues.Add(ItemCount.NullItem, path.ToString(), "This item is null: remove it or give it a value.");
                    break;
                case string text:
                    Text!.Check(text, path, issues);
                    break;
                case Dictionary<string, string?[]?> map:
                    Map!.Check(map, path, issues);
                    break;
                case object part:
                    CheckParts(part, path, issues);
                    break;
            }

            path.Leave();
        }
    }

    private void CheckParts(object owner, IssuePath path, IssueCollector issues)
    {
        foreach (FieldConstraint part in _parts)
        {
            part.Check(owner, path, issues);
        }
    }

    private void CheckNumber(int? value, IssuePath path, IssueCollector issues)
    {
        if (value is int number && Member.Range is { } range && (number < range.Min || number > range.Max))
        {
            issues.Add(
                _range!,
                path.To(Member.Name),
                FormattableString.Invariant($"{number} is out of range: use {range.Min} to {range.Max} {Member.Unit}."),
                number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static MapLimits MapOf(string name, MapShape? shape) => new(
        shape is null ? null : new ItemCount(name + ".Keys", shape.KeyCount.Min, shape.KeyCount.Max, "keys", ModelSource),
        new TextLimits(name + ".Key", shape?.KeyLength.Min, shape?.KeyLength.Max, pattern: null, allowed: null),
        shape is null ? null : new ItemCount(name + ".Values", shape.ValueCount.Min, shape.ValueCount.Max, "values", ModelSource),
        new TextLimits(name + ".Values", shape?.ValueLength.Min, shape?.ValueLength.Max, pattern: null, allowed: null));
}
