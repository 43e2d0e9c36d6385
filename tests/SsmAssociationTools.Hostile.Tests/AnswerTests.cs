using System;
using System.Linq;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;
using Xunit;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Answers that are right in the matter and odd in the words, and answers with parts that are not right.</summary>
public sealed class AnswerTests
{
    private static readonly JsonNode[] s_entries =
    [
        Case.Entry("alpha"),
        Case.Entry("alpha", "\"MaxErrors\":\"7\""),
        Case.Entry("beta"),
        JsonNode.Parse("""{"Name":"Fleet-Baseline","InstanceId":"i-0471e042401234567"}""")!,
    ];

    [Fact] // V1
    public void Members_that_the_service_adds_drops_or_spells_otherwise_leave_every_entry_with_its_association() => Verdict.OfEach(
        [.. MischiefKinds.Views.Select(view => new[] { view }), [Mischief.ViewAssociationId, Mischief.ViewDefaults], [Mischief.ViewReordered, Mischief.ViewRepeatedValues, Mischief.ViewScheduleSpelling]],
        views => new Case(new Script(views)).Run([.. s_entries]),
        (_, done) => Verdict.AllCreated(done));

    [Fact] // V1
    public void Two_entries_of_which_one_is_the_other_and_more_are_created_once_each() => Verdict.OfEach(
        ["\"MaxErrors\":\"7\"", "\"MaxConcurrency\":\"3\"", "\"ComplianceSeverity\":\"LOW\"", "\"DocumentVersion\":\"1\"", "\"SyncCompliance\":\"AUTO\""],
        more => new Case(new Script(Mischief.ViewAssociationId)).Run(Case.Entry("alpha"), Case.Entry("alpha", more)),
        (_, done) => Verdict.AllCreated(done));

    [Fact] // V2
    public void A_record_that_is_there_twice_settles_one_entry_and_the_other_is_looked_up() => Verdict.OfEach(
        Enumerable.Range(0, 8).ToList(),
        place => new Case(FirstAnswer(() => new Fate { Parts = Set(Mischief.PartDoubledForAnother), Dice = new Dice("doubled", place) }))
            .Run([.. s_entries.Skip(place % 2)]),
        (_, done) => Verdict.AllCreated(done));

    [Fact] // V10
    public void A_record_without_an_id_is_looked_up() => Verdict.OfEach(
        [Mischief.IdMissing, Mischief.IdEmpty],
        mischief => new Case(FirstAnswer(() => Fate.With(mischief))).Run(Case.Entry("alpha"), Case.Entry("beta")),
        (_, done) => Verdict.AllCreated(done));

    [Fact]
    public void A_failed_part_that_names_nobody_is_no_refusal_of_an_entry_whose_record_is_missing() => Verdict.OfEach(
        [Mischief.FailedNull, Mischief.FailedOdd],
        mischief => new Case(FirstAnswer(() => Fate.With(Mischief.PartMissing, mischief))).Run(Case.Entry("alpha"), Case.Entry("beta")),
        (_, done) => Verdict.AllCreated(done));

    [Fact]
    public void Null_lists_and_null_records_are_looked_up() => Verdict.OfEach(
        [Mischief.PartsNull, Mischief.PartsAbsent, Mischief.RecordNull, Mischief.PartMissing, Mischief.PartDoubled, Mischief.ForeignRecord],
        mischief => new Case(FirstAnswer(() => Fate.With(mischief))).Run([.. s_entries]),
        (_, done) => Verdict.AllCreated(done));

    private static Script FirstAnswer(Func<Fate> fate) => new()
    {
        Override = call => call is { Entries.Count: > 0, Seen: 0 } ? fate() : null,
    };

    private static System.Collections.Generic.HashSet<Mischief> Set(Mischief mischief) => [mischief];
}
