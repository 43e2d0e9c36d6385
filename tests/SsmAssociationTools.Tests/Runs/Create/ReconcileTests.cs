using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Create;

public sealed class ReconcileTests
{
    private readonly JumpingClock _clock = new();
    private readonly FakeGateway _gateway;

    public ReconcileTests() => _gateway = new FakeGateway { Now = () => _clock.UtcNow };

    [Fact]
    public void A_call_that_acted_and_was_not_answered_is_not_sent_again()
    {
        _gateway.OnCreate = (_, request) =>
        {
            _gateway.Store(request.Entries);
            throw Lost();
        };

        IReadOnlyList<AssociationResult> results = Run(Entries(20));

        Assert.Single(_gateway.Requests);
        Assert.All(results, r => Assert.Equal(AssociationStatus.Created, r.State));
        Assert.Equal(_gateway.Existing.Select(r => r.AssociationId), results.Select(r => r.AssociationId));
    }

    [Fact]
    public void Where_the_list_is_read_anyway_an_older_one_of_the_name_with_other_content_is_a_warning()
    {
        AssociationEntry old = RunHarness.Entry(1);
        old.MaxErrors = "10%";
        _gateway.Store([old, RunHarness.Entry(7)]);
        _clock.Pass(TimeSpan.FromHours(1));
        _gateway.OnCreate = (call, request) => call == 1 ? throw Lost() : StoreAndAnswer(request);

        using var harness = new RunHarness(_gateway, new RunOptions { ThrottleLimit = 1 }, _clock);
        IReadOnlyList<AssociationResult> results = harness.Send(Entries(3));

        Assert.All(results, static result => Assert.Equal(AssociationStatus.Created, result.State));
        string warning = Assert.Single(harness.Warnings);
        Assert.StartsWith("Entry 1 ", warning, StringComparison.Ordinal);
        Assert.Contains(_gateway.Existing[0].AssociationId!, warning, StringComparison.Ordinal);
        Assert.Contains("other content", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("patch-0")]
    public void A_value_that_a_default_stands_in_place_of_is_doubt_and_not_absence(string? name)
    {
        AssociationEntry entry = RunHarness.Entry(0);
        entry.AssociationName = name;
        entry.MaxErrors = "1";
        AssociationEntry shown = RunHarness.Entry(0);
        shown.AssociationName = name;
        shown.MaxErrors = "100%";
        _gateway.OnCreate = (_, _) =>
        {
            _gateway.Store([shown]);
            throw Lost();
        };

        AssociationResult result = Assert.Single(Run([entry]));

        Assert.Equal(AssociationStatus.Unknown, result.State);
        Assert.Contains(_gateway.Existing[0].AssociationId!, result.Message, StringComparison.Ordinal);
        Assert.Single(_gateway.Requests);
    }

    [Fact]
    public void An_association_without_a_name_that_asks_for_something_else_is_anothers()
    {
        AssociationEntry entry = RunHarness.Entry(0);
        entry.AssociationName = null;
        entry.MaxErrors = "1";
        AssociationEntry others = RunHarness.Entry(0);
        others.AssociationName = null;
        others.MaxErrors = "3";
        _gateway.OnCreate = (call, request) =>
        {
            if (call > 1)
            {
                return StoreAndAnswer(request);
            }

            _gateway.Store([others]);
            throw Lost();
        };

        Assert.Equal(AssociationStatus.Created, Assert.Single(Run([entry])).State);
    }

    [Fact]
    public void A_call_that_did_not_act_is_sent_again()
    {
        _gateway.OnCreate = (call, request) => call == 1 ? throw Lost() : StoreAndAnswer(request);

        IReadOnlyList<AssociationResult> results = Run(Entries(20));

        Assert.Equal(2, _gateway.Requests.Count);
        Assert.Equal(20, _gateway.Existing.Count);
        Assert.All(results, r => Assert.Equal((AssociationStatus.Created, 2), (r.State, r.Attempts)));
    }

    [Fact]
    public void Of_a_call_that_acted_in_part_only_the_rest_is_sent_again()
    {
        _gateway.OnCreate = (call, request) =>
        {
            if (call > 1)
            {
                return StoreAndAnswer(request);
            }

            _gateway.Store(request.Entries.Take(7));
            throw Lost();
        };

        Run(Entries(20));

        Assert.Equal(13, _gateway.Requests[1].Entries.Count);
        Assert.Equal(20, _gateway.Existing.Select(r => r.Content.AssociationName).Distinct().Count());
        Assert.Equal(20, _gateway.Existing.Count);
    }

    [Fact]
    public void Entries_that_the_answer_leaves_out_are_looked_for()
    {
        _gateway.OnCreate = (_, request) =>
        {
            _gateway.Store(request.Entries);
            return new CreateBatchAnswer { Successful = _gateway.Existing.Take(15).ToList() };
        };

        IReadOnlyList<AssociationResult> results = Run(Entries(20));

        Assert.Single(_gateway.Requests);
        Assert.All(results, r => Assert.Equal(AssociationStatus.Created, r.State));
        Assert.Equal(20, results.Select(r => r.AssociationId).Distinct().Count());
    }

    [Fact]
    public void A_list_that_lags_behind_is_read_again()
    {
        _gateway.ListLag = 3;
        _gateway.OnCreate = (_, request) =>
        {
            _gateway.Store(request.Entries);
            throw Lost();
        };

        IReadOnlyList<AssociationResult> results = Run(Entries(1));

        Assert.Single(_gateway.Requests);
        Assert.Equal(AssociationStatus.Created, results[0].State);
    }

    [Fact]
    public void What_was_there_before_the_run_is_not_taken_for_its_work()
    {
        _gateway.Store(Entries(1));
        _clock.DelayAsync(TimeSpan.FromMinutes(1), default);
        _gateway.OnCreate = (call, request) => call == 1 ? throw Lost() : StoreAndAnswer(request);

        IReadOnlyList<AssociationResult> results = Run(Entries(2));

        Assert.Equal(3, _gateway.Existing.Count);
        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.DoesNotContain(_gateway.Existing[0].AssociationId, results.Select(result => result.AssociationId));
    }

    [Fact]
    public void As_long_as_no_record_was_seen_what_was_there_before_leaves_the_entry_unknown()
    {
        // Nobody knows yet whether what answers has the clock that dates records.
        _gateway.Store(Entries(1));
        _clock.DelayAsync(TimeSpan.FromMinutes(1), default);
        _gateway.OnCreate = (_, _) => throw Lost();

        Assert.Equal(AssociationStatus.Unknown, Assert.Single(Run(Entries(1))).State);
        Assert.Single(_gateway.Requests);
    }

    [Fact]
    public void Identical_entries_are_kept_apart()
    {
        _gateway.OnCreate = (call, request) =>
        {
            _gateway.Store(request.Entries);
            return call % 2 == 0 ? throw Lost() : new CreateBatchAnswer { Successful = _gateway.Existing.TakeLast(request.Entries.Count).ToList() };
        };
        AssociationEntry[] entries = Enumerable.Repeat(0, 6).Select(_ => RunHarness.Entry(1)).ToArray();

        IReadOnlyList<AssociationResult> results = Run(entries);

        Assert.Equal(6, _gateway.Existing.Count);
        Assert.Equal(6, results.Select(r => r.AssociationId).Distinct().Count());
        Assert.All(results, r => Assert.Equal(AssociationStatus.Created, r.State));
    }

    [Fact]
    public void An_entry_is_not_given_the_association_of_one_that_says_more()
    {
        AssociationEntry less = RunHarness.Entry(1);
        AssociationEntry more = RunHarness.Entry(1);
        more.MaxErrors = "5";
        _gateway.OnCreate = (call, request) =>
        {
            if (call > 1)
            {
                return StoreAndAnswer(request);
            }

            _gateway.Store(request.Entries.Where(e => e.MaxErrors is not null));
            throw Lost();
        };

        IReadOnlyList<AssociationResult> results = Run([less, more]);

        Assert.Equal(2, _gateway.Existing.Count);
        Assert.Equal(2, results.Select(r => r.AssociationId).Distinct().Count());
        Assert.Null(_gateway.Existing.Single(r => r.AssociationId == results[0].AssociationId).Content.MaxErrors);
    }

    [Fact]
    public void What_the_service_fills_in_does_not_hide_an_association()
    {
        _gateway.OnCreate = (_, request) =>
        {
            _gateway.Store(request.Entries.Select(e => new AssociationEntry
            {
                Name = e.Name,
                AssociationName = e.AssociationName,
                Targets = e.Targets,
                DocumentVersion = "$DEFAULT",
                MaxConcurrency = "50",
                ComplianceSeverity = "UNSPECIFIED",
                Parameters = new ParameterMap { ["AssociationId"] = ["filled in"] },
            }));
            throw Lost();
        };

        AssociationResult result = Assert.Single(Run(Entries(1)));

        Assert.Equal(AssociationStatus.Created, result.State);
        Assert.Single(_gateway.Requests);
    }

    [Fact]
    public void Two_new_associations_with_the_content_leave_the_entry_unknown()
    {
        _gateway.OnCreate = (_, request) =>
        {
            _gateway.Store(request.Entries);
            _gateway.Store(request.Entries);
            throw Lost();
        };

        AssociationResult result = Assert.Single(Run(Entries(1)));

        Assert.Equal(AssociationStatus.Unknown, result.State);
        Assert.All(_gateway.Existing, r => Assert.Contains(r.AssociationId!, result.Message, StringComparison.Ordinal));
        Assert.Single(_gateway.Requests);
    }

    [Fact]
    public void Without_leave_to_list_the_entries_stay_unknown_and_nothing_is_sent_again()
    {
        _gateway.OnCreate = (_, _) => throw Lost();
        _gateway.OnList = _ => throw new GatewayException(GatewayErrorKind.Denied, "AccessDeniedException", "no");

        IReadOnlyList<AssociationResult> results = Run(Entries(5));

        Assert.All(results, r => Assert.Equal((AssociationStatus.Unknown, false), (r.State, r.IsRetryable)));
        Assert.Single(_gateway.Requests);
    }

    [Theory]
    [InlineData(ErrorCodes.InvalidNextToken, 7, AssociationStatus.Created)]
    [InlineData(ErrorCodes.InvalidNextToken, 9, AssociationStatus.Unknown)]
    [InlineData(ErrorCodes.ListWithoutEnd, 1, AssociationStatus.Unknown)]
    public void A_list_that_cannot_be_read_on_is_read_later_and_leaves_entries_of_other_lists_alone(string code, int times, object expected)
    {
        int lists = 0;
        _gateway.OnList = list =>
        {
            if (list.AssociationName == "patch-0" && lists++ < times)
            {
                throw new GatewayException(GatewayErrorKind.Rejected, code, "The list changed.");
            }
        };
        _gateway.OnCreate = (_, request) =>
        {
            _gateway.Store(request.Entries);
            throw Lost();
        };

        IReadOnlyList<AssociationResult> results = Run(Entries(3));

        Assert.Equal([(AssociationStatus)expected, AssociationStatus.Created, AssociationStatus.Created], results.Select(result => result.State));
        Assert.Contains((AssociationStatus)expected == AssociationStatus.Created ? string.Empty : code, results[0].Message ?? string.Empty, StringComparison.Ordinal);
        Assert.Single(_gateway.Requests);
    }

    [Fact]
    public void A_list_that_is_throttled_is_read_again()
    {
        int lists = 0;
        _gateway.OnList = _ =>
        {
            if (++lists <= 3)
            {
                throw new GatewayException(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded");
            }
        };
        _gateway.OnCreate = (_, request) =>
        {
            _gateway.Store(request.Entries);
            throw Lost();
        };

        Assert.Equal(AssociationStatus.Created, Assert.Single(Run(Entries(1))).State);
    }

    [Theory]
    [InlineData(ExistingAssociationAction.Skip, AssociationStatus.Existing)]
    [InlineData(ExistingAssociationAction.Fail, AssociationStatus.Failed)]
    public void What_is_there_already_is_not_created_again(ExistingAssociationAction action, AssociationStatus status)
    {
        _gateway.Store(Entries(30));
        _gateway.OnCreate = (_, request) => StoreAndAnswer(request);

        IReadOnlyList<AssociationResult> results = Run(Entries(40), new RunOptions { IfExists = action });

        Assert.Equal(40, _gateway.Existing.Count);
        Assert.All(results, (r, i) => Assert.Equal(i < 30 ? status : AssociationStatus.Created, r.State));
        Assert.Equal(_gateway.Existing.Select(r => r.AssociationId), results.Select(r => r.AssociationId));
        Assert.Equal(30, _gateway.ListCalls);
    }

    [Fact]
    public void A_repeat_within_the_input_is_there_already_too()
    {
        _gateway.OnCreate = (_, request) => StoreAndAnswer(request);

        IReadOnlyList<AssociationResult> results = Run([RunHarness.Entry(1), RunHarness.Entry(1)], new RunOptions { IfExists = ExistingAssociationAction.Skip });

        Assert.Single(_gateway.Existing);
        Assert.Equal([AssociationStatus.Created, AssociationStatus.Existing], results.Select(r => r.State));
        Assert.Equal(results[0].AssociationId, results[1].AssociationId);
    }

    [Fact]
    public void Other_parameters_make_another_association()
    {
        AssociationEntry wanted = RunHarness.Entry(1);
        wanted.Parameters = new ParameterMap { ["Operation"] = ["Install"] };
        AssociationEntry there = RunHarness.Entry(1);
        there.Parameters = new ParameterMap { ["Operation"] = ["Scan"] };
        _gateway.Store([there]);
        _gateway.OnCreate = (_, request) => StoreAndAnswer(request);

        AssociationResult result = Assert.Single(Run([wanted], new RunOptions { IfExists = ExistingAssociationAction.Skip }));

        Assert.Equal((AssociationStatus.Failed, ErrorCodes.AssociationDiffers), (result.State, result.ErrorCode));
        Assert.Equal(1, _gateway.DescribeCalls);

        // Without a name there is nothing that says which association it was.
        wanted.AssociationName = null;
        there.AssociationName = null;
        Assert.Equal(AssociationStatus.Created, Assert.Single(Run([wanted], new RunOptions { IfExists = ExistingAssociationAction.Skip })).State);
    }

    [Fact]
    public void A_list_that_cannot_be_read_stops_a_run_that_needs_it()
    {
        _gateway.OnList = _ => throw new GatewayException(GatewayErrorKind.Denied, "AccessDeniedException", "no");
        using var harness = new RunHarness(_gateway, new RunOptions { IfExists = ExistingAssociationAction.Skip }, _clock);

        IReadOnlyList<AssociationResult> results = harness.Send(Entries(5));

        Assert.Empty(_gateway.Requests);
        Assert.All(results, r => Assert.Equal(AssociationStatus.NotAttempted, r.State));
        Assert.True(harness.Reason!.IsFatal);
    }

    private static IEnumerable<AssociationEntry> Entries(int count) => Enumerable.Range(0, count).Select(RunHarness.Entry).ToList();

    private static GatewayException Lost() => new(GatewayErrorKind.Ambiguous, ErrorCodes.ConnectionLost, "The connection broke.");

    private CreateBatchAnswer StoreAndAnswer(CreateBatchRequest request)
    {
        _gateway.Store(request.Entries);
        return new CreateBatchAnswer { Successful = _gateway.Existing.TakeLast(request.Entries.Count).ToList(), RequestId = "r" };
    }

    private IReadOnlyList<AssociationResult> Run(IEnumerable<AssociationEntry> entries, RunOptions? options = null)
    {
        using var harness = new RunHarness(_gateway, new RunOptions { ThrottleLimit = 1, IfExists = options?.IfExists ?? default }, _clock);
        return harness.Send(entries).ToList();
    }
}
