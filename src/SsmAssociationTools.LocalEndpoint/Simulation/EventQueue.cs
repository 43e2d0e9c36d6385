using System;

namespace SsmAssociationTools.LocalEndpoint.Simulation;

/// <summary>What is due, the earliest first; what is due at the same time in the order in which it was added.</summary>
/// <typeparam name="T">What happens.</typeparam>
internal sealed class EventQueue<T>
{
    private (long Time, long Order, T Item)[] _heap = new (long, long, T)[16];
    private long _order;

    public int Count { get; private set; }

    /// <summary>Time of the earliest, in ticks; there must be one.</summary>
    public long Earliest => _heap[0].Time;

    public void Add(DateTime time, T item)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, Count * 2);
        }

        (long Time, long Order, T Item) added = (time.Ticks, _order++, item);
        int place = Count++;
        while (place > 0 && added.Time < _heap[(place - 1) / 2].Time)
        {
            _heap[place] = _heap[(place - 1) / 2];
            place = (place - 1) / 2;
        }

        _heap[place] = added;
    }

    public T Take()
    {
        T item = _heap[0].Item;
        (long Time, long Order, T Item) last = _heap[--Count];
        _heap[Count] = default;
        if (Count == 0)
        {
            return item;
        }

        int place = 0;
        for (int child; (child = (2 * place) + 1) < Count; place = child)
        {
            if (child + 1 < Count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], last))
            {
                break;
            }

            _heap[place] = _heap[child];
        }

        _heap[place] = last;
        return item;
    }

    /// <summary>Takes out what will not happen.</summary>
    public void RemoveAll(Predicate<T> isDead)
    {
        Array.Resize(ref _heap, Count);
        (long Time, long Order, T Item)[] kept = Array.FindAll(_heap, entry => !isDead(entry.Item));
        _heap = new (long, long, T)[Math.Max(16, kept.Length * 2)];
        Count = kept.Length;

        // An array in order is a heap too.
        Array.Sort(kept, static (left, right) => left.Time != right.Time ? left.Time.CompareTo(right.Time) : left.Order.CompareTo(right.Order));
        kept.CopyTo(_heap, 0);
    }

    private static bool IsBefore(in (long Time, long Order, T Item) left, in (long Time, long Order, T Item) right) =>
        left.Time < right.Time || (left.Time == right.Time && left.Order < right.Order);
}
