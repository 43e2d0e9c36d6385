using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Row 5: Import-Module in a fresh process against an empty manifest module, and the first calls after it.</summary>
internal static class StartRow
{
    /// <summary>Where CompiledEngine.targets lays this program out a second time.</summary>
    private static readonly string s_compiledFolder = Path.Combine(AppContext.BaseDirectory, "compiled");

    /// <summary>Runs the row.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="table">Gets the figures.</param>
    /// <returns>A task that ends with the row.</returns>
    public static async Task RunAsync(Settings settings, Table table)
    {
        table.Begin(5, "what", "fresh processes", "milliseconds");
        string folder = Directory.CreateTempSubdirectory("ssm-benchmark-").FullName;
        try
        {
            string empty = Path.Combine(folder, "Empty.psd1");
            await File.WriteAllTextAsync(empty, "@{ ModuleVersion = '1.0.0'; GUID = '6c9a4c1e-5d0e-4a52-9d5c-2f6a3c9e7b10'; CmdletsToExport = @() }\n");
            using Endpoint endpoint = await Endpoint.StartAsync(0);
            int pairs = settings.IsQuick ? settings.Pairs : settings.Pairs * 3;
            List<Engine> engines = [new("engine of the packages", SelfProgram.Running)];
            if (Directory.Exists(s_compiledFolder))
            {
                engines.Add(new("engine compiled ahead", SelfProgram.Running.In(s_compiledFolder)));
            }

            Func<Task>[] sides =
            [
                .. engines.SelectMany(engine => (Func<Task>[])
                [
                    async () => engine.Module.Add(await MeasureAsync(engine, StagedModule.Manifest, endpoint.Url)),
                    async () => engine.Empty.Add(await MeasureAsync(engine, empty, string.Empty)),
                ]),
            ];
            for (int i = -1; i < pairs; i++)
            {
                foreach (Func<Task> side in i % 2 == 0 ? sides : [.. sides.Reverse()])
                {
                    await side();
                }

                if (i < 0)
                {
                    // The first pair reads the files from the disk.
                    engines.ForEach(static engine => engine.Forget());
                }
            }

            string count = pairs.ToString(CultureInfo.InvariantCulture);
            foreach (Engine engine in engines)
            {
                void Add(string what, IEnumerable<double> values) => table.Add($"{engine.Name}: {what}", count, new Spread(values).ToString());
                Add("Import-Module of the module", engine.Module.Select(static figure => figure[0]));
                Add("Import-Module of an empty manifest", engine.Empty.Select(static figure => figure[0]));
                Add("difference, pair by pair", engine.Module.Zip(engine.Empty, static (ours, theirs) => ours[0] - theirs[0]));
                Add("first Test-SsmAssociationEntry, one entry", engine.Module.Select(static figure => figure[1]));
                Add("first New-SsmAssociationBatch, one entry", engine.Module.Select(static figure => figure[2]));
                Add("peak working set after them, MiB", engine.Module.Select(static figure => figure[3]));
            }

            if (engines.Count == 1)
            {
                table.Add("engine compiled ahead", "0", "not there: only a Release build with -p:ReadyToRunPlatforms not empty has it");
            }

            table.Add("assemblies of the AWS SDK after import and first Test-", count, "none in any process");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The job: imports a module, and calls the cmdlets where an endpoint is given.</summary>
    /// <param name="manifest">The module.</param>
    /// <param name="url">Address of the endpoint; empty for the import alone.</param>
    /// <returns>0; 1 where the AWS SDK is loaded too early.</returns>
    public static int RunJob(string manifest, string url)
    {
        using var session = new Session(importModule: false);

        // What every session has done before its first import is not the module's cost.
        session.Run("1 | ForEach-Object { $_ }");
        var times = new List<double> { Time(() => session.Run($"Import-Module -Name '{Session.Quoted(manifest)}'")) };
        if (url.Length > 0)
        {
            session.Connect(url);
            session.Set("entry", SampleEntries.Object(1));
            bool isEarly = HasSdk();
            times.Add(Time(() => session.Run("$entry | Test-SsmAssociationEntry")));
            isEarly |= HasSdk();
            times.Add(Time(() => session.Run("$entry | New-SsmAssociationBatch @connection")));
            using var self = Process.GetCurrentProcess();
            times.Add(self.PeakWorkingSet64 / (1024.0 * 1024.0));
            if (isEarly)
            {
                Console.Error.WriteLine("The AWS SDK was loaded before the first connection.");
                return 1;
            }
        }

        Console.WriteLine(string.Join(' ', times.Select(static time => time.ToString("R", CultureInfo.InvariantCulture))));
        return 0;
    }

    private static async Task<double[]> MeasureAsync(Engine engine, string manifest, string url) =>
        Array.ConvertAll((await ChildProcess.RunAsync(engine.Program, "start", manifest, url)).Split(' '), static number => double.Parse(number, CultureInfo.InvariantCulture));

    private static bool HasSdk() =>
        AppDomain.CurrentDomain.GetAssemblies().Any(static assembly => assembly.GetName().Name!.StartsWith("AWSSDK", StringComparison.Ordinal));

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>An engine, and what was measured with it: of the module import, first calls and memory, of an empty manifest the import.</summary>
    private sealed record Engine(string Name, SelfProgram Program)
    {
        public List<double[]> Module { get; } = [];

        public List<double[]> Empty { get; } = [];

        public void Forget()
        {
            Module.Clear();
            Empty.Clear();
        }
    }
}
