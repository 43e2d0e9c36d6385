using System.Collections.Generic;

namespace SsmAssociationTools.HelpCompiler.Pages;

/// <summary>One parameter as its section says it: the description and the attributes of the YAML block.</summary>
internal sealed class PageParameter
{
    /// <summary>The name without its hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>Line of the heading, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The description, a paragraph an item.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>Full name of the .NET type.</summary>
    public required string TypeName { get; init; }

    /// <summary>The default in words; empty where there is none.</summary>
    public required string DefaultValue { get; init; }

    /// <summary>True when the value may hold wildcard characters.</summary>
    public required bool SupportsWildcards { get; init; }

    /// <summary>Other names.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The parameter sets that have the parameter, with its part in each.</summary>
    public required IReadOnlyList<ParameterSetUse> ParameterSets { get; init; }

    /// <summary>True when completion does not offer the parameter.</summary>
    public required bool DontShow { get; init; }

    /// <summary>The only values that the parameter takes; empty where it takes others.</summary>
    public required IReadOnlyList<string> AcceptedValues { get; init; }

    /// <summary>The text that PowerShell shows when it asks for the parameter.</summary>
    public required string HelpMessage { get; init; }

    /// <summary>True for a parameter that takes no value.</summary>
    public bool IsSwitch => TypeName == "System.Management.Automation.SwitchParameter";
}
