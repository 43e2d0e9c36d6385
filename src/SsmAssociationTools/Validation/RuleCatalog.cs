using System;
using System.Collections.Generic;
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

    /// <summary>Finds the rules that patterns name.</summary>
    /// <param name="patterns">Ids, in which * stands for any text and ? for one character; upper and lower case are the same.</param>
    public static RuleExclusion Exclude(IEnumerable<string?>? patterns)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var unknown = new List<string>();
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

        return new RuleExclusion(ids, unknown);
    }
}
