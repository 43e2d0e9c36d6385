using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Validation;

/// <summary>All rules of the module, as docs/rules.md lists them.</summary>
internal static class RuleCatalog
{
    /// <summary>Every rule, with unique ids.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } =
    [
        .. ReadingRules.All,
        .. FieldConstraints.Rules,
        .. TextRules.All,
        .. TargetRules.All,
        .. TargetKeyRules.All,
        .. ScheduleRules.All,
        .. ScheduleOptionRules.All,
        .. DocumentRules.All,
        .. ParameterRules.All,
        .. LocationRules.All,
        .. RunRules.All,
        .. UpdateRules.All,
        .. ServiceRules.All,
    ];

    private static readonly HashSet<string> s_silent = new(All.Where(static rule => rule.IsOffByDefault).Select(static rule => rule.Id), StringComparer.Ordinal);

    /// <summary>Finds the rules that patterns name.</summary>
    /// <param name="patterns">Ids of rules to turn off, in which * stands for any text and ? for one character; upper and lower case are the same.</param>
    /// <param name="included">Ids of rules to turn on that are off by default.</param>
    public static RuleExclusion Exclude(IEnumerable<string?>? patterns, IEnumerable<string?>? included = null)
    {
        var unknown = new List<string>();
        return new RuleExclusion(Find(patterns, unknown), Find(included, unknown), s_silent, unknown);
    }

    private static HashSet<string> Find(IEnumerable<string?>? patterns, List<string> unknown)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (string? pattern in patterns ?? [])
        {
            string text = pattern?.Trim() ?? string.Empty;
            bool hasMatch = false;
            foreach (RuleDefinition rule in All)
            {
                if (Wildcard.IsMatch(rule.Id, text))
                {
                    ids.Add(rule.Id);
                    hasMatch = true;
                }
            }

            if (!hasMatch)
            {
                unknown.Add(text);
            }
        }

        return ids;
    }
}
