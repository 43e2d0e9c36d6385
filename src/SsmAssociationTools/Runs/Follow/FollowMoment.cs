using System;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>What the clocks say in the moment in which something is decided.</summary>
/// <param name="Uptime">By the clock that nobody can set.</param>
/// <param name="UtcNow">By this machine's clock.</param>
/// <param name="Service">By the service's clock, as far as its answers told it; null before the first that did.</param>
/// <param name="Lag">How long it may take until lists show what is there.</param>
internal readonly record struct FollowMoment(TimeSpan Uptime, DateTime UtcNow, DateTime? Service, TimeSpan Lag);
