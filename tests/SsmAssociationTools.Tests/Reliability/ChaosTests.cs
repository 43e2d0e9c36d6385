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
    private const int AccountLimit = 2000;
    private const int SmallRun = 200;
    private readonly ITestOutputHelper _output;

    public ChaosTests(ITestOutputHelper output) => _output = output;

    /// <summary>Seeds of this run: 50, or as many as SSM_CHAOS_SEEDS says.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Settings.Number("SSM_CHAOS_SEEDS", 47))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_entry_is_created_once_whatever_goes_wrong(int seed) => Run(new ChaosRun(seed, Settings.Number("SSM_CHAOS_ENTRIES", SmallRun)));

    [Theory]
    [InlineData(1000)]
    [InlineData(1005)]
    public void The_limit_of_an_account_is_filled_exactly(int seed) =>
        Run(new ChaosRun(seed, ChaosEntries.CountFor(AccountLimit - ChaosEntries.ExistingCount), AccountLimit));

    [Fact]
    public void Ten_thousand_entries_are_created_once_each() => Run(new ChaosRun(1020, 10_000));

    private void Run(ChaosRun run)
    {
        string problems = run.Run();
        _output.WriteLine(run.Summary);
        Assert.True(problems.Length == 0, problems);
    }
}
