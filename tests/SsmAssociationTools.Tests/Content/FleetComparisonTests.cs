using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using SsmAssociationTools.Content;
using SsmAssociationTools.Tests.Input;
using Xunit;

namespace SsmAssociationTools.Tests.Content;

/// <summary>Which entry belongs to which association, and what differs.</summary>
public sealed class FleetComparisonTests
{
    [Fact]
    public void Each_wanted_entry_comes_out_in_its_order_and_then_what_nobody_wants()
    {
        Assert.Equal(
            ["Missing b ", "Same a 1", "Changed c 3: MaxErrors", "Extra d 4", "Extra e 5"],
            Compare(
                [Entry("b"), Entry("a"), Entry("c", errors: "1")],
                [Entry("a"), Entry("x").Named(null), Entry("c", errors: "2"), Entry("d"), Entry("e")],
                existing => existing.AssociationName is not null));
    }

    [Fact]
    public void Of_several_with_one_name_equal_contents_are_paired_first_then_the_same_document_then_the_rest_in_order()
    {
        Assert.Equal(
            ["Changed a 3: Name", "Same a 1", "Changed a 2: MaxErrors", "Missing a ", "Extra z 4"],
            Compare(
                [Entry("a", "Other"), Entry("a", errors: "1"), Entry("a", "Second", "5"), Entry("a", "Fourth")],
                [Entry("a", errors: "1"), Entry("a", "Second", "6"), Entry("a", "Third"), Entry("z")]));
    }

    [Fact]
    public void Without_a_name_the_content_decides_and_a_second_one_is_missing()
    {
        AssociationEntry one = Entry(null);
        Assert.Equal(["Same  1", "Missing  ", "Missing  ", "Extra  2"], Compare([one, one, Entry(null, errors: "1")], [one, Entry(null, errors: "2")]));
    }

    [Fact]
    public void A_name_that_differs_in_case_is_another_name_and_a_name_is_never_taken_from_content()
    {
        Assert.Equal(["Missing a ", "Extra A 1", "Extra  2"], Compare([Entry("a")], [Entry("A"), Entry(null)]));
    }

    [Fact]
    public void A_document_on_a_node_is_one_association_whatever_its_schedule()
    {
        AssociationEntry Node(string id, string schedule) => new() { Name = "Doc", InstanceId = id, ScheduleExpression = schedule };
        Assert.Equal(
            ["Changed  2: ScheduleExpression", "Missing  ", "Extra  1"],
            Compare([Node("i-1", "rate(1 day)"), Node("i-3", "rate(1 day)")], [Node("i-2", "rate(1 day)"), Node("i-1", "rate(2 days)")]));
    }

    [Fact]
    public void What_the_service_fills_in_is_no_difference()
    {
        var wanted = new AssociationEntry { Name = "Runbook", AssociationName = "a" };
        var described = new AssociationEntry
        {
            Name = "Runbook",
            AssociationName = "a",
            DocumentVersion = "$DEFAULT",
            ApplyOnlyAtCronInterval = false,
            ComplianceSeverity = "UNSPECIFIED",
            SyncCompliance = "AUTO",
            Targets = [new AssociationTarget { Key = "aws:NoOpAutomationTag", Values = ["AWS-NoOpAutomationTarget-Value"] }],
            Parameters = new ParameterMap { ["AssociationId"] = ["1"] },
            CalendarNames = [],
            AlarmConfiguration = new AlarmConfiguration { Alarms = [] },
        };

        Assert.Equal(["Same a 1"], Compare([wanted], [described]));

        described.Parameters["AssociationId"] = ["2"];
        Assert.Equal(["Changed a 1: Parameters"], Compare([wanted], [described]));
    }

    [Fact]
    public void Nothing_is_extra_where_the_wanted_entries_are_not_complete()
    {
        FleetComparison fleet = Fleet([Entry("a")], [Entry("a"), Entry("b"), Entry("c", "Other"), Entry("d")]);
        Assert.Equal(["Same a 1"], fleet.Compare(existing => existing.AssociationName != "d", isComplete: false, out long spared).Select(Line));
        Assert.Equal(2, spared);
    }

    [Fact]
    public void Differences_name_the_member_and_show_no_value_of_parameters()
    {
        var wanted = new AssociationEntry
        {
            Name = "Doc",
            AssociationName = "a",
            Targets = [Target("tag:Role", "web", "db")],
            Parameters = new ParameterMap { ["commands"] = ["secret one"], ["same"] = ["1"], ["mine"] = ["secret two"] },
            MaxErrors = "10%",
            ApplyOnlyAtCronInterval = true,
            OutputLocation = new InstanceAssociationOutputLocation { S3Location = new S3OutputLocation { OutputS3BucketName = "one" } },
            TargetLocations = [new TargetLocation { Accounts = ["1", "2"], Regions = ["us-east-1"], ExecutionRoleName = "R" }],
            TargetMaps = [new TargetMap { ["InstanceId"] = ["i-1"] }],
        };
        var existing = new AssociationEntry
        {
            Name = "Doc",
            AssociationName = "a",
            Targets = [Target("tag:Env", "prod"), Target("tag:Role", "db", "web")],
            Parameters = new ParameterMap { ["commands"] = ["secret three"], ["same"] = ["1"] },
            OutputLocation = new InstanceAssociationOutputLocation { S3Location = new S3OutputLocation { OutputS3BucketName = "two" } },
            TargetLocations = [new TargetLocation { Accounts = ["2", "1"], Regions = ["us-west-1"] }],
            TargetMaps = [new TargetMap { ["InstanceId"] = ["i-2"] }],
            Duration = 3,
        };

        AssociationComparison changed = Assert.Single(Fleet([wanted], [existing]).Compare(_ => true, true, out _));

        Assert.Equal(
            [
                "Targets: tag:Role=web,db wanted, tag:Env=prod; tag:Role=db,web exists",
                "TargetMaps[0].InstanceId: i-1 wanted, i-2 exists",
                "TargetLocations[0].Regions: us-east-1 wanted, us-west-1 exists",
                "TargetLocations[0].ExecutionRoleName: R wanted, nothing exists",
                "Parameters.commands: differs",
                "Parameters.mine: (not shown) wanted, nothing exists",
                "ApplyOnlyAtCronInterval: true wanted, nothing exists",
                "Duration: nothing wanted, 3 exists",
                "MaxErrors: 10% wanted, nothing exists",
                "OutputLocation.S3Location.OutputS3BucketName: one wanted, two exists",
            ],
            changed.Differences.Select(difference => difference.ToString()));
        Assert.DoesNotContain("secret", string.Join("\n", changed.Differences.Select(d => d + d.Wanted + d.Existing)) + changed, StringComparison.Ordinal);
        Assert.Equal(["TargetMaps"], Compare([wanted], [wanted.With(e => e.TargetMaps = [.. wanted.TargetMaps!, .. wanted.TargetMaps!])]).Select(line => line.Split(": ")[1]));
    }

    [Fact]
    public void Something_differs_exactly_when_the_contents_do()
    {
        using var canonical = new CanonicalContent();
        Gen.Select(RoundTripTests.Entries, RoundTripTests.Entries, Gen.Int[0, 20]).Sample(
            (one, other, member) =>
            {
                // One member of another entry, so that most of the two is the same.
                AssociationEntry mixed = one.With(entry => Copy(other, entry, member));
                AssociationEntry first = ReadBackContent.Of(one, null);
                AssociationEntry second = ReadBackContent.Of(mixed, null);
                IReadOnlyList<MemberDifference> differences = EntryDifferences.Between(first, second);
                Assert.Equal(canonical.KeyOf(first).Equals(canonical.KeyOf(second)), differences.Count == 0);
                Assert.Empty(EntryDifferences.Between(first, first));
            },
            iter: 3000,
            threads: 1);
    }

    [Fact]
    public void Nothing_is_lost_and_nothing_is_paired_twice()
    {
        Gen<AssociationEntry> entry = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool, (name, document, errors, isNode) => new AssociationEntry
        {
            Name = "Doc" + document,
            AssociationName = name == 0 ? null : "n" + name,
            InstanceId = isNode ? "i-1" : null,
            MaxErrors = errors == 0 ? null : "" + errors,
        });
        using var canonical = new CanonicalContent();
        Gen.Select(entry.Array[0, 12], entry.Array[0, 12]).Sample(
            (wanted, existing) =>
            {
                IReadOnlyList<AssociationComparison> all = Fleet(wanted, existing).Compare(_ => true, true, out _);
                Assert.Equal(wanted, all.Take(wanted.Length).Select(comparison => comparison.Entry));
                Assert.All(all.Skip(wanted.Length), comparison => Assert.Equal(ComparisonStatus.Extra, comparison.State));
                string?[] ids = [.. all.Select(comparison => comparison.AssociationId).Where(id => id is not null)];
                Assert.Equal(Enumerable.Range(1, existing.Length).Select(i => "" + i), ids.OrderBy(id => int.Parse(id!, System.Globalization.CultureInfo.InvariantCulture)));

                // As many as possible are the same.
                int same = wanted.GroupBy(canonical.KeyOf).Sum(group => Math.Min(group.Count(), existing.Count(e => canonical.KeyOf(e).Equals(group.Key))));
                Assert.Equal(same, all.Count(comparison => comparison.State == ComparisonStatus.Same));
            },
            iter: 2000,
            threads: 1);
    }

    private static void Copy(AssociationEntry from, AssociationEntry to, int member)
    {
        System.Reflection.PropertyInfo[] members = [.. typeof(AssociationEntry).GetProperties().Where(property => property.Name is not ("Region" or "RoleArn" or "Source" or "EntryJson"))];
        members[member % members.Length].SetValue(to, members[member % members.Length].GetValue(from));
    }

    private static AssociationTarget Target(string key, params string[] values) => new() { Key = key, Values = values };

    private static AssociationEntry Entry(string? name, string document = "Doc", string? errors = null) => new() { Name = document, AssociationName = name, MaxErrors = errors };

    private static FleetComparison Fleet(IEnumerable<AssociationEntry> wanted, IEnumerable<AssociationEntry> existing)
    {
        var fleet = new FleetComparison();
        foreach (AssociationEntry entry in wanted)
        {
            fleet.Want(entry, entry);
        }

        int id = 0;
        foreach (AssociationEntry entry in existing)
        {
            fleet.Add(new ExistingAssociation("" + ++id, entry));
        }

        return fleet;
    }

    private static string[] Compare(IEnumerable<AssociationEntry> wanted, IEnumerable<AssociationEntry> existing, Func<ExistingAssociation, bool>? countsAsExtra = null) =>
        [.. Fleet(wanted, existing).Compare(countsAsExtra ?? (_ => true), true, out _).Select(Line)];

    private static string Line(AssociationComparison comparison) =>
        $"{comparison.Status} {comparison.AssociationName} {comparison.AssociationId}{(comparison.Differences.Count == 0 ? "" : ": " + string.Join(",", comparison.Differences.Select(d => d.Path)))}";
}
