using System;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>An association that exists, or existed.</summary>
public sealed class Association
{
    public required string Id { get; init; }

    public required string Place { get; init; }

    /// <summary>The entry as it was sent.</summary>
    public required JsonObject Content { get; init; }

    public required string Key { get; init; }

    /// <summary>When it was created, by the clock of the machine that did it.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>When it was created, by a clock that never steps.</summary>
    public required DateTimeOffset TrueTime { get; init; }

    /// <summary>The call that created it; 0 where it was there before.</summary>
    public required int Call { get; init; }

    public int Version { get; set; } = 1;

    public bool IsDeleted { get; set; }
}
