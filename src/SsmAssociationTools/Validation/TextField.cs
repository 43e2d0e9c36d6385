using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a text.</summary>
internal sealed class TextField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    private readonly Func<TOwner, string?> _get;
    private readonly TextLimits _limits;

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

    public override string ModelType => "string";

    public override TextLimits? Text => _limits;

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
