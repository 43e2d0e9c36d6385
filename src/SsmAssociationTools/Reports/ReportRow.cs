using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Reports;

/// <summary>
/// One entry as the report shows it, whatever it came as: an entry, a verdict or a result. Does not hold on to the object
/// of the pipeline. No member but <see cref="Entry"/> holds a value of Parameters, and of that only the names are shown.
/// </summary>
internal sealed class ReportRow
{
    private readonly string? _source;
    private readonly string? _path;

    public ReportRow(long index, ReportStatus status, AssociationEntry? entry)
    {
        Index = index;
        Status = status;
        Entry = entry;
    }

    /// <summary>Place in the input, from 0.</summary>
    public long Index { get; }

    /// <summary>What there is to say of it.</summary>
    public ReportStatus Status { get; }

    /// <summary>The entry; null where the input could not be read as one.</summary>
    public AssociationEntry? Entry { get; }

    /// <summary>File and line; null where the input comes from no file.</summary>
    public string? Source { get => _source ?? Entry?.Source; init => _source = value; }

    /// <summary>Full path of the file; null where only its name is known.</summary>
    public string? Path { get => _path ?? Entry?.SourcePath; init => _path = value; }

    /// <summary>True where the row tells what became of an entry, false where it tells what is planned.</summary>
    public bool IsResult { get; init; }

    /// <summary>True where the association exists, or would if the plan were carried out: its runs are counted.</summary>
    public bool HasRuns { get; init; }

    /// <summary>
    /// True where the association gets a content that is new to it, so that it runs at once unless its entry says otherwise:
    /// it is created or changed, or was.
    /// </summary>
    public bool IsNewContent { get; init; }

    /// <summary>When it got that content, in UTC; null where it is planned.</summary>
    public DateTime? ContentFrom { get; init; }

    /// <summary>True where the row is of a removal, whose associations run no more.</summary>
    public bool IsRemoval { get; init; }

    /// <summary>What it runs on, in short, where the entry does not tell.</summary>
    public string? TargetsText { get; init; }

    /// <summary>What to look at where nothing is wrong; null where there is nothing.</summary>
    public RowNotice? Notice { get; init; }

    /// <summary>True where it would run as soon as the plan is carried out.</summary>
    public bool RunsNow { get; set; }

    /// <summary>When a rate() began to count, in UTC; null where the association is not there yet.</summary>
    public DateTime? CountedFrom { get; init; }

    /// <summary>How many nodes the targets selected when that was looked at; null where it was not, or cannot be.</summary>
    public int? NodeCount { get; init; }

    /// <summary>The problems found before sending.</summary>
    public IReadOnlyList<EntryIssue> Issues { get; init; } = [];

    /// <summary>True where there is an error or a warning, or the entry did not get where it was to get.</summary>
    public bool HasProblem => Status.Tone != ReportTone.Good || Issues.Any(static issue => issue.Level != IssueSeverity.Information);

    /// <summary>The Region; null where it is not known.</summary>
    public string? Region { get; init; }

    /// <summary>The account, 12 digits; null where it is not known.</summary>
    public string? AccountId { get; init; }

    /// <summary>Id of the association; null where there is none.</summary>
    public string? AssociationId { get; init; }

    /// <summary>The code of the error; null without one, and where <see cref="Issues"/> say it all.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>What happened, in a sentence; null where there is nothing to say, and where <see cref="Issues"/> say it all.</summary>
    public string? Message { get; init; }

    /// <summary>What to do next; null where there is nothing to do.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>The service's id of the last call that carried the entry.</summary>
    public string? RequestId { get; init; }

    /// <summary>What the message is called where equal problems are put together; null for the message itself.</summary>
    public string? Problem { get; init; }

    /// <summary>How it turned out on its nodes; null for anything but an outcome.</summary>
    public ReportOutcome? Outcome { get; init; }

    /// <summary>The next run after the report was made, in UTC, as far as the schedule tells; null where there is none.</summary>
    public DateTime? NextRun { get; set; }

    /// <summary>The schedule in words; null where there is none that can be read.</summary>
    public string? ScheduleText { get; set; }
}
