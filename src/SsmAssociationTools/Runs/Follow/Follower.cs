using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>
/// Follows the associations of one account and Region, all of them together, in rounds. In each round pages of the list show at
/// what associations it is worth looking; that a run ended, its execution alone proves. Safe for concurrent use.
/// </summary>
internal sealed class Follower : IDisposable
{
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly RunControl _control;
    private readonly FollowOptions _follow;
    private readonly IClock _clock;
    private readonly FollowTally _tally;
    private readonly FollowTime _time;
    private readonly FollowCalls _calls;
    private readonly FollowSettler _settler;
    private readonly LineReader _lines;
    private readonly FollowTurn _turn;
    private readonly object _gate = new();
    private readonly List<FollowItem> _watched = [];
    private bool _isWatching;
    private bool _hasNew;

    public Follower(Place place, RunOptions options, FollowOptions follow, IClock clock, Backoff backoff, FollowTally tally, RunLog log)
    {
        _control = place.Control;
        _follow = follow;
        _clock = clock;
        _tally = tally;
        _time = new FollowTime(follow, clock);
        _calls = new FollowCalls(place, options, follow, _time, new Retry(place.Pace, backoff, clock, options), log);
        var decision = new FollowDecision(follow);
        _settler = new FollowSettler(_control, decision, new FollowOutcome(clock), _time, tally);
        _lines = new LineReader(_calls, follow, _time, _settler, log);
        var nodes = new NodeReader(_calls, follow, log);
        _turn = new FollowTurn(_lines, new ExecutionReader(_calls, nodes, _time), nodes, decision, _settler, _time, tally, follow);
    }

    private CancellationToken Stop => _control.StopToken;

    /// <summary>Follows an association until it is decided, or as far as is asked for.</summary>
    public Task FollowAsync(FollowItem item)
    {
        bool begins;
        lock (_gate)
        {
            item.Since = _clock.Uptime;
            _time.Begin();
            _watched.Add(item);
            _hasNew = true;
            begins = !_isWatching;
            _isWatching = true;
        }

        _tally.AddWaiting(1);
        if (begins)
        {
            _ = WatchAsync();
        }

        return item.Done.Task;
    }

    public void Dispose() => _calls.Dispose();

    private async Task WatchAsync()
    {
        TimeSpan interval = s_shortest;
        while (IsNeeded())
        {
            try
            {
                Stop.ThrowIfCancellationRequested();
                await GatherAsync().ConfigureAwait(false);
                List<FollowItem> open = Open();
                TimeSpan begun = _clock.Uptime;
                bool isLast = _follow.Waits && begun >= _time.Deadline;
                await SweepAsync(open, isLast).ConfigureAwait(false);
                List<FollowItem> left = Open();
                TimeSpan took = _clock.Uptime - begun;

                // A call for each association: the time between two rounds is three times that of a round.
                interval = Next(interval, left.Count < open.Count, _lines.MayList ? took : TimeSpan.FromTicks(3 * took.Ticks));
                if (left.Count > 0)
                {
                    // Where nobody waits, there is one look more for what the first did not find, however long that took.
                    interval = _follow.Waits || interval < FollowTime.ShortLag ? interval : FollowTime.ShortLag;
                    TimeSpan wait = _follow.Waits && _time.Deadline - _clock.Uptime < interval ? _time.Deadline!.Value - _clock.Uptime : interval;
                    if (wait > TimeSpan.Zero)
                    {
                        await _clock.DelayAsync(wait, Stop).ConfigureAwait(false);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                _settler.Stop(Open());
            }
#pragma warning disable CA1031 // The error is in the outcomes.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _settler.Break(Open(), error);
            }
        }
    }

    /// <summary>Whether there is anything left to follow; what comes later begins anew.</summary>
    private bool IsNeeded()
    {
        lock (_gate)
        {
            _watched.RemoveAll(static item => item.Result is not null);
            return _isWatching = _watched.Count > 0;
        }
    }

    /// <summary>Inputs come one after the other: what comes a moment later is looked at together.</summary>
    private async Task GatherAsync()
    {
        int count = -1;
        while (_hasNew && count != _watched.Count)
        {
            lock (_gate)
            {
                count = _watched.Count;
            }

            await _clock.DelayAsync(s_gather, Stop).ConfigureAwait(false);
        }

        _hasNew = false;
    }

    private List<FollowItem> Open()
    {
        lock (_gate)
        {
            _watched.RemoveAll(static item => item.Result is not null);
            return [.. _watched];
        }
    }

    /// <summary>Where much happens it is looked at often, and never so often that looking is all that is done.</summary>
    private static TimeSpan Next(TimeSpan interval, bool hasChanged, TimeSpan took)
    {
        double seconds = interval.TotalSeconds * (hasChanged ? 0.5 : 1.5);
        seconds = Math.Max(s_shortest.TotalSeconds, Math.Min(s_longest.TotalSeconds, seconds));
        return TimeSpan.FromSeconds(Math.Max(seconds, took.TotalSeconds));
    }

    private async Task SweepAsync(List<FollowItem> open, bool isLast)
    {
        if (await _lines.ReadAsync(open).ConfigureAwait(false))
        {
            await Task.WhenAll(open.Where(static item => item.Result is null).Select(item => _turn.AdvanceAsync(item, isLast))).ConfigureAwait(false);
        }
    }
}
