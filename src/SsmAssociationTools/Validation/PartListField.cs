using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a list of structures.</summary>
/// <typeparam name="TOwner">The type that has the member.</typeparam>
/// <typeparam name="TPart">The type of the structures.</typeparam>
internal sealed class PartListField<TOwner, TPart> : FieldConstraint<TOwner>
    where TOwner : class
    where TPart : class
{
    private readonly Func<TOwner, TPart?[]?> _get;
    private readonly ItemCount _count;
    private readonly FieldConstraint<TPart>[] _parts;

    /// <summary>Makes a constraint.</summary>
    /// <param name="ruleName">The path without indexes.</param>
    /// <param name="get">Reads the member.</param>
    /// <param name="isRequired">True when the list must be there.</param>
    /// <param name="count">How many items.</param>
    /// <param name="parts">The members of each structure.</param>
    public PartListField(string ruleName, Func<TOwner, TPart?[]?> get, bool isRequired, ItemCount count, params FieldConstraint<TPart>[] parts)
        : base(ruleName, isRequired, parts)
    {
        _get = get;
        _count = count;
        _parts = parts;
    }

    /// <inheritdoc/>
    public override string ModelType => "list";

    /// <inheritdoc/>
    public override int? Min => _count.Min;

    /// <inheritdoc/>
    public override int? Max => _count.Max;

    /// <inheritdoc/>
    public override IEnumerable<RuleDefinition> OwnRules => RequiredRule is null ? [_count.Rule] : [RequiredRule, _count.Rule];

    /// <inheritdoc/>
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
