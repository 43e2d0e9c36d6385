using System;
using System.Management.Automation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>Reads -ExcludeRule and -IncludeRule.</summary>
internal static class ExcludedRules
{
    /// <summary>Finds the rules that patterns name, and warns of a pattern that fits none: the user means something that does not happen.</summary>
    public static Func<string, bool>? Read(Cmdlet command, string[] patterns, string[] included)
    {
        RuleExclusion exclusion = RuleCatalog.Exclude(patterns, included);
        foreach (string unknown in exclusion.Unknown)
        {
            command.WriteWarning(VisibleText.Of($"{(Array.Exists(patterns, pattern => pattern?.Trim() == unknown) ? "-ExcludeRule" : "-IncludeRule")} '{unknown}' fits no rule; docs/rules.md lists the ids."));
        }

        return exclusion.IsExcluded;
    }
}
