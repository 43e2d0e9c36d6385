using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;
using Xunit.Abstractions;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>Minutes of throttling in virtual time: everything is created, at about the rate that the service allows.</summary>
public sealed class ThrottlingStormTests
{
    private const int EntryCount = 20_000;
    private const int BatchSize = 10;

    private readonly ITestOutputHelper _output;

    public ThrottlingStormTests(ITestOutputHelper output) => _output = output;

    [Theory]
    [InlineData(5, 5, 1)]
    [InlineData(5, 5, 4)]
    [InlineData(5, 5, 16)]
    [InlineData(2, 10, 4)]
    [InlineData(20, 20, 8)]
    public void Calls_stay_near_the_rate_that_the_service_allows(double perSecond, double burst, int throttleLimit)
    {
        var clock = new VirtualClock();
        DateTime start = clock.UtcNow;
        using var gateway = new BusyGateway(clock, perSecond, burst);
        using var control = new RunControl();
        var sender = new BatchSender(gateway, Destination.Unknown, new RunOptions(), control, new CallPace(clock), clock, new Backoff(new Random(7)), null, new Claims(), new RunLog());
        var batches = new Queue<Batch<WorkItem>>(Batches());
        List<WorkItem> items = [.. batches.SelectMany(batch => batch.Items)];

        async Task SendNextAsync()
        {
            while (batches.TryDequeue(out Batch<WorkItem>? batch))
            {
                await sender.SendAsync(batch).ConfigureAwait(false);
            }
        }

        clock.Run(() => Task.WhenAll(Enumerable.Range(0, throttleLimit).Select(_ => SendNextAsync())));

        double seconds = (clock.UtcNow - start).TotalSeconds;
        double rate = gateway.Accepted / seconds;
        double share = (double)gateway.Accepted / gateway.Attempted;
        _output.WriteLine($"{perSecond} calls/s allowed, {throttleLimit} at a time: {gateway.Attempted} calls, {gateway.Accepted} accepted ({share:P0}) in {seconds:0} s, {rate:0.00} calls/s, at most {items.Max(item => item.Attempts)} attempts");
        Assert.All(items, item => Assert.Equal(AssociationStatus.Created, item.Result!.State));
        Assert.Equal(EntryCount, gateway.Created);
        Assert.InRange(rate, perSecond * 0.8, perSecond * 1.05);
        Assert.InRange(share, 0.75, 1);
    }

    private static IEnumerable<Batch<WorkItem>> Batches()
    {
        using var canonical = new CanonicalContent();
        for (int i = 0; i < EntryCount / BatchSize; i++)
        {
            var batch = new Batch<WorkItem> { Number = i + 1 };
            for (int k = 0; k < BatchSize; k++)
            {
                AssociationEntry entry = RunHarness.Entry((i * BatchSize) + k);
                batch.TryAdd(new WorkItem((i * BatchSize) + k, null, entry, canonical.KeyOf(entry), []));
            }

            yield return batch;
        }
    }
}
