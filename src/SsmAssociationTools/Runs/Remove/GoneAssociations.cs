using System;
using System.Collections.Concurrent;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>What a run found to be gone, so that an id that comes twice is not deleted again. Safe for concurrent use.</summary>
internal sealed class GoneAssociations
{
    private readonly ConcurrentDictionary<(Destination Place, Guid Id), long> _indexes = new();

    /// <summary>Takes note that the association of an input is gone.</summary>
    public void Add(RemovalItem item) => _indexes.TryAdd((item.Destination, item.Id!.Value), item.Index);

    /// <summary>Finds the input for which the same association was gone before.</summary>
    public bool TryFind(RemovalItem item, out long index) => _indexes.TryGetValue((item.Destination, item.Id!.Value), out index);
}
