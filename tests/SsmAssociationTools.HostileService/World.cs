using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>What is true: the associations of every account and Region, and what came of each content that was sent.</summary>
public sealed class World
{
    private readonly object _lock = new();
    private readonly List<Association> _associations = [];
    private readonly Dictionary<(string Place, string Key), Trace> _traces = [];
    private readonly Dictionary<string, int> _failedReads = [];
    private readonly HashSet<(string Place, string Id)> _unclear = [];
    private readonly Dice _ids;

    public World(int seed) => _ids = new Dice(seed, "ids");

    /// <summary>All that ever existed.</summary>
    public IReadOnlyList<Association> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _associations];
            }
        }
    }

    public IReadOnlyList<Association> Existing(string place) => [.. All.Where(association => association.Place == place && !association.IsDeleted)];

    public Association? Find(string place, string id) => All.FirstOrDefault(association => association.Place == place && association.Id == id && !association.IsDeleted);

    public Association Create(string place, JsonObject content, DateTimeOffset date, int call, TimeSpan age = default)
    {
        var entry = (JsonObject)content.DeepClone();
        string key = Canonical.Of(entry);
        lock (_lock)
        {
            var association = new Association(_ids.Id().ToString(), place, entry, date, call, age) { TrueTime = DateTimeOffset.UtcNow - age };
            _associations.Add(association);
            if (call > 0)
            {
                TraceOf(place, key).Acted++;
            }

            return association;
        }
    }

    /// <summary>Makes a new version, if the association still has the one that is expected.</summary>
    public bool Update(Association association, int? expected, JsonObject content, DateTimeOffset date, int call, TimeSpan age = default)
    {
        lock (_lock)
        {
            if (association.IsDeleted || (expected is not null && expected != association.Latest.Number))
            {
                return false;
            }

            association.Add(content, date, call, age);
            return true;
        }
    }

    public void Start(Association association, Execution execution)
    {
        lock (_lock)
        {
            association.Executions.Add(execution);
        }
    }

    public string NewId()
    {
        lock (_lock)
        {
            return _ids.Id().ToString();
        }
    }

    public bool Delete(string place, string id)
    {
        lock (_lock)
        {
            Association? association = _associations.Find(item => item.Place == place && item.Id == id && !item.IsDeleted);
            if (association is null)
            {
                return false;
            }

            association.DeletedAt = DateTimeOffset.UtcNow;
            return true;
        }
    }

    public int NoteSent(string place, IEnumerable<string> keys)
    {
        lock (_lock)
        {
            int seen = 0;
            foreach (string key in keys)
            {
                seen = Math.Max(seen, TraceOf(place, key).Sent++);
            }

            return seen;
        }
    }

    public void Note(string place, IEnumerable<JsonObject> entries, Action<Trace> change)
    {
        lock (_lock)
        {
            foreach (JsonObject entry in entries)
            {
                change(TraceOf(place, Canonical.Of(entry)));
            }
        }
    }

    public Trace Read(string place, string key)
    {
        lock (_lock)
        {
            return TraceOf(place, key);
        }
    }

    /// <summary>Takes note that a call which changes, removes or starts what has these ids had no answer from which its outcome can be read.</summary>
    public void NoteUnclear(string place, IEnumerable<string> ids)
    {
        lock (_lock)
        {
            _unclear.UnionWith(ids.Select(id => (place, id)));
        }
    }

    public bool IsUnclear(string place, string id)
    {
        lock (_lock)
        {
            return _unclear.Contains((place, id));
        }
    }

    public void NoteFailedRead(string place)
    {
        lock (_lock)
        {
            _failedReads[place] = FailedReadsCore(place) + 1;
        }
    }

    /// <summary>How many calls that read were not answered, or not truly.</summary>
    public int FailedReads(string place)
    {
        lock (_lock)
        {
            return FailedReadsCore(place);
        }
    }

    private int FailedReadsCore(string place) => _failedReads.TryGetValue(place, out int count) ? count : 0;

    private Trace TraceOf(string place, string key)
    {
        if (!_traces.TryGetValue((place, key), out Trace? trace))
        {
            _traces[(place, key)] = trace = new Trace();
        }

        return trace;
    }
}
