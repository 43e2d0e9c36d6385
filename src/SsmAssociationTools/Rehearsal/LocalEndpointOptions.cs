using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Rehearsal;

/// <summary>What an embedded endpoint is to be like.</summary>
internal sealed class LocalEndpointOptions
{
    /// <summary>TCP port on loopback; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>Region that ids and ARNs of the endpoint name.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Account that ARNs of the endpoint name.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>How many associations may exist; 0 lifts the limit.</summary>
    public int AssociationLimit { get; init; } = 2000;

    /// <summary>How many associations are remembered, the youngest ones; 0 remembers all. Runs of millions need a bound.</summary>
    public int Keep { get; init; }

    /// <summary>Waited before each answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Names of customer documents that exist, beside the AWS documents that the endpoint knows. Schema 2.2 Command documents for every platform.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>Path of a JSON file with documents, managed nodes and buckets; null for the built-in ones alone.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>
    /// Managed nodes beside those of the inventory, each as names and values of its members: texts, numbers, booleans,
    /// times, lists and dictionaries of these. The endpoint's documentation names the members.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Nodes { get; init; } = [];

    /// <summary>Path of a file that keeps the associations between processes; null keeps them in memory.</summary>
    public string? StatePath { get; init; }

    /// <summary>Faults to inject, each in the notation of the endpoint's documentation.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Path of a file with faults, one a line; null for none.</summary>
    public string? FaultPath { get; init; }

    /// <summary>What UpdateAssociation does with members that a call leaves out.</summary>
    public OmittedMember OmittedMember { get; init; }

    /// <summary>The time at which the endpoint's clock starts, UTC; null for now.</summary>
    public DateTime? ClockStart { get; init; }

    /// <summary>How many seconds of the endpoint's clock pass in one; 0 lets it stand still until it is put forward.</summary>
    public double ClockSpeed { get; init; } = 1;

    /// <summary>Seed of every random choice, so that a run can be repeated; null picks one.</summary>
    public int? Seed { get; init; }
}
