using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using HostileMischief = SsmAssociationTools.HostileService.Mischief;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Many seeds side by side. Most of a run is waiting, so there are far more of them than processors.</summary>
internal static class Campaign
{
    public static IReadOnlyList<SeedRun> Run(IReadOnlyList<int> seeds, int parallel, IReadOnlyCollection<HostileMischief>? allowed, Action<SeedRun>? done = null)
    {
        var runs = new ConcurrentBag<SeedRun>();
        ForEach(seeds, parallel, (seed, session) =>
        {
            SeedRun run = SeedRun.Of(seed, session, allowed);
            runs.Add(run);
            done?.Invoke(run);
        });
        return [.. runs];
    }

    public static void ForEach<T>(IReadOnlyList<T> items, int parallel, Action<T, Session> action)
    {
        var queue = new ConcurrentQueue<T>(items);
        var threads = new List<Thread>();
        for (int i = 0; i < Math.Min(parallel, items.Count); i++)
        {
            // Threads of their own: the pool would be all taken by those that wait.
            var thread = new Thread(() =>
            {
                using var session = new Session();
                while (queue.TryDequeue(out T? item))
                {
                    action(item, session);
                }
            });
            thread.Start();
            threads.Add(thread);
        }

        threads.ForEach(thread => thread.Join());
    }
}
