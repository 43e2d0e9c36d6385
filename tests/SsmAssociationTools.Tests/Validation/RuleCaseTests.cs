using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>Every rule with entries that break it and entries that do not.</summary>
public sealed class RuleCaseTests
{
    private const string Region = "us-east-1";

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        for (int i = 0; i < RuleCases.All.Count; i++)
        {
            cases.Add(i, RuleCases.All[i].Id);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_break_is_reported_where_it_is_and_nowhere_else(int index, string id)
    {
        RuleCase one = RuleCases.All[index];
        EntryIssue[] issues = EntryJson.Check(one.Breaking, Region, isExcluded: RuleCatalog.Exclude(null, [id]).IsExcluded);
        EntryIssue issue = Assert.Single(issues, i => i.RuleId == id && i.Path == one.Path);
        Assert.Equal(one.Severity, issue.Level);
        Assert.EndsWith(".", issue.Message, StringComparison.Ordinal);
        Assert.NotEmpty(issue.Source);
        RuleDefinition rule = Assert.Single(RuleCatalog.All, r => r.Id == id);
        if (issue.Level != rule.Severity)
        {
            Assert.Equal(IssueSeverity.Error, rule.Severity);
            Assert.NotNull(rule.WarningWhen);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_entry_that_keeps_the_rule_has_no_error(int index, string id)
    {
        EntryIssue[] issues = EntryJson.Check(RuleCases.All[index].Passing, Region, isExcluded: RuleCatalog.Exclude(null, [id]).IsExcluded);
        Assert.DoesNotContain(issues, i => i.RuleId == id);
        Assert.DoesNotContain(issues, i => i.Level == IssueSeverity.Error);
    }

    [Fact]
    public void Every_rule_about_an_entry_has_a_case()
    {
        var elsewhere = new HashSet<string>(ReadingRules.All.Concat(RunRules.All).Concat(UpdateRules.All).Concat(ParameterRules.All).Concat(ServiceRules.All).Concat(FieldConstraints.AssociationDispatchAssumeRole.Rules).Append(DocumentRules.DispatchRoleMissing).Select(r => r.Id));
        IEnumerable<string> missing = RuleCatalog.All.Select(r => r.Id).Where(id => !elsewhere.Contains(id)).Except(RuleCases.All.Select(c => c.Id));
        Assert.Empty(missing);
    }

    [Fact]
    public void A_rule_that_can_be_a_warning_has_a_case_for_both()
    {
        (string Id, IssueSeverity Severity)[] cases = [.. RuleCases.All.Select(c => (c.Id, c.Severity)), .. DocumentCases.All.Select(c => (c.Id, c.Severity)), ("AutomationTargetParameterName.Undeclared", IssueSeverity.Error)];
        foreach (RuleDefinition rule in RuleCatalog.All.Except(ReadingRules.All).Except(ServiceRules.All).Where(r => r.WarningWhen is not null))
        {
            Assert.Contains((rule.Id, IssueSeverity.Error), cases);
            Assert.Contains((rule.Id, IssueSeverity.Warning), cases);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rule_that_is_turned_off_is_silent(int index, string id)
    {
        EntryIssue[] issues = EntryJson.Check(RuleCases.All[index].Breaking, Region, strict: true, isExcluded: RuleCatalog.Exclude([id]).IsExcluded);
        Assert.DoesNotContain(issues, i => i.RuleId == id);
        Assert.DoesNotContain(issues, i => i.Level == IssueSeverity.Warning);
    }

    [Fact]
    public void A_rule_that_is_off_by_default_speaks_only_where_it_is_turned_on()
    {
        RuleCase one = Assert.Single(RuleCases.All, c => c.Id == "Schedule.RunbookCron");

        Assert.Empty(Of(null));
        Assert.Empty(Of(RuleCatalog.Exclude(["Name.Length"]).IsExcluded));
        Assert.Empty(Of(RuleCatalog.Exclude(["Schedule.*"], ["Schedule.RunbookCron"]).IsExcluded));
        Assert.Single(Of(RuleCatalog.Exclude(null, ["schedule.runbook*"]).IsExcluded));
        Assert.Equal(["Nothing"], RuleCatalog.Exclude(null, ["Nothing"]).Unknown);

        IEnumerable<EntryIssue> Of(Func<string, bool>? isExcluded) => EntryJson.Check(one.Breaking, Region, isExcluded: isExcluded).Where(i => i.RuleId == one.Id);
    }

    [Fact]
    public void Strict_makes_no_error_of_what_is_only_good_to_know()
    {
        RuleCase one = Assert.Single(RuleCases.All, c => c.Id == "DocumentVersion.LatestRunsOnEdit");

        Assert.Equal(IssueSeverity.Information, Assert.Single(EntryJson.Check(one.Breaking, Region, strict: true), i => i.RuleId == one.Id).Level);
    }
}
