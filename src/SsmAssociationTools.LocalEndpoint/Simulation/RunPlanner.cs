using System;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.LocalEndpoint.Data;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>Works out what happens on the nodes of a run, and where it is at a time.</summary>
internal sealed class RunPlanner
{
    /// <summary>DetailedStatus of a runbook whose parameters its document does not allow.</summary>
    public const string WrongParameters = "InvalidAutomationParameters";

    /// <summary>Nodes that run at the same time where an association does not say how many.</summary>
    private const int UsualConcurrency = 50;

    /// <summary>SSM Agent gives up a document after that long.</summary>
    private static readonly TimeSpan s_longestRun = TimeSpan.FromHours(2);

    private readonly ulong _seed;

    public RunPlanner(ulong seed) => _seed = seed;

    /// <summary>Between the start of a run and the first moment at which a node can pick it up.</summary>
    public static TimeSpan Creating { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Where a run is as a whole; null while it is being created.</summary>
    public ExecutionState? State(ulong association, Execution execution, DateTime now) =>
        now < execution.Created + Creating ? null : ExecutionState.Sum(Nodes(association, execution, now), execution.Created, execution.Settings.HasWrongParameters);

    /// <summary>Where a run is on each of its nodes.</summary>
    public NodeState[] Nodes(ulong association, Execution execution, DateTime now)
    {
        NodeRun[] runs = execution.Runs ??= Plan(association, execution);
        var states = new NodeState[runs.Length];
        for (int i = 0; i < runs.Length; i++)
        {
            states[i] = At(runs[i], execution.Created, execution.OvertakenOn(runs[i].Node.Id), now);
        }

        return states;
    }

    private static NodeState At(NodeRun run, DateTime created, DateTime overtaken, DateTime now)
    {
        DateTime until = now < overtaken ? now : overtaken;
        bool pickedUp = run.PickUp <= until;
        return !pickedUp ? new NodeState(run.Node, overtaken <= now ? RunStatus.TimedOut : RunStatus.Pending, overtaken <= now ? overtaken : created, false)
            : run.End <= until ? new NodeState(run.Node, run.Outcome, run.End, true)
            : overtaken <= now ? new NodeState(run.Node, RunStatus.TimedOut, overtaken, true)
            : new NodeState(run.Node, RunStatus.InProgress, run.PickUp, true);
    }

    private static DateTime Later(DateTime time, double seconds) => time >= DateTime.MaxValue.AddDays(-4000) ? DateTime.MaxValue : time.AddSeconds(seconds);

    /// <summary>A number or a share of the nodes.</summary>
    private static int Number(string? text, int count, int usual, int least) =>
        text is null ? usual
        : text.EndsWith("%", StringComparison.Ordinal) ? Math.Max(least, (int)((long)count * int.Parse(text.TrimEnd('%'), CultureInfo.InvariantCulture) / 100))
        : int.Parse(text, CultureInfo.InvariantCulture);

    private NodeRun[] Plan(ulong association, Execution execution)
    {
        RunSettings settings = execution.Settings;
        ManagedNode[] nodes = execution.Only is not null ? [execution.Only]
            : settings.Conditions.Count > 0 ? execution.Nodes.Select(settings.SelectionKey, settings.Conditions)
            : settings.Resources;
        var runs = new NodeRun[nodes.Length];
        int slots = Number(settings.MaxConcurrency, nodes.Length, UsualConcurrency, 1);
        var free = new EventQueue<bool>();
        DateTime first = execution.Created + Creating;
        for (int i = 0; i < nodes.Length; i++)
        {
            DateTime start = first;
            if (i >= slots)
            {
                start = new DateTime(free.Earliest, DateTimeKind.Utc);
                free.Take();
            }

            runs[i] = PlanOne(nodes[i], Draw.Mix(association ^ _seed ^ nodes[i].Hash, (ulong)execution.Number), settings, execution.Number, start);

            // A node that is offline holds up no other.
            free.Add(runs[i].PickUp - start > TimeSpan.FromMinutes(1) ? start : runs[i].End, true);
        }

        StopAfterErrors(runs, settings);
        return runs;
    }

    private static NodeRun PlanOne(ManagedNode node, ulong chance, RunSettings settings, long number, DateTime start)
    {
        double wait = node.PickUpSeconds ?? (0.5 + (2 * Draw.Unit(Draw.Mix(chance, 1))));
        double length = node.RunSeconds ?? (1 + (2 * Draw.Unit(Draw.Mix(chance, 2))));
        RunStatus outcome = settings.HasWrongParameters || Draw.Unit(Draw.Mix(chance, 3)) < node.FailureShare ? RunStatus.Failed
            : node.Outcomes.Count > 0 ? node.Outcomes[(int)Math.Min(number, node.Outcomes.Count) - 1]
            : RunStatus.Success;
        if (settings.IsRunbook)
        {
            // The service runs it; the node has no part in it.
            DateTime begin = start.AddSeconds(wait);
            return new NodeRun(node, begin, settings.HasWrongParameters ? begin : begin.AddSeconds(length), outcome);
        }

        // A node that goes offline before it has looked looks again when it is back.
        DateTime pickUp = node.State is "stopped" or "stopping" ? DateTime.MaxValue : node.Availability.OnlineFrom(Later(node.Availability.OnlineFrom(start), wait));
        if (settings.Document is DocumentInfo document && node.Platform is string platform && document.Platforms.Count > 0 && !document.Platforms.Contains(platform))
        {
            return new NodeRun(node, pickUp, pickUp, RunStatus.Skipped);
        }

        DateTime end = Later(pickUp, length);
        DateTime limit = Later(pickUp, s_longestRun.TotalSeconds);
        for (DateTime from = pickUp; pickUp < DateTime.MaxValue;)
        {
            // While it is offline its work stands still.
            DateTime offline = node.Availability.OfflineFrom(from);
            if (offline >= end || offline >= limit)
            {
                break;
            }

            from = node.Availability.OnlineFrom(offline);
            end = from == DateTime.MaxValue ? from : end + (from - offline);
        }

        return end > limit ? new NodeRun(node, pickUp, limit, RunStatus.TimedOut) : new NodeRun(node, pickUp, end, outcome);
    }

    /// <summary>With MaxErrors N, what has not begun at error N + 1 does not begin.</summary>
    private static void StopAfterErrors(NodeRun[] runs, RunSettings settings)
    {
        if (settings.MaxErrors is null)
        {
            return;
        }

        int limit = Number(settings.MaxErrors, runs.Length, int.MaxValue, 0);
        DateTime[] failures = [.. runs.Where(static run => run.Outcome is RunStatus.Failed or RunStatus.TimedOut).Select(static run => run.End).OrderBy(static end => end)];
        if (limit >= failures.Length)
        {
            return;
        }

        for (int i = 0; i < runs.Length; i++)
        {
            if (runs[i].PickUp > failures[limit])
            {
                runs[i] = new NodeRun(runs[i].Node, failures[limit], failures[limit], RunStatus.Skipped);
            }
        }
    }
}
