using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a list of structures.</summary>
internal sealed class PartListField<TOwner, TPart> : FieldConstraint<TOwner>
    where TOwner : class
    where TPart : class
{
    private readonly Func<TOwner, TPart?[]?> _get;
    private readonly ItemCount _count;
    private readonly FieldConstraint<TPart>[] _parts;

    public PartListField(string ruleName, Func<TOwner, TPart?[]?> get, bool isRequired, ItemCount count, params FieldConstraint<TPart>[] parts)
        : base(ruleName, isRequired, parts)
    {
        _get = get;
        _count = count;
        _parts = parts;
    }

    public override string ModelType => "list";

    public override int? Min => _count.Min;

    public override int? Max => _count.Max;

    public override IEnumerable<RuleDefinition> OwnRules => RequiredRule is null ? [_count.Rule] : [RequiredRule, _count.Rule];

    protected override void CheckValue(TOwner owner, FieldPath path, IssueCollector issues)
    {
        TPart?[]? values = _get(owner);
        if (values is null)
        {
            ReportMissing(path, issues);
            return;
        }

        _count.Check(values.Length, path, issues);
        for (int i = 0; i < values.Length; i++)
        {
            path.Push(i);
            if (values[i] is { } value)
            {
                foreach (FieldConstraint<TPart> part in _parts)
                {
                    part.Check(value, path, issues);
                }
            }
            else
            {
                issues.Add(ItemCount.NullItem, path.ToString(), "This item is null: remove it or give it a value.");
            }

            path.Pop();
        }
    }
}
