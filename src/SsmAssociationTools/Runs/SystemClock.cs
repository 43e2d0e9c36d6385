using System;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.Runs;

/// <summary>The time of the machine.</summary>
internal sealed class SystemClock : IClock
{
    public DateTime UtcNow => DateTime.UtcNow;

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);
}
