using System;
using System.Collections.Generic;
using SsmAssociationTools.Documents;

namespace SsmAssociationTools.Validation;

/// <summary>What is known of a document: from the table of this module, from a file, or from the service. What is not known is left open, never guessed.</summary>
internal sealed class KnownDocument
{
    public KnownDocument(string name, DocumentType type)
    {
        Name = name;
        Type = type;
    }

    /// <summary>Name of the document.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public DocumentType Type { get; }

    /// <summary>Whether its schema is 2.0 or later, which excludes InstanceId; null where that is not known.</summary>
    public bool? IsSchema2 { get; init; }

    /// <summary>The parameters that must be given.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>All parameters; null where they are not known.</summary>
    public IReadOnlyList<string>? Parameters { get; init; }

    /// <summary>The only values that a parameter may have, by its name; parameters that are not here may have any.</summary>
    public IReadOnlyDictionary<string, string[]> Allowed { get; init; } = new Dictionary<string, string[]>();

    /// <summary>What its content declares; null where only the table knows it, and then AWS may have changed it since.</summary>
    public DocumentSchema? Schema { get; private init; }

    /// <summary>Where it is known from, as the source of issues: the service, or a file; null for the table.</summary>
    public string? Source { get; private init; }

    /// <summary>The type in the service's word; null where it is one of the types above.</summary>
    public string? OtherType { get; private init; }

    /// <summary>Makes one of what the document itself says.</summary>
    /// <param name="typeName">The type in the service's word; null where it is not known, and then the form of the content tells.</param>
    /// <param name="schema">What the content declares; null where the content is not known.</param>
    /// <param name="version">Version of the document's form; null where the content tells.</param>
    public static KnownDocument Of(string name, string? typeName, DocumentSchema? schema, string? version, string source)
    {
        version ??= schema?.Version;
        DocumentType type = typeName switch
        {
            "Command" or "Policy" => DocumentType.Command,
            "Automation" => DocumentType.Automation,
            "Session" => DocumentType.Session,
            "Package" => DocumentType.Package,
            null when version is "0.3" => DocumentType.Automation,
            null when version is "1.0" => DocumentType.Session,
            null when version is "1.2" or "2.0" or "2.2" => DocumentType.Command,
            "ApplicationConfiguration" or "ApplicationConfigurationSchema" or "AutoApprovalPolicy" or "Automation.ChangeTemplate" or "ChangeCalendar" or "CloudFormation"
                or "ConformancePackTemplate" or "DeploymentStrategy" or "ManualApprovalPolicy" or "ProblemAnalysis" or "ProblemAnalysisTemplate" or "QuickSetup" => DocumentType.Other,

            // There may be new words.
            _ => DocumentType.Unknown,
        };
        var required = new List<string>();
        var allowed = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (DocumentParameter parameter in schema?.Parameters.Values ?? [])
        {
            // State Manager gives the id itself.
            if (parameter.IsRequired && parameter.Name != "AssociationId")
            {
                required.Add(parameter.Name);
            }

            // Whether True is true to the service is not documented.
            if (parameter is { AllowedValues.Count: > 0, Kind: ParameterKind.Text or ParameterKind.List or ParameterKind.Integer })
            {
                allowed[parameter.Name] = [.. parameter.AllowedValues];
            }
        }

        return new KnownDocument(name, type)
        {
            IsSchema2 = type != DocumentType.Command || version is null ? null : version[0] != '1',
            Required = required,
            Parameters = schema?.Names,
            Allowed = allowed,
            Schema = schema,
            Source = source,
            OtherType = type == DocumentType.Other ? typeName : null,
        };
    }

    /// <summary>Whether the document declares a parameter.</summary>
    public bool? Declares(string name)
    {
        if (Parameters is null)
        {
            return null;
        }

        for (int i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i] == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The declared parameter that differs from a name in case only.</summary>
    public string? InOtherCase(string name)
    {
        foreach (string parameter in Parameters ?? [])
        {
            if (string.Equals(parameter, name, StringComparison.OrdinalIgnoreCase) && parameter != name)
            {
                return parameter;
            }
        }

        return null;
    }
}
