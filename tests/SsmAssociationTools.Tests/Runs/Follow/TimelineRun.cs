using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Follow;
using SsmAssociationTools.Runs.Start;
using SsmAssociationTools.Tests.Reliability;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>Has one timeline followed on a clock that jumps, and the outcome judged.</summary>
internal sealed class TimelineRun
{
    private TimelineRun(Timeline line, AssociationStart? start, AssociationOutcome outcome, IReadOnlyList<string> faults, TimelineService service)
    {
        Line = line;
        Start = start;
        Outcome = outcome;
        Faults = faults;
        Service = service;
    }

    public Timeline Line { get; }

    public AssociationStart? Start { get; }

    public AssociationOutcome Outcome { get; }

    public IReadOnlyList<string> Faults { get; }

    public TimelineService Service { get; }

    public static TimelineRun Of(int seed)
    {
        var clock = new VirtualClock();
        var random = new Random(seed);
        TimeSpan skew = TimeSpan.FromSeconds((random.NextDouble() * 560) - 280);
        var line = new Timeline(seed, clock.UtcNow + skew);
        var service = new TimelineService(line, clock, skew);
        using var control = new RunControl();
        using var place = new Place(new Destination("eu-north-1", null), service, control.ForDestination(), new CallPace(clock));
        var options = new RunOptions();
        var backoff = new Backoff(new Random(seed));
        AssociationStart? start = null;
        var faults = new List<string>();
        object input = line.Id;
        if (line.Kind == TimelineKind.Started)
        {
            bool isLost = line.Chance(25);
            if (isLost)
            {
                service.LostStarts.Enqueue(line.Chance(60));
            }

            var starter = new Starter(place, options, clock, backoff, null, new RunLog());
            StartItem item = new StartReader().Read(line.Id);
            item.Destination = place.Destination;
            clock.Run(() => starter.StartAsync([item]));
            start = item.Result!;
            input = start;
            faults.AddRange(StartFaults(line, start, isLost));
        }
        else if (line.Kind is TimelineKind.Created or TimelineKind.Updated)
        {
            input = new AssociationSuccess
            {
                State = line.Kind == TimelineKind.Created ? AssociationStatus.Created : AssociationStatus.Updated,
                AssociationId = line.Id,
                AssociationVersion = line.NamedVersion.ToString(CultureInfo.InvariantCulture),
                Date = line.Versions[0],
                Entry = new AssociationEntry { Name = "AWS-UpdateSSMAgent", ScheduleExpression = line.Schedule, ApplyOnlyAtCronInterval = line.IsScheduledOnly ? true : null },
            };
        }
        else if (line.Kind == TimelineKind.Existing)
        {
            input = new ExistingAssociation(line.Id, new AssociationEntry { Name = "AWS-UpdateSSMAgent" }) { AssociationVersion = "1" };
        }

        FollowItem followed = new FollowReader().Read(input);
        DateTime at;
        if (followed.Refusal is { } refusal)
        {
            new FollowOutcome(clock).Refused(followed, refusal);
            at = service.Now;
        }
        else
        {
            followed.Destination = place.Destination;
            using var follower = new Follower(place, options, new FollowOptions { Waits = true, WaitTimeout = line.WaitTimeout, ReachTimeout = line.ReachTimeout, MaxSingles = seed / 5 % 2 * 4 }, clock, backoff, new FollowTally(), new RunLog());
            clock.Run(() => follower.FollowAsync(followed));
            at = service.Now;
        }

        AssociationOutcome outcome = followed.Result!;
        TruthRun? started = start is null ? null : line.Runs.Find(run => run.IsStarted);
        bool isUnclear = start is { State: not StartStatus.Started };
        if (!isUnclear || started is not null)
        {
            IEnumerable<string> found = TimelineOracle.Faults(line, started, outcome.Status.ToString(), outcome.ExecutionId, at, outcome.ErrorCode == "OutcomeUndecided");
            faults.AddRange(found.Where(fault => !isUnclear || !fault.StartsWith("Unknown", StringComparison.Ordinal)));
        }

        return new TimelineRun(line, start, outcome, faults, service);
    }

    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            $"seed {Line.Seed}: {Line.Kind}, version {Line.NamedVersion}, zero {Time(Line.Zero)}, list lag {Line.ListLag}, execution lag {Line.ExecutionLag}, latency {Line.Latency}, dates {Line.HasDates}, reach {Line.ReachTimeout}, wait {Line.WaitTimeout}",
            .. Faults.Select(fault => "  fault: " + fault),
            $"  versions {string.Join(", ", Line.Versions.Select(Time))}; deleted {Time(Line.Deleted)}; due {Line.Schedule}",
            .. Line.Runs.Select(run => $"  run {run.Id} v{run.Version} created {Time(run.Created)} reached {Time(run.Reached)} ended {Time(run.Ended)} truth {run.Truth} word {run.EndWord} started {run.IsStarted}: {string.Join(" ", run.Nodes.Select(node => node.Word))}"),
            $"  start {Start?.Status} {Start?.StartedAfter:O} {Start?.StartedBefore:O} {Start?.Message}",
            $"  outcome {Outcome} {Outcome.ErrorCode} execution {Outcome.ExecutionId}: {Outcome.Message} at {Time(Service.Now)}; calls {string.Join(", ", Service.CallsOf)}",
        ]);

    /// <summary>A run that was started is known or said to be open, and none is started twice.</summary>
    private static IEnumerable<string> StartFaults(Timeline line, AssociationStart start, bool isLost)
    {
        int runs = line.Runs.Count(run => run.IsStarted);
        if (runs > 1)
        {
            yield return $"{runs} runs were started";
        }

        // A run that somebody else began within the time that a call travels nobody can tell from the own.
        bool isTwin = line.Runs.Exists(run => !run.IsStarted && run.Created > line.Zero - (2 * line.Latency) - TimeSpan.FromMilliseconds(50) && run.Created <= line.Zero + line.Latency);
        if (start.State == StartStatus.Started && runs == 0 && !isTwin && line.HasDates)
        {
            yield return "Started, and nothing was";
        }

        if (start.State is StartStatus.Failed or StartStatus.NotAttempted && runs > 0)
        {
            yield return $"{start.Status}, and a run was started";
        }

        if (start.State == StartStatus.Unknown && !isLost)
        {
            yield return "Unknown, and the answer was clear";
        }

        TruthRun? run = line.Runs.Find(one => one.IsStarted);
        if (run is not null && start.State == StartStatus.Started && (run.Created < start.StartedAfter || run.Created > start.StartedBefore))
        {
            yield return $"the run was created outside of the times that are told";
        }
    }

    private static string Time(DateTime time) => time == DateTime.MaxValue ? "never" : time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
