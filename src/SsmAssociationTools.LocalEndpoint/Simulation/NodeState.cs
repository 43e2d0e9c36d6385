using System;
using SsmAssociationTools.LocalEndpoint.Data;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>Where the run is on one node at a time.</summary>
/// <param name="Node">The node, or what else a runbook works on.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Since">Since when.</param>
/// <param name="WasPickedUp">Whether the node knows of the run.</param>
internal readonly record struct NodeState(ManagedNode Node, RunStatus Status, DateTime Since, bool WasPickedUp);
