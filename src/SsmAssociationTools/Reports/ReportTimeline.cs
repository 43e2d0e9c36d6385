using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Reports;

/// <summary>
/// Counts the runs of seven days by document and hour, from the moment of the report on. It is drawn over whole days of
/// UTC, seven or eight of them, of which the first and the last are partly outside of the week.
/// </summary>
internal sealed class ReportTimeline
{
    private const int HoursOfDay = 24;

    private readonly ScheduleCache _schedules = new();
    private readonly Dictionary<string, ScheduledRuns> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DocumentRuns> _documents = new(StringComparer.Ordinal);

    /// <summary>Begins a count.</summary>
    public ReportTimeline(DateTime fromUtc)
    {
        From = fromUtc;
        To = fromUtc.AddDays(7);
        FirstDay = fromUtc.Date;
        Days = (int)Math.Ceiling((To - FirstDay).TotalDays);
        Totals = new int[Days * HoursOfDay];
        AtOnce = new int[Totals.Length];
    }

    /// <summary>The moment of the report, in UTC.</summary>
    public DateTime From { get; }

    /// <summary>The end of the week; a run at this moment is not counted.</summary>
    public DateTime To { get; }

    /// <summary>Midnight before <see cref="From"/>: where the drawing begins.</summary>
    public DateTime FirstDay { get; }

    /// <summary>Days that are drawn: 7 or 8.</summary>
    public int Days { get; }

    /// <summary>Runs that begin in each hour from <see cref="FirstDay"/> on.</summary>
    public int[] Totals { get; }

    /// <summary>Runs of the week.</summary>
    public long Runs { get; private set; }

    /// <summary>Entries that have a run in the week.</summary>
    public int EntriesWithRuns { get; private set; }

    /// <summary>Entries with a schedule that has no run in the week.</summary>
    public int EntriesLater { get; private set; }

    /// <summary>Entries without a schedule: they run once, when they are created.</summary>
    public int EntriesOnce { get; private set; }

    /// <summary>Entries that would run as soon as they are created or changed. They count in the hour of the report.</summary>
    public int EntriesAtOnce { get; private set; }

    /// <summary>Entries that ran as soon as a run created or changed them. They count in the hour in which that was.</summary>
    public int EntriesThatRan { get; private set; }

    /// <summary>Runs by hour that are due because an association is or was created or changed.</summary>
    public int[] AtOnce { get; }

    /// <summary>Rows that are not counted, because no association exists or would be created.</summary>
    public int NotCounted { get; private set; }

    /// <summary>Rows that are not counted, because their association is to be removed.</summary>
    public int ToBeRemoved { get; private set; }

    /// <summary>Rows that are not counted, because their association is gone.</summary>
    public int Removed { get; private set; }

    /// <summary>True where a rate was counted from the moment of the report, for want of a better one.</summary>
    public bool HasAssumedRate { get; private set; }

    /// <summary>Counts an entry, and tells the row when it runs next.</summary>
    public void Add(ReportRow row)
    {
        ScheduledRuns? runs = row.Entry is null || string.IsNullOrEmpty(row.Entry.ScheduleExpression) ? null : RunsOf(row, row.Entry);
        row.ScheduleText = runs?.Text;
        if (!row.HasRuns)
        {
            bool isGone = row.Status == ReportStatus.Removed || row.Status == ReportStatus.Absent;
            Removed += isGone ? 1 : 0;
            ToBeRemoved += row.Status == ReportStatus.ToRemove ? 1 : 0;
            NotCounted += isGone || row.Status == ReportStatus.ToRemove ? 0 : 1;
            return;
        }

        row.NextRun = runs?.Next;
        int? hour = HourAtOnce(row);
        bool hasSchedule = !string.IsNullOrEmpty(row.Entry?.ScheduleExpression);
        EntriesOnce += hasSchedule ? 0 : 1;
        bool isLater = hasSchedule && (runs is null || runs.Hours.Length == 0);
        EntriesLater += isLater ? 1 : 0;
        if (hour is not null || (hasSchedule && !isLater))
        {
            Count(row.Entry?.Name ?? string.Empty, hasSchedule && !isLater ? runs : null, hour);
        }
    }

    /// <summary>The hour in which an association runs, or ran, because of its new content; null where it does not, or the drawing does not reach back.</summary>
    private int? HourAtOnce(ReportRow row)
    {
        // An at() never runs at creation; the rules want ApplyOnlyAtCronInterval with it.
        if (!row.IsNewContent || row.Entry is null || row.Entry.ApplyOnlyAtCronInterval == true)
        {
            return null;
        }

        row.RunsNow = row.ContentFrom is null;
        EntriesAtOnce += row.RunsNow ? 1 : 0;
        EntriesThatRan += row.RunsNow ? 0 : 1;
        DateTime at = row.ContentFrom ?? From;
        return at >= FirstDay && at <= From ? (int)((at - FirstDay).Ticks / TimeSpan.TicksPerHour) : null;
    }

    /// <summary>The documents that have runs, most runs first.</summary>
    public IReadOnlyList<DocumentRuns> Documents() =>
        [.. _documents.Values.OrderByDescending(document => document.Runs).ThenBy(document => document.Name, StringComparer.Ordinal)];

    /// <summary>The hours with the most runs, the busiest first and of equal ones the earliest.</summary>
    public IReadOnlyList<BusyHour> Busiest(int count) =>
        [.. Enumerable.Range(0, Totals.Length)
            .Where(hour => Totals[hour] > 0)
            .OrderByDescending(hour => Totals[hour])
            .ThenBy(hour => hour)
            .Take(count)
            .Select(hour => new BusyHour(FirstDay.AddHours(hour), Totals[hour], AtOnce[hour], _documents.Values.Count(document => document.Hours[hour] > 0)))];

    private void Count(string name, ScheduledRuns? runs, int? atOnce)
    {
        if (!_documents.TryGetValue(name, out DocumentRuns? document))
        {
            document = new DocumentRuns(name, Totals.Length);
            _documents.Add(name, document);
        }

        EntriesWithRuns++;
        document.Entries++;
        if (atOnce is { } first)
        {
            AtOnce[first]++;
            Count(document, first);
        }

        if (runs is not null)
        {
            document.FirstRun = runs.Next!.Value < document.FirstRun ? runs.Next.Value : document.FirstRun;
            foreach (int hour in runs.Hours)
            {
                Count(document, hour);
            }
        }
    }

    private void Count(DocumentRuns document, int hour)
    {
        Runs++;
        document.Runs++;
        Totals[hour]++;
        document.Hours[hour]++;
    }

    private ScheduledRuns? RunsOf(ReportRow row, AssociationEntry entry)
    {
        string expression = entry.ScheduleExpression!;
        int offset = Math.Max(0, Math.Min(6, entry.ScheduleOffset ?? 0));
        if (_schedules.Get(expression).Schedule is not { } schedule)
        {
            return null;
        }

        if (schedule.Kind == ScheduleKind.Rate)
        {
            HasAssumedRate |= row.HasRuns && row.CountedFrom is null;
            if (row.CountedFrom is DateTime start && start <= From)
            {
                return Count(schedule, offset, start);
            }
        }

        string key = offset.ToString(CultureInfo.InvariantCulture) + expression;
        if (!_known.TryGetValue(key, out ScheduledRuns? runs))
        {
            runs = Count(schedule, offset, null);
            _known.Add(key, runs);
        }

        return runs;
    }

    private ScheduledRuns Count(Schedule schedule, int offset, DateTime? start)
    {
        var hours = new List<int>();
        DateTime? next = null;
        foreach (DateTime run in schedule.NextRuns(From, offset, start))
        {
            next ??= run;
            if (run >= To)
            {
                break;
            }

            hours.Add((int)((run - FirstDay).Ticks / TimeSpan.TicksPerHour));
        }

        return new ScheduledRuns(schedule.Describe(offset), next, [.. hours]);
    }
}
