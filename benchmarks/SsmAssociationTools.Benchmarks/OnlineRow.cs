using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace SsmAssociationTools.Benchmarks;

/// <summary>Row 8: what it takes to ask which nodes the targets of entries select, with Test-SsmAssociationEntry -Online.</summary>
internal static class OnlineRow
{
    private const double MiB = 1024 * 1024;

    /// <summary>Runs the row.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="table">Gets the figures.</param>
    /// <returns>A task that ends with the row.</returns>
    public static async Task RunAsync(Settings settings, Table table)
    {
        table.Begin(8, "nodes of the Region", "entries", "distinct conditions", "nodes selected in all", "calls", "rounds", "seconds", "heap that the verdicts hold, MiB");
        int rounds = Math.Min(settings.Pairs, settings.IsQuick ? 1 : 3);
        string folder = Directory.CreateTempSubdirectory("ssm-benchmark-").FullName;
        try
        {
            foreach ((int nodes, int entries) in settings.IsQuick ? ((int, int)[])[(1_000, 100)] : [(10_000, 2_000), (100_000, 2_000)])
            {
                string inventory = Path.Combine(folder, FormattableString.Invariant($"{nodes}.json"));
                await File.WriteAllTextAsync(inventory, Inventory(nodes));
                using var session = new Session();
                string[] targets = [.. Enumerable.Range(0, entries).Select(i => Targets(i, nodes))];
                session.Set("targets", targets);
                session.Run("$entries = foreach ($i in 0..($targets.Count - 1)) { @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = \"look-$i\"; Targets = $targets[$i] } }");

                // Calls are counted in a pass of their own at an endpoint in this process, which takes no time off the clock.
                session.Run($"$endpoint = Start-SsmLocalEndpoint -InventoryPath '{Session.Quoted(inventory)}'; $connection = $endpoint.Connection");
                object selected = session.Run("$sum = 0; foreach ($v in $entries | Test-SsmAssociationEntry -Online @connection) { $sum += $v.NodeCount }; $sum")[0].BaseObject;
                object calls = session.Run("$endpoint.RequestCount; $endpoint | Stop-SsmLocalEndpoint")[0].BaseObject;

                using Endpoint endpoint = await Endpoint.StartAsync(0, inventory);
                session.Connect(endpoint.Url);
                List<double> seconds = [];
                List<double> held = [];
                for (int round = 0; round < rounds; round++)
                {
                    session.Run("$verdicts = $null");
                    long before = GC.GetTotalMemory(forceFullCollection: true);
                    seconds.Add((await Pass.MeasureAsync(entries, () =>
                    {
                        session.Run("$verdicts = @($entries | Test-SsmAssociationEntry -Online @connection); $verdicts.Count", entries);
                        return Task.CompletedTask;
                    })).Seconds);
                    held.Add((GC.GetTotalMemory(forceFullCollection: true) - before) / MiB);
                    Console.Error.Write('.');
                }

                Console.Error.WriteLine();
                table.Add(
                    nodes.ToString("N0", CultureInfo.InvariantCulture),
                    entries.ToString("N0", CultureInfo.InvariantCulture),
                    targets.SelectMany(static text => text.Split("; ")).Distinct().Count().ToString("N0", CultureInfo.InvariantCulture),
                    Convert.ToInt64(selected, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture),
                    Convert.ToInt64(calls, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture),
                    rounds.ToString(CultureInfo.InvariantCulture),
                    new Spread(seconds).ToString(),
                    new Spread(held).ToString());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A service of some hundred nodes each, teams across the services, and environments.</summary>
    private static string Inventory(int nodes)
    {
        var text = new StringBuilder("{\"managedNodes\":[");
        for (int i = 0; i < nodes; i++)
        {
            int service = i % Math.Max(1, nodes / 125);
            int team = i / 7 % 300;
            text.Append(i == 0 ? string.Empty : ",").Append(CultureInfo.InvariantCulture, $"{{\"id\":\"i-{i:x17}\",\"tags\":{{\"Service\":\"s{service}\",\"Team\":\"t{team}\"}}}}");
        }

        return text.Append("]}").ToString();
    }

    private static string Targets(int i, int nodes)
    {
        int services = Math.Max(1, nodes / 125);
        return (i % 4) switch
        {
            0 => FormattableString.Invariant($"tag:Service=s{i * 31 % services}"),
            1 => FormattableString.Invariant($"tag:Service=s{i * 17 % services},s{i * 13 % services}"),
            2 => FormattableString.Invariant($"tag:Team=t{i * 7 % 300}"),
            _ => FormattableString.Invariant($"tag:Team=t{i * 11 % 300}; tag:Service=s{i * 29 % services}"),
        };
    }
}
