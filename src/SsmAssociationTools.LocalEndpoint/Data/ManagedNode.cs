using System.Collections.Generic;
using SsmAssociationTools.LocalEndpoint.Simulation;

namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>A managed node: what it is, and how it behaves when an association runs on it.</summary>
internal sealed class ManagedNode
{
    public ManagedNode(string id, string? platform = null, string state = "running")
    {
        Id = id;
        Platform = platform;
        State = state;
        Hash = Draw.Hash(id);
    }

    public string Id { get; }

    /// <summary>Windows, Linux or MacOS; null for any.</summary>
    public string? Platform { get; }

    /// <summary>State in lower case, such as running.</summary>
    public string State { get; }

    /// <summary>ComputerName; null where it is made up from the id.</summary>
    public string? Name { get; init; }

    public string? PlatformName { get; init; }

    public string? PlatformVersion { get; init; }

    public string? AgentVersion { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Resource groups that it belongs to.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Seconds until it picks up a run; null for one to three.</summary>
    public double? PickUpSeconds { get; init; }

    /// <summary>Seconds that a run takes; null for one to three.</summary>
    public double? RunSeconds { get; init; }

    /// <summary>How the runs of an association end, in order; the last goes on. Empty for success.</summary>
    public IReadOnlyList<RunStatus> Outcomes { get; init; } = [];

    /// <summary>Share of the runs that fail, from 0 to 1.</summary>
    public double FailureShare { get; init; }

    /// <summary>When it is offline.</summary>
    public Availability Availability { get; init; } = Availability.Always;

    /// <summary>Number that chance on this node depends on.</summary>
    public ulong Hash { get; }

    /// <summary>Whether associations can be created for it in this state.</summary>
    public bool IsUsable => State is "running" or "pending" or "stopped" or "stopping";

    /// <summary>Whether Systems Manager lists it: stopped and terminated nodes are left out.</summary>
    public bool IsListed => State is "running" or "pending";
}
