using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a list of maps from a text to a list of texts.</summary>
internal sealed class MapListField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    private readonly Func<TOwner, Dictionary<string, string?[]?>?[]?> _get;
    private readonly ItemCount _count;

    public MapListField(string ruleName, Func<TOwner, Dictionary<string, string?[]?>?[]?> get, ItemCount count, MapLimits map)
        : base(ruleName, isRequired: false)
    {
        _get = get;
        _count = count;
        Map = map;
    }

    public override string ModelType => "list";

    public override int? Min => _count.Min;

    public override int? Max => _count.Max;

    public override MapLimits? Map { get; }

    public override IEnumerable<RuleDefinition> OwnRules
    {
        get
        {
            yield return _count.Rule;
            foreach (RuleDefinition rule in Map!.Rules)
            {
                yield return rule;
            }
        }
    }

    protected override void CheckValue(TOwner owner, FieldPath path, IssueCollector issues)
    {
        Dictionary<string, string?[]?>?[]? maps = _get(owner);
        if (maps is null)
        {
            return;
        }

        _count.Check(maps.Length, path, issues);
        for (int i = 0; i < maps.Length; i++)
        {
            path.Push(i);
            if (maps[i] is { } map)
            {
                Map!.Check(map, path, issues);
            }
            else
            {
                issues.Add(ItemCount.NullItem, path.ToString(), "This item is null: remove it or give it a value.");
            }

            path.Pop();
        }
    }
}
