using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>
/// Real time in which a wait ends at once: what the engine waits for costs a test nothing, and the times that the engine
/// notes can still be compared with those of an endpoint that runs beside it.
/// </summary>
internal sealed class InstantClock : IClock
{
    public DateTime UtcNow => DateTime.UtcNow;

    public TimeSpan Uptime => Stopwatch.GetElapsedTime(0);

    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
    }
}
