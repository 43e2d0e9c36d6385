using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Row 7: a Region with as many associations as are wanted, of which a few differ, against the AWS SDK and against creating anew.</summary>
internal static class ConvergeRow
{
    private const int Latency = 20;

    /// <summary>MaxErrors of the entries that differ, in each of the two variants.</summary>
    private static readonly string[] s_maxErrors = ["10%", "11%"];

    /// <summary>Runs the row.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="table">Gets the figures.</param>
    /// <returns>A task that ends with the row.</returns>
    public static async Task RunAsync(Settings settings, Table table)
    {
        table.Begin(7, "way", "existing and wanted", "changed", "latency", "passes", "calls", "calls that write", "seconds", "time / time of Sync-");
        int entries = settings.IsQuick ? 400 : 2_000;
        int rounds = Math.Min(settings.Pairs, settings.IsQuick ? 1 : 3);
        int changed = SampleEntries.Changed(entries);
        string folder = Directory.CreateTempSubdirectory("ssm-benchmark-").FullName;
        try
        {
            using var session = new Session();
            List<CreateAssociationBatchRequestEntry>[] typed = [.. s_maxErrors.Select(errors => SampleEntries.Sdks(entries, errors))];
            session.Set("wanted", s_maxErrors.Select(errors => SampleEntries.Bags(entries, errors)).ToArray());

            // Calls are counted in a pass of their own at an endpoint in this process, which takes no time off the clock.
            session.Run("$endpoint = Start-SsmLocalEndpoint -AssociationLimit 0");
            var url = (string)session.Run("$endpoint.Url.AbsoluteUri")[0].BaseObject;
            long[] calls = await PassAsync(session, url, typed, changed, Path.Combine(folder, "count"), work => CountAsync(session, work));
            session.Run("$endpoint | Stop-SsmLocalEndpoint");

            using Endpoint endpoint = await Endpoint.StartAsync(Latency);
            List<double>[] seconds = [[], [], [], []];
            for (int round = 0; round < rounds; round++)
            {
                double[] times = await PassAsync(session, endpoint.Url, typed, changed, Path.Combine(folder, $"{round}"), async work => (await Pass.MeasureAsync(entries, work)).Seconds);
                for (int side = 0; side < times.Length; side++)
                {
                    seconds[side].Add(times[side]);
                }

                Console.Error.Write('.');
            }

            Console.Error.WriteLine();
            int batches = (entries + ThroughputRow.Chunk - 1) / ThroughputRow.Chunk;
            (string Way, int Writes)[] sides =
            [
                ("Sync-SsmAssociationBatch", changed),
                ("Sync-SsmAssociationBatch with the journal of the run before", changed),
                ("AWS SDK: list, describe each, compare, update", changed),
                ("AWS SDK: delete all, create all in batches", entries + batches),
            ];
            for (int side = 0; side < sides.Length; side++)
            {
                table.Add(
                    sides[side].Way,
                    entries.ToString("N0", CultureInfo.InvariantCulture),
                    changed.ToString(CultureInfo.InvariantCulture),
                    $"{Latency} ms",
                    rounds.ToString(CultureInfo.InvariantCulture),
                    calls[side].ToString("N0", CultureInfo.InvariantCulture),
                    sides[side].Writes.ToString("N0", CultureInfo.InvariantCulture),
                    new Spread(seconds[side]).ToString(),
                    new Spread(seconds[side].Zip(seconds[0], static (time, sync) => time / sync)).ToString());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>All four ways, one after the other, each from a Region in which the same entries differ.</summary>
    private static async Task<T[]> PassAsync<T>(Session session, string url, List<CreateAssociationBatchRequestEntry>[] typed, int changed, string journal, Func<Func<Task>, Task<T>> measure)
    {
        session.Connect(url);
        void Sync(int variant, string options, string filter, int expected) => session.Run(
            $"@($wanted[{variant}] | Sync-SsmAssociationBatch @connection -Force -WarningAction Ignore {options} | Where-Object {{ $_.Status -in {filter} }}).Count", expected);

        // What is there: the first variant. Every way then brings the second one, and the one after it the first.
        Sync(0, string.Empty, "'Created', 'Updated', 'Existing'", typed[0].Count);
        var results = new List<T> { await measure(() => Task.Run(() => Sync(1, string.Empty, "'Updated'", changed))) };
        Sync(1, $"-JournalPath '{Session.Quoted(journal)}'", "'Existing'", typed[0].Count);
        results.Add(await measure(() => Task.Run(() => Sync(0, $"-JournalPath '{Session.Quoted(journal)}'", "'Updated'", changed))));
        results.Add(await measure(async () =>
        {
            using AmazonSimpleSystemsManagementClient client = SdkLoop.Client(url, ThroughputRow.InFlight);
            int updates = await SdkConverge.UpdateAsync(client, typed[1], ThroughputRow.InFlight);
            if (updates != changed)
            {
                throw new InvalidOperationException($"The loop made {updates} updates, {changed} were needed.");
            }
        }));
        results.Add(await measure(() => SdkConverge.RecreateAsync(url, typed[0], ThroughputRow.InFlight)));
        Sync(0, string.Empty, "'Existing'", typed[0].Count);
        return [.. results];
    }

    private static async Task<long> CountAsync(Session session, Func<Task> work)
    {
        long before = Count(session);
        await work();
        return Count(session) - before;
    }

    private static long Count(Session session) => (long)session.Run("$endpoint.RequestCount")[0].BaseObject;
}
