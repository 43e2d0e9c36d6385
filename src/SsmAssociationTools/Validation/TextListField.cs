using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a list of texts.</summary>
internal sealed class TextListField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    private readonly Func<TOwner, string?[]?> _get;
    private readonly ItemCount? _count;
    private readonly TextLimits _limits;

    public TextListField(string ruleName, Func<TOwner, string?[]?> get, ItemCount? count = null, int? min = null, int? max = null, TextPattern? pattern = null)
        : base(ruleName, isRequired: false)
    {
        _get = get;
        _count = count;
        _limits = new TextLimits(ruleName, min, max, pattern, allowed: null);
    }

    public override string ModelType => "list";

    public override int? Min => _count?.Min;

    public override int? Max => _count?.Max;

    public override TextLimits? Text => _limits;

    public override IEnumerable<RuleDefinition> OwnRules
    {
        get
        {
            if (_count is not null)
            {
                yield return _count.Rule;
            }

            foreach (RuleDefinition rule in _limits.Rules)
            {
                yield return rule;
            }
        }
    }

    protected override void CheckValue(TOwner owner, FieldPath path, IssueCollector issues)
    {
        string?[]? values = _get(owner);
        if (values is null)
        {
            return;
        }

        _count?.Check(values.Length, path, issues);
        for (int i = 0; i < values.Length; i++)
        {
            path.Push(i);
            if (values[i] is { } value)
            {
                _limits.Check(value, path, issues);
            }
            else
            {
                issues.Add(ItemCount.NullItem, path.ToString(), "This item is null: remove it or give it a value.");
            }

            path.Pop();
        }
    }
}
