using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Completion;

/// <summary>Completes AutomationTargetParameterName with the parameters that the runbook of -Name is known to have.</summary>
internal sealed class TargetParameterCompleter : ChoiceCompleter
{
    protected override IEnumerable<Choice> Choices(IDictionary bound)
    {
        if (TextOf(bound, "Name", "DocumentName") is not string name || KnownDocuments.Find(name) is not { Type: DocumentType.Automation } document)
        {
            yield break;
        }

        foreach (string parameter in document.Parameters ?? document.Required)
        {
            yield return new Choice(parameter, $"Each target is given to {name} as its parameter {parameter}.");
        }
    }
}
