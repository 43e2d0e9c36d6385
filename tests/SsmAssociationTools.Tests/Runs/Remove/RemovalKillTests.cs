using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Tests.Reliability;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Remove;

/// <summary>
/// The process that runs the pipeline is killed in the middle of its work, twice, and then run once more with the same
/// journal and input: every association is gone, and every result says that this run or an earlier one removed it.
/// </summary>
public sealed class RemovalKillTests
{
    private const int Count = 240;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_killed_removal_is_continued_without_loss(int seed)
    {
        var random = new Random(seed);
        string[] faults = ["DeleteAssociation 5% reset acted=yes", "DescribeAssociation 3% server-error"];
        using var endpoint = new ChaosEndpoint(faults, seed, latency: TimeSpan.FromMilliseconds(20));
        string input = endpoint.FileBeside("input");
        string results = endpoint.FileBeside("results");
        File.WriteAllLines(input, Create(endpoint));

        for (int kill = 0; kill < 2; kill++)
        {
            using Process run = KillTests.Start("Remove", endpoint, input, results);
            int left = endpoint.AssociationCount - random.Next(5, 60);
            SpinWait.SpinUntil(() => endpoint.AssociationCount <= left || run.HasExited, TimeSpan.FromMinutes(2));
            Assert.False(run.HasExited, $"seed {seed}: the run ended before kill {kill + 1}");
            run.Kill();
            run.WaitForExit();
        }

        using Process last = KillTests.Start("Remove", endpoint, input, results);
        string errors = last.StandardError.ReadToEnd();
        last.WaitForExit();

        Assert.True(last.ExitCode == 0, $"seed {seed}: {errors}");
        string[][] lines = [.. File.ReadLines(results).Select(line => line.Split('\t'))];
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i} Removed"), lines.Select(line => $"{line[0]} {line[1]}"));
        Assert.Equal(ChaosEntries.ExistingCount, endpoint.AssociationCount);
    }

    private static List<string> Create(ChaosEndpoint endpoint)
    {
        using IAssociationGateway gateway = endpoint.Connect(TimeSpan.FromSeconds(60));
        List<AssociationEntry> entries = [.. Enumerable.Range(0, Count).Select(RunHarness.Entry)];
        entries.ForEach(static entry => entry.Name = "AWS-UpdateSSMAgent");
        CreateBatchAnswer answer = gateway.CreateAssociationBatchAsync(new CreateBatchRequest(entries, null), CancellationToken.None).GetAwaiter().GetResult();
        Assert.Empty(answer.Failed);
        return [.. answer.Successful.Select(record => JsonSerializer.Serialize(new
        {
            record.AssociationId,
            Entry = new { record.Content.Name, record.Content.AssociationName, Targets = record.Content.Targets!.Select(target => new { target.Key, target.Values }) },
        }))];
    }
}
