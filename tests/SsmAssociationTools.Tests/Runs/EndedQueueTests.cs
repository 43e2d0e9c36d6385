using System;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs;

/// <summary>Handing over batches between threads.</summary>
public sealed class EndedQueueTests
{
    [Fact]
    public void Batches_come_out_in_the_order_they_went_in()
    {
        var ended = new EndedQueue<Batch<WorkItem>>();
        Batch<WorkItem>[] batches = [new Batch<WorkItem>(), new Batch<WorkItem>(), new Batch<WorkItem>()];

        Array.ForEach(batches, ended.Add);

        Assert.All(batches, batch =>
        {
            Assert.True(ended.TryTake(out Batch<WorkItem>? taken));
            Assert.Same(batch, taken);
        });
        Assert.False(ended.TryTake(out Batch<WorkItem>? none));
        Assert.Null(none);
        Assert.False(ended.TryTake(out _, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task A_waiting_thread_is_woken()
    {
        var ended = new EndedQueue<Batch<WorkItem>>();
        var batch = new Batch<WorkItem>();
        Task<Batch<WorkItem>?> waiting = Task.Run(() => ended.TryTake(out Batch<WorkItem>? taken, TimeSpan.FromMinutes(5)) ? taken : null);

        ended.Add(batch);

        Assert.Same(batch, await waiting.WaitAsync(TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public async Task Nothing_is_lost_among_many_threads()
    {
        var ended = new EndedQueue<Batch<WorkItem>>();
        Task adding = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                ended.Add(new Batch<WorkItem>());
            }
        })));

        int count = 0;
        while (count < 4_000 && ended.TryTake(out _, TimeSpan.FromMinutes(1)))
        {
            count++;
        }

        await adding;
        Assert.Equal(4_000, count);
    }
}
