namespace SsmAssociationTools.Gateway;

/// <summary>A document with its content, which is asked for as JSON.</summary>
internal sealed class DocumentContent
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>The version of the content.</summary>
    public string? DocumentVersion { get; init; }

    /// <summary>Active, or why it is not.</summary>
    public string? Status { get; init; }

    /// <summary>Command, Automation, Policy and so on.</summary>
    public string? DocumentType { get; init; }

    /// <summary>Form of the content: JSON, or what the service has where it cannot be JSON.</summary>
    public string? DocumentFormat { get; init; }

    /// <summary>The content; null where the service gives none.</summary>
    public string? Content { get; init; }
}
