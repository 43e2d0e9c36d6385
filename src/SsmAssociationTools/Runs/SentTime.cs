using System;

namespace SsmAssociationTools.Runs;

/// <summary>When an entry was first sent, as three clocks had it.</summary>
/// <param name="LocalTime">UTC by the clock of the machine that sent it.</param>
/// <param name="Uptime">By the clock that nobody can set; null where an earlier run sent it.</param>
/// <param name="ServiceTime">UTC by the service's clock, as it was known then; null where it was not.</param>
internal sealed record SentTime(DateTime LocalTime, TimeSpan? Uptime, DateTime? ServiceTime);
