using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SsmAssociationTools.Benchmarks;

/// <summary>
/// Row 4: what memory a fresh process needs at most while entries stream through New- and Test-. Neither the entries nor
/// the results are kept by anybody but the module.
/// </summary>
internal static class MemoryRow
{
    private const double MiB = 1024 * 1024;

    /// <summary>Runs the row.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="table">Gets the figures.</param>
    /// <returns>A task that ends with the row.</returns>
    public static async Task RunAsync(Settings settings, Table table)
    {
        table.Begin(4, "cmdlet", "input", "entries", "processes", "peak working set, MiB", "peak managed heap, MiB", "heap after a collection at the end, MiB", "median peak working set / that of the fewest", "entries/s");
        int[] sizes = settings.IsQuick ? [10_000, 50_000] : [10_000, 100_000, 1_000_000];

        // What makes a call or two for each association takes a quarter of an hour for a million.
        int[] smallSizes = sizes[..2];
        (string Cmdlet, string Form, int[] Sizes)[] cases =
        [
            ("no", "hashtables", sizes), ("Test", "hashtables", sizes), ("New", "hashtables", sizes), ("no", "bags", sizes), ("Test", "bags", sizes),
            ("New-of-100-Regions", "hashtables", smallSizes), ("Update", "hashtables", smallSizes), ("Outcome", "hashtables", smallSizes), ("Sync", "hashtables", smallSizes),
        ];
        foreach ((string cmdlet, string form, int[] counts) in cases)
        {
            double least = 0;
            foreach (int entries in counts)
            {
                // Memory varies little from process to process, and the long ones take minutes.
                int processes = entries > 100_000 || counts == smallSizes ? 1 : Math.Min(settings.Pairs, 3);
                List<double[]> figures = [];
                for (int i = 0; i < processes; i++)
                {
                    // A fresh endpoint as well: what it remembers is not measured, and must not slow down the next process.
                    using Endpoint endpoint = await Endpoint.StartAsync(0, keep: counts == smallSizes ? 0 : 10_000);
                    string line = await ChildProcess.RunSelfAsync("memory", cmdlet, form, entries.ToString(CultureInfo.InvariantCulture), endpoint.Url);
                    figures.Add(Array.ConvertAll(line.Split(' '), static number => double.Parse(number, CultureInfo.InvariantCulture)));
                }

                Spread Of(int column) => new(figures.Select(figure => figure[column]));
                least = least == 0 ? Of(0).Median : least;
                table.Add(
                    NameOf(cmdlet),
                    form,
                    entries.ToString("N0", CultureInfo.InvariantCulture),
                    processes.ToString(CultureInfo.InvariantCulture),
                    Of(0).ToString(),
                    Of(1).ToString(),
                    Of(2).ToString(),
                    Spread.Text(Of(0).Median / least),
                    Spread.Text(Of(3).Median));
            }
        }
    }

    private static string NameOf(string cmdlet) => cmdlet switch
    {
        "no" => "none: the engine and the input alone",
        "New-of-100-Regions" => "New- in 100 Regions",
        "Update" => "New-, Update- of its results",
        "Outcome" => "New-, outcomes of its results",
        _ => cmdlet + "-",
    };

    /// <summary>The job: streams entries, and writes both peaks, what is left at the end and the rate.</summary>
    /// <param name="cmdlet">What the entries stream through; no for a pipeline without a cmdlet of the module.</param>
    /// <param name="form">What the entries are: hashtables or bags.</param>
    /// <param name="entries">How many entries.</param>
    /// <param name="url">Address of the endpoint.</param>
    /// <returns>0.</returns>
    public static int RunJob(string cmdlet, string form, int entries, string url)
    {
        long peakHeap = 0;
        using var session = new Session();
        session.Connect(url);
        string create = $"New-SsmAssociationBatch @connection -BatchSize {ThroughputRow.Chunk} -WarningAction Ignore |";
        string middle = cmdlet switch
        {
            "New" => create,
            "New-of-100-Regions" => "& { process { $_['Region'] = \"us-test-$($number++ % 100)\"; $_ } } | " + create,
            "Update" => create + "& { process { $_.Entry.ComplianceSeverity = 'LOW'; $_ } } | Update-SsmAssociationBatch @connection -Force -WarningAction Ignore |",
            "Outcome" => create + "Get-SsmAssociationOutcome @connection -ErrorAction Ignore |",
            "Sync" => "Sync-SsmAssociationBatch @connection -Force -WarningAction Ignore |",
            "Test" => "Test-SsmAssociationEntry |",
            _ => string.Empty,
        };
        if (cmdlet == "New-of-100-Regions")
        {
            session.Run("$connection.Remove('Region')");
        }

        double seconds;
        using (new Timer(_ => peakHeap = Math.Max(peakHeap, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 20))
        {
            long start = Stopwatch.GetTimestamp();
            session.Run($"New-BenchmarkEntry -Count {entries} -AsBag:${form == "bags"} | {middle} Measure-BenchmarkResult", entries);
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        using var process = Process.GetCurrentProcess();
        double[] figures = [process.PeakWorkingSet64 / MiB, peakHeap / MiB, GC.GetTotalMemory(forceFullCollection: true) / MiB, entries / seconds];
        Console.WriteLine(string.Join(' ', figures.Select(static figure => figure.ToString("R", CultureInfo.InvariantCulture))));
        return 0;
    }
}
