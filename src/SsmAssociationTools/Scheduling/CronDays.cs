namespace SsmAssociationTools.Scheduling;

/// <summary>Which days a cron expression names.</summary>
internal enum CronDays
{
    /// <summary>Every day.</summary>
    Every,

    /// <summary>One weekday, every week.</summary>
    Weekday,

    /// <summary>The nth of a weekday in the month.</summary>
    NthWeekday,

    /// <summary>The last of a weekday in the month.</summary>
    LastWeekday,

    /// <summary>The last day of the month.</summary>
    LastOfMonth,
}
