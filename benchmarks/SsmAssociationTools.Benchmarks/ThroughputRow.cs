using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Amazon.SimpleSystemsManagement.Model;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Row 1: objects piped to New-SsmAssociationBatch, against a bare loop over the AWS SDK with ready-made requests.</summary>
internal static class ThroughputRow
{
    /// <summary>Entries of a call, on both sides: the default of the cmdlet.</summary>
    public const int Chunk = 20;

    /// <summary>Calls in flight, on both sides: the default of the cmdlet.</summary>
    public const int InFlight = 4;

    /// <summary>Runs the row.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="table">Gets the figures.</param>
    /// <returns>A task that ends with the row.</returns>
    public static async Task RunAsync(Settings settings, Table table)
    {
        table.Begin(1, "input", "entries", "latency", "calls in flight", "pairs", "rate of the module / rate of the loop", "module, entries/s", "loop, entries/s", "module, CPU µs/entry", "loop, CPU µs/entry");
        using var session = new Session();
        bool isCold = true;
        foreach ((string form, int entries, int latency, int inFlight, int pairs) in Cases(settings))
        {
            using Endpoint endpoint = await Endpoint.StartAsync(latency);
            session.Connect(endpoint.Url);
            object[] objects = [.. Enumerable.Range(0, entries).Select(index => InForm(form, index))];
            CreateAssociationBatchRequest[] requests = SdkLoop.Requests(entries, Chunk);
            session.Set("entries", objects.Take(2_000).ToArray());
            await WarmUpAsync(session, endpoint, requests[..Math.Min(100, requests.Length)], (isCold ? 20 : 3) / (settings.IsQuick ? 5.0 : 1));
            isCold = false;
            session.Set("entries", objects);
            Comparison result = await Comparison.RunAsync(
                pairs,
                warmUps: 0,
                () => SendAsync(session, entries, inFlight),
                () => Pass.MeasureAsync(entries, () => SdkLoop.SendAsync(endpoint.Url, requests, inFlight)));
            table.Add(
                form,
                entries.ToString("N0", CultureInfo.InvariantCulture),
                $"{latency} ms",
                inFlight.ToString(CultureInfo.InvariantCulture),
                pairs.ToString(CultureInfo.InvariantCulture),
                result.Ratio.ToString(),
                Spread.Text(result.ModuleRate.Median),
                Spread.Text(result.OtherRate.Median),
                Spread.Text(result.ModuleCpu.Median),
                Spread.Text(result.OtherCpu.Median));
        }
    }

    private static object InForm(string form, int index) => form switch
    {
        "hashtables" => SampleEntries.Table(index),
        "typed entries" => SampleEntries.Typed(index),
        _ => SampleEntries.Object(index),
    };

    /// <summary>Measures a pass of the session's entries to New-, and looks afterwards whether all were created.</summary>
    /// <param name="session">A session with $entries and @connection.</param>
    /// <param name="entries">How many there are.</param>
    /// <param name="inFlight">Calls in flight.</param>
    /// <returns>What it took.</returns>
    public static async Task<Pass> SendAsync(Session session, int entries, int inFlight)
    {
        // Counted and let go, as the loop does with its answers.
        Pass pass = await Pass.MeasureAsync(entries, () => session.Run(
            $"$count = $entries | New-SsmAssociationBatch @connection -BatchSize {Chunk} -ThrottleLimit {inFlight} -WarningAction Ignore | Measure-BenchmarkResult"));
        session.Run("$count", entries);
        return pass;
    }

    /// <summary>Both sides in turn for some seconds; the first time long enough for the compiler to be done with them.</summary>
    private static async Task WarmUpAsync(Session session, Endpoint endpoint, CreateAssociationBatchRequest[] requests, double seconds)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
        {
            await SendAsync(session, requests.Sum(static request => request.Entries.Count), InFlight);
            await SdkLoop.SendAsync(endpoint.Url, requests, InFlight);
        }
    }

    /// <summary>
    /// 100,000 entries at 100 ms take 125 seconds a pass with 4 calls in flight, most of it waiting on both sides. So the
    /// long cases have more calls in flight, the same on both sides, which asks more of the client as well.
    /// </summary>
    private static IEnumerable<(string Form, int Entries, int Latency, int InFlight, int Pairs)> Cases(Settings settings)
    {
        int pairs = settings.Pairs;
        yield return ("bags", 2_000, 0, InFlight, pairs);
        yield return ("hashtables", 2_000, 0, InFlight, pairs);
        yield return ("typed entries", 2_000, 0, InFlight, pairs);
        yield return ("bags", 2_000, 20, InFlight, pairs);
        yield return ("bags", 2_000, 100, InFlight, pairs);
        if (settings.IsQuick)
        {
            yield return ("bags", 10_000, 0, InFlight, pairs);
            yield break;
        }

        // A pass of these is long enough to vary little, and the whole benchmark is to end within 25 minutes.
        int longPairs = Math.Min(pairs, 3);
        yield return ("bags", 100_000, 0, InFlight, longPairs);
        yield return ("bags", 100_000, 20, 8, longPairs);
        yield return ("bags", 100_000, 100, 32, longPairs);
    }
}
