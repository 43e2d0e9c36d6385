using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using Xunit;
using Xunit.Abstractions;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>What a pace finds of the rate that a service allows, in virtual time.</summary>
public sealed class PaceTests(ITestOutputHelper output)
{
    public static IEnumerable<object[]> Services() =>
        from perSecond in new[] { 0.5, 1, 1.5, 2, 3, 5, 10, 20, 50, 100 }
        from burst in new[] { perSecond, 3 * Math.Max(perSecond, 1) }
        from latency in new[] { 20, 150 }
        from callers in new[] { 1, 4, 32 }
        where burst > 1 && callers * 1000.0 / latency > 2 * perSecond
        select new object[] { perSecond, burst, latency, callers };

    /// <summary>A service with a second's stock of calls, or three: also what comes before the rate is found counts.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public void Nearly_all_that_a_service_allows_is_used(double perSecond, double burst, int latency, int callers)
    {
        Played played = Play(_ => perSecond, burst, latency, callers, TimeSpan.FromSeconds(Math.Max(30, 600 / perSecond)));

        double share = played.Accepted / (played.Seconds * perSecond);
        output.WriteLine($"{share:P1} of what is allowed, {(double)played.Accepted / played.Attempted:P1} of the calls accepted");
        Assert.InRange(share, 0.95, 1 + (burst / (played.Seconds * perSecond)));
        Assert.InRange((double)played.Accepted / played.Attempted, 0.8, 1);
    }

    /// <summary>What such a service does not give in time it never gives: the rate must be met from above and from below.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Most_is_used_of_a_service_that_has_one_call_in_stock(double perSecond)
    {
        foreach (int callers in new[] { 1, 4, 32 })
        {
            Played played = Play(_ => perSecond, 1, 20, callers, TimeSpan.FromSeconds(600 / perSecond));

            double share = played.Accepted / (played.Seconds * perSecond);
            output.WriteLine($"{share:P1} of what is allowed, {(double)played.Accepted / played.Attempted:P1} of the calls accepted");
            Assert.InRange(share, 0.9, 1.01);
        }
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(1, 10)]
    [InlineData(50, 2)]
    [InlineData(2, 50)]
    public void A_limit_that_becomes_another_is_found(double before, double after)
    {
        Played played = Play(second => second < 120 ? before : after, Math.Max(before, after), 20, 8, TimeSpan.FromSeconds(240));

        double share = played.Accepted / (120 * (before + after));
        output.WriteLine($"{share:P1} of what is allowed, {(double)played.Accepted / played.Attempted:P1} of the calls accepted");
        Assert.InRange(share, 0.8, 1.1);
        Assert.InRange((double)played.Accepted / played.Attempted, 0.8, 1);
    }

    /// <summary>The service has trouble: going slower does not help, and only makes it take longer.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.2)]
    [InlineData(0.3)]
    [InlineData(0.4)]
    [InlineData(0.5)]
    public void Refusals_of_any_rate_do_not_end_in_the_lowest_one(double refused)
    {
        foreach (int callers in new[] { 1, 4, 32 })
        {
            foreach (int seed in Enumerable.Range(1, 5))
            {
                var random = new Random(seed);
                Played played = Play(_ => double.PositiveInfinity, double.PositiveInfinity, 50, callers, TimeSpan.FromMinutes(5), _ => random.NextDouble() < refused);

                output.WriteLine($"{callers} callers: {played.Accepted / played.Seconds:n1} calls a second");
                Assert.True(played.Accepted > 0.5 * played.Seconds, $"{callers} callers, seed {seed}: {played.Accepted} calls in {played.Seconds:n0} s.");
            }
        }
    }

    /// <summary>What looks as if it were of any rate may become a limit.</summary>
    [Fact]
    public void A_limit_after_refusals_of_any_rate_is_found()
    {
        var random = new Random(1);
        Played played = Play(second => second < 60 ? 1000 : 5, 5, 50, 4, TimeSpan.FromMinutes(6), second => second < 60 && random.NextDouble() < 0.3);

        output.WriteLine($"{played.Accepted} of {played.Attempted}");
        Assert.InRange((double)played.AcceptedLate / played.AttemptedLate, 0.6, 1);
        Assert.InRange(played.AcceptedLate / 300.0, 4, 5.2);
    }

    private static Played Play(Func<double, double> allowed, double burst, int latency, int callers, TimeSpan duration, Func<double, bool>? isRefused = null)
    {
        var clock = new VirtualClock();
        var service = new Bucket(clock, allowed, burst, isRefused ?? (static _ => false));
        var retry = new Retry(new CallPace(clock), new Backoff(new Random(callers)), clock, new RunOptions { MaxElapsed = TimeSpan.FromDays(1) });
        clock.Run(() => Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            while (clock.Uptime < duration)
            {
                await retry.CallAsync(() => service.CallAsync(TimeSpan.FromMilliseconds(latency)), static (_, _) => true, null, CancellationToken.None).ConfigureAwait(false);
            }
        })));
        return new Played(service.Accepted, service.Attempted, clock.Uptime.TotalSeconds, service.AcceptedLate, service.AttemptedLate);
    }

    private sealed record Played(int Accepted, int Attempted, double Seconds, int AcceptedLate, int AttemptedLate);

    private sealed class Bucket(VirtualClock clock, Func<double, double> allowed, double burst, Func<double, bool> isRefused)
    {
        private readonly double _burst = burst;
        private double _tokens = burst;
        private TimeSpan _filled;

        public int Accepted { get; private set; }

        public int Attempted { get; private set; }

        /// <summary>Calls accepted after the first minute.</summary>
        public int AcceptedLate { get; private set; }

        /// <summary>Calls after the first minute.</summary>
        public int AttemptedLate { get; private set; }

        public async Task<bool> CallAsync(TimeSpan latency)
        {
            bool isLate = clock.Uptime > TimeSpan.FromMinutes(1);
            Attempted++;
            AttemptedLate += isLate ? 1 : 0;
            _tokens = double.IsInfinity(_burst) ? 1 : Math.Min(_burst, _tokens + ((clock.Uptime - _filled).TotalSeconds * allowed(clock.Uptime.TotalSeconds)));
            _filled = clock.Uptime;
            bool isTaken = _tokens >= 1 && !isRefused(clock.Uptime.TotalSeconds);
            if (isTaken)
            {
                _tokens--;
                Accepted++;
                AcceptedLate += isLate ? 1 : 0;
            }

            await clock.DelayAsync(latency, CancellationToken.None).ConfigureAwait(false);
            return isTaken ? true : throw new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded");
        }
    }
}
