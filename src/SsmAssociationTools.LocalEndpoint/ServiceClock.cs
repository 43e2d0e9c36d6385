using System;
using System.Diagnostics;

namespace SsmAssociationTools.LocalEndpoint;

/// <summary>
/// The time that the endpoint lives in: this computer's, or one of its own that starts elsewhere, runs faster or stands
/// still, and can be put forward. Safe for concurrent use.
/// </summary>
internal sealed class ServiceClock
{
    /// <summary>Beyond it, adding a schedule's interval could leave the range of dates.</summary>
    private static readonly DateTime s_end = new(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly object _gate = new();
    private readonly Stopwatch? _watch;
    private readonly DateTime _start;
    private readonly double _speed;
    private TimeSpan _advanced;

    /// <summary>Starts a clock.</summary>
    /// <param name="start">The time it starts at, UTC; null for now.</param>
    /// <param name="speed">How many of its seconds pass in one; 0 lets it stand still.</param>
    public ServiceClock(DateTime? start = null, double speed = 1)
    {
        _start = start ?? DateTime.UtcNow;
        _speed = speed;
        _watch = start is null && speed.Equals(1) ? null : Stopwatch.StartNew();
    }

    /// <summary>The time, UTC.</summary>
    public DateTime Now
    {
        get
        {
            lock (_gate)
            {
                DateTime now = _watch is null ? DateTime.UtcNow : Add(_start, _watch.Elapsed.Ticks * _speed);
                return Add(now, _advanced.Ticks);
            }
        }
    }

    /// <summary>Puts the clock forward.</summary>
    /// <param name="time">By how much; not negative.</param>
    public void Advance(TimeSpan time)
    {
        lock (_gate)
        {
            _advanced += time;
        }
    }

    private static DateTime Add(DateTime time, double ticks) => ticks < (s_end - time).Ticks ? time.AddTicks((long)ticks) : s_end;
}
