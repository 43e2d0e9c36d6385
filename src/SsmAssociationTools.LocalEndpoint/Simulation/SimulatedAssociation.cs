using System;
using System.Collections.Generic;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Service;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>
/// The runs of one association. A run is a small record; what follows from it is worked out when somebody asks, so that a
/// year of thousands of schedules takes seconds.
/// </summary>
internal sealed class SimulatedAssociation
{
    /// <summary>How many runs are remembered, at least; an hourly one fills twice as many in six weeks.</summary>
    private const int Remembered = 500;

    /// <summary>How many runs keep what was worked out for them.</summary>
    private const int WorkedOut = 64;

    private readonly List<Record> _records = [];
    private readonly Dictionary<long, Execution> _seen = [];

    /// <summary>Of those that were looked at, the ones that nothing has overtaken yet.</summary>
    private readonly List<Execution> _open = [];

    /// <summary>Number of the first record.</summary>
    private long _first = 1;

    public SimulatedAssociation(StoredAssociation association, ulong seed)
    {
        Association = association;
        Hash = Draw.Hash(association.Id.ToLowerInvariant(), seed);
    }

    public StoredAssociation Association { get; }

    /// <summary>Number that chance in its runs depends on.</summary>
    public ulong Hash { get; }

    /// <summary>What the current version says; null until it begins.</summary>
    public RunSettings? Settings { get; private set; }

    /// <summary>When it runs; null for no schedule.</summary>
    public RunTimes? Schedule { get; private set; }

    /// <summary>The last run; null where there was none.</summary>
    public Execution? Last => _records.Count == 0 ? null : At(_records.Count - 1);

    public void Begin(RunSettings settings, DateTime time)
    {
        Settings = settings;
        Schedule = settings.Schedule is string expression ? RunTimes.Parse(expression, settings.Offset, time) : null;
    }

    /// <summary>Notes a run, which overtakes those before it.</summary>
    /// <param name="time">When it begins.</param>
    /// <param name="nodes">The nodes as they are then.</param>
    /// <param name="only">The only node that it is for; null for all.</param>
    public void Add(DateTime time, NodeDirectory nodes, ManagedNode? only)
    {
        if (_records.Count == 2 * Remembered)
        {
            _records.RemoveRange(0, Remembered);
            _first += Remembered;
        }

        _records.Add(new Record(time, Settings!, nodes, only));
        foreach (Execution earlier in _open)
        {
            earlier.NoteNext(time, only);
        }

        if (only is null)
        {
            _open.Clear();
        }
    }

    /// <summary>The runs that are remembered, the latest first.</summary>
    public IEnumerable<Execution> Backwards()
    {
        for (int place = _records.Count - 1; place >= 0; place--)
        {
            yield return At(place);
        }
    }

    /// <summary>The last run of all targets and those for single nodes since, the oldest first.</summary>
    public IEnumerable<Execution> Current()
    {
        int place = _records.Count - 1;
        while (place > 0 && _records[place].Only is not null)
        {
            place--;
        }

        for (; place >= 0 && place < _records.Count; place++)
        {
            yield return At(place);
        }
    }

    private Execution At(int place)
    {
        long number = _first + place;
        if (_seen.TryGetValue(number, out Execution? execution))
        {
            return execution;
        }

        if (_seen.Count >= WorkedOut)
        {
            _seen.Clear();
            _open.Clear();
        }

        Record record = _records[place];
        execution = new Execution(number, record.Created, record.Settings, record.Nodes, record.Only);
        for (int next = place + 1; next < _records.Count && execution.Overtaken == DateTime.MaxValue; next++)
        {
            execution.NoteNext(_records[next].Created, _records[next].Only);
        }

        _seen.Add(number, execution);
        if (execution.Overtaken == DateTime.MaxValue)
        {
            _open.Add(execution);
        }

        return execution;
    }

    private readonly struct Record
    {
        public Record(DateTime created, RunSettings settings, NodeDirectory nodes, ManagedNode? only)
        {
            Created = created;
            Settings = settings;
            Nodes = nodes;
            Only = only;
        }

        public DateTime Created { get; }

        public RunSettings Settings { get; }

        public NodeDirectory Nodes { get; }

        public ManagedNode? Only { get; }
    }
}
