using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a structure.</summary>
internal sealed class PartField<TOwner, TPart> : FieldConstraint<TOwner>
    where TOwner : class
    where TPart : class
{
    private readonly Func<TOwner, TPart?> _get;
    private readonly FieldConstraint<TPart>[] _parts;

    public PartField(string ruleName, Func<TOwner, TPart?> get, params FieldConstraint<TPart>[] parts)
        : base(ruleName, isRequired: false, parts)
    {
        _get = get;
        _parts = parts;
    }

    public override string ModelType => "structure";

    public override IEnumerable<RuleDefinition> OwnRules => [];

    protected override void CheckValue(TOwner owner, FieldPath path, IssueCollector issues)
    {
        if (_get(owner) is { } value)
        {
            foreach (FieldConstraint<TPart> part in _parts)
            {
                part.Check(value, path, issues);
            }
        }
    }
}
