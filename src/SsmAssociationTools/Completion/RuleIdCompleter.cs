using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Completion;

/// <summary>Completes -ExcludeRule with the id of every rule and what the rule demands.</summary>
internal sealed class RuleIdCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound)
    {
        foreach (RuleDefinition rule in RuleCatalog.All)
        {
            yield return new Choice(rule.Id, $"{rule.Severity}: {rule.Checks}");
        }
    }
}
