using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using HostileMischief = SsmAssociationTools.HostileService.Mischief;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Many seeds side by side. Most of a run is waiting, so there are far more of them than processors.</summary>
internal static class Campaign
{
    private static readonly ConcurrentBag<Session> s_idle = [];
    private static readonly Lock s_opening = new();

    public static IReadOnlyList<SeedRun> Run(IReadOnlyList<int> seeds, int parallel, IReadOnlyCollection<HostileMischief>? allowed, Action<SeedRun>? done = null)
    {
        Open(Math.Min(parallel, seeds.Count));
        var runs = new ConcurrentBag<SeedRun>();
        ForEach(seeds, parallel, seed =>
        {
            SeedRun run = WithSession(session => SeedRun.Of(seed, session, allowed));
            runs.Add(run);
            done?.Invoke(run);
        });
        return [.. runs];
    }

    public static void ForEach<T>(IReadOnlyList<T> items, int parallel, Action<T> action)
    {
        var queue = new ConcurrentQueue<T>(items);
        var failures = new ConcurrentQueue<Exception>();
        var threads = new List<Thread>();
        for (int i = 0; i < Math.Min(parallel, items.Count); i++)
        {
            // Threads of their own: the pool would be all taken by those that wait.
            var thread = new Thread(() =>
            {
                try
                {
                    while (queue.TryDequeue(out T? item))
                    {
                        action(item);
                    }
                }
#pragma warning disable CA1031 // An exception of a thread would end the process; it is thrown below.
                catch (Exception failure)
#pragma warning restore CA1031
                {
                    failures.Enqueue(failure);
                }
            });
            thread.Start();
            threads.Add(thread);
        }

        threads.ForEach(thread => thread.Join());
        if (!failures.IsEmpty)
        {
            throw new AggregateException(failures);
        }
    }

    /// <summary>Opens sessions beforehand: when dozens start in the middle of the runs, the machine is too busy to answer in time.</summary>
    private static void Open(int count)
    {
        while (s_idle.Count < count)
        {
            s_idle.Add(OpenOne());
        }
    }

    private static Session OpenOne()
    {
        // One after the other: what happens when many open at once is the question of a test of its own.
        lock (s_opening)
        {
            return new Session();
        }
    }

    /// <summary>Lends a session, which takes longer to open than a small run takes. One that was not stopped in its time is not used again.</summary>
    public static T WithSession<T>(Func<Session, T> action)
    {
        Session session = s_idle.TryTake(out Session? idle) ? idle : OpenOne();
        T result = action(session);
        if (session.IsUsable)
        {
            s_idle.Add(session);
        }

        return result;
    }
}
