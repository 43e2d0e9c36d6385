using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Runs;

/// <summary>The time of the machine.</summary>
internal sealed class SystemClock : IClock
{
    public DateTime UtcNow => SystemTime.UtcNow;

    public TimeSpan Uptime => TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);
}
