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
    private readonly ITestOutputHelper _output;

    public ChaosTests(ITestOutputHelper output) => _output = output;

    /// <summary>Seeds of this run: with those of <see cref="LargeChaosTests"/> 50, or as many as SSM_CHAOS_SEEDS says.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Settings.Number("SSM_CHAOS_SEEDS", 47))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_entry_is_created_once_whatever_goes_wrong(int seed) =>
        new ChaosRun(seed, Settings.Number("SSM_CHAOS_ENTRIES", 200)).AssertSound(_output);
}
