using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A constraint on a member of a certain type.</summary>
internal abstract class FieldConstraint<TOwner> : FieldConstraint
    where TOwner : class
{
    /// <inheritdoc cref="FieldConstraint(string, bool, IReadOnlyList{FieldConstraint})"/>
    protected FieldConstraint(string ruleName, bool isRequired, IReadOnlyList<FieldConstraint>? parts = null)
        : base(ruleName, isRequired, parts)
    {
    }

    /// <summary>Checks the member and everything below it.</summary>
    public void Check(TOwner owner, FieldPath path, IssueCollector issues)
    {
        path.Push(Name);
        CheckValue(owner, path, issues);
        path.Pop();
    }

    /// <summary>Checks the member and everything below it.</summary>
    protected abstract void CheckValue(TOwner owner, FieldPath path, IssueCollector issues);
}
