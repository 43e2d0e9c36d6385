using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Amazon.SimpleSystemsManagement.Model;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Row 2: the same against one call for each entry, and against the AWS CLI with the same chunks.</summary>
internal static class AlternativesRow
{
    private const int Latency = 20;
    private const int Entries = 2_000;

    /// <summary>Entries of a pass of the other sides: their cost is the same for each call, and they are slow.</summary>
    private const int OneByOneEntries = 400;
    private const int CliEntries = 100;

    /// <summary>Runs the row.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="table">Gets the figures.</param>
    /// <returns>A task that ends with the row.</returns>
    public static async Task RunAsync(Settings settings, Table table)
    {
        table.Begin(2, "against", "latency", "pairs", "rate of the module / rate of the other", "module, entries/s", "other, entries/s");
        using var session = new Session();
        using Endpoint endpoint = await Endpoint.StartAsync(Latency);
        session.Connect(endpoint.Url);
        session.Set("entries", Enumerable.Range(0, Entries).Select(SampleEntries.Object).ToArray());
        Task<Pass> Module() => ThroughputRow.SendAsync(session, Entries, ThroughputRow.InFlight);

        CreateAssociationRequest[] requests = [.. Enumerable.Range(0, OneByOneEntries).Select(SampleEntries.SdkSingle)];
        Comparison oneByOne = await Comparison.RunAsync(
            settings.Pairs, 1, Module, () => Pass.MeasureAsync(OneByOneEntries, () => SdkLoop.SendOneByOneAsync(endpoint.Url, requests)));
        Add(table, "one CreateAssociation call for each entry, AWS SDK", settings.Pairs, oneByOne);

        if (!await IsInstalledAsync("aws"))
        {
            table.Add("aws ssm create-association-batch", $"{Latency} ms", "0", "not available: no aws command here", "-", "-");
            return;
        }

        string folder = Directory.CreateTempSubdirectory("ssm-benchmark-").FullName;
        try
        {
            List<string> files = [];
            foreach (int[] chunk in Enumerable.Range(0, CliEntries).Chunk(ThroughputRow.Chunk))
            {
                string file = Path.Combine(folder, $"{files.Count}.json");
                await File.WriteAllTextAsync(file, $"{{\"Entries\":[{string.Join(",", chunk.Select(SampleEntries.Json))}]}}");
                files.Add(file);
            }

            Comparison cli = await Comparison.RunAsync(
                settings.Pairs, 1, Module, () => Pass.MeasureAsync(CliEntries, () => RunCliAsync(endpoint.Url, files)));
            Add(table, $"aws ssm create-association-batch, {ThroughputRow.Chunk} entries a call, one after the other", settings.Pairs, cli);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Add(Table table, string against, int pairs, Comparison result) => table.Add(
        against,
        $"{Latency} ms",
        pairs.ToString(CultureInfo.InvariantCulture),
        result.Ratio.ToString(),
        Spread.Text(result.ModuleRate.Median),
        Spread.Text(result.OtherRate.Median));

    private static async Task RunCliAsync(string url, List<string> files)
    {
        foreach (string file in files)
        {
            if (await RunAsync("aws", "ssm", "create-association-batch", "--cli-input-json", "file://" + file, "--endpoint-url", url, "--region", "us-east-1", "--output", "json") != 0)
            {
                throw new InvalidOperationException("The AWS CLI failed.");
            }
        }
    }

    private static async Task<bool> IsInstalledAsync(string program)
    {
        try
        {
            return await RunAsync(program, "--version") == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<int> RunAsync(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "benchmark";
        start.Environment["AWS_PAGER"] = string.Empty;
        using Process process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
