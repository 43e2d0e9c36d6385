using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>Rules across the entries of one run.</summary>
public sealed class RunRulesTests : IDisposable
{
    private readonly CanonicalContent _content = new();
    private readonly RunRules _run = new();
    private long _index;

    public void Dispose() => _content.Dispose();

    [Fact]
    public void An_instance_id_stands_once_across_documents()
    {
        Assert.Empty(Check(new AssociationEntry { Name = "Doc-A", InstanceId = "i-01234567" }));
        Assert.Empty(Check(new AssociationEntry { Name = "Doc-A", InstanceId = "i-76543210" }));
        EntryIssue issue = Assert.Single(Check(new AssociationEntry { Name = "Doc-B", InstanceId = "i-01234567" }));
        Assert.Equal(("Run.DuplicateInstanceId", IssueSeverity.Error, "InstanceId"), (issue.RuleId, issue.Level, issue.Path));
        Assert.Contains("entry #0 ", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Identical_content_is_a_warning_that_names_the_first()
    {
        Assert.Empty(Check(Tagged("web", "db")));
        Assert.Empty(Check(Tagged("web")));
        EntryIssue issue = Assert.Single(Check(Tagged("db", "web")));
        Assert.Equal(("Run.IdenticalEntry", IssueSeverity.Warning, string.Empty), (issue.RuleId, issue.Level, issue.Path));
        Assert.Contains("entry #0:", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_worth_a_warning_when_it_comes_again()
    {
        Assert.Empty(Check(Named("Patch", "a")));
        EntryIssue issue = Assert.Single(Check(Named("Patch", "b")));
        Assert.Equal(("Run.RepeatedAssociationName", IssueSeverity.Warning, "AssociationName"), (issue.RuleId, issue.Level, issue.Path));
        Assert.Contains("Entry #0 ", issue.Message, StringComparison.Ordinal);
        Assert.Empty(Check(Named("patch", "c")));
    }

    [Fact]
    public void A_node_in_more_than_twenty_entries_is_said_once()
    {
        AssociationEntry OnNode(int number) => new()
        {
            Name = "Doc-" + number,
            Targets = [new AssociationTarget { Key = "instanceids", Values = ["i-0123456789abcdef0", "i-" + number] }],
        };
        Assert.All(Enumerable.Range(1, 20), number => Assert.Empty(Check(OnNode(number))));
        EntryIssue issue = Assert.Single(Check(OnNode(21)));
        Assert.Equal(("Run.NodeAssociationLimit", IssueSeverity.Warning, "Targets"), (issue.RuleId, issue.Level, issue.Path));
        Assert.Empty(Check(OnNode(22)));
    }

    [Fact]
    public void More_than_a_hundred_runbooks_at_one_time_are_said_once_and_commands_do_not_count()
    {
        AssociationEntry At(string schedule, int number, string? parameter) =>
            new() { Name = "Doc-" + number, ScheduleExpression = schedule, AutomationTargetParameterName = parameter };
        Assert.All(Enumerable.Range(1, 150), number => Assert.Empty(Check(At("cron(0 2 ? * SUN *)", number, null))));
        Assert.All(Enumerable.Range(1, 150), number => Assert.Empty(Check(At("rate(1 day)", number, "InstanceId"))));
        Assert.All(Enumerable.Range(1, 100), number => Assert.Empty(Check(At("cron(0 2 ? * SUN *)", number, "InstanceId"))));
        EntryIssue issue = Assert.Single(Check(At("cron(0 2 ? * SUN *)", 101, "InstanceId")));
        Assert.Equal(("Run.AutomationConcurrency", IssueSeverity.Warning, "ScheduleExpression"), (issue.RuleId, issue.Level, issue.Path));
        Assert.Empty(Check(At("cron(0 2 ? * SUN *)", 102, "InstanceId")));
    }

    [Fact]
    public void One_inventory_of_all_nodes_is_enough()
    {
        Assert.Empty(Check(Inventory("AWS-GatherSoftwareInventory", "InstanceIds", "rate(1 day)")));
        Assert.Empty(Check(Inventory("AWS-GatherSoftwareInventory", "tag:Role", "rate(1 day)")));
        EntryIssue issue = Assert.Single(Check(Inventory("arn:aws:ssm:us-east-1::document/AWS-GatherSoftwareInventory", "instanceids", "rate(2 days)")));
        Assert.Equal(("Run.SecondInventory", IssueSeverity.Error), (issue.RuleId, issue.Level));
    }

    [Fact]
    public void An_entry_with_errors_is_nobodys_first()
    {
        var entry = new AssociationEntry { Name = "Doc-A", InstanceId = "i-01234567", AssociationName = "Patch" };
        var issues = new IssueCollector();
        issues.Add(RuleCatalog.All.First(r => r.Id == "InstanceId.Excludes"), "AssociationName", "refused.");
        _run.Check(0, entry, _content.KeyOf(entry), issues);
        Assert.Single(issues.Take());
        Assert.Empty(Check(new AssociationEntry { Name = "Doc-A", InstanceId = "i-01234567" }));
        Assert.Empty(Check(Named("Patch", "a")));
    }

    [Fact]
    public void More_than_two_thousand_is_said_once()
    {
        var found = new List<string>();
        for (int i = 0; i < 4_100; i++)
        {
            found.AddRange(Check(Tagged(i.ToString(CultureInfo.InvariantCulture))).Select(issue => $"{i} {issue.RuleId} {issue.Severity}"));
        }

        Assert.Equal(["2000 Run.AssociationLimit Warning"], found);
    }

    [Fact]
    public void What_comes_after_the_capacity_is_compared_but_not_remembered()
    {
        for (int i = 0; i < RunRules.Capacity; i++)
        {
            Check(new AssociationEntry { Name = "Doc-A", InstanceId = i.ToString(CultureInfo.InvariantCulture) });
        }

        Assert.Empty(Check(new AssociationEntry { Name = "Doc-A", InstanceId = "late" }));
        Assert.Empty(Check(new AssociationEntry { Name = "Doc-A", InstanceId = "late" }));
        EntryIssue issue = Assert.Single(Check(new AssociationEntry { Name = "Doc-A", InstanceId = "7" }));
        Assert.Equal("Run.DuplicateInstanceId", issue.RuleId);
    }

    private static AssociationEntry Tagged(params string[] values) =>
        new() { Name = "Doc-A", Targets = [new AssociationTarget { Key = "tag:Role", Values = values }] };

    private static AssociationEntry Named(string name, string value) =>
        new() { Name = "Doc-A", AssociationName = name, Targets = [new AssociationTarget { Key = "tag:Role", Values = [value] }] };

    private static AssociationEntry Inventory(string document, string key, string schedule) =>
        new() { Name = document, ScheduleExpression = schedule, Targets = [new AssociationTarget { Key = key, Values = ["*"] }] };

    private IReadOnlyList<EntryIssue> Check(AssociationEntry entry)
    {
        var issues = new IssueCollector();
        _run.Check(_index++, entry, _content.KeyOf(entry), issues);
        return issues.Take();
    }
}
