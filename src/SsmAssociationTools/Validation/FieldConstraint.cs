using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>
/// What the API model says of one member of the entry, of its items or of its parts. Checks are allocation-free while
/// nothing is wrong. Safe for concurrent use.
/// </summary>
internal abstract class FieldConstraint
{
    /// <summary>The source of every constraint of the table.</summary>
    public const string ModelSource = "documented: API model 2014-11-06";

    protected FieldConstraint(string ruleName, bool isRequired, IReadOnlyList<FieldConstraint>? parts = null)
    {
        RuleName = ruleName;
        int dot = ruleName.LastIndexOf('.');
        Name = dot < 0 ? ruleName : ruleName.Substring(dot + 1);
        Parts = parts ?? [];
        IsRequired = isRequired;
        if (isRequired)
        {
            RequiredRule = new RuleDefinition(ruleName + ".Required", IssueSeverity.Error, "Must be there.", $"{ruleName} is missing", ModelSource);
        }
    }

    /// <summary>Name of the member.</summary>
    public string Name { get; }

    /// <summary>The path without indexes; begins the ids of the rules.</summary>
    public string RuleName { get; }

    /// <summary>True when the member must be there.</summary>
    public bool IsRequired { get; }

    /// <summary>The members of a structure, or of the structures of a list; empty for anything else.</summary>
    public IReadOnlyList<FieldConstraint> Parts { get; }

    /// <summary>What the API model calls the type: string, boolean, integer, list, map or structure.</summary>
    public abstract string ModelType { get; }

    /// <summary>Smallest number of items, or smallest number, or null.</summary>
    public virtual int? Min => null;

    /// <summary>Largest number of items, or largest number, or null.</summary>
    public virtual int? Max => null;

    /// <summary>The limits of a map, or of the maps of a list; null for anything else.</summary>
    public virtual MapLimits? Map => null;

    /// <summary>The limits of the text itself, or of a list's texts; null for anything else.</summary>
    public virtual TextLimits? Text => null;

    /// <summary>The rules that a value of this member can break, without those of its parts.</summary>
    public abstract IEnumerable<RuleDefinition> OwnRules { get; }

    /// <summary>The rule of a required member.</summary>
    protected RuleDefinition? RequiredRule { get; }

    /// <summary>Says that a required member is missing.</summary>
    protected void ReportMissing(FieldPath path, IssueCollector issues)
    {
        if (RequiredRule is not null)
        {
            issues.Add(RequiredRule, path.ToString(), $"{Name} is required: give it a value.");
        }
    }
}
