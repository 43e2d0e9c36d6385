using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs;

/// <summary>
/// One run of a command over many inputs: takes them in order, has them worked on while more arrive, and hands back every
/// one settled, in input order, whatever happens. What is done is up to the class that derives from it. One thread drives
/// it; calls run beside that thread.
/// </summary>
internal abstract class OrderedRun<TItem, TResult> : OrderedRun, ILaneOwner<TItem>
    where TItem : RunItem<TResult>
    where TResult : class
{
    /// <summary>
    /// Batches of one place whose inputs may wait for a result, or for an earlier one: the output is in input order, and
    /// this bounds what is held back and makes the pipeline wait. Twice the calls in flight where that is more, so that one
    /// slow call does not keep the others from being used.
    /// </summary>
    private const int WindowInBatches = 32;

    /// <summary>
    /// Inputs of one place that may wait where there are several: as many as an account-Region takes by default, so that a
    /// slow or failing one does not hold up the others.
    /// </summary>
    private const int WindowBesideOthers = 2000;

    /// <summary>
    /// Inputs that may wait in all where few places or few calls need more: each costs some 4 KB with its input, and a sandbox has
    /// 400 MB. Input that is sorted by place is worked on in eight places at once.
    /// </summary>
    private const int MaxWindow = 16_000;

    /// <summary>The same for hundreds of places, all of whose calls are to be in flight.</summary>
    private const int MaxWindowOfMany = 100_000;

    private static readonly TimeSpan s_logInterval = TimeSpan.FromMilliseconds(250);

    private readonly Func<Destination, IAssociationGateway> _connect;
    private readonly IRunObserver<TItem> _observer;

    /// <summary>Lanes by what was asked for and by what that turned out to be: no Region may stand for the default one.</summary>
    private readonly Dictionary<Destination, Lane<TItem>> _byDestination = [];
    private readonly Dictionary<Destination, GatewayException> _unreachable = [];
    private readonly List<Place> _places = [];
    private readonly List<Lane<TItem>> _lanes = [];
    private readonly EndedQueue<Batch<TItem>> _ended = new();
    private readonly Queue<TItem> _order = new();
    private readonly Dictionary<Enum, long> _tally = [];

    /// <summary>Inputs in a lane that are not settled.</summary>
    private long _inLanes;
    private int _batches;
    private bool _isShutDown;

    protected OrderedRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        RunControl control,
        IClock clock,
        IRunObserver<TItem> observer)
        : base(control)
    {
        _connect = connect;
        _observer = observer;
        Options = options;
        Clock = clock;
    }

    public sealed override IReadOnlyCollection<RunItem> Undelivered => _order;

    public sealed override IReadOnlyDictionary<Enum, long> Tally
    {
        get
        {
            var tally = new Dictionary<Enum, long>(_tally);
            foreach (TItem item in _order)
            {
                if (!item.IsSettled)
                {
                    CountIn(tally, item.Status);
                }
            }

            return tally;
        }
    }

    public sealed override IEnumerable<(Destination Destination, StopReason Reason)> StoppedDestinations
    {
        get
        {
            foreach (Place place in _places)
            {
                if (place.Control.Reason is { } reason)
                {
                    yield return (place.Destination, reason);
                }
            }
        }
    }

    protected RunOptions Options { get; }

    protected IClock Clock { get; }

    /// <summary>Takes lines for the user from anywhere.</summary>
    protected RunLog Log { get; } = new();

    /// <summary>What progress says beside the counts, in a few words; null for nothing. Asked by the thread that drives the run.</summary>
    protected virtual string? Remark => null;

    /// <summary>Inputs of one place that may wait for their result, or for an earlier one.</summary>
    protected virtual long WindowOfOne => (long)Options.BatchSize * Math.Max(WindowInBatches, 2 * Options.ThrottleLimit);

    /// <summary>Inputs that may wait in all.</summary>
    private long Window
    {
        get
        {
            long one = WindowOfOne;
            if (_lanes.Count <= 1)
            {
                return one;
            }

            long inFlight = 2L * Options.BatchSize * Options.ThrottleLimit * _lanes.Count;
            long limit = Math.Min(Math.Max(MaxWindow, inFlight), MaxWindowOfMany);
            return Math.Max(one, Math.Min(Math.Max(one, WindowBesideOthers) * _lanes.Count, limit));
        }
    }

    /// <summary>Takes an input that is to be worked on in its destination. May wait for calls in flight.</summary>
    /// <exception cref="GatewayException">The destination cannot be reached, and the run has taken no input before: it ends here.</exception>
    public void Add(TItem item)
    {
        if (!SettleStopped(item) && LaneOf(item) is { } lane)
        {
            Add(item, lane);
        }
    }

    /// <summary>Takes an input whose result is known.</summary>
    public void Settle(TItem item, TResult result)
    {
        Take(item);
        Count(item, result);
        Deliver();
    }

    /// <summary>
    /// Takes an input that nothing is done for: the user wants it so, it is none to work on, or it cannot be told where. What an
    /// earlier run did for it stands all the same.
    /// </summary>
    /// <param name="reason">Why nothing is done.</param>
    /// <param name="refuse">The result where an earlier run did nothing.</param>
    public void Decline(TItem item, string code, string reason, Func<TResult> refuse)
    {
        item.Result = Recall(item);
        Settle(item, item.Verdict == RunVerdict.Succeeded ? item.Result! : IsOpen(item) ? LeftAlone(item, code, reason) : refuse());
    }

    /// <summary>
    /// Settles an input for which no call would be made, because its destination was stopped or cannot be reached: nobody
    /// need be asked about it.
    /// </summary>
    /// <exception cref="GatewayException">The destination cannot be reached, and the run has taken no input before.</exception>
    public bool SettleUnlessOpen(TItem item)
    {
        if (SettleStopped(item))
        {
            return true;
        }

        // Whether there is a default Region only the connection tells.
        bool isAsked = item.Destination.Region is null || _unreachable.ContainsKey(item.Destination) || _byDestination.ContainsKey(item.Destination);
        if (!isAsked)
        {
            return false;
        }

        if (LaneOf(item) is not { } lane)
        {
            return true;
        }

        if (lane.Place.Control.Reason is null)
        {
            return false;
        }

        Add(item, lane);
        return true;
    }

    public sealed override void Complete()
    {
        Counts.Total = Counts.Received;
        Flush();
        while (_inLanes > 0)
        {
            TakeEnded(wait: true);
        }

        foreach (TItem item in _order)
        {
            if (!item.IsSettled)
            {
                Count(item, LeftAlone(item, ErrorCodes.EntryNotAttempted, Reason?.Message ?? ErrorCatalog.Find(ErrorCodes.EntryNotAttempted).Meaning));
            }
        }

        Deliver();
    }

    public sealed override void Shutdown(StopReason reason)
    {
        _isShutDown = true;
        Control.Interrupt(reason, Options.Grace);
        Flush();
        while (_inLanes > 0)
        {
            TakeEnded(wait: true);
        }
    }

    public sealed override void Dispose()
    {
        foreach (Lane<TItem> lane in _lanes)
        {
            lane.Dispose();
        }

        foreach (Place place in _places)
        {
            place.Dispose();
        }

        Control.Dispose();
    }

    void ILaneOwner<TItem>.Closed(Batch<TItem> batch)
    {
        batch.Number = ++_batches;
        foreach (TItem item in batch.Items)
        {
            item.BatchNumber = batch.Number;
        }
    }

    void ILaneOwner<TItem>.Worked(Place place, Batch<TItem> batch, Exception? unexpected)
    {
        if (unexpected is not null)
        {
            Control.Stop(new StopReason(ErrorCodes.InternalError, "Not attempted", $"an unexpected error ({unexpected.GetType().Name}) stopped the run."));
        }

        foreach (TItem item in batch.Items)
        {
            item.Result ??= unexpected is null && place.Control.Reason is { } reason
                ? LeftAlone(item, ErrorCodes.EntryNotAttempted, reason.Message)
                : Unknown(item, ErrorCodes.InternalError, unexpected?.Message);
            StopOnFailure(item);
        }
    }

    void ILaneOwner<TItem>.Ended(Batch<TItem> batch) => _ended.Add(batch);

    /// <summary>Makes the lane of a place that is worked in for the first time.</summary>
    protected abstract Lane<TItem> Open(Place place);

    /// <summary>The result of an input that no call need be made for, such as one that a journal knows; null for the others.</summary>
    /// <param name="accountId">The account of the destination; null where it is not known.</param>
    protected virtual TResult? Known(TItem item, Destination destination, string? accountId) => null;

    /// <summary>True where an earlier run did something for the input, and nothing tells yet what became of it.</summary>
    protected virtual bool IsOpen(TItem item) => false;

    /// <summary>The result of an input that nothing was tried for.</summary>
    protected abstract TResult NotAttempted(TItem item, string code, string message);

    /// <summary>The result of an input that something may have been done for.</summary>
    protected abstract TResult Unknown(TItem item, string code, string? message);

    /// <summary>Why a run stops at a failure under -ErrorAction Stop.</summary>
    protected abstract StopReason ReasonOf(TItem failed);

    /// <summary>The result of an input that nothing is done for. What an earlier run did may stand all the same.</summary>
    protected TResult LeftAlone(TItem item, string code, string reason) => IsOpen(item)
        ? Unknown(item, ErrorCodes.EntryNotReported, $"An earlier run was cut off when it sent this, and what became of it was not looked up. {reason}")
        : NotAttempted(item, code, reason);

    /// <summary>What is known of an input that names no Region where no default one is known either; null for nothing.</summary>
    protected virtual TResult? KnownAnywhere(TItem item) => null;

    /// <summary>What a journal knows of an id that is in one Region only, asked for the Regions where earlier runs worked.</summary>
    protected TResult? KnownInOneOf(TItem item, IEnumerable<string> regions)
    {
        Destination asked = item.Destination;
        foreach (string region in regions)
        {
            item.Destination = asked with { Region = region };
            TResult? known = Known(item, item.Destination, asked.AccountId ?? item.AccountId);
            if (known is not null || IsOpen(item))
            {
                return known;
            }
        }

        item.Destination = asked;
        return null;
    }

    /// <summary>What a journal knows of an input, whether there is a connection to its destination or not; null for nothing.</summary>
    private TResult? Recall(TItem item)
    {
        if (item.Destination.Region is null)
        {
            // Names in a journal have a Region.
            return KnownAnywhere(item);
        }

        bool isConnected = _byDestination.TryGetValue(item.Destination, out Lane<TItem>? lane);
        return Known(item, item.Destination, isConnected ? lane!.Place.AccountId : item.Destination.AccountId ?? item.AccountId);
    }

    /// <summary>Gives an input its place in the order of the results, before it is known what is done with it.</summary>
    protected void Take(TItem item)
    {
        if (!item.IsTaken)
        {
            item.IsTaken = true;
            Counts.Received++;
            _order.Enqueue(item);
        }
    }

    /// <summary>Takes an input that is to be worked on in a lane, which may be one of several of its place. May wait for calls in flight.</summary>
    protected void Add(TItem item, Lane<TItem> lane)
    {
        if (!_lanes.Contains(lane))
        {
            Register(lane);
        }

        Place place = lane.Place;
        TResult? known = Known(item, place.Destination, place.AccountId);
        Take(item);
        if (known is null && place.Control.Reason is { } reason)
        {
            known = LeftAlone(item, ErrorCodes.EntryNotAttempted, reason.Message);
        }

        if (known is not null)
        {
            Count(item, known);
        }
        else
        {
            item.IsInLane = true;
            _inLanes++;
            lane.Add(item);
        }

        TakeEnded(wait: false);
        while (_inLanes > 0 && (_order.Count > Window || (_lanes.Count == 1 && lane.IsAhead)))
        {
            TItem first = _order.Peek();
            if (!first.IsInLane)
            {
                // What is to be done with it is not decided yet, so nothing that ends would let it go.
                break;
            }

            if (first.BatchNumber == 0)
            {
                // Everything waits for an input whose batch is not full yet.
                foreach (Lane<TItem> one in _lanes)
                {
                    if (one.Place.Destination.Equals(first.Destination))
                    {
                        one.Flush();
                    }
                }
            }

            TakeEnded(wait: true);
        }
    }

    /// <summary>The lane of an input's destination; null where it cannot be reached, and the input is settled for that.</summary>
    /// <exception cref="GatewayException">It cannot be reached, and the run has taken no input before.</exception>
    protected Lane<TItem>? LaneOf(TItem item)
    {
        Destination asked = item.Destination;
        if (_unreachable.TryGetValue(asked, out GatewayException? error))
        {
            Settle(item, Recall(item) ?? LeftAlone(item, error.ErrorCode, error.Message));
            return null;
        }

        if (!_byDestination.TryGetValue(asked, out Lane<TItem>? lane))
        {
            IAssociationGateway gateway;
            try
            {
                gateway = _connect(asked);
            }
            catch (GatewayException unreachable) when (!IsUntouched)
            {
                _unreachable.Add(asked, unreachable);
                Settle(item, Recall(item) ?? LeftAlone(item, unreachable.ErrorCode, unreachable.Message));
                return null;
            }

            Destination actual = asked.Region is null ? asked with { Region = gateway.Region } : asked;
            if (!_byDestination.TryGetValue(actual, out lane))
            {
                var place = new Place(actual, gateway, Control.ForDestination(), new CallPace(Clock));
                _places.Add(place);
                lane = Open(place);
                Register(lane);
                _byDestination.Add(actual, lane);
            }

            _byDestination[asked] = lane;
        }

        item.Destination = lane.Place.Destination;
        return lane;
    }

    private void Register(Lane<TItem> lane)
    {
        lane.BelongTo(this);
        _lanes.Add(lane);
    }

    /// <summary>Settles an input that comes after the whole run was stopped: nothing is connected to any more.</summary>
    private bool SettleStopped(TItem item)
    {
        if (Control.Reason is not { } reason || _byDestination.ContainsKey(item.Destination))
        {
            return false;
        }

        Settle(item, Recall(item) ?? LeftAlone(item, ErrorCodes.EntryNotAttempted, reason.Message));
        return true;
    }

    private void Flush()
    {
        foreach (Lane<TItem> lane in _lanes)
        {
            lane.Flush();
        }
    }

    /// <summary>Takes the batches that ended, after waiting for one where that is asked for, and hands back what is ready.</summary>
    private void TakeEnded(bool wait)
    {
        Batch<TItem>? batch;
        while (!_ended.TryTake(out batch, wait ? s_logInterval : TimeSpan.Zero) && wait)
        {
            WriteLog();
            TellRemark();
        }

        // Before anything is written: writing fails once the pipeline is stopped, and a batch that was taken and not
        // counted would be awaited for ever.
        bool hasEnded = batch is not null;
        for (; batch is not null; _ended.TryTake(out batch))
        {
            Counts.Batches++;
            _inLanes -= batch.Items.Count;
            foreach (TItem item in batch.Items)
            {
                Count(item, item.Result!);
            }
        }

        WriteLog();
        if (!_isShutDown)
        {
            if (hasEnded)
            {
                Counts.ForgetRates();
                foreach (Place place in _places)
                {
                    Counts.Note(place.Destination, place.Pace.Rate);
                }

                Counts.Remark = Remark;
                _observer.Progress(Counts);
            }

            Deliver();
        }
    }

    /// <summary>Shows what changed while no batch ended.</summary>
    private void TellRemark()
    {
        string? remark = Remark;
        if (!_isShutDown && remark != Counts.Remark)
        {
            Counts.Remark = remark;
            _observer.Progress(Counts);
        }
    }

    private void Count(TItem item, TResult result)
    {
        item.Result = result;
        item.IsSettled = true;
        Counts.Settled++;
        CountIn(_tally, item.Status);
        if (item.Verdict == RunVerdict.Succeeded)
        {
            Counts.Succeeded++;
        }

        StopOnFailure(item);
    }

    private static void CountIn(Dictionary<Enum, long> tally, Enum status)
    {
        tally.TryGetValue(status, out long count);
        tally[status] = count + 1;
    }

    private void StopOnFailure(TItem item)
    {
        if (Options.StopOnFailure && item.Verdict == RunVerdict.Failed)
        {
            Control.Stop(ReasonOf(item));
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
        while (Log.TryTake(out (bool IsWarning, string Text) line))
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
