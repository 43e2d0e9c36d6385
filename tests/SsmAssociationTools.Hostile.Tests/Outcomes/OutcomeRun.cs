using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests.Outcomes;

/// <summary>One seed of asking how associations turned out: no success that is none, no failure that is missed.</summary>
internal static class OutcomeRun
{
    private static readonly string[] s_told = ["Failed", "TimedOut", "Cancelled", "ReachedNobody", "Unknown"];

    /// <summary>A look is taken at least so often in runs as short as these.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(4);

    public static OtherRun Of(int seed, Session session, IReadOnlyCollection<Mischief> allowed)
    {
        using var scene = new OutcomeScene(seed, session, allowed);
        var dice = new Dice(seed, "ask");
        scene.Prepare();
        if (scene.Failure is { } failure)
        {
            return new OtherRun([new Fault(FaultKind.Results, $"before anything bad was done: {failure}")], $"{scene.Service.Transcript}", []);
        }

        int wait = dice.Chance(25) ? dice.Between(13, 18) : dice.Between(4, 12);
        int reach = dice.Between(2, 6);
        bool waits = dice.Chance(80);
        bool isStopped = dice.Chance(6);
        bool endsAtError = !isStopped && dice.Chance(8);
        var oracle = new OutcomeOracle(scene.Service.Script, TimeSpan.FromSeconds(reach));
        Dictionary<string, object> parameters = scene.Parameters;
        parameters["ReachTimeout"] = reach;
        parameters["ThrottleLimit"] = dice.Between(1, 4);
        parameters["ErrorAction"] = endsAtError ? ActionPreference.Stop : ActionPreference.Continue;
        string detail = dice.Pick(["", "", "Detailed", "AllNodes"]);
        if (waits)
        {
            parameters["Wait"] = true;
            parameters["WaitTimeout"] = wait;
        }

        if (detail.Length > 0)
        {
            parameters[detail] = true;
        }

        scene.BeginMischief();

        // Who does not wait for an end waits for what a service asks for, hours if need be; then it is stopped.
        bool mayTakeLong = !waits && (scene.Service.Script.Has(Mischief.RetryAfterHours) || scene.Service.Script.Has(Mischief.RetryAfterFarDate));
        TimeSpan limit = isStopped ? TimeSpan.FromSeconds(dice.Between(1, 4)) : mayTakeLong ? TimeSpan.FromSeconds(150) : SeedRun.Limit;
        DateTimeOffset start = DateTimeOffset.UtcNow;
        Outcome outcome = session.Run("Get-SsmAssociationOutcome", parameters, scene.Asked.Select(asked => asked.Input), limit);
        DateTimeOffset end = DateTimeOffset.UtcNow;
        IReadOnlyList<SeenResult> results = outcome.Results;
        var scenario = new Scenario { Seed = seed, Input = [], Invalid = new HashSet<int>(), Secrets = [], Before = [], Places = scene.Places, Parameters = parameters };
        var faults = new List<Fault>(Judge.TextFaults(scenario, scene.Service, results, outcome.Texts));
        int count = scene.Asked.Count;
        if (outcome.IsLate && (!(isStopped || mayTakeLong) || !session.IsUsable))
        {
            faults.Add(new Fault(FaultKind.Endless, "still running after the limit"));
        }
        else if (!results.Select(result => result.Index).SequenceEqual(Enumerable.Range(0, outcome.IsLate ? results.Count : count)))
        {
            faults.Add(new Fault(FaultKind.Results, $"{results.Count} outcomes for {count} inputs: {string.Join(" ", results.Select(result => result.Index))}"));
        }
        else
        {
            for (int i = 0; i < results.Count; i++)
            {
                Check(scene, oracle, scene.Asked[i], outcome, i, new Span(start, end, waits && !endsAtError && !outcome.IsLate, detail), faults);
            }

            if (!outcome.IsLate)
            {
                CheckErrors(outcome, results, waits, endsAtError, faults);
            }

            // A sweep that was begun goes on, and there is one more; each call may be silent for eight seconds. That this is half a minute
            // at most is shown where the clock is the test's own; here the rest is for a machine that is busy.
            int silent = scene.Service.Transcript.Lines.Count(line => line.EndsWith(nameof(Mischief.ReadSilent), StringComparison.Ordinal));
            if (end - start > TimeSpan.FromSeconds(wait + 300 + (8 * silent)) && waits)
            {
                faults.Add(new Fault(FaultKind.Endless, $"took {(end - start).TotalSeconds:0} s with a wait of {wait} s"));
            }

            CheckCalls(scene, end - start, faults);
        }

        string story = faults.Count == 0 ? string.Empty : string.Join('\n', new[] { scene.Service.Script.ToString(), $"from {OutcomeScene.Time(start)} to {OutcomeScene.Time(end)}, {string.Join(" ", parameters.Select(item => $"-{item.Key} {(item.Value is string[] several ? string.Join(",", several) : item.Value)}"))}" }
            .Concat(scene.Asked.Select((asked, place) => $"input {place}: {OutcomeScene.Tell(asked)}")).Concat(scene.Service.Transcript.Lines)
            .Concat(outcome.Output.Select(result => $"{SeenResult.Of(result)} | {Read(result, "Timestamp")} run {Read(result, "ExecutionId")} version {Read(result, "AssociationVersion")} counts {Read(result, "Counts")} after {Read(result, "StartedAfter")} before {Read(result, "StartedBefore")}")).Concat(outcome.Texts));
        return new OtherRun(faults, story, [.. results.Select(result => result.Status)]);
    }

    private sealed record Span(DateTimeOffset Start, DateTimeOffset End, bool Waits, string Detail);

    private static void Check(OutcomeScene scene, OutcomeOracle oracle, Asked asked, Outcome outcome, int place, Span span, List<Fault> faults)
    {
        SeenResult result = outcome.Results[place];
        Script script = scene.Service.Script;
        DateTimeOffset known = outcome.Output[place].Properties["Timestamp"]?.Value is DateTime time ? new DateTimeOffset(time.ToUniversalTime()) : span.End;
        known = known < span.Start ? span.Start : known > span.End ? span.End : known;
        bool isSlow = scene.Places.Any(other => scene.Service.World.FailedReads(other) > 0);
        DateTimeOffset from = (span.Waits && !isSlow ? known - s_look : span.Start) - oracle.Lag - TimeSpan.FromSeconds(0.5);
        HashSet<string> may = oracle.Between(asked, from, known + TimeSpan.FromSeconds(0.3));
        bool listLies = script.Has(Mischief.OverviewStuck) || script.Has(Mischief.OverviewWrong) || script.Has(Mischief.OverviewAbsent);
        bool mayBeUnknown = script.Denied.Count > 0 || isSlow
            || ((listLies || oracle.Lag > TimeSpan.Zero) && result.Message.Contains("shows no execution", StringComparison.Ordinal));
        if (script.Has(Mischief.PagesNull))
        {
            // A list that is null cannot be told from one that is empty.
            may.Add("ReachedNobody");
        }

        if (asked.Run?.Begun > known - TimeSpan.FromSeconds(30) && !OutcomeOracle.IsDecided(result.Status) && result.Message.Contains("of that second", StringComparison.Ordinal))
        {
            // A run of the same second may have been begun by somebody else: it has to be seen for a while.
            return;
        }

        if ((asked.Kind == AskedKind.Gone || asked.Association?.DeletedAt > known - TimeSpan.FromSeconds(9)) && result.ErrorCode == "OutcomeUndecided"
            && (asked.Kind != AskedKind.Gone || known - span.Start < TimeSpan.FromSeconds(7)))
        {
            // What is not there may be young.
            return;
        }

        bool isEnded = outcome.IsLate || outcome.Terminating is not null || scene.Parameters["ErrorAction"] is ActionPreference.Stop
            || scene.Places.Any(other => scene.Service.World.FailedReads(other) > 0) || script.Denied.Count > 0;
        if (result.ErrorCode == "EntryNotAttempted" && result.Status is "Pending" or "Running" or "Unknown" && isEnded)
        {
            // The run ended before it was looked at.
            return;
        }

        if (result.Status == "Unknown")
        {
            if (!mayBeUnknown && !may.Contains("Unknown"))
            {
                faults.Add(new Fault(FaultKind.NeedlessUnknown, $"{result}: may be {string.Join(" ", may)}"));
            }
        }
        else if (!may.Contains(result.Status))
        {
            bool isOpen = !OutcomeOracle.IsDecided(result.Status);
            bool isExcused = isOpen && mayBeUnknown;
            FaultKind kind = result.Status == "Success" ? FaultKind.FalseSuccess
                : isOpen && may.Any(status => status is "Failed" or "TimedOut" or "Cancelled") ? FaultKind.MissedFailure
                : FaultKind.WrongOutcome;
            if (!isExcused)
            {
                faults.Add(new Fault(kind, $"{result} (known {OutcomeScene.Time(known)}): may be {string.Join(" ", may)}"));
            }
        }

        if (result.Status is "Failed" && span.Detail.Length > 0 && asked.Association is { } association && !script.Active.Any(mischief => mischief != Mischief.ProxyRewrites))
        {
            // What the answers about nodes say in calm must be there.
            Execution? run = association.Executions.FirstOrDefault(other => other.Id == Read(outcome.Output[place], "ExecutionId"));
            int failing = run?.Phases[^1].Nodes.Count(node => node.Status is "Failed" or "TimedOut" or "Cancelled") ?? 0;
            int wanted = span.Detail == "AllNodes" ? run?.Phases[^1].Nodes.Count ?? 0 : failing;
            int shown = (outcome.Output[place].Properties["Nodes"]?.Value as IEnumerable)?.Cast<object>().Count() ?? 0;
            if (run is not null && association.Executions.Count(other => other.Version == run.Version) == 1 && run.Begun + run.Phases[^1].From < known && shown != wanted)
            {
                faults.Add(new Fault(FaultKind.WrongOutcome, $"{result}: {shown} nodes of {wanted}"));
            }
        }
    }

    private static void CheckErrors(Outcome outcome, IReadOnlyList<SeenResult> results, bool waits, bool endsAtError, List<Fault> faults)
    {
        foreach (IGrouping<string, SeenResult> group in results.Where(result => s_told.Contains(result.Status) || !OutcomeOracle.IsDecided(result.Status)).GroupBy(result => result.Status))
        {
            bool isOpen = !OutcomeOracle.IsDecided(group.Key);
            if (isOpen && !waits)
            {
                continue;
            }

            string[] ids = isOpen ? ["OutcomeUndecided", "EntryNotAttempted", "OutcomesNotFollowed"] : group.Key is "Unknown" ? [] : ["Outcome" + group.Key, "OutcomeUndecided"];
            foreach (SeenResult result in group)
            {
                if (result.ErrorCode.Length == 0)
                {
                    faults.Add(new Fault(FaultKind.NoError, $"{result}: has no error code"));
                }

                bool isTold = endsAtError
                    ? outcome.Terminating is not null
                    : outcome.Errors.Any(error => (ids.Length == 0 || ids.Any(id => error.FullyQualifiedErrorId.StartsWith(id, StringComparison.Ordinal))) && Outcomes(error).Contains(result.Index))
                        || (result.ErrorCode == "EntryNotAttempted" && (outcome.Terminating is not null || outcome.Errors.Any(error => $"{error}".Contains("not followed to their end", StringComparison.Ordinal))));
                if (!isTold)
                {
                    faults.Add(new Fault(FaultKind.NoError, $"{result}: no error was written"));
                }
            }
        }

        foreach (ErrorRecord error in outcome.Errors.Where(error => error.FullyQualifiedErrorId.StartsWith("OutcomeFailed", StringComparison.Ordinal)))
        {
            if (!endsAtError && Outcomes(error).Any(index => results[index].Status != "Failed"))
            {
                faults.Add(new Fault(FaultKind.NoError, $"{error}: of an outcome that did not fail"));
            }
        }
    }

    private static int[] Outcomes(ErrorRecord error) =>
        [.. (new PSObject(error.Exception).Properties["Outcomes"]?.Value as IEnumerable ?? Array.Empty<object>()).Cast<object>().Select(outcome => SeenResult.Of(new PSObject(outcome)).Index)];

    /// <summary>In calm a list costs its pages, and an association a call for each time that its line said that a run ended.</summary>
    private static void CheckCalls(OutcomeScene scene, TimeSpan time, List<Fault> faults)
    {
        if (scene.Service.Script.PageSize < 50 || scene.Service.Script.Active.Count > 0)
        {
            return;
        }

        string[] calls = [.. scene.Service.Transcript.Lines.SkipWhile(line => !line.Contains("===", StringComparison.Ordinal))];
        foreach (string place in scene.Places)
        {
            int lists = calls.Count(line => line.Contains($"{place} ListAssociations ", StringComparison.Ordinal));
            if (lists > time.TotalSeconds + 2)
            {
                faults.Add(new Fault(FaultKind.TooManyCalls, $"{place}: {lists} lists in {time.TotalSeconds:0.0} s"));
            }

            string[] ids = [.. scene.Asked.Select(asked => asked.Association).OfType<Association>().Where(association => association.Place == place).Select(association => association.Id).Distinct()];
            foreach (string id in ids.Length > 4 ? ids : [])
            {
                int asked = calls.Count(line => line.Contains("DescribeAssociationExecutions ", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal));
                int shown = scene.Service.EndsShown(id);
                int inputs = scene.Asked.Count(other => other.Association?.Id == id);
                if (asked > inputs * (shown + 2))
                {
                    faults.Add(new Fault(FaultKind.TooManyCalls, $"{id}: asked {asked} times for runs, {shown} lines said that one ended"));
                }
            }
        }
    }

    private static string Read(PSObject result, string name) => result.Properties[name]?.Value switch
    {
        DateTime date => date.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        { } value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
        null => string.Empty,
    };
}
