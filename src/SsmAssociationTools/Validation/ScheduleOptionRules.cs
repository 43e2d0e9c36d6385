using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Validation;

/// <summary>The schedule and the members that depend on it (S1 to S9 of the research).</summary>
internal static class ScheduleOptionRules
{
    /// <summary>S1.</summary>
    private static readonly RuleDefinition s_onlyCronWithRate = new(
        "ApplyOnlyAtCronInterval.WithRate",
        IssueSeverity.Error,
        "ApplyOnlyAtCronInterval = true does not stand with rate().",
        "ApplyOnlyAtCronInterval = true with ScheduleExpression = rate(1 day)",
        "documented: API model, ApplyOnlyAtCronInterval; reported: cdk-preflight (\"ApplyOnlyAtCronInterval is not supported for Rate Schedule associations.\")");

    /// <summary>S2.</summary>
    private static readonly RuleDefinition s_onlyCronWithoutSchedule = new(
        "ApplyOnlyAtCronInterval.WithoutSchedule",
        IssueSeverity.Error,
        "ApplyOnlyAtCronInterval = true stands with a schedule.",
        "ApplyOnlyAtCronInterval = true without ScheduleExpression",
        "reported: cdk-preflight (\"ApplyOnlyAtCronInterval is not supported for No Schedule associations.\")")
    {
        Needs = ["ScheduleExpression"],
    };

    /// <summary>S3.</summary>
    private static readonly RuleDefinition s_atNeedsOnlyCron = new(
        "ApplyOnlyAtCronInterval.MissingForAt",
        IssueSeverity.Error,
        "at() stands with ApplyOnlyAtCronInterval = true.",
        "ScheduleExpression = at(2030-01-31T15:55:00) without ApplyOnlyAtCronInterval",
        "reported: cdk-preflight (\"At Schedule Expression must be used with ApplyOnlyAtCronInterval = true\")")
    {
        Needs = ["ApplyOnlyAtCronInterval"],
    };

    /// <summary>S4.</summary>
    private static readonly RuleDefinition s_offsetNeedsOnlyCron = new(
        "ScheduleOffset.NeedsApplyOnlyAtCronInterval",
        IssueSeverity.Error,
        "ScheduleOffset stands with ApplyOnlyAtCronInterval = true.",
        "ScheduleOffset = 2 without ApplyOnlyAtCronInterval",
        "documented: API model, CreateAssociation; reported: cdk-preflight (\"ScheduleOffset is not supported for non ApplyOnlyAtCronInterval associations.\")")
    {
        Needs = ["ApplyOnlyAtCronInterval"],
    };

    /// <summary>S5.</summary>
    private static readonly RuleDefinition s_offsetNeedsCron = new(
        "ScheduleOffset.NeedsCron",
        IssueSeverity.Error,
        "ScheduleOffset stands with cron().",
        "ScheduleOffset = 2 with ScheduleExpression = rate(1 day)",
        "documented: User Guide, Reference: Cron and rate expressions")
    {
        Needs = ["ScheduleExpression"],
    };

    /// <summary>S6.</summary>
    private static readonly RuleDefinition s_offsetNeedsWeek = new(
        "ScheduleOffset.NeedsNthWeekday",
        IssueSeverity.Error,
        "ScheduleOffset stands with a cron() that names the nth of a weekday in the month, such as SUN#2.",
        "ScheduleOffset = 2 with ScheduleExpression = cron(0 2 ? * SUN *)",
        "reported: cdk-preflight (\"ScheduleOffset is valid with nth day of the week in the month cron expression only.\")",
        "the cron() names the last of a weekday");

    /// <summary>S7.</summary>
    private static readonly RuleDefinition s_durationNeedsOnlyCron = new(
        "Duration.NeedsApplyOnlyAtCronInterval",
        IssueSeverity.Error,
        "Duration stands with ApplyOnlyAtCronInterval = true.",
        "Duration = 2 without ApplyOnlyAtCronInterval",
        "documented: API model, Duration (the service may ignore it instead of refusing it)")
    {
        Needs = ["ApplyOnlyAtCronInterval"],
    };

    /// <summary>S9.</summary>
    private static readonly RuleDefinition s_runbookCron = new(
        "Schedule.RunbookCron",
        IssueSeverity.Warning,
        "A runbook has a rate() schedule, which is tried again after throttling. Off by default: -IncludeRule Schedule.RunbookCron.",
        "Name = AWS-StopEC2Instance with ScheduleExpression = cron(0 2 ? * SUN *)",
        "documented: User Guide, Scheduling automations")
    {
        IsOffByDefault = true,
    };

    private static readonly RuleDefinition s_rateControl = new(
        "RateControl.WithoutTargets",
        IssueSeverity.Warning,
        "MaxErrors and MaxConcurrency stand with Targets.",
        "MaxErrors = 1 without Targets",
        "inferred; AWS pages disagree on the defaults (100% or 50 nodes)")
    {
        Needs = ["Targets", "TargetMaps", "TargetLocations", "InstanceId"],
    };

    /// <summary>All rules of this class.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } =
    [s_runbookCron, 
        s_rateControl, s_onlyCronWithRate, s_onlyCronWithoutSchedule, s_atNeedsOnlyCron, s_offsetNeedsOnlyCron, s_offsetNeedsCron,
        s_offsetNeedsWeek, s_durationNeedsOnlyCron,
    ];

    /// <summary>The schedule itself.</summary>
    public static void CheckExpression(EntryContext context)
    {
        if (context.Schedule is not { } expression)
        {
            return;
        }

        const string Path = "ScheduleExpression";
        foreach (ScheduleProblem problem in expression.Problems)
        {
            context.Issues.Add(problem.Rule, Path, Sentence(expression.Text, problem), expression.Text);
        }

        if (expression.Schedule is AtSchedule at && at.Time <= context.UtcNow)
        {
            context.Issues.Add(ScheduleRules.AtPast, Path, $"{MessageText.Of(expression.Text)}: this moment is past, so the association runs at once: give a later time if that is not meant.", expression.Text);
        }

        if (expression.Kind == ScheduleKind.Cron && context.LooksLikeAutomation)
        {
            context.Issues.Add(s_runbookCron, Path, $"{MessageText.Of(expression.Text)}: a run of a runbook that is throttled is tried again with rate() only: use rate() where the time of day does not matter.", expression.Text);
        }
    }

    /// <summary>MaxErrors or MaxConcurrency.</summary>
    public static void CheckRateControl(EntryContext context, EntryMember member)
    {
        var value = (string?)member.Get(context.Entry);
        // InstanceId excludes both; its own rule says so.
        if (!string.IsNullOrEmpty(value) && !context.HasTargets && !context.HasTargetMaps && !context.HasLocationTargets && !context.HasInstanceId)
        {
            string name = member.Name;
            context.Issues.Add(s_rateControl, name, $"{name} has no effect without Targets: add Targets, or remove {name}.", value);
        }
    }

    /// <summary>ApplyOnlyAtCronInterval.</summary>
    public static void CheckOnlyAtCron(EntryContext context)
    {
        const string Path = "ApplyOnlyAtCronInterval";
        ScheduleKind kind = context.Schedule?.Kind ?? ScheduleKind.None;
        if (context.Entry.ApplyOnlyAtCronInterval == true)
        {
            if (context.Schedule is null)
            {
                context.Issues.Add(s_onlyCronWithoutSchedule, Path, "There is no schedule to wait for: add a ScheduleExpression, or remove ApplyOnlyAtCronInterval.");
            }
            else if (kind == ScheduleKind.Rate)
            {
                context.Issues.Add(s_onlyCronWithRate, Path, "rate() does not go with ApplyOnlyAtCronInterval: use cron(), or remove ApplyOnlyAtCronInterval.");
            }
        }
        else if (kind == ScheduleKind.At)
        {
            context.Issues.Add(s_atNeedsOnlyCron, Path, "at() needs ApplyOnlyAtCronInterval = true: set it.");
        }
    }

    /// <summary>ScheduleOffset.</summary>
    public static void CheckOffset(EntryContext context)
    {
        if (context.Entry.ScheduleOffset is not int offset)
        {
            return;
        }

        const string Path = "ScheduleOffset";
        string value = offset.ToString(CultureInfo.InvariantCulture);
        if (context.Entry.ApplyOnlyAtCronInterval != true)
        {
            context.Issues.Add(s_offsetNeedsOnlyCron, Path, "ScheduleOffset needs ApplyOnlyAtCronInterval = true: set it, or remove ScheduleOffset.", value);
        }

        ScheduleKind kind = context.Schedule?.Kind ?? ScheduleKind.None;
        if (kind is ScheduleKind.Rate or ScheduleKind.At || context.Schedule is null)
        {
            context.Issues.Add(s_offsetNeedsCron, Path, "ScheduleOffset counts from the day that a cron() names: use cron(), or remove ScheduleOffset.", value);
        }
        else if (context.Schedule.Schedule is { IsNthWeekday: false } schedule)
        {
            context.Issues.Add(
                s_offsetNeedsWeek,
                schedule.IsLastWeekday ? IssueSeverity.Warning : IssueSeverity.Error,
                Path,
                schedule.IsLastWeekday
                    ? "The service may take an offset with DAY#1 to DAY#5 only: use such a day to be sure."
                    : "An offset goes with a certain weekday of the month only: write the day of week as DAY#n, such as SUN#2, or remove ScheduleOffset.",
                value);
        }
    }

    /// <summary>Duration.</summary>
    public static void CheckDuration(EntryContext context)
    {
        if (context.Entry.Duration is int duration && context.Entry.ApplyOnlyAtCronInterval != true)
        {
            context.Issues.Add(
                s_durationNeedsOnlyCron,
                "Duration",
                "Duration counts only with ApplyOnlyAtCronInterval = true: set it, or remove Duration.",
                duration.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The expression, the place in it where that is not the whole of it, and what to do.</summary>
    internal static string Sentence(string text, ScheduleProblem problem)
    {
        int end = problem.Offset + problem.Length;
        bool isWhole = problem.Length == text.Length || (problem.Offset > 0 && text[problem.Offset - 1] == '(' && end == text.Length - 1);
        string shown = text.Length == 0 ? "The expression is empty" : MessageText.Of(text);
        if (isWhole)
        {
            return $"{shown}: {problem.Message}";
        }

        string place = "position " + (problem.Offset + 1).ToString(CultureInfo.InvariantCulture);
        return problem.Length == 0
            ? $"{shown}: at {place}: {problem.Message}"
            : $"{shown}: '{MessageText.Of(text.Substring(problem.Offset, problem.Length))}' at {place}: {problem.Message}";
    }
}
