using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>What holds for all rules together.</summary>
public sealed class EntryValidatorTests
{
    [Fact]
    public void All_problems_come_at_once_in_the_order_of_the_members()
    {
        EntryIssue[] issues = EntryJson.Check("""
            {
              "Name": "My Document", "InstanceId": "web01", "DocumentVersion": "latest",
              "Targets": [ { "Key": "Role", "Values": [ "web", "web", "" ] } ],
              "ScheduleExpression": "rate(5 minute)", "OutputLocation": {}, "AssociationName": "a b", "MaxErrors": "x", "MaxConcurrency": "0",
              "ComplianceSeverity": "high", "SyncCompliance": "MANUAL", "ApplyOnlyAtCronInterval": true, "CalendarNames": [ "" ],
              "TargetLocations": [ { "Accounts": [], "IncludeChildOrganizationUnits": true } ],
              "ScheduleOffset": 9, "Duration": 0, "TargetMaps": [ {} ], "AlarmConfiguration": { "Alarms": [ { "Name": " " } ] }
            }
            """);

        string[] members = FieldConstraints.Entry.Select(f => f.Member.Name).ToArray();
        int[] places = issues.Select(i => Array.IndexOf(members, i.Path.Split('.', '[')[0])).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        string[] expected = members.Except(["Parameters"]).ToArray();
        Assert.Equal(expected, places.Distinct().Select(p => members[p]));
    }

    [Fact]
    public void A_parameter_value_is_in_no_text()
    {
        const string Secret = "s3cr3t-value";
        foreach (RuleCase one in RuleCases.All)
        {
            AssociationEntry entry = EntryJson.Read(System.Text.Json.JsonSerializer.Serialize(one.Breaking));
            entry.Parameters ??= [];
            foreach (string key in new[] { "commands", "Commands", "InstanceId", "Operation", "AutomationAssumeRole", "x" })
            {
                entry.Parameters[key] = [Secret, null, Secret];
            }

            foreach (EntryIssue issue in EntryJson.Check(entry, "us-east-1"))
            {
                Assert.DoesNotContain(Secret, issue.ToString() + issue.Value, StringComparison.Ordinal);
                Assert.True(!issue.Path.StartsWith("Parameters", StringComparison.Ordinal) || issue.Value is null);
            }
        }
    }

    [Fact]
    public void Nothing_of_one_entry_is_left_for_the_next()
    {
        var validator = new EntryValidator(new ValidationOptions { Region = "us-east-1" }, static () => EntryJson.Now);
        var issues = new IssueCollector(isExcluded: RuleCatalog.Exclude(null, ["*"]).IsExcluded);
        foreach (RuleCase one in RuleCases.All)
        {
            validator.Validate(one.Breaking, issues);
            Assert.Contains(issues.Take(), i => i.RuleId == one.Id && i.Path == one.Path && i.Level == one.Severity);
            validator.Validate(one.Passing, issues);
            Assert.DoesNotContain(issues.Take(), i => i.RuleId == one.Id || i.Level == IssueSeverity.Error);
        }
    }

    [Fact]
    public void An_ordinary_valid_entry_costs_no_memory()
    {
        AssociationEntry entry = EntryJson.Read("""
            {
              "Name": "AWS-RunPatchBaseline", "AssociationName": "Patch-1", "ComplianceSeverity": "HIGH", "MaxErrors": "5%", "MaxConcurrency": "10",
              "Parameters": { "Operation": [ "Scan" ] }, "Targets": [ { "Key": "tag:Role", "Values": [ "web", "db" ] } ],
              "ScheduleExpression": "cron(0 2 ? * SUN#2 *)", "ApplyOnlyAtCronInterval": true, "ScheduleOffset": 2,
              "OutputLocation": { "S3Location": { "OutputS3BucketName": "logs", "OutputS3KeyPrefix": "a" } },
              "AlarmConfiguration": { "Alarms": [ { "Name": "cpu" } ] }
            }
            """);
        var validator = new EntryValidator(new ValidationOptions { Region = "us-east-1" });
        var issues = new IssueCollector();
        validator.Validate(entry, issues);
        Assert.Empty(issues.Take());

        // Code that the runtime has not optimised yet makes boxes, and other tests share the patterns: of many rounds, with time
        // for the runtime between them, one at least is undisturbed.
        long least = long.MaxValue;
        for (int round = 0; round < 5_000 && least > 0; round++)
        {
            Thread.Sleep(10);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
            {
                validator.Validate(entry, issues);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void The_same_text_of_a_list_can_be_very_long()
    {
        var entry = new AssociationEntry { Name = "Doc-A", Targets = [new AssociationTarget { Key = "tag:a", Values = Enumerable.Repeat("x", 20_000).ToArray() }] };
        EntryIssue[] issues = EntryJson.Check(entry);
        Assert.Single(issues, i => i.RuleId == "Targets.Values.Count");
        Assert.Equal(19_999, issues.Count(i => i.RuleId == "Targets.Values.Repeated"));
    }

    [Fact]
    public void A_message_stays_one_line_whatever_the_value()
    {
        IEnumerable<EntryIssue> issues = EntryJson.Check(new AssociationEntry
        {
            Name = "a\r\nb" + new string('c', 500),
            ScheduleExpression = "rate(1\nday)",
            Targets = [new AssociationTarget { Key = "x\ty", Values = ["\u001b[31m"] }],
        });
        Assert.NotEmpty(issues);
        Assert.All(issues, i => Assert.DoesNotContain(i.Message, char.IsControl));
        Assert.All(issues, i => Assert.True(i.Message.Length < 400, i.Message));
    }
}
