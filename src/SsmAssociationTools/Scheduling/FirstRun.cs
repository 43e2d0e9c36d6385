using System;
using System.Globalization;
using System.Linq;

namespace SsmAssociationTools.Scheduling;

/// <summary>Says when a new association would first run.</summary>
internal static class FirstRun
{
    /// <summary>Describes the first run.</summary>
    public static string Describe(AssociationEntry entry, DateTime utcNow)
    {
        if (string.IsNullOrEmpty(entry.ScheduleExpression))
        {
            return "runs once, at once";
        }

        string next = ScheduleExpression.Parse(entry.ScheduleExpression!).Schedule is { } schedule
            ? Next(schedule, utcNow, Math.Max(0, Math.Min(6, entry.ScheduleOffset ?? 0)))
            : "on " + entry.ScheduleExpression;
        return entry.ApplyOnlyAtCronInterval == true ? "first run " + next : "runs at once, then " + next;
    }

    private static string Next(Schedule schedule, DateTime utcNow, int offsetDays)
    {
        foreach (DateTime run in schedule.NextRuns(utcNow, offsetDays).Take(1))
        {
            return run.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        }

        return "never: the time is past";
    }
}
