using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Tests.Reliability;

namespace SsmAssociationTools.ScaleStudy;

/// <summary>
/// How long the service's limits make a run last: the module's own senders, paces and backoff in virtual time, one set for
/// each account-Region, side by side.
/// </summary>
internal static class PaceStudy
{
    /// <summary>Plays one run.</summary>
    /// <param name="destinations">Account-Regions.</param>
    /// <param name="entries">Associations in each.</param>
    /// <param name="batchSize">Entries in a call.</param>
    /// <param name="callsPerSecond">Calls that each account-Region takes a second.</param>
    /// <param name="latency">How long an answer takes.</param>
    /// <returns>What came out.</returns>
    public static (TimeSpan Time, long Calls, long Throttled, long Created) Run(int destinations, int entries, int batchSize, double callsPerSecond, TimeSpan latency)
    {
        var clock = new VirtualClock();
        DateTime start = clock.UtcNow;
        var options = new RunOptions { BatchSize = batchSize, MaxAttempt = 100, MaxElapsed = TimeSpan.FromHours(24) };
        using var control = new RunControl();
        using var canonical = new CanonicalContent();
        AssociationEntry[] content = [.. Enumerable.Range(0, entries).Select(Entries.Make)];
        ContentKey[] keys = [.. content.Select(canonical.KeyOf)];
        var services = new List<SimulatedService>();
        var log = new RunLog();
        clock.Run(() => Task.WhenAll(Enumerable.Range(0, destinations).Select(number =>
        {
            var service = new SimulatedService(clock, callsPerSecond, latency);
            services.Add(service);
            var sender = new BatchSender(service, new Destination($"region-{number}-1", null), options, control, new CallPace(clock), clock, new Backoff(new Random(number)), null, new Claims(), log);
            var batches = new Queue<Batch<WorkItem>>(Batches(content, keys, batchSize));
            return Task.WhenAll(Enumerable.Range(0, options.ThrottleLimit).Select(async _ =>
            {
                while (batches.TryDequeue(out Batch<WorkItem>? batch))
                {
                    await sender.SendAsync(batch);
                    while (log.TryTake(out (bool IsWarning, string Text) _))
                    {
                    }
                }
            }));
        })));
        return (clock.UtcNow - start, services.Sum(service => (long)service.Calls), services.Sum(service => (long)service.Throttled), services.Sum(service => (long)service.Created));
    }

    private static IEnumerable<Batch<WorkItem>> Batches(AssociationEntry[] content, ContentKey[] keys, int batchSize)
    {
        var batch = new Batch<WorkItem>();
        for (int i = 0; i < content.Length; i++)
        {
            batch.TryAdd(new WorkItem(i, null, content[i], keys[i], []));
            if (batch.Items.Count == batchSize || i == content.Length - 1)
            {
                yield return batch;
                batch = new Batch<WorkItem>();
            }
        }
    }
}
