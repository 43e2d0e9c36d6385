using System.Collections.Generic;
using SsmAssociationTools.Content;

namespace SsmAssociationTools.Runs.Create;

/// <summary>Entries that go to the service together: no two with the same content, no two with the same InstanceId.</summary>
internal sealed class Batch
{
    private readonly HashSet<ContentKey> _keys = [];
    private readonly HashSet<string> _instanceIds = [];

    /// <summary>The entries, in input order.</summary>
    public List<WorkItem> Items { get; } = [];

    /// <summary>Number of the batch in its run, from 1; given when it is sent.</summary>
    public int Number { get; set; }

    /// <summary>Takes an entry unless one of the batch excludes it.</summary>
    public bool TryAdd(WorkItem item)
    {
        string? instanceId = item.Entry!.InstanceId;
        if (_keys.Contains(item.Key) || (!string.IsNullOrEmpty(instanceId) && _instanceIds.Contains(instanceId!)))
        {
            return false;
        }

        _keys.Add(item.Key);
        if (!string.IsNullOrEmpty(instanceId))
        {
            _instanceIds.Add(instanceId!);
        }

        Items.Add(item);
        return true;
    }

    /// <summary>True where an entry of the other batch has the content or the InstanceId of one of this batch.</summary>
    public bool Excludes(Batch other) => _keys.Overlaps(other._keys) || _instanceIds.Overlaps(other._instanceIds);
}
