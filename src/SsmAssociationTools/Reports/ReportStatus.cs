using System.Collections.Generic;

namespace SsmAssociationTools.Reports;

/// <summary>What a row of the report says of its entry, in a word or two.</summary>
internal sealed class ReportStatus
{
    /// <summary>A plan: nothing is wrong with the entry.</summary>
    public static readonly ReportStatus Valid = new("Valid", ReportTone.Good, isPlanned: true);

    /// <summary>A plan: the service may accept the entry.</summary>
    public static readonly ReportStatus Warnings = new("Warnings", ReportTone.Warning, isPlanned: true);

    /// <summary>A plan: the association is missing.</summary>
    public static readonly ReportStatus ToCreate = new("To create", ReportTone.Good, isPlanned: true);

    /// <summary>A plan: the association exists, and other than it is wanted.</summary>
    public static readonly ReportStatus ToChange = new("To change", ReportTone.Warning, isPlanned: true);

    /// <summary>A plan: the association exists, and nobody wants it.</summary>
    public static readonly ReportStatus ToRemove = new("To remove", ReportTone.Warning, isPlanned: false);

    /// <summary>A plan: the association exists as it is wanted.</summary>
    public static readonly ReportStatus Same = new("Same", ReportTone.Good, isPlanned: false);

    /// <summary>A result: changed by the run.</summary>
    public static readonly ReportStatus Updated = new("Updated", ReportTone.Good, isPlanned: false);

    /// <summary>A plan or a result: the service would refuse the entry.</summary>
    public static readonly ReportStatus Invalid = new("Invalid", ReportTone.Bad, isPlanned: false);

    /// <summary>A result: created by the run.</summary>
    public static readonly ReportStatus Created = new("Created", ReportTone.Good, isPlanned: false);

    /// <summary>A result: was there already.</summary>
    public static readonly ReportStatus Existing = new("Existing", ReportTone.Good, isPlanned: false);

    /// <summary>A result of a removal: it exists, and other than it was created.</summary>
    public static readonly ReportStatus Changed = new("Changed", ReportTone.Warning, isPlanned: false);

    /// <summary>A result of a removal: deleted.</summary>
    public static readonly ReportStatus Removed = new("Removed", ReportTone.Good, isPlanned: false);

    /// <summary>A result of a removal: was gone already.</summary>
    public static readonly ReportStatus Absent = new("Absent", ReportTone.Idle, isPlanned: false);

    /// <summary>A result: not sent.</summary>
    public static readonly ReportStatus NotAttempted = new("Not attempted", ReportTone.Idle, isPlanned: false);

    /// <summary>A result: sent, and not known what became of it.</summary>
    public static readonly ReportStatus Unknown = new("Unknown", ReportTone.Warning, isPlanned: false);

    /// <summary>A result: refused by the service.</summary>
    public static readonly ReportStatus Failed = new("Failed", ReportTone.Bad, isPlanned: false);

    /// <summary>A result of a start: its run was ordered.</summary>
    public static readonly ReportStatus Started = new("Started", ReportTone.Good, isPlanned: false);

    /// <summary>An outcome: applied on every node that it reached.</summary>
    public static readonly ReportStatus Success = new("Success", ReportTone.Good, isPlanned: false);

    /// <summary>An outcome: given up.</summary>
    public static readonly ReportStatus TimedOut = new("Timed out", ReportTone.Bad, isPlanned: false);

    /// <summary>An outcome: cancelled.</summary>
    public static readonly ReportStatus Cancelled = new("Cancelled", ReportTone.Bad, isPlanned: false);

    /// <summary>An outcome: there was nothing to do.</summary>
    public static readonly ReportStatus Skipped = new("Skipped", ReportTone.Idle, isPlanned: false);

    /// <summary>An outcome: nodes are at it.</summary>
    public static readonly ReportStatus Running = new("Running", ReportTone.Idle, isPlanned: false);

    /// <summary>An outcome: not picked up yet.</summary>
    public static readonly ReportStatus Pending = new("Pending", ReportTone.Idle, isPlanned: false);

    /// <summary>An outcome: nobody picked it up.</summary>
    public static readonly ReportStatus ReachedNobody = new("Reached nobody", ReportTone.Bad, isPlanned: false);

    /// <summary>An outcome: no run is due yet.</summary>
    public static readonly ReportStatus Scheduled = new("Scheduled", ReportTone.Idle, isPlanned: false);

    /// <summary>An outcome: a newer version took over.</summary>
    public static readonly ReportStatus Superseded = new("Superseded", ReportTone.Warning, isPlanned: false);

    /// <summary>An outcome: the association is gone.</summary>
    public static readonly ReportStatus Deleted = new("Deleted", ReportTone.Warning, isPlanned: false);

    /// <summary>An outcome: there never was an association.</summary>
    public static readonly ReportStatus NotCreated = new("Not created", ReportTone.Idle, isPlanned: false);

    private ReportStatus(string name, ReportTone tone, bool isPlanned)
    {
        Name = name;
        Tone = tone;
        IsPlanned = isPlanned;
    }

    /// <summary>All of them, in the order in which they are counted.</summary>
    public static IReadOnlyList<ReportStatus> All { get; } =
    [
        Valid, ToCreate, ToChange, ToRemove, Same, Created, Updated, Existing, Removed, Started, Success, Absent, Skipped, Scheduled, Running, Pending, NotCreated,
        Changed, Superseded, Deleted, Warnings, NotAttempted, Unknown, Invalid, Failed, TimedOut, Cancelled, ReachedNobody,
    ];

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The colour.</summary>
    public ReportTone Tone { get; }

    /// <summary>True where an entry with this status would be created, or its association changed.</summary>
    public bool IsPlanned { get; }

    /// <summary>The status of a result.</summary>
    public static ReportStatus Of(AssociationStatus status) => status switch
    {
        AssociationStatus.Created => Created,
        AssociationStatus.Updated => Updated,
        AssociationStatus.Existing => Existing,
        AssociationStatus.Failed => Failed,
        AssociationStatus.Invalid => Invalid,
        AssociationStatus.Unknown => Unknown,
        _ => NotAttempted,
    };

    /// <summary>The status of a removal.</summary>
    public static ReportStatus Of(RemovalStatus status) => status switch
    {
        RemovalStatus.Removed => Removed,
        RemovalStatus.Absent => Absent,
        RemovalStatus.Changed => Changed,
        RemovalStatus.Failed => Failed,
        RemovalStatus.Invalid => Invalid,
        RemovalStatus.Unknown => Unknown,
        _ => NotAttempted,
    };

    /// <summary>The status of a start.</summary>
    public static ReportStatus Of(StartStatus status) => status switch
    {
        StartStatus.Started => Started,
        StartStatus.Failed => Failed,
        StartStatus.Unknown => Unknown,
        _ => NotAttempted,
    };

    /// <summary>The status of an outcome.</summary>
    public static ReportStatus Of(OutcomeStatus status) => status switch
    {
        OutcomeStatus.Success => Success,
        OutcomeStatus.Failed => Failed,
        OutcomeStatus.TimedOut => TimedOut,
        OutcomeStatus.Cancelled => Cancelled,
        OutcomeStatus.Skipped => Skipped,
        OutcomeStatus.Running => Running,
        OutcomeStatus.Pending => Pending,
        OutcomeStatus.ReachedNobody => ReachedNobody,
        OutcomeStatus.Scheduled => Scheduled,
        OutcomeStatus.Superseded => Superseded,
        OutcomeStatus.Deleted => Deleted,
        OutcomeStatus.NotCreated => NotCreated,
        _ => Unknown,
    };

    /// <summary>The status of an entry that was checked.</summary>
    public static ReportStatus Of(AssociationEntry? entry, IReadOnlyList<EntryIssue> issues)
    {
        ReportStatus status = entry is null ? Invalid : Valid;
        foreach (EntryIssue issue in issues)
        {
            if (issue.Level == IssueSeverity.Error)
            {
                return Invalid;
            }

            status = status == Valid && issue.Level == IssueSeverity.Warning ? Warnings : status;
        }

        return status;
    }
}
