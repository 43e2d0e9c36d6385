using SsmAssociationTools.Content;
using Xunit;

namespace SsmAssociationTools.Tests.Content;

public sealed class CanonicalContentTests
{
    [Fact]
    public void What_the_service_fills_in_makes_no_difference()
    {
        var sent = new AssociationEntry { Name = "Doc", InstanceId = "i-0123456789abcdef0" };
        var described = new AssociationEntry
        {
            Name = "Doc",
            InstanceId = "i-0123456789abcdef0",
            DocumentVersion = "$DEFAULT",
            ApplyOnlyAtCronInterval = false,
            Targets = [new AssociationTarget { Key = "InstanceIds", Values = ["i-0123456789abcdef0"] }],
            Parameters = [],
            CalendarNames = [],
            ScheduleExpression = string.Empty,
        };

        Assert.True(Same(sent, described));
    }

    [Fact]
    public void The_target_that_the_service_gives_a_runbook_without_targets_says_nothing()
    {
        var sent = new AssociationEntry { Name = "Runbook", AssociationName = "nightly" };
        var described = new AssociationEntry { Name = "Runbook", AssociationName = "nightly", Targets = [Target("aws:NoOpAutomationTag", "AWS-NoOpAutomationTarget-Value")] };
        using var agreement = new ContentAgreement();

        Assert.True(Same(sent, described));
        Assert.True(agreement.Covers(sent, described));
        Assert.True(agreement.CoversListed(sent, described));
        Assert.False(Same(sent, new AssociationEntry { Name = "Runbook", AssociationName = "nightly", Targets = [Target("aws:NoOpAutomationTag", "other")] }));
    }

    [Fact]
    public void Order_makes_no_difference_where_it_means_nothing()
    {
        var one = new AssociationEntry
        {
            Name = "Doc",
            Targets = [Target("tag:A", "1", "2"), Target("tag:B", "3")],
            CalendarNames = ["x", "y"],
            Parameters = new ParameterMap { ["P"] = ["1", "2"], ["Q"] = ["3"] },
        };
        var other = new AssociationEntry
        {
            Name = "Doc",
            Targets = [Target("tag:B", "3"), Target("tag:A", "2", "1")],
            CalendarNames = ["y", "x"],
            Parameters = new ParameterMap { ["Q"] = ["3"], ["P"] = ["1", "2"] },
        };

        Assert.True(Same(one, other));
    }

    [Fact]
    public void Order_makes_a_difference_where_it_has_a_meaning()
    {
        var one = new AssociationEntry { Name = "Doc", Parameters = new ParameterMap { ["commands"] = ["a", "b"] } };
        var other = new AssociationEntry { Name = "Doc", Parameters = new ParameterMap { ["commands"] = ["b", "a"] } };

        Assert.False(Same(one, other));
    }

    [Fact]
    public void Parts_cannot_be_confused_with_each_other()
    {
        AlarmConfiguration alarm = new() { Alarms = [new Alarm { Name = "x" }] };
        Assert.False(Same(
            new AssociationEntry { Name = "Doc", TargetLocations = [new TargetLocation { Regions = ["r"], TargetLocationAlarmConfiguration = alarm }] },
            new AssociationEntry { Name = "Doc", TargetLocations = [new TargetLocation { Regions = ["r"] }], AlarmConfiguration = alarm }));
        Assert.False(Same(
            new AssociationEntry { Name = "Doc", Targets = [Target("tag:A", "1,2")] },
            new AssociationEntry { Name = "Doc", Targets = [Target("tag:A", "1", "2")] }));
        Assert.False(Same(
            new AssociationEntry { Name = "Doc", AssociationName = "ab", MaxErrors = "1" },
            new AssociationEntry { Name = "Doc", AssociationName = "a", MaxErrors = "b1" }));
        Assert.False(Same(
            new AssociationEntry { Name = "Doc", Parameters = new ParameterMap { ["P"] = [string.Empty] } },
            new AssociationEntry { Name = "Doc" }));
    }

    private static AssociationTarget Target(string key, params string[] values) => new() { Key = key, Values = values };

    private static bool Same(AssociationEntry one, AssociationEntry other)
    {
        using var canonical = new CanonicalContent();
        return canonical.KeyOf(one).Equals(canonical.KeyOf(other));
    }
}
