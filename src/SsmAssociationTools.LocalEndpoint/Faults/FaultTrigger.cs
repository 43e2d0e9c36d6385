using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Faults;

/// <summary>Which calls a fault happens to.</summary>
internal sealed class FaultTrigger
{
    private readonly Func<long, Random, bool> _fires;

    private FaultTrigger(Func<long, Random, bool> fires) => _fires = fires;

    /// <summary>Every call.</summary>
    /// <returns>The trigger.</returns>
    public static FaultTrigger Always() => new((_, _) => true);

    /// <summary>A share of the calls, drawn anew for each.</summary>
    /// <param name="percent">More than 0, at most 100.</param>
    /// <returns>The trigger.</returns>
    public static FaultTrigger Percent(double percent) => new((_, random) => random.NextDouble() * 100 < percent);

    /// <summary>The first calls.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The trigger.</returns>
    public static FaultTrigger First(long count) => new((call, _) => call <= count);

    /// <summary>The calls after the first ones.</summary>
    /// <param name="count">How many pass first.</param>
    /// <returns>The trigger.</returns>
    public static FaultTrigger After(long count) => new((call, _) => call > count);

    /// <summary>Every nth call.</summary>
    /// <param name="step">The n.</param>
    /// <returns>The trigger.</returns>
    public static FaultTrigger Every(long step) => new((call, _) => call % step == 0);

    /// <summary>Calls by their numbers.</summary>
    /// <param name="ranges">First and last number of each range, from 1.</param>
    /// <returns>The trigger.</returns>
    public static FaultTrigger Calls(IReadOnlyList<(long First, long Last)> ranges) =>
        new((call, _) => ranges.Any(range => call >= range.First && call <= range.Last));

    /// <summary>Tells whether it happens to a call.</summary>
    /// <param name="call">The call's number among those of the fault's operation, from 1.</param>
    /// <param name="random">The fault's own random numbers.</param>
    /// <returns>True when it does.</returns>
    public bool Fires(long call, Random random) => _fires(call, random);
}
