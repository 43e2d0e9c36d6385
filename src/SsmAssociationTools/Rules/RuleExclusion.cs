using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Rules;

/// <summary>The rules that a user turned off, or on, by patterns.</summary>
internal sealed class RuleExclusion
{
    /// <param name="ids">Rules that are turned off.</param>
    /// <param name="included">Rules that are turned on; what is turned off stays off.</param>
    /// <param name="silent">Rules that are off by default.</param>
    /// <param name="unknown">Patterns that fit no rule.</param>
    public RuleExclusion(ISet<string> ids, ISet<string> included, ISet<string> silent, IReadOnlyList<string> unknown)
    {
        Ids = ids;
        Unknown = unknown;
        IsExcluded = ids.Count == 0 && included.Count == 0 ? null : id => ids.Contains(id) || (silent.Contains(id) && !included.Contains(id));
    }

    /// <summary>Ids of the rules that are turned off.</summary>
    public ISet<string> Ids { get; }

    /// <summary>Patterns that fit no rule; worth a warning.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>What <see cref="IssueCollector"/> takes; null where every rule is as it is by default.</summary>
    public Func<string, bool>? IsExcluded { get; }
}
