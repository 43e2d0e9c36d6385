using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Removing in front of the same service. SSM_HOSTILE_REMOVALS says how many seeds.</summary>
public sealed class RemovalTests
{
    [Fact]
    public void What_is_named_is_removed_and_nothing_else()
    {
        int count = Environment.GetEnvironmentVariable("SSM_HOSTILE_REMOVALS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 30;
        var broken = new SortedDictionary<int, string>();
        var gate = new Lock();
        Campaign.ForEach([.. Enumerable.Range(1, count)], 30, seed =>
        {
            (IReadOnlyList<Fault> faults, string story) = Campaign.WithSession(session => RemovalRun.Of(seed, session, [.. Selection.Allowed]));
            if (faults.Count > 0)
            {
                lock (gate)
                {
                    broken[seed] = $"Seed {seed}\n{string.Join('\n', faults)}\n\n{story}";
                }
            }
        });
        Assert.True(broken.Count == 0, $"{broken.Count} of {count} seeds\n\n{string.Join("\n\n", broken.Values)}");
    }
}
