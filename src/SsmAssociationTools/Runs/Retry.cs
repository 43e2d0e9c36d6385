using System;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs;

/// <summary>
/// Makes a call again while that may help: at the pace of its place, after waits that grow. Whoever makes the call says
/// what may be tried again, because only he knows whether it acted. Safe for concurrent use.
/// </summary>
internal sealed class Retry
{
    private readonly CallPace _pace;
    private readonly Backoff _backoff;
    private readonly IClock _clock;
    private readonly TimeSpan _maxElapsed;

    public Retry(CallPace pace, Backoff backoff, IClock clock, RunOptions options)
    {
        _pace = pace;
        _backoff = backoff;
        _clock = clock;
        _maxElapsed = options.MaxElapsed;
    }

    /// <summary>Makes the call, and makes it again no longer than the options say; a wait that the service asks for is cut to that.</summary>
    /// <param name="call">Makes it once.</param>
    /// <param name="mayTryAgain">Takes the error and how many tries failed so far; asked while there is time.</param>
    /// <param name="waits">Takes the error, the failed tries and the wait before the next; null where nobody is told.</param>
    /// <param name="stop">Ends the waits; a call in flight is left to <paramref name="call"/>.</param>
    /// <param name="started">Uptime when the work began that the call belongs to; null for now.</param>
    /// <param name="before">Comes before each try; false ends without one. Null for nothing.</param>
    /// <param name="until">Uptime after which nothing is tried again, whatever else would allow it; null for none.</param>
    /// <returns>The answer; the default where <paramref name="before"/> ended it.</returns>
    /// <exception cref="GatewayException">The call failed, and is not tried again.</exception>
    /// <exception cref="OperationCanceledException">It was stopped between two tries, or before the first.</exception>
    public async Task<T?> CallAsync<T>(
        Func<Task<T>> call,
        Func<GatewayException, int, bool> mayTryAgain,
        Action<GatewayException, int, TimeSpan>? waits,
        CancellationToken stop,
        TimeSpan? started = null,
        Func<Task<bool>>? before = null,
        TimeSpan? until = null)
    {
        TimeSpan begin = started ?? _clock.Uptime;
        for (int failedTries = 0; ;)
        {
            stop.ThrowIfCancellationRequested();
            if (before is not null && !await before().ConfigureAwait(false))
            {
                return default;
            }

            DateTime turn = await _pace.WaitTurnAsync(stop).ConfigureAwait(false);
            TimeSpan wait;
            try
            {
                T answer = await call().ConfigureAwait(false);
                _pace.Accepted(turn);
                return answer;
            }
            catch (GatewayException error)
            {
                TimeSpan now = _clock.Uptime;
                TimeSpan left = _maxElapsed - (now - begin);
                left = until is { } end && end - now < left ? end - now : left;
                if (error.Kind == GatewayErrorKind.Throttled)
                {
                    _pace.Throttled(turn, Backoff.Within(error.RetryAfter, left));
                }

                if (left <= TimeSpan.Zero || !mayTryAgain(error, ++failedTries))
                {
                    throw;
                }

                wait = _backoff.Next(failedTries, error.RetryAfter, left);
                waits?.Invoke(error, failedTries, wait);
            }

            await _clock.DelayAsync(wait, stop).ConfigureAwait(false);
        }
    }
}
