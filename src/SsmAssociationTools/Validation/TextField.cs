using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a text.</summary>
/// <typeparam name="TOwner">The type that has the member.</typeparam>
internal sealed class TextField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    private readonly Func<TOwner, string?> _get;
    private readonly TextLimits _limits;

    /// <summary>Makes a constraint.</summary>
    /// <param name="ruleName">The path without indexes.</param>
    /// <param name="get">Reads the member.</param>
    /// <param name="isRequired">True when the member must be there.</param>
    /// <param name="min">Shortest length, or null.</param>
    /// <param name="max">Longest length, or null.</param>
    /// <param name="pattern">The pattern, or null.</param>
    /// <param name="allowed">The values of an enumeration, or null.</param>
    public TextField(
        string ruleName,
        Func<TOwner, string?> get,
        bool isRequired = false,
        int? min = null,
        int? max = null,
        TextPattern? pattern = null,
        IReadOnlyList<string>? allowed = null)
        : base(ruleName, isRequired)
    {
        _get = get;
        _limits = new TextLimits(ruleName, min, max, pattern, allowed);
    }

    /// <inheritdoc/>
    public override string ModelType => "string";

    /// <inheritdoc/>
    public override TextLimits? Text => _limits;

    /// <inheritdoc/>
    public override IEnumerable<RuleDefinition> OwnRules
    {
        get
        {
            if (RequiredRule is not null)
            {
                yield return RequiredRule;
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
        string? value = _get(owner);
        if (value is not null && (value.Length > 0 || !IsRequired))
        {
            _limits.Check(value, path, issues);
        }
        else
        {
            ReportMissing(path, issues);
        }
    }
}
