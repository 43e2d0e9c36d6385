using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>What a command left behind.</summary>
internal sealed class Outcome
{
    public bool IsLate { get; init; }

    public required IReadOnlyList<PSObject> Output { get; init; }

    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public ErrorRecord? Terminating { get; init; }

    /// <summary>Every text of every stream.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    public IReadOnlyList<SeenResult> Results => [.. Output.Select(SeenResult.Of)];
}
