using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a structure.</summary>
/// <typeparam name="TOwner">The type that has the member.</typeparam>
/// <typeparam name="TPart">The type of the structure.</typeparam>
internal sealed class PartField<TOwner, TPart> : FieldConstraint<TOwner>
    where TOwner : class
    where TPart : class
{
    private readonly Func<TOwner, TPart?> _get;
    private readonly FieldConstraint<TPart>[] _parts;

    /// <summary>Makes a constraint.</summary>
    /// <param name="ruleName">The path without indexes.</param>
    /// <param name="get">Reads the member.</param>
    /// <param name="parts">The members of the structure.</param>
    public PartField(string ruleName, Func<TOwner, TPart?> get, params FieldConstraint<TPart>[] parts)
        : base(ruleName, isRequired: false, parts)
    {
        _get = get;
        _parts = parts;
    }

    /// <inheritdoc/>
    public override string ModelType => "structure";

    /// <inheritdoc/>
    public override IEnumerable<RuleDefinition> OwnRules => [];

    /// <inheritdoc/>
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
