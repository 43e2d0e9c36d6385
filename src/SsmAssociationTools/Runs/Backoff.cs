using System;

namespace SsmAssociationTools.Runs;

/// <summary>How long to wait before a call is made again: exponential with full jitter. Safe for concurrent use.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan s_base = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_cap = TimeSpan.FromSeconds(20);

    private readonly object _gate = new();
    private readonly Random _random;

    public Backoff(Random random) => _random = random;

    /// <summary>A wait that the service asks for, as far as there is time for it.</summary>
    public static TimeSpan? Within(TimeSpan? wait, TimeSpan? left) =>
        wait > left ? left > TimeSpan.Zero ? left : TimeSpan.Zero : wait;

    /// <summary>The wait before the next try.</summary>
    /// <returns>A random time between nothing (or what the service asked for) and a bound that doubles with each try, up to 20 seconds.</returns>
    /// <param name="left">The time that is left for the call; there is no longer wait than this.</param>
    public TimeSpan Next(int failedTries, TimeSpan? atLeast = null, TimeSpan? left = null)
    {
        double bound = Math.Min(s_cap.TotalMilliseconds, s_base.TotalMilliseconds * Math.Pow(2, Math.Min(failedTries, 20)));
        double jittered;
        lock (_gate)
        {
#pragma warning disable CA5394 // Jitter needs no secrecy.
            jittered = _random.NextDouble() * bound;
#pragma warning restore CA5394
        }

        TimeSpan wait = TimeSpan.FromMilliseconds(jittered) + (atLeast ?? TimeSpan.Zero);
        return Within(wait, left) ?? wait;
    }
}
