using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Documents;

/// <summary>A parameter as its document declares it.</summary>
internal sealed class DocumentParameter
{
    public DocumentParameter(string name, string? type)
    {
        Name = name;
        Type = type ?? "String";
    }

    /// <summary>Name, in the document's case.</summary>
    public string Name { get; }

    /// <summary>The type as the document has it.</summary>
    public string Type { get; }

    /// <summary>What it takes.</summary>
    public ParameterKind Kind => Type switch
    {
        "String" => ParameterKind.Text,
        "StringList" => ParameterKind.List,
        "Integer" => ParameterKind.Integer,
        "Boolean" => ParameterKind.Boolean,
        "StringMap" => ParameterKind.Map,
        "MapList" => ParameterKind.MapList,

        // Runbooks have types such as List<AWS::EC2::Instance::Id> and AWS::IAM::Role::Arn.
        _ when Type.StartsWith("List<AWS::", StringComparison.Ordinal) => ParameterKind.List,
        _ when Type.StartsWith("AWS::", StringComparison.Ordinal) => ParameterKind.Text,
        _ => ParameterKind.Unknown,
    };

    /// <summary>True where it has no default.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The only values that it may have; empty for any.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>What each value must match; null for anything.</summary>
    public JavaPattern? Pattern { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public int? MinChars { get; init; }

    public int? MaxChars { get; init; }
}
