using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Create;

public sealed class ShardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(1000)]
    public void Every_entry_is_in_exactly_one_part(int count)
    {
        using var canonical = new CanonicalContent();
        Shard[] shards = [.. Enumerable.Range(1, count).Select(number => Shard.Parse($"{number}/{count}")!)];

        foreach (int i in Enumerable.Range(0, 500))
        {
            ContentKey key = canonical.KeyOf(RunHarness.Entry(i));
            Assert.Single(shards, shard => shard.Has(key, i));
            Assert.Single(shards, shard => shard.Has(null, i));
        }
    }

    [Fact]
    public void Parts_are_of_about_one_size()
    {
        using var canonical = new CanonicalContent();
        var counts = new int[16];
        Shard[] shards = [.. Enumerable.Range(1, 16).Select(number => Shard.Parse($"{number}/16")!)];
        for (int i = 0; i < 8000; i++)
        {
            ContentKey key = canonical.KeyOf(RunHarness.Entry(i));
            counts[System.Array.FindIndex(shards, shard => shard.Has(key, i))]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 400, 600));
    }

    [Fact]
    public void The_part_of_an_entry_never_changes()
    {
        // Machines with other versions of the module would otherwise send some entries twice and others never.
        using var canonical = new CanonicalContent();
        IEnumerable<int> parts = Enumerable.Range(0, 8).Select(i =>
            Enumerable.Range(1, 16).Single(number => Shard.Parse($"{number}/16")!.Has(canonical.KeyOf(RunHarness.Entry(i)), i)));

        Assert.Equal("3 9 2 2 3 10 3 14", string.Join(' ', parts));
    }

    [Fact]
    public void Equal_entries_are_in_one_part_wherever_they_stand()
    {
        using var canonical = new CanonicalContent();
        var shard = Shard.Parse("2/3")!;

        Assert.Equal(shard.Has(canonical.KeyOf(RunHarness.Entry(1)), 0), shard.Has(canonical.KeyOf(RunHarness.Entry(1)), 99));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("-1/4")]
    [InlineData("1/0")]
    [InlineData("1/2/3")]
    [InlineData("a/b")]
    [InlineData("1/99999999999")]
    [InlineData("1/100001")]
    [InlineData("1.5/3")]
    public void What_is_no_part_is_refused(string text) => Assert.Null(Shard.Parse(text));

    [Fact]
    public void Blanks_around_the_numbers_do_no_harm() => Assert.Equal("3/16", Shard.Parse(" 3 / 16 ")!.ToString());
}
