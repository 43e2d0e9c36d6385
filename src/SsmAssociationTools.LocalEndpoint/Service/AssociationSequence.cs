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

    /// <summary>Puts one in its place in the order of creation.</summary>
    public void Insert(StoredAssociation association) => _items.Insert(PlaceAfter(association.Sequence), association);

    /// <summary>Takes one out that exists, but does not belong here any more.</summary>
    public void Remove(StoredAssociation association) => _items.RemoveAt(PlaceAfter(association.Sequence) - 1);

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
        for (int place = PlaceAfter(sequence); place < _items.Count; place++)
        {
            if (!_items[place].IsDeleted)
            {
                yield return _items[place];
            }
        }
    }

    private int PlaceAfter(long sequence)
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

        return low;
    }
}
