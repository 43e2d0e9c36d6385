using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is true, false or absent: every value is allowed.</summary>
/// <typeparam name="TOwner">The type that has the member.</typeparam>
internal sealed class FlagField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    /// <summary>Makes a constraint.</summary>
    /// <param name="ruleName">The path without indexes.</param>
    public FlagField(string ruleName)
        : base(ruleName, isRequired: false)
    {
    }

    /// <inheritdoc/>
    public override string ModelType => "boolean";

    /// <inheritdoc/>
    public override IEnumerable<RuleDefinition> OwnRules => [];

    /// <inheritdoc/>
    protected override void CheckValue(TOwner owner, FieldPath path, IssueCollector issues)
    {
    }
}
