using Xunit;
using Xunit.Abstractions;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>The sizes that accounts come to, under the faults of <see cref="ChaosTests"/>.</summary>
public sealed class LargeChaosTests
{
    private const int AccountLimit = 2000;

    private readonly ITestOutputHelper _output;

    public LargeChaosTests(ITestOutputHelper output) => _output = output;

    [Theory]
    [InlineData(1000)]
    [InlineData(1005)]
    public void The_limit_of_an_account_is_filled_to_the_last_place(int seed) =>
        new ChaosRun(seed, ChaosEntries.CountFor(AccountLimit - ChaosEntries.ExistingCount), AccountLimit).AssertSound(_output);

    [Fact]
    public void Ten_thousand_entries_are_created_once_each() => new ChaosRun(1020, 10_000).AssertSound(_output);
}
