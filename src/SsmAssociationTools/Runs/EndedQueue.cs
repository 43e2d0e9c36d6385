using System;
using System.Collections.Generic;
using System.Threading;

namespace SsmAssociationTools.Runs;

/// <summary>
/// Hands over what ended to the thread that drives a run. Waiting sleeps at once instead of spinning first, as
/// BlockingCollection does: on a machine with few processors the time is better spent on the calls. Safe for concurrent use.
/// </summary>
internal sealed class EndedQueue<T>
    where T : class
{
    private readonly Queue<T> _queue = new();

    /// <summary>How many there are, also for a look without the lock: the run looks after every input.</summary>
    private volatile int _count;

    /// <summary>Hands over one.</summary>
    public void Add(T ended)
    {
        lock (_queue)
        {
            _queue.Enqueue(ended);
            _count = _queue.Count;
            Monitor.Pulse(_queue);
        }
    }

    /// <summary>Takes the one that was handed over first.</summary>
    public bool TryTake(out T? ended, TimeSpan timeout = default)
    {
        if (_count == 0 && timeout <= TimeSpan.Zero)
        {
            ended = null;
            return false;
        }

        lock (_queue)
        {
            if (_queue.Count == 0 && timeout > TimeSpan.Zero)
            {
                Monitor.Wait(_queue, timeout);
            }

            bool hasEnded = _queue.Count > 0;
            ended = hasEnded ? _queue.Dequeue() : null;
            _count = _queue.Count;
            return hasEnded;
        }
    }
}
