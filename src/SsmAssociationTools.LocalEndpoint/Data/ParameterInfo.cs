using System.Collections.Generic;
using SsmAssociationTools.LocalEndpoint.Model;

namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>A parameter that a document declares.</summary>
internal sealed class ParameterInfo
{
    public ParameterInfo(string name) => Name = name;

    public string Name { get; }

    /// <summary>Whether an entry must give a value.</summary>
    public bool IsRequired { get; init; }

    /// <summary>String, StringList, Integer, Boolean, MapList or StringMap.</summary>
    public string Type { get; init; } = "String";

    public string? Description { get; init; }

    public string? DisplayType { get; init; }

    /// <summary>The default as JSON; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>Values it may have; empty for any.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>What each value must match; null for anything.</summary>
    public JavaPattern? Pattern { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public int? MinChars { get; init; }

    public int? MaxChars { get; init; }

    /// <summary>Whether it takes more than one value.</summary>
    public bool IsList => Type is "StringList" or "MapList";
}
