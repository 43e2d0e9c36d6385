using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.LocalEndpoint;
using SsmAssociationTools.Rehearsal;
using SsmAssociationTools.Scheduling;
using Xunit;
using Xunit.Abstractions;

namespace SsmAssociationTools.Tests.Scheduling;

/// <summary>
/// A year of 2,000 schedules runs on the endpoint's clock when the look-ahead says. The two share no code: the one reads the
/// expression in the module, the other in the endpoint, and what ran is read over HTTP through the AWS SDK.
/// </summary>
public sealed class YearOnTheClockTests(ITestOutputHelper output)
{
    private const int Count = 2_000;
    private static readonly DateTime s_start = new(2027, 2, 3, 4, 5, 6, DateTimeKind.Utc);
    private static readonly string[] s_days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly int[] s_steps = [1, 4, 8, 12];

    [Fact]
    public async Task A_year_of_schedules_runs_when_the_look_ahead_says()
    {
        using ILocalEndpointServer server = ((ILocalEndpointLauncher)new LocalEndpointLauncher()).Start(new LocalEndpointOptions { Seed = 1, ClockStart = s_start, ClockSpeed = 0 });
        using var factory = new AwsGatewayFactory();
        using IFleetGateway gateway = factory.Connect(new ConnectionSettings { Region = "us-east-1", AccessKey = "AKIDEXAMPLE", SecretKey = "secret", EndpointUrl = server.Url });
        AssociationEntry[] entries = [.. Enumerable.Range(0, Count).Select(Entry)];
        var ids = new List<string>();
        foreach (AssociationEntry[] batch in entries.Chunk(100))
        {
            CreateBatchAnswer answer = await gateway.CreateAssociationBatchAsync(new CreateBatchRequest(batch, null), CancellationToken.None);
            Assert.Empty(answer.Failed);
            ids.AddRange(answer.Successful!.Select(created => created!.AssociationId!));
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        server.Advance(TimeSpan.FromDays(365));
        output.WriteLine($"A year of {Count} schedules: {clock.Elapsed.TotalSeconds:0.0} s");
        DateTime end = s_start.AddDays(365);

        int runs = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, stop) =>
        {
            DateTime[] ran = await RunsAsync(gateway, ids[i], stop);
            Schedule schedule = ScheduleExpression.Parse(entries[i].ScheduleExpression!).Schedule!;
            DateTime[] said = [.. schedule.NextRuns(s_start, entries[i].ScheduleOffset ?? 0, startUtc: s_start).TakeWhile(run => run <= end)];

            // The endpoint keeps the last 500 runs at least; without ApplyOnlyAtCronInterval the first was the creation's.
            DateTime[] due = [.. ran.Where(run => run != s_start)];
            Assert.True(due.Length == said.Length || due.Length >= 499, $"{entries[i].ScheduleExpression}: {due.Length} of {said.Length}");
            Assert.Equal(said.TakeLast(due.Length), due);
            Interlocked.Add(ref runs, due.Length);
        });
        Assert.True(runs > 100_000, $"{runs} runs were compared");
    }

    private static async Task<DateTime[]> RunsAsync(IFleetGateway gateway, string id, CancellationToken stop)
    {
        var runs = new List<DateTime>();
        string? next = null;
        do
        {
            ExecutionsAnswer page = await gateway.DescribeAssociationExecutionsAsync(new ExecutionsRequest(id) { NextToken = next }, stop);
            runs.AddRange(page.Executions.Select(execution => execution.CreatedTime!.Value));
            next = page.NextToken;
        }
        while (next is not null);

        runs.Reverse();
        return [.. runs];
    }

    /// <summary>Most schedules of a fleet are weekly or monthly; some are daily, and few come several times a day.</summary>
    private static AssociationEntry Entry(int i)
    {
        int minute = i * 7 % 60;
        int hour = i * 5 % 24;
        string day = s_days[i % 7];
        (string expression, int? offset) = (i % 20) switch
        {
            0 => ($"cron({minute} {hour} ? * * *)", null),
            1 => ($"cron({minute % 30} 0/{s_steps[i / 20 % 4]} * * ? *)", null),
            2 => ($"rate({2 + (i % 30)} days)", null),
            3 => ($"rate({7 + (i % 40)} hours)", null),
            4 or 5 => ($"cron({minute} {hour} ? * {day}#{1 + (i / 7 % 5)} *)", null),
            6 or 7 => ($"cron({minute} {hour} ? * {day}#{1 + (i / 7 % 4)} *)", 1 + (i / 20 % 6)),
            8 or 9 => ($"cron({minute} {hour} ? * {day}L *)", null),
            10 => ($"cron(0 {minute} {hour} ? * {day} *)", null),
            11 => ($"cron({minute} {hour} ? * {1 + (i % 7)} *)", null),
            _ => ($"cron({minute} {hour} ? * {day} *)", (int?)null),
        };
        bool isRate = expression.StartsWith("rate", StringComparison.Ordinal);
        return new AssociationEntry
        {
            Name = "AWS-UpdateSSMAgent",
            AssociationName = $"year-{i}",
            Targets = [new AssociationTarget { Key = "tag:Env", Values = ["test"] }],
            ScheduleExpression = expression,
            ScheduleOffset = offset,
            ApplyOnlyAtCronInterval = isRate ? null : true,
        };
    }
}
