using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// One run of the batch command: takes entries in input order, sends them in batches while more arrive, and hands back
/// every entry settled, in input order. One thread drives it; calls run beside that thread.
/// </summary>
internal sealed class AssociationRun : IDisposable
{
    /// <summary>
    /// Batches of one destination whose entries may wait for a result, or for an earlier one: the output is in input order,
    /// and this bounds what is held back and makes the pipeline wait. Twice the calls in flight where that is more, so that
    /// one slow call does not keep the others from being used.
    /// </summary>
    private const int WindowInBatches = 32;

    /// <summary>
    /// Entries of one destination that may wait where there are several: as many as an account-Region takes by default, so
    /// that a slow or failing one does not hold up the others.
    /// </summary>
    private const int WindowBesideOthers = 2000;

    /// <summary>Entries that may wait in all, at most; it bounds the memory of a run with hundreds of destinations.</summary>
    private const int MaxWindow = 100_000;

    private static readonly TimeSpan s_logInterval = TimeSpan.FromMilliseconds(250);

    private readonly Func<Destination, IAssociationGateway> _connect;
    private readonly RunOptions _options;
    private readonly IRunObserver _observer;
    private readonly RunControl _control;
    private readonly Journal? _journal;
    private readonly IClock _clock;
    private readonly Backoff _backoff;
    private readonly Outcome _outcome;
    private readonly Claims _claims = new();
    private readonly Dictionary<Destination, DestinationLane> _lanes = [];
    private readonly ConcurrentQueue<(bool IsWarning, string Text)> _log = new();
    private readonly EndedQueue<Batch> _ended = new();
    private readonly Queue<WorkItem> _order = new();
    private readonly RunProgress _progress = new();

    /// <summary>Entries in a lane that are not settled.</summary>
    private long _unsettled;
    private int _batches;
    private bool _isShutDown;

    public AssociationRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        RunControl control,
        Journal? journal,
        IClock clock,
        Random random,
        IRunObserver observer)
    {
        _connect = connect;
        _options = options;
        _observer = observer;
        _control = control;
        _journal = journal;
        _clock = clock;
        _backoff = new Backoff(random);
        _outcome = new Outcome(clock);
        foreach (string id in journal?.KnownIds() ?? [])
        {
            _claims.TryTake(id);
        }
    }

    /// <summary>True while the run has taken no entry.</summary>
    public bool IsUntouched => _progress.Received == 0;

    /// <summary>Says how many entries will come, where that is known before the last one.</summary>
    public void Expect(long total) => _progress.Total = total;

    /// <summary>Entries whose results were not handed back, because the run was shut down.</summary>
    public IReadOnlyCollection<WorkItem> Undelivered => _order;

    /// <summary>
    /// Why nothing more can be sent at all: the run was stopped, or every destination that it sends to was, the last of them for
    /// this; null while something can.
    /// </summary>
    public StopReason? Reason => _control.FinalReason;

    /// <summary>Destinations that were stopped, each with the reason.</summary>
    public IEnumerable<(Destination Destination, StopReason Reason)> StoppedDestinations
    {
        get
        {
            foreach (DestinationLane lane in _lanes.Values)
            {
                if (lane.Control.Reason is { } reason)
                {
                    yield return (lane.Destination, reason);
                }
            }
        }
    }

    /// <summary>Entries that may wait for their result, or for an earlier one.</summary>
    private long Window
    {
        get
        {
            long one = (long)_options.BatchSize * Math.Max(WindowInBatches, 2 * _options.ThrottleLimit);
            long each = Math.Max(one, _lanes.Count > 1 ? WindowBesideOthers : 0);
            return Math.Max(one, Math.Min(each * _lanes.Count, MaxWindow));
        }
    }

    /// <summary>Takes an entry that is to be sent to its destination. May wait for calls in flight.</summary>
    public void Add(WorkItem item)
    {
        DestinationLane lane = LaneOf(item.Destination);
        item.AccountId = lane.AccountId;
        Receive(item);
        if (lane.Control.Reason is { } reason)
        {
            _outcome.NotAttempted(item, ErrorCodes.EntryNotAttempted, reason.Message);
            Settle(item);
        }
        else if (!TakeFromJournal(item))
        {
            _unsettled++;
            lane.Add(item);
        }

        TakeEnded(wait: false);
        while (_order.Count > Window || (_lanes.Count == 1 && lane.IsAhead))
        {
            WorkItem first = _order.Peek();
            if (first.BatchNumber == 0)
            {
                // Everything waits for an entry whose batch is not full yet.
                LaneOf(first.Destination).Flush();
            }

            TakeEnded(wait: true);
        }
    }

    /// <summary>Takes an entry that breaks a rule.</summary>
    public void AddInvalid(WorkItem item, string message)
    {
        Receive(item);
        _outcome.Invalid(item, message);
        if (_options.StopOnFailure)
        {
            _control.Stop(BatchSender.StopOnFailure(item.Result!));
        }

        Settle(item);
        Deliver();
    }

    /// <summary>Takes an entry that is not to be sent.</summary>
    public void AddNotSent(WorkItem item, string code, string message)
    {
        Receive(item);
        _outcome.NotAttempted(item, code, message);
        Settle(item);
        Deliver();
    }

    /// <summary>Takes an entry whose association is known to be there.</summary>
    public void AddExisting(WorkItem item, AssociationRecord record)
    {
        Receive(item);
        _outcome.Existing(item, record);
        Settle(item);
        Deliver();
    }

    /// <summary>Takes what is not to be created, because its association, or another of its name, is known to be there.</summary>
    public void AddNotMissing(WorkItem item, string code, string message)
    {
        Receive(item);
        _outcome.NotMissing(item, code, message);
        Settle(item);
        Deliver();
    }

    /// <summary>Sends what is left, waits for every call and hands back every entry.</summary>
    public void Complete()
    {
        _progress.Total = _progress.Received;
        Flush();
        while (_unsettled > 0)
        {
            TakeEnded(wait: true);
        }

        Deliver();
    }

    /// <summary>
    /// Ends a run that can hand back nothing more: no further call starts, and calls in flight are awaited for the time
    /// of grace, then given up.
    /// </summary>
    public void Shutdown(StopReason reason)
    {
        _isShutDown = true;
        _control.Interrupt(reason, _options.Grace);
        Flush();
        while (_unsettled > 0)
        {
            TakeEnded(wait: true);
        }
    }

    public void Dispose()
    {
        foreach (DestinationLane lane in _lanes.Values)
        {
            lane.Dispose();
        }

        _control.Dispose();
    }

    private DestinationLane LaneOf(Destination destination)
    {
        if (_lanes.TryGetValue(destination, out DestinationLane? lane))
        {
            return lane;
        }

        IAssociationGateway gateway = _connect(destination);
        RunControl control = _control.ForDestination();
        var sender = new BatchSender(gateway, destination, _options, control, _clock, _backoff, _journal, _claims, _log);
        lane = new DestinationLane(destination, sender, control, _options, Sent, _ended.Add);
        _lanes.Add(destination, lane);
        return lane;
    }

    private void Receive(WorkItem item)
    {
        _progress.Received++;
        _order.Enqueue(item);
    }

    /// <summary>Settles an entry that an earlier run settled; of one that was sent and not settled, takes over when that was.</summary>
    private bool TakeFromJournal(WorkItem item)
    {
        if (_journal?.Identify(item) is not { } known)
        {
            return false;
        }

        bool isSettled = known.Status is AssociationStatus.Created or AssociationStatus.Existing
            || (known.Status == AssociationStatus.Failed && !known.IsRetryable);
        if (isSettled)
        {
            _outcome.FromJournal(item, known);
            Settle(item);
            if (_options.StopOnFailure && item.Result is AssociationFailure)
            {
                _control.Stop(BatchSender.StopOnFailure(item.Result));
            }
        }
        else
        {
            item.FirstSent = known.FirstSent;
        }

        return isSettled;
    }

    private void Sent(Batch batch)
    {
        batch.Number = ++_batches;
        foreach (WorkItem item in batch.Items)
        {
            item.BatchNumber = batch.Number;
        }
    }

    private void Flush()
    {
        foreach (DestinationLane lane in _lanes.Values)
        {
            lane.Flush();
        }
    }

    /// <summary>Takes the batches that ended, after waiting for one where that is asked for, and hands back what is ready.</summary>
    private void TakeEnded(bool wait)
    {
        Batch? batch;
        while (!_ended.TryTake(out batch, wait ? s_logInterval : TimeSpan.Zero) && wait)
        {
            WriteLog();
        }

        // Before anything is written: writing fails once the pipeline is stopped, and a batch that was taken and not
        // counted would be awaited for ever.
        bool hasEnded = batch is not null;
        for (; batch is not null; _ended.TryTake(out batch))
        {
            _progress.Batches++;
            _unsettled -= batch.Items.Count;
            foreach (WorkItem item in batch.Items)
            {
                Settle(item);
            }
        }

        WriteLog();
        if (!_isShutDown)
        {
            if (hasEnded)
            {
                FindSlowest();
                _observer.Progress(_progress);
            }

            Deliver();
        }
    }

    private void FindSlowest()
    {
        _progress.ForgetRates();
        foreach (DestinationLane lane in _lanes.Values)
        {
            _progress.Note(lane.Destination, lane.Rate);
        }
    }

    private void Settle(WorkItem item)
    {
        item.IsSettled = true;
        _progress.Settled++;
        if (item.Result is AssociationSuccess)
        {
            _progress.Succeeded++;
        }
    }

    private void Deliver()
    {
        bool hasDelivered = false;
        while (_order.Count > 0 && _order.Peek().IsSettled)
        {
            _observer.Settled(_order.Peek());

            // Only now: what cannot be written because the pipeline was stopped is still to be told of.
            _order.Dequeue();
            hasDelivered = true;
        }

        if (hasDelivered)
        {
            _observer.Delivered();
        }
    }

    private void WriteLog()
    {
        while (_log.TryDequeue(out (bool IsWarning, string Text) line))
        {
            if (_isShutDown)
            {
                continue;
            }

            if (line.IsWarning)
            {
                _observer.Warning(line.Text);
            }
            else
            {
                _observer.Verbose(line.Text);
            }
        }
    }
}
