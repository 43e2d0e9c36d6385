using System.Collections.Generic;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>
/// Associations in order of creation. Reading on from any place costs a binary search; deleted ones are passed over and
/// swept out when they are half of the list.
/// </summary>
internal sealed class AssociationSequence
{
    private const int SweepFrom = 32;

    private readonly List<StoredAssociation> _items = [];
    private int _deleted;

    /// <summary>How many there are, deleted ones not counted.</summary>
    public int Count => _items.Count - _deleted;

    /// <summary>Adds one that is younger than all others.</summary>
    /// <param name="association">The association.</param>
    public void Add(StoredAssociation association) => _items.Add(association);

    /// <summary>Takes note that one of the list has been marked as deleted.</summary>
    public void NoteDeleted()
    {
        if (++_deleted > SweepFrom && _deleted > _items.Count / 2)
        {
            _items.RemoveAll(association => association.IsDeleted);
            _deleted = 0;
        }
    }

    /// <summary>Reads on.</summary>
    /// <param name="sequence">Place in the order of creation; -1 for the start.</param>
    /// <returns>What was created after it.</returns>
    public IEnumerable<StoredAssociation> After(long sequence)
    {
        int low = 0;
        int high = _items.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_items[middle].Sequence <= sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        for (; low < _items.Count; low++)
        {
            if (!_items[low].IsDeleted)
            {
                yield return _items[low];
            }
        }
    }
}
