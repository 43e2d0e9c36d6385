using System;

namespace SsmAssociationTools.Reports;

/// <summary>When one schedule runs in the week of a report. Shared by the entries that have it.</summary>
internal sealed class ScheduledRuns
{
    /// <summary>Makes a count.</summary>
    /// <param name="text">The schedule in words.</param>
    /// <param name="next">The next run, also after the week, in UTC; null where there is none.</param>
    /// <param name="hours">For each run of the week the hour of the timeline in which it begins.</param>
    public ScheduledRuns(string text, DateTime? next, int[] hours)
    {
        Text = text;
        Next = next;
        Hours = hours;
    }

    /// <summary>The schedule in words.</summary>
    public string Text { get; }

    /// <summary>The next run, also after the week, in UTC; null where there is none.</summary>
    public DateTime? Next { get; }

    /// <summary>For each run of the week the hour of the timeline in which it begins.</summary>
    public int[] Hours { get; }
}
