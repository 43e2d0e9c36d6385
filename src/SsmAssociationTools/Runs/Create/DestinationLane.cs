using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// The batches of one Region of one account: filled by the thread that drives the run, sent as calls in flight end. Each has
/// its own pace and its own stop, so that none holds up another.
/// </summary>
internal sealed class DestinationLane : IDisposable
{
    /// <summary>Batches that are filled at the same time, because entries exclude each other from the first.</summary>
    private const int MaxOpenBatches = 4;

    private readonly object _gate = new();
    private readonly RunOptions _options;
    private readonly BatchSender _sender;
    private readonly Action<Batch> _sent;
    private readonly Action<Batch> _ended;
    private readonly List<Batch> _open = [];
    private readonly LinkedList<Batch> _waiting = [];
    private readonly List<Batch> _inFlight = [];

    public DestinationLane(Destination destination, BatchSender sender, RunControl control, RunOptions options, Action<Batch> sent, Action<Batch> ended)
    {
        Destination = destination;
        Control = control;
        _sender = sender;
        _options = options;
        _sent = sent;
        _ended = ended;
    }

    /// <summary>Region and role.</summary>
    public Destination Destination { get; }

    /// <summary>The account that its calls go to; null where it is not known.</summary>
    public string? AccountId => _sender.AccountId;

    /// <summary>Stops the lane.</summary>
    public RunControl Control { get; }

    /// <summary>Calls a second that are let through now; infinite while the service has not throttled.</summary>
    public double Rate => _sender.Rate;

    /// <summary>
    /// True while enough batches are ready for the calls that end next. Reading further ahead would only keep more entries
    /// alive, which the garbage collector then has to carry along.
    /// </summary>
    public bool IsAhead
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count >= 2 * _options.ThrottleLimit;
            }
        }
    }

    /// <summary>Puts an entry into the first batch that takes it, and sends the batches that are full.</summary>
    public void Add(WorkItem item)
    {
        Batch? taker = _open.Find(batch => batch.TryAdd(item));
        if (taker is null)
        {
            if (_open.Count == MaxOpenBatches)
            {
                Send(_open[0]);
            }

            taker = new Batch();
            taker.TryAdd(item);
            _open.Add(taker);
        }

        if (taker.Items.Count >= _options.BatchSize)
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

    public void Dispose() => Control.Dispose();

    private void Send(Batch batch)
    {
        _open.Remove(batch);
        _sent(batch);
        lock (_gate)
        {
            _waiting.AddLast(batch);
            Start();
        }
    }

    /// <summary>
    /// Starts what may start. Two calls with the same content at the same time could not be told apart afterwards, and of
    /// entries with the same content the first of the input is to be the first that is sent.
    /// </summary>
    private void Start()
    {
        List<Batch>? heldUp = null;
        LinkedListNode<Batch>? next = _waiting.First;
        while (next is not null && _inFlight.Count < _options.ThrottleLimit)
        {
            Batch batch = next.Value;
            LinkedListNode<Batch>? after = next.Next;
            if (_inFlight.Exists(other => other.Excludes(batch)) || heldUp?.Exists(other => other.Excludes(batch)) == true)
            {
                (heldUp ??= []).Add(batch);
            }
            else
            {
                _waiting.Remove(next);
                _inFlight.Add(batch);
                _ = Task.Run(() => SendAsync(batch));
            }

            next = after;
        }
    }

    private async Task SendAsync(Batch batch)
    {
        try
        {
            await _sender.SendAsync(batch).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _inFlight.Remove(batch);
                Start();
            }

            _ended(batch);
        }
    }
}
