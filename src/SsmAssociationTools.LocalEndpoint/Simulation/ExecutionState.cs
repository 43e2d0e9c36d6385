using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>Where a run is as a whole at a time.</summary>
/// <param name="Status">Status as executions have it.</param>
/// <param name="Detail">DetailedStatus.</param>
/// <param name="Counts">Nodes by status; none as long as no node has picked the run up.</param>
/// <param name="Last">When it last made progress.</param>
internal sealed record ExecutionState(RunStatus Status, string Detail, IReadOnlyDictionary<string, int> Counts, DateTime Last)
{
    /// <summary>Status as the overview of an association has it, which knows three words.</summary>
    public string Overview => Status switch
    {
        RunStatus.Pending or RunStatus.InProgress => "Pending",
        RunStatus.Failed or RunStatus.TimedOut => "Failed",
        _ => "Success",
    };

    /// <summary>Whether it ended with success on a node at least.</summary>
    public bool HasSucceeded => Status == RunStatus.Success && Counts.Count > 0;

    /// <summary>ResourceCountByStatus: one text.</summary>
    public string CountText =>
        "{" + string.Join(", ", Counts.Select(static count => count.Key + "=" + count.Value.ToString(CultureInfo.InvariantCulture))) + "}";

    /// <summary>Sums up nodes. As long as none has picked the run up it counts as a success that reached nobody, as was seen with the service.</summary>
    public static ExecutionState Sum(IReadOnlyCollection<NodeState> nodes, DateTime created, bool wrongParameters)
    {
        if (!nodes.Any(static node => node.WasPickedUp))
        {
            return new ExecutionState(RunStatus.Success, nameof(RunStatus.Success), new Dictionary<string, int>(), created);
        }

        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (IGrouping<RunStatus, NodeState> group in nodes.GroupBy(static node => node.Status))
        {
            counts[group.Key.ToString()] = group.Count();
        }

        bool Has(RunStatus status) => counts.ContainsKey(status.ToString());
        RunStatus sum = Has(RunStatus.InProgress) || Has(RunStatus.Pending) ? RunStatus.InProgress
            : Has(RunStatus.Failed) ? RunStatus.Failed
            : Has(RunStatus.TimedOut) ? RunStatus.TimedOut
            : Has(RunStatus.Success) ? RunStatus.Success
            : RunStatus.Skipped;
        DateTime last = nodes.Max(static node => node.Since);
        return new ExecutionState(sum, sum == RunStatus.Failed && wrongParameters ? RunPlanner.WrongParameters : sum.ToString(), counts, last > created ? last : created);
    }
}
