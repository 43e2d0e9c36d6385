using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Start;
using SsmAssociationTools.Tests.Runs.Create;
using SsmAssociationTools.Tests.Runs.Follow;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Start;

/// <summary>What is found of a start whose answer was lost, wherever in its second the service was.</summary>
public sealed class StartLookUpTests
{
    /// <summary>Moments of a second at which a start is sent, in milliseconds.</summary>
    private static IEnumerable<double> Moments => Enumerable.Range(0, 300).Select(static step => step * 3.37);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    public void A_run_is_found_whose_record_is_dated_to_the_millisecond_by_a_machine_that_is_a_little_behind(int behind) =>
        Assert.All(Moments, moment => Assert.Equal(StartStatus.Started, Run(moment, created: TimeSpan.FromMilliseconds(-behind))));

    [Theory]
    [InlineData(0.15)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void A_run_from_before_is_not_taken_for_it(double secondsBefore) =>
        Assert.All(Moments, moment => Assert.Equal(StartStatus.Unknown, Run(moment, created: TimeSpan.FromSeconds(-secondsBefore))));

    [Fact]
    public void One_that_is_gone_does_not_end_the_look_for_the_others()
    {
        var clock = new JumpingClock();
        var service = new FollowService();
        string[] ids = [service.Add(), service.Add(), service.Add()];
        service.Before = _ =>
        {
            clock.Pass(TimeSpan.FromMilliseconds(0.3));
            service.Date = Whole(clock.UtcNow, TimeSpan.TicksPerSecond);
        };
        service.Start = _ =>
        {
            Array.ForEach(ids, id => service.Executions[id].Add(new ExecutionRecord { AssociationId = id, ExecutionId = Guid.NewGuid().ToString(), CreatedTime = clock.UtcNow }));
            service.Executions.Remove(ids[2]);
            throw new GatewayException(GatewayErrorKind.Ambiguous, "ConnectionLost", "The connection was closed.");
        };

        IReadOnlyList<AssociationStart> results = Start(service, clock, ids);

        Assert.Equal([StartStatus.Started, StartStatus.Started, StartStatus.Unknown], results.Select(static result => result.State));
        Assert.Contains("AssociationDoesNotExist", results[2].Message, StringComparison.Ordinal);
    }

    private static StartStatus Run(double moment, TimeSpan created)
    {
        var clock = new JumpingClock();
        clock.Pass(TimeSpan.FromMilliseconds(moment));
        var service = new FollowService();
        string id = service.Add();
        service.Before = _ =>
        {
            clock.Pass(TimeSpan.FromMilliseconds(0.3));
            service.Date = Whole(clock.UtcNow, TimeSpan.TicksPerSecond);
        };
        service.Start = _ =>
        {
            service.Executions[id].Add(new ExecutionRecord
            {
                AssociationId = id,
                ExecutionId = Guid.NewGuid().ToString(),
                CreatedTime = Whole(clock.UtcNow + created, TimeSpan.TicksPerMillisecond),
            });
            throw new GatewayException(GatewayErrorKind.Ambiguous, "ConnectionLost", "The connection was closed.");
        };

        StartStatus status = Assert.Single(Start(service, clock, id)).State;
        Assert.Equal(1, service.CallsOf("Start"));
        return status;
    }

    private static IReadOnlyList<AssociationStart> Start(FollowService service, JumpingClock clock, params string[] ids)
    {
        var observer = new Observer();
        var reader = new StartReader();
        using var run = new StartRun(_ => service, new RunOptions { BatchSize = Starter.LargestBatch, MaxElapsed = TimeSpan.FromSeconds(30) }, new RunControl(), null, clock, new Random(1), observer);
        foreach (string id in ids)
        {
            StartItem item = reader.Read(id);
            item.Destination = new Destination(null, null);
            run.Add(item);
        }

        run.Complete();
        return observer.Results;
    }

    private static DateTime Whole(DateTime time, long unit) => new(time.Ticks - (time.Ticks % unit), DateTimeKind.Utc);

    private sealed class Observer : IRunObserver<StartItem>
    {
        public List<AssociationStart> Results { get; } = [];

        public void Settled(StartItem item) => Results.Add(item.Result!);

        public void Delivered()
        {
        }

        public void Verbose(string text)
        {
        }

        public void Warning(string text)
        {
        }

        public void Progress(RunProgress progress)
        {
        }
    }
}
