using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>
/// Reads the executions of an association and finds the one that counts, with the numbers of its nodes. Safe for concurrent
/// use, an input at a time.
/// </summary>
internal sealed class ExecutionReader
{
    /// <summary>Executions from which their order is known.</summary>
    private const int MinOrdered = 10;

    private readonly FollowCalls _calls;
    private readonly NodeReader _nodes;
    private readonly FollowTime _time;

    public ExecutionReader(FollowCalls calls, NodeReader nodes, FollowTime time)
    {
        _calls = calls;
        _nodes = nodes;
        _time = time;
    }

    /// <summary>Reads how the execution that counts stands.</summary>
    /// <returns>False where that decides nothing: there is no such association, or it is not clear yet which execution counts.</returns>
    public async Task<bool> LookAsync(FollowItem item)
    {
        item.NoteLook(_time.Uptime);
        if (await ReadAsync(item).ConfigureAwait(false) is not { } executions)
        {
            // There is no such association any more, whatever the list said.
            item.MissingSince ??= _time.Uptime;
            return false;
        }

        item.IsBlank = executions.Count == 0;
        foreach (ExecutionRecord execution in executions)
        {
            item.NoteVersion(execution.AssociationVersion, _time.Uptime);
        }

        IReadOnlyList<ExecutionRecord> counted = item.Basis == FollowKind.Start ? [] : ChosenRun.Of(executions, item.Version ?? item.CurrentVersion);
        bool mayBeOlder = false;
        ExecutionRecord? chosen = item.Basis == FollowKind.Start ? ChosenRun.OfStart(item, executions, out mayBeOlder) : ChosenRun.Latest(item, counted);
        if (mayBeOlder && ChosenRun.IsDoubtful(item, chosen!, _time.Now))
        {
            return false;
        }

        item.Doubt = null;
        await TakeAsync(item, chosen).ConfigureAwait(false);
        if (counted.Count > 1 && item.State is { IsEnd: true })
        {
            await TakeEarlierAsync(item, counted).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Reads executions, the latest ones for sure; null where the association is not there.</summary>
    public async Task<List<ExecutionRecord>?> ReadAsync(FollowItem item)
    {
        var all = new List<ExecutionRecord>();
        string? mark = null;
        for (int page = 0; page < FollowCalls.MaxPages; page++)
        {
            var request = new ExecutionsRequest(item.AssociationId!)
            {
                CreatedAfter = item.StartedAfter - ChosenRun.Margin - TimeSpan.FromSeconds(1),
                NextToken = mark,
            };
            ExecutionsAnswer answer;
            try
            {
                answer = await _calls.ExecutionsAsync(request).ConfigureAwait(false);
            }
            catch (GatewayException error) when (error.ErrorCode == ErrorCodes.AssociationDoesNotExist)
            {
                return null;
            }

            all.AddRange(answer.Executions);
            if (answer.NextToken is null || answer.NextToken == mark || HasEnough(item, all))
            {
                break;
            }

            mark = answer.NextToken;
        }

        return all;
    }

    /// <summary>
    /// No order is documented. Where they come the latest first, and so many of them that it is no chance, those of the version in
    /// question are all there is to know.
    /// </summary>
    private static bool HasEnough(FollowItem item, List<ExecutionRecord> executions)
    {
        if (executions.Count < MinOrdered)
        {
            return false;
        }

        for (int i = 1; i < executions.Count; i++)
        {
            if (executions[i].CreatedTime is null || !(executions[i - 1].CreatedTime >= executions[i].CreatedTime))
            {
                return false;
            }
        }

        return item.Basis != FollowKind.Start
            && executions.Exists(execution => item.Version is null || ChosenRun.Number(execution.AssociationVersion) <= ChosenRun.Number(item.Version));
    }

    private async Task TakeAsync(FollowItem item, ExecutionRecord? execution)
    {
        item.Take(execution, _time.Uptime);
        if (execution is { StatusCounts: null, Status: "Success", ExecutionId: { } id })
        {
            // It does not say how many: its nodes do.
            try
            {
                item.Counts = await _nodes.CountAsync(item, id).ConfigureAwait(false);
            }
            catch (GatewayException error) when (error.Kind == GatewayErrorKind.Rejected || error.IsOperationDenied)
            {
                item.Untold = $"The service says Success and not of how many nodes, and they could not be read ({error.ErrorCode}).";
            }
        }

        item.State = execution is null ? null : RunState.Of(execution, item.Counts);
    }

    /// <summary>
    /// A node that comes back online runs in an execution of its own. The one before it then still says what became of the
    /// other nodes: it counts as long as nodes of it failed or are at it that no later execution has.
    /// </summary>
    private async Task TakeEarlierAsync(FollowItem item, IReadOnlyList<ExecutionRecord> counted)
    {
        counted = [.. counted.SkipWhile(execution => !ReferenceEquals(execution, item.Execution))];
        if (!ChosenRun.MayEarlierCount(item, counted))
        {
            return;
        }

        var later = new HashSet<string>(StringComparer.Ordinal);
        foreach (ExecutionRecord execution in counted)
        {
            if (execution.ExecutionId is not { } id)
            {
                return;
            }

            IReadOnlyList<AssociationOutcomeNode> nodes;
            try
            {
                nodes = await _nodes.ReadAllAsync(item, id).ConfigureAwait(false);
            }
            catch (GatewayException error) when (error.Kind == GatewayErrorKind.Rejected || error.IsOperationDenied)
            {
                item.Untold = $"The last execution is of some nodes only, and whether the others succeeded is said by the nodes of earlier ones, which could not be read ({error.ErrorCode}).";
                return;
            }

            bool isOpen = nodes.Any(node => node.Status is not ("Success" or "Skipped") && !later.Contains(node.ResourceId));
            if (isOpen && !ReferenceEquals(execution, counted[0]))
            {
                await TakeAsync(item, execution).ConfigureAwait(false);
                return;
            }

            later.UnionWith(nodes.Select(static node => node.ResourceId));
            if (ChosenRun.Size(execution) >= counted.Max(ChosenRun.Size))
            {
                return;
            }
        }
    }
}
