using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Runs.Online;

/// <summary>What the service, or a file in its place, says of a document.</summary>
internal sealed class SeenDocument
{
    /// <summary>The document as the rules take it; null where the service knows none, or says nothing.</summary>
    public KnownDocument? Known { get; init; }

    /// <summary>Why it could not be described; null where it was.</summary>
    public GatewayException? Failure { get; init; }

    /// <summary>Why its content could not be read; null where it was.</summary>
    public string? ContentProblem { get; init; }

    /// <summary>Active, or why it is not.</summary>
    public string? Status { get; init; }

    /// <summary>The kind of resource that it is for; null for any.</summary>
    public string? TargetType { get; init; }

    /// <summary>The platforms that it runs on; null where the service does not say.</summary>
    public IReadOnlyList<string>? Platforms { get; init; }
}
