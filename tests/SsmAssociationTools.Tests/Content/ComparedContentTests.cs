using System.Linq;
using SsmAssociationTools.Content;
using Xunit;

namespace SsmAssociationTools.Tests.Content;

/// <summary>What counts as a difference between what is wanted and what exists.</summary>
public sealed class ComparedContentTests
{
    [Theory]
    [InlineData("rate(1 hour)", "rate(60 minutes)")]
    [InlineData("rate(1 day)", "RATE( 24  hours )")]
    [InlineData("cron(0 2 ? * sun *)", "cron( 0  2 ? * SUN * )")]
    [InlineData(null, null)]
    public void Another_spelling_of_a_schedule_is_no_difference(string? wanted, string? existing) => Assert.Empty(Schedules(wanted, existing));

    [Theory]
    [InlineData("rate(1 hour)", "rate(61 minutes)")]
    [InlineData("cron(0 2 ? * SUN *)", "cron(0 2 ? * MON *)")]
    [InlineData("cron(0 2 ? * 1 *)", "cron(0 2 ? * SUN *)")]
    [InlineData("rate(1 hour)", null)]
    public void Another_schedule_is_one_and_is_shown_as_it_is_written(string? wanted, string? existing)
    {
        MemberDifference difference = Assert.Single(Schedules(wanted, existing));

        Assert.Equal(("ScheduleExpression", wanted, existing), (difference.Path, difference.Wanted, difference.Existing));
    }

    [Fact]
    public void What_holds_where_nothing_is_said_and_what_is_said_twice_are_no_differences()
    {
        var wanted = new AssociationEntry { Name = "a", Targets = [new AssociationTarget { Key = "tag:a", Values = ["b", "c"] }], CalendarNames = ["x"] };
        var existing = new AssociationEntry
        {
            Name = "a", Targets = [new AssociationTarget { Key = "tag:a", Values = ["c", "b", "c"] }], CalendarNames = ["x", "x"], MaxErrors = "100%", MaxConcurrency = "50",
            DocumentVersion = "$DEFAULT", ComplianceSeverity = "UNSPECIFIED", SyncCompliance = "AUTO", ApplyOnlyAtCronInterval = false,
        };

        Assert.Empty(ComparedContent.Differences(wanted, existing));
        existing.MaxErrors = "99%";
        existing.Targets[0].Values = ["c"];
        Assert.Equal(["MaxErrors", "Targets"], ComparedContent.Differences(wanted, existing).Select(difference => difference.Path).Order());
    }

    /// <summary>A value of a parameter is the author's own, white space and case included.</summary>
    [Fact]
    public void Parameters_differ_in_every_character()
    {
        AssociationEntry Entry(string value) => new() { Name = "a", Parameters = new ParameterMap { ["p"] = [value] } };

        Assert.Single(ComparedContent.Differences(Entry("x"), Entry("X")));
        Assert.Single(ComparedContent.Differences(Entry("x"), Entry("x ")));
        Assert.Empty(ComparedContent.Differences(Entry("x "), Entry("x ")));
    }

    private static System.Collections.Generic.IReadOnlyList<MemberDifference> Schedules(string? wanted, string? existing) =>
        ComparedContent.Differences(new AssociationEntry { Name = "a", ScheduleExpression = wanted }, new AssociationEntry { Name = "a", ScheduleExpression = existing });
}
