using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Tests.Reliability;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Journals;

/// <summary>A journal belongs to endpoint, account and Region, and answers for nothing else.</summary>
public sealed class JournalPlacesTests : IDisposable
{
    private const string Aws = "https://ssm.us-east-1.amazonaws.com";
    private const string Local = "http://127.0.0.1:4566";

    private readonly TemporaryFolder _folder = new();
    private readonly MemoryService _service = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string?, string?, string, bool> Places => new()
    {
        // endpoint, account, access key, Region, may it go on
        { Aws, "111122223333", "key-1", "us-east-1", true },
        { Aws, "111122223333", "key-2", "us-east-1", true },
        { Aws, null, "key-1", "us-east-1", true },
        { Aws, "444455556666", "key-1", "us-east-1", false },
        { Aws, null, "key-2", "us-east-1", false },
        { Local, "111122223333", "key-1", "us-east-1", false },
        { "https://ssm.eu-west-1.amazonaws.com", "111122223333", "key-1", "eu-west-1", false },
        { "https://ssm.cn-north-1.amazonaws.com.cn", "111122223333", "key-1", "cn-north-1", false },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Used_elsewhere_it_is_an_error_before_anything_is_sent(string endpoint, string? account, string? key, string region, bool isSame)
    {
        Send(new JournalPlace(Aws, "us-east-1", "111122223333", "key-1"));

        if (isSame)
        {
            Send(new JournalPlace(endpoint, region, account, key));
            Assert.Equal(1, _service.CreateCalls);
            return;
        }

        JournalException error = Assert.Throws<JournalException>(() => Send(new JournalPlace(endpoint, region, account, key)));
        Assert.Equal("JournalOfOtherPlace", error.ErrorId);
        Assert.Contains("us-east-1 of the account 111122223333 at " + Aws, error.Message, StringComparison.Ordinal);
        Assert.Contains(endpoint, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, _service.CreateCalls);
    }

    [Fact]
    public void A_rehearsal_never_answers_for_production()
    {
        Send(new JournalPlace(Local, "us-east-1", "123456789012", "key-1"));

        Assert.Equal("JournalOfOtherPlace", Assert.Throws<JournalException>(() => Send(new JournalPlace(Aws, "us-east-1", "123456789012", "key-1"))).ErrorId);
    }

    [Fact]
    public void A_run_for_one_Region_or_account_more_goes_on()
    {
        var first = new JournalPlace(Aws, "us-east-1", "111122223333", "key-1");
        var region = new JournalPlace("https://ssm.eu-west-1.amazonaws.com", "eu-west-1", "111122223333", "key-1");
        var account = new JournalPlace(Aws, "us-east-1", "444455556666", null);
        Send(first);
        Send(region, first);
        Send(account, first);

        // All three belong to it now.
        Send(account);
        Send(region);
        Assert.Equal(1, _service.CreateCalls);
    }

    [Fact]
    public void Where_nothing_was_sent_it_belongs_to_nobody_yet()
    {
        string path = _folder.File("run.journal");
        using (Journal journal = Journal.Open(path))
        {
            journal.Places.Enter([new JournalPlace(Local, "us-east-1", "123456789012", "key-1")], isNamedByInput: false);
        }

        using Journal again = Journal.Open(path);
        again.Places.Enter([new JournalPlace(Aws, "us-east-1", "123456789012", "key-1")], isNamedByInput: false);
    }

    [Fact]
    public void The_account_is_known_by_the_access_key_without_asking()
    {
        Send(new JournalPlace(Aws, "us-east-1", "111122223333", "key-1"));

        using Journal journal = Journal.Open(_folder.File("run.journal"));
        Assert.Equal("111122223333", journal.Places.AccountOf(new JournalPlace(Aws, "us-east-1", null, "key-1")));
        Assert.Null(journal.Places.AccountOf(new JournalPlace(Aws, "us-east-1", null, "key-2")));
        Assert.Null(journal.Places.AccountOf(new JournalPlace(Aws, "us-east-1", null, null)));
        Assert.Null(journal.Places.AccountOf(new JournalPlace(Local, "us-east-1", null, "key-1")));
    }

    private IReadOnlyList<AssociationResult> Send(params JournalPlace[] places)
    {
        using Journal journal = Journal.Open(_folder.File("run.journal"));
        journal.Places.Enter(places, isNamedByInput: false);
        using var harness = new RunHarness(_service, new RunOptions(), new InstantClock(), journal);
        IReadOnlyList<AssociationResult> results = harness.Send([RunHarness.Entry(1)]).ToList();
        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));

        // A further entry, so that new places are written as well.
        if (places.Length > 1)
        {
            File.AppendAllText(_folder.File("touched"), "x");
            journal.WriteIntent([], new SentTime(DateTime.UtcNow, null, null));
        }

        return results;
    }
}
