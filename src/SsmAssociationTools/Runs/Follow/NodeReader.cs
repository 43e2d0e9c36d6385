using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>Reads the nodes of an execution. Safe for concurrent use.</summary>
internal sealed class NodeReader
{
    /// <summary>Nodes of a status that an error names without -Detailed: one page.</summary>
    private const int MaxFailedNodes = 50;

    private readonly FollowCalls _calls;
    private readonly FollowOptions _follow;
    private readonly RunLog _log;

    public NodeReader(FollowCalls calls, FollowOptions follow, RunLog log)
    {
        _calls = calls;
        _follow = follow;
        _log = log;
    }

    /// <summary>All nodes of an execution.</summary>
    public Task<List<AssociationOutcomeNode>> ReadAllAsync(FollowItem item, string executionId) => ReadAsync(item, executionId, null, isWhole: true);

    /// <summary>
    /// Numbers by status of an execution that does not say them. The nodes are all that speaks for a success then: they are read
    /// twice, so that a page which shifted while it was read leaves none out.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(FollowItem item, string executionId)
    {
        List<AssociationOutcomeNode> nodes = await ReadAllAsync(item, executionId).ConfigureAwait(false);
        if (nodes.Count > 0)
        {
            List<AssociationOutcomeNode> again = await ReadAllAsync(item, executionId).ConfigureAwait(false);
            var seen = new HashSet<string>(again.Select(static node => node.ResourceId), StringComparer.Ordinal);
            nodes = [.. again, .. nodes.Where(node => !seen.Contains(node.ResourceId))];
        }

        return nodes.GroupBy(static node => node.Status ?? string.Empty).ToDictionary(static group => group.Key, static group => group.Count());
    }

    /// <summary>Reads the nodes that the outcome or its error names.</summary>
    /// <param name="isError">True where the outcome is an error, which names those that failed.</param>
    public async Task AddAsync(FollowItem item, bool isError)
    {
        if (item.Execution?.ExecutionId is not { } id || (!isError && !_follow.IsDetailed))
        {
            return;
        }

        try
        {
            var nodes = new List<AssociationOutcomeNode>();
            if (_follow.HasAllNodes)
            {
                nodes.AddRange(await ReadAllAsync(item, id).ConfigureAwait(false));
            }
            else if (item.Counts is { Count: > 0 })
            {
                foreach (string word in item.Counts.Where(static count => count.Value > 0 && RunState.IsFailing(count.Key)).Select(static count => count.Key))
                {
                    nodes.AddRange(await ReadAsync(item, id, word, _follow.IsDetailed).ConfigureAwait(false));
                }
            }
            else if (isError)
            {
                nodes.AddRange(await ReadAsync(item, id, null, _follow.IsDetailed).ConfigureAwait(false));
            }

            item.FailedNodes = [.. nodes.Where(static node => RunState.IsFailing(node.Status))];
            item.Nodes = _follow.HasAllNodes ? nodes : _follow.IsDetailed ? item.FailedNodes : [];
        }
        catch (GatewayException error) when (error.Kind != GatewayErrorKind.NotSent)
        {
            _log.Warning($"{item.AssociationId}: the nodes could not be read ({error.ErrorCode}: {error.Message})");
        }
    }

    /// <param name="status">Those of a status alone; null for all.</param>
    /// <param name="isWhole">False: one page.</param>
    private async Task<List<AssociationOutcomeNode>> ReadAsync(FollowItem item, string executionId, string? status, bool isWhole)
    {
        var nodes = new List<AssociationOutcomeNode>();
        var marks = new HashSet<string>(StringComparer.Ordinal);

        // A page may repeat what the one before had.
        var seen = new HashSet<(string?, string?, string?)>();
        string? mark = null;
        do
        {
            var request = new ExecutionTargetsRequest(item.AssociationId!, executionId) { Status = status, NextToken = mark, MaxResults = MaxFailedNodes };
            ExecutionTargetsAnswer answer = await _calls.TargetsAsync(request).ConfigureAwait(false);
            nodes.AddRange(answer.Targets
                .Where(target => !string.IsNullOrEmpty(target.ResourceId) && seen.Add((target.ResourceType, target.ResourceId, target.OutputSourceId)))
                .Select(NodeOf));
            mark = answer.NextToken;
        }
        while (isWhole && mark is not null && marks.Add(mark));
        return nodes;
    }

    private static AssociationOutcomeNode NodeOf(ExecutionTargetRecord target) => new(target.ResourceId!)
    {
        ResourceType = target.ResourceType,
        Status = target.Status,
        DetailedStatus = target.DetailedStatus,
        LastExecutionDate = target.LastExecutionDate,
        OutputSourceId = target.OutputSourceId,
        OutputSourceType = target.OutputSourceType,
    };
}
