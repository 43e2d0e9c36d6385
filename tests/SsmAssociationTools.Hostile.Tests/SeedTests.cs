using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>
/// The promise in front of a service that somebody else wrote: one result for each input, one association for each entry,
/// nothing twice, nothing denied, nothing told. SSM_HOSTILE_SEEDS says how many seeds, SSM_HOSTILE_FIRST the first of them.
/// </summary>
public sealed class SeedTests(SeedTests.Runs runs) : IClassFixture<SeedTests.Runs>
{
    public static TheoryData<int> Seeds => [.. Numbers];

    private static IEnumerable<int> Numbers => Enumerable.Range(Number("SSM_HOSTILE_FIRST", 1), Number("SSM_HOSTILE_SEEDS", 100));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_promise_holds(int seed)
    {
        SeedRun run = runs.Of(seed);
        if (run.Faults.Count > 0 && run.Faults.All(fault => fault.Kind == FaultKind.NeedlessUnknown))
        {
            // Beside fifty others a call may outlast its limit, and is then undecided in truth. Alone it has the machine to itself.
            run = Campaign.Run([seed], 1, Selection.Allowed)[0];
        }

        Assert.True(run.Faults.Count == 0, $"Seed {seed}\n{string.Join('\n', run.Faults)}\n\n{run.Story}");
    }

    private static int Number(string variable, int other) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : other;

    /// <summary>All seeds run side by side before the first is judged: nearly all of their time is waiting.</summary>
    public sealed class Runs
    {
        private readonly Lazy<Dictionary<int, SeedRun>> _runs = new(() =>
            Campaign.Run([.. Numbers], Number("SSM_HOSTILE_PARALLEL", 50), Selection.Allowed).ToDictionary(run => run.Seed));

        internal SeedRun Of(int seed) => _runs.Value[seed];
    }
}
