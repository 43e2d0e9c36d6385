using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Completion;
using SsmAssociationTools.Scheduling;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Completion;

/// <summary>What completion offers is true: names exist, values are accepted, every rule is there.</summary>
public sealed class CompleterTests
{
    [Fact]
    public void Every_known_document_that_associations_can_run_has_a_purpose_and_no_other() => Assert.Equal(
        KnownDocuments.All.Where(document => document.Type is DocumentType.Command or DocumentType.Automation).Select(document => document.Name).Order(StringComparer.Ordinal),
        DocumentPurposes.All.Select(document => document.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Purposes_are_sentences_that_tell_runbooks_from_commands() => Assert.All(DocumentPurposes.All, document =>
    {
        Assert.EndsWith(".", document.Value, StringComparison.Ordinal);
        Assert.Equal(
            KnownDocuments.Find(document.Key)!.Type == DocumentType.Automation,
            document.Value.StartsWith("Runbook: ", StringComparison.Ordinal));
    });

    [Fact]
    public void Schedules_that_are_offered_have_nothing_wrong()
    {
        IReadOnlyList<CompletionResult> offered = Offered(new ScheduleCompleter());

        Assert.Equal(3, offered.Select(match => ScheduleExpression.Parse(match.ListItemText).Kind).Distinct().Count());
        Assert.All(offered, match => Assert.Empty(ScheduleExpression.Parse(match.ListItemText).Problems));
    }

    [Fact]
    public void Every_rule_is_offered_by_its_id() =>
        Assert.Equal(RuleCatalog.All.Select(rule => rule.Id), Offered(new RuleIdCompleter()).Select(match => match.CompletionText));

    [Fact]
    public void Keys_of_targets_that_are_offered_are_known() => Assert.All(
        Offered(new TargetCompleter()),
        match => Assert.NotEqual(TargetKeyKind.Unknown, TargetKey.KindOf(match.ListItemText.Split('=')[0])));

    [Theory]
    [InlineData(null, 6)]
    [InlineData("", 6)]
    [InlineData("'", 6)]
    [InlineData("it's", 1)]
    [InlineData("'it''s", 0)]
    [InlineData("B", 1)]
    [InlineData("zz", 0)]
    public void Any_text_may_be_typed(string? word, int count) => Assert.Equal(count, Offered(new Sample(), word).Count);

    [Fact]
    public void Quotes_stand_where_PowerShell_needs_them()
    {
        Assert.Equal(
            ["plain-1", "'two words'", "'it''s'", "'$HOME'", "'-b'", "'@list'"],
            Offered(new Sample()).Select(match => match.CompletionText));
        Assert.Equal(
            ["\"plain-1\"", "\"two words\"", "\"it's\"", "\"`$HOME\"", "\"-b\"", "\"@list\""],
            Offered(new Sample(), "\"").Select(match => match.CompletionText));
    }

    private static IReadOnlyList<CompletionResult> Offered(IArgumentCompleter completer, string? word = "") =>
        [.. completer.CompleteArgument("New-SsmAssociationEntry", "Name", word!, null!, null!)];

    private sealed class Sample : ChoiceCompleter
    {
        protected override IEnumerable<Choice> Choices(IDictionary bound) =>
            new[] { "plain-1", "two words", "it's", "$HOME", "-b", "@list" }.Select(text => new Choice(text, "tip"));
    }
}
