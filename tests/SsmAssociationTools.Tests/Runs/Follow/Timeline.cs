using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>
/// One association from its creation on, drawn by a seed: its versions, its runs with every node, what the lists show of it
/// and how late. Times are the service's.
/// </summary>
internal sealed class Timeline
{
    private static readonly string[] s_ends = ["Success", "Success", "Success", "Success", "Failed", "TimedOut", "Skipped"];

    private readonly Random _random;

    public Timeline(int seed, DateTime zero)
    {
        Seed = seed;
        _random = new Random(seed);
        Zero = zero;
        Kind = (TimelineKind)(seed % 5);
        Id = new Guid(seed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString();
        ListLag = Chance(30) ? Seconds(1, 20) : TimeSpan.Zero;
        ExecutionLag = Chance(30) ? Seconds(1, 20) : TimeSpan.Zero;
        Latency = TimeSpan.FromMilliseconds(_random.Next(5, 400));
        FailureShare = Chance(20) ? 15 : 0;
        HasDates = !Chance(5);
        ReachTimeout = Chance(50) ? TimeSpan.FromSeconds(300) : Seconds(20, 120);
        WaitTimeout = Chance(30) ? Seconds(30, 400) : TimeSpan.FromSeconds(3600);
        DrawPast();
        if (Kind != TimelineKind.Started)
        {
            DrawFuture();
        }
    }

    public int Seed { get; }

    public TimelineKind Kind { get; }

    public string Id { get; }

    /// <summary>The service's time when the command begins.</summary>
    public DateTime Zero { get; }

    /// <summary>How late lists and descriptions show things, and executions.</summary>
    public TimeSpan ListLag { get; }

    public TimeSpan ExecutionLag { get; }

    public TimeSpan Latency { get; }

    /// <summary>Share of the calls that fail and may be made again, in percent.</summary>
    public int FailureShare { get; }

    /// <summary>False where answers have no date.</summary>
    public bool HasDates { get; }

    public TimeSpan ReachTimeout { get; }

    public TimeSpan WaitTimeout { get; }

    /// <summary>When each version was made, the first first.</summary>
    public List<DateTime> Versions { get; } = [];

    public List<TruthRun> Runs { get; } = [];

    public DateTime Deleted { get; private set; } = DateTime.MaxValue;

    /// <summary>The version that the input names; 0 where it names none.</summary>
    public int NamedVersion { get; private set; }

    /// <summary>True where the version that counts runs at its scheduled times alone.</summary>
    public bool IsScheduledOnly { get; private set; }

    /// <summary>When its schedule is due next; only where it runs at those times alone.</summary>
    public DateTime Due { get; private set; }

    /// <summary>Cron expression of that time.</summary>
    public string? Schedule => IsScheduledOnly ? FormattableString.Invariant($"cron({Due.Minute} {Due.Hour} {Due.Day} {Due.Month} ? *)") : null;

    public bool Chance(int percent) => _random.Next(100) < percent;

    public TimeSpan Seconds(double from, double to) => TimeSpan.FromSeconds(from + (_random.NextDouble() * (to - from)));

    /// <summary>The service's number of the version at a time.</summary>
    public int VersionAt(DateTime time) => Versions.Count(made => made <= time);

    /// <summary>Begins a run, which overtakes those that are not over.</summary>
    public TruthRun Begin(DateTime created, int version, bool isStarted = false, bool isInstant = false)
    {
        foreach (TruthRun earlier in Runs.Where(run => run.Created <= created))
        {
            earlier.Overtake(created);
        }

        bool isEmpty = Chance(15);
        bool isQuick = Chance(40);
        TruthNode[] nodes =
        [
            .. Enumerable.Range(0, isEmpty ? 0 : _random.Next(1, 6)).Select(node =>
            {
                DateTime pickUp = created.AddSeconds(1) + (isInstant ? Seconds(0.01, 0.1) : isQuick ? Seconds(0.1, 2) : Chance(20) ? Seconds(100, 500) : Seconds(1, 40));
                DateTime end = pickUp + (isInstant ? Seconds(0.01, 0.1) : isQuick ? Seconds(0.1, 2) : Chance(10) ? Seconds(300, 2000) : Seconds(1, 90));
                return new TruthNode($"i-{node:x17}", pickUp, end, s_ends[_random.Next(s_ends.Length)]);
            }),
        ];
        if (nodes.Length > 0 && Chance(5))
        {
            // A node that is offline for good.
            nodes[0] = nodes[0] with { PickUp = nodes.Length == 1 ? DateTime.MaxValue : nodes[0].PickUp, End = DateTime.MaxValue };
        }

        var run = new TruthRun
        {
            Id = Guid.NewGuid().ToString(),
            Version = version,
            Created = created,
            Nodes = nodes,
            EndWord = Chance(10) ? "Success" : Chance(5) ? "Cancelled" : null,
            OddWord = Chance(10) ? "Throttling" : null,
            IsStarted = isStarted,
        };
        Runs.Add(run);
        return run;
    }

    /// <summary>What happened before the command begins.</summary>
    private void DrawPast()
    {
        DateTime made = Zero - Seconds(3600, 7200);
        int count = Kind == TimelineKind.Created ? 1 : _random.Next(Kind == TimelineKind.Updated ? 2 : 1, 4);
        for (int version = 1; version < count; version++)
        {
            Versions.Add(made);
            Begin(made, version);
            if (Chance(50))
            {
                Begin(made + Seconds(200, 500), version);
            }

            made += Seconds(600, 1000);
        }

        bool isFresh = Kind is TimelineKind.Created or TimelineKind.Updated;
        DateTime last = isFresh ? Zero - Seconds(0, 4) : made;
        Versions.Add(last);
        NamedVersion = isFresh ? count : 0;
        IsScheduledOnly = Kind != TimelineKind.Started && Chance(8);
        if (IsScheduledOnly)
        {
            DateTime due = (Chance(70) ? Zero.AddDays(_random.Next(1, 20)) : Zero.AddMinutes(_random.Next(2, 10))) + TimeSpan.FromMinutes(1);
            Due = new DateTime(due.Year, due.Month, due.Day, due.Hour, due.Minute, 0, DateTimeKind.Utc);
            return;
        }

        Begin(last, count);
        if (Kind == TimelineKind.Started && Chance(60))
        {
            // Just before the start, with the same version: only time tells them apart.
            Begin(Zero - Seconds(0, 3), count, isInstant: Chance(70));
        }
    }

    /// <summary>What others do while the command runs.</summary>
    private void DrawFuture()
    {
        if (IsScheduledOnly && Due < Zero.AddHours(1))
        {
            Begin(Due, Versions.Count);
            return;
        }

        if (Chance(12))
        {
            DateTime made = Zero + Seconds(1, 200);
            Versions.Add(made);
            Begin(made, Versions.Count);
        }
        else if (Chance(8))
        {
            Deleted = Zero + Seconds(1, 200);
        }
        else if (!IsScheduledOnly && Chance(8))
        {
            // Its schedule is due.
            Begin(Zero + Seconds(20, 400), Versions.Count);
        }
    }
}
