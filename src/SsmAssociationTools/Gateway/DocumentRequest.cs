namespace SsmAssociationTools.Gateway;

/// <summary>A document to describe or to get.</summary>
internal sealed class DocumentRequest
{
    public DocumentRequest(string name) => Name = name;

    /// <summary>Name or ARN of the document.</summary>
    public string Name { get; }

    /// <summary>Version: a number, $DEFAULT or $LATEST; null for the default.</summary>
    public string? DocumentVersion { get; init; }
}
