using System;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>
/// Decides what became of an association from what was read of it. Makes no call and looks at no clock. The words of the
/// service are taken for no more than they are: a success without a node is none, and what is not known to be an end is none.
/// </summary>
internal sealed class FollowDecision
{
    /// <summary>An association that is older than this is known to every list.</summary>
    private static readonly TimeSpan s_young = TimeSpan.FromMinutes(1);

    private readonly FollowOptions _follow;

    public FollowDecision(FollowOptions follow) => _follow = follow;

    /// <summary>Whether the line tells that the executions may say something new.</summary>
    public bool IsWorthALook(FollowItem item, in FollowMoment now)
    {
        if (!_follow.Waits)
        {
            return true;
        }

        if (now.Uptime < item.NextLook)
        {
            return false;
        }

        AssociationRecord line = item.Line!;
        bool isClockless = item.LookedAt is null && now.Service is null;
        if (item.Doubt is not null || isClockless || MayBeScheduled(item) || IsOverdue(item, now))
        {
            return true;
        }

        if (item.Version is not null && ChosenRun.Number(line.AssociationVersion) < ChosenRun.Number(item.Version))
        {
            // The list lags behind.
            return false;
        }

        if (item.Version is not null && line.AssociationVersion != item.Version)
        {
            return true;
        }

        return !IsOfBefore(item, line) && !IsUndone(line);
    }

    /// <summary>Whether an association that is not there was deleted. What is not there may be young; of what is known to be old it is said at once.</summary>
    public static bool IsGone(FollowItem item, in FollowMoment now)
    {
        if (item.MissingSince is not { } since)
        {
            return false;
        }

        DateTime? made = item.Line?.Date ?? item.Description?.Date ?? item.Date;

        // By both clocks: what dates associations need not be what dates answers.
        return now.Uptime - since >= now.Lag || (made is not null && now.Service - made > s_young && now.UtcNow - made > s_young);
    }

    /// <summary>Decides after a look at the executions.</summary>
    /// <param name="mayDescribe">False where the description cannot be read.</param>
    public FollowVerdict Of(FollowItem item, in FollowMoment now, bool mayDescribe)
    {
        bool isOvertaken = item.Basis == FollowKind.Start
            ? item.Execution is not null && ChosenRun.Number(item.CurrentVersion) > ChosenRun.Number(item.Execution.AssociationVersion)
            : item.Version is not null && ChosenRun.Number(item.CurrentVersion) > ChosenRun.Number(item.Version);
        if (isOvertaken)
        {
            item.Version ??= item.Execution?.AssociationVersion;
            return item.State is { IsEnd: true } ? FollowVerdict.NeedsTakeover : Overtaken(item, now);
        }

        if (item.Untold is { } untold && (item.State is { IsEnd: true } || !_follow.Waits || IsOverdue(item, now)))
        {
            return FollowVerdict.Unknown(untold);
        }

        if (item.State is { IsEnd: true } end)
        {
            return FollowVerdict.Ended(end.Status);
        }

        if (item.State is null && item.Basis != FollowKind.Start)
        {
            bool isDescribed = item.Description is { } description && description.AssociationVersion == VersionOf(item);
            return mayDescribe && !isDescribed ? FollowVerdict.NeedsDescription : OfNoExecution(item, now, mayDescribe);
        }

        return OfOpen(item, now, mayDescribe);
    }

    /// <summary>Decides of an ended execution of a version that another took over from: what counts is whether it had ended before.</summary>
    /// <param name="takenOver">When the next version was made, by the service; null where that cannot be told.</param>
    public FollowVerdict OfTakeover(FollowItem item, DateTime? takenOver, in FollowMoment now)
    {
        DateTime? ended = item.Execution!.LastExecutionDate ?? item.Execution.CreatedTime;
        return takenOver is null || ended is null || ended < takenOver ? FollowVerdict.Ended(item.State!.Status) : Overtaken(item, now);
    }

    /// <summary>Decides of an association that has no execution, once its description was read as far as it can be.</summary>
    /// <param name="mayDescribe">False where the description cannot be read.</param>
    public FollowVerdict OfNoExecution(FollowItem item, in FollowMoment now, bool mayDescribe) =>
        IsScheduled(item, now, mayDescribe) ? FollowVerdict.Settled(OutcomeStatus.Scheduled) : OfOpen(item, now, mayDescribe);

    /// <summary>Decides when the time to wait is over.</summary>
    /// <param name="remark">Why no more is known; null for nothing.</param>
    public FollowVerdict OfTimeOver(FollowItem item, string? remark = null)
    {
        OutcomeStatus status = Standing(item);
        if (status == OutcomeStatus.Pending && item.MissingSince is null && item.Doubt is null && remark is null)
        {
            status = OutcomeStatus.ReachedNobody;
        }

        string counts = item.Counts is { Count: > 0 } some ? $": {string.Join(", ", some.Select(static count => $"{count.Key}={count.Value}"))}" : string.Empty;
        remark ??= item.MissingSince is not null ? "The service shows no association with this id; one that was just created may not show yet."
            : item.Doubt is not null ? "An execution of that second is there; it was not seen for long enough to tell that it is the one that was started."
            : null;
        string message = $"It was not decided after {_follow.WaitTimeout.TotalSeconds:0} seconds{counts}.{(remark is null ? string.Empty : " " + remark)}";
        return FollowVerdict.Settled(status, ErrorCodes.OutcomeUndecided, message);
    }

    /// <summary>How it stands, as far as it was looked at.</summary>
    public static OutcomeStatus Standing(FollowItem item) =>
        item.State?.Status is { } status && status is OutcomeStatus.Running or OutcomeStatus.Pending ? status
        : (item.Line is null || item.MissingSince is not null) && item.State is null ? OutcomeStatus.Unknown
        : IsReached(item) ? OutcomeStatus.Running
        : item.LookedAt is null && !IsUndone(item.Line!) ? OutcomeStatus.Unknown
        : OutcomeStatus.Pending;

    /// <summary>A newer version is there, and this one was not decided before. Executions may lag behind the version.</summary>
    private FollowVerdict Overtaken(FollowItem item, in FollowMoment now)
    {
        item.Overtaken ??= now.Uptime;
        return !_follow.Waits || now.Uptime - item.Overtaken >= now.Lag || item.State is { IsEnd: true }
            ? FollowVerdict.Settled(OutcomeStatus.Superseded)
            : FollowVerdict.Open;
    }

    /// <summary>Decides of what has not ended: nobody picks up what nobody picked up for too long.</summary>
    private FollowVerdict OfOpen(FollowItem item, in FollowMoment now, bool mayDescribe)
    {
        if (!IsOverdue(item, now))
        {
            return FollowVerdict.Open;
        }

        if (item.IsUnclear && item.Execution is null)
        {
            return FollowVerdict.Unknown("It is not known whether the run was started, and no execution of that time is there.");
        }

        return item.Execution is null && SaysOtherwise(item, mayDescribe) is { } contrary
            ? FollowVerdict.Unknown(contrary)
            : FollowVerdict.Settled(OutcomeStatus.ReachedNobody);
    }

    /// <summary>What speaks against it that nobody picked up what has no execution; null for nothing.</summary>
    private static string? SaysOtherwise(FollowItem item, bool mayDescribe)
    {
        if (item.Line is not { } line || item.Basis == FollowKind.Start)
        {
            return null;
        }

        if (line.StatusCounts?.Values.Sum() > 0 && item.IsBlank)
        {
            return $"The service says {line.Status} of {line.StatusCounts.Values.Sum()} nodes, and shows no execution.";
        }

        return !mayDescribe && item.Description is null && item.Content is null && line.Content.ScheduleExpression is not null
            ? "No execution of it is there, and whether it runs at its scheduled times alone cannot be told without the permission ssm:DescribeAssociation."
            : null;
    }

    /// <summary>Whether it runs at scheduled times alone and none is due yet. Takes note of when it was, or is, to reach somebody.</summary>
    private static bool IsScheduled(FollowItem item, in FollowMoment now, bool mayDescribe)
    {
        AssociationRecord? description = item.Description?.AssociationVersion == VersionOf(item) ? item.Description : null;

        // Where it may not be described, the input tells what was sent.
        if ((description?.Content ?? (mayDescribe ? null : item.Content)) is not { } content)
        {
            return false;
        }

        DateTime? made = description?.LastUpdateAssociationDate ?? description?.Date ?? item.Date;
        item.ReachFrom = made;
        if (content.ApplyOnlyAtCronInterval != true)
        {
            return false;
        }

        if ((made ?? now.Service) is not { } from || ScheduleExpression.Parse(content.ScheduleExpression ?? string.Empty).Schedule is not { } schedule)
        {
            return true;
        }

        DateTime[] runs = [.. schedule.NextRuns(from, Math.Max(0, Math.Min(6, content.ScheduleOffset ?? 0))).Take(1)];
        if (runs.Length == 0)
        {
            return false;
        }

        bool isDue = (now.Service ?? now.UtcNow) >= runs[0];
        item.ReachFrom = isDue ? runs[0] : made;
        item.NextRun = isDue ? null : runs[0];
        return !isDue;
    }

    /// <summary>The version whose executions count.</summary>
    private static string? VersionOf(FollowItem item) => item.Version ?? item.CurrentVersion;

    /// <summary>True for a line that says that nothing has ended.</summary>
    private static bool IsUndone(AssociationRecord line) =>
        line.Status is "Pending" or "InProgress" || (line.Status == "Success" && line.StatusCounts?.Values.Sum() == 0);

    /// <summary>True for a line that speaks of a run from before the start.</summary>
    private static bool IsOfBefore(FollowItem item, AssociationRecord line) =>
        item.Basis == FollowKind.Start && line.LastExecutionDate < item.StartedAfter!.Value - ChosenRun.Margin;

    /// <summary>True where the line says that nodes are at it, and it is the version in question that they are at.</summary>
    private static bool IsReached(FollowItem item) =>
        item.Line is { Status: "Pending" or "InProgress" } line
        && line.StatusCounts?.Values.Sum() > 0
        && (item.Version is null || item.Version == line.AssociationVersion)
        && !IsOfBefore(item, line);

    /// <summary>True where the line speaks of nodes of the execution that counts, which does not show them yet.</summary>
    private static bool HasNodesInLine(FollowItem item) =>
        item.Line is { } line
        && item.Execution is { CreatedTime: { } created } execution
        && line.StatusCounts?.Values.Sum() > 0
        && line.AssociationVersion == execution.AssociationVersion
        && line.LastExecutionDate >= created;

    /// <summary>Whether it may run at scheduled times alone, so that there is nothing to wait for; asked once.</summary>
    private static bool MayBeScheduled(FollowItem item)
    {
        if (item.Basis == FollowKind.Start || item.LookedAt is not null)
        {
            return false;
        }

        if ((item.Description?.Content ?? item.Content)?.ApplyOnlyAtCronInterval is { } only)
        {
            return only;
        }

        bool isToldAll = item.Description is not null || item.Content is not null;
        return !isToldAll && item.Line!.LastExecutionDate is null && item.Line.Content.ScheduleExpression is not null;
    }

    /// <summary>True where nobody has been seen to pick it up for too long.</summary>
    private bool IsOverdue(FollowItem item, in FollowMoment now) =>
        (item.State is null || item.State.IsEmpty)
        && !IsReached(item)
        && !HasNodesInLine(item)
        && Elapsed(item, item.Execution?.CreatedTime ?? item.ReachFrom ?? BeginOf(item), now) > _follow.ReachTimeout;

    /// <summary>When there was a reason to run, as far as that is known without its description.</summary>
    private static DateTime? BeginOf(FollowItem item) => item.Basis switch
    {
        FollowKind.Start => item.StartedAfter,
        FollowKind.Current when item.LookedAt is null => item.Line?.LastExecutionDate,
        FollowKind.Version when item.Version == "1" => item.Date,
        _ => null,
    };

    /// <summary>How long it is since a time of the service, or since it stands so where that is longer, or the only one known.</summary>
    private static TimeSpan Elapsed(FollowItem item, DateTime? from, in FollowMoment now)
    {
        TimeSpan watched = now.Uptime - (item.Empty?.Since ?? item.VersionSince ?? item.Since!.Value);
        return now.Service - from is { } age && age > watched ? age : watched;
    }
}
