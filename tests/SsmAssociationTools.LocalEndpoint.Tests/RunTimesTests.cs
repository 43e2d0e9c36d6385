using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using SsmAssociationTools.LocalEndpoint.Service;
using SsmAssociationTools.LocalEndpoint.Simulation;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>When schedules are due, against a walk from minute to minute that knows cron expressions in no other way.</summary>
public sealed class RunTimesTests
{
    private static readonly string[] s_days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly DateTime s_start = new(2027, 12, 20, 11, 17, 30, DateTimeKind.Utc);

    [Theory]
    [InlineData("cron(0/30 * * * ? *)")]
    [InlineData("cron(*/30 * ? * * *)")]
    [InlineData("cron(0 */30 * * * ? *)")]
    [InlineData("cron(0 0/1 * * ? *)")]
    [InlineData("cron(5 0/2 * * ? *)")]
    [InlineData("cron(59 */4 ? * * *)")]
    [InlineData("cron(0 10 0/8 1/1 * ? *)")]
    [InlineData("cron(0 0/12 * * ? *)")]
    [InlineData("cron(15 13 ? * * *)")]
    [InlineData("cron(05 03 1/1 * ? *)")]
    [InlineData("cron(0 23 59 ? * * *)", false)]
    [InlineData("cron(59 23 * * ? *)")]
    [InlineData("cron(15 13 ? * MON *)")]
    [InlineData("cron(0 0 ? * 1 *)")]
    [InlineData("cron(0 0 ? * 7 *)")]
    [InlineData("cron(30 23 ? * TUE#3 *)")]
    [InlineData("cron(0 2 ? * WED#5 *)")]
    [InlineData("cron(0 2 ? * 2#1 *)")]
    [InlineData("cron(0 0 ? * 3L *)")]
    [InlineData("cron(0 22 ? * FRIL *)")]
    public void A_schedule_is_due_at_each_minute_that_its_fields_name(string expression, bool accepted = true)
    {
        if (!accepted)
        {
            Assert.Throws<ServiceException>(() => new ScheduleCheck().Check(expression));
            return;
        }

        foreach (int offset in expression.Contains('#', StringComparison.Ordinal) ? new[] { 0, 1, 6 } : [0])
        {
            new ScheduleCheck().Check(expression);
            var times = RunTimes.Parse(expression, offset, s_start);
            DateTime end = s_start.AddDays(130);
            List<DateTime> expected = [.. Minutes(end).Where(minute => IsNamed(expression, minute.AddDays(-offset)))];

            List<DateTime> actual = [];
            for (DateTime? run = times.Next(s_start); run < end; run = times.Next(run.Value))
            {
                actual.Add(run.Value);
            }

            Assert.NotEmpty(actual);
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData("rate(30 minutes)", 30)]
    [InlineData("rate(1 hour)", 60)]
    [InlineData("rate(1day)", 1440)]
    [InlineData("rate(30 days)", 43_200)]
    public void A_rate_counts_from_its_beginning(string expression, int minutes)
    {
        var times = RunTimes.Parse(expression, 0, s_start);

        Assert.Equal(s_start.AddMinutes(minutes), times.Next(s_start));
        Assert.Equal(s_start.AddMinutes(7.0 * minutes), times.Next(s_start.AddMinutes((7.0 * minutes) - 0.01)));
        Assert.Equal(s_start.AddMinutes(8.0 * minutes), times.Next(s_start.AddMinutes(7.0 * minutes)));
    }

    [Fact]
    public void A_time_comes_once()
    {
        var times = RunTimes.Parse("at(2028-02-29T12:00)", 0, s_start);

        Assert.Equal(new DateTime(2028, 2, 29, 12, 0, 0, DateTimeKind.Utc), times.Next(s_start));
        Assert.Null(times.Next(new DateTime(2028, 2, 29, 12, 0, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public async Task Two_thousand_schedules_run_for_a_year()
    {
        string[] schedules =
        [
            "rate(12 hours)", "rate(1 day)", "rate(7 days)", "cron(0 2 ? * SUN *)", "cron(30 4 * * ? *)",
            "cron(0 2 ? * TUE#2 *)", "cron(0 22 ? * FRIL *)", "cron(0 0/8 * * ? *)", "rate(1 hour)", "cron(0/30 * * * ? *)",
        ];
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { ClockStart = s_start, ClockSpeed = 0, Seed = 1 });
        for (int i = 0; i < 2000; i += 500)
        {
            await endpoint.CreateAsync([.. Enumerable.Range(i, 500).Select(n =>
                $$"""{"Name":"AWS-UpdateSSMAgent","Targets":[{"Key":"tag:Env","Values":["test"]}],"ScheduleExpression":"{{schedules[n % schedules.Length]}}"}""")]);
        }

        endpoint.Server.Advance(TimeSpan.FromDays(365));

        var ids = (await endpoint.CallAsync("ListAssociations", """{"MaxResults":10}""")).Json["Associations"]!.AsArray();
        for (int i = 0; i < schedules.Length; i++)
        {
            var latest = (await endpoint.CallAsync("DescribeAssociationExecutions", $$"""{"AssociationId":"{{ids[i]!["AssociationId"]}}","MaxResults":1}""")).Json["AssociationExecutions"]![0]!;
            var times = RunTimes.Parse(schedules[i], 0, s_start);
            DateTime run = s_start;
            while (times.Next(run) is DateTime next && next <= s_start.AddDays(365))
            {
                run = next;
            }

            Assert.Equal(run, DateTime.UnixEpoch.AddSeconds((double)latest["CreatedTime"]!));
        }
    }

    private static IEnumerable<DateTime> Minutes(DateTime end)
    {
        for (DateTime minute = s_start.AddSeconds(30); minute < end; minute = minute.AddMinutes(1))
        {
            yield return minute;
        }
    }

    private static bool IsNamed(string expression, DateTime time)
    {
        string[] fields = expression[5..^1].Split(' ');
        fields = fields.Length == 7 ? fields[1..] : fields;
        return IsIn(fields[0], time.Minute) && IsIn(fields[1], time.Hour) && IsDay(fields[4], time);
    }

    private static bool IsIn(string field, int value)
    {
        int slash = field.IndexOf('/', StringComparison.Ordinal);
        return field == "*" || (slash >= 0 ? value % int.Parse(field[(slash + 1)..], CultureInfo.InvariantCulture) == 0 : int.Parse(field, CultureInfo.InvariantCulture) == value);
    }

    private static bool IsDay(string field, DateTime time)
    {
        if (field is "*" or "?")
        {
            return true;
        }

        string[] parts = field.TrimEnd('L').Length == 0 ? [field] : field.Split('#');
        bool last = parts.Length == 1 && field.Length is 2 or 4 && field[^1] == 'L';
        string day = last ? field[..^1] : parts[0];
        int wanted = day.Length == 1 ? int.Parse(day, CultureInfo.InvariantCulture) - 1 : Array.IndexOf(s_days, day);
        return (int)time.DayOfWeek == wanted
            && (!last || time.AddDays(7).Month != time.Month)
            && (parts.Length == 1 || (time.Day + 6) / 7 == int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
