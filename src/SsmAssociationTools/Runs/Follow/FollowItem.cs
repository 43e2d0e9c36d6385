using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>One input on its way from the pipeline to its outcome.</summary>
internal sealed class FollowItem : RunItem<AssociationOutcome>
{
    public FollowItem(long index, object? inputObject)
        : base(index, inputObject)
    {
    }

    /// <summary>Id of the association; null where none can be read.</summary>
    public Guid? Id { get; set; }

    public override string? AssociationId => Id?.ToString("D");

    /// <summary>Which executions count.</summary>
    public FollowKind Basis { get; set; } = FollowKind.Current;

    /// <summary>The version that the input names; null where the current one counts, and for a start.</summary>
    public string? Version { get; set; }

    /// <summary>Of an outcome that is followed on, its execution.</summary>
    public string? ExecutionId { get; set; }

    /// <summary>Of a start, the service's time after which it was, and before which.</summary>
    public DateTime? StartedAfter { get; set; }

    public DateTime? StartedBefore { get; set; }

    /// <summary>True for a start of which it is not known whether it was one.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>What the input says of the content; null where it says nothing.</summary>
    public AssociationEntry? Content { get; set; }

    public string? Name { get; set; }

    public string? AssociationName { get; set; }

    /// <summary>File and line.</summary>
    public string? Source { get; set; }

    /// <summary>When the association was created, by the service, as far as the input tells.</summary>
    public DateTime? Date { get; set; }

    /// <summary>Why no call is made; null where one is.</summary>
    public FollowRefusal? Refusal { get; set; }

    /// <summary>Fulfilled with the outcome. What follows runs at once, on the thread of the sweep.</summary>
    public TaskCompletionSource<bool> Done { get; } = new();

    /// <summary>When it was first looked at, by the clock that nobody can set; null before.</summary>
    public TimeSpan? Since { get; set; }

    /// <summary>What the list or the description last said of the association; null while it was not seen.</summary>
    public AssociationRecord? Line { get; set; }

    /// <summary>The description, which says more than a line; null while it was not read.</summary>
    public AssociationRecord? Description { get; set; }

    /// <summary>Since when it is not there, by the clock that nobody can set; null while it is.</summary>
    public TimeSpan? MissingSince { get; set; }

    /// <summary>What the line said when the executions were last read; null while they were not.</summary>
    public string? LookedAt { get; private set; }

    /// <summary>Looks in vain since the line last changed.</summary>
    public int Looks { get; private set; }

    /// <summary>When the executions may be read again, by the clock that nobody can set.</summary>
    public TimeSpan NextLook { get; set; }

    /// <summary>The execution that counts, as it was last read; null while there is none.</summary>
    public ExecutionRecord? Execution { get; set; }

    /// <summary>True where no execution is shown, of whatever version.</summary>
    public bool IsBlank { get; set; }

    /// <summary>What its status means; null while there is none.</summary>
    public RunState? State { get; set; }

    /// <summary>Since when the execution is seen that may be an older one, by the clock that nobody can set.</summary>
    public (string? Id, TimeSpan Since)? Doubt { get; set; }

    /// <summary>When it last ran, as the lines say, and since when they say so, by the clock that nobody can set.</summary>
    public (DateTime? Date, TimeSpan Since)? LastRun { get; set; }

    /// <summary>The execution that is seen to be the one that was started; null while none is.</summary>
    public string? Confirmed { get; set; }

    /// <summary>Since when the execution that counts is the one that it is, by the clock that nobody can set.</summary>
    public (string? ExecutionId, TimeSpan Since)? Empty { get; set; }

    /// <summary>The current version of the association, as far as it is known.</summary>
    public string? CurrentVersion { get; set; }

    /// <summary>Since when that is the current one, where another was before, by the clock that nobody can set.</summary>
    public TimeSpan? VersionSince { get; set; }

    /// <summary>Where it runs at scheduled times alone and no run is due: the next one.</summary>
    public DateTime? NextRun { get; set; }

    /// <summary>Since when a newer version is known, by the clock that nobody can set; null while there is none.</summary>
    public TimeSpan? Overtaken { get; set; }

    /// <summary>When the time began in which it is to reach somebody, by the service; null where that is not known.</summary>
    public DateTime? ReachFrom { get; set; }

    /// <summary>Numbers by status, as they count for the outcome.</summary>
    public IReadOnlyDictionary<string, int>? Counts { get; set; }

    /// <summary>Why something that its status hangs on cannot be told; null where all can.</summary>
    public string? Untold { get; set; }

    /// <summary>Failed nodes as the progress last counted them.</summary>
    public int CountedFailures { get; set; }

    /// <summary>The nodes that were read for the outcome.</summary>
    public IReadOnlyList<AssociationOutcomeNode> Nodes { get; set; } = [];

    public IReadOnlyList<AssociationOutcomeNode> FailedNodes { get; set; } = [];

    /// <summary>The same association may be asked for any number of times: nothing is done to it.</summary>
    public override IReadOnlyList<object> ExclusionKeys => [];

    public override RunVerdict Verdict => Result switch
    {
        { ErrorCode: ErrorCodes.EntryNotAttempted } => RunVerdict.Stopped,
        { ErrorCode: not null } => RunVerdict.Failed,
        { State: OutcomeStatus.Success } => RunVerdict.Succeeded,
        _ => RunVerdict.LeftOut,
    };

    public override Enum Status => Result?.State ?? OutcomeStatus.Unknown;

    /// <summary>Takes what the list or the description says of the association now.</summary>
    /// <param name="now">By the clock that nobody can set, as in the members below.</param>
    public void Take(AssociationRecord line, TimeSpan now)
    {
        if (LastRun?.Date != line.LastExecutionDate)
        {
            LastRun = (line.LastExecutionDate, now);
        }

        MissingSince = null;
        Line = line;
        NoteVersion(line.AssociationVersion, now);
    }

    /// <summary>Takes the execution that counts; null for none.</summary>
    public void Take(ExecutionRecord? execution, TimeSpan now)
    {
        Execution = execution;
        Untold = null;
        Counts = execution?.StatusCounts;
        if (execution is null)
        {
            Empty = null;
        }
        else if (Empty?.ExecutionId != execution.ExecutionId)
        {
            Empty = (execution.ExecutionId, now);
        }
    }

    /// <summary>Takes note of a version that was seen. Another one has a time of its own in which it is to reach somebody.</summary>
    public void NoteVersion(string? version, TimeSpan now)
    {
        string? later = ChosenRun.Later(CurrentVersion, version);
        if (CurrentVersion is not null && later != CurrentVersion && Version is null)
        {
            VersionSince = now;
            ReachFrom = null;
        }

        CurrentVersion = later;
    }

    /// <summary>Takes note that the executions are read. As long as the line says the same, they are read ever more seldom.</summary>
    public void NoteLook(TimeSpan now)
    {
        string mark = Line is null ? string.Empty : MarkOf(Line);
        Looks = mark == LookedAt ? Looks + 1 : 0;
        LookedAt = mark;
        NextLook = now + TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(Looks, 6))) - 0.5);
    }

    /// <summary>
    /// Lets go of what the service said, once the outcome holds what counts: results wait for earlier ones, and thousands of
    /// descriptions with them would be held for nothing.
    /// </summary>
    public void Forget()
    {
        Content = null;
        Line = null;
        Description = null;
        Execution = null;
        Counts = null;
        Nodes = [];
        FailedNodes = [];
    }

    private static string MarkOf(AssociationRecord line) =>
        $"{line.AssociationVersion}|{line.Status}|{line.DetailedStatus}|{line.LastExecutionDate?.Ticks}|{(line.StatusCounts is null ? string.Empty : string.Join(",", line.StatusCounts))}";
}
