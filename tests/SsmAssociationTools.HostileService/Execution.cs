using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.HostileService;

/// <summary>One run of an association on its nodes.</summary>
public sealed record Execution(string Id, int Version, DateTimeOffset Created, int Call)
{
    /// <summary>When it was begun, by a clock that never steps.</summary>
    public DateTimeOffset Begun { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>What becomes of it, the first from the beginning on.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    public Phase At(DateTimeOffset now) => Phases.Last(phase => phase.From == TimeSpan.Zero || Begun + phase.From <= now);
}
