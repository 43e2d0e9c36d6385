using System;
using System.Linq;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Lists that repeat, shift, do not end, or show what is gone.</summary>
public sealed class ListTests
{
    [Fact] // V7
    public void An_id_that_is_listed_twice_is_one_association() => Verdict.OfEach(
        [Mischief.ListRepeatsIds, Mischief.ListShuffled],
        mischief => new Case(Lost(_ => Fate.Of(mischief), Mischief.ListLags)).Run(Case.Entry("alpha"), Case.Entry("beta")),
        (_, done) => Verdict.AllCreated(done));

    [Fact] // V7
    public void Pages_that_shift_are_read_again() => Verdict.OfEach(
        Enumerable.Range(0, 6).ToList(),
        number => new Case(new Script(Mischief.OrderShuffled)
        {
            PageSize = 1 + number % 2,
            Override = call => call is { Entries.Count: > 0, Seen: 0 } ? Fate.Of(Mischief.ResetAfter) : call is { Operation: "ListAssociations", Seen: 0 } ? new Fate { Whole = Mischief.ListShifts, Dice = new Dice("shift", number) } : null,
        }).Run(Case.Entry("alpha"), Case.Entry("beta"), Case.Entry("gamma")),
        (_, done) => Verdict.AllCreated(done));

    [Fact] // V8
    public void A_list_without_an_end_is_given_up_and_what_was_not_sent_is_not_unknown() => Verdict.OfEach(
        [.. new[] { Mischief.TokenRepeats, Mischief.ListEndless }.SelectMany(mischief => new[] { "Skip", "Fail" }.Select(ifExists => (mischief, ifExists)))],
        item =>
        {
            var done = new Case(new Script { Override = call => call.Operation == "ListAssociations" ? Fate.Of(item.mischief) : null });
            done.Parameters["IfExists"] = item.ifExists;
            return done.Run(Case.Entry("alpha"), Case.Entry("beta"));
        },
        (_, done) => Verdict.NothingBroken(done)
            ?? (done.Results.Any(result => result.Status == "Unknown") ? $"not sent, and {done.Statuses}" : null)
            ?? (done.Service.Calls > 5000 ? $"{done.Service.Calls} calls" : null));

    [Fact] // V8
    public void A_look_up_in_a_list_without_an_end_comes_to_an_end() => Verdict.OfEach(
        [Mischief.TokenRepeats, Mischief.ListEndless],
        mischief => new Case(Lost(_ => Fate.Of(mischief))).Run(Case.Entry("alpha"), Case.Entry("beta")),
        (_, done) => Verdict.NothingBroken(done) ?? (done.Service.Calls > 20000 ? $"{done.Service.Calls} calls" : null));

    [Fact] // V22
    public void What_is_listed_for_a_while_and_does_not_exist_is_not_taken_for_the_entry()
    {
        Verdict.OfEach(
            [1, 2, 3],
            readings =>
            {
                int lists = 0;
                var script = new Script
                {
                    Ghost = (JsonObject)Case.Entry("alpha"),
                    Override = call => call is { Entries.Count: > 0, Seen: 0 } ? Fate.Of(Mischief.ResetBefore)
                        : call.Operation == "ListAssociations" && lists++ < readings ? Fate.Of(Mischief.ListGhosts) : null,
                };
                return new Case(script).Run(Case.Entry("alpha"));
            },
            (_, done) => Verdict.AllCreated(done));
    }

    private static Script Lost(Func<ApiCall, Fate> list, params Mischief[] active) => new(active)
    {
        ListLag = TimeSpan.FromMilliseconds(500),
        Override = call => call is { Entries.Count: > 0, Seen: 0 } ? Fate.Of(Mischief.ResetAfter) : call.Operation == "ListAssociations" ? list(call) : null,
    };
}
