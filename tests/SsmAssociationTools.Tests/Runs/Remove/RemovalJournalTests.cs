using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Runs.Remove;
using SsmAssociationTools.Tests.Reliability;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Remove;

/// <summary>A removal that is cut short and run again with its journal.</summary>
public sealed class RemovalJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JournalPath => _folder.File("run.journal");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_run_says_the_same_and_calls_nothing()
    {
        var service = new RemovalService();
        List<string> ids = [.. Enumerable.Range(0, 20).Select(i => service.Add(RunHarness.Entry(i)))];
        ids.Add(ids[3]);
        IReadOnlyList<AssociationRemoval> first = Run(service, ids);
        int calls = service.Calls.Count;

        IReadOnlyList<AssociationRemoval> second = Run(service, ids);

        Assert.Equal(first.Select(result => (result.Index, result.Status, result.AssociationId)), second.Select(result => (result.Index, result.Status, result.AssociationId)));
        Assert.Equal(calls, service.Calls.Count);
        Assert.Contains("journal", second[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(first, static result => result.FromJournal);
        Assert.All(second.Take(20), static result => Assert.True(result.FromJournal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_call_whose_answer_nobody_heard_is_made_good(bool acted)
    {
        var service = new RemovalService();
        string id = service.Add(RunHarness.Entry(1));
        service.BeforeDelete = (_, _) => Throw(!acted);
        service.AfterDelete = (_, _) => Throw(acted);
        Run(service, [id], new RunOptions { MaxAttempt = 1 });
        service.BeforeDelete = null;
        service.AfterDelete = null;

        // What a process leaves that is killed during the call: the intent, and no outcome.
        string[] lines = File.ReadAllLines(JournalPath);
        Assert.Contains("outcome", lines[2], StringComparison.Ordinal);
        File.WriteAllText(JournalPath, string.Concat(lines.Take(2).Select(line => line + "\n")));
        AssociationRemoval result = Assert.Single(Run(service, [id]));

        Assert.Equal(RemovalStatus.Removed, result.State);
        Assert.Empty(service.Ids);
    }

    [Fact]
    public void What_a_killed_run_called_for_and_the_next_one_does_not_reach_is_Unknown()
    {
        var service = new RemovalService();
        string[] ids = [service.Add(RunHarness.Entry(1)), service.Add(RunHarness.Entry(2)), service.Add(RunHarness.Entry(3))];
        Run(service, [ids[1]]);
        File.WriteAllLines(JournalPath, File.ReadAllLines(JournalPath).Where(line => !line.Contains("\"outcome\"", StringComparison.Ordinal)));
        service.BeforeDelete = static (_, _) => throw RemovalService.Denied();

        using var journal = RemovalJournal.Open(JournalPath);
        using var harness = new RemovalHarness(service, new RunOptions { ThrottleLimit = 1 }, journal: journal);

        IReadOnlyList<AssociationRemoval> results = harness.Remove(ids.Select((id, i) =>
        {
            // The others come when the run has stopped.
            Assert.True(i == 0 || SpinWait.SpinUntil(() => harness.Reason is not null, TimeSpan.FromSeconds(30)));
            return (object?)id;
        }));

        Assert.Equal([RemovalStatus.Failed, RemovalStatus.Unknown, RemovalStatus.NotAttempted], results.Select(result => result.State));
    }

    [Fact]
    public void What_failed_or_was_not_there_is_tried_again()
    {
        var service = new RemovalService { BeforeDelete = static (_, _) => throw RemovalService.Throttled() };
        string id = service.Add(RunHarness.Entry(1));
        string gone = Guid.NewGuid().ToString();
        Assert.All(Run(service, [id, gone], new RunOptions { MaxAttempt = 1 }), result => Assert.Equal(RemovalStatus.Failed, result.State));
        service.BeforeDelete = null;

        Assert.Equal([RemovalStatus.Removed, RemovalStatus.Absent], Run(service, [id, gone]).Select(result => result.State));
    }

    [Fact]
    public void Another_Region_or_account_knows_nothing_of_it()
    {
        var service = new RemovalService();
        string id = service.Add(RunHarness.Entry(1));
        Run(service, [id]);

        Assert.Equal(RemovalStatus.Absent, Run(new RemovalService { AccountId = "222233334444" }, [id])[0].State);
        Assert.Equal(RemovalStatus.Absent, Run(new RemovalService { Region = "eu-west-1" }, [id])[0].State);
    }

    [Fact]
    public void The_journal_holds_ids_and_no_content()
    {
        var service = new RemovalService();
        AssociationEntry entry = RunHarness.Entry(1);
        entry.Parameters = new ParameterMap { ["Password"] = ["hunter-2-secret"] };
        string id = service.Add(entry);
        Run(service, [RemovalHarness.Created(id, entry)]);

        string text = File.ReadAllText(JournalPath);
        Assert.Contains(id, text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter-2-secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("patch-1", text, StringComparison.Ordinal);
        Assert.False(File.Exists(JournalPath + ".key"));
    }

    [Fact]
    public void Nothing_is_deleted_that_cannot_be_recorded()
    {
        var service = new RemovalService();
        List<string> ids = [.. Enumerable.Range(0, 5).Select(i => service.Add(RunHarness.Entry(i)))];
        var journal = RemovalJournal.Open(JournalPath);
        journal.Dispose();
        using var harness = new RemovalHarness(service, journal: journal);

        IReadOnlyList<AssociationRemoval> results = harness.Remove(ids);

        Assert.All(results, result => Assert.Equal(RemovalStatus.NotAttempted, result.State));
        Assert.Equal((ErrorCodes.JournalNotWritable, true), (harness.Reason!.ErrorCode, harness.Reason.IsFatal));
        Assert.Equal(0, service.Deletes);
    }

    [Fact]
    public void A_journal_of_the_other_command_is_told_apart()
    {
        using (Journal.Open(JournalPath))
        {
        }

        string removal = _folder.File("removal.journal");
        using (RemovalJournal.Open(removal))
        {
        }

        Assert.Equal("JournalOfOtherCommand", Assert.Throws<JournalException>(() => RemovalJournal.Open(JournalPath)).ErrorId);
        Assert.Equal("JournalOfOtherCommand", Assert.Throws<JournalException>(() => Journal.Open(removal)).ErrorId);
    }

    [Theory]
    [InlineData("text", "JournalDamaged")]
    [InlineData("{\"journal\":\"SsmAssociationTools\",\"version\":1,\"purpose\":\"remove\"}\n", "JournalVersion")]
    [InlineData("{\"journal\":\"SsmAssociationTools\",\"version\":2,\"purpose\":\"remove\"}\nnonsense\n", "JournalDamaged")]
    [InlineData("{\"journal\":\"SsmAssociationTools\",\"version\":2,\"purpose\":\"remove\"}\n{\"event\":\"outcome\",\"association\":\"a\",\"status\":\"Odd\"}\n", "JournalDamaged")]
    [InlineData("{\"journal\":\"SsmAssociationTools\",\"version\":2,\"purpose\":\"remove\"}\n{\"event\":\"intent\"}\n", "JournalDamaged")]
    public void A_file_that_cannot_be_read_is_left_as_it_is(string text, string errorId)
    {
        File.WriteAllText(JournalPath, text);

        Assert.Equal(errorId, Assert.Throws<JournalException>(() => RemovalJournal.Open(JournalPath)).ErrorId);
        Assert.Equal(text, File.ReadAllText(JournalPath));
    }

    [Fact]
    public void A_line_that_was_cut_off_is_dropped_and_the_run_goes_on()
    {
        var service = new RemovalService();
        List<string> ids = [.. Enumerable.Range(0, 3).Select(i => service.Add(RunHarness.Entry(i)))];
        Run(service, ids.Take(2));
        File.AppendAllText(JournalPath, "{\"event\":\"intent\",\"at\":\"20");

        Assert.All(Run(service, ids), result => Assert.Equal(RemovalStatus.Removed, result.State));
        Assert.All(Run(service, ids), result => Assert.Equal(RemovalStatus.Removed, result.State));
    }

    private static void Throw(bool isNow)
    {
        if (isNow)
        {
            throw RemovalService.TimedOut();
        }
    }

    private IReadOnlyList<AssociationRemoval> Run(RemovalService service, IEnumerable<object?> inputs, RunOptions? options = null)
    {
        using var journal = RemovalJournal.Open(JournalPath);
        using var harness = new RemovalHarness(service, options, journal: journal);
        return harness.Remove(inputs);
    }
}
