using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Completion;

/// <summary>Completes -IncludeRule with the rules that are off by default.</summary>
internal sealed class SilentRuleCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound)
    {
        foreach (RuleDefinition rule in RuleCatalog.All)
        {
            if (rule.IsOffByDefault)
            {
                yield return new Choice(rule.Id, $"{rule.Severity}: {rule.Checks}");
            }
        }
    }
}
