using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Scheduling;

/// <summary>One thing that is wrong, or not proven right, with a schedule expression.</summary>
internal sealed class ScheduleProblem
{
    public ScheduleProblem(RuleDefinition rule, int offset, int length, string message)
    {
        Rule = rule;
        Offset = offset;
        Length = length;
        Message = message;
    }

    /// <summary>The rule of the grammar.</summary>
    public RuleDefinition Rule { get; }

    /// <summary>Error: the service refuses the expression. Warning: no source shows that it accepts it.</summary>
    public IssueSeverity Severity => Rule.Severity;

    /// <summary>Where the offending part begins, in characters from 0.</summary>
    public int Offset { get; }

    /// <summary>Length of the offending part; 0 where something is missing.</summary>
    public int Length { get; }

    /// <summary>What is wrong and what to write instead.</summary>
    public string Message { get; }
}
