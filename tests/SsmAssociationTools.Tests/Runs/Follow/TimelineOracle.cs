using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>
/// Judges what is said of a timeline by what is true. Written from the issue and public sources alone: which run counts, which
/// words are ends, and when nothing can be said yet.
/// </summary>
internal static class TimelineOracle
{
    /// <summary>What it may take at most until something that is shown was noticed.</summary>
    private static readonly TimeSpan s_notice = TimeSpan.FromSeconds(150);

    private static readonly string[] s_ends = ["Success", "Failed", "TimedOut", "Cancelled", "Skipped"];

    /// <summary>Finds what is wrong.</summary>
    /// <param name="started">The run that the command before began; null for other inputs.</param>
    /// <param name="status">What is said.</param>
    /// <param name="executionId">Of which execution.</param>
    /// <param name="at">When, by the service's clock.</param>
    /// <param name="isUndecided">True where it is said that the time was over.</param>
    public static IEnumerable<string> Faults(Timeline line, TruthRun? started, string status, string? executionId, DateTime at, bool isUndecided)
    {
        TimeSpan lag = line.ListLag > line.ExecutionLag ? line.ListLag : line.ExecutionLag;
        DateTime seen = at - lag - s_notice;
        TruthRun? run = line.Runs.Find(one => one.Id == executionId);
        int counted = started?.Version ?? (line.NamedVersion > 0 ? line.NamedVersion : 0);
        DateTime takenOver = counted > 0 && counted < line.Versions.Count ? line.Versions[counted] : DateTime.MaxValue;
        List<TruthRun> own =
        [
            .. line.Runs.Where(one => one.Created <= at).Where(one => started is not null ? one == started : one.Version == (counted > 0 ? counted : line.VersionAt(at - lag)) || (counted == 0 && one.Version == line.VersionAt(at))),
        ];

        if (run is not null && !own.Contains(run) && status is not ("Superseded" or "Deleted"))
        {
            yield return $"{status} is that of a run that does not count";
        }

        if (s_ends.Contains(status))
        {
            if (run is null)
            {
                yield return $"{status} without an execution";
            }
            else if (run.Ended > at)
            {
                yield return status == "Failed" && run.Nodes.Any(node => node.Word == "Failed" && node.End <= at)
                    ? $"Failed is said before the end"
                    : $"{status} is said before the end";
            }
            else if (run.Truth != status && !IsOpinion(run, status))
            {
                yield return $"{status} is said, and {run.Truth} is true";
            }
        }

        switch (status)
        {
            case "ReachedNobody" when own.Any(one => one.Reached <= seen) && own.All(one => one.Reached <= seen):
                yield return "ReachedNobody, and somebody was reached";
                break;
            case "ReachedNobody" when !isUndecided && (run is null ? own : [run]).Any(one => at - one.Created < line.ReachTimeout - TimeSpan.FromSeconds(3)):
                yield return "ReachedNobody is said too early";
                break;
            case "Superseded" when takenOver > at:
                yield return "Superseded, and there was no newer version";
                break;
            case "Superseded" when own.Exists(one => one.Ended < takenOver):
                yield return "Superseded, and it was decided before";
                break;
            case "Deleted" when line.Deleted > at:
                yield return "Deleted, and it is there";
                break;
            case "Scheduled" when !line.IsScheduledOnly || line.Due <= seen:
                yield return "Scheduled, and a run is due";
                break;
            case "Running" or "Pending" when !isUndecided:
                yield return $"{status} is no end, and nothing says that the time was over";
                break;
            case "Unknown" or "NotCreated":
                yield return $"{status}, and nothing was unclear";
                break;
        }

        // What was true long enough is to be said.
        bool isGone = line.Deleted <= at || takenOver <= at;
        if (isUndecided && !isGone && own.Count > 0 && own.All(one => one.Ended <= seen))
        {
            yield return $"{status} is said at the end of the time, and {own[^1].Truth} was true long before";
        }
    }

    /// <summary>What the sources leave open: a run that its service calls Success although nodes timed out, or a word of its own.</summary>
    private static bool IsOpinion(TruthRun run, string status) =>
        run.EndWord is "Cancelled" && status is "Cancelled" or "Failed" && run.Nodes.Any(node => node.Word is "Failed" or "TimedOut");
}
