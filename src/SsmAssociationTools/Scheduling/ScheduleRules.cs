using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Scheduling;

/// <summary>The rules of the schedule grammar for associations.</summary>
internal static class ScheduleRules
{
    private const string CronPage = "User Guide, Reference: Cron and rate expressions";

    /// <summary>Kind and brackets.</summary>
    public static RuleDefinition Form { get; } = new(
        "Schedule.Form",
        IssueSeverity.Error,
        "The expression is rate(...), cron(...) or at(...) with nothing around it.",
        "ScheduleExpression = every day",
        "reported: cdk-preflight (\"Only schedule expressions of type rate, cron, and at are supported.\")");

    /// <summary>Upper and lower case.</summary>
    public static RuleDefinition LetterCase { get; } = new(
        "Schedule.LetterCase",
        IssueSeverity.Warning,
        "Kinds and units are in lower case, weekdays and L in upper case.",
        "ScheduleExpression = RATE(30 MINUTES)",
        "inferred: the SSM agent takes any case, no source shows the service doing so");

    /// <summary>Leading zeros.</summary>
    public static RuleDefinition LeadingZero { get; } = new(
        "Schedule.LeadingZero",
        IssueSeverity.Warning,
        "Numbers have no leading zeros; minutes and hours of cron() may have two digits.",
        "ScheduleExpression = rate(030 minutes)",
        "inferred: the SSM agent takes leading zeros, no source shows the service doing so");

    /// <summary>Number and unit of rate().</summary>
    public static RuleDefinition RateForm { get; } = new(
        "Schedule.Rate.Form",
        IssueSeverity.Error,
        "rate() holds a whole number, one space and minutes, hours or days.",
        "ScheduleExpression = rate(2 weeks)",
        "documented: " + CronPage + "; reported: cdk-preflight (\"... is not a valid rate expression.\")");

    /// <summary>The space of rate().</summary>
    public static RuleDefinition RateSpace { get; } = new(
        "Schedule.Rate.Space",
        IssueSeverity.Warning,
        "One space stands between the number and the unit of rate().",
        "ScheduleExpression = rate(1day)",
        "documented with a space, but User Guide, sysman-state-assoc, prints it without");

    /// <summary>Singular and plural.</summary>
    public static RuleDefinition RatePlural { get; } = new(
        "Schedule.Rate.Plural",
        IssueSeverity.Error,
        "The unit of rate() is singular for 1 and plural for all other numbers.",
        "ScheduleExpression = rate(5 hour)",
        "documented: " + CronPage);

    /// <summary>Shortest and longest interval.</summary>
    public static RuleDefinition RateInterval { get; } = new(
        "Schedule.Rate.Interval",
        IssueSeverity.Error,
        "The interval of rate() is at least 30 minutes and less than 31 days.",
        "ScheduleExpression = rate(29 minutes)",
        "documented: " + CronPage + "; lower bound observed: cdk-preflight (\"Minimum interval for rate based association is 30 minutes.\")");

    /// <summary>Form of at().</summary>
    public static RuleDefinition AtForm { get; } = new(
        "Schedule.At.Form",
        IssueSeverity.Error,
        "at() holds yyyy-MM-ddTHH:mm:ss or yyyy-MM-ddTHH:mm, in UTC, without a time zone.",
        "ScheduleExpression = at(2030-01-31T15:55:00Z)",
        "documented: " + CronPage + "; reported: cdk-preflight (\"Invalid schedule at DateTime expression\")");

    /// <summary>A date that exists.</summary>
    public static RuleDefinition AtDate { get; } = new(
        "Schedule.At.Date",
        IssueSeverity.Error,
        "at() names a day of the calendar and a time of the day.",
        "ScheduleExpression = at(2030-02-30T15:55:00)",
        "documented: " + CronPage);

    /// <summary>A moment that is past.</summary>
    public static RuleDefinition AtPast { get; } = new(
        "Schedule.At.Past",
        IssueSeverity.Warning,
        "at() names a moment that is still to come; a past one runs at once.",
        "ScheduleExpression = at(2020-07-07T15:55:00)",
        "documented: AWS CLI example create-association");

    /// <summary>Spaces of cron().</summary>
    public static RuleDefinition CronSpaces { get; } = new(
        "Schedule.Cron.Spaces",
        IssueSeverity.Error,
        "Single spaces separate the fields of cron(), with none at the beginning and the end.",
        "ScheduleExpression = cron(0  2 ? * SUN *)",
        "documented: " + CronPage);

    /// <summary>Number of fields of cron().</summary>
    public static RuleDefinition CronFields { get; } = new(
        "Schedule.Cron.Fields",
        IssueSeverity.Error,
        "cron() has six fields (minutes, hours, day of month, month, day of week, year), or seven with seconds first.",
        "ScheduleExpression = cron(0 2 * * SUN)",
        "documented: " + CronPage + "; reported: cdk-preflight (\"is not a valid cron expression.\")");

    /// <summary>Seconds field.</summary>
    public static RuleDefinition CronSeconds { get; } = new(
        "Schedule.Cron.Seconds",
        IssueSeverity.Error,
        "Seconds, the first of seven fields, are 0.",
        "ScheduleExpression = cron(24 30 9 ? * * *)",
        "documented: " + CronPage);

    /// <summary>Minutes field.</summary>
    public static RuleDefinition CronMinutes { get; } = new(
        "Schedule.Cron.Minutes",
        IssueSeverity.Error,
        "Minutes are one number from 0 to 59, 0/30 or */30.",
        "ScheduleExpression = cron(0/15 * * * ? *)",
        "documented: " + CronPage + "; reported: cdk-preflight (\"is currently not accepted.\")");

    /// <summary>Hours field.</summary>
    public static RuleDefinition CronHours { get; } = new(
        "Schedule.Cron.Hours",
        IssueSeverity.Error,
        "Hours are one number from 0 to 23, or 0/N or */N with N = 1, 2, 4, 8 or 12.",
        "ScheduleExpression = cron(0 0/6 * * ? *)",
        "documented: " + CronPage + "; reported: cdk-preflight (\"is currently not accepted.\")");

    /// <summary>Every hour at a fixed minute.</summary>
    public static RuleDefinition CronHourlyWildcard { get; } = new(
        "Schedule.Cron.HourlyWildcard",
        IssueSeverity.Warning,
        "Hours are * only together with minutes of 0/30; every hour is written 0/1.",
        "ScheduleExpression = cron(0 * * * ? *)",
        "reported: cdk-preflight refuses it, a public module's page uses it");

    /// <summary>Day of month field.</summary>
    public static RuleDefinition CronMonthDay { get; } = new(
        "Schedule.Cron.DayOfMonth",
        IssueSeverity.Error,
        "The day of month is *, ? or 1/1.",
        "ScheduleExpression = cron(0 8 1 * ? *)",
        "reported: cdk-preflight (\"is currently not accepted.\"); documented forms: " + CronPage);

    /// <summary>Month field.</summary>
    public static RuleDefinition CronMonth { get; } = new(
        "Schedule.Cron.Month",
        IssueSeverity.Error,
        "The month is *.",
        "ScheduleExpression = cron(0 2 ? JAN SUN *)",
        "documented: User Guide, State Manager (months cannot be specified)");

    /// <summary>Day of week field.</summary>
    public static RuleDefinition CronWeekday { get; } = new(
        "Schedule.Cron.DayOfWeek",
        IssueSeverity.Error,
        "The day of week is *, ?, one day from SUN to SAT, DAY#1 to DAY#5 or DAYL.",
        "ScheduleExpression = cron(15 7 ? * MON-FRI *)",
        "documented: " + CronPage + "; observed: cdk-preflight (TUE#5 accepted, TUE#6 refused)");

    /// <summary>Weekdays by number.</summary>
    public static RuleDefinition CronNumericWeekday { get; } = new(
        "Schedule.Cron.NumericWeekday",
        IssueSeverity.Warning,
        "The weekday is written by name: AWS pages disagree on whether 1 or 0 is Sunday.",
        "ScheduleExpression = cron(0 0 ? * 3L *)",
        "documented, in contradiction: " + CronPage + " (3L is Tuesday, 5#3 is Friday)");

    /// <summary>Year field.</summary>
    public static RuleDefinition CronYear { get; } = new(
        "Schedule.Cron.Year",
        IssueSeverity.Error,
        "The year is *.",
        "ScheduleExpression = cron(0 2 ? * SUN 2030)",
        "reported: cdk-preflight (\"is currently not accepted.\")");

    /// <summary>Which of the two day fields is open.</summary>
    public static RuleDefinition CronDays { get; } = new(
        "Schedule.Cron.Days",
        IssueSeverity.Error,
        "Exactly one of day of month and day of week is ?.",
        "ScheduleExpression = cron(0 2 * * * *)",
        "documented: " + CronPage + "; reported: cdk-preflight");

    /// <summary>Several runs on a certain day.</summary>
    public static RuleDefinition CronStepWithDay { get; } = new(
        "Schedule.Cron.StepWithDay",
        IssueSeverity.Error,
        "Steps of hours or half hours are not combined with a certain day.",
        "ScheduleExpression = cron(0 0/4 ? * MON *)",
        "reported: cdk-preflight (\"is currently not accepted.\")");

    /// <summary>Forms that no source shows accepted or refused for an association.</summary>
    public static RuleDefinition CronUnproven { get; } = new(
        "Schedule.Cron.Unproven",
        IssueSeverity.Warning,
        "The form is shown for associations by some source, not only for maintenance windows or by other tools.",
        "ScheduleExpression = cron(0 2 L * ? *)",
        "documented for maintenance windows only, or not at all: " + CronPage);

    /// <summary>All rules of the grammar.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } =
    [
        Form, LetterCase, LeadingZero,
        RateForm, RateSpace, RatePlural, RateInterval,
        AtForm, AtDate, AtPast,
        CronSpaces, CronFields, CronSeconds, CronMinutes, CronHours, CronHourlyWildcard, CronMonthDay, CronMonth,
        CronWeekday, CronNumericWeekday, CronYear, CronDays, CronStepWithDay, CronUnproven,
    ];
}
