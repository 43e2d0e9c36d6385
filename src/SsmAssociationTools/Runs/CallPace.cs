using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.Runs;

/// <summary>
/// Spaces the calls of one account and Region. There is no limit until the service throttles. From then on the rate is held
/// near what the service was seen to take: between two refusals it had nothing in stock at either end, so the calls that it
/// accepted meanwhile are what it allows in that time. Safe for concurrent use.
/// </summary>
internal sealed class CallPace
{
    /// <summary>Calls a second below which the rate never falls.</summary>
    private const double MinRate = 0.2;

    /// <summary>Calls a second above which there is no limit again.</summary>
    private const double MaxRate = 500;

    /// <summary>By how much a call that is accepted raises a rate of which nothing is known but that it was refused.</summary>
    private const double SearchGrowth = 0.1;

    /// <summary>The same just after a refusal, where the rate is known well: each that told it halves the growth as far as this.</summary>
    private const double KnownGrowth = 0.002;

    /// <summary>Accepted calls without a refusal after which what was known counts for little: the limit may be another now.</summary>
    private const int FreshCalls = 20;

    /// <summary>Accepted calls between two refusals after which the refused rate is not far from the allowed one either.</summary>
    private const int ManyCalls = 8;

    /// <summary>Calls a second that each second adds where nothing was refused for <see cref="s_fresh"/>: few calls come at a low rate.</summary>
    private const double Step = 0.5;

    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(20);

    /// <summary>Without a call for so long the service has calls in stock again, and what it accepted tells no rate.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);

    /// <summary>The stretch of time whose calls tell the rate at which the first throttle came.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(2);

    /// <summary>The shortest such stretch: calls that start together say little of a rate.</summary>
    private static readonly TimeSpan s_shortestWindow = TimeSpan.FromSeconds(0.25);

    /// <summary>A turn that is taken so much too late still counts as taken in time.</summary>
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(0.1);

    /// <summary>The turn may come nearer while somebody waits for it.</summary>
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromSeconds(0.5);

    private static readonly DateTime s_begin = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly object _gate = new();
    private readonly IClock _clock;
    private readonly RefusalShare _share = new();
    private readonly Queue<DateTime> _recent = new();
    private double _rate = double.PositiveInfinity;
    private DateTime _next = DateTime.MinValue;

    /// <summary>The last of those who wait for a turn; null where nobody does.</summary>
    private TaskCompletionSource<bool>? _last;
    private DateTime _lastSlowed = DateTime.MinValue;
    private DateTime _lastAccepted = DateTime.MinValue;

    /// <summary>Calls accepted since the rate was lowered.</summary>
    private int _accepted;

    /// <summary>Refusals in a row with nothing accepted between them.</summary>
    private int _refusedInVain;

    /// <summary>By how much the next call that is accepted raises the rate, at least.</summary>
    private double _growth = SearchGrowth;

    /// <summary>Whether calls stayed away since the rate was lowered, for longer than it asks for.</summary>
    private bool _wasIdle;

    /// <summary>Whether the last call had to wait for its turn.</summary>
    private bool _isLimit;

    public CallPace(IClock clock) => _clock = clock;

    /// <summary>The time that turns are given by. It follows no setting of the machine's clock, which could hold calls up for hours.</summary>
    public DateTime Now => s_begin + _clock.Uptime;

    /// <summary>Calls a second that are let through now; infinite while the service has not throttled.</summary>
    public double Rate
    {
        get
        {
            lock (_gate)
            {
                return _rate;
            }
        }
    }

    /// <summary>Waits until the next call may start; who came first goes first.</summary>
    /// <returns>When the turn was given; the call itself may start later.</returns>
    public async Task<DateTime> WaitTurnAsync(CancellationToken cancellationToken)
    {
        Task? before;
        TaskCompletionSource<bool> mine;
        lock (_gate)
        {
            before = _last?.Task;
            if (before is null && _next <= Now)
            {
                _isLimit = false;
                return Take(Now);
            }

            _last = mine = new TaskCompletionSource<bool>();
        }

        try
        {
            if (before is not null)
            {
                await before.ConfigureAwait(false);
            }

            DateTime reached = Now;
            while (true)
            {
                TimeSpan sleep;
                lock (_gate)
                {
                    DateTime now = Now > reached ? Now : reached;
                    TimeSpan delay = _next - now;
                    if (delay <= TimeSpan.Zero)
                    {
                        _isLimit = true;
                        return Take(now);
                    }

                    sleep = delay < s_longestSleep ? delay : s_longestSleep;
                    reached = now + sleep;
                }

                await _clock.DelayAsync(sleep, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_gate)
            {
                _last = _last == mine ? null : _last;
            }

            mine.SetResult(true);
        }
    }

    /// <summary>Takes note that a call was accepted.</summary>
    /// <param name="given">When the call was given its turn.</param>
    public void Accepted(DateTime given)
    {
        lock (_gate)
        {
            if (double.IsInfinity(_rate))
            {
                return;
            }

            _accepted++;
            if (given >= _lastSlowed)
            {
                _share.Count(_rate, isRefused: false);
            }

            _lastAccepted = given > _lastAccepted ? given : _lastAccepted;
            if (!_isLimit)
            {
                // A rate that nobody waits for would grow without anything being learned.
                return;
            }

            double age = (double)_accepted / FreshCalls;
            double growth = Math.Min(_growth * (1 + (age * age)), SearchGrowth);
            if (_accepted >= ManyCalls && Now - _lastSlowed > s_fresh)
            {
                growth = Math.Max(growth, Math.Min(Step / (_rate * _rate), SearchGrowth));
            }

            _rate += _rate * growth;
            if (_rate > MaxRate)
            {
                _rate = double.PositiveInfinity;
            }
        }
    }

    /// <summary>Takes note that a call was throttled, and slows down.</summary>
    /// <param name="given">When the call was given its turn: one that had it before the last slowing says nothing of the new rate.</param>
    public void Throttled(DateTime given, TimeSpan? retryAfter)
    {
        lock (_gate)
        {
            DateTime now = Now;
            bool isOfThisRate = given >= _lastSlowed;
            if (isOfThisRate)
            {
                _share.Count(_rate, isRefused: true);
            }

            if (isOfThisRate && !_share.IsOfAnyRate)
            {
                _rate = Math.Max(_share.Restored(_rate, Slower(now)), MinRate);
                _lastSlowed = now;
                _accepted = 0;
                _wasIdle = false;

                // The service counts from the last call that it took: one that came too early puts off nothing.
                DateTime next = _lastAccepted + TimeSpan.FromSeconds(1 / _rate);
                _next = next > now ? next : now;
            }

            DateTime earliest = now + (retryAfter ?? TimeSpan.Zero);
            if (_next < earliest)
            {
                _next = earliest;
            }
        }
    }

    private DateTime Take(DateTime now)
    {
        if (!double.IsInfinity(_rate))
        {
            // Timers are late: without this, a wait of some milliseconds would cost more than it should.
            TimeSpan interval = TimeSpan.FromSeconds(1 / _rate);
            TimeSpan late = now - _next;
            _wasIdle |= late > s_idle + interval;
            _next = (late < s_late ? _next : now) + interval;
        }

        Remember(now);
        return now;
    }

    /// <summary>The rate after a refusal.</summary>
    private double Slower(DateTime now)
    {
        if (double.IsInfinity(_rate))
        {
            _growth = SearchGrowth;
            _refusedInVain = 2;
            return Math.Max(_recent.Count / Span(now), 1) / 2;
        }

        if (_wasIdle)
        {
            return _rate * 0.9;
        }

        switch (_accepted)
        {
            case 0:
                // The first may have come a moment too early; when the next ones are refused too, the rate is far off.
                return _rate * (++_refusedInVain switch { 1 => 0.92, 2 => 0.8, _ => 0.5 });
            case 1:
                return _rate * 0.85;
            default:
                _refusedInVain = 0;
                _growth = Math.Max(_growth / 2, KnownGrowth);
                double seen = Math.Min(Math.Max(_accepted / (now - _lastSlowed).TotalSeconds, _rate / 2), _rate) * 0.98;
                return _accepted < ManyCalls ? seen : (0.7 * seen) + (0.3 * _rate);
        }
    }

    /// <summary>How long the calls that are remembered took, in seconds. A run that has just begun has not filled the window.</summary>
    private double Span(DateTime now)
    {
        double span = _recent.Count == 0 ? 0 : (now - _recent.Peek()).TotalSeconds;
        return Math.Min(Math.Max(span, s_shortestWindow.TotalSeconds), s_window.TotalSeconds);
    }

    private void Remember(DateTime turn)
    {
        _recent.Enqueue(turn);
        while (_recent.Count > 0 && turn - _recent.Peek() > s_window)
        {
            _recent.Dequeue();
        }
    }
}
