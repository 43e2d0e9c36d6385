using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Scheduling;

/// <summary>A schedule that was understood: when it runs and how to say so. All times are UTC. Immutable.</summary>
internal abstract class Schedule
{
    /// <summary>The form of the expression.</summary>
    public abstract ScheduleKind Kind { get; }

    /// <summary>True for a cron expression that names a certain week of the month, which ScheduleOffset needs.</summary>
    public virtual bool IsNthWeekday => false;

    /// <summary>True for a cron expression that names the last of a weekday in the month.</summary>
    public virtual bool IsLastWeekday => false;

    /// <summary>
    /// The runs after a moment, earliest first, computed as they are asked for. Ends with the year 9999, or after the
    /// only run of an at expression.
    /// </summary>
    /// <param name="fromUtc">Only runs later than this moment; a local time is converted, an unspecified one is UTC.</param>
    /// <param name="offsetDays">ScheduleOffset: days (0 to 6) added to every time that a cron expression names.</param>
    /// <param name="startUtc">When a rate began to count; null counts from <paramref name="fromUtc"/>.</param>
    public IEnumerable<DateTime> NextRuns(DateTime fromUtc, int offsetDays = 0, DateTime? startUtc = null)
    {
        if (offsetDays is < 0 or > 6)
        {
            throw new ArgumentOutOfRangeException(nameof(offsetDays), offsetDays, "An offset is 0 to 6 days.");
        }

        DateTime from = ToUtc(fromUtc);
        return Runs(from, offsetDays, startUtc is DateTime start ? ToUtc(start) : from);
    }

    /// <summary>The schedule in words.</summary>
    /// <param name="offsetDays">ScheduleOffset: days (0 to 6) added to every time that a cron expression names.</param>
    public abstract string Describe(int offsetDays = 0);

    /// <summary>The runs later than a moment.</summary>
    protected abstract IEnumerable<DateTime> Runs(DateTime from, int offsetDays, DateTime start);

    private static DateTime ToUtc(DateTime time) =>
        time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
