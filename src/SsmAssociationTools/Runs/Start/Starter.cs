using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Runs.Start;

/// <summary>
/// Starts associations of one account and Region, up to ten with a call. The service starts all of a call or none, and does not
/// say which id it refused, so that a refused call is narrowed down. A run twice may do harm: a call that may have acted is
/// never made again; the executions are looked through for what became of it. Safe for concurrent use.
/// </summary>
internal sealed class Starter
{
    /// <summary>Ids that StartAssociationsOnce takes.</summary>
    public const int LargestBatch = 10;

    /// <summary>How long runs are looked for whose start was not answered. Lists lag behind by seconds.</summary>
    public static readonly TimeSpan LookFor = TimeSpan.FromSeconds(60);

    /// <summary>Used while no answer had a date: signed requests of a clock that is further off are refused.</summary>
    private static readonly TimeSpan s_unknownTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Calls to learn the service's time, at most.</summary>
    private const int MaxClockCalls = 14;

    private static readonly TimeSpan s_sharp = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Executions are dated to the millisecond, downwards, and by machines that are a little apart: what was created this much
    /// before a start may be its run.
    /// </summary>
    private static readonly TimeSpan s_dating = TimeSpan.FromMilliseconds(25);

    private readonly Place _place;
    private readonly IFleetGateway _gateway;
    private readonly RunOptions _options;
    private readonly IClock _clock;
    private readonly Retry _retry;
    private readonly StartJournal? _journal;
    private readonly RunLog _log;
    private readonly ServiceClock _service;
    private readonly StartOutcome _outcome;

    /// <summary>The first input of each association that was worked on: an id that comes twice is started once.</summary>
    private readonly ConcurrentDictionary<Guid, StartItem> _first = new();

    public Starter(Place place, RunOptions options, IClock clock, Backoff backoff, StartJournal? journal, RunLog log)
    {
        _place = place;
        _gateway = (IFleetGateway)place.Gateway;
        _options = options;
        _clock = clock;
        _retry = new Retry(place.Pace, backoff, clock, options);
        _journal = journal;
        _log = log;
        _service = new ServiceClock(clock);
        _outcome = new StartOutcome(clock);
    }

    /// <summary>The reason of a run that a failure stops under -ErrorAction Stop.</summary>
    public static StopReason StopOnFailure(AssociationStart result) =>
        new(ErrorCodes.EntryNotAttempted, "Not started", $"input {result.Index} has the status {result.Status}, and the error action is Stop.");

    /// <summary>Starts associations, none of them twice, and gives each input its result.</summary>
    public async Task StartAsync(IReadOnlyList<StartItem> items)
    {
        var fresh = new List<StartItem>(items.Count);
        foreach (StartItem item in items)
        {
            if (_first.TryGetValue(item.Id!.Value, out StartItem? first) && first.Result is { State: StartStatus.Started or StartStatus.Unknown })
            {
                Repeat(item, first);
            }
            else
            {
                _first[item.Id.Value] = item;
                fresh.Add(item);
            }
        }

        if (fresh.Count == 0)
        {
            return;
        }

        try
        {
            List<StartItem> open = fresh.FindAll(static item => item.Earlier is not null);
            if (open.Count > 0)
            {
                await LookAsync(open, new GatewayException(GatewayErrorKind.Ambiguous, ErrorCodes.ConnectionLost, "An earlier run of the journal was cut off when it started this, and it is not started again.")).ConfigureAwait(false);
            }

            open = fresh.FindAll(static item => item.Earlier is null);
            if (open.Count > 0)
            {
                await SendAsync(open).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // The error is in the results; what was called may have acted.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _place.Control.StopRun(new StopReason(ErrorCodes.InternalError, "Not started", $"an unexpected error ({error.GetType().Name}) stopped the run."));
            foreach (StartItem item in fresh.Where(static item => item.Result is null))
            {
                _outcome.Unknown(item, ErrorCodes.InternalError, error.Message);
            }
        }

        Record(fresh);
    }

    private void Record(List<StartItem> items)
    {
        List<StartItem> announced = items.FindAll(static item => item.IsAnnounced || item.Earlier is not null);
        if (_journal is null || announced.Count == 0)
        {
            return;
        }

        try
        {
            _journal.WriteOutcomes(announced);
        }
        catch (JournalException error)
        {
            // What is known is still reported; only nothing more may be started.
            _place.Control.StopRun(JournalFailure(error));
        }
    }

    private static StopReason JournalFailure(JournalException error) => new(error.ErrorId, "Not started", error.Message, isFatal: true);

    private void Repeat(StartItem item, StartItem first)
    {
        AssociationStart result = first.Result!;
        string message = $"It is the same association as that of input {first.Index}, and one run was started for both.";
        if (result.State == StartStatus.Started)
        {
            _outcome.Started(item, (result.StartedAfter!.Value, result.StartedBefore!.Value), message);
        }
        else
        {
            _outcome.Unknown(item, result.ErrorCode!, $"It is the same association as that of input {first.Index}, of which it is not known whether it was started.", TimeOf(first));
        }
    }

    /// <summary>Makes the call for some ids, and for fewer of them where the service refused it.</summary>
    private async Task SendAsync(List<StartItem> items)
    {
        GatewayException? last = null;
        try
        {
            await _retry.CallAsync(
                () => CallAsync(items),
                (error, _) =>
                {
                    last = error;
                    return error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.NotSent && items[0].Attempts < _options.MaxAttempt;
                },
                (error, _, wait) => Log($"StartAssociationsOnce: {error.ErrorCode}; try {items[0].Attempts + 1} of at most {_options.MaxAttempt} in {wait.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s."),
                _place.Control.StopToken).ConfigureAwait(false);
        }
        catch (GatewayException error)
        {
            await TakeErrorAsync(items, error).ConfigureAwait(false);
        }
        catch (JournalException error)
        {
            _place.Control.StopRun(JournalFailure(error));
            items.ForEach(item => _outcome.NotAttempted(item, ErrorCodes.EntryNotAttempted, _place.Control.Reason!.Message));
        }
        catch (OperationCanceledException)
        {
            foreach (StartItem item in items)
            {
                if (last is null)
                {
                    _outcome.NotAttempted(item, ErrorCodes.EntryNotAttempted, _place.Control.Reason!.Message);
                }
                else
                {
                    _outcome.Failed(item, last.ErrorCode, last.Message, mayPass: true);
                }
            }
        }
    }

    private async Task<bool> CallAsync(List<StartItem> items)
    {
        if (_journal is not null && _service.At(_clock.Uptime) is null)
        {
            await LearnServiceTimeAsync(items[0]).ConfigureAwait(false);
        }

        Announce(items);
        TimeSpan begun = _clock.Uptime;
        string? requestId = null;
        items.ForEach(static item => item.Attempts++);
        try
        {
            StartAnswer answer = await _gateway.StartAssociationsOnceAsync(items.ConvertAll(static item => item.AssociationId!), _place.Control.AbandonToken).ConfigureAwait(false);
            requestId = answer.RequestId;
            _service.Observe(answer.ServiceTime, begun);
        }
        catch (OperationCanceledException)
        {
            throw new GatewayException(GatewayErrorKind.Ambiguous, ErrorCodes.RequestTimeout, "The run was stopped before the service answered; it may have acted.");
        }
        catch (GatewayException error)
        {
            requestId = error.RequestId;
            _service.Observe(error.ServiceTime, begun);
            throw;
        }
        finally
        {
            foreach (StartItem item in items)
            {
                item.Call = (begun, _clock.Uptime);
                item.RequestId = requestId ?? item.RequestId;
            }
        }

        Log($"StartAssociationsOnce: {items.Count} started; request id {requestId ?? "not given"}.");
        foreach (StartItem item in items)
        {
            _outcome.Started(item, TimeOf(item));
        }

        return true;
    }

    /// <summary>
    /// The next run knows of this one's clocks only what the journal says, and takes for its own what was created in the time that
    /// the intent names. Without the service's time that would be minutes, with runs of the schedule in them. A refusal has it too.
    /// </summary>
    private Task LearnServiceTimeAsync(StartItem item)
    {
        var request = new ExecutionsRequest(item.AssociationId!) { MaxResults = 1 };
        return _service.LearnAsync(async () => (await _gateway.DescribeAssociationExecutionsAsync(request, _place.Control.AbandonToken).ConfigureAwait(false)).ServiceTime);
    }

    private void Announce(List<StartItem> items)
    {
        if (_journal is null || items.TrueForAll(static item => item.IsAnnounced))
        {
            return;
        }

        // A killed run says no more: what it may have started lies between now and the end of its call.
        DateTime now = _clock.UtcNow;
        (DateTime Earliest, DateTime Latest) time = _service.At(_clock.Uptime) ?? (now - s_unknownTolerance, now + s_unknownTolerance);
        _journal.WriteIntent(items, now, time.Earliest, time.Latest + LookFor);
        items.ForEach(static item => item.IsAnnounced = true);
    }

    private async Task TakeErrorAsync(List<StartItem> items, GatewayException error)
    {
        Log($"StartAssociationsOnce: {error.ErrorCode}; request id {error.RequestId ?? "not given"}.");
        CallFailure.StopWhereNothingCanFollow(_place.Control, error, "StartAssociationsOnce", "Not started", error.Message);
        items.ForEach(item => item.FailedOperation = error.Operation ?? "StartAssociationsOnce");
        switch (error.Kind)
        {
            case GatewayErrorKind.Rejected when items.Count > 1:
                // One of them is the cause. Halves, down to the one that is refused alone.
                int half = items.Count / 2;
                await SendAsync(items.GetRange(0, half)).ConfigureAwait(false);
                await SendAsync(items.GetRange(half, items.Count - half)).ConfigureAwait(false);
                break;

            case GatewayErrorKind.Ambiguous:
                await LookAsync(items, error).ConfigureAwait(false);
                break;

            case GatewayErrorKind.NotSent:
                items.ForEach(item => _outcome.NotAttempted(item, error.ErrorCode, error.Message));
                break;

            default:
                items.ForEach(item => _outcome.Failed(item, error.ErrorCode, error.Message, mayPass: error.Kind == GatewayErrorKind.Throttled));
                break;
        }
    }

    /// <summary>Finds out what became of a call that was not answered clearly. It is not made again.</summary>
    private async Task LookAsync(List<StartItem> items, GatewayException error)
    {
        string text = string.IsNullOrWhiteSpace(error.Message) ? ErrorCatalog.Find(error.ErrorCode).Meaning : MessageText.Sentence(error.Message);
        var open = new List<StartItem>(items);
        TimeSpan until = _clock.Uptime + (items.TrueForAll(item => item.Earlier?.Before + LookFor < _service.Now) ? TimeSpan.Zero
            : _options.MaxElapsed < LookFor ? _options.MaxElapsed : LookFor);
        string found = "The executions were looked through afterwards, and there is none of that time.";
        for (int round = 1; open.Count > 0; round++)
        {
            try
            {
                bool isSharp = round > 1 || items[0].Earlier is not null;
                for (int i = open.Count - 1; i >= 0; i--)
                {
                    try
                    {
                        if (!isSharp)
                        {
                            await SharpenAsync(open[i]).ConfigureAwait(false);
                            isSharp = true;
                        }

                        if ((await LookOnceAsync(open[i]).ConfigureAwait(false)).HasRun)
                        {
                            _outcome.Started(open[i], TimeOf(open[i]), "An answer was lost; the executions show that the run was started.");
                            open.RemoveAt(i);
                        }
                    }
                    catch (GatewayException unread) when (unread.Kind == GatewayErrorKind.Rejected)
                    {
                        // One that is gone has no executions to show any more; those of the others are there.
                        _outcome.Unknown(open[i], error.ErrorCode, $"{text} The executions cannot be read to tell ({unread.ErrorCode}).", TimeOf(open[i]));
                        open.RemoveAt(i);
                    }
                }

                TimeSpan left = until - _clock.Uptime;
                if (open.Count == 0 || left <= TimeSpan.Zero)
                {
                    break;
                }

                TimeSpan wait = TimeSpan.FromSeconds(Math.Min(10, Math.Pow(2, round - 1)));
                await _clock.DelayAsync(wait < left ? wait : left, _place.Control.StopToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                found = "The run was stopped before that could be looked for.";
                break;
            }
            catch (GatewayException unread)
            {
                found = $"The executions cannot be read to tell ({unread.ErrorCode}).";
                break;
            }
        }

        foreach (StartItem item in open)
        {
            _outcome.Unknown(item, error.ErrorCode, $"{text} {found}", TimeOf(item));
        }
    }

    /// <summary>
    /// Learns the service's time better than to the second: calls that are answered about when its second turns halve what is
    /// open. An execution from a fifth of a second before the start is then not taken for the one that it began.
    /// </summary>
    private async Task SharpenAsync(StartItem item)
    {
        for (int call = 0; call < MaxClockCalls; call++)
        {
            (_, TimeSpan took) = await LookOnceAsync(item).ConfigureAwait(false);
            if (_service.At(_clock.Uptime) is not { } time || time.Latest - time.Earliest < s_sharp + took)
            {
                return;
            }

            DateTime middle = time.Earliest + TimeSpan.FromTicks((time.Latest - time.Earliest).Ticks / 2) + took;
            await _clock.DelayAsync(TimeSpan.FromTicks(TimeSpan.TicksPerSecond - (middle.Ticks % TimeSpan.TicksPerSecond)), _place.Control.StopToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks for the run among the executions.</summary>
    /// <returns>Whether it is there, and how long the last call took.</returns>
    private async Task<(bool HasRun, TimeSpan Took)> LookOnceAsync(StartItem item)
    {
        // The first answer with a date may come from this very call, so the time is worked out again each time.
        string? mark = null;
        TimeSpan took = TimeSpan.Zero;
        do
        {
            (DateTime from, DateTime _) = TimeOf(item);
            var request = new ExecutionsRequest(item.AssociationId!) { CreatedAfter = from - s_unknownTolerance, NextToken = mark };
            ExecutionsAnswer? answer = await _retry.CallAsync(
                async () =>
                {
                    TimeSpan begun = _clock.Uptime;
                    ExecutionsAnswer page = await _gateway.DescribeAssociationExecutionsAsync(request, _place.Control.AbandonToken).ConfigureAwait(false);
                    took = _clock.Uptime - begun;
                    _service.Observe(page.ServiceTime, begun);
                    return page;
                },
                (error, failedTries) => error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.NotSent or GatewayErrorKind.Ambiguous && failedTries < _options.MaxAttempt,
                null,
                _place.Control.StopToken).ConfigureAwait(false);
            if (answer!.Executions.Any(execution => IsOwn(item, execution.CreatedTime)))
            {
                return (true, took);
            }

            mark = answer.NextToken == mark ? null : answer.NextToken;
        }
        while (mark is not null);
        return (false, took);
    }

    private bool IsOwn(StartItem item, DateTime? created) => item.Earlier is { } earlier
        ? created >= earlier.After - s_dating && created <= earlier.Before
        : _service.At(item.Call!.Value.Begun) is { } begun && created >= begun.Earliest - s_dating;

    /// <summary>Between which times of the service the call was made, as its answers tell; this machine's, with room, where they do not.</summary>
    private (DateTime After, DateTime Before) TimeOf(StartItem item)
    {
        if (item.Earlier is { } earlier)
        {
            return earlier;
        }

        (TimeSpan begun, TimeSpan ended) = item.Call!.Value;
        if (_service.At(begun) is { } first && _service.At(ended) is { } last)
        {
            return (first.Earliest, last.Latest);
        }

        DateTime now = _clock.UtcNow;
        return (now - (_clock.Uptime - begun) - s_unknownTolerance, now - (_clock.Uptime - ended) + s_unknownTolerance);
    }

    private void Log(string text) => _log.Verbose(text);
}
