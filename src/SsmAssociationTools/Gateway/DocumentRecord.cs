using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>What the service says of a document.</summary>
internal sealed class DocumentRecord
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Account of the owner, or Amazon.</summary>
    public string? Owner { get; init; }

    /// <summary>Active, or why it is not; there may be new words.</summary>
    public string? Status { get; init; }

    /// <summary>More on the status.</summary>
    public string? StatusInformation { get; init; }

    /// <summary>The version that is described.</summary>
    public string? DocumentVersion { get; init; }

    /// <summary>The version that $DEFAULT means.</summary>
    public string? DefaultVersion { get; init; }

    /// <summary>The version that $LATEST means.</summary>
    public string? LatestVersion { get; init; }

    /// <summary>Command, Automation, Policy and so on; there may be new words.</summary>
    public string? DocumentType { get; init; }

    /// <summary>Version of the document's own format, such as 2.2.</summary>
    public string? SchemaVersion { get; init; }

    /// <summary>The kind of resource that the document is for, such as /AWS::EC2::Instance; null for any.</summary>
    public string? TargetType { get; init; }

    /// <summary>The platforms it runs on; null where the service does not say.</summary>
    public IReadOnlyList<string>? PlatformTypes { get; init; }

    /// <summary>Its parameters, without allowed values; null where the service does not say.</summary>
    public IReadOnlyList<DocumentParameterRecord>? Parameters { get; init; }
}
