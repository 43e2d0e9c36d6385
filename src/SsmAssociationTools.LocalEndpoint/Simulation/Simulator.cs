using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Service;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>
/// Runs the associations of one account-Region. Nothing runs in the background: what fell due since the last look is made
/// up for, in order of time, whenever somebody looks. Callers hold the gate of the associations.
/// </summary>
internal sealed class Simulator
{
    /// <summary>Creations that may wait for somebody to look; a run of millions must not fill the memory with them.</summary>
    private const int CatchUpEvery = 1000;

    private readonly Inventory _inventory;
    private readonly ServiceClock _clock;
    private readonly RunPlanner _planner;
    private readonly ulong _seed;
    private readonly EventQueue<SimulatedEvent> _due = new();
    private readonly Dictionary<string, SimulatedAssociation> _associations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<SimulatedAssociation>> _byMark = new(StringComparer.Ordinal);
    private NodeDirectory _nodes;
    private long _created;

    /// <summary>What is in the queue and will not happen.</summary>
    private int _dead;

    public Simulator(Inventory inventory, ServiceClock clock, int seed)
    {
        _inventory = inventory;
        _clock = clock;
        _seed = (ulong)seed;
        _planner = new RunPlanner(_seed);
        _nodes = inventory.Nodes;
        foreach (ManagedNode node in _nodes.All)
        {
            AwaitReturn(node, clock.Now);
        }
    }

    /// <summary>Takes up an association of a state file: what happened since it was made is made up for, unless the file says how it went.</summary>
    public void Load(StoredAssociation association)
    {
        SimulatedAssociation simulated = AddToIndex(association);
        if (association.LastExecution is not null)
        {
            simulated.Begin(RunSettings.Read(association.Description, _inventory), _clock.Now);
            Index(simulated, add: true);
            ScheduleNext(simulated, _clock.Now);
            return;
        }

        foreach (StoredVersion version in association.Versions)
        {
            _due.Add(version.Made, new SimulatedEvent(simulated, version));
        }
    }

    /// <summary>An association was made. It begins when somebody looks, which costs a creation nothing.</summary>
    public void Created(StoredAssociation association)
    {
        StoredVersion version = association.Versions[0];
        _due.Add(version.Made, new SimulatedEvent(AddToIndex(association), version));
        if (++_created % CatchUpEvery == 0)
        {
            CatchUp();
        }
    }

    /// <summary>An association was changed.</summary>
    public void Updated(StoredAssociation association)
    {
        StoredVersion version = association.Versions[association.Versions.Count - 1];
        Begin(_associations[association.Id], version, version.Made);
    }

    /// <summary>An association is gone.</summary>
    public void Deleted(StoredAssociation association)
    {
        SimulatedAssociation simulated = _associations[association.Id];
        Index(simulated, add: false);
        _associations.Remove(association.Id);
        NoteDead(simulated);
    }

    /// <summary>Runs an association once, now.</summary>
    public void Start(StoredAssociation association) => Run(_associations[association.Id], _clock.Now, null);

    public SimulatedAssociation Of(StoredAssociation association) => _associations[association.Id];

    /// <summary>Lets happen what is due.</summary>
    public void CatchUp()
    {
        DateTime now = _clock.Now;
        while (_due.Count > 0 && _due.Earliest <= now.Ticks)
        {
            var time = new DateTime(_due.Earliest, DateTimeKind.Utc);
            Happen(_due.Take(), time);
        }
    }

    /// <summary>Takes note of another set of nodes; what runs where a node came into the targets begins.</summary>
    public void ChangeNode(string id)
    {
        CatchUp();
        NodeDirectory before = _nodes;
        _nodes = _inventory.Nodes;
        if (_nodes.Find(id) is not ManagedNode node)
        {
            return;
        }

        DateTime now = _clock.Now;
        AwaitReturn(node, now);
        HashSet<SimulatedAssociation> known = before.Find(id) is ManagedNode old ? [.. On(old)] : [];
        foreach (SimulatedAssociation association in On(node).Where(association => !known.Contains(association) && !association.Settings!.IsRunbook).ToArray())
        {
            Run(association, now, node);
        }
    }

    /// <summary>The associations whose targets select a node, in order of their creation.</summary>
    public IEnumerable<SimulatedAssociation> On(ManagedNode node)
    {
        IEnumerable<string> marks = NodeDirectory.Marks(node).Concat([Id(node.Id), Id("*")]);
        return marks.SelectMany(mark => _byMark.TryGetValue(mark, out HashSet<SimulatedAssociation>? found) ? found : [])
            .Distinct()
            .Where(association => association.Settings!.Conditions.All(condition => condition.Holds(node)))
            .OrderBy(static association => association.Association.Sequence);
    }

    /// <summary>Where an execution is as a whole; null while it is being created.</summary>
    public ExecutionState? State(SimulatedAssociation association, Execution execution) => _planner.State(association.Hash, execution, _clock.Now);

    /// <summary>Where an execution is on each node.</summary>
    public NodeState[] Nodes(SimulatedAssociation association, Execution execution) => _planner.Nodes(association.Hash, execution, _clock.Now);

    /// <summary>Where an association is, each node as of its last run; null where no run has begun.</summary>
    public ExecutionState? Overview(SimulatedAssociation association)
    {
        DateTime now = _clock.Now;
        Execution[] current = [.. association.Current().Where(execution => now >= execution.Created + RunPlanner.Creating)];
        if (current.Length == 0 || now < association.Last!.Created + RunPlanner.Creating)
        {
            return null;
        }

        if (current.Length == 1)
        {
            return _planner.State(association.Hash, current[0], now);
        }

        var states = new Dictionary<string, NodeState>(StringComparer.Ordinal);
        foreach (NodeState state in current.SelectMany(execution => _planner.Nodes(association.Hash, execution, now)))
        {
            states[state.Node.Id] = state;
        }

        return ExecutionState.Sum(states.Values, association.Last.Created, association.Settings!.HasWrongParameters);
    }

    /// <summary>The last run of an association for a node, and where it is; null where there was none.</summary>
    public (Execution Execution, NodeState State)? LastOn(SimulatedAssociation association, ManagedNode node)
    {
        DateTime now = _clock.Now;
        foreach (Execution execution in association.Current().Reverse().Where(execution => now >= execution.Created + RunPlanner.Creating))
        {
            NodeState state = Array.Find(_planner.Nodes(association.Hash, execution, now), state => state.Node.Id == node.Id);
            if (state.Node is not null)
            {
                return (execution, state);
            }
        }

        return null;
    }

    private static string Id(string id) => "id " + id;

    private void Happen(SimulatedEvent due, DateTime time)
    {
        if (due.Node is ManagedNode node)
        {
            if (ReferenceEquals(_nodes.Find(node.Id), node))
            {
                Return(node, time);
                AwaitReturn(node, time);
            }
        }
        else if (due.Association!.Association.IsDeleted)
        {
            return;
        }
        else if (due.Version is StoredVersion version)
        {
            Begin(due.Association, version, time);
        }
        else if (ReferenceEquals(due.Schedule, due.Association.Schedule))
        {
            Run(due.Association, time, null);
            ScheduleNext(due.Association, time);
        }
    }

    private SimulatedAssociation AddToIndex(StoredAssociation association)
    {
        var simulated = new SimulatedAssociation(association, _seed);
        _associations.Add(association.Id, simulated);
        return simulated;
    }

    private void Begin(SimulatedAssociation association, StoredVersion version, DateTime time)
    {
        Index(association, add: false);
        NoteDead(association);
        association.Begin(RunSettings.Read(version.Description, _inventory), time);
        Index(association, add: true);
        if (!association.Settings!.OnlyOnSchedule || association.Schedule?.Once <= time)
        {
            Run(association, time, null);
        }

        ScheduleNext(association, time);
    }

    /// <summary>Sweeps the queue when half of it is dead: a run of millions that forgets the oldest must not keep them here.</summary>
    private void NoteDead(SimulatedAssociation association)
    {
        if (association.Schedule is not null || association.Association.IsDeleted)
        {
            _dead++;
        }

        if (_dead > CatchUpEvery && _dead > _due.Count / 2)
        {
            _due.RemoveAll(static due => due.Association is { } one && (one.Association.IsDeleted || (due.Schedule is not null && !ReferenceEquals(due.Schedule, one.Schedule))));
            _dead = 0;
        }
    }

    private void ScheduleNext(SimulatedAssociation association, DateTime time)
    {
        if (association.Schedule is RunTimes schedule && schedule.Next(time) is DateTime next)
        {
            _due.Add(next, new SimulatedEvent(association, schedule));
        }
    }

    private void Run(SimulatedAssociation association, DateTime time, ManagedNode? only)
    {
        if (association.Settings!.Calendars.Count == 0 || association.Settings.Calendars.All(name => _inventory.Calendar(name)?.IsOpen(time) != false))
        {
            association.Add(time, _nodes, only);
        }
    }

    /// <summary>A node is back: what it missed, and what it never had, runs. Runbooks do not wait for nodes.</summary>
    private void Return(ManagedNode node, DateTime time)
    {
        foreach (SimulatedAssociation association in On(node).Where(static association => !association.Settings!.IsRunbook).ToArray())
        {
            Execution? last = association.Current().LastOrDefault(execution => execution.Only is null || execution.Only.Id == node.Id);
            if (last is null || !WasPickedUp(association, last, node, time))
            {
                Run(association, time, node);
            }
        }
    }

    private bool WasPickedUp(SimulatedAssociation association, Execution execution, ManagedNode node, DateTime time)
    {
        NodeState state = Array.Find(_planner.Nodes(association.Hash, execution, time), state => state.Node.Id == node.Id);
        return state.Node is not null && state.WasPickedUp;
    }

    private void AwaitReturn(ManagedNode node, DateTime time)
    {
        DateTime offline = node.Availability.OfflineFrom(time);
        DateTime online = offline == DateTime.MaxValue ? offline : node.Availability.OnlineFrom(offline);
        if (online < DateTime.MaxValue)
        {
            _due.Add(online, new SimulatedEvent(node));
        }
    }

    /// <summary>By the first condition, which every selected node meets.</summary>
    private void Index(SimulatedAssociation association, bool add)
    {
        if (association.Settings is null || association.Settings.Conditions.Count == 0)
        {
            return;
        }

        NodeCondition first = association.Settings.Conditions[0];
        foreach (string mark in first.IsForIds ? first.Values.Select(Id) : first.Values)
        {
            if (!_byMark.TryGetValue(mark, out HashSet<SimulatedAssociation>? list))
            {
                _byMark.Add(mark, list = []);
            }

            if (add)
            {
                list.Add(association);
            }
            else if (list.Remove(association) && list.Count == 0)
            {
                _byMark.Remove(mark);
            }
        }
    }
}
