using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Create;

/// <summary>Ids that belong to an entry.</summary>
public sealed class ClaimsTests
{
    [Theory]
    [InlineData("8c2f1a6e-2a0d-4d55-9a0e-0c7b6a1d2e3f", "8c2f1a6e-2a0d-4d55-9a0e-0c7b6a1d2e3e")]
    [InlineData("a", "b")]
    [InlineData("a-1", "a-2")]
    [InlineData("id-1", "ID-1")]
    public void An_id_can_be_taken_once(string id, string other)
    {
        var claims = new Claims();

        Assert.False(claims.IsTaken("us-east-1", id));
        Assert.True(claims.TryTake("us-east-1", id));
        Assert.False(claims.TryTake("us-east-1", id));
        Assert.True(claims.IsTaken("us-east-1", id));
        Assert.False(claims.IsTaken("us-east-1", other));
        Assert.True(claims.TryTake("us-east-1", other));
    }

    [Fact]
    public void No_id_can_be_taken()
    {
        var claims = new Claims();

        Assert.False(claims.TryTake("us-east-1", null));
        Assert.False(claims.TryTake("us-east-1", " "));
    }

    [Fact]
    public void None_of_many_ids_is_forgotten_and_no_other_is_taken_for_one()
    {
        var random = new Random(20_260_723);
        string[] ids = [.. Enumerable.Range(0, 200_000).Select(_ => NewId(random))];
        var claims = new Claims();

        Assert.All(ids, id => Assert.True(claims.TryTake("us-east-1", id)));
        Assert.All(ids, id => Assert.True(claims.IsTaken("us-east-1", id)));
        Assert.All(ids, id => Assert.False(claims.TryTake("us-east-1", id)));
        Assert.All(Enumerable.Range(0, 200_000), _ => Assert.False(claims.IsTaken("us-east-1", NewId(random))));
    }

    [Fact]
    public void Ids_that_differ_in_a_counter_are_told_apart()
    {
        var claims = new Claims();

        Assert.All(Enumerable.Range(0, 100_000), i => Assert.True(claims.TryTake("us-east-1", $"00000000-0000-4000-8000-{i:x12}")));
        Assert.False(claims.IsTaken("us-east-1", $"00000000-0000-4000-8000-{100_000:x12}"));
    }

    [Fact]
    public void Of_several_threads_one_gets_an_id()
    {
        var claims = new Claims();
        int taken = 0;

        Parallel.For(0, 40_000, i => System.Threading.Interlocked.Add(ref taken, claims.TryTake("us-east-1", (i % 10_000).ToString(System.Globalization.CultureInfo.InvariantCulture)) ? 1 : 0));

        Assert.Equal(10_000, taken);
    }

    [Fact]
    public void Many_ids_take_few_bytes_each()
    {
        var random = new Random(1);
        List<string> ids = [.. Enumerable.Range(0, 300_000).Select(_ => NewId(random))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var claims = new Claims();
        foreach (string id in ids)
        {
            claims.TryTake("us-east-1", id);
        }

        // All arrays that were ever made together; those that were outgrown are garbage at once.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 8 * ids.Count, 50 * ids.Count);
        Assert.True(claims.IsTaken("us-east-1", ids[0]));
    }

    private static string NewId(Random random)
    {
        byte[] bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
