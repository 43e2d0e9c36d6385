using System;
using SsmAssociationTools.LocalEndpoint.Data;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>What happens on one node if nothing overtakes it.</summary>
/// <param name="Node">The node, or what else a runbook works on.</param>
/// <param name="PickUp">When it picks the run up; the last of all times for never.</param>
/// <param name="End">When the run ends.</param>
/// <param name="Outcome">How it ends.</param>
internal readonly record struct NodeRun(ManagedNode Node, DateTime PickUp, DateTime End, RunStatus Outcome);
