using System;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>What truly happens on one node of a run.</summary>
/// <param name="Id">Id of the node.</param>
/// <param name="PickUp">When it takes the run up; the last of all times for never.</param>
/// <param name="End">When it is done; the last of all times for never.</param>
/// <param name="Word">What it then says.</param>
internal sealed record TruthNode(string Id, DateTime PickUp, DateTime End, string Word)
{
    public string WordAt(DateTime time) => time >= End ? Word : time >= PickUp ? "InProgress" : "Pending";
}
