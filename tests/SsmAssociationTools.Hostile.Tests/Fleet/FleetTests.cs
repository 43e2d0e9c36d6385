using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests.Fleet;

/// <summary>Wanted and existing sets against an oracle. SSM_FLEET_PAIRS says how many pairs.</summary>
public sealed class FleetTests
{
    [Fact]
    public void Every_pair_of_sets_ends_equal_to_the_oracle_and_the_second_run_writes_nothing()
    {
        int count = Environment.GetEnvironmentVariable("SSM_FLEET_PAIRS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 60;
        var broken = new SortedDictionary<int, string>();
        var gate = new Lock();
        Campaign.ForEach([.. Enumerable.Range(1, count)], 4, seed =>
        {
            OtherRun run = Campaign.WithSession(session => FleetRun.Of(seed, session));
            if (run.Faults.Count > 0)
            {
                lock (gate)
                {
                    broken[seed] = $"Seed {seed}\n{string.Join('\n', run.Faults)}\n\n{run.Story}";
                }
            }
        });
        Assert.True(broken.Count == 0, $"{broken.Count} of {count} pairs: {string.Join(" ", broken.Keys)}\n\n{string.Join("\n\n", broken.Values.Take(5))}");
    }

    /// <summary>As many seeds as a tenth of SSM_FLEET_PAIRS.</summary>
    [Fact]
    public void However_the_service_shows_content_the_fourth_run_writes_nothing_and_nothing_is_made_twice()
    {
        int count = Environment.GetEnvironmentVariable("SSM_FLEET_PAIRS") is { Length: > 0 } text ? Math.Max(1, int.Parse(text, CultureInfo.InvariantCulture) / 10) : 30;
        var broken = new SortedDictionary<int, string>();
        var gate = new Lock();
        Campaign.ForEach([.. Enumerable.Range(1, count)], 4, seed =>
        {
            OtherRun run = Campaign.WithSession(session => FleetEndRun.Of(seed, session, [.. Selection.Allowed]));
            if (run.Faults.Count > 0)
            {
                lock (gate)
                {
                    broken[seed] = $"Seed {seed}\n{string.Join('\n', run.Faults)}\n\n{run.Story}";
                }
            }
        });
        Assert.True(broken.Count == 0, $"{broken.Count} of {count} seeds: {string.Join(" ", broken.Keys)}\n\n{string.Join("\n\n", broken.Values.Take(5))}");
    }

    [Fact]
    public void Runs_that_were_killed_lose_nothing_and_do_nothing_twice()
    {
        int count = Environment.GetEnvironmentVariable("SSM_FLEET_KILLS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        var broken = new SortedDictionary<string, string>();
        var gate = new Lock();
        Campaign.ForEach([.. Enumerable.Range(2, 2 * count)], 3, number =>
        {
            int seed = number / 2;
            string command = number % 2 == 0 ? "Sync-" : "Update-";
            KillRun run = number % 2 == 0 ? FleetKillRun.Sync(seed, [.. Selection.Allowed]) : FleetKillRun.Update(seed, [.. Selection.Allowed]);
            if (run.Faults.Count > 0)
            {
                lock (gate)
                {
                    broken[$"{command} {seed}"] = $"{command} seed {seed}, {run.Kills} kills\n{string.Join('\n', run.Faults)}\n\n{run.Story}";
                }
            }
        });
        Assert.True(broken.Count == 0, $"{broken.Count} of {2 * count} runs\n\n{string.Join("\n\n", broken.Values)}");
    }

    [Fact]
    public void What_a_killed_run_created_and_no_list_shows_yet_is_not_created_again()
    {
        var broken = new SortedDictionary<int, string>();
        Campaign.ForEach([3, 5], 2, seed =>
        {
            KillRun run = FleetKillRun.SyncBehindLag(seed);
            lock (broken)
            {
                if (run.Faults.Count > 0)
                {
                    broken[seed] = $"Seed {seed}, {run.Kills} kills\n{string.Join('\n', run.Faults)}\n\n{run.Story}";
                }
            }
        });
        Assert.True(broken.Count == 0, string.Join("\n\n", broken.Values));
    }
}
