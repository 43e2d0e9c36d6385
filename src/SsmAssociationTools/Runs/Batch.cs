using System.Collections.Generic;

namespace SsmAssociationTools.Runs;

/// <summary>Inputs that are worked on together, in one call where there is one for several: none excludes another.</summary>
internal sealed class Batch<TItem>
    where TItem : RunItem
{
    private readonly HashSet<object> _keys = [];

    /// <summary>The inputs, in input order.</summary>
    public List<TItem> Items { get; } = [];

    /// <summary>What the inputs must not share with others that are worked on.</summary>
    public IReadOnlyCollection<object> Keys => _keys;

    /// <summary>Number of the batch in its run, from 1; given when it is closed.</summary>
    public int Number { get; set; }

    /// <summary>Takes an input unless one of the batch excludes it, or is of another kind.</summary>
    public bool TryAdd(TItem item)
    {
        if (Items.Count > 0 && Items[0].BatchKind != item.BatchKind)
        {
            return false;
        }

        IReadOnlyList<object> keys = item.ExclusionKeys;
        foreach (object key in keys)
        {
            if (_keys.Contains(key))
            {
                return false;
            }
        }

        _keys.UnionWith(keys);
        Items.Add(item);
        return true;
    }
}
