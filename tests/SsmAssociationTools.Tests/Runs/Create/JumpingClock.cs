using System;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Tests.Runs.Create;

/// <summary>A clock on which a wait takes no real time: the time jumps to its end.</summary>
internal sealed class JumpingClock : IClock
{
    private long _ticks = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public DateTime UtcNow => new(Interlocked.Read(ref _ticks), DateTimeKind.Utc);

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Add(ref _ticks, delay.Ticks);
        return Task.CompletedTask;
    }
}
