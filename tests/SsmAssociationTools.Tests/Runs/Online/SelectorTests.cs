using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Online;
using Xunit;
using Xunit.Abstractions;

namespace SsmAssociationTools.Tests.Runs.Online;

/// <summary>
/// 2,000 selectors on 100,000 nodes against an oracle that looks at every node for every selector: all keys must hold, and of
/// a key's values one (User Guide, targets and rate controls). The calls are those that the distinct conditions need.
/// </summary>
public sealed class SelectorTests(ITestOutputHelper output)
{
    private const int NodeCount = 100_000;
    private const int SelectorCount = 2_000;

    [Fact]
    public async Task Every_selector_selects_what_the_oracle_says_within_a_list_for_each_condition()
    {
        var random = new Random(14);
        (string Id, Dictionary<string, string> Tags)[] nodes = [.. Enumerable.Range(0, NodeCount).Select(i => Node(i, random))];
        AssociationTarget[][] selectors = [.. Enumerable.Range(0, SelectorCount).Select(_ => Selector(random))];
        using var fleet = new MemoryFleet(nodes);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using var view = new PlaceView(new ServiceReader(fleet, new RunOptions(), new SystemClock(), new Backoff(random), static _ => { }), files: null, CancellationToken.None);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Sight[] sights = await Task.WhenAll(selectors.Select(targets => Task.Run(() => view.LookAsync(new AssociationEntry { Name = "Mine", Targets = targets }, id: null))));

        output.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} s, {fleet.Calls} calls, {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0:0} MiB held");
        Assert.Equal(NodeCount, view.Nodes.Count);
        Dictionary<string, bool[]> holds = Oracle(nodes, selectors);
        var wrong = new List<string>();
        for (int i = 0; i < SelectorCount; i++)
        {
            bool[][] conditions = [.. selectors[i].Select(target => holds[TextOf(target)])];
            var expected = new HashSet<string>(StringComparer.Ordinal);
            for (int n = 0; n < NodeCount; n++)
            {
                if (Array.TrueForAll(conditions, condition => condition[n]))
                {
                    expected.Add(nodes[n].Id);
                }
            }

            if (sights[i].Nodes.Numbers is not { } numbers || numbers.Count != expected.Count || !expected.SetEquals(numbers.Select(view.Nodes.IdOf)))
            {
                wrong.Add($"{string.Join("; ", selectors[i].Select(TextOf))}: {expected.Count}, here {sights[i].Nodes.Numbers?.Count}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join("\n", wrong.Take(20))}");
        Assert.InRange(fleet.Calls, 1, MostCalls(holds, nodes));
    }

    /// <summary>For each distinct condition, whether it holds for each node.</summary>
    private static Dictionary<string, bool[]> Oracle((string Id, Dictionary<string, string> Tags)[] nodes, AssociationTarget[][] selectors)
    {
        AssociationTarget[] distinct = [.. selectors.SelectMany(targets => targets).DistinctBy(TextOf)];
        var holds = new bool[distinct.Length][];
        Parallel.For(0, distinct.Length, i =>
        {
            var values = new HashSet<string>(distinct[i].Values!.OfType<string>(), StringComparer.Ordinal);
            string key = distinct[i].Key!;
            string tag = key.StartsWith("tag:", StringComparison.Ordinal) ? key["tag:".Length..] : string.Empty;
            holds[i] = Array.ConvertAll(nodes, node => key switch
            {
                "InstanceIds" => values.Contains("*") || values.Contains(node.Id),
                "tag-key" => node.Tags.Keys.Any(values.Contains),
                _ => node.Tags.TryGetValue(tag, out string? value) && values.Contains(value),
            });
        });
        return Enumerable.Range(0, distinct.Length).ToDictionary(i => TextOf(distinct[i]), i => holds[i]);
    }

    private static string TextOf(AssociationTarget target) => target.Key + "=" + string.Join(",", target.Values!.Distinct().Order(StringComparer.Ordinal));

    /// <summary>A page of 50 nodes a call, for each distinct condition; and, for each unknown id, two calls a halving.</summary>
    private static int MostCalls(Dictionary<string, bool[]> holds, (string Id, Dictionary<string, string> Tags)[] nodes)
    {
        HashSet<string> ids = [.. nodes.Select(node => node.Id)];
        int calls = 0;
        foreach ((string condition, bool[] held) in holds)
        {
            string[] values = condition[(condition.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(',');
            int unknown = condition.StartsWith("InstanceIds=i", StringComparison.Ordinal) ? values.Count(id => !ids.Contains(id)) : 0;
            calls += Math.Max(1, (held.Count(one => one) + 49) / 50) + (unknown * 2 * (int)Math.Ceiling(Math.Log2(Math.Max(2, values.Length))));
        }

        return calls;
    }

    private static (string Id, Dictionary<string, string> Tags) Node(int i, Random random)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Name"] = "n" + i.ToString(CultureInfo.InvariantCulture),
            ["Env"] = random.Next(20) switch { 0 => "prod", 1 => "Prod", < 6 => "test", _ => "dev" },
            ["Service"] = "s" + random.Next(800),
        };
        if (random.Next(3) == 0)
        {
            tags["Team"] = "t" + random.Next(300);
        }

        if (random.Next(400) == 0)
        {
            tags["Pilot"] = random.Next(2) == 0 ? "yes" : string.Empty;
        }

        return ("i-" + i.ToString("x17", CultureInfo.InvariantCulture), tags);
    }

    private static AssociationTarget[] Selector(Random random) => random.Next(20) switch
    {
        0 => [Target("tag:Env", random, 1, "prod", "Prod", "nowhere")],
        1 => [Target("tag:Env", random, 1, "prod", "Prod"), Services(random, 2)],
        2 => [Target("tag-key", random, 1, "Pilot", "Nothing")],
        3 => [Target("tag-key", random, 1, "Pilot"), Target("tag:Env", random, 1, "prod", "Prod")],
        4 or 5 => [Ids(random, 0)],
        6 => [Ids(random, random.Next(1, 4))],
        7 => [Ids(random, 0), Services(random, 40)],
        8 => [Target("tag:Pilot", random, 1, "yes", "no"), Teams(random, 20)],
        9 or 10 or 11 => [Teams(random, 1 + random.Next(3))],
        12 or 13 => [Teams(random, 10), Services(random, 10), Target("tag:Env", random, 1, "prod", "Prod")],
        14 => random.Next(10) == 0 ? [new AssociationTarget { Key = "InstanceIds", Values = ["*"] }] : [Teams(random, 1)],
        15 => [new AssociationTarget { Key = "tag:Name", Values = [.. Enumerable.Range(0, 1 + random.Next(50)).Select(_ => "n" + random.Next(NodeCount + 100)).Distinct()] }],
        _ => [Services(random, 1 + random.Next(5))],
    };

    private static AssociationTarget Target(string key, Random random, int count, params string[] values) =>
        new() { Key = key, Values = [.. Enumerable.Range(0, count).Select(_ => values[random.Next(values.Length)]).Distinct()] };

    private static AssociationTarget Services(Random random, int count) => new() { Key = "tag:Service", Values = [.. Enumerable.Range(0, count).Select(_ => "s" + random.Next(810)).Distinct()] };

    private static AssociationTarget Teams(Random random, int count) => new() { Key = "tag:Team", Values = [.. Enumerable.Range(0, count).Select(_ => "t" + random.Next(310)).Distinct()] };

    private static AssociationTarget Ids(Random random, int unknown)
    {
        List<string> ids = [.. Enumerable.Range(0, 1 + random.Next(45)).Select(_ => "i-" + random.Next(NodeCount).ToString("x17", CultureInfo.InvariantCulture)).Distinct()];
        for (int i = 0; i < unknown; i++)
        {
            ids.Insert(random.Next(ids.Count + 1), "i-" + (NodeCount + random.Next(1000)).ToString("x17", CultureInfo.InvariantCulture));
        }

        return new AssociationTarget { Key = "InstanceIds", Values = [.. ids.Distinct()] };
    }
}
