using System;
using System.Globalization;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>
/// The promise under fire: whatever the connection and the service do, one association for every entry and one true
/// result for every input. docs/reliability.md says how to run more seeds.
/// </summary>
public sealed class ChaosTests
{
    private const int SmallRun = 300;
    private readonly ITestOutputHelper _output;

    public ChaosTests(ITestOutputHelper output) => _output = output;

    /// <summary>Seeds of this run: 50, or as many as SSM_CHAOS_SEEDS says.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Setting("SSM_CHAOS_SEEDS", 47))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_entry_is_created_once_whatever_goes_wrong(int seed) => Run(new ChaosRun(seed, Setting("SSM_CHAOS_ENTRIES", SmallRun)));

    [Theory]
    [InlineData(1001)]
    [InlineData(1002)]
    public void The_limit_of_an_account_is_filled_exactly(int seed) =>
        Run(new ChaosRun(seed, 2000 - ChaosEntries.ExistingCount));

    [Fact]
    public void Ten_thousand_entries_are_created_once_each() => Run(new ChaosRun(1003, 10_000));

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    private void Run(ChaosRun run)
    {
        string problems = run.Run();
        _output.WriteLine(run.Summary);
        Assert.True(problems.Length == 0, problems);
    }
}
