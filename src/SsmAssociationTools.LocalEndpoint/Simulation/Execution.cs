using System;
using System.Collections.Generic;
using SsmAssociationTools.LocalEndpoint.Data;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>One run of an association. What happens on its nodes follows from what is noted here, and is worked out when somebody asks.</summary>
internal sealed class Execution
{
    private Dictionary<string, DateTime>? _overtakenOn;

    public Execution(long number, DateTime created, RunSettings settings, NodeDirectory nodes, ManagedNode? only)
    {
        Number = number;
        Created = created;
        Settings = settings;
        Nodes = nodes;
        Only = only;
    }

    /// <summary>From 1, for each association.</summary>
    public long Number { get; }

    public DateTime Created { get; }

    public RunSettings Settings { get; }

    /// <summary>The nodes as they were then.</summary>
    public NodeDirectory Nodes { get; }

    /// <summary>The only node that it is for, where one came into the targets or back online; null for all.</summary>
    public ManagedNode? Only { get; }

    /// <summary>When the next run of all targets began; the last of all times for not yet.</summary>
    public DateTime Overtaken { get; private set; } = DateTime.MaxValue;

    /// <summary>What happens on its nodes, once it was worked out.</summary>
    public NodeRun[]? Runs { get; set; }

    /// <summary>Takes note of a later run, in order of time.</summary>
    public void NoteNext(DateTime time, ManagedNode? only)
    {
        if (only is null)
        {
            Overtaken = time;
        }
        else
        {
            _overtakenOn ??= new Dictionary<string, DateTime>(StringComparer.Ordinal);
            if (!_overtakenOn.TryGetValue(only.Id, out _))
            {
                _overtakenOn[only.Id] = time;
            }
        }
    }

    /// <summary>When a later run for a node began; the last of all times for not yet.</summary>
    public DateTime OvertakenOn(string node) =>
        _overtakenOn is not null && _overtakenOn.TryGetValue(node, out DateTime alone) && alone < Overtaken ? alone : Overtaken;
}
