using System;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Tests.Runs.Create;

/// <summary>A clock on which a wait takes no real time: the time jumps to its end. It can be set, which its uptime does not follow.</summary>
internal sealed class JumpingClock : IClock
{
    private static readonly long s_start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private long _ticks = s_start;
    private long _set;

    public DateTime UtcNow => new(Interlocked.Read(ref _ticks) + Interlocked.Read(ref _set), DateTimeKind.Utc);

    public TimeSpan Uptime => new(Interlocked.Read(ref _ticks) - s_start);

    /// <summary>Sets the clock, as somebody or a time server does: no time passes.</summary>
    public void Set(TimeSpan by) => Interlocked.Add(ref _set, by.Ticks);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Add(ref _ticks, delay.Ticks);
        return Task.CompletedTask;
    }
}
