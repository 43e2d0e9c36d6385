using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>
/// The process that runs the pipeline is killed in the middle of its work, again and again, and then run once more with
/// the same journal and input: nothing is missing, and nothing is there twice.
/// </summary>
public sealed class KillTests
{
    private const int KillsInEach = 2;
    private const int EntryCount = 240;

    private static readonly JsonSerializerOptions s_json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>10 kills in all, or as many as SSM_KILLS says. Several runs at a time, because most of their time is waiting.</summary>
    [Fact]
    public void A_killed_run_is_continued_without_loss_or_duplicate()
    {
        int seeds = (Settings.Number("SSM_KILLS", 10) + KillsInEach - 1) / KillsInEach;
        var failures = new ConcurrentBag<Exception>();
        Parallel.For(1, seeds + 1, new ParallelOptions { MaxDegreeOfParallelism = 5 }, seed =>
        {
            try
            {
                // A busy machine may let the run end before it comes to the kill; slower calls give it the time.
                for (int latency = 40; !KillAndContinue(seed, TimeSpan.FromMilliseconds(latency)); latency *= 4)
                {
                }
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        });

        if (!failures.IsEmpty)
        {
            throw new AggregateException(failures);
        }
    }

    /// <summary>True where every kill met the run at its work.</summary>
    private static bool KillAndContinue(int seed, TimeSpan latency)
    {
        var random = new Random(seed);
        List<AssociationEntry> entries = ChaosEntries.Make(EntryCount, random);
        string[] faults = ["CreateAssociationBatch 5% reset acted=yes", "CreateAssociationBatch 5% omit share=30%", "* 3% throttle"];
        using var endpoint = new ChaosEndpoint(faults, seed, latency: latency);
        string input = endpoint.FileBeside("input");
        string results = endpoint.FileBeside("results");
        File.WriteAllLines(input, entries.Select(entry => JsonSerializer.Serialize(entry, s_json)));

        for (int kill = 0; kill < KillsInEach; kill++)
        {
            using Process run = Start("New", endpoint, input, results);
            long calls = endpoint.RequestCount + random.Next(1, 6);
            SpinWait.SpinUntil(() => endpoint.RequestCount >= calls || run.HasExited);
            Thread.Sleep(random.Next(20));
            if (HasEnded(run, seed))
            {
                return false;
            }
        }

        using Process last = Start("New", endpoint, input, results);
        string errors = last.StandardError.ReadToEnd();
        last.WaitForExit();

        Assert.True(last.ExitCode == 0, $"seed {seed}: {errors}");
        List<string> problems = Judgement.Compare(entries, [.. File.ReadLines(results).Select(Read)], endpoint.ReadBack(), ExistingAssociationAction.Create);
        Assert.True(problems.Count == 0, $"seed {seed}:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
        return true;
    }

    /// <summary>Kills a run, or says that it had come to its end before.</summary>
    internal static bool HasEnded(Process run, int seed)
    {
        bool hasEnded = run.HasExited;
        run.Kill();
        string errors = run.StandardError.ReadToEnd();
        run.WaitForExit();
        Assert.True(!hasEnded || run.ExitCode == 0, $"seed {seed}: {errors}");
        return hasEnded;
    }

    /// <summary>Starts a process that runs a pipeline.</summary>
    /// <param name="verb">New or Remove.</param>
    /// <param name="endpoint">What it calls; its journal lies beside the endpoint's state.</param>
    /// <param name="input">File of JSON lines.</param>
    /// <param name="results">File that takes the results.</param>
    /// <returns>The process.</returns>
    internal static Process Start(string verb, ChaosEndpoint endpoint, string input, string results)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        string runner = typeof(KillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ReliabilityRunner").Value!;
        var start = new ProcessStartInfo(dotnet) { RedirectStandardError = true };
        foreach (string argument in new[] { "exec", runner, endpoint.Url.AbsoluteUri, endpoint.FileBeside("journal"), input, results, verb })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
    }

    private static ReportedResult Read(string line)
    {
        string[] cells = line.Split('\t');
        return new ReportedResult(long.Parse(cells[0], CultureInfo.InvariantCulture), Enum.Parse<AssociationStatus>(cells[1]), cells[2], cells[3]);
    }
}
