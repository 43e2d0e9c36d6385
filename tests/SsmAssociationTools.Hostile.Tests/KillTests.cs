using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Runs that are killed at any point. SSM_HOSTILE_KILLS says how many seeds; each kills one to three times.</summary>
public sealed class KillTests
{
    [Fact]
    public void A_run_that_was_killed_goes_on_where_it_ended() => Run(4, KillRun.Of);

    [Fact]
    public void What_a_killed_run_started_is_not_started_again() => Run(3, StartKillRun.Of);

    private static void Run(int few, Func<int, IReadOnlyCollection<HostileService.Mischief>, KillRun> of)
    {
        int count = Environment.GetEnvironmentVariable("SSM_HOSTILE_KILLS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : few;
        var broken = new SortedDictionary<int, string>();
        var gate = new Lock();
        Campaign.ForEach([.. Enumerable.Range(1, count)], 3, seed =>
        {
            KillRun run = of(seed, [.. Selection.Allowed]);
            if (run.Faults.Count > 0)
            {
                lock (gate)
                {
                    broken[seed] = $"Seed {seed}, {run.Kills} kills\n{string.Join('\n', run.Faults)}\n\n{run.Story}";
                }
            }
        });
        Assert.True(broken.Count == 0, $"{broken.Count} of {count} seeds\n\n{string.Join("\n\n", broken.Values)}");
    }
}
