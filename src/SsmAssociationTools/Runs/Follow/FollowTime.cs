using System;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>
/// The time of the associations of one place: how long they are waited for, and what the service's clock says. Safe for
/// concurrent use once it has begun.
/// </summary>
internal sealed class FollowTime
{
    /// <summary>How long it may take until lists show what is there, where nobody waits.</summary>
    public static readonly TimeSpan ShortLag = TimeSpan.FromSeconds(5);

    /// <summary>How long it may take until lists show what is there.</summary>
    public static readonly TimeSpan LongLag = TimeSpan.FromSeconds(30);

    private readonly FollowOptions _follow;
    private readonly IClock _clock;
    private readonly ServiceClock _service;

    public FollowTime(FollowOptions follow, IClock clock)
    {
        _follow = follow;
        _clock = clock;
        _service = new ServiceClock(clock);
    }

    /// <summary>When no more is waited, by the clock that nobody can set; null while nothing was followed.</summary>
    public TimeSpan? Deadline { get; private set; }

    public TimeSpan Uptime => _clock.Uptime;

    /// <summary>True once no more is waited for.</summary>
    public bool IsOver => _follow.Waits && _clock.Uptime >= Deadline;

    public FollowMoment Now => new(_clock.Uptime, _clock.UtcNow, _service.Now, _follow.Waits && !IsOver ? LongLag : ShortLag);

    /// <summary>The first input begins the time to wait.</summary>
    public void Begin() => Deadline ??= _clock.Uptime + _follow.WaitTimeout;

    /// <summary>Takes note of the date of an answer; null where it had none.</summary>
    public void Observe(DateTime? serviceTime, TimeSpan started) => _service.Observe(serviceTime, started);
}
