using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace SsmAssociationTools.Runs;

/// <summary>
/// The work of one kind in one place: batches are filled by the thread that drives the run, and worked on as others end, a
/// few at a time. Inputs that exclude each other are worked on one after the other, in input order.
/// </summary>
internal sealed class Lane<TItem> : IDisposable
    where TItem : RunItem
{
    /// <summary>Batches that are filled at the same time, because inputs exclude each other from the first.</summary>
    private const int MaxOpenBatches = 4;

    private readonly object _gate = new();
    private readonly int _batchSize;
    private readonly int _limit;
    private readonly int _readAhead;
    private readonly Func<Batch<TItem>, Task> _work;
    private readonly IDisposable? _worker;
    private readonly List<Batch<TItem>> _open = [];
    private readonly LinkedList<Batch<TItem>> _waiting = [];
    private readonly HashSet<object> _busy = [];
    private int _inFlight;
    private ILaneOwner<TItem>? _owner;

    /// <summary>Makes a lane.</summary>
    /// <param name="batchSize">Inputs that are worked on together, at most.</param>
    /// <param name="limit">Batches that are worked on at the same time, at most.</param>
    /// <param name="work">
    /// Works on a batch and gives each of its inputs a result. It is called for what waits when the place is stopped, too:
    /// it makes no further call then, and an input that it leaves without a result was not attempted.
    /// </param>
    /// <param name="readAhead">
    /// Batches that may wait before the run stops to take inputs, where it has no other lane. More would only keep inputs
    /// alive, which the garbage collector then has to carry along.
    /// </param>
    /// <param name="worker">Disposed of with the lane.</param>
    public Lane(Place place, int batchSize, int limit, Func<Batch<TItem>, Task> work, int readAhead = int.MaxValue, IDisposable? worker = null)
    {
        Place = place;
        _batchSize = batchSize;
        _limit = limit;
        _work = work;
        _readAhead = readAhead;
        _worker = worker;
    }

    /// <summary>Where it works.</summary>
    public Place Place { get; }

    /// <summary>True while enough batches are ready for the calls that end next.</summary>
    public bool IsAhead
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count >= _readAhead;
            }
        }
    }

    /// <summary>Says who numbers the batches and takes those that ended.</summary>
    public void BelongTo(ILaneOwner<TItem> owner) => _owner = owner;

    /// <summary>Puts an input into the first batch that takes it, and sends the batches that are full.</summary>
    public void Add(TItem item)
    {
        Batch<TItem>? taker = _open.Find(batch => batch.TryAdd(item));
        if (taker is null)
        {
            if (_open.Count == MaxOpenBatches)
            {
                Send(_open[0]);
            }

            taker = new Batch<TItem>();
            taker.TryAdd(item);
            _open.Add(taker);
        }

        if (taker.Items.Count >= _batchSize)
        {
            Send(taker);
        }
    }

    /// <summary>Sends the batches that are not full.</summary>
    public void Flush()
    {
        while (_open.Count > 0)
        {
            Send(_open[0]);
        }
    }

    public void Dispose() => _worker?.Dispose();

    private void Send(Batch<TItem> batch)
    {
        _open.Remove(batch);
        _owner!.Closed(batch);
        lock (_gate)
        {
            _waiting.AddLast(batch);
            Start();
        }
    }

    /// <summary>
    /// Starts what may start. Two calls with the same content at the same time could not be told apart afterwards, and of
    /// inputs that exclude each other the first is to be the first that is worked on.
    /// </summary>
    private void Start()
    {
        HashSet<object>? heldUp = null;
        LinkedListNode<Batch<TItem>>? next = _waiting.First;
        while (next is not null && _inFlight < _limit)
        {
            Batch<TItem> batch = next.Value;
            LinkedListNode<Batch<TItem>>? after = next.Next;
            if (_busy.Overlaps(batch.Keys) || heldUp?.Overlaps(batch.Keys) == true)
            {
                (heldUp ??= []).UnionWith(batch.Keys);
            }
            else
            {
                _waiting.Remove(next);
                _busy.UnionWith(batch.Keys);
                _inFlight++;
                _ = Task.Run(() => WorkAsync(batch));
            }

            next = after;
        }
    }

    private async Task WorkAsync(Batch<TItem> batch)
    {
        Exception? unexpected = null;
        try
        {
            await _work(batch).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The error is in the results; what was called may have acted.
        catch (Exception error)
#pragma warning restore CA1031
        {
            unexpected = error;
        }

        // Before anything else starts: a failure may stop what waits.
        _owner!.Worked(Place, batch, unexpected);
        lock (_gate)
        {
            _busy.ExceptWith(batch.Keys);
            _inFlight--;
            Start();
        }

        _owner.Ended(batch);
    }
}
