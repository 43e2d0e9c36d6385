using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Batching;

/// <summary>
/// One run of the batch command: takes entries in input order, sends them in batches while more arrive, and hands back
/// every entry settled, in input order. One thread drives it; calls run beside that thread.
/// </summary>
internal sealed class AssociationRun : IDisposable
{
    /// <summary>Batches that are filled at the same time, because entries exclude each other from the first.</summary>
    private const int MaxOpenBatches = 4;

    /// <summary>
    /// Batches whose entries may wait for an earlier one: the output is in input order, and this bounds what is held back.
    /// </summary>
    private const int WindowInBatches = 32;

    private static readonly TimeSpan s_logInterval = TimeSpan.FromMilliseconds(250);

    private readonly RunOptions _options;
    private readonly IRunObserver _observer;
    private readonly RunControl _control;
    private readonly Journal? _journal;
    private readonly string? _region;
    private readonly BatchSender? _sender;
    private readonly Outcome _outcome;
    private readonly ConcurrentQueue<(bool IsWarning, string Text)> _log = new();
    private readonly Queue<WorkItem> _order = new();
    private readonly List<Batch> _open = [];
    private readonly List<(Batch Batch, Task Task)> _inFlight = [];
    private readonly RunProgress _progress = new();
    private bool _isShutDown;

    /// <summary>Makes a run.</summary>
    /// <param name="gateway">Where the calls go; null for a run that sends nothing.</param>
    /// <param name="region">The Region to name in results; null where it is not known.</param>
    /// <param name="options">How the run sends.</param>
    /// <param name="control">Stops the run.</param>
    /// <param name="journal">Records what is sent; null for no record.</param>
    /// <param name="clock">The time.</param>
    /// <param name="random">Jitter of waiting times.</param>
    /// <param name="observer">Who the run reports to.</param>
    public AssociationRun(
        IAssociationGateway? gateway,
        string? region,
        RunOptions options,
        RunControl control,
        Journal? journal,
        IClock clock,
        Random random,
        IRunObserver observer)
    {
        _options = options;
        _observer = observer;
        _control = control;
        _journal = journal;
        _region = region;
        _outcome = new Outcome(clock, region, gateway?.AccountId);
        if (gateway is not null)
        {
            var claims = new Claims();
            foreach (string id in journal?.KnownIds() ?? [])
            {
                claims.TryTake(id);
            }

            _sender = new BatchSender(gateway, options, control, clock, new Backoff(random), journal, claims, _log);
        }
    }

    /// <summary>Entries whose results were not handed back, because the run was shut down.</summary>
    public IReadOnlyCollection<WorkItem> Undelivered => _order;

    /// <summary>Takes an entry that is to be sent. May wait for calls in flight.</summary>
    /// <param name="item">The entry.</param>
    public void Add(WorkItem item)
    {
        Receive(item);
        if (!TakeFromJournal(item))
        {
            Place(item);
        }

        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Items.Count >= _options.BatchSize)
            {
                Start(_open[i]);
            }
        }

        while (_order.Count > (long)_options.BatchSize * WindowInBatches && HasWork)
        {
            if (_inFlight.Count == 0)
            {
                Start(_open[0]);
            }

            AwaitOne();
            Deliver();
        }

        Deliver();
    }

    /// <summary>Takes an entry that breaks a rule.</summary>
    /// <param name="item">The entry.</param>
    /// <param name="message">The problems.</param>
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

    /// <summary>Takes an entry that the user did not want to be sent.</summary>
    /// <param name="item">The entry.</param>
    /// <param name="message">Why it is not sent.</param>
    public void AddNotConfirmed(WorkItem item, string message)
    {
        Receive(item);
        _outcome.NotAttempted(item, ErrorCodes.NotConfirmed, message);
        Settle(item);
        Deliver();
    }

    /// <summary>Sends what is left, waits for every call and hands back every entry.</summary>
    public void Complete()
    {
        while (HasWork)
        {
            if (_open.Count > 0)
            {
                Start(_open[0]);
            }
            else
            {
                AwaitOne();
            }

            Deliver();
        }

        Deliver();
    }

    /// <summary>
    /// Ends a run that can hand back nothing more: no further call starts, and calls in flight are awaited for the time
    /// of grace, then given up.
    /// </summary>
    /// <param name="reason">Why.</param>
    public void Shutdown(StopReason reason)
    {
        _isShutDown = true;
        _control.Interrupt(reason, _options.Grace);
        while (_inFlight.Count > 0)
        {
            AwaitOne();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _control.Dispose();

    private bool HasWork => _open.Count > 0 || _inFlight.Count > 0;

    private void Receive(WorkItem item)
    {
        _progress.Received++;
        _order.Enqueue(item);
    }

    /// <summary>Settles an entry that an earlier run settled; of one that was sent and not settled, takes over when that was.</summary>
    private bool TakeFromJournal(WorkItem item)
    {
        if (_journal?.Identify(item, _region ?? string.Empty) is not { } known)
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

    /// <summary>Puts an entry into the first batch that takes it.</summary>
    private void Place(WorkItem item)
    {
        foreach (Batch batch in _open)
        {
            if (batch.TryAdd(item))
            {
                return;
            }
        }

        if (_open.Count == MaxOpenBatches)
        {
            Start(_open[0]);
        }

        var added = new Batch();
        added.TryAdd(item);
        _open.Add(added);
    }

    private void Start(Batch batch)
    {
        // Two calls with the same content at the same time could not be told apart afterwards.
        while (_inFlight.Count >= _options.ThrottleLimit || _inFlight.Exists(other => other.Batch.Excludes(batch)))
        {
            AwaitOne();
        }

        _open.Remove(batch);
        if (_control.Reason is { } reason)
        {
            foreach (WorkItem item in batch.Items)
            {
                _outcome.NotAttempted(item, ErrorCodes.EntryNotAttempted, reason.Message);
                Settle(item);
            }

            return;
        }

        batch.Number = ++_progress.Batches;
        _inFlight.Add((batch, Task.Run(() => _sender!.SendAsync(batch))));
        _observer.Progress(_progress);
    }

    /// <summary>Waits for the first batch to end, and passes on meanwhile what there is to tell.</summary>
    private void AwaitOne()
    {
        Task[] tasks = _inFlight.ConvertAll(static call => call.Task).ToArray();
        int ended;
        do
        {
            ended = Task.WaitAny(tasks, s_logInterval);
            WriteLog();
        }
        while (ended < 0);

        (Batch batch, Task task) = _inFlight[ended];
        _inFlight.RemoveAt(ended);
        foreach (WorkItem item in batch.Items)
        {
            Settle(item);
        }

        task.GetAwaiter().GetResult();
        if (!_isShutDown)
        {
            _observer.Progress(_progress);
        }
    }

    private void Settle(WorkItem item)
    {
        item.IsSettled = true;
        _progress.Settled++;
        if (item.Result is AssociationSuccess)
        {
            _progress.Created++;
        }
        else
        {
            _progress.NotCreated++;
        }
    }

    private void Deliver()
    {
        List<WorkItem>? ready = null;
        while (_order.Count > 0 && _order.Peek().IsSettled)
        {
            ready ??= [];
            ready.Add(_order.Dequeue());
        }

        if (ready is not null)
        {
            _observer.Settled(ready);
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
