using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.Runs;

/// <summary>
/// Spaces the calls of one account and Region. There is no limit until the service throttles; then the rate is halved
/// on each throttle and grows by a fixed step a second while calls are accepted. Safe for concurrent use.
/// </summary>
internal sealed class CallPace
{
    /// <summary>Calls a second below which the rate never falls.</summary>
    private const double MinRate = 0.2;

    /// <summary>Calls a second above which there is no limit again.</summary>
    private const double MaxRate = 100;

    /// <summary>Calls a second that each second of accepted calls adds.</summary>
    private const double Step = 0.5;

    /// <summary>The stretch of time whose calls tell the rate at which the first throttle came.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(2);

    /// <summary>The shortest such stretch: calls that start together say little of a rate.</summary>
    private static readonly TimeSpan s_shortestWindow = TimeSpan.FromSeconds(0.25);

    private static readonly DateTime s_begin = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly object _gate = new();
    private readonly IClock _clock;
    private readonly Queue<DateTime> _recent = new();
    private double _rate = double.PositiveInfinity;
    private DateTime _next = DateTime.MinValue;
    private DateTime _lastSlowed = DateTime.MinValue;

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

    /// <summary>Waits until the next call may start.</summary>
    /// <returns>When the turn was given, at the rate of that time; the call itself may start later.</returns>
    public async Task<DateTime> WaitTurnAsync(CancellationToken cancellationToken)
    {
        DateTime now;
        TimeSpan delay;
        lock (_gate)
        {
            now = Now;
            DateTime turn = _next > now ? _next : now;
            if (!double.IsInfinity(_rate))
            {
                _next = turn + TimeSpan.FromSeconds(1 / _rate);
            }

            Remember(turn);
            delay = turn - now;
        }

        if (delay > TimeSpan.Zero)
        {
            await _clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
        }

        return now;
    }

    /// <summary>Takes note that a call was accepted.</summary>
    public void Accepted()
    {
        lock (_gate)
        {
            if (!double.IsInfinity(_rate))
            {
                _rate += Step / _rate;
                if (_rate > MaxRate)
                {
                    _rate = double.PositiveInfinity;
                }
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
            if (given >= _lastSlowed)
            {
                double current = double.IsInfinity(_rate) ? Math.Max(_recent.Count / Span(now), 1) : _rate;
                _rate = Math.Max(current / 2, MinRate);
                _lastSlowed = now;
            }

            DateTime earliest = now + (retryAfter ?? TimeSpan.Zero);
            if (_next < earliest)
            {
                _next = earliest;
            }
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
