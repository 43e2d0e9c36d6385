using System.Collections.Generic;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Follow;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Follow;

/// <summary>What a status and its numbers mean together: only what is known to be an end is one.</summary>
public sealed class RunStateTests
{
    [Theory]
    [InlineData("Success", "{Success=4}", "Success", true)]
    [InlineData("Success", "{Skipped=1, Success=3}", "Success", true)]
    [InlineData("Success", "{}", "Pending", false)]
    [InlineData("Success", "", "Pending", false)]
    [InlineData("Success", "{Success=0}", "Pending", false)]
    [InlineData("Success", "{Failed=1, Success=3}", "Failed", true)]
    [InlineData("Success", "{Success=3, TimedOut=1}", "Failed", true)]
    [InlineData("Success", "{Pending=1, Success=3}", "Running", false)]
    [InlineData("Success", "{InProgress=1, Success=3}", "Running", false)]
    [InlineData("Success", "{Rebooting=1, Success=3}", "Running", false)]
    [InlineData("Success", "{Skipped=2}", "Skipped", true)]
    [InlineData("Failed", "{Failed=1, Success=3}", "Failed", true)]
    [InlineData("Failed", "{}", "Failed", true)]
    [InlineData("TimedOut", "{TimedOut=2}", "TimedOut", true)]
    [InlineData("TimedOut", "{Failed=1, TimedOut=2}", "Failed", true)]
    [InlineData("Cancelled", "{Cancelled=2}", "Cancelled", true)]
    [InlineData("Cancelled", "{Failed=1}", "Failed", true)]
    [InlineData("Skipped", "{Skipped=2}", "Skipped", true)]
    [InlineData("Pending", "{}", "Pending", false)]
    [InlineData("Pending", "{Pending=2}", "Pending", false)]
    [InlineData("InProgress", "{Failed=2, InProgress=1}", "Running", false)]
    [InlineData("success", "{Success=4}", "Running", false)]
    [InlineData("Succeeded", "{Success=4}", "Running", false)]
    [InlineData("StuckAtInProgress", "{}", "Pending", false)]
    [InlineData(null, "{Success=4}", "Running", false)]
    public void A_status_is_an_end_only_with_numbers_that_say_so(string? word, string counts, string expected, bool isEnd)
    {
        RunState state = RunState.Of(new ExecutionRecord { Status = word }, StatusCounts.Parse(counts));

        Assert.Equal((expected, isEnd), (state.Status.ToString(), state.IsEnd));
    }

    [Theory]
    [InlineData("InProgress", OutcomeStatus.Running, false)]
    [InlineData("Rebooting", OutcomeStatus.Running, false)]
    [InlineData("Pending", OutcomeStatus.Pending, true)]
    [InlineData(null, OutcomeStatus.Pending, true)]
    public void Numbers_that_are_not_told_do_not_say_that_nobody_took_part(string? word, OutcomeStatus expected, bool isEmpty)
    {
        RunState state = RunState.Of(new ExecutionRecord { Status = word }, counts: null);

        Assert.Equal((expected, isEmpty), (state.Status, state.IsEmpty));
    }

    [Fact]
    public void Numbers_that_are_not_told_prove_no_success() =>
        Assert.False(RunState.Of(new ExecutionRecord { Status = "Success" }, null as IReadOnlyDictionary<string, int>).IsEnd);
}
