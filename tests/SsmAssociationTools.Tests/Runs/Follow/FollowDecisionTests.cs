using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Follow;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>What is decided from what was read, without a service and without a clock.</summary>
public sealed class FollowDecisionTests
{
    private static readonly DateTime s_noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly FollowDecision s_decision = new(new FollowOptions { Waits = true, ReachTimeout = TimeSpan.FromSeconds(300) });

    [Theory]
    [InlineData("Success", 3, "End", OutcomeStatus.Success)]
    [InlineData("Failed", 3, "End", OutcomeStatus.Failed)]
    [InlineData("InProgress", 3, "LookAgain", null)]
    [InlineData("Success", 0, "LookAgain", null)]
    public void An_execution_decides_when_it_has_ended_on_a_node(string word, int nodes, string step, OutcomeStatus? status)
    {
        FollowItem item = Item(Execution(word, nodes));

        FollowVerdict verdict = s_decision.Of(item, At(10), mayDescribe: true);

        Assert.Equal(step, verdict.Step.ToString());
        Assert.Equal(status ?? default, verdict.Status);
    }

    [Theory]
    [InlineData(300, false)]
    [InlineData(301, true)]
    public void A_success_without_a_node_reached_nobody_once_the_time_for_that_is_over(int seconds, bool isOver)
    {
        FollowItem item = Item(Execution("Success", 0));

        FollowVerdict verdict = s_decision.Of(item, At(seconds), mayDescribe: true);

        Assert.Equal(isOver ? FollowVerdict.Settled(OutcomeStatus.ReachedNobody) : FollowVerdict.Open, verdict);
    }

    [Fact]
    public void Without_an_execution_the_description_is_asked_for_and_only_once()
    {
        FollowItem item = Item(execution: null);

        Assert.Equal(FollowVerdict.NeedsDescription, s_decision.Of(item, At(10), mayDescribe: true));
        Assert.Equal(FollowVerdict.Open, s_decision.OfNoExecution(item, At(10), mayDescribe: true));
        Assert.Equal(FollowVerdict.Open, s_decision.Of(item, At(10), mayDescribe: false));
    }

    [Theory]
    [InlineData(11, true)]
    [InlineData(13, false)]
    public void What_runs_at_scheduled_times_alone_is_scheduled_until_its_next_run_is_due(int hour, bool isScheduled)
    {
        FollowItem item = Item(execution: null);
        item.Description = new AssociationRecord
        {
            AssociationVersion = "1",
            LastUpdateAssociationDate = s_noon.AddHours(-2),
            Content = new AssociationEntry { ApplyOnlyAtCronInterval = true, ScheduleExpression = "cron(0 12 * * ? *)" },
        };
        var now = new FollowMoment(TimeSpan.FromSeconds(10), s_noon.Date.AddHours(hour), s_noon.Date.AddHours(hour), FollowTime.LongLag);

        FollowVerdict verdict = s_decision.Of(item, now, mayDescribe: true);

        Assert.Equal(isScheduled, verdict == FollowVerdict.Settled(OutcomeStatus.Scheduled));
        Assert.Equal(isScheduled ? s_noon : null, item.NextRun);
    }

    [Theory]
    [InlineData(-1, "End", OutcomeStatus.Success)]
    [InlineData(1, "Settle", OutcomeStatus.Superseded)]
    [InlineData(null, "End", OutcomeStatus.Success)]
    public void A_version_counts_when_it_ended_before_the_next_one_was_made(int? endedAfterTakeover, string step, OutcomeStatus status)
    {
        FollowItem item = Item(Execution("Success", 3));
        item.NoteVersion("2", TimeSpan.Zero);

        Assert.Equal(FollowVerdict.NeedsTakeover, s_decision.Of(item, At(10), mayDescribe: true));
        FollowVerdict verdict = s_decision.OfTakeover(item, endedAfterTakeover is { } seconds ? s_noon.AddSeconds(-seconds) : null, At(10));

        Assert.Equal((step, status), (verdict.Step.ToString(), verdict.Status));
    }

    [Theory]
    [InlineData(29, null, false)]
    [InlineData(30, null, true)]
    [InlineData(0, 59, false)]
    [InlineData(0, 61, true)]
    public void An_association_that_is_not_there_is_deleted_at_once_only_where_it_is_known_to_be_old(int missingFor, int? age, bool isGone)
    {
        FollowItem item = Item(execution: null);
        item.Line = null;
        item.MissingSince = TimeSpan.Zero;
        item.Date = age is { } seconds ? s_noon.AddSeconds(missingFor - seconds) : null;

        Assert.Equal(isGone, FollowDecision.IsGone(item, At(missingFor)));
    }

    [Fact]
    public void Executions_are_read_again_when_the_line_says_something_new()
    {
        FollowItem item = Item(execution: null);
        item.Take(Line("Pending"), TimeSpan.Zero);
        item.NoteLook(TimeSpan.Zero);

        Assert.False(s_decision.IsWorthALook(item, At(10)));

        item.Take(Line("Success"), TimeSpan.FromSeconds(10));

        Assert.True(s_decision.IsWorthALook(item, At(10)));
    }

    [Fact]
    public void When_the_time_is_over_the_message_says_how_it_stood()
    {
        FollowItem item = Item(new ExecutionRecord { Status = "InProgress", CreatedTime = s_noon, StatusCounts = StatusCounts.Parse("{InProgress=1, Success=2}") });

        FollowVerdict verdict = s_decision.OfTimeOver(item);

        Assert.Equal((OutcomeStatus.Running, "OutcomeUndecided"), (verdict.Status, verdict.Code));
        Assert.Equal("It was not decided after 3600 seconds: InProgress=1, Success=2.", verdict.Message);
    }

    /// <summary>An association of version 1 whose line says nothing yet, followed since noon.</summary>
    private static FollowItem Item(ExecutionRecord? execution)
    {
        var item = new FollowItem(0, null) { Id = Guid.NewGuid(), Basis = FollowKind.Version, Version = "1", Since = TimeSpan.Zero };
        item.Take(Line("Success"), TimeSpan.Zero);
        item.Take(execution, TimeSpan.Zero);
        item.State = execution is null ? null : RunState.Of(execution, item.Counts);
        return item;
    }

    private static AssociationRecord Line(string status) =>
        new() { AssociationVersion = "1", Status = status, StatusCounts = new Dictionary<string, int> { ["Success"] = 1 } };

    private static ExecutionRecord Execution(string word, int nodes) => new()
    {
        ExecutionId = "e",
        AssociationVersion = "1",
        Status = word,
        CreatedTime = s_noon,
        StatusCounts = nodes == 0 ? new Dictionary<string, int>() : new Dictionary<string, int> { [word] = nodes },
    };

    /// <summary>Some time after noon, on all clocks.</summary>
    private static FollowMoment At(int seconds) =>
        new(TimeSpan.FromSeconds(seconds), s_noon.AddSeconds(seconds), s_noon.AddSeconds(seconds), FollowTime.LongLag);
}
