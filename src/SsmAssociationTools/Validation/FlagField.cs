using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is true, false or absent: every value is allowed.</summary>
internal sealed class FlagField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    public FlagField(string ruleName)
        : base(ruleName, isRequired: false)
    {
    }

    public override string ModelType => "boolean";

    public override IEnumerable<RuleDefinition> OwnRules => [];

    protected override void CheckValue(TOwner owner, FieldPath path, IssueCollector issues)
    {
    }
}
