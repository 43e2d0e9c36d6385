using System.Collections.Generic;

namespace SsmAssociationTools.Rules;

/// <summary>One rule as the table lists it: what it checks, how severe a break is, an example and the source.</summary>
internal sealed class RuleDefinition
{
    public RuleDefinition(string id, IssueSeverity severity, string checks, string example, string source, string? warningWhen = null)
    {
        Id = id;
        Severity = severity;
        Checks = checks;
        Example = example;
        Source = source;
        WarningWhen = warningWhen;
    }

    /// <summary>Stable id; takes part in -ExcludeRule.</summary>
    public string Id { get; }

    /// <summary>Severity of a break, before -Strict.</summary>
    public IssueSeverity Severity { get; }

    /// <summary>What the rule demands, in a sentence.</summary>
    public string Checks { get; }

    /// <summary>An entry's member and value that break it.</summary>
    public string Example { get; }

    /// <summary>Where the rule comes from, with its grade: documented, observed, reported or inferred.</summary>
    public string Source { get; }

    /// <summary>
    /// The members whose absence, or whose value of another, breaks the rule. Where one of them was given and could not be
    /// read, the rule is silent: the entry says more than what was read of it.
    /// </summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>True for a rule that speaks only where -IncludeRule names it.</summary>
    public bool IsOffByDefault { get; init; }

    /// <summary>When a break is a warning although <see cref="Severity"/> says error; null for never.</summary>
    public string? WarningWhen { get; }
}
