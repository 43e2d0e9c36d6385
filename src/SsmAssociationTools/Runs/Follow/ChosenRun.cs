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
}
