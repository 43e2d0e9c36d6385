using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Model;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Completion;

/// <summary>Completes a schedule with one expression of each form that associations accept, to be changed as needed.</summary>
internal sealed class ScheduleCompleter : ChoiceCompleter
{
    private static readonly string[][] s_forms =
    [
        ["rate(30 minutes)", "The shortest interval there is."],
        ["rate(1 hour)", "One is written in the singular."],
        ["rate(12 hours)", "Counted from when the association is created."],
        ["rate(1 day)", "Counted from when the association is created."],
        ["rate(7 days)", "Weeks are written as days."],
        ["rate(14 days)", "Less than 31 days are accepted."],
        ["cron(0 2 ? * SUN *)", "Minute, hour, day of month, month, weekday, year. One weekday, no ranges."],
        ["cron(0 2 ? * SUN#2 *)", "SUN#1 to SUN#5; with -ScheduleOffset some days later."],
        ["cron(0 2 ? * SUNL *)", "L is the last one of the month."],
        ["cron(0 2 * * ? *)", "Every day at a fixed time."],
        ["cron(0/30 * * * ? *)", "Every half hour, on the clock."],
        ["cron(0 0/4 * * ? *)", "Steps of 1, 2, 4, 8 or 12 hours."],
    ];

    protected override IEnumerable<Choice> Choices(IDictionary bound)
    {
        foreach (string[] form in s_forms)
        {
            yield return new Choice(form[0], $"{Capital(ScheduleExpression.Parse(form[0]).Schedule!.Describe())}. {form[1]}");
        }

        string tomorrow = SystemTime.UtcNow.Date.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        yield return new Choice($"at({tomorrow}T02:00:00)", "Once, at a time in UTC. Needs -ApplyOnlyAtCronInterval $true.");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
