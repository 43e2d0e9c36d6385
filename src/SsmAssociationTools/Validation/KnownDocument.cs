using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Validation;

/// <summary>What is known of a document of AWS without asking the service. What is not known is left open, never guessed.</summary>
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
