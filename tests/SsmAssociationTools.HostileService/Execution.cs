using System;
using System.Collections.Generic;

namespace SsmAssociationTools.HostileService;

/// <summary>One run of an association on its nodes.</summary>
public sealed record Execution(string Id, int Version, DateTimeOffset Created, int Call)
{
    /// <summary>When it was begun, by a clock that never steps.</summary>
    public DateTimeOffset Begun { get; } = DateTimeOffset.UtcNow;

    /// <summary>When it ends, by a clock that never steps.</summary>
    public required DateTimeOffset Ends { get; init; }

    /// <summary>What each node says in the end. Empty where no node picks it up.</summary>
    public required IReadOnlyList<(string Node, string Status)> Nodes { get; init; }
}
