using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace SsmAssociationTools.Benchmarks;

/// <summary>
/// Row 9: calls and seconds of a day's work with a fleet, beside a program that has nothing but the AWS SDK, and beside one call for
/// each association, one after the other, as the cmdlets of AWS.Tools and a script around the AWS CLI make them.
/// </summary>
internal static class DayRow
{
    /// <summary>MaxErrors of what was changed.</summary>
    private const string Changed = "11%";

    private static readonly string[] s_steps = ["create", "run again", "change one in a hundred", "how did it go", "remove"];

    /// <summary>Runs the row.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="table">Gets the figures.</param>
    /// <returns>A task that ends with the row.</returns>
    public static async Task RunAsync(Settings settings, Table table)
    {
        table.Begin(9, "service", "associations", "way", "step", "calls", "seconds");
        int many = settings.IsQuick ? 200 : 2_000;
        int few = settings.IsQuick ? 40 : 100;
        await RunAsync(table, "answers after 20 ms", many, "-Latency 20", oneByOne: many / 10);
        await RunAsync(table, "answers after 20 ms, takes 5 calls a second", few, "-Latency 20 -Fault '* always rate-limit per-second=5'", oneByOne: 0);
    }

    private static async Task RunAsync(Table table, string service, int entries, string options, int oneByOne)
    {
        string folder = Directory.CreateTempSubdirectory("ssm-benchmark-").FullName;
        try
        {
            using var session = new Session();
            session.Run($"$endpoint = Start-SsmLocalEndpoint -AssociationLimit 0 {options}");
            var url = (string)session.Run("$endpoint.Url.AbsoluteUri")[0].BaseObject;
            session.Connect(url);

            await MeasureAsync("SsmAssociationTools, with a journal", entries, Ours(session, entries, Path.Combine(folder, "day.journal")));
            await MeasureAsync("AWS SDK, batches, four calls in flight", entries, Sdk(url, entries, ThroughputRow.InFlight, batches: true));
            if (oneByOne > 0)
            {
                await MeasureAsync("one call for each, one after the other", oneByOne, Sdk(url, oneByOne, 1, batches: false));
            }

            session.Run("$endpoint | Stop-SsmLocalEndpoint");

            async Task MeasureAsync(string way, int count, Func<Task>[] steps)
            {
                for (int step = 0; step < steps.Length; step++)
                {
                    long before = Count(session);
                    Pass pass = await Pass.MeasureAsync(count, steps[step]);
                    table.Add(
                        service,
                        count.ToString("N0", CultureInfo.InvariantCulture),
                        way,
                        s_steps[step],
                        (Count(session) - before).ToString("N0", CultureInfo.InvariantCulture),
                        Spread.Text(pass.Seconds));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Count(Session session) => (long)session.Run("$endpoint.RequestCount")[0].BaseObject;

    private static Func<Task>[] Ours(Session session, int entries, string journal)
    {
        session.Set("wanted", new[] { SampleEntries.Bags(entries, null), SampleEntries.Bags(entries, Changed) });
        string sync = $"Sync-SsmAssociationBatch @connection -Force -WarningAction Ignore -JournalPath '{Session.Quoted(journal)}'";
        Func<Task> Script(string script, int expected) => () =>
        {
            session.Run(script, expected);
            return Task.CompletedTask;
        };
        return
        [
            Script($"@($wanted[0] | {sync} | Where-Object {{ $_.Status -eq 'Created' }}).Count", entries),
            Script($"@($wanted[0] | {sync} | Where-Object {{ $_.Status -eq 'Existing' }}).Count", entries),
            Script($"$results = $wanted[1] | {sync}; @($results | Where-Object {{ $_.Status -eq 'Updated' }}).Count", SampleEntries.Changed(entries)),
            Script("@($results | Get-SsmAssociationOutcome @connection -ErrorAction Ignore).Count", entries),
            Script("@($results.AssociationId | Remove-SsmAssociationBatch @connection -Force | Where-Object { $_.Status -eq 'Removed' }).Count", entries),
        ];
    }

    private static Func<Task>[] Sdk(string url, int entries, int inFlight, bool batches)
    {
        List<CreateAssociationBatchRequestEntry> wanted = SampleEntries.Sdks(entries, null);
        List<CreateAssociationBatchRequestEntry> changed = SampleEntries.Sdks(entries, Changed);

        return
        [
            async () =>
            {
                using AmazonSimpleSystemsManagementClient client = Client();
                await (batches
                    ? SdkConverge.ForEachAsync(wanted.Chunk(ThroughputRow.Chunk), inFlight, chunk => SdkConverge.AgainAsync(() => client.CreateAssociationBatchAsync(new CreateAssociationBatchRequest { Entries = [.. chunk] })))
                    : SdkConverge.ForEachAsync(Enumerable.Range(0, entries), inFlight, index => SdkConverge.AgainAsync(() => client.CreateAssociationAsync(SampleEntries.SdkSingle(index)))));
            },
            async () =>
            {
                // Who keeps no journal has to look before creating again.
                using AmazonSimpleSystemsManagementClient client = Client();
                HashSet<string> there = [.. (await SdkConverge.ListAsync(client)).Select(static line => line.AssociationName)];
                Require(wanted.Count(entry => !there.Contains(entry.AssociationName)), 0);
            },
            async () =>
            {
                using AmazonSimpleSystemsManagementClient client = Client();
                Require(await SdkConverge.UpdateAsync(client, changed, inFlight), SampleEntries.Changed(entries));
            },
            async () =>
            {
                using AmazonSimpleSystemsManagementClient client = Client();
                await SdkConverge.ForEachAsync(await SdkConverge.ListAsync(client), inFlight, line => SdkConverge.AgainAsync(() => client.DescribeAssociationExecutionsAsync(new DescribeAssociationExecutionsRequest { AssociationId = line.AssociationId })));
            },
            async () =>
            {
                using AmazonSimpleSystemsManagementClient client = Client();
                await SdkConverge.ForEachAsync(await SdkConverge.ListAsync(client), inFlight, line => SdkConverge.AgainAsync(() => client.DeleteAssociationAsync(new DeleteAssociationRequest { AssociationId = line.AssociationId })));
            },
        ];

        // The SDK's own retries give up at five calls a second, adaptive ones too.
        AmazonSimpleSystemsManagementClient Client() => SdkLoop.Client(url, inFlight, config => config.MaxErrorRetry = 0);
    }

    private static void Require(int found, int expected)
    {
        if (found != expected)
        {
            throw new InvalidOperationException($"{found} instead of {expected}.");
        }
    }
}
