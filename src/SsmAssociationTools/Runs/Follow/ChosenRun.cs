using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>Finds among the executions of an association the one that an input is about.</summary>
internal static class ChosenRun
{
    /// <summary>
    /// Dates of answers have whole seconds, and the machines of a service differ a little: what was created this much before
    /// a start was sent, or after it was answered, may be the run that it began.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>How long after the answer a run may show as created, at most: one that is later was begun by something else.</summary>
    private static readonly TimeSpan s_latest = TimeSpan.FromMinutes(1);

    /// <summary>The number of a version; null for none, and for what is no number.</summary>
    public static long? Number(string? version) =>
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>The later one of two versions.</summary>
    public static string? Later(string? one, string? other) =>
        one is null ? other : other is null ? one : Number(other) > Number(one) ? other : one;

    /// <summary>The executions of a version, the latest first.</summary>
    public static IReadOnlyList<ExecutionRecord> Of(IEnumerable<ExecutionRecord> executions, string? version) =>
    [
        .. executions.Where(execution => version is null || execution.AssociationVersion == version)
            .OrderByDescending(static execution => execution.CreatedTime ?? DateTime.MinValue),
    ];

    /// <summary>The execution that a start began.</summary>
    /// <param name="mayBeOlder">True where it was created so close to the start that it may have begun before.</param>
    public static ExecutionRecord? OfStart(FollowItem item, IEnumerable<ExecutionRecord> executions, out bool mayBeOlder)
    {
        mayBeOlder = false;
        ExecutionRecord[] since =
        [
            .. executions.Where(execution => execution.CreatedTime >= item.StartedAfter!.Value - Margin)
                .OrderBy(static execution => execution.CreatedTime),
        ];
        if (item.ExecutionId is { } id)
        {
            return Array.Find(since, execution => execution.ExecutionId == id);
        }

        // Of several around that time the last is the one: those before were begun by somebody or something else.
        ExecutionRecord? around = Array.FindLast(since, execution => execution.CreatedTime <= item.StartedBefore!.Value + Margin);
        mayBeOlder = around is not null;
        return around ?? Array.Find(since, execution => execution.CreatedTime <= item.StartedBefore!.Value + s_latest);
    }

    /// <summary>
    /// The latest execution; of a version that was made a moment ago the latest that has ended, so that its next run does not
    /// take back what the last one proved.
    /// </summary>
    /// <param name="counted">Those of the version, the latest first.</param>
    public static ExecutionRecord? Latest(FollowItem item, IReadOnlyList<ExecutionRecord> counted) =>
        (item.Basis == FollowKind.Version ? counted.FirstOrDefault(static execution => RunState.Of(execution, execution.StatusCounts).IsEnd) : null)
        ?? (counted.Count > 0 ? counted[0] : null);

    /// <summary>
    /// An execution from just before a start looks like the one that it began. Where there is a later one, it shows within
    /// seconds: until then this one decides nothing. Takes note of the doubt, and of its end.
    /// </summary>
    public static bool IsDoubtful(FollowItem item, ExecutionRecord execution, in FollowMoment now)
    {
        if (item.Doubt is { } doubt && doubt.Id == execution.ExecutionId && now.Uptime - doubt.Since >= FollowTime.ShortLag)
        {
            item.Confirmed = execution.ExecutionId;
        }

        // The lines may have shown it as the last one for as long.
        if (item.LastRun is { } last && last.Date == execution.CreatedTime && now.Uptime - last.Since >= FollowTime.ShortLag)
        {
            item.Confirmed = execution.ExecutionId;
        }

        if (item.Confirmed == execution.ExecutionId)
        {
            return false;
        }

        if (item.Doubt?.Id == execution.ExecutionId)
        {
            return true;
        }

        if (now.Service - item.StartedBefore > TimeSpan.FromTicks(2 * FollowTime.LongLag.Ticks))
        {
            return false;
        }

        item.Doubt = (execution.ExecutionId, now.Uptime);
        item.NextLook = now.Uptime + FollowTime.ShortLag;
        item.Execution = null;
        item.State = null;
        item.Counts = null;
        return true;
    }

    /// <summary>
    /// Whether an execution before the one that counts may still say something: it was of more nodes, and no line says of all
    /// of them that they succeeded.
    /// </summary>
    /// <param name="counted">Those of the version from the one that counts on, the latest first.</param>
    public static bool MayEarlierCount(FollowItem item, IReadOnlyList<ExecutionRecord> counted)
    {
        // A line that counts all nodes says it of each of them.
        bool isLineGood = item.Line is { Status: "Success", StatusCounts: { } nodesOf } line
            && line.AssociationVersion == item.Execution!.AssociationVersion
            && nodesOf.Values.Sum() >= counted.Max(Size)
            && nodesOf.All(static count => count.Key is "Success" or "Skipped" || count.Value == 0);
        int size = Size(item.Execution!);
        return !isLineGood && item.State!.Status is OutcomeStatus.Success or OutcomeStatus.Skipped && counted.Skip(1).Any(earlier => Size(earlier) > size);
    }

    /// <summary>Nodes of an execution, as far as it says.</summary>
    public static int Size(ExecutionRecord execution) => execution.StatusCounts?.Values.Sum() ?? 0;
}
