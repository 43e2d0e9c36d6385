using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>Makes the outcomes of inputs.</summary>
internal sealed class FollowOutcome
{
    /// <summary>Nodes that a message names, at most.</summary>
    private const int MaxNamed = 5;

    private readonly IClock _clock;

    public FollowOutcome(IClock clock) => _clock = clock;

    /// <summary>It was decided, or stands so.</summary>
    /// <param name="code">The error; null for the one that belongs to the status, or none.</param>
    public AssociationOutcome Of(FollowItem item, OutcomeStatus status, string? message = null, string? code = null) =>
        Settle(item, status, code ?? CodeOf(status), message ?? MessageOf(item, status));

    /// <summary>It cannot be told.</summary>
    public AssociationOutcome Unknown(FollowItem item, string code, string? message) => Settle(item, OutcomeStatus.Unknown, code, message);

    /// <summary>No call is made for the input.</summary>
    public AssociationOutcome Refused(FollowItem item, FollowRefusal refusal) => Settle(item, refusal.Status, refusal.ErrorCode, refusal.Message);

    /// <summary>It stands so when the run ends: what it is, it is not any longer watched.</summary>
    public AssociationOutcome Stopped(FollowItem item, OutcomeStatus status, string message) => Settle(item, status, ErrorCodes.EntryNotAttempted, message);

    private static string? CodeOf(OutcomeStatus status) => status switch
    {
        OutcomeStatus.Failed => ErrorCodes.OutcomeFailed,
        OutcomeStatus.TimedOut => ErrorCodes.OutcomeTimedOut,
        OutcomeStatus.Cancelled => ErrorCodes.OutcomeCancelled,
        OutcomeStatus.ReachedNobody => ErrorCodes.OutcomeReachedNobody,
        OutcomeStatus.Unknown => ErrorCodes.OutcomeUnknown,
        _ => null,
    };

    private static string? MessageOf(FollowItem item, OutcomeStatus status)
    {
        switch (status)
        {
            case OutcomeStatus.Failed or OutcomeStatus.TimedOut or OutcomeStatus.Cancelled:
                int all = item.Counts?.Values.Sum() ?? 0;
                int bad = RunState.FailuresIn(item.Counts);
                string detail = item.Execution?.DetailedStatus is { } text && text != status.ToString() ? $" ({text})" : string.Empty;
                string numbers = all == 0 ? $"The execution says {item.Execution?.Status}{detail}" : $"{Number(bad)} of {Number(all)} nodes did not succeed{detail}";
                return $"{numbers}{Named(item.FailedNodes, bad)}.";
            case OutcomeStatus.ReachedNobody:
                return item.Execution is null
                    ? "No execution of it has begun."
                    : $"The service says {item.Execution.Status}, and no node took part: nobody has picked it up.";
            case OutcomeStatus.Pending when item.Doubt is not null:
                return "An execution of that second is there; whether it is the one that was started is seen at the next look.";
            case OutcomeStatus.Pending when item.Execution is null:
                return "No execution of it has begun yet.";
            case OutcomeStatus.Scheduled:
                return item.NextRun is { } next ? $"It runs at its scheduled times alone, next at {next.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}." : "It runs at its scheduled times alone.";
            case OutcomeStatus.Superseded:
                return $"Version {item.CurrentVersion} of the association took over before version {item.Version} was decided.";
            case OutcomeStatus.Deleted:
                return $"There is no association with this id in {item.Destination}.";
            default:
                return null;
        }
    }

    private static string Named(IReadOnlyList<AssociationOutcomeNode> nodes, int count)
    {
        if (nodes.Count == 0)
        {
            return string.Empty;
        }

        string named = string.Join(", ", nodes.Take(MaxNamed).Select(static node => $"{node.ResourceId} {node.Status}"));
        int more = Math.Max(count, nodes.Count) - Math.Min(MaxNamed, nodes.Count);
        return $": {named}{(more > 0 ? $" and {Number(more)} more" : string.Empty)}";
    }

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private AssociationOutcome Settle(FollowItem item, OutcomeStatus status, string? code, string? message)
    {
        ErrorInfo? info = code is null ? null : ErrorCatalog.Find(code);
        Dictionary<string, int> counts = RunState.Without(item.Counts);
        AssociationEntry? content = item.Line?.Content ?? item.Content;
        bool hasCounts = item.Counts is not null;
        return item.Result = new AssociationOutcome
        {
            Index = item.Index,
            State = status,
            AssociationId = item.AssociationId,
            Name = item.Name ?? content?.Name,
            AssociationName = item.AssociationName ?? content?.AssociationName,
            Target = TargetText.Of(content),
            Source = item.Source,
            AssociationVersion = item.Execution?.AssociationVersion ?? item.Version ?? item.CurrentVersion,
            ExecutionId = item.Execution?.ExecutionId,
            DetailedStatus = VisibleText.OrNull(item.Execution?.DetailedStatus),
            StatusCounts = counts,
            Counts = VisibleText.Of(string.Join(", ", counts.OrderBy(static count => count.Key, StringComparer.Ordinal).Select(static count => $"{count.Key}={count.Value.ToString(CultureInfo.InvariantCulture)}"))),
            NodeCount = hasCounts ? counts.Values.Sum() : null,
            FailedNodeCount = hasCounts ? RunState.FailuresIn(counts) : null,
            CreatedTime = item.Execution?.CreatedTime,
            LastExecutionDate = item.Execution?.LastExecutionDate,
            NextRun = status == OutcomeStatus.Scheduled ? item.NextRun : null,
            Nodes = item.Nodes,
            FailedNodes = item.FailedNodes,
            ErrorCode = code,
            Message = string.IsNullOrWhiteSpace(message) ? info?.Meaning : VisibleText.OrNull(SensitiveText.Hide(message, item.Content)),
            RecommendedAction = code is null ? null : ErrorCatalog.IsLookFirst(code) ? ErrorCatalog.ReadAgain : ErrorCatalog.Advice(code, message, item.FailedOperation),
            StartedAfter = item.StartedAfter,
            StartedBefore = item.StartedBefore,
            Region = item.Destination.Region,
            AccountId = item.AccountId ?? item.Destination.AccountId,
            RoleArn = item.Destination.RoleArn,
            Timestamp = _clock.UtcNow,
            InputObject = item.InputObject,
        };
    }
}
