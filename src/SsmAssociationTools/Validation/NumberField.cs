using System;
using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a whole number.</summary>
/// <typeparam name="TOwner">The type that has the member.</typeparam>
internal sealed class NumberField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    private readonly Func<TOwner, int?> _get;
    private readonly int _min;
    private readonly int _max;
    private readonly string _unit;
    private readonly RuleDefinition _rule;

    /// <summary>Makes a constraint.</summary>
    /// <param name="ruleName">The path without indexes.</param>
    /// <param name="get">Reads the member.</param>
    /// <param name="min">Smallest number.</param>
    /// <param name="max">Largest number.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    public NumberField(string ruleName, Func<TOwner, int?> get, int min, int max, string unit)
        : base(ruleName, isRequired: false)
    {
        _get = get;
        _min = min;
        _max = max;
        _unit = unit;
        _rule = new RuleDefinition(ruleName + ".Range", IssueSeverity.Error, $"Is {min} to {max} {unit}.", $"{ruleName} = {max + 1}", ModelSource);
    }

    /// <inheritdoc/>
    public override string ModelType => "integer";

    /// <inheritdoc/>
    public override int? Min => _min;

    /// <inheritdoc/>
    public override int? Max => _max;

    /// <inheritdoc/>
    public override IEnumerable<RuleDefinition> OwnRules => [_rule];

    /// <inheritdoc/>
    protected override void CheckValue(TOwner owner, FieldPath path, IssueCollector issues)
    {
        if (_get(owner) is int value && (value < _min || value > _max))
        {
            string text = value.ToString(CultureInfo.InvariantCulture);
            issues.Add(_rule, path.ToString(), FormattableString.Invariant($"{value} is out of range: use {_min} to {_max} {_unit}."), text);
        }
    }
}
