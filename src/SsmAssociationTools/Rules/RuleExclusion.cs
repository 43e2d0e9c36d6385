using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Rules;

/// <summary>The rules that a user turned off by patterns.</summary>
internal sealed class RuleExclusion
{
    public RuleExclusion(ISet<string> ids, IReadOnlyList<string> unknown)
    {
        Ids = ids;
        Unknown = unknown;
        IsExcluded = ids.Count == 0 ? null : ids.Contains;
    }

    /// <summary>Ids of the rules that are turned off.</summary>
    public ISet<string> Ids { get; }

    /// <summary>Patterns that fit no rule; worth a warning.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>What <see cref="IssueCollector"/> takes; null when no rule is turned off.</summary>
    public Func<string, bool>? IsExcluded { get; }
}
