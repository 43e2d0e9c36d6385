using System;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.Runs;

/// <summary>Time as the batching sees it, so that a test can let minutes pass without waiting.</summary>
internal interface IClock
{
    /// <summary>Now, in UTC.</summary>
    DateTime UtcNow { get; }

    /// <summary>Time since some start. Nobody can set it, so it alone measures how long something took.</summary>
    TimeSpan Uptime { get; }

    /// <summary>Waits.</summary>
    Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken);
}
