using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Validation;

/// <summary>Several accounts, calendars, alarms and output (M1 to M7 of the research).</summary>
internal static class LocationRules
{
    /// <summary>M1.</summary>
    private static readonly RuleDefinition s_command = new(
        "TargetLocations.ForCommand",
        IssueSeverity.Warning,
        "TargetLocations stands with a runbook.",
        "Name = AWS-RunShellScript with TargetLocations",
        "documented for runbooks: User Guide, Scheduling automations");

    /// <summary>M2.</summary>
    private static readonly RuleDefinition s_children = new(
        "TargetLocations.IncludeChildOrganizationUnits.Unsupported",
        IssueSeverity.Warning,
        "IncludeChildOrganizationUnits is not used: State Manager may not support it.",
        "TargetLocations[0].IncludeChildOrganizationUnits = true",
        "documented: API model from 2025-09-23 to 2026-07-07");

    /// <summary>M2.</summary>
    private static readonly RuleDefinition s_alarm = new(
        "TargetLocations.TargetLocationAlarmConfiguration.Unsupported",
        IssueSeverity.Warning,
        "TargetLocationAlarmConfiguration is not used: State Manager may not support it.",
        "TargetLocations[0].TargetLocationAlarmConfiguration with an alarm",
        "documented: API model since 2026-07-07");

    /// <summary>M3.</summary>
    private static readonly RuleDefinition s_parameter = new(
        "TargetLocations.Targets.NeedsTargetParameter",
        IssueSeverity.Error,
        "Targets of a target location stand with AutomationTargetParameterName.",
        "TargetLocations[0].Targets without AutomationTargetParameterName",
        "documented for StartAutomationExecution: API model; for associations inferred")
    {
        Needs = ["AutomationTargetParameterName"],
    };

    /// <summary>M4.</summary>
    private static readonly RuleDefinition s_calendarOnce = new(
        "CalendarNames.OneRun",
        IssueSeverity.Warning,
        "CalendarNames stands with a schedule that repeats: a single run that meets a closed calendar never takes place.",
        "CalendarNames without ScheduleExpression",
        "documented: User Guide, Creating associations")
    {
        Needs = ["ScheduleExpression"],
    };

    /// <summary>M5.</summary>
    private static readonly RuleDefinition s_calendarEmpty = new(
        "CalendarNames.Empty",
        IssueSeverity.Error,
        "No calendar name is empty.",
        "CalendarNames = (an empty text)",
        "inferred: a calendar has a name or an ARN");

    /// <summary>M7.</summary>
    private static readonly RuleDefinition s_bucket = new(
        "OutputLocation.BucketMissing",
        IssueSeverity.Error,
        "OutputLocation names a bucket.",
        "OutputLocation.S3Location.OutputS3KeyPrefix without OutputS3BucketName",
        "inferred: Terraform requires it, and the service has the error InvalidOutputLocation")
    {
        Needs = ["OutputLocation"],
    };

    private static readonly RuleDefinition s_forRunbook = new(
        "OutputLocation.ForRunbook",
        IssueSeverity.Warning,
        "OutputLocation stands with a Command document.",
        "Name = AWS-StopEC2Instance with OutputLocation",
        "documented: User Guide, Editing associations (output to S3 is for Command documents, not for runbooks)");

    private static readonly RuleDefinition s_account = new(
        "TargetLocations.Accounts.Form",
        IssueSeverity.Error,
        "An account is 12 digits; an organizational unit is ou-...; a root is r-....",
        "TargetLocations[0].Accounts = ABC",
        "documented: API model, ExcludeAccounts; AWS Organizations, ids of roots");

    private static readonly RuleDefinition s_region = new(
        "TargetLocations.Regions.Form",
        IssueSeverity.Error,
        "A Region has the form of a Region's code.",
        "TargetLocations[0].Regions = eu_west_1",
        "inferred: every code of a Region is small letters, hyphens and a number; seen in Terraform provider issue 32585");

    private static readonly Regex s_accountForm =
        new(@"\A(?:[0-9]{12}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})\z", RegexOptions.CultureInvariant);

    /// <summary>All rules of this class. M6, exactly one alarm, is AlarmConfiguration.Alarms.Count.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } = [
        s_bucket, s_forRunbook, s_calendarOnce, s_calendarEmpty, s_command, s_account, s_region, s_children, s_alarm, s_parameter,
    ];

    /// <summary>Rules on OutputLocation.</summary>
    public static void CheckOutput(EntryContext context)
    {
        if (context.Entry.OutputLocation is not null && context.Type == DocumentType.Automation)
        {
            context.Issues.Add(s_forRunbook, "OutputLocation", $"{context.Document.Name} is a runbook, which stores no output there: remove OutputLocation.");
        }

        // A bucket that is an empty text breaks the length of the field.
        if (context.Entry.OutputLocation is { } output && output.S3Location?.OutputS3BucketName is null)
        {
            context.Issues.Add(s_bucket, "OutputLocation.S3Location.OutputS3BucketName", "Without a bucket nothing is stored: name the bucket, or remove OutputLocation.");
        }
    }

    /// <summary>Rules on CalendarNames.</summary>
    public static void CheckCalendars(EntryContext context)
    {
        if (context.Entry.CalendarNames is not { Length: > 0 } names)
        {
            return;
        }

        if (context.Schedule is null || context.Schedule.Kind == ScheduleKind.At)
        {
            context.Issues.Add(s_calendarOnce, "CalendarNames", "The association runs once, and never if a calendar is closed at that moment: use a schedule that repeats, or remove CalendarNames.");
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] is { Length: 0 })
            {
                context.Issues.Add(s_calendarEmpty, FormattableString.Invariant($"CalendarNames[{i}]"), "This name is empty: give the name or the ARN of a calendar, or remove it.", names[i]);
            }
        }
    }

    /// <summary>Rules on TargetLocations.</summary>
    public static void CheckLocations(EntryContext context)
    {
        if (context.Entry.TargetLocations is not { Length: > 0 } locations)
        {
            return;
        }

        if (context.Type == DocumentType.Command)
        {
            context.Issues.Add(s_command, "TargetLocations", $"{context.Document.Name} is not a runbook: AWS documents TargetLocations for runbooks only. Create the association in each account and Region instead.");
        }

        IssuePath path = context.Path;
        path.Enter("TargetLocations");
        for (int i = 0; i < locations.Length; i++)
        {
            if (locations[i] is { } location)
            {
                path.Enter(i);
                CheckLocation(context, location, path);
                path.Leave();
            }
        }

        path.Leave();
    }

    private static void CheckLocation(EntryContext context, TargetLocation location, IssuePath path)
    {
        for (int i = 0; i < location.Accounts?.Length; i++)
        {
            if (location.Accounts[i] is { } account && !s_accountForm.IsMatch(account))
            {
                context.Issues.Add(s_account, path.To("Accounts", i), $"'{MessageText.Of(account)}' is no account: write its 12 digits, or the id of an organizational unit.{CauseOf(account)}", account);
            }
        }

        for (int i = 0; i < location.Regions?.Length; i++)
        {
            if (location.Regions[i] is { } region && !RegionCode.IsOne(region))
            {
                context.Issues.Add(s_region, path.To("Regions", i), $"'{MessageText.Of(region)}' is no Region: write a code such as us-east-1.{CauseOf(region)}", region);
            }
        }

        if (location.TargetLocationAlarmConfiguration is not null)
        {
            context.Issues.Add(
                s_alarm, path.To("TargetLocationAlarmConfiguration"), "State Manager does not support an alarm for a location: use the entry's own AlarmConfiguration.");
        }

        if (location.IncludeChildOrganizationUnits == true)
        {
            context.Issues.Add(
                s_children,
                path.To("IncludeChildOrganizationUnits"),
                "State Manager may not support this: list the organizational units themselves in Accounts.",
                "true");
        }

        if (location.Targets is { Length: > 0 } targets)
        {
            if (!context.HasTargetParameter)
            {
                context.Issues.Add(s_parameter, path.To("Targets"), "Name the runbook's parameter that receives these targets, as AutomationTargetParameterName.");
            }

            // Only runbooks have targets here, whatever is known of the document.
            TargetKeyRules.Check(context, targets, DocumentType.Automation, isOfLocation: true);
        }
    }

    private static string CauseOf(string text)
    {
        string? cause = text.Length is > 0 and < 12 && text.All(static c => c is >= '0' and <= '9')
            ? "A spreadsheet drops zeros at the beginning: format the cell as text."
            : SpreadsheetText.CauseOfText(text) ?? OddCharacter.InPlainText(text);
        return cause is null ? string.Empty : " " + cause;
    }
}
