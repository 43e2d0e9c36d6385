using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>One Region and account with what is wanted there and what exists.</summary>
internal sealed class SyncPlace : IDisposable
{
    public SyncPlace(Destination destination) => Destination = destination;

    public Destination Destination { get; }

    public SyncPlan Plan { get; } = new();

    /// <summary>The wanted entries that go there, in input order.</summary>
    public List<SyncItem> Items { get; } = [];

    /// <summary>The account; null where it is not known.</summary>
    public string? Account { get; set; }

    /// <summary>True once its list was read to the end.</summary>
    public bool IsRead { get; set; }

    public void Dispose() => Plan.Dispose();
}
