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

    /// <summary>Entries with a schedule that are not there yet and also run when they are created.</summary>
    public int EntriesAlsoAtCreation { get; private set; }

    /// <summary>Entries without a schedule that are not there yet.</summary>
    public int EntriesOnceAtCreation { get; private set; }

    /// <summary>Rows that are not counted, because no association exists or would be created.</summary>
    public int NotCounted { get; private set; }

    /// <summary>True where a rate was counted from the moment of the report, for want of a better one.</summary>
    public bool HasAssumedRate { get; private set; }

    /// <summary>Counts an entry, and tells the row when it runs next.</summary>
    public void Add(ReportRow row)
    {
        ScheduledRuns? runs = row.Entry is null || string.IsNullOrEmpty(row.Entry.ScheduleExpression) ? null : RunsOf(row, row.Entry);
        row.ScheduleText = runs?.Text;
        if (!row.HasRuns)
        {
            NotCounted++;
            return;
        }

        row.NextRun = runs?.Next;
        bool isNew = row.AssociationId is null;
        if (string.IsNullOrEmpty(row.Entry?.ScheduleExpression))
        {
            EntriesOnce++;
            EntriesOnceAtCreation += isNew ? 1 : 0;
            return;
        }

        // An at() never runs at creation; the rules want ApplyOnlyAtCronInterval with it.
        EntriesAlsoAtCreation += isNew && row.Entry!.ApplyOnlyAtCronInterval != true ? 1 : 0;
        if (runs is null || runs.Hours.Length == 0)
        {
            EntriesLater++;
            return;
        }

        Count(row.Entry!.Name ?? string.Empty, runs);
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
            .Select(hour => new BusyHour(FirstDay.AddHours(hour), Totals[hour], _documents.Values.Count(document => document.Hours[hour] > 0)))];

    private void Count(string name, ScheduledRuns runs)
    {
        if (!_documents.TryGetValue(name, out DocumentRuns? document))
        {
            document = new DocumentRuns(name, Totals.Length);
            _documents.Add(name, document);
        }

        EntriesWithRuns++;
        Runs += runs.Hours.Length;
        document.Entries++;
        document.Runs += runs.Hours.Length;
        document.FirstRun = runs.Next!.Value < document.FirstRun ? runs.Next.Value : document.FirstRun;
        foreach (int hour in runs.Hours)
        {
            Totals[hour]++;
            document.Hours[hour]++;
        }
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
