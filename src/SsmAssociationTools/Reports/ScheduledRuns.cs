using System;

namespace SsmAssociationTools.Reports;

/// <summary>When one schedule runs in the week of a report. Shared by the entries that have it.</summary>
internal sealed class ScheduledRuns
{
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
