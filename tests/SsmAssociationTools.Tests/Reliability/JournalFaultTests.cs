using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Reliability;

/// <summary>Journals that are damaged, in use, full or lost, and inputs that change between runs.</summary>
public sealed class JournalFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryService _service = new();

    private string Path => _folder.File("journal");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(60)]
    public void A_torn_last_line_is_dropped_and_its_entry_looked_for(int bytes)
    {
        Send(Entries(3));
        string text = File.ReadAllText(Path);
        File.WriteAllText(Path, text.Substring(0, text.Length - bytes));

        IReadOnlyList<AssociationResult> results = Send(Entries(3));

        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(_service.Records.Select(record => record.AssociationId), results.Select(result => result.AssociationId));
        Assert.Equal(1, _service.CreateCalls);
        Assert.EndsWith("\n", File.ReadAllText(Path), StringComparison.Ordinal);
        Assert.All(File.ReadAllLines(Path), line => Assert.EndsWith("}", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_line_in_the_middle_is_an_error_that_names_it()
    {
        Send(Entries(3));
        string[] lines = File.ReadAllLines(Path);
        lines[2] = lines[2].Substring(0, lines[2].Length / 2);
        File.WriteAllLines(Path, lines);

        JournalException error = Assert.Throws<JournalException>(() => Journal.Open(Path));

        Assert.Equal("JournalDamaged", error.ErrorId);
        Assert.Contains("line 3", error.Message);
    }

    [Fact]
    public void A_file_that_is_no_journal_is_left_as_it_is()
    {
        File.WriteAllText(Path, "Name,Targets\nAWS-UpdateSSMAgent,tag:a=b\n");
        File.WriteAllText(Path + ".key", Convert.ToBase64String(new byte[32]));

        Assert.Equal("JournalDamaged", Assert.Throws<JournalException>(() => Journal.Open(Path)).ErrorId);
        Assert.StartsWith("Name,Targets", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    public void A_journal_of_another_version_is_refused(string version)
    {
        Send(Entries(1));
        File.WriteAllText(Path, File.ReadAllText(Path).Replace("\"version\":2", "\"version\":" + version, StringComparison.Ordinal));

        Assert.Equal("JournalVersion", Assert.Throws<JournalException>(() => Journal.Open(Path)).ErrorId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void A_journal_without_its_key_is_refused(string? key)
    {
        Send(Entries(1));
        if (key is null)
        {
            File.Delete(Path + ".key");
        }
        else
        {
            File.WriteAllText(Path + ".key", key);
        }

        Assert.Equal("JournalKeyMissing", Assert.Throws<JournalException>(() => Journal.Open(Path)).ErrorId);
    }

    [Fact]
    public void A_second_run_on_one_journal_is_refused_and_the_first_goes_on()
    {
        using var journal = Journal.Open(Path);

        Assert.Equal("JournalInUse", Assert.Throws<JournalException>(() => Journal.Open(Path)).ErrorId);

        using var harness = new RunHarness(_service, new RunOptions(), new InstantClock(), journal);
        Assert.All(harness.Send(Entries(3)), result => Assert.Equal(AssociationStatus.Created, result.State));
    }

    [Fact]
    public void A_folder_in_place_of_the_journal_is_an_error()
    {
        Directory.CreateDirectory(Path);

        Assert.Equal("JournalNotWritable", Assert.Throws<JournalException>(() => Journal.Open(Path)).ErrorId);
    }

    [Fact]
    public void A_journal_that_is_lost_in_the_middle_stops_the_sending_and_what_is_known_is_reported()
    {
        using var journal = Journal.Open(Path);
        _service.OnCreate = (_, request, _) =>
        {
            CreateBatchAnswer answer = _service.Act(request);

            // A share that goes away takes the open file with it.
            ((JournalFile)typeof(Journal).GetField("_file", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(journal)!).Dispose();
            return System.Threading.Tasks.Task.FromResult(answer);
        };
        using var harness = new RunHarness(_service, new RunOptions { BatchSize = 2, ThrottleLimit = 1 }, new InstantClock(), journal);

        IReadOnlyList<AssociationResult> results = harness.Send(Entries(6));

        Assert.Equal(1, _service.CreateCalls);
        Assert.Equal(6, results.Count);
        Assert.All(results.Take(2), result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.All(results.Skip(2), result => Assert.Equal(AssociationStatus.NotAttempted, result.State));
        Assert.Equal(ErrorCodes.JournalNotWritable, harness.Control.Reason!.ErrorCode);
        Assert.True(harness.Control.Reason.IsFatal);
    }

    [Fact]
    public void Of_a_changed_input_only_the_changed_entry_is_sent()
    {
        List<AssociationEntry> entries = Entries(10);
        Send(entries);
        entries[4] = RunHarness.Entry(104);
        entries.Reverse();
        CreateBatchRequest? request = null;
        _service.OnCreate = (_, sent, _) => System.Threading.Tasks.Task.FromResult(_service.Act(request = sent));

        IReadOnlyList<AssociationResult> results = Send(entries);

        Assert.Equal("patch-104", Assert.Single(request!.Entries).AssociationName);
        Assert.Equal(2, _service.CreateCalls);
        Assert.All(results, (result, i) => Assert.Equal(entries[i].AssociationName, _service.Records.Single(record => record.AssociationId == result.AssociationId).Content.AssociationName));
    }

    [Fact]
    public void One_more_twin_in_the_second_run_is_sent_once()
    {
        Send([RunHarness.Entry(1), RunHarness.Entry(1)]);

        IReadOnlyList<AssociationResult> results = Send([RunHarness.Entry(1), RunHarness.Entry(1), RunHarness.Entry(1)]);

        Assert.Equal(3, _service.Records.Count);
        Assert.Equal(3, results.Select(result => result.AssociationId).Distinct().Count());
    }

    [Fact]
    public void A_lost_answer_of_the_first_run_is_not_taken_for_a_similar_entry_of_the_second()
    {
        // The first run sent both and died; only the entry that has more was created. The second run reads the other first.
        AssociationEntry less = RunHarness.Entry(1);
        AssociationEntry more = RunHarness.Entry(1);
        more.MaxErrors = "10";
        using (var journal = Journal.Open(Path))
        using (var canonical = new CanonicalContent())
        {
            var here = new Destination(_service.Region, null);
            WorkItem[] items = [new(0, null, less, canonical.KeyOf(less), []) { Destination = here }, new(1, null, more, canonical.KeyOf(more), []) { Destination = here }];
            Assert.All(items, item => Assert.Null(journal.Identify(item)));
            journal.WriteIntent(items, new SentTime(DateTime.UtcNow, null, DateTime.UtcNow));
        }

        _service.Act(new CreateBatchRequest([more], null));

        IReadOnlyList<AssociationResult> results = Send([less, more], new RunOptions { BatchSize = 1, ThrottleLimit = 1 });

        Assert.Equal(2, _service.Records.Count);
        Assert.Null(_service.Records.Single(record => record.AssociationId == results[0].AssociationId).Content.MaxErrors);
        Assert.Equal("10", _service.Records.Single(record => record.AssociationId == results[1].AssociationId).Content.MaxErrors);
    }

    [Fact]
    public void An_entry_that_a_killed_run_had_read_and_not_sent_is_no_row_that_was_changed()
    {
        AssociationEntry first = RunHarness.Entry(1);
        AssociationEntry later = RunHarness.Entry(1);
        later.MaxErrors = "10";
        KillBetween(first, later);

        IReadOnlyList<AssociationResult> results = Send([first, later], new RunOptions { BatchSize = 1, ThrottleLimit = 1 });

        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(2, _service.Records.Count);
    }

    [Fact]
    public void A_row_that_was_changed_after_a_kill_is_told_though_the_killed_run_had_read_what_it_was_before()
    {
        AssociationEntry first = RunHarness.Entry(1);
        AssociationEntry later = RunHarness.Entry(1);
        later.MaxErrors = "10";
        KillBetween(first, later);
        first.MaxErrors = "20";

        Assert.Equal("AssociationDiffers", Assert.Single(Send([first])).ErrorCode);
    }

    /// <summary>Two calls are under way at a time. The one with the later entry was on the disk when the run died, and the other was not.</summary>
    private void KillBetween(AssociationEntry first, AssociationEntry later)
    {
        using (var journal = Journal.Open(Path))
        using (var canonical = new CanonicalContent())
        {
            var here = new Destination(_service.Region, null);
            WorkItem[] items = [new(0, null, first, canonical.KeyOf(first), []) { Destination = here }, new(1, null, later, canonical.KeyOf(later), []) { Destination = here }];
            foreach (WorkItem item in items)
            {
                Assert.Null(journal.Identify(item));
                journal.Await(item);
            }

            journal.WriteIntent([items[1]], new SentTime(DateTime.UtcNow, null, DateTime.UtcNow));
        }

        _service.Act(new CreateBatchRequest([later], null));
    }

    [Fact]
    public void A_journal_shows_no_content_and_names_it_differently_in_each_file()
    {
        AssociationEntry entry = RunHarness.Entry(1);
        entry.Parameters = new ParameterMap { ["Password"] = ["hunter2-hunter2"] };
        _service.OnCreate = (_, request, _) => System.Threading.Tasks.Task.FromResult(new CreateBatchAnswer
        {
            Failed = [new FailedEntry { Entry = request.Entries[0], Message = "Parameter value 'hunter2-hunter2' is not allowed.", Fault = "Client" }],
        });

        Send([entry]);
        string first = File.ReadAllText(Path);
        string other = _folder.File("other");
        Send([entry], path: other);
        string second = File.ReadAllText(other);

        foreach (string text in new[] { first, second })
        {
            Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Password", text, StringComparison.Ordinal);
            Assert.DoesNotContain("patch-1", text, StringComparison.Ordinal);
            using var canonical = new CanonicalContent();
            byte[] hash = System.Security.Cryptography.SHA256.HashData(canonical.BytesOf(entry));
            Assert.DoesNotContain(Convert.ToBase64String(hash, 0, 18), text, StringComparison.Ordinal);
        }

        Assert.Empty(Names(first).Intersect(Names(second)));
        Assert.NotEmpty(Names(first));
    }

    private static List<AssociationEntry> Entries(int count) => [.. Enumerable.Range(0, count).Select(RunHarness.Entry)];

    private static IEnumerable<string> Names(string journal) =>
        journal.Split('"').Where(part => part.EndsWith(":0", StringComparison.Ordinal));

    private IReadOnlyList<AssociationResult> Send(IEnumerable<AssociationEntry> entries, RunOptions? options = null, string? path = null)
    {
        using var journal = Journal.Open(path ?? Path);
        using var harness = new RunHarness(_service, options ?? new RunOptions(), new InstantClock(), journal);
        return harness.Send(entries);
    }
}
