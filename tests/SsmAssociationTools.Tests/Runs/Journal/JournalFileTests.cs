using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Runs.Remove;
using SsmAssociationTools.Tests.Reliability;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Journals;

/// <summary>The file of a journal: torn, changed, in the way of others, or no file at all.</summary>
public sealed class JournalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryService _service = new();

    private string JournalPath => _folder.File("run.journal");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Torn_at_any_byte_it_opens_and_nothing_comes_twice_or_says_clearly_why_not()
    {
        Send(3);
        byte[] whole = File.ReadAllBytes(JournalPath);
        int refused = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(JournalPath, whole[..length]);
            try
            {
                using Journal journal = Journal.Open(JournalPath);
                Assert.InRange(journal.KnownEntries, 0, 3);
            }
            catch (JournalException error)
            {
                Assert.InRange(length, 1, 11);
                Assert.Equal("JournalDamaged", error.ErrorId);
                Assert.Contains("may be deleted", error.Message, StringComparison.Ordinal);
                Assert.Equal(whole[..length], File.ReadAllBytes(JournalPath));
                refused++;
            }
        }

        Assert.Equal(11, refused);
    }

    [Fact]
    public void Torn_after_the_intent_at_any_byte_the_entries_are_looked_for_and_not_sent_again()
    {
        Send(3);
        byte[] whole = File.ReadAllBytes(JournalPath);
        int intentEnd = Encoding.UTF8.GetString(whole).IndexOf('\n', Encoding.UTF8.GetString(whole).IndexOf("\"intent\"", StringComparison.Ordinal)) + 1;
        for (int length = intentEnd; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(JournalPath, whole[..length]);
            Assert.All(Send(3), result => Assert.Equal(AssociationStatus.Created, result.State));
        }

        Assert.Equal(1, _service.CreateCalls);
        Assert.Equal(3, _service.Records.Count);
    }

    [Theory]
    [InlineData(ExistingAssociationAction.Create)]
    [InlineData(ExistingAssociationAction.Skip)]
    [InlineData(ExistingAssociationAction.Fail)]
    public void What_a_killed_run_sent_is_not_sent_again_where_the_service_shows_it_without_a_member(ExistingAssociationAction action)
    {
        AssociationEntry[] entries = [.. Enumerable.Range(0, 3).Select(RunHarness.Entry)];
        Array.ForEach(entries, static entry => entry.Parameters = new ParameterMap { ["Operation"] = ["Scan"] });
        _service.OnCreate = (_, request, _) => Task.FromResult(_service.Act(new CreateBatchRequest([.. Enumerable.Range(0, request.Entries.Count).Select(RunHarness.Entry)], null)));
        Send(entries);
        string[] lines = File.ReadAllLines(JournalPath);
        File.WriteAllLines(JournalPath, lines.TakeWhile(line => !line.Contains("\"outcome\"", StringComparison.Ordinal)));

        using Journal journal = Journal.Open(JournalPath);
        using var harness = new RunHarness(_service, new RunOptions { IfExists = action }, new InstantClock(), journal);

        Assert.All(harness.Send(entries), result => Assert.Equal(AssociationStatus.Unknown, result.State));
        Assert.Equal(1, _service.CreateCalls);
        Assert.Equal(3, _service.Records.Count);
    }

    [Theory]
    [InlineData(ExistingAssociationAction.Create)]
    [InlineData(ExistingAssociationAction.Skip)]
    [InlineData(ExistingAssociationAction.Fail)]
    public void What_a_killed_run_sent_and_the_next_one_cannot_look_for_is_Unknown_and_only_the_rest_was_not_attempted(ExistingAssociationAction action)
    {
        AssociationEntry[] entries = [.. Enumerable.Range(0, 4).Select(RunHarness.Entry)];
        Send(entries.Skip(1).Take(2));
        string[] lines = File.ReadAllLines(JournalPath);
        File.WriteAllLines(JournalPath, lines.TakeWhile(line => !line.Contains("\"outcome\"", StringComparison.Ordinal)));
        void Refuse() => throw new GatewayException(GatewayErrorKind.Denied, "AccessDeniedException", "You may not.");
        _service.OnList = _ => Refuse();
        _service.OnCreate = (_, request, _) =>
        {
            Refuse();
            return Task.FromResult(_service.Act(request));
        };

        using Journal journal = Journal.Open(JournalPath);
        using var harness = new RunHarness(_service, new RunOptions { IfExists = action, BatchSize = 1, ThrottleLimit = 1 }, new InstantClock(), journal);
        IReadOnlyList<AssociationResult> results = harness.Send(entries.Select((entry, i) =>
        {
            // The others come when the run has stopped.
            Assert.True(i == 0 || SpinWait.SpinUntil(() => harness.Reason is not null, TimeSpan.FromMinutes(10)));
            return entry;
        }));

        Assert.All(results.Skip(1).Take(2), result => Assert.Equal((AssociationStatus.Unknown, false), (result.State, result.IsRetryable)));
        Assert.Equal(AssociationStatus.NotAttempted, results[3].State);
        Assert.Equal(action == ExistingAssociationAction.Create ? AssociationStatus.Failed : AssociationStatus.NotAttempted, results[0].State);

        // The next run still knows that it has to look.
        journal.Dispose();
        _service.OnList = null;
        _service.OnCreate = null;
        Assert.All(Send(entries).Skip(1), result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(action == ExistingAssociationAction.Create ? 3 : 4, _service.Records.Count);
    }

    [Fact]
    public void What_a_killed_run_sent_is_Unknown_where_its_Region_cannot_be_reached_any_more()
    {
        AssociationEntry[] entries = [.. Enumerable.Range(0, 4).Select(RunHarness.Entry)];
        using (Journal killed = Journal.Open(JournalPath))
        using (var harness = new RunHarness(_service, new RunOptions(), new InstantClock(), killed))
        {
            harness.Add(0, entries[1], "eu-west-1");
            harness.Add(1, entries[2], "eu-west-1");
            harness.Complete();
        }

        File.WriteAllLines(JournalPath, File.ReadAllLines(JournalPath).TakeWhile(line => !line.Contains("\"outcome\"", StringComparison.Ordinal)));

        using Journal journal = Journal.Open(JournalPath);
        using var next = new RunHarness(
            destination => destination.Region == "eu-west-1" ? throw new GatewayException(GatewayErrorKind.NoCredentials, ErrorCodes.CredentialsRefused, "The role was not assumed.") : _service,
            new RunOptions(),
            new InstantClock(),
            journal);
        next.Add(0, entries[0], "us-east-1");
        foreach (int i in (int[])[1, 2, 3])
        {
            next.Add(i, entries[i], "eu-west-1");
        }

        next.Complete();

        Assert.Equal([AssociationStatus.Created, AssociationStatus.Unknown, AssociationStatus.Unknown, AssociationStatus.NotAttempted], next.Results.Select(result => result.State));
        Assert.All(next.Results.Skip(1), result => Assert.Contains("The role was not assumed.", result.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Zeros_at_the_end_as_a_power_failure_leaves_them_are_dropped()
    {
        Send(3);
        using (FileStream file = File.OpenWrite(JournalPath))
        {
            file.SetLength(file.Length + 4096);
        }

        Assert.All(Send(3), result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(1, _service.CreateCalls);
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        Send(2);
        byte[] whole = File.ReadAllBytes(JournalPath);
        for (int place = 0; place < whole.Length - 1; place++)
        {
            byte[] changed = (byte[])whole.Clone();
            changed[place] = changed[place] == (byte)'A' ? (byte)'B' : (byte)'A';
            File.WriteAllBytes(JournalPath, changed);

            JournalException? error = Record.Exception(() => Journal.Open(JournalPath).Dispose()) as JournalException;

            Assert.True(error?.ErrorId is "JournalDamaged" or "JournalVersion", $"byte {place}: {error?.ErrorId}");
            Assert.Equal(changed, File.ReadAllBytes(JournalPath));
        }
    }

    [Fact]
    public void A_line_that_is_gone_stands_twice_or_stands_elsewhere_is_noticed()
    {
        Send(3);
        string[] lines = File.ReadAllLines(JournalPath);
        foreach (string[] changed in new[] { lines.Where((_, i) => i != 1).ToArray(), [.. lines.Take(3), lines[2], .. lines.Skip(3)], [lines[0], lines[1], lines[3], lines[2], .. lines.Skip(4)] })
        {
            File.WriteAllText(JournalPath, string.Concat(changed.Select(line => line + "\n")));
            Assert.Equal("JournalDamaged", Assert.Throws<JournalException>(() => Journal.Open(JournalPath)).ErrorId);
        }
    }

    [Fact]
    public void A_last_line_without_its_end_counts_where_it_is_whole()
    {
        Send(3);
        string text = File.ReadAllText(JournalPath);
        File.WriteAllText(JournalPath, text.TrimEnd('\n'));

        using (Journal journal = Journal.Open(JournalPath))
        {
            Assert.Equal(3, journal.KnownEntries);
        }

        Assert.Equal(text, File.ReadAllText(JournalPath));
    }

    [Fact]
    public void A_file_of_somebody_else_in_the_place_of_the_key_is_left_as_it_is()
    {
        foreach (string content in new[] { "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n", Convert.ToBase64String(new byte[32]) + "\n", new string('x', 100_000), "S" + new string(' ', 150) })
        {
            File.WriteAllText(JournalPath + ".key", content);

            Assert.Equal("JournalKeyForeign", Assert.Throws<JournalException>(() => Journal.Open(JournalPath)).ErrorId);
            Assert.Equal(content, File.ReadAllText(JournalPath + ".key"));
        }
    }

    [Fact]
    public void A_folder_or_a_link_in_the_place_of_the_key_is_left_as_it_is()
    {
        Directory.CreateDirectory(JournalPath + ".key");
        Assert.Equal("JournalNotWritable", Assert.Throws<JournalException>(() => Journal.Open(JournalPath)).ErrorId);
        Directory.Delete(JournalPath + ".key");

        string elsewhere = _folder.File("elsewhere");
        File.CreateSymbolicLink(JournalPath + ".key", elsewhere);
        Assert.Equal("JournalNotWritable", Assert.Throws<JournalException>(() => Journal.Open(JournalPath)).ErrorId);
        Assert.False(File.Exists(elsewhere));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SsmAssoc")]
    [InlineData("SsmAssociationTools journal key AAAA")]
    public void The_beginning_of_a_key_that_a_killed_run_left_is_made_whole(string begun)
    {
        File.WriteAllText(JournalPath + ".key", begun);

        Assert.All(Send(1), result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.All(Send(1), result => Assert.True(result.Attempts == 0));
    }

    [Fact]
    public void A_journal_that_was_deleted_begins_anew_with_the_key_that_is_left()
    {
        Send(1);
        string key = File.ReadAllText(JournalPath + ".key");
        File.Delete(JournalPath);

        Send(1);

        Assert.Equal(key, File.ReadAllText(JournalPath + ".key"));
        Assert.Equal(2, _service.Records.Count);
    }

    [Fact]
    public void The_key_of_another_journal_is_refused()
    {
        Send(1);
        string other = _folder.File("other.journal");
        Journal.Open(other).Dispose();
        File.Copy(other + ".key", JournalPath + ".key", overwrite: true);

        Assert.Equal("JournalKeyMismatch", Assert.Throws<JournalException>(() => Journal.Open(JournalPath)).ErrorId);
    }

    [Fact]
    public void The_key_can_be_read_by_its_owner_alone()
    {
        Send(1);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(JournalPath + ".key"));
        }
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/full")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/tty")]
    public void A_device_is_no_journal(string device)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(device))
        {
            return;
        }

        string link = _folder.File("link");
        File.CreateSymbolicLink(link, device);
        foreach (string path in new[] { device, link })
        {
            string errorId = Assert.Throws<JournalException>(() => RemovalJournal.Open(path)).ErrorId;

            // A terminal that a process does not have cannot even be opened.
            Assert.True(errorId == "JournalNotAFile" || (device == "/dev/tty" && errorId == "JournalNotWritable"), errorId);
        }
    }

    [Fact]
    public void A_pipe_or_a_socket_is_no_journal()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string pipe = _folder.File("pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            make.WaitForExit();
        }

        Assert.Equal("JournalNotAFile", Assert.Throws<JournalException>(() => Journal.Open(pipe)).ErrorId);
        Assert.False(File.Exists(pipe + ".key"));

        string path = _folder.File("socket");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        Assert.Equal("JournalNotWritable", Assert.Throws<JournalException>(() => Journal.Open(path)).ErrorId);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_not_called_in_use()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal("JournalNotWritable", Assert.Throws<JournalException>(() => Journal.Open("/proc/version")).ErrorId);
        Assert.Equal("JournalNotWritable", Assert.Throws<JournalException>(() => Journal.Open("/proc/new.journal")).ErrorId);
        Assert.Equal("JournalPathInvalid", Assert.Throws<JournalException>(() => Journal.Open("a\0b")).ErrorId);
    }

    [Theory]
    [InlineData(@"C:\runs\a<b.journal")]
    [InlineData(@"C:\runs\a*b.journal")]
    [InlineData(@"C:\runs\a|b.journal")]
    [InlineData(@"C:\runs\""b.journal")]
    [InlineData(@"C:\runs\run.journal:stream")]
    [InlineData(@"C:\runs\con.txt")]
    [InlineData(@"C:\runs\con .txt")]
    [InlineData(@"C:\aux\run.journal")]
    [InlineData("NUL")]
    [InlineData("C:/runs/nul.journal")]
    [InlineData(@"C:\runs\COM1")]
    [InlineData(@"C:\runs\lpt9.journal")]
    [InlineData("C:\\runs\\com\u00B9")]
    [InlineData(@"C:\runs\run.")]
    [InlineData(@"C:\runs\run ")]
    [InlineData(@"C:\runs.\run.journal")]
    [InlineData(@"\\.\C:\run.journal")]
    [InlineData(@"\\?\C:\runs\con")]
    [InlineData("C:\\runs\\a\tb")]
    public void Names_that_Windows_takes_for_something_else_are_refused(string path) => Assert.NotNull(SsmAssociationTools.Runs.Journal.JournalPath.ProblemOnWindows(path));

    [Theory]
    [InlineData(@"C:\runs\run.journal")]
    [InlineData(@"C:run.journal")]
    [InlineData(@"..\runs\run.journal")]
    [InlineData(@"\\server\share\run.journal")]
    [InlineData(@"\\?\C:\runs\run.journal")]
    [InlineData(@"\\?\UNC\server\share\run.journal")]
    [InlineData("C:/runs/console.journal")]
    [InlineData(@"C:\runs\com10.journal")]
    [InlineData(@"C:\runs\.hidden")]
    [InlineData(@"C:\Läufe\naïve.journal")]
    public void Other_names_are_taken(string path) => Assert.Null(SsmAssociationTools.Runs.Journal.JournalPath.ProblemOnWindows(path));

    [Fact]
    public void A_row_whose_content_changed_under_its_name_is_not_created_a_second_time()
    {
        AssociationEntry[] rows = [.. Enumerable.Range(0, 4).Select(RunHarness.Entry)];
        IReadOnlyList<AssociationResult> first = Send(rows);
        rows[1].MaxErrors = "10%";

        IReadOnlyList<AssociationResult> second = Send([.. rows, RunHarness.Entry(4)]);

        Assert.Equal(5, _service.Records.Count);
        Assert.Equal([AssociationStatus.Created, AssociationStatus.Failed, AssociationStatus.Created, AssociationStatus.Created, AssociationStatus.Created], second.Select(static result => result.State));
        Assert.Equal("AssociationDiffers", second[1].ErrorCode);
        Assert.Contains(first[1].AssociationId!, second[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_was_changed_after_a_kill_is_not_sent_beside_what_the_killed_run_may_have_created()
    {
        Send(2);
        string whole = File.ReadAllText(JournalPath);
        File.WriteAllText(JournalPath, whole[..(whole.IndexOf('\n', whole.IndexOf("\"intent\"", StringComparison.Ordinal)) + 1)]);
        AssociationEntry row = RunHarness.Entry(1);
        row.MaxErrors = "10%";

        AssociationResult result = Assert.Single(Send([row]));

        Assert.Equal((AssociationStatus.Failed, "AssociationDiffers"), (result.State, result.ErrorCode));
        Assert.Equal(2, _service.Records.Count);
    }

    [Fact]
    public void Entries_that_share_a_name_on_purpose_are_created_whatever_run_comes_to_them()
    {
        AssociationEntry[] rows = [.. Enumerable.Range(0, 3).Select(static i => new AssociationEntry { Name = "a", AssociationName = "shared", Targets = RunHarness.Entry(i).Targets })];
        Send(rows[..2]);

        IReadOnlyList<AssociationResult> results = Send(rows);

        Assert.All(results, static result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(3, _service.Records.Count);
    }

    private IReadOnlyList<AssociationResult> Send(int count)
    {
        using Journal journal = Journal.Open(JournalPath);
        using var harness = new RunHarness(_service, new RunOptions(), new InstantClock(), journal);
        return harness.Send(Enumerable.Range(0, count).Select(RunHarness.Entry)).ToList();
    }

    private IReadOnlyList<AssociationResult> Send(IEnumerable<AssociationEntry> entries)
    {
        using Journal journal = Journal.Open(JournalPath);
        using var harness = new RunHarness(_service, new RunOptions(), new InstantClock(), journal);
        return harness.Send(entries).ToList();
    }
}
