using System;
using System.Collections.Generic;
using System.Threading;

namespace SsmAssociationTools.Batching;

/// <summary>
/// Hands batches that ended over to the thread that drives the run. Waiting sleeps at once instead of spinning first, as
/// BlockingCollection does: on a machine with few processors the time is better spent on the calls. Safe for concurrent use.
/// </summary>
internal sealed class EndedBatches
{
    private readonly Queue<Batch> _queue = new();

    /// <summary>How many batches there are, also for a look without the lock: the run looks after every entry.</summary>
    private volatile int _count;

    /// <summary>Hands over a batch.</summary>
    /// <param name="batch">A batch of which every entry has a result.</param>
    public void Add(Batch batch)
    {
        lock (_queue)
        {
            _queue.Enqueue(batch);
            _count = _queue.Count;
            Monitor.Pulse(_queue);
        }
    }

    /// <summary>Takes the batch that was handed over first.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="timeout">How long to wait for one.</param>
    /// <returns>False where there is none.</returns>
    public bool TryTake(out Batch? batch, TimeSpan timeout = default)
    {
        if (_count == 0 && timeout <= TimeSpan.Zero)
        {
            batch = null;
            return false;
        }

        lock (_queue)
        {
            if (_queue.Count == 0 && timeout > TimeSpan.Zero)
            {
                Monitor.Wait(_queue, timeout);
            }

            bool hasBatch = _queue.Count > 0;
            batch = hasBatch ? _queue.Dequeue() : null;
            _count = _queue.Count;
            return hasBatch;
        }
    }
}
