namespace SsmAssociationTools.Gateway;

/// <summary>A parameter of a document, as DescribeDocument tells it: without allowed values, which its content has.</summary>
internal sealed class DocumentParameterRecord
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>String or StringList; there may be new words.</summary>
    public string? Type { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Its default, a list as JSON; null where the parameter is required.</summary>
    public string? DefaultValue { get; init; }
}
