using System;
using System.Management.Automation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Commands;

/// <summary>Reads -ExcludeRule.</summary>
internal static class ExcludedRules
{
    /// <summary>Finds the rules that patterns name, and warns of a pattern that fits none: the user means something that does not happen.</summary>
    public static Func<string, bool>? Read(Cmdlet command, string[] patterns)
    {
        RuleExclusion exclusion = RuleCatalog.Exclude(patterns);
        foreach (string unknown in exclusion.Unknown)
        {
            command.WriteWarning(VisibleText.Of($"-ExcludeRule '{unknown}' fits no rule; docs/rules.md lists the ids."));
        }

        return exclusion.IsExcluded;
    }
}
