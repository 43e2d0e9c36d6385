using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Create;

/// <summary>
/// What a service says of what it created is accounted for, however it says it: nothing comes twice, and no entry is given
/// the association of another.
/// </summary>
public sealed class AccountingTests
{
    private readonly JumpingClock _clock = new();
    private readonly FakeGateway _gateway;

    public AccountingTests() => _gateway = new FakeGateway { Now = () => _clock.UtcNow };

    /// <summary>Ways in which a service may say something else than was sent. Each changes the copy that it is given.</summary>
    private static readonly (string Name, Action<AssociationEntry, string> Change)[] s_changes =
    [
        ("hands its own id to the document", static (e, id) => (e.Parameters = Copy(e.Parameters))["AssociationId"] = [id]),
        ("fills in defaults", static (e, _) => (e.MaxErrors, e.MaxConcurrency, e.DocumentVersion, e.ComplianceSeverity) = (e.MaxErrors ?? "0", e.MaxConcurrency ?? "50", e.DocumentVersion ?? "$DEFAULT", e.ComplianceSeverity ?? "UNSPECIFIED")),
        ("trims", static (e, _) => e.Parameters = Each(e.Parameters, static text => text.Trim())),
        ("turns lines", static (e, _) => e.Parameters = Each(e.Parameters, static text => text.Replace("\n", "\r\n", StringComparison.Ordinal))),
        ("removes what is repeated", static (e, _) => e.Targets = [.. e.Targets!.Select(static t => new AssociationTarget { Key = t!.Key, Values = [.. t.Values!.Distinct()] })]),
        ("sorts", static (e, _) => e.Targets = [.. e.Targets!.Select(static t => new AssociationTarget { Key = t!.Key, Values = [.. t.Values!.Reverse()] }).Reverse()]),
        ("respells the schedule", static (e, _) => e.ScheduleExpression = e.ScheduleExpression?.ToUpperInvariant().Replace("1 HOUR", "60 MINUTES", StringComparison.Ordinal).Replace("SUN", "1", StringComparison.Ordinal)),
        ("drops the parameters", static (e, _) => e.Parameters = null),
        ("drops what the run is held to", static (e, _) => e.MaxErrors = e.MaxConcurrency = null),
        ("drops the targets", static (e, _) => e.Targets = null),
        ("drops the name", static (e, _) => e.AssociationName = null),
        ("keeps the id alone", static (e, _) => (e.Name, e.AssociationName, e.Targets, e.Parameters, e.ScheduleExpression, e.MaxErrors, e.MaxConcurrency, e.DocumentVersion, e.ComplianceSeverity) = (null, null, null, null, null, null, null, null, null)),
        ("writes JSON anew", static (e, _) => e.Parameters = Each(e.Parameters, static text => text.Replace("{\"a\": 1, \"b\": true}", "{\"b\":true,\"a\":1}", StringComparison.Ordinal))),
        ("writes truth values with capitals", static (e, _) => e.Parameters = Each(e.Parameters, static text => text == "true" ? "True" : text)),
    ];

    public static TheoryData<int> Changes => [.. Enumerable.Range(0, s_changes.Length)];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 150)];

    [Theory]
    [MemberData(nameof(Changes))]
    public void However_the_answer_spells_what_was_created_it_is_not_sent_again(int change)
    {
        IReadOnlyList<AssociationEntry> entries = Entries();

        IReadOnlyList<AssociationResult> results = Run(entries, (entry, id) => Apply(change, entry, id), static (entry, _) => entry);

        Assert.Single(_gateway.Requests);
        CheckOwn(entries, results);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Changes_in_any_mixture_give_every_entry_its_own_association(int seed)
    {
        var random = new Random(seed);
        int[] changes = [.. Enumerable.Range(0, s_changes.Length).Where(_ => random.Next(3) == 0)];
        List<AssociationEntry> entries = [.. Entries().Where(_ => random.Next(4) != 0)];
        bool isShuffled = random.Next(2) == 0;

        IReadOnlyList<AssociationResult> results = Run(
            entries,
            (entry, id) => changes.Aggregate(entry, (changed, change) => Apply(change, changed, id)),
            static (entry, _) => entry,
            isShuffled ? random : null,
            omits: random.Next(3) == 0 && entries.Count > 1 ? random.Next(entries.Count) : -1);

        Assert.Single(_gateway.Requests);
        CheckOwn(entries, results);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_service_that_keeps_what_it_changed_creates_nothing_twice(int seed)
    {
        // Here nothing shows any more what was asked for, so some entries cannot be told apart; none may come twice.
        var random = new Random(seed);
        int[] changes = [.. Enumerable.Range(0, s_changes.Length).Where(_ => random.Next(3) == 0)];
        IReadOnlyList<AssociationEntry> entries = Entries();
        AssociationEntry Changed(AssociationEntry entry, string id) => changes.Aggregate(entry, (changed, change) => Apply(change, changed, id));

        IReadOnlyList<AssociationResult> results = Run(entries, Changed, Changed, random);

        Assert.Single(_gateway.Requests);
        Assert.Equal(entries.Count, _gateway.Existing.Count);
        Assert.All(results, result => Assert.Contains(result.State, (AssociationStatus[])[AssociationStatus.Created, AssociationStatus.Unknown]));
        Assert.Equal(results.Count(result => result.AssociationId is not null), results.Select(result => result.AssociationId).OfType<string>().Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_entry_with_more_beside_one_with_less_is_told_apart_although_defaults_are_filled_in(bool isAnswered)
    {
        AssociationEntry less = RunHarness.Entry(1);
        AssociationEntry more = RunHarness.Entry(1);
        more.MaxErrors = "5";

        IReadOnlyList<AssociationResult> results = Run([less, more], static (entry, id) => Apply(1, Apply(0, entry, id), id), static (entry, id) => Apply(1, Apply(0, entry, id), id), isLost: !isAnswered);

        Assert.Single(_gateway.Requests);
        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal("0", Stored(results[0]).MaxErrors);
        Assert.Equal("5", Stored(results[1]).MaxErrors);
    }

    [Fact]
    public void Of_two_entries_the_one_that_was_not_created_is_sent_again_although_the_other_could_be_its_own_with_more()
    {
        AssociationEntry less = RunHarness.Entry(1);
        AssociationEntry more = RunHarness.Entry(1);
        more.MaxErrors = "5";
        _gateway.OnCreate = (call, request) =>
        {
            Store(call == 1 ? request.Entries.Where(entry => entry.MaxErrors is not null) : request.Entries, static (entry, id) => Apply(1, entry, id));
            return call == 1 ? throw Lost() : Answer(request.Entries.Count, static (entry, _) => entry);
        };

        IReadOnlyList<AssociationResult> results = Send([less, more]);

        Assert.Equal(2, _gateway.Existing.Count);
        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(["0", "5"], results.Select(result => Stored(result).MaxErrors));
    }

    [Fact]
    public void Where_a_default_may_explain_it_neither_entry_is_sent_again()
    {
        // One association, and either entry may have created it: the service fills in what the other asked for.
        AssociationEntry less = RunHarness.Entry(1);
        AssociationEntry more = RunHarness.Entry(1);
        more.MaxErrors = "0";
        _gateway.OnCreate = (_, request) =>
        {
            Store(request.Entries.Take(1), static (entry, id) => Apply(1, entry, id));
            throw Lost();
        };

        IReadOnlyList<AssociationResult> results = Send([less, more]);

        Assert.Single(_gateway.Requests);
        Assert.All(results, result => Assert.Equal(AssociationStatus.Unknown, result.State));
        Assert.All(results, result => Assert.Contains(_gateway.Existing[0].AssociationId!, result.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_record_that_stands_in_the_answer_twice_is_not_taken_for_the_one_that_is_left_out(bool acted)
    {
        AssociationEntry[] entries = [RunHarness.Entry(1), new() { Name = "AWS-RunPatchBaseline", InstanceId = "i-0123456789abcdef0" }];
        _gateway.OnCreate = (call, request) =>
        {
            _gateway.Store(request.Entries.Take(acted || call > 1 ? 2 : 1));
            AssociationRecord first = _gateway.Existing[0];
            return call > 1 ? new CreateBatchAnswer { Successful = [_gateway.Existing[^1]] } : new CreateBatchAnswer { Successful = [first, first], ServiceTime = _clock.UtcNow };
        };

        IReadOnlyList<AssociationResult> results = Send(entries);

        Assert.Equal(acted ? 1 : 2, _gateway.Requests.Count);
        CheckOwn(entries, results);
    }

    [Fact]
    public void An_association_that_an_earlier_entry_has_is_not_given_to_a_later_one()
    {
        // A proxy that answers with what it answered before.
        CreateBatchAnswer? before = null;
        _gateway.OnCreate = (call, request) => call == 2 ? before! : before = StoreAndAnswer(request);

        IReadOnlyList<AssociationResult> results = Send([RunHarness.Entry(1), RunHarness.Entry(1)]);

        Assert.Equal(2, _gateway.Existing.Count);
        Assert.Equal(2, results.Select(result => result.AssociationId).Distinct().Count());
        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_record_without_an_id_is_looked_up(string? id)
    {
        _gateway.OnCreate = (_, request) =>
        {
            _gateway.Store(request.Entries);
            return new CreateBatchAnswer { Successful = [.. request.Entries.Select(entry => new AssociationRecord { AssociationId = id, Content = entry })], ServiceTime = _clock.UtcNow };
        };
        IReadOnlyList<AssociationEntry> entries = [RunHarness.Entry(1), RunHarness.Entry(2)];

        IReadOnlyList<AssociationResult> results = Send(entries);

        Assert.Single(_gateway.Requests);
        CheckOwn(entries, results);
    }

    [Fact]
    public void A_record_without_an_id_that_is_not_listed_leaves_its_entry_unknown_and_is_not_sent_again()
    {
        _gateway.OnCreate = (_, request) => new CreateBatchAnswer { Successful = [.. request.Entries.Select(static entry => new AssociationRecord { Content = entry })] };

        IReadOnlyList<AssociationResult> results = Send([RunHarness.Entry(1), RunHarness.Entry(2)]);

        Assert.Single(_gateway.Requests);
        Assert.All(results, result => Assert.Equal((AssociationStatus.Unknown, false), (result.State, result.IsRetryable)));
    }

    [Fact]
    public void While_the_answer_names_an_association_that_nobody_has_no_open_entry_of_the_call_is_sent_again()
    {
        // Two entries, one association that says nothing of itself, not even when it is described.
        _gateway.OnCreate = (_, _) => new CreateBatchAnswer { Successful = [new AssociationRecord { AssociationId = "id-silent" }], ServiceTime = _clock.UtcNow };

        IReadOnlyList<AssociationResult> results = Send([RunHarness.Entry(1), RunHarness.Entry(2), RunHarness.Entry(3)]);

        Assert.Single(_gateway.Requests);
        Assert.All(results, result => Assert.Equal(AssociationStatus.Unknown, result.State));
        Assert.All(results, result => Assert.Contains("id-silent", result.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_only_association_belongs_to_the_only_entry()
    {
        _gateway.OnCreate = (_, _) => new CreateBatchAnswer { Successful = [new AssociationRecord { AssociationId = "id-silent" }], ServiceTime = _clock.UtcNow };

        AssociationResult result = Assert.Single(Send([RunHarness.Entry(1)]));

        Assert.Equal((AssociationStatus.Created, "id-silent"), (result.State, result.AssociationId));
        Assert.Single(_gateway.Requests);
    }

    [Fact]
    public void An_association_of_another_document_is_not_taken_although_it_is_the_only_one()
    {
        _gateway.OnCreate = (_, _) => new CreateBatchAnswer
        {
            Successful = [new AssociationRecord { AssociationId = "id-other", Content = new AssociationEntry { Name = "AWS-UpdateSSMAgent", AssociationName = "other" } }],
            ServiceTime = _clock.UtcNow,
        };

        AssociationResult result = Assert.Single(Send([RunHarness.Entry(1)]));

        Assert.Equal(AssociationStatus.Unknown, result.State);
        Assert.Contains("id-other", result.Message, StringComparison.Ordinal);
        Assert.Single(_gateway.Requests);
    }

    [Fact]
    public void What_was_there_before_and_stands_in_the_answer_beside_the_rest_is_nobodys()
    {
        _gateway.Store([RunHarness.Entry(1)]);
        _clock.DelayAsync(TimeSpan.FromHours(1), default);
        _gateway.OnCreate = (_, request) =>
        {
            _gateway.Store(request.Entries);
            return new CreateBatchAnswer { Successful = [.. _gateway.Existing], ServiceTime = _clock.UtcNow };
        };

        IReadOnlyList<AssociationResult> results = Send([RunHarness.Entry(1), RunHarness.Entry(2)]);

        Assert.Equal(_gateway.Existing.Skip(1).Select(record => record.AssociationId), results.Select(result => result.AssociationId));
    }

    [Fact]
    public void More_than_was_asked_for_is_named()
    {
        _gateway.OnCreate = (_, request) =>
        {
            _gateway.Store(request.Entries);
            _gateway.Store([RunHarness.Entry(7)]);
            return new CreateBatchAnswer { Successful = [.. _gateway.Existing], ServiceTime = _clock.UtcNow };
        };
        using var harness = new RunHarness(_gateway, new RunOptions(), _clock);

        Assert.Equal(AssociationStatus.Created, Assert.Single(harness.Send([RunHarness.Entry(1)])).State);
        Assert.Contains(_gateway.Existing[1].AssociationId!, Assert.Single(harness.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_settled_does_not_stand_in_the_way_of_what_is_looked_for()
    {
        // The second entry has all that the first has, and is settled at once; the answer leaves the first out.
        AssociationEntry less = RunHarness.Entry(1);
        AssociationEntry more = RunHarness.Entry(1);
        more.MaxErrors = "5";

        IReadOnlyList<AssociationResult> results = Run([more, less], static (entry, _) => entry, static (entry, id) => Apply(1, entry, id), omits: 1);

        Assert.Single(_gateway.Requests);
        Assert.Equal(["5", "0"], results.Select(result => Stored(result).MaxErrors));
    }

    private static List<AssociationEntry> Entries()
    {
        var entries = new List<AssociationEntry>();
        for (int i = 0; i < 8; i++)
        {
            AssociationEntry entry = RunHarness.Entry(i);
            entry.Targets = [new AssociationTarget { Key = "tag:b", Values = ["x", $"g{i / 2}", "x"] }, new AssociationTarget { Key = "tag:a", Values = ["z", "y"] }];
            entry.AssociationName = i < 4 ? $"name-{i / 2}" : null;
            entry.Parameters = new ParameterMap { ["commands"] = [$" echo {i}\n", "{\"a\": 1, \"b\": true}"], ["flag"] = [i % 2 == 0 ? "true" : "false"] };
            entry.ScheduleExpression = (i % 3) switch { 0 => "rate(1 hour)", 1 => "cron(0 2 ? * SUN *)", _ => null };
            entry.MaxErrors = i % 2 == 0 ? null : $"{i}";
            entries.Add(entry);
        }

        return entries;
    }

    private static ParameterMap Copy(ParameterMap? map)
    {
        var copy = new ParameterMap();
        foreach (KeyValuePair<string, string?[]?> pair in map ?? [])
        {
            copy.Add(pair.Key, pair.Value);
        }

        return copy;
    }

    private static ParameterMap? Each(ParameterMap? map, Func<string, string> change)
    {
        ParameterMap copy = Copy(map);
        foreach (string key in copy.Keys.ToList())
        {
            copy[key] = [.. copy[key]!.Select(text => change(text!))];
        }

        return map is null ? null : copy;
    }

    private static AssociationEntry Apply(int change, AssociationEntry entry, string id)
    {
        AssociationEntry copy = ReadBackContent.Of(entry, null);
        if (copy.Targets is not null || s_changes[change].Name is not ("removes what is repeated" or "sorts"))
        {
            s_changes[change].Change(copy, id);
        }

        return copy;
    }

    private static GatewayException Lost() => new(GatewayErrorKind.Ambiguous, ErrorCodes.ConnectionLost, "The connection broke.");

    private void Store(IEnumerable<AssociationEntry> entries, Func<AssociationEntry, string, AssociationEntry> keeps)
    {
        foreach (AssociationEntry entry in entries)
        {
            AssociationRecord record = _gateway.Record(entry);
            _gateway.Existing.Add(new AssociationRecord { AssociationId = record.AssociationId, AssociationVersion = "1", Date = record.Date, Content = keeps(entry, record.AssociationId!) });
        }
    }

    private CreateBatchAnswer Answer(int count, Func<AssociationEntry, string, AssociationEntry> says) => new()
    {
        Successful = [.. _gateway.Existing.TakeLast(count).Select(record => new AssociationRecord { AssociationId = record.AssociationId, AssociationVersion = "1", Date = record.Date, Content = says(record.Content, record.AssociationId!) })],
        ServiceTime = _clock.UtcNow,
    };

    private CreateBatchAnswer StoreAndAnswer(CreateBatchRequest request)
    {
        Store(request.Entries, static (entry, _) => entry);
        return Answer(request.Entries.Count, static (entry, _) => entry);
    }

    private IReadOnlyList<AssociationResult> Run(
        IReadOnlyList<AssociationEntry> entries,
        Func<AssociationEntry, string, AssociationEntry> says,
        Func<AssociationEntry, string, AssociationEntry> keeps,
        Random? order = null,
        int omits = -1,
        bool isLost = false)
    {
        _gateway.OnCreate = (_, request) =>
        {
            Store(request.Entries, keeps);
            CreateBatchAnswer answer = Answer(request.Entries.Count, says);
            List<AssociationRecord> parts = [.. answer.Successful.Where((_, i) => i != omits)];
            AssociationRecord[] shuffled = [.. parts];
            order?.Shuffle(shuffled);
            return isLost ? throw Lost() : new CreateBatchAnswer { Successful = shuffled, ServiceTime = answer.ServiceTime };
        };
        return Send(entries);
    }

    private IReadOnlyList<AssociationResult> Send(IEnumerable<AssociationEntry> entries)
    {
        using var harness = new RunHarness(_gateway, new RunOptions { ThrottleLimit = 1 }, _clock);
        return harness.Send(entries).ToList();
    }

    private AssociationEntry Stored(AssociationResult result) => _gateway.Existing.Single(record => record.AssociationId == result.AssociationId).Content;

    private void CheckOwn(IReadOnlyList<AssociationEntry> entries, IReadOnlyList<AssociationResult> results)
    {
        using var canonical = new CanonicalContent();
        Assert.Equal(entries.Count, _gateway.Existing.Count);
        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.All(results, (result, i) => Assert.Equal(canonical.KeyOf(entries[i]), canonical.KeyOf(Stored(result))));
        Assert.Equal(entries.Count, results.Select(result => result.AssociationId).Distinct().Count());
    }
}
