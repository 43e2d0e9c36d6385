using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests.Outcomes;

/// <summary>Asking how associations turned out, in front of a service that lags, lies in its lists and spells oddly. SSM_HOSTILE_OUTCOMES says how many seeds.</summary>
public sealed class OutcomeTests
{
    [Fact]
    public void No_success_is_said_that_is_none_and_no_failure_is_missed()
    {
        int count = Environment.GetEnvironmentVariable("SSM_HOSTILE_OUTCOMES") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 16;
        var broken = new SortedDictionary<int, string>();
        var gate = new Lock();
        Campaign.ForEach([.. Enumerable.Range(1, count)], 30, seed =>
        {
            OtherRun done = Campaign.WithSession(session => OutcomeRun.Of(seed, session, [.. Selection.Allowed]));
            if (done.Faults.Count > 0)
            {
                lock (gate)
                {
                    broken[seed] = $"Seed {seed}\n{string.Join('\n', done.Faults)}\n\n{done.Story}";
                }
            }
        });
        Assert.True(broken.Count == 0, $"{broken.Count} of {count} seeds\n\n{string.Join("\n\n", broken.Values)}");
    }
}
