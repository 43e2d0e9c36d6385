using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>What the status of an execution and its numbers mean together.</summary>
internal sealed class RunState
{
    private const string Success = "Success";
    private const string Failed = "Failed";

    /// <summary>Words of nodes that are done and did not succeed. Run Command has more of them than executions.</summary>
    private static readonly HashSet<string> s_failing = new(StringComparer.Ordinal)
    {
        Failed, "TimedOut", "Cancelled", "Undeliverable", "Terminated", "DeliveryTimedOut", "ExecutionTimedOut", "InvalidPlatform", "AccessDenied", "Rejected", "RateExceeded",
    };

    private static readonly Dictionary<string, OutcomeStatus> s_ends = new(StringComparer.Ordinal)
    {
        [Success] = OutcomeStatus.Success,
        [Failed] = OutcomeStatus.Failed,
        ["TimedOut"] = OutcomeStatus.TimedOut,
        ["Cancelled"] = OutcomeStatus.Cancelled,
        ["Skipped"] = OutcomeStatus.Skipped,
    };

    private RunState(OutcomeStatus status, bool isEmpty)
    {
        Status = status;
        IsEmpty = isEmpty;
    }

    /// <summary>Success, Failed, TimedOut, Cancelled or Skipped; Running or Pending for what is no end.</summary>
    public OutcomeStatus Status { get; }

    /// <summary>True where nobody has picked it up, although the service may call it a success.</summary>
    public bool IsEmpty { get; }

    /// <summary>True where the execution has ended and its nodes say nothing else.</summary>
    public bool IsEnd => Status is not (OutcomeStatus.Running or OutcomeStatus.Pending);

    /// <summary>True for the word of a node that did not succeed.</summary>
    public static bool IsFailing(string? word) => word is not null && s_failing.Contains(word);

    /// <summary>True for a word after which nothing follows.</summary>
    public static bool IsEndWord(string? word) => word is not null && (s_ends.ContainsKey(word) || s_failing.Contains(word));

    /// <summary>Numbers without those that are nothing.</summary>
    public static Dictionary<string, int> Without(IReadOnlyDictionary<string, int>? counts) =>
        (counts ?? new Dictionary<string, int>()).Where(static count => count.Value > 0).ToDictionary(static count => count.Key, static count => count.Value, StringComparer.Ordinal);

    /// <summary>Nodes that did not succeed.</summary>
    public static int FailuresIn(IReadOnlyDictionary<string, int>? counts) => counts?.Where(static count => IsFailing(count.Key)).Sum(static count => count.Value) ?? 0;

    /// <summary>Reads an execution.</summary>
    /// <param name="counts">Its numbers, or those of its nodes where it has none that can be read.</param>
    public static RunState Of(ExecutionRecord execution, IReadOnlyDictionary<string, int>? counts)
    {
        Dictionary<string, int> some = Without(counts);
        bool isEmpty = some.Count == 0;
        if (execution.Status is not { } word || !s_ends.TryGetValue(word, out OutcomeStatus end))
        {
            // Pending, InProgress, and whatever words there will be. Numbers that are not told do not say that there are none.
            isEmpty &= counts is not null || execution.Status is null or "Pending";
            return new RunState(isEmpty || (some.Count == 1 && some.ContainsKey("Pending")) ? OutcomeStatus.Pending : OutcomeStatus.Running, isEmpty);
        }

        bool hasFailed = some.ContainsKey(Failed);
        switch (end)
        {
            case OutcomeStatus.Success when isEmpty:
                return new RunState(OutcomeStatus.Pending, isEmpty: true);
            case OutcomeStatus.Success when some.Keys.Any(static one => !IsEndWord(one)):
                // Nodes are at it, or say what nobody has heard yet.
                return new RunState(OutcomeStatus.Running, isEmpty: false);
            case OutcomeStatus.Success:
                return new RunState(
                    FailuresIn(some) > 0 ? OutcomeStatus.Failed : some.ContainsKey(Success) ? OutcomeStatus.Success : OutcomeStatus.Skipped, isEmpty: false);
            default:
                return new RunState(hasFailed ? OutcomeStatus.Failed : end, isEmpty);
        }
    }
}
