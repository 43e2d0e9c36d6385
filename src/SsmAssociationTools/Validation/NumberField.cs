using System;
using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a whole number.</summary>
internal sealed class NumberField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    private readonly Func<TOwner, int?> _get;
    private readonly int _min;
    private readonly int _max;
    private readonly string _unit;
    private readonly RuleDefinition _rule;

    public NumberField(string ruleName, Func<TOwner, int?> get, int min, int max, string unit)
        : base(ruleName, isRequired: false)
    {
        _get = get;
        _min = min;
        _max = max;
        _unit = unit;
        _rule = new RuleDefinition(ruleName + ".Range", IssueSeverity.Error, $"Is {min} to {max} {unit}.", $"{ruleName} = {max + 1}", ModelSource);
    }

    public override string ModelType => "integer";

    public override int? Min => _min;

    public override int? Max => _max;

    public override IEnumerable<RuleDefinition> OwnRules => [_rule];

    protected override void CheckValue(TOwner owner, FieldPath path, IssueCollector issues)
    {
        if (_get(owner) is int value && (value < _min || value > _max))
        {
            string text = value.ToString(CultureInfo.InvariantCulture);
            issues.Add(_rule, path.ToString(), FormattableString.Invariant($"{value} is out of range: use {_min} to {_max} {_unit}."), text);
        }
    }
}
