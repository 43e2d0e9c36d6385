using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Reports;

/// <summary>All that a report says, before it is written: the rows, and what is counted of them.</summary>
internal sealed class Report
{
    private readonly List<ReportRow> _rows = [];
    private readonly Dictionary<ReportStatus, long> _counts = [];
    private readonly string? _title;
    private long _results;
    private long _removals;
    private long _outcomes;

    /// <summary>Begins a report.</summary>
    public Report(string? title, DateTime madeAt, TimeZoneInfo zone)
    {
        _title = title;
        MadeAt = madeAt;
        Zone = zone;
        Timeline = new ReportTimeline(madeAt);
    }

    /// <summary>What the report is called.</summary>
    public string Title => _title ?? "State Manager associations: " + Kind.ToLowerInvariant();

    /// <summary>Whether the rows are a plan, the results of a run, or both.</summary>
    public string Kind => _rows.Count == 0 ? "Nothing to report" : _results == 0 ? "Plan" : IsOfRemoval ? "Results of a removal" : _outcomes == _rows.Count ? "Outcomes" : _results == _rows.Count ? "Results of a run" : "Plan and results";

    /// <summary>True where all rows are of a removal.</summary>
    public bool IsOfRemoval => _rows.Count > 0 && _removals == _rows.Count;

    /// <summary>True where at least one row is a comparison.</summary>
    public bool IsOfComparison => CountOf(ReportStatus.ToCreate) + CountOf(ReportStatus.ToChange) + CountOf(ReportStatus.ToRemove) + CountOf(ReportStatus.Same) > 0;

    /// <summary>True where at least one row is a result.</summary>
    public bool HasResults => _results > 0;

    /// <summary>When it is made, in UTC.</summary>
    public DateTime MadeAt { get; }

    /// <summary>The zone of this computer's clock.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The rows, in the order in which they came.</summary>
    public IReadOnlyList<ReportRow> Rows => _rows;

    /// <summary>The runs of the coming week.</summary>
    public ReportTimeline Timeline { get; }

    /// <summary>The problems of all rows.</summary>
    public ProblemGroups Problems { get; } = new();

    /// <summary>The documents, as the entries name them.</summary>
    public Tally Documents { get; } = new();

    /// <summary>What kinds of targets the entries have.</summary>
    public Tally Targets { get; } = new();

    /// <summary>The ids of nodes that entries name, each as often as it is named.</summary>
    public long NodesNamed { get; private set; }

    /// <summary>The Regions.</summary>
    public Tally Regions { get; } = new();

    /// <summary>The accounts.</summary>
    public Tally Accounts { get; } = new();

    /// <summary>The files that entries were read from.</summary>
    public Tally Files { get; } = new();

    /// <summary>Inputs that are not in the report, because they were no entries.</summary>
    public long LeftOut { get; init; }

    /// <summary>True where entries without a problem are counted and not shown.</summary>
    public bool HasProblemsOnly { get; init; }

    /// <summary>How many rows have a status.</summary>
    public long CountOf(ReportStatus status) => _counts.TryGetValue(status, out long count) ? count : 0;

    /// <summary>Adds a row.</summary>
    public void Add(ReportRow row)
    {
        _rows.Add(row);
        _counts[row.Status] = CountOf(row.Status) + 1;
        _results += row.IsResult ? 1 : 0;
        _removals += row.IsRemoval ? 1 : 0;
        _outcomes += row.Outcome is null ? 0 : 1;
        Timeline.Add(row);
        Problems.Add(row);
        Regions.Add(row.Region);
        Accounts.Add(row.AccountId);
        if (row.Entry is AssociationEntry entry)
        {
            Documents.Add(entry.Name);
            Targets.Add(row.TargetsText is null ? TargetKinds.Of(entry) : null);
            NodesNamed += TargetKinds.NodesNamed(entry);
        }

        if (row.Entry is not null || row.Source is not null)
        {
            Files.Add(FileOf(row.Source));
        }
    }

    private static string? FileOf(string? source)
    {
        int colon = source?.LastIndexOf(':') ?? -1;
        return colon > 0 ? source!.Substring(0, colon) : source;
    }
}
