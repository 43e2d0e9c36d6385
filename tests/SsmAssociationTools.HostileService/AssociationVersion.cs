using System;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>A content that an association has, or had.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Content">The members as they were sent, or as the service left them.</param>
/// <param name="Date">By the clock of the machine that made it.</param>
/// <param name="Call">The call that made it; 0 where somebody else did.</param>
public sealed record AssociationVersion(int Number, JsonObject Content, DateTimeOffset Date, int Call)
{
    public string Key { get; } = Canonical.Of(Content);

    /// <summary>When it was made, by a clock that never steps.</summary>
    public DateTimeOffset Made { get; init; } = DateTimeOffset.UtcNow;
}
