using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Create;

public sealed class AssociationRunTests
{
    private static readonly RunOptions s_oneAtATime = new() { ThrottleLimit = 1 };

    [Theory]
    [InlineData(0, 20)]
    [InlineData(1, 20)]
    [InlineData(20, 20)]
    [InlineData(21, 20)]
    [InlineData(1000, 7)]
    public void Every_entry_gets_one_result_in_input_order(int count, int batchSize)
    {
        var gateway = new FakeGateway();

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(count), new RunOptions { BatchSize = batchSize });

        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), results.Select(r => r.Index));
        Assert.All(results, r => Assert.Equal(AssociationStatus.Created, r.State));
        Assert.Equal((count + batchSize - 1) / batchSize, gateway.Requests.Count);
        Assert.All(gateway.Requests, r => Assert.InRange(r.Entries.Count, 1, batchSize));
        Assert.Equal(count, results.Select(r => r.AssociationId).Distinct().Count());
    }

    [Fact]
    public void Full_batches_are_sent_and_answered_while_entries_still_arrive()
    {
        var gateway = new FakeGateway();
        using var harness = new RunHarness(gateway, new RunOptions { BatchSize = 5, ThrottleLimit = 1 });

        for (int i = 0; i < 11; i++)
        {
            harness.Add(RunHarness.Entry(i));
        }

        // The third batch is not full.
        Assert.True(SpinWait.SpinUntil(() => gateway.Requests.Count == 2, TimeSpan.FromMinutes(10)));
        harness.Add(RunHarness.Entry(11));
        Assert.True(harness.Results.Count >= 5);
        harness.Complete();
        Assert.Equal(12, harness.Results.Count);
    }

    [Fact]
    public void Answers_in_another_order_are_matched_by_content()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (_, request) => new CreateBatchAnswer
        {
            Successful = request.Entries.Reverse().Where(e => !IsOdd(e)).Select(e => new AssociationRecord { AssociationId = "for-" + e.AssociationName, Content = e }).ToList(),
            Failed = request.Entries.Reverse().Where(IsOdd).Select(e => new FailedEntry { Entry = e, Message = "Invalid document " + e.AssociationName, Fault = "Client" }).ToList(),
        };

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(40));

        Assert.All(results, (r, i) =>
        {
            Assert.Equal(i % 2 == 0 ? AssociationStatus.Created : AssociationStatus.Failed, r.State);
            Assert.Equal(i % 2 == 0 ? $"for-patch-{i}" : null, r.AssociationId);
        });
    }

    [Fact]
    public void Echoes_with_members_filled_in_or_left_out_are_matched()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (_, request) => new CreateBatchAnswer
        {
            Successful = request.Entries.Select(e => new AssociationRecord
            {
                AssociationId = "for-" + e.AssociationName,
                Content = new AssociationEntry { Name = e.Name, AssociationName = e.AssociationName, Targets = e.Targets, DocumentVersion = "7", MaxConcurrency = "50", ScheduleExpression = "rate(1 day)" },
            }).ToList(),
        };

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(20));

        Assert.All(results, r => Assert.Equal("for-" + r.AssociationName, r.AssociationId));
    }

    [Fact]
    public void An_answer_for_another_entry_is_never_taken_for_ours()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (_, request) => new CreateBatchAnswer
        {
            Successful = [new AssociationRecord { AssociationId = "foreign", Content = new AssociationEntry { Name = request.Entries[0].Name, AssociationName = "somebody-else" } }],
        };
        using var harness = new RunHarness(gateway);

        AssociationResult result = Assert.Single(harness.Send(Entries(1)));

        Assert.Equal((AssociationStatus.Unknown, ErrorCodes.EntryNotReported), (result.State, result.ErrorCode));
        Assert.Null(result.AssociationId);
        Assert.Contains("foreign", result.Message, StringComparison.Ordinal);
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public void Entries_that_no_answer_mentions_and_that_are_not_there_fail_after_the_last_try()
    {
        var gateway = new FakeGateway { OnCreate = (_, _) => new CreateBatchAnswer { RequestId = "r1" } };

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(3), new RunOptions { MaxAttempt = 2 });

        Assert.All(results, r => Assert.Equal((AssociationStatus.Failed, ErrorCodes.EntryNotReported, "r1", true, 2), (r.State, r.ErrorCode, r.RequestId, r.IsRetryable, r.Attempts)));
        Assert.Equal(2, gateway.Requests.Count);
    }

    [Fact]
    public void Failures_without_an_entry_are_given_to_the_entries_they_must_belong_to()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (_, request) => new CreateBatchAnswer
        {
            Successful = [gateway.Record(request.Entries[1])],
            Failed = [new FailedEntry { Message = "InvalidDocument", Fault = "Client" }, new FailedEntry { Message = "InvalidDocument", Fault = "Client" }],
        };

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(3));

        Assert.Equal([AssociationStatus.Failed, AssociationStatus.Created, AssociationStatus.Failed], results.Select(r => r.State));
        Assert.Equal("InvalidDocument", results[0].ErrorCode);
    }

    [Fact]
    public void Identical_entries_never_share_a_call()
    {
        var gateway = new FakeGateway();
        AssociationEntry[] entries = [RunHarness.Entry(1), RunHarness.Entry(2), RunHarness.Entry(1), RunHarness.Entry(1), RunHarness.Entry(3)];

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, entries);

        Assert.All(results, r => Assert.Equal(AssociationStatus.Created, r.State));
        Assert.All(gateway.Requests, r => Assert.Equal(r.Entries.Count, r.Entries.Select(e => e.AssociationName).Distinct().Count()));
    }

    [Fact]
    public void Entries_of_one_InstanceId_never_share_a_call()
    {
        var gateway = new FakeGateway();
        IEnumerable<AssociationEntry> entries = Enumerable.Range(0, 30).Select(i => new AssociationEntry { Name = $"Doc-{i}", InstanceId = "i-0123456789abcdef0" });

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, entries);

        Assert.Equal(30, results.Count(r => r.State == AssociationStatus.Created));
        Assert.All(gateway.Requests, r => Assert.Single(r.Entries));
        Assert.Equal(1, gateway.MaxInFlight);
    }

    [Fact]
    public void No_more_calls_than_the_limit_are_in_flight()
    {
        var gateway = new FakeGateway();

        RunHarness.Run(gateway, Entries(400), new RunOptions { BatchSize = 2, ThrottleLimit = 3 });

        Assert.InRange(gateway.MaxInFlight, 1, 3);
    }

    [Fact]
    public void A_throttled_call_is_sent_again_until_it_is_taken()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (call, request) => call <= 2 ? throw Error(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded") : gateway.Create(request);

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(5), s_oneAtATime);

        Assert.All(results, r => Assert.Equal((AssociationStatus.Created, 3), (r.State, r.Attempts)));
        Assert.Equal(3, gateway.Requests.Count);
    }

    [Fact]
    public void A_call_that_is_throttled_for_good_fails_and_says_that_it_may_be_repeated()
    {
        var gateway = new FakeGateway { OnCreate = (_, _) => throw Error(GatewayErrorKind.Throttled, "ThrottlingException", "Rate exceeded") };

        AssociationResult result = Assert.Single(RunHarness.Run(gateway, Entries(1), new RunOptions { MaxAttempt = 3 }));

        Assert.Equal((AssociationStatus.Failed, "ThrottlingException", true, 3), (result.State, result.ErrorCode, result.IsRetryable, result.Attempts));
    }

    [Fact]
    public void An_entry_that_failed_by_the_service_is_sent_again_without_its_neighbours()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (call, request) => call == 1
            ? new CreateBatchAnswer { Successful = request.Entries.Skip(1).Select(gateway.Record).ToList(), Failed = [new FailedEntry { Entry = request.Entries[0], Message = null, Fault = "Server" }] }
            : gateway.Create(request);

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(5), s_oneAtATime);

        Assert.All(results, r => Assert.Equal(AssociationStatus.Created, r.State));
        Assert.Equal([5, 1], gateway.Requests.Select(r => r.Entries.Count));
        Assert.Equal([2, 1, 1, 1, 1], results.Select(r => r.Attempts));
    }

    [Fact]
    public void An_entry_that_failed_by_its_own_fault_is_not_sent_again()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (_, request) => new CreateBatchAnswer { Failed = request.Entries.Select(e => new FailedEntry { Entry = e, Fault = "Client" }).ToList() };

        AssociationResult result = Assert.Single(RunHarness.Run(gateway, Entries(1)));

        Assert.Equal((AssociationStatus.Failed, ErrorCodes.EntryFailed, "Client", 1), (result.State, result.ErrorCode, result.Fault, result.Attempts));
        Assert.False(string.IsNullOrWhiteSpace(result.Message));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(19)]
    public void A_refused_call_is_narrowed_to_the_entry_it_was_refused_for(int bad)
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (_, request) => request.Entries.Any(e => e.AssociationName == $"patch-{bad}") ? throw Error(GatewayErrorKind.Rejected, "InvalidDocument", "no such document") : gateway.Create(request);

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(20), s_oneAtATime);

        AssociationResult failed = Assert.Single(results, r => r.State == AssociationStatus.Failed);
        Assert.Equal((bad, "InvalidDocument"), ((int)failed.Index, failed.ErrorCode));
        Assert.Equal(19, results.Count(r => r.State == AssociationStatus.Created));
        Assert.InRange(gateway.Requests.Count, 2, 11);
    }

    [Fact]
    public void Entries_that_the_refusal_names_are_set_aside_at_once()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (_, request) =>
        {
            int[] bad = request.Entries.Select((e, i) => (e, i)).Where(x => x.e.AssociationName is "patch-3" or "patch-12").Select(x => x.i + 1).ToArray();
            return bad.Length == 0
                ? gateway.Create(request)
                : throw Error(GatewayErrorKind.Rejected, "ValidationException", string.Join("; ", bad.Select(i => $"Value 'x' at 'entries.{i}.member.name' failed to satisfy constraint")));
        };

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(20), s_oneAtATime);

        Assert.Equal([3, 12], results.Where(r => r.State == AssociationStatus.Failed).Select(r => (int)r.Index));
        Assert.Equal(4, gateway.Requests.Count);
    }

    [Fact]
    public void The_limit_of_associations_stops_the_run()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (call, request) => call == 2 ? throw Error(GatewayErrorKind.Rejected, "AssociationLimitExceeded", string.Empty) : gateway.Create(request);

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(100), s_oneAtATime);

        Assert.Equal(2, gateway.Requests.Count);
        Assert.Equal(20, results.Count(r => r.State == AssociationStatus.Created));
        Assert.Equal(20, results.Count(r => r is { State: AssociationStatus.Failed, ErrorCode: "AssociationLimitExceeded" }));
        Assert.Equal(60, results.Count(r => r.State == AssociationStatus.NotAttempted));
    }

    [Fact]
    public void The_limit_told_for_one_entry_stops_the_run_as_well()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (_, request) => new CreateBatchAnswer
        {
            Successful = request.Entries.Take(5).Select(gateway.Record).ToList(),
            Failed = request.Entries.Skip(5).Select(e => new FailedEntry { Entry = e, Message = "AssociationLimitExceeded", Fault = "Client" }).ToList(),
        };

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(60), s_oneAtATime);

        Assert.Single(gateway.Requests);
        Assert.Equal((5, 15, 40), (Count(results, AssociationStatus.Created), Count(results, AssociationStatus.Failed), Count(results, AssociationStatus.NotAttempted)));
    }

    [Fact]
    public void A_denied_call_stops_the_run_for_good()
    {
        var gateway = new FakeGateway { OnCreate = (_, _) => throw Error(GatewayErrorKind.Denied, "AccessDeniedException", "not allowed") };
        using var harness = new RunHarness(gateway, s_oneAtATime);

        IReadOnlyList<AssociationResult> results = harness.Send(Entries(60));

        Assert.Equal((20, 40), (Count(results, AssociationStatus.Failed), Count(results, AssociationStatus.NotAttempted)));
        Assert.True(harness.Reason!.IsFatal);
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public void An_endpoint_that_cannot_be_reached_leaves_every_entry_not_attempted()
    {
        var gateway = new FakeGateway { OnCreate = (_, _) => throw Error(GatewayErrorKind.NotSent, ErrorCodes.EndpointUnreachable, "Connection refused") };

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(60), new RunOptions { ThrottleLimit = 1, MaxAttempt = 2 });

        Assert.All(results, r => Assert.Equal((AssociationStatus.NotAttempted, true), (r.State, r.IsRetryable)));
        Assert.Equal(ErrorCodes.EndpointUnreachable, results[0].ErrorCode);
        Assert.Equal(2, gateway.Requests.Count);
    }

    [Fact]
    public void The_first_failure_stops_the_run_where_that_is_asked_for()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (call, request) => call == 1
            ? new CreateBatchAnswer { Successful = request.Entries.Skip(1).Select(gateway.Record).ToList(), Failed = [new FailedEntry { Entry = request.Entries[0], Message = "InvalidDocument", Fault = "Client" }] }
            : gateway.Create(request);

        IReadOnlyList<AssociationResult> results = RunHarness.Run(gateway, Entries(60), new RunOptions { ThrottleLimit = 1, StopOnFailure = true });

        Assert.Single(gateway.Requests);
        Assert.Equal((1, 19, 40), (Count(results, AssociationStatus.Failed), Count(results, AssociationStatus.Created), Count(results, AssociationStatus.NotAttempted)));
    }

    [Fact]
    public void Parameter_values_are_taken_out_of_what_the_service_says()
    {
        var gateway = new FakeGateway();
        gateway.OnCreate = (_, request) => new CreateBatchAnswer
        {
            Failed = [new FailedEntry { Entry = request.Entries[0], Message = "Parameter Password has the value hunter2pass, or 'x9', which is not allowed", Fault = "Client" }],
        };
        AssociationEntry entry = RunHarness.Entry(1);
        entry.Parameters = new ParameterMap { ["Password"] = ["hunter2pass", "x9"] };

        AssociationResult result = Assert.Single(RunHarness.Run(gateway, [entry]));

        Assert.DoesNotContain("hunter2pass", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("x9", result.Message, StringComparison.Ordinal);
        Assert.Contains("Parameter Password has the value", result.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<AssociationEntry> Entries(int count) => Enumerable.Range(0, count).Select(RunHarness.Entry);

    private static bool IsOdd(AssociationEntry entry) => int.Parse(entry.AssociationName!.AsSpan(6), System.Globalization.CultureInfo.InvariantCulture) % 2 == 1;

    private static int Count(IEnumerable<AssociationResult> results, AssociationStatus status) => results.Count(r => r.State == status);

    private static GatewayException Error(GatewayErrorKind kind, string code, string message) => new(kind, code, message);

    [Fact]
    public void As_many_calls_are_in_flight_as_are_asked_for_also_beyond_the_usual_window()
    {
        const int Limit = 40;
        using var arrived = new CountdownEvent(Limit);
        var gateway = new FakeGateway();
        gateway.OnCreate = (_, request) =>
        {
            // The first calls wait for each other, so a run that keeps fewer in flight would end in the timeout.
            arrived.Signal();
            return arrived.Wait(TimeSpan.FromMinutes(10)) ? gateway.Create(request) : new CreateBatchAnswer();
        };
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Limit + 8), ports);
        IReadOnlyList<AssociationResult> results;
        try
        {
            results = RunHarness.Run(gateway, Entries(Limit), new RunOptions { BatchSize = 1, ThrottleLimit = Limit });
        }
        finally
        {
            ThreadPool.SetMinThreads(workers, ports);
        }

        Assert.All(results, result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(Limit, gateway.MaxInFlight);
    }
}
