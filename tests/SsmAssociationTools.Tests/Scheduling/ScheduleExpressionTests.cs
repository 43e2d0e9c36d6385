using System;
using System.Linq;
using CsCheck;
using SsmAssociationTools.Scheduling;
using Xunit;

namespace SsmAssociationTools.Tests.Scheduling;

/// <summary>The grammar: what is accepted, what is refused, what is doubted, and where.</summary>
public sealed class ScheduleExpressionTests
{
    [Theory]
    [InlineData("rate(30 minutes)")]
    [InlineData("rate(44639 minutes)")]
    [InlineData("rate(743 hours)")]
    [InlineData("rate(30 days)")]
    [InlineData("cron(0/30 * ? * * *)")]
    [InlineData("cron(*/30 * * * ? *)")]
    [InlineData("cron(15 0/4 * * ? *)")]
    [InlineData("cron(0 */1 1/1 * ? *)")]
    [InlineData("cron(00 23 ? * * *)")]
    [InlineData("cron(00 05 09 ? * SAT#5 *)")]
    [InlineData("cron(0 2 ? * FRIL *)")]
    [InlineData("at(2030-01-31T15:55)")]
    [InlineData("at(9999-12-31T23:59:59)")]
    public void What_is_documented_is_accepted_without_a_word(string text)
    {
        ScheduleExpression parsed = ScheduleExpression.Parse(text);
        Assert.Empty(parsed.Problems);
        Assert.NotNull(parsed.Schedule);
    }

    [Theory]
    [InlineData("", "Schedule.Form")]
    [InlineData("rate", "Schedule.Form")]
    [InlineData("rate 1 day", "Schedule.Form")]
    [InlineData("rate [1 day]", "Schedule.Form")]
    [InlineData("crn(0 2 ? * SUN *)", "Schedule.Form")]
    [InlineData("rate(30 minutes", "Schedule.Form")]
    [InlineData("rate((30 minutes))", "Schedule.Form")]
    [InlineData("rate(30 minutes))", "Schedule.Form")]
    [InlineData("rate(30 minutes);", "Schedule.Form")]
    [InlineData(" rate(30 minutes)", "Schedule.Form")]
    [InlineData("rate(30 minutes)\n", "Schedule.Form")]
    [InlineData("rate()", "Schedule.Rate.Form")]
    [InlineData("rate( 30 minutes)", "Schedule.Rate.Form")]
    [InlineData("rate(30 minutes )", "Schedule.Rate.Form")]
    [InlineData("rate(30  minutes)", "Schedule.Rate.Form")]
    [InlineData("rate(30\tminutes)", "Schedule.Rate.Form")]
    [InlineData("rate(30\u00a0minutes)", "Schedule.Rate.Form")]
    [InlineData("rate(\u0663\u0660 minutes)", "Schedule.Rate.Form")]
    [InlineData("rate(+30 minutes)", "Schedule.Rate.Form")]
    [InlineData("rate(1.5 hours)", "Schedule.Rate.Form")]
    [InlineData("rate(30 mins)", "Schedule.Rate.Form")]
    [InlineData("rate(30 minutess)", "Schedule.Rate.Form")]
    [InlineData("rate(minutes 30)", "Schedule.Rate.Form")]
    [InlineData("rate(0 days)", "Schedule.Rate.Interval")]
    [InlineData("rate(1 minute)", "Schedule.Rate.Interval")]
    [InlineData("rate(31 days)", "Schedule.Rate.Interval")]
    [InlineData("rate(744 hours)", "Schedule.Rate.Interval")]
    [InlineData("rate(44640 minutes)", "Schedule.Rate.Interval")]
    [InlineData("rate(4294967326 minutes)", "Schedule.Rate.Interval")]
    [InlineData("rate(99999999999999999999999999999999 days)", "Schedule.Rate.Interval")]
    [InlineData("rate(30 minute)", "Schedule.Rate.Plural")]
    [InlineData("rate(1 days)", "Schedule.Rate.Plural")]
    [InlineData("rate(2day)", "Schedule.Rate.Plural")]
    [InlineData("at()", "Schedule.At.Form")]
    [InlineData("at(2030-01-31)", "Schedule.At.Form")]
    [InlineData("at(2030-01-31 15:55:00)", "Schedule.At.Form")]
    [InlineData("at(2030-01-31t15:55:00)", "Schedule.At.Form")]
    [InlineData("at(2030-01-31T15:55:00Z)", "Schedule.At.Form")]
    [InlineData("at(2030-01-31T15:55:00+02:00)", "Schedule.At.Form")]
    [InlineData("at(2030-01-31T15:55:00.000)", "Schedule.At.Form")]
    [InlineData("at(30-01-31T15:55:00)", "Schedule.At.Form")]
    [InlineData("at(2030-1-31T15:55:00)", "Schedule.At.Form")]
    [InlineData("at(0000-01-31T15:55:00)", "Schedule.At.Date")]
    [InlineData("at(2030-13-01T15:55:00)", "Schedule.At.Date")]
    [InlineData("at(2030-00-01T15:55:00)", "Schedule.At.Date")]
    [InlineData("at(2030-02-29T15:55:00)", "Schedule.At.Date")]
    [InlineData("at(2030-01-31T24:00:00)", "Schedule.At.Date")]
    [InlineData("at(2030-01-31T15:60:00)", "Schedule.At.Date")]
    [InlineData("at(2030-01-31T15:55:60)", "Schedule.At.Date")]
    [InlineData("cron()", "Schedule.Cron.Fields")]
    [InlineData("cron(0 2 ? * SUN)", "Schedule.Cron.Fields")]
    [InlineData("cron(0 0 0 2 ? * SUN *)", "Schedule.Cron.Fields")]
    [InlineData("cron( 0 2 ? * SUN *)", "Schedule.Cron.Spaces")]
    [InlineData("cron(0 2 ? * SUN * )", "Schedule.Cron.Spaces")]
    [InlineData("cron(0\t2 ? * SUN *)", "Schedule.Cron.Spaces")]
    [InlineData("cron(* 0 2 ? * SUN *)", "Schedule.Cron.Seconds")]
    [InlineData("cron(000 0 2 ? * SUN *)", "Schedule.Cron.Seconds")]
    [InlineData("cron(* 2 ? * SUN *)", "Schedule.Cron.Minutes")]
    [InlineData("cron(60 2 ? * SUN *)", "Schedule.Cron.Minutes")]
    [InlineData("cron(0,30 * ? * * *)", "Schedule.Cron.Minutes")]
    [InlineData("cron(0-30 * ? * * *)", "Schedule.Cron.Minutes")]
    [InlineData("cron(5/30 * ? * * *)", "Schedule.Cron.Minutes")]
    [InlineData("cron(0/ * ? * * *)", "Schedule.Cron.Minutes")]
    [InlineData("cron(/30 * ? * * *)", "Schedule.Cron.Minutes")]
    [InlineData("cron(0/30/30 * ? * * *)", "Schedule.Cron.Minutes")]
    [InlineData("cron(-1 2 ? * SUN *)", "Schedule.Cron.Minutes")]
    [InlineData("cron(0 24 ? * SUN *)", "Schedule.Cron.Hours")]
    [InlineData("cron(0 8-17 ? * * *)", "Schedule.Cron.Hours")]
    [InlineData("cron(0 8,17 ? * * *)", "Schedule.Cron.Hours")]
    [InlineData("cron(0 0/3 ? * * *)", "Schedule.Cron.Hours")]
    [InlineData("cron(0 1/2 ? * * *)", "Schedule.Cron.Hours")]
    [InlineData("cron(0 ? ? * * *)", "Schedule.Cron.Hours")]
    [InlineData("cron(0 0/0 ? * * *)", "Schedule.Cron.Hours")]
    [InlineData("cron(0 2 15 * ? *)", "Schedule.Cron.DayOfMonth")]
    [InlineData("cron(0 2 1,15 * ? *)", "Schedule.Cron.DayOfMonth")]
    [InlineData("cron(0 2 15W * ? *)", "Schedule.Cron.DayOfMonth")]
    [InlineData("cron(0 2 LW * ? *)", "Schedule.Cron.DayOfMonth")]
    [InlineData("cron(0 2 1/2 * ? *)", "Schedule.Cron.DayOfMonth")]
    [InlineData("cron(0 2 ? 1 SUN *)", "Schedule.Cron.Month")]
    [InlineData("cron(0 2 ? JAN-MAR SUN *)", "Schedule.Cron.Month")]
    [InlineData("cron(0 2 ? 1/3 SUN *)", "Schedule.Cron.Month")]
    [InlineData("cron(0 2 ? ? SUN *)", "Schedule.Cron.Month")]
    [InlineData("cron(0 2 ? * MON,WED *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * MONDAY *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * 0 *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * 8 *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * 0L *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * 8#2 *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * THU#0 *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * THU#6 *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * THU# *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * #2 *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * THU#2#3 *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * THU#L *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * L *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * LL *)", "Schedule.Cron.DayOfWeek")]
    [InlineData("cron(0 2 ? * SUN ?)", "Schedule.Cron.Year")]
    [InlineData("cron(0 2 ? * SUN 2030-2035)", "Schedule.Cron.Year")]
    [InlineData("cron(0 0 2 ? * SUN)", "Schedule.Cron.Year")]
    [InlineData("cron(0 2 * * SUN *)", "Schedule.Cron.Days")]
    [InlineData("cron(0 2 * * MON#2 *)", "Schedule.Cron.Days")]
    [InlineData("cron(0 2 * * * *)", "Schedule.Cron.Days")]
    [InlineData("cron(0 2 ? * ? *)", "Schedule.Cron.Days")]
    [InlineData("cron(0/30 * ? * MON *)", "Schedule.Cron.StepWithDay")]
    [InlineData("cron(0 0/4 ? * MON#1 *)", "Schedule.Cron.StepWithDay")]
    [InlineData("cron(0 * ? * MON *)", "Schedule.Cron.StepWithDay")]
    public void What_is_refused_has_an_error_of_its_rule(string text, string rule)
    {
        ScheduleExpression parsed = ScheduleExpression.Parse(text);
        Assert.Contains(parsed.Problems, p => p.Rule.Id == rule && p.Severity == IssueSeverity.Error);
        Assert.Null(parsed.Schedule);
    }

    [Theory]
    [InlineData("RATE(1 day)", "Schedule.LetterCase")]
    [InlineData("At(2030-01-31T15:55:00)", "Schedule.LetterCase")]
    [InlineData("rate(2 DAYS)", "Schedule.LetterCase")]
    [InlineData("cron(0 2 ? * sun *)", "Schedule.LetterCase")]
    [InlineData("cron(0 2 ? * SUNl *)", "Schedule.LetterCase")]
    [InlineData("rate(01 day)", "Schedule.LeadingZero")]
    [InlineData("cron(000 2 ? * SUN *)", "Schedule.LeadingZero")]
    [InlineData("cron(00/30 * ? * * *)", "Schedule.LeadingZero")]
    [InlineData("cron(0 2 ? * SUN#02 *)", "Schedule.LeadingZero")]
    [InlineData("rate(2days)", "Schedule.Rate.Space")]
    [InlineData("cron(0 * * * ? *)", "Schedule.Cron.HourlyWildcard")]
    [InlineData("cron(0 2 ? * 1 *)", "Schedule.Cron.NumericWeekday")]
    [InlineData("cron(0 2 ? * 5#3 *)", "Schedule.Cron.NumericWeekday")]
    [InlineData("cron(0 2 L * ? *)", "Schedule.Cron.Unproven")]
    [InlineData("cron(0 0/24 * * ? *)", "Schedule.Cron.Unproven")]
    [InlineData("cron(0/30 9 * * ? *)", "Schedule.Cron.Unproven")]
    [InlineData("cron(0/30 0/2 * * ? *)", "Schedule.Cron.Unproven")]
    [InlineData("cron(0 2 */1 * ? *)", "Schedule.Cron.Unproven")]
    [InlineData("cron(0 2 ? 1/1 SUN *)", "Schedule.Cron.Unproven")]
    public void What_no_source_settles_has_a_warning_and_a_schedule(string text, string rule)
    {
        ScheduleExpression parsed = ScheduleExpression.Parse(text);
        Assert.All(parsed.Problems, p => Assert.Equal(IssueSeverity.Warning, p.Severity));
        Assert.Contains(parsed.Problems, p => p.Rule.Id == rule);
        Assert.NotNull(parsed.Schedule);
    }

    [Theory]
    [InlineData("rate(29 minutes)", "29 minutes")]
    [InlineData("rate(5 hour)", "hour")]
    [InlineData("cron(0 0 ? * TUE#6 *)", "#6")]
    [InlineData("cron(0 2 ? * MON-FRI *)", "MON-FRI")]
    [InlineData("cron(0 0 0/3 ? * * *)", "0/3")]
    [InlineData("at(2030-02-30T15:55:00)", "2030-02-30")]
    [InlineData("rate(1 day) x", " x")]
    public void A_problem_knows_its_place(string text, string part)
    {
        ScheduleProblem problem = Assert.Single(ScheduleExpression.Parse(text).Problems);
        Assert.Equal(part, text.Substring(problem.Offset, problem.Length));
    }

    [Fact]
    public void All_problems_are_found_and_stand_in_the_order_of_the_text()
    {
        ScheduleExpression parsed = ScheduleExpression.Parse("CRON(* 0/6 15 JAN MON-FRI 2030)");
        Assert.Equal(
            ["Schedule.LetterCase", "Schedule.Cron.Minutes", "Schedule.Cron.Hours", "Schedule.Cron.DayOfMonth", "Schedule.Cron.Month", "Schedule.Cron.DayOfWeek", "Schedule.Cron.Year"],
            parsed.Problems.Select(p => p.Rule.Id));
        Assert.Equal(parsed.Problems.Select(p => p.Offset).Order(), parsed.Problems.Select(p => p.Offset));
    }

    [Fact]
    public void The_message_of_an_entry_begins_with_the_expression()
    {
        EntryIssue[] issues = Tests.Validation.EntryJson.Check("""{"Name":"Doc-A","Targets":[{"Key":"tag:a","Values":["b"]}],"ScheduleExpression":"rate(29 minutes)"}""");
        Assert.Equal("rate(29 minutes): the shortest interval for an association is 30 minutes.", Assert.Single(issues).Message);
        issues = Tests.Validation.EntryJson.Check("""{"Name":"Doc-A","Targets":[{"Key":"tag:a","Values":["b"]}],"ScheduleExpression":"cron(0 0 ? * TUE#6 *)"}""");
        Assert.StartsWith("cron(0 0 ? * TUE#6 *): '#6' at position 17: ", Assert.Single(issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_the_parser_throw_or_lose_its_way()
    {
        Gen<string> words = Gen.Int[0, s_words.Length - 1].Select(static i => s_words[i]);
        Gen<string> likely = words.Array[0, 14].Select(static w => string.Concat(w));
        Gen<string> framed = Gen.Select(Gen.Int[0, 2], likely, static (kind, body) => new[] { "rate(", "cron(", "at(" }[kind] + body + ")");
        Gen.OneOf(framed, likely, Gen.String).Sample(Judge, iter: 100_000, threads: 1);
    }

    [Fact]
    public void A_very_long_text_is_read_in_one_go()
    {
        // Quadratic reading would not come back within the time of a test run.
        foreach (string part in new[] { " ", "(", ")", "0 ", "0", "*/", "#", "x" })
        {
            Judge("cron(" + string.Concat(Enumerable.Repeat(part, 200_000)) + ")");
            Judge("rate(" + string.Concat(Enumerable.Repeat(part, 200_000)));
        }
    }

    [Fact]
    public void The_cache_gives_the_same_verdict_also_when_it_is_full()
    {
        var cache = new ScheduleCache();
        ScheduleExpression first = cache.Get("rate(1 day)");
        Assert.Same(first, cache.Get("rate(1 day)"));
        for (int i = 0; i < 2_000; i++)
        {
            string text = FormattableString.Invariant($"rate({i} minutes)");
            Assert.Equal(ScheduleExpression.Parse(text).Problems.Count, cache.Get(text).Problems.Count);
        }

        Assert.Empty(cache.Get("rate(1 day)").Problems);
        string tooLong = "rate(" + new string('1', 300) + " days)";
        Assert.NotSame(cache.Get(tooLong), cache.Get(tooLong));
    }

    private static readonly string[] s_words =
        [" ", "  ", "0", "00", "1", "2", "5", "7", "15", "30", "59", "60", "*", "?", "L", "W", "#", "/", ",", "-", "0/30", "*/2", "SUN", "mon", "TUE#2", "FRIL", "minutes", "day", "s", "2030-01-31T15:55:00", "(", ")", "\t", "\u0661"];

    private static void Judge(string text)
    {
        ScheduleExpression parsed = ScheduleExpression.Parse(text);
        bool hasError = parsed.Problems.Any(p => p.Severity == IssueSeverity.Error);
        Assert.Equal(hasError, parsed.Schedule is null);
        Assert.All(parsed.Problems, p => Assert.True(p.Offset >= 0 && p.Length >= 0 && p.Offset + p.Length <= text.Length));
        if (parsed.Schedule is { } schedule)
        {
            Assert.NotEmpty(schedule.Describe());
            DateTime[] runs = schedule.NextRuns(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), schedule.Kind == ScheduleKind.Cron ? 2 : 0).Take(3).ToArray();
            Assert.Equal(runs.Order(), runs);
            Assert.Equal(runs.Distinct(), runs);
        }
    }
}
