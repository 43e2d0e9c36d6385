using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a list of texts.</summary>
/// <typeparam name="TOwner">The type that has the member.</typeparam>
internal sealed class TextListField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    private readonly Func<TOwner, string?[]?> _get;
    private readonly ItemCount? _count;
    private readonly TextLimits _limits;

    /// <summary>Makes a constraint.</summary>
    /// <param name="ruleName">The path without indexes.</param>
    /// <param name="get">Reads the member.</param>
    /// <param name="count">How many items, or null for any number.</param>
    /// <param name="min">Shortest length of an item, or null.</param>
    /// <param name="max">Longest length of an item, or null.</param>
    /// <param name="pattern">The pattern of an item, or null.</param>
    public TextListField(string ruleName, Func<TOwner, string?[]?> get, ItemCount? count = null, int? min = null, int? max = null, TextPattern? pattern = null)
        : base(ruleName, isRequired: false)
    {
        _get = get;
        _count = count;
        _limits = new TextLimits(ruleName, min, max, pattern, allowed: null);
    }

    /// <inheritdoc/>
    public override string ModelType => "list";

    /// <inheritdoc/>
    public override int? Min => _count?.Min;

    /// <inheritdoc/>
    public override int? Max => _count?.Max;

    /// <inheritdoc/>
    public override TextLimits? Text => _limits;

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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
