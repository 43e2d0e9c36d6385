using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>
/// One run of the removing command: takes inputs in order, removes their associations while more arrive, and hands back
/// every input settled, in input order. One thread drives it; calls run beside that thread.
/// </summary>
internal sealed class RemovalRun : IDisposable
{
    /// <summary>
    /// Inputs of one Region and account that may wait for a result, or for an earlier one: the output is in input order,
    /// and this bounds what is held back and makes the pipeline wait.
    /// </summary>
    private const int Window = 640;

    private static readonly TimeSpan s_logInterval = TimeSpan.FromMilliseconds(250);

    private readonly Func<Destination, IAssociationGateway> _connect;
    private readonly RunOptions _options;
    private readonly bool _skipsCheck;
    private readonly IRemovalObserver _observer;
    private readonly RunControl _control;
    private readonly RemovalJournal? _journal;
    private readonly IClock _clock;
    private readonly Backoff _backoff;
    private readonly RemovalOutcome _outcome;

    /// <summary>Lanes by what was asked for and by what that turned out to be: no Region may stand for the default one.</summary>
    private readonly Dictionary<Destination, RemovalLane> _byDestination = [];
    private readonly List<RemovalLane> _lanes = [];
    private readonly ConcurrentQueue<string> _log = new();
    private readonly EndedQueue<RemovalItem> _ended = new();
    private readonly Queue<RemovalItem> _order = new();
    private readonly RunProgress _progress = new();

    /// <summary>Inputs in a lane that are not settled.</summary>
    private long _unsettled;
    private bool _isShutDown;

    public RemovalRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        bool skipsCheck,
        RunControl control,
        RemovalJournal? journal,
        IClock clock,
        Random random,
        IRemovalObserver observer)
    {
        _connect = connect;
        _options = options;
        _skipsCheck = skipsCheck;
        _control = control;
        _journal = journal;
        _clock = clock;
        _backoff = new Backoff(random);
        _outcome = new RemovalOutcome(clock);
        _observer = observer;
    }

    /// <summary>Inputs whose results were not handed back, because the run was shut down.</summary>
    public IReadOnlyCollection<RemovalItem> Undelivered => _order;

    /// <summary>
    /// Why nothing more can be removed at all: the run was stopped, or every destination was, the last of them for this;
    /// null while something can.
    /// </summary>
    public StopReason? Reason => _control.FinalReason;

    /// <summary>Destinations that were stopped, each with the reason.</summary>
    public IEnumerable<(Destination Destination, StopReason Reason)> Stopped
    {
        get
        {
            foreach (RemovalLane lane in _lanes)
            {
                if (lane.Control.Reason is { } reason)
                {
                    yield return (lane.Destination, reason);
                }
            }
        }
    }

    /// <summary>Takes an input whose association is to be removed. May wait for calls in flight.</summary>
    public void Add(RemovalItem item, Destination destination)
    {
        RemovalLane lane = LaneOf(destination);
        if (item.AccountId is not null && lane.AccountId is not null && item.AccountId != lane.AccountId)
        {
            AddRefused(item, new RemovalRefusal(
                RemovalStatus.NotAttempted,
                ErrorCodes.OtherDestination,
                $"Not removed: the association is in account {item.AccountId}, and the credentials are of account {lane.AccountId}. Give -RoleArn a role of its account, or credentials of that account."));
            return;
        }

        item.Region = lane.Destination.Region;
        item.RoleArn = lane.Destination.RoleArn;
        item.AccountId = lane.AccountId;
        Receive(item);
        if (_journal?.Identify(item) == true)
        {
            _outcome.Removed(item, "Known from the journal of an earlier run; not deleted again.");
            lane.NoteGone(item);
            Settle(item);
        }
        else
        {
            _unsettled++;
            lane.Add(item);
        }

        TakeEnded(wait: false);
        while (_order.Count > (long)Window * _lanes.Count)
        {
            TakeEnded(wait: true);
        }
    }

    /// <summary>Takes an input that is not to be removed.</summary>
    public void AddRefused(RemovalItem item, RemovalRefusal refusal)
    {
        Receive(item);
        _outcome.Refused(item, refusal);
        if (_options.StopOnFailure && refusal.ErrorCode is not (ErrorCodes.NotConfirmed or ErrorCodes.NotToBeRemoved))
        {
            _control.Stop(Remover.StopOnFailure(item.Result!));
        }

        Settle(item);
        Deliver();
    }

    /// <summary>Waits for every call and hands back every input.</summary>
    public void Complete()
    {
        _progress.Total = _progress.Received;
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
        while (_unsettled > 0)
        {
            TakeEnded(wait: true);
        }
    }

    public void Dispose()
    {
        foreach (RemovalLane lane in _lanes)
        {
            lane.Dispose();
        }

        _control.Dispose();
    }

    private RemovalLane LaneOf(Destination asked)
    {
        if (_byDestination.TryGetValue(asked, out RemovalLane? lane))
        {
            return lane;
        }

        IAssociationGateway gateway = _connect(asked);
        var actual = new Destination(gateway.Region, asked.RoleArn);
        if (!_byDestination.TryGetValue(actual, out lane))
        {
            RunControl control = _control.ForDestination();
            var remover = new Remover(gateway, _options, _skipsCheck, control, _clock, _backoff, _journal, _log);
            lane = new RemovalLane(actual, gateway.AccountId ?? actual.AccountId, remover, control, _outcome, _options.ThrottleLimit, _ended.Add);
            _lanes.Add(lane);
            _byDestination.Add(actual, lane);
        }

        _byDestination[asked] = lane;
        return lane;
    }

    private void Receive(RemovalItem item)
    {
        _progress.Received++;
        _order.Enqueue(item);
    }

    /// <summary>Takes the inputs that ended, after waiting for one where that is asked for, and hands back what is ready.</summary>
    private void TakeEnded(bool wait)
    {
        RemovalItem? item;
        while (!_ended.TryTake(out item, wait ? s_logInterval : TimeSpan.Zero) && wait)
        {
            WriteLog();
        }

        // Before anything is written: writing fails once the pipeline is stopped, and an input that was taken and not
        // counted would be awaited for ever.
        bool hasEnded = item is not null;
        for (; item is not null; _ended.TryTake(out item))
        {
            _unsettled--;
            Settle(item);
        }

        WriteLog();
        if (!_isShutDown)
        {
            if (hasEnded)
            {
                _progress.ForgetRates();
                foreach (RemovalLane lane in _lanes)
                {
                    _progress.Note(lane.Destination, lane.Rate);
                }

                _observer.Progress(_progress);
            }

            Deliver();
        }
    }

    private void Settle(RemovalItem item)
    {
        item.IsSettled = true;
        _progress.Settled++;
        if (item.Result!.Status is RemovalStatus.Removed or RemovalStatus.Absent)
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
        while (_log.TryDequeue(out string? line))
        {
            if (!_isShutDown)
            {
                _observer.Verbose(line);
            }
        }
    }
}
