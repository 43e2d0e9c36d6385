using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SsmAssociationTools.Hostile.Tests.Fleet;
using SsmAssociationTools.Hostile.Tests.Outcomes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Runs seeds on demand.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<int, Session, IReadOnlyCollection<Mischief>, OtherRun>> s_others = new()
    {
        ["removals"] = RemovalRun.Of,
        ["updates"] = UpdateRun.Of,
        ["starts"] = StartRun.Of,
        ["syncs"] = SyncRun.Of,
        ["outcomes"] = OutcomeRun.Of,
        ["ends"] = FleetEndRun.Of,
        ["pairs"] = (seed, session, _) => FleetRun.Of(seed, session),
    };

    /// <summary>Runs seeds and says what they found.</summary>
    /// <param name="args">
    /// --seeds 100, --first 1, --parallel 40, --without PartMissing,Redirect, --only Throttled, --stories folder for the stories of those that
    /// failed, --narrow to find for each the mischief that is needed; --kills 100 for runs that are killed, --removals 100, --updates 100, --starts 100, --syncs 100 and --outcomes 100 for the
    /// other commands, --ends 100 for fleets that come to an end, --pairs 100 for wanted and existing sets against the oracle,
    /// --fleet-kills 100 for runs of Sync- and Update- that are killed, --start-kills 100 for those of Start-.
    /// </param>
    /// <returns>0 when every promise held.</returns>
    public static int Main(string[] args)
    {
        if (args is ["child", string order, string answer])
        {
            return KillRun.Serve(order, answer);
        }

        if (args is ["sessions", string sessions])
        {
            return SessionTests.Open(int.Parse(sessions, CultureInfo.InvariantCulture));
        }

        string Option(string name, string other) => Array.IndexOf(args, "--" + name) is >= 0 and int place && place + 1 < args.Length ? args[place + 1] : other;
        int count = int.Parse(Option("seeds", "100"), CultureInfo.InvariantCulture);
        int first = int.Parse(Option("first", "1"), CultureInfo.InvariantCulture);
        int parallel = int.Parse(Option("parallel", "40"), CultureInfo.InvariantCulture);
        HashSet<Mischief> allowed = [.. Option("only", string.Empty) is { Length: > 0 } only ? Names(only) : MischiefKinds.All];
        allowed.ExceptWith(Names(Option("without", string.Empty)));
        string stories = Option("stories", string.Empty);
        if (args.Contains("--kills"))
        {
            return Kill("kill", KillRun.Of, [.. Enumerable.Range(first, int.Parse(Option("kills", "10"), CultureInfo.InvariantCulture))], Math.Min(parallel, 4), allowed, stories);
        }

        if (args.Contains("--start-kills"))
        {
            return Kill("start-kill", StartKillRun.Of, [.. Enumerable.Range(first, int.Parse(Option("start-kills", "10"), CultureInfo.InvariantCulture))], Math.Min(parallel, 4), allowed, stories);
        }

        foreach ((string name, Func<int, Session, IReadOnlyCollection<Mischief>, OtherRun> run) in s_others)
        {
            if (args.Contains("--" + name))
            {
                return Other(name, run, [.. Enumerable.Range(first, int.Parse(Option(name, "30"), CultureInfo.InvariantCulture))], parallel, allowed, stories);
            }
        }

        if (args.Contains("--fleet-kills"))
        {
            return FleetKills([.. Enumerable.Range(first, int.Parse(Option("fleet-kills", "10"), CultureInfo.InvariantCulture))], Math.Min(parallel, 4), allowed, stories);
        }

        DateTime start = DateTime.UtcNow;
        IReadOnlyList<SeedRun> runs = Campaign.Run([.. Enumerable.Range(first, count)], parallel, allowed, run =>
        {
            if (run.Faults.Count > 0)
            {
                lock (args)
                {
                    Console.WriteLine($"{run.Script}\n   {string.Join("\n   ", run.Faults)}");
                }

                Tell(stories, $"{run.Seed}", run.Faults, run.Story);
            }
        });
        if (args.Contains("--narrow"))
        {
            Campaign.ForEach([.. runs.Where(run => run.Faults.Count > 0).OrderBy(run => run.Seed)], parallel, run =>
            {
                foreach (FaultKind kind in run.Faults.Select(fault => fault.Kind).Distinct())
                {
                    string needed = string.Join(", ", Narrow(run.Seed, kind, allowed));
                    lock (args)
                    {
                        Console.WriteLine($"needs: {kind} seed {run.Seed}: {needed}: {run.Faults.First(fault => fault.Kind == kind)}");
                    }
                }
            });
        }

        Console.WriteLine($"{runs.Count} seeds, {runs.Sum(run => run.Calls)} calls, {(DateTime.UtcNow - start).TotalSeconds:0} s, longest {runs.Max(run => run.Time.TotalSeconds):0.0} s, mean {runs.Average(run => run.Time.TotalSeconds):0.0} s");
        Console.WriteLine("results: " + Count(runs.SelectMany(run => run.Statuses)));
        Console.WriteLine($"{runs.Count(run => run.Faults.Count > 0)} seeds broke a promise: "
            + string.Join(", ", runs.SelectMany(run => run.Faults.Select(fault => fault.Kind).Distinct()).GroupBy(kind => kind).OrderByDescending(group => group.Count()).Select(group => $"{group.Key} in {group.Count()}")));
        return runs.Any(run => run.Faults.Count > 0) ? 1 : 0;
    }

    private static void Tell(string folder, string name, IReadOnlyList<Fault> faults, string story)
    {
        if (folder.Length > 0 && faults.Count > 0)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, name + ".txt"), $"{string.Join('\n', faults)}\n\n{story}");
        }
    }

    private static int Kill(string name, Func<int, IReadOnlyCollection<Mischief>, KillRun> of, IReadOnlyList<int> seeds, int parallel, IReadOnlyCollection<Mischief> allowed, string stories)
    {
        int kills = 0;
        int broken = 0;
        Campaign.ForEach(seeds, parallel, seed =>
        {
            KillRun run = of(seed, allowed);
            lock (seeds)
            {
                Tell(stories, $"{name}-{seed}", run.Faults, run.Story);
                kills += run.Kills;
                broken += run.Faults.Count > 0 ? 1 : 0;
                foreach (Fault fault in run.Faults)
                {
                    Console.WriteLine($"seed {seed}: {fault}");
                }
            }
        });
        Console.WriteLine($"{seeds.Count} seeds with {kills} kills, {broken} broke a promise");
        return broken > 0 ? 1 : 0;
    }

    private static int FleetKills(IReadOnlyList<int> seeds, int parallel, IReadOnlyCollection<Mischief> allowed, string stories)
    {
        int kills = 0;
        int broken = 0;
        Campaign.ForEach(seeds, parallel, seed =>
        {
            foreach ((string name, KillRun run) in new[] { ("sync", FleetKillRun.Sync(seed, allowed)), ("update", FleetKillRun.Update(seed, allowed)) })
            {
                lock (seeds)
                {
                    Tell(stories, $"{name}-kill-{seed}", run.Faults, run.Story);
                    kills += run.Kills;
                    broken += run.Faults.Count > 0 ? 1 : 0;
                    foreach (Fault fault in run.Faults)
                    {
                        Console.WriteLine($"{name} seed {seed}: {fault}");
                    }
                }
            }
        });
        Console.WriteLine($"{seeds.Count} seeds of Sync- and Update- with {kills} kills, {broken} broke a promise");
        return broken > 0 ? 1 : 0;
    }

    private static int Other(string name, Func<int, Session, IReadOnlyCollection<Mischief>, OtherRun> run, IReadOnlyList<int> seeds, int parallel, IReadOnlyCollection<Mischief> allowed, string stories)
    {
        int broken = 0;
        var statuses = new List<string>();
        Campaign.ForEach(seeds, parallel, seed =>
        {
            OtherRun done = Campaign.WithSession(session => run(seed, session, allowed));
            lock (seeds)
            {
                statuses.AddRange(done.Statuses);
                broken += done.Faults.Count > 0 ? 1 : 0;
                foreach (Fault fault in done.Faults)
                {
                    Console.WriteLine($"seed {seed}: {fault}");
                }

                Tell(stories, $"{name}-{seed}", done.Faults, done.Story);
            }
        });
        Console.WriteLine("results: " + Count(statuses));
        Console.WriteLine($"{seeds.Count} seeds of {name}, {broken} broke a promise");
        return broken > 0 ? 1 : 0;
    }

    private static string Count(IEnumerable<string> statuses) =>
        string.Join(", ", statuses.GroupBy(status => status).OrderBy(group => group.Key).Select(group => $"{group.Key} {group.Count()}"));

    private static IEnumerable<Mischief> Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Enum.Parse<Mischief>(name, ignoreCase: true));

    /// <summary>Leaves out one mischief after the other, as long as the same promise breaks.</summary>
    private static HashSet<Mischief> Narrow(int seed, FaultKind kind, IReadOnlySet<Mischief> allowed)
    {
        HashSet<Mischief> needed = [.. new Script(seed).Active.Intersect(allowed)];
        foreach (Mischief mischief in needed.Order().ToList())
        {
            HashSet<Mischief> fewer = [.. needed.Where(other => other != mischief)];
            if (Campaign.WithSession(session => SeedRun.Of(seed, session, fewer)).Faults.Any(fault => fault.Kind == kind))
            {
                needed = fewer;
            }
        }

        return needed;
    }
}
