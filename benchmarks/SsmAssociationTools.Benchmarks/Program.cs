using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using SsmAssociationTools.LocalEndpoint;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Runs the rows, or, started by itself with the name of a job, a job that needs a process of its own.</summary>
internal static class Program
{
    private static readonly Func<Settings, Table, Task>[] s_rows =
    [
        ThroughputRow.RunAsync, AlternativesRow.RunAsync, ValidationRow.RunAsync,
        MemoryRow.RunAsync, StartRow.RunAsync, StageRow.RunAsync, ConvergeRow.RunAsync, OnlineRow.RunAsync, DayRow.RunAsync, GrowthRow.RunAsync,
    ];

    /// <summary>Runs the benchmarks.</summary>
    /// <param name="args">See <see cref="Settings.Usage"/>.</param>
    /// <returns>0; 2 where the arguments are wrong.</returns>
    public static async Task<int> Main(string[] args)
    {
        StagedModule.Resolve();
        switch (args)
        {
            case ["endpoint", .. var options]:
                return RunEndpoint(options);
            case ["memory", var cmdlet, var form, var entries, var url]:
                return MemoryRow.RunJob(cmdlet, form, int.Parse(entries, CultureInfo.InvariantCulture), url);
            case ["start", var manifest, var url]:
                return StartRow.RunJob(manifest, url);
            default:
                return await RunRowsAsync(args);
        }
    }

    private static int RunEndpoint(string[] options) => LocalEndpointConsole.Run(options, Console.In, Console.Out, Console.Error);

    private static async Task<int> RunRowsAsync(string[] args)
    {
        Settings settings;
        try
        {
            settings = Settings.Read(args);
        }
        catch (FormatException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }

        var table = new Table();
        long start = Stopwatch.GetTimestamp();
        foreach (int row in settings.Rows)
        {
            await s_rows[row - 1](settings, table);
        }

        string markdown = table.ToMarkdown(settings, Stopwatch.GetElapsedTime(start));
        Console.WriteLine();
        Console.WriteLine(markdown);
        if (settings.Output is not null)
        {
            await File.WriteAllTextAsync(settings.Output, markdown);
        }

        return 0;
    }
}
