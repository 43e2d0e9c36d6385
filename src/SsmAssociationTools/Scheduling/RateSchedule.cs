using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Scheduling;

/// <summary>A fixed interval, counted from the first run.</summary>
internal sealed class RateSchedule : Schedule
{
    private readonly string _unit;

    public RateSchedule(int value, string unit, TimeSpan interval)
    {
        Value = value;
        _unit = unit;
        Interval = interval;
    }

    public override ScheduleKind Kind => ScheduleKind.Rate;

    /// <summary>How many units, as written.</summary>
    public int Value { get; }

    /// <summary>The time between two runs: 30 minutes or more, less than 31 days.</summary>
    public TimeSpan Interval { get; }

    public override string Describe(int offsetDays = 0) =>
        Value == 1 ? "every " + _unit : FormattableString.Invariant($"every {Value} {_unit}s");

    protected override IEnumerable<DateTime> Runs(DateTime from, int offsetDays, DateTime start)
    {
        long step = Interval.Ticks;
        long steps = from < start ? 0 : ((from.Ticks - start.Ticks) / step) + 1;
        for (long ticks = start.Ticks + (steps * step); ticks <= DateTime.MaxValue.Ticks; ticks += step)
        {
            yield return new DateTime(ticks, DateTimeKind.Utc);
        }
    }
}
