using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.HostileService;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Clocks that are wrong, differ, step, or say nothing, and answers that ask to wait.</summary>
public sealed class ClockTests
{
    private static readonly int[] s_seconds = [-7200, -600, -30, -10, -5, -3, -2, 2, 3, 5, 10, 30, 600, 7200];

    [Fact] // V3
    public void A_clock_that_steps_while_an_answer_is_lost_doubles_nothing() => Verdict.OfEach(
        [.. s_seconds.SelectMany(seconds => new[] { (seconds, Mischief.ClockSteps, 1) }.Concat(
            new[] { Mischief.ClockSteps, Mischief.DateSteps }.SelectMany(kind => new[] { 2, 3, 4 }.Select(at => (seconds, kind, at)))))],
        Lost,
        (_, done) => Verdict.NothingBroken(done));

    [Fact] // V3
    public void A_Date_header_that_is_always_beside_the_dates_of_records_doubles_nothing() => Verdict.OfEach(
        [.. s_seconds.Select(seconds => (seconds, Mischief.DateSteps, 1))],
        Lost,
        (_, done) => Verdict.NothingBroken(done));

    private static Case Lost((int Seconds, Mischief Kind, int At) item)
    {
        var script = new Script(item.Kind)
        {
            Steps = [(item.At, TimeSpan.FromSeconds(item.Seconds))],
            Override = call => call is { Entries.Count: > 0, Seen: 0 } && (string?)call.Entries[0]["AssociationName"] == "lost" ? Fate.Of(Mischief.ResetAfter) : null,
        };
        var done = new Case(script);
        done.Parameters["BatchSize"] = 1;
        done.Parameters["ThrottleLimit"] = 1;
        return done.Run(Case.Entry("first"), Case.Entry("lost"), Case.Entry("last"));
    }

    [Fact] // V3
    public void Machines_whose_clocks_differ_by_seconds_double_nothing() => Verdict.OfEach(
        new[] { -3000, -2500, -2000, -1000, 1000, 3000 },
        milliseconds =>
        {
            var script = new Script(Mischief.DateOff)
            {
                HeaderOffset = TimeSpan.FromMilliseconds(-milliseconds),
                Override = call => call is { Entries.Count: > 0, Seen: 0 } ? Fate.Of(Mischief.ResetAfter) : null,
            };
            return new Case(script).Run(Case.Entry("alpha"), Case.Entry("beta"));
        },
        (_, done) => Verdict.NothingBroken(done));

    [Fact] // V3
    public void A_journal_that_was_begun_under_another_clock_doubles_nothing() => Verdict.OfEach(
        s_seconds,
        seconds =>
        {
            bool isBroken = true;
            var script = new Script(Mischief.ClockSteps)
            {
                Override = call => isBroken ? Fate.Of(call.IsWrite ? Mischief.ResetAfter : Mischief.ReadReset) : null,
            };
            var done = new Case(script);
            string folder = Directory.CreateTempSubdirectory("hostile").FullName;
            done.Parameters["JournalPath"] = Path.Combine(folder, "run.journal");
            done.Parameters["MaxAttempt"] = 1;
            done.Run(Case.Entry("alpha"), Case.Entry("beta"), Case.Entry("gamma"));
            isBroken = false;
            done.Parameters["MaxAttempt"] = 8;
            script.Steps = [(done.Service.Calls + 1, TimeSpan.FromSeconds(seconds))];
            done.Run(Case.Entry("alpha"), Case.Entry("beta"), Case.Entry("gamma"));
            Directory.Delete(folder, recursive: true);
            return done;
        },
        (_, done) => done.Made == 3 ? Verdict.NothingBroken(done) : $"{done.Made} associations for 3 entries: {done.Statuses}");

    [Fact] // V18
    public void A_date_that_makes_no_sense_changes_nothing() => Verdict.OfEach(
        [.. new[] { Mischief.DateAbsent, Mischief.DateGarbled, Mischief.DateFirstYear, Mischief.DateLastYear }.SelectMany(date => new[] { Mischief.ResetAfter, Mischief.ResetBefore, Mischief.AnswerChunked }.Select(whole => (date, whole)))],
        item => new Case(new Script(item.date) { Override = call => call is { Entries.Count: > 0, Seen: 0 } ? Fate.Of(item.whole) : null }).Run(Case.Entry("alpha"), Case.Entry("beta")),
        (_, done) => Verdict.NothingBroken(done));

    [Fact] // V9
    public void A_time_to_come_back_is_bounded_by_the_time_for_trying_again() => Verdict.OfEach(
        [.. RetryAfters().SelectMany(value => new[] { Mischief.Throttled, Mischief.ServerErrorBefore }.Select(whole => (value, whole)))],
        item =>
        {
            var done = new Case(new Script { RetryAfter = item.value, Override = call => call is { Entries.Count: > 0, Seen: 0 } ? Fate.Of(item.whole) : null });
            done.Parameters["RetryTimeout"] = 4;
            return done.Run(Case.Entry("alpha"), Case.Entry("beta"));
        },
        (_, done) => Verdict.NothingBroken(done) ?? (done.Results.Any(result => result.Status == "Unknown") ? done.Statuses : null));

    private static IEnumerable<string> RetryAfters() =>
    [
        "1", "-5", "NaN", "Infinity", "1e400", "0x10", "7200", "99999999999999999999", "", "soon",
        "Fri, 01 Mar 2086 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT",
        DateTimeOffset.UtcNow.AddHours(2).ToString("R"), DateTimeOffset.UtcNow.AddHours(-2).ToString("R"),
    ];
}
