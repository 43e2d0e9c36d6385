using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Runs that are killed at any point. SSM_HOSTILE_KILLS says how many seeds; each kills one to three times.</summary>
public sealed class KillTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Number("SSM_HOSTILE_KILLS", 3))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_run_that_was_killed_goes_on_where_it_ended(int seed)
    {
        KillRun run = KillRun.Of(seed, [.. Selection.Allowed]);
        Assert.True(run.Faults.Count == 0, $"Seed {seed}, {run.Kills} kills\n{string.Join('\n', run.Faults)}\n\n{run.Story}");
    }

    private static int Number(string variable, int other) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : other;
}
