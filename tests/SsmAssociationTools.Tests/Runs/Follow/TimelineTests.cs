using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Tests.Reliability;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>Thousands of timelines, each judged by what is true in it: no false success, no failure that is missed.</summary>
public sealed class TimelineTests
{
    private static readonly int s_seeds = Settings.Number("SSM_TIMELINES", 10_000);

    [Fact]
    public void What_is_said_of_a_timeline_is_true()
    {
        var wrong = new List<TimelineRun>();
        var seen = new Dictionary<string, int>();
        for (int seed = 0; seed < s_seeds; seed++)
        {
            TimelineRun run = TimelineRun.Of(seed);
            string status = run.Outcome.Status.ToString();
            seen[status] = seen.GetValueOrDefault(status) + 1;
            if (run.Faults.Count > 0)
            {
                wrong.Add(run);
            }
        }

        string kinds = string.Join(Environment.NewLine, wrong.SelectMany(run => run.Faults.Select(fault => (run.Line.Kind, fault))).GroupBy(fault => fault).Select(group => $"{group.Count()} {group.Key}"));
        Assert.True(wrong.Count == 0, kinds + Environment.NewLine + $"{wrong.Count} of {s_seeds}: {string.Join(Environment.NewLine, wrong.Take(5))}");

        // The timelines are worth something: each outcome is among them, and not by accident.
        foreach (OutcomeStatus status in Enum.GetValues<OutcomeStatus>().Except([OutcomeStatus.NotCreated, OutcomeStatus.Unknown, OutcomeStatus.Cancelled, OutcomeStatus.Pending]))
        {
            Assert.True(seen.GetValueOrDefault(status.ToString()) >= 20, $"{status}: {seen.GetValueOrDefault(status.ToString())}; {string.Join(", ", seen)}");
        }
    }
}
