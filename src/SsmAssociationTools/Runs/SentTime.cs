using System;

namespace SsmAssociationTools.Runs;

/// <summary>When an entry was first sent, as four clocks had it.</summary>
/// <param name="LocalTime">UTC by the clock of the machine that sent it.</param>
/// <param name="Uptime">By the clock that nobody can set; null where an earlier run sent it.</param>
/// <param name="ServiceTime">UTC by the clock that dates the service's answers, as it was known then; null where it was not.</param>
/// <param name="RecordTime">UTC by the clock that dates what is created, at the earliest; null before the first record of a call was seen.</param>
internal sealed record SentTime(DateTime LocalTime, TimeSpan? Uptime, DateTime? ServiceTime, DateTime? RecordTime = null);
