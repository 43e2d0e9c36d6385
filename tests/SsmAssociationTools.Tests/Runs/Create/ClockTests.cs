using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Read;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Create;

/// <summary>Clocks that are wrong, or set while a run goes on, here or at the service: nothing comes twice.</summary>
public sealed class ClockTests
{
    private readonly JumpingClock _clock = new();
    private readonly FakeGateway _gateway;
    private TimeSpan _service;

    public ClockTests() => _gateway = new FakeGateway { Now = ServiceNow };

    public static TheoryData<int> Steps => [1, -1, 3, -3, 10, -10, 30, -30, 600, -600, 7200, -7200, 86_400 * 30, -86_400 * 30];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_clock_of_this_machine_that_is_wrong_all_the_time_does_no_harm(int seconds)
    {
        _clock.Set(TimeSpan.FromSeconds(seconds));
        _gateway.OnCreate = Acts;

        Assert.All(Run(4), result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(4, _gateway.Existing.Count);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_clock_of_this_machine_that_is_set_during_a_call_does_no_harm(int seconds)
    {
        _gateway.OnCreate = (call, request) =>
        {
            _clock.Set(TimeSpan.FromSeconds(call == 2 ? seconds : 0));
            return call == 2 ? Acts(call, request) : StoreAndAnswer(request);
        };

        Assert.All(Run(4, batchSize: 2), result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(4, _gateway.Existing.Count);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_clock_of_the_service_that_is_set_before_it_acts_doubles_nothing(int seconds)
    {
        _gateway.OnCreate = (call, request) =>
        {
            _service += TimeSpan.FromSeconds(call == 2 ? seconds : 0);
            return call == 2 ? Acts(call, request) : StoreAndAnswer(request);
        };

        Assert.All(Run(4, batchSize: 2), result => Assert.Contains(result.State, (AssociationStatus[])[AssociationStatus.Created, AssociationStatus.Unknown]));
        Assert.Equal(4, _gateway.Existing.Count);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_clock_of_the_service_that_is_set_after_it_acted_doubles_nothing(int seconds)
    {
        _gateway.OnCreate = (call, request) =>
        {
            if (call != 2)
            {
                return StoreAndAnswer(request);
            }

            _gateway.Store(request.Entries);
            _service += TimeSpan.FromSeconds(seconds);
            throw Lost();
        };

        Assert.All(Run(4, batchSize: 2), result => Assert.Contains(result.State, (AssociationStatus[])[AssociationStatus.Created, AssociationStatus.Unknown]));
        Assert.Equal(4, _gateway.Existing.Count);
    }

    [Theory]
    [InlineData(-9.5)]
    [InlineData(-3)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9.5)]
    public void Machines_of_the_service_whose_clocks_are_apart_double_nothing(double seconds)
    {
        _gateway.Date = () => ServiceNow() + TimeSpan.FromSeconds(seconds);
        _gateway.OnCreate = Acts;

        IReadOnlyList<AssociationResult> results = Run(4);

        AssociationStatus expected = seconds > 2 ? AssociationStatus.Unknown : AssociationStatus.Created;
        Assert.All(results, result => Assert.Equal(expected, result.State));
        Assert.Equal(4, _gateway.Existing.Count);
        Assert.Single(_gateway.Requests);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Dates_of_answers_that_are_beside_those_of_records_all_the_time_do_no_harm_once_that_is_seen(int seconds)
    {
        _gateway.Date = () => ServiceNow() + TimeSpan.FromSeconds(seconds);
        _gateway.OnCreate = (call, request) => call == 2 ? Acts(call, request) : StoreAndAnswer(request) is var answer
            ? new CreateBatchAnswer { Successful = answer.Successful, ServiceTime = _gateway.Date() }
            : null!;

        Assert.All(Run(4, batchSize: 2), result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(4, _gateway.Existing.Count);
    }

    [Fact]
    public void What_is_dated_after_now_was_dated_by_another_clock()
    {
        _gateway.Store(Entries(1));
        _gateway.Date = () => ServiceNow() - TimeSpan.FromHours(2);
        _clock.DelayAsync(TimeSpan.FromHours(1), default);
        _gateway.OnCreate = (_, _) => throw Lost();

        Assert.Equal(AssociationStatus.Unknown, Assert.Single(Run(1)).State);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Without_dates_nothing_comes_twice_either(int seconds)
    {
        _clock.Set(TimeSpan.FromSeconds(seconds));
        _gateway.Now = () => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) + _clock.Uptime;
        _gateway.Date = () => null;
        _gateway.OnCreate = Acts;

        Assert.All(Run(4), result => Assert.Contains(result.State, (AssociationStatus[])[AssociationStatus.Created, AssociationStatus.Unknown]));
        Assert.Equal(4, _gateway.Existing.Count);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1970-01-01")]
    [InlineData("9999-12-31T23:59:59.9999999")]
    public void Dates_of_no_sense_are_no_internal_error_and_double_nothing(string date)
    {
        var senseless = DateTime.SpecifyKind(DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
        _gateway.Date = () => senseless;
        _gateway.OnCreate = (call, request) =>
        {
            _gateway.Existing.AddRange(request.Entries.Select(entry => new AssociationRecord { AssociationId = $"id-{call}-{entry.AssociationName}", Date = senseless, Content = entry }));
            throw Lost();
        };

        IReadOnlyList<AssociationResult> results = Run(4);

        Assert.All(results, result => Assert.NotEqual(ErrorCodes.InternalError, result.ErrorCode));
        Assert.All(results, result => Assert.Contains(result.State, (AssociationStatus[])[AssociationStatus.Created, AssociationStatus.Unknown]));
        Assert.Equal(4, _gateway.Existing.Count);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void What_was_there_before_is_told_apart_whatever_this_machines_clock_says(int seconds)
    {
        _gateway.Store(Entries(4));
        _clock.DelayAsync(TimeSpan.FromMinutes(1), default);
        _clock.Set(TimeSpan.FromSeconds(seconds));
        _gateway.OnCreate = (call, request) => call == 1 ? throw Lost() : StoreAndAnswer(request);

        Assert.All(Run(5), result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(9, _gateway.Existing.Count);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Dates_of_answers_beside_those_of_records_double_nothing_from_the_first_call_on(int seconds)
    {
        _gateway.Date = () => ServiceNow() + TimeSpan.FromSeconds(seconds);
        _gateway.OnCreate = Acts;

        Assert.All(Run(4), result => Assert.Contains(result.State, (AssociationStatus[])[AssociationStatus.Created, AssociationStatus.Unknown]));
        Assert.Equal(4, _gateway.Existing.Count);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Dates_of_answers_beside_those_of_records_double_nothing_after_a_kill_either(int seconds)
    {
        _gateway.Date = () => ServiceNow() + TimeSpan.FromSeconds(seconds);
        _gateway.OnCreate = (_, request) => new CreateBatchAnswer { Successful = StoreAndAnswer(request).Successful, ServiceTime = _gateway.Date() };
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ssm");
        try
        {
            string path = Path.Combine(folder.FullName, "run.journal");
            Go(Entries(3).Skip(1), batchSize: 20);
            File.WriteAllLines(path, File.ReadAllLines(path).TakeWhile(line => !line.Contains("\"outcome\"", StringComparison.Ordinal)));
            _clock.Pass(TimeSpan.FromMinutes(1));

            Assert.All(Go(Entries(3), batchSize: 1), result => Assert.Contains(result.State, (AssociationStatus[])[AssociationStatus.Created, AssociationStatus.Unknown]));
            Assert.Equal(3, _gateway.Existing.Count);

            IReadOnlyList<AssociationResult> Go(IEnumerable<AssociationEntry> entries, int batchSize)
            {
                using Journal journal = Journal.Open(path);
                using var harness = new RunHarness(_gateway, new RunOptions { ThrottleLimit = 1, BatchSize = batchSize }, _clock, journal);
                return harness.Send(entries);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_somebody_created_just_before_leaves_the_entry_unknown()
    {
        _gateway.Store(Entries(1));
        _clock.DelayAsync(TimeSpan.FromSeconds(6), default);
        _gateway.OnCreate = (_, _) => throw Lost();

        AssociationResult result = Assert.Single(Run(1));

        Assert.Equal(AssociationStatus.Unknown, result.State);
        Assert.Contains(_gateway.Existing[0].AssociationId!, result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(-600)]
    public void What_somebody_created_a_second_before_is_not_taken_once_the_dates_of_records_are_known(int seconds)
    {
        _gateway.Date = () => ServiceNow() + TimeSpan.FromSeconds(seconds);
        _gateway.OnCreate = (call, request) =>
        {
            if (call > 1)
            {
                throw Lost();
            }

            CreateBatchAnswer answer = StoreAndAnswer(request);
            _gateway.Existing.Add(new AssociationRecord { AssociationId = "before", Date = ServiceNow() - TimeSpan.FromSeconds(1.3), Content = RunHarness.Entry(1) });
            return new CreateBatchAnswer { Successful = answer.Successful, ServiceTime = _gateway.Date() };
        };

        AssociationResult result = Run(2, batchSize: 1)[1];

        Assert.Equal(AssociationStatus.Unknown, result.State);
        Assert.Contains("before", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_found_of_a_call_without_an_answer_shows_by_which_clock_records_are_dated()
    {
        _gateway.Store([RunHarness.Entry(1)]);
        _clock.DelayAsync(TimeSpan.FromDays(1), default);
        _gateway.OnCreate = (call, request) =>
        {
            if (call > 1)
            {
                return StoreAndAnswer(request);
            }

            _gateway.Store([request.Entries[0]]);
            throw Lost();
        };

        Assert.All(Run(2), result => Assert.Equal(AssociationStatus.Created, result.State));
        Assert.Equal(3, _gateway.Existing.Count);
    }

    [Fact]
    public async Task What_is_learned_of_the_clock_in_the_middle_of_a_look_up_makes_nothing_old_the_entrys_own()
    {
        for (int moment = 1; moment <= 40; moment++)
        {
            var clock = new WatchedClock();
            var service = new ServiceClock(clock);
            DateTime now = clock.UtcNow;
            service.Observe(now, clock.Uptime);
            var gateway = new FakeGateway { Now = () => now - TimeSpan.FromDays(1), Date = () => now };
            gateway.Store(Entries(1));
            using var canonical = new CanonicalContent();
            AssociationEntry entry = RunHarness.Entry(0);
            var item = new WorkItem(0, entry, entry, canonical.KeyOf(entry), []) { Destination = new Destination("us-east-1", null), FirstSent = service.Mark() };
            var reader = new AssociationReader(gateway, new RunOptions(), clock, new Backoff(new Random(1)), serviceClock: service);
            var reconciler = new Reconciler(reader, service, item.Destination, new Claims(), new FilledInValues(), new ConcurrentDictionary<WorkItem, bool>(), clock, null, new RunLog());

            // Another batch has its answer.
            clock.OnUptime(moment, () => service.ObserveRecord(now, now, TimeSpan.Zero, TimeSpan.Zero));

            Assert.Null(Assert.Single(await reconciler.FindAsync([item], default)).Finding.Record);
        }
    }

    [Fact]
    public void The_margin_is_larger_than_three_seconds() => Assert.True(ServiceClock.Margin > TimeSpan.FromSeconds(3));

    private static GatewayException Lost() => new(GatewayErrorKind.Ambiguous, ErrorCodes.ConnectionLost, "The connection broke.");

    private static List<AssociationEntry> Entries(int count) => [.. Enumerable.Range(0, count).Select(RunHarness.Entry)];

    /// <summary>The service's clock follows nobody's settings but its own.</summary>
    private DateTime ServiceNow() => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) + _clock.Uptime + _service;

    private CreateBatchAnswer Acts(int call, CreateBatchRequest request)
    {
        _gateway.Store(request.Entries);
        throw Lost();
    }

    private CreateBatchAnswer StoreAndAnswer(CreateBatchRequest request)
    {
        _gateway.Store(request.Entries);
        return new CreateBatchAnswer { Successful = [.. _gateway.Existing.TakeLast(request.Entries.Count)], ServiceTime = ServiceNow() };
    }

    private IReadOnlyList<AssociationResult> Run(int count, int batchSize = 20)
    {
        using var harness = new RunHarness(_gateway, new RunOptions { ThrottleLimit = 1, BatchSize = batchSize }, _clock);
        return harness.Send(Entries(count)).ToList();
    }

    /// <summary>A clock on which no time passes, and that can be asked to do something when it is read for the nth time.</summary>
    private sealed class WatchedClock : IClock
    {
        private Action? _act;
        private int _readings = -1;

        public DateTime UtcNow { get; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        public TimeSpan Uptime
        {
            get
            {
                if (--_readings == 0)
                {
                    _act!();
                }

                return TimeSpan.Zero;
            }
        }

        public void OnUptime(int readings, Action act) => (_readings, _act) = (readings, act);

        public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
