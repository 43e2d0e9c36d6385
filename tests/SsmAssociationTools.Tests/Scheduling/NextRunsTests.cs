using System;
using System.Globalization;
using System.Linq;
using CsCheck;
using SsmAssociationTools.Scheduling;
using Xunit;

namespace SsmAssociationTools.Tests.Scheduling;

/// <summary>When schedules run, and how they are said in words.</summary>
public sealed class NextRunsTests
{
    [Theory]
    [InlineData("cron(0 2 ? * SUN#2 *)", 0, "2026-07-12T02:00 2026-08-09T02:00 2026-09-13T02:00")]
    [InlineData("cron(0 2 ? * SUN#2 *)", 2, "2026-07-14T02:00 2026-08-11T02:00 2026-09-15T02:00")]
    [InlineData("cron(0 2 ? * SUN *)", 0, "2026-07-05T02:00 2026-07-12T02:00 2026-07-19T02:00")]
    [InlineData("cron(0 12 ? * * *)", 0, "2026-07-02T12:00 2026-07-03T12:00 2026-07-04T12:00")]
    [InlineData("cron(1 12 * * ? *)", 0, "2026-07-01T12:01 2026-07-02T12:01 2026-07-03T12:01")]
    [InlineData("cron(0/30 * * * ? *)", 0, "2026-07-01T12:30 2026-07-01T13:00 2026-07-01T13:30")]
    [InlineData("cron(15 0/8 * * ? *)", 0, "2026-07-01T16:15 2026-07-02T00:15 2026-07-02T08:15")]
    [InlineData("cron(0 0/24 * * ? *)", 0, "2026-07-02T00:00 2026-07-03T00:00 2026-07-04T00:00")]
    [InlineData("cron(5 * * * ? *)", 0, "2026-07-01T12:05 2026-07-01T13:05 2026-07-01T14:05")]
    [InlineData("cron(0 0 ? * 3L *)", 0, "2026-07-28T00:00 2026-08-25T00:00 2026-09-29T00:00")]
    [InlineData("cron(0 0 ? * FRIL *)", 6, "2026-07-02T00:00 2026-08-06T00:00 2026-09-03T00:00")]
    [InlineData("cron(0 9 ? * WED#5 *)", 0, "2026-07-29T09:00 2026-09-30T09:00 2026-12-30T09:00")]
    [InlineData("cron(0 2 L * ? *)", 0, "2026-07-31T02:00 2026-08-31T02:00 2026-09-30T02:00")]
    [InlineData("rate(30 days)", 0, "2026-07-31T12:00 2026-08-30T12:00 2026-09-29T12:00")]
    [InlineData("at(2026-07-01T12:00:00)", 0, "")]
    [InlineData("at(2026-07-01T12:01:00)", 0, "2026-07-01T12:01")]
    public void The_next_runs_are(string expression, int offset, string expected)
    {
        Schedule schedule = ScheduleExpression.Parse(expression).Schedule!;
        DateTime[] runs = schedule.NextRuns(new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc), offset).Take(3).ToArray();
        Assert.Equal(expected, string.Join(" ", runs.Select(r => r.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture))));
        Assert.All(runs, r => Assert.Equal(DateTimeKind.Utc, r.Kind));
    }

    [Fact]
    public void A_rate_counts_from_its_start()
    {
        Schedule schedule = ScheduleExpression.Parse("rate(12 hours)").Schedule!;
        var start = new DateTime(2026, 7, 1, 3, 20, 0, DateTimeKind.Utc);
        Assert.Equal(start, schedule.NextRuns(start.AddSeconds(-1), startUtc: start).First());
        Assert.Equal(start.AddHours(12), schedule.NextRuns(start, startUtc: start).First());
        Assert.Equal(start.AddHours(36), schedule.NextRuns(start.AddHours(30), startUtc: start).First());
    }

    [Fact]
    public void Runs_end_with_the_calendar()
    {
        DateTime last = new(9999, 12, 31, 12, 0, 0, DateTimeKind.Utc);
        Assert.Equal(11, ScheduleExpression.Parse("cron(0 0/1 * * ? *)").Schedule!.NextRuns(last).Count());
        Assert.Empty(ScheduleExpression.Parse("cron(0 2 ? * FRIL *)").Schedule!.NextRuns(last, 6));
        Assert.Empty(ScheduleExpression.Parse("rate(1 day)").Schedule!.NextRuns(last));
        Assert.Equal(2, ScheduleExpression.Parse("cron(0 2 ? * * *)").Schedule!.NextRuns(DateTime.MinValue, 6).First().Hour);
    }

    [Fact]
    public void A_local_time_is_converted_and_an_offset_has_limits()
    {
        Schedule schedule = ScheduleExpression.Parse("cron(0 2 ? * * *)").Schedule!;
        var local = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Local);
        Assert.Equal(schedule.NextRuns(local.ToUniversalTime()).First(), schedule.NextRuns(local).First());
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.NextRuns(local, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.NextRuns(local, -1));
    }

    /// <summary>Against the definition of the words, day by day.</summary>
    [Fact]
    public void The_nth_weekday_is_the_nth() => Gen.Select(Gen.Int[0, 6], Gen.Int[1, 5], Gen.Int[0, 20_000], Gen.Int[0, 6]).Sample(
        (weekday, week, days, offset) =>
        {
            string name = ((DayOfWeek)weekday).ToString()[..3].ToUpperInvariant();
            DateTime from = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(days);
            DateTime run = ScheduleExpression.Parse($"cron(30 4 ? * {name}#{week} *)").Schedule!.NextRuns(from, offset).First();
            DateTime day = run.AddDays(-offset);
            Assert.Equal((DayOfWeek)weekday, day.DayOfWeek);
            Assert.Equal(week, Enumerable.Range(1, day.Day).Count(d => new DateTime(day.Year, day.Month, d).DayOfWeek == day.DayOfWeek));
            Assert.True(run > from);
        },
        iter: 5_000,
        threads: 1);

    [Theory]
    [InlineData("rate(1 day)", 0, "every day")]
    [InlineData("rate(30 minutes)", 0, "every 30 minutes")]
    [InlineData("at(2030-01-31T15:55:00)", 0, "once, on 2030-01-31 at 15:55 UTC")]
    [InlineData("at(2030-01-31T15:55:07)", 0, "once, on 2030-01-31 at 15:55:07 UTC")]
    [InlineData("cron(0 2 ? * SUN#2 *)", 0, "every second Sunday of the month at 02:00 UTC")]
    [InlineData("cron(0 2 ? * SUN#2 *)", 1, "1 day after every second Sunday of the month, at 02:00 UTC")]
    [InlineData("cron(0 2 ? * SUN#2 *)", 3, "3 days after every second Sunday of the month, at 02:00 UTC")]
    [InlineData("cron(5 13 ? * MON *)", 0, "every Monday at 13:05 UTC")]
    [InlineData("cron(15 13 ? * * *)", 0, "every day at 13:15 UTC")]
    [InlineData("cron(0 0 ? * TUEL *)", 0, "every last Tuesday of the month at 00:00 UTC")]
    [InlineData("cron(0 0 L * ? *)", 0, "every last day of the month at 00:00 UTC")]
    [InlineData("cron(0/30 * * * ? *)", 0, "every 30 minutes")]
    [InlineData("cron(0/30 9 * * ? *)", 0, "every 30 minutes from 09:00 to 09:59 UTC, every day")]
    [InlineData("cron(0/30 0/2 * * ? *)", 0, "every 30 minutes of every second hour, from 00:00 UTC")]
    [InlineData("cron(0/30 0/4 * * ? *)", 0, "every 30 minutes of every fourth hour, from 00:00 UTC")]
    [InlineData("cron(0/30 0/8 * * ? *)", 0, "every 30 minutes of every 8th hour, from 00:00 UTC")]
    [InlineData("cron(0/30 0/24 * * ? *)", 0, "every 30 minutes from 00:00 to 00:59 UTC, every day")]
    [InlineData("cron(0 0/1 * * ? *)", 0, "every hour")]
    [InlineData("cron(20 0/1 * * ? *)", 0, "every hour, 20 minutes past")]
    [InlineData("cron(0 0/4 * * ? *)", 0, "every 4 hours, from 00:00 UTC")]
    [InlineData("cron(0 0/24 * * ? *)", 0, "every day at 00:00 UTC")]
    public void In_words(string expression, int offset, string expected) => Assert.Equal(expected, ScheduleExpression.Parse(expression).Schedule!.Describe(offset));
}
