using System.Collections;
using System.Collections.Generic;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Completion;

/// <summary>Completes the key of a target in the short notation: those for nodes, and those for runbooks where -Name is none of a command.</summary>
internal sealed class TargetCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_forNodes =
    [
        new("InstanceIds=", "Managed nodes by id, separated by commas: 'InstanceIds=i-...,mi-...'"),
        new("InstanceIds=*", "All managed nodes of the account in the Region."),
        new("tag:", "Nodes by a tag and its values: 'tag:Role=web,db'. Several keys, separated by semicolons, must all match."),
        new("tag-key=", "Nodes that have a tag, whatever its value: 'tag-key=Role'"),
        new("resource-groups:Name=", "The members of a resource group, by its name."),
    ];

    private static readonly Choice[] s_forRunbooks =
    [
        new("ParameterValues=", "Runbooks: values for the parameter named by -AutomationTargetParameterName."),
        new("ResourceGroup=", "Runbooks: the members of a resource group, by its name."),
        new("aws:NoOpAutomationTag=AWS-NoOpAutomationTarget-Value", "Runbooks that need no target: runs once."),
    ];

    protected override IEnumerable<Choice> Choices(IDictionary bound)
    {
        foreach (Choice choice in s_forNodes)
        {
            yield return choice;
        }

        if (TextOf(bound, "Name", "DocumentName") is string name && KnownDocuments.Find(name) is { Type: not DocumentType.Automation })
        {
            yield break;
        }

        foreach (Choice choice in s_forRunbooks)
        {
            yield return choice;
        }
    }
}
