using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>
/// What the API model says of every member of the entry and of its parts, in one table, in the order of the members.
/// A test compares it with the API model itself.
/// </summary>
internal static class FieldConstraints
{
    private static readonly TextPattern s_documentName = new(
        @"^[a-zA-Z0-9_\-.:/]{3,128}$",
        TextPatterns.IsDocumentText,
        "Has only letters, digits and _ - . : / (ASCII).",
        "use the name or the ARN of a document, with letters, digits and the signs _ - . : / only.",
        "My Document")
    {
        MinLength = 3,
        MaxLength = 128,
        LengthExample = "Name = ab",
        LengthDoubt = "AWS definitions disagree (the CloudFormation schema allows 200 characters): -ExcludeRule Name.Length turns this check off",
    };

    private static readonly TextPattern s_associationName = new(
        @"^[a-zA-Z0-9_\-.]{3,128}$",
        TextPatterns.IsAssociationText,
        "Has only letters, digits and _ - . (ASCII).",
        "use letters, digits and the signs _ - . only.",
        "Patch Sunday")
    {
        MinLength = 3,
        MaxLength = 128,
        LengthExample = "AssociationName = ab",
    };

    private static readonly TextPattern s_instanceId = new(
        @"(^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)",
        TextPatterns.IsNodeId,
        "Is i- with 8 or 17 characters or mi- with 17.",
        "write i- with 8 or 17 hexadecimal digits, or mi- with 17.",
        "web01");

    private static readonly TextPattern s_documentVersion = new(
        "([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)",
        TextPatterns.IsDocumentVersion,
        "Is $DEFAULT, $LATEST or a whole number from 1.",
        "use $DEFAULT, $LATEST or a version number such as 3.",
        "latest");

    private static readonly TextPattern s_maxErrors = new(
        "^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$",
        TextPatterns.IsMaxErrors,
        "Is a whole number from 0 or a percentage from 0% to 100%, without leading zeros.",
        "use a whole number such as 0 or 5, or a percentage from 0% to 100%.",
        "5.5%");

    private static readonly TextPattern s_maxConcurrency = new(
        "^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$",
        TextPatterns.IsMaxConcurrency,
        "Is a whole number from 1 or a percentage from 1% to 100%, without leading zeros.",
        "use a whole number from 1, or a percentage from 1% to 100%; 0 is for MaxErrors only.",
        "0");

    private static readonly TextPattern s_targetKey = new(
        @"^[\p{L}\p{Z}\p{N}_.:/=\-@]*$|resource-groups:ResourceTypeFilters|resource-groups:Name",
        TextPatterns.IsTargetKeyWithPlus,
        "Has only letters, digits, spaces and _ . : / = - @ (a plus sign is rule Targets.Key.Plus).",
        "use letters, digits, spaces and the signs _ . : / = - @ only.",
        "tag:Role*");

    private static readonly TextPattern s_roleName = new(
        @"[\w+=,.@/-]+",
        TextPatterns.IsRoleName,
        "Has only letters, digits and _ + = , . @ / - (ASCII).",
        "use the name of the role, not its ARN, with letters, digits and the signs _ + = , . @ / - only.",
        "arn:aws:iam::123456789012:role/Run");

    private static readonly TextPattern s_excludedAccount = new(
        @"^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})|(\d{12})$",
        TextPatterns.IsAccountOrUnit,
        "Is an account id of 12 digits or an organizational unit such as ou-ab12-cdef3456.",
        "use an account id of 12 digits or an organizational unit such as ou-ab12-cdef3456.",
        "production");

    private static readonly TextPattern s_alarmName = new(
        @"^(?!\s*$).+",
        TextPatterns.IsAlarmName,
        "Is not only white space and has no line break.",
        "give the name of the alarm, in one line.",
        "(spaces only)");

    private static readonly TextPattern s_dispatchRole = new(
        "arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+",
        TextPatterns.IsRoleArn,
        "Is the ARN of an IAM role.",
        "write it as arn:aws:iam::123456789012:role/NAME.",
        "DispatchRole");

    /// <summary>The members of the entry, in order.</summary>
    public static IReadOnlyList<FieldConstraint<AssociationEntry>> Entry { get; } =
    [
        new TextField<AssociationEntry>("Name", static e => e.Name, isRequired: true, pattern: s_documentName),
        new TextField<AssociationEntry>("InstanceId", static e => e.InstanceId, pattern: s_instanceId),
        new MapField<AssociationEntry>("Parameters", static e => e.Parameters, Map("Parameters")),
        new TextField<AssociationEntry>("AutomationTargetParameterName", static e => e.AutomationTargetParameterName, min: 1, max: 50),
        new TextField<AssociationEntry>("DocumentVersion", static e => e.DocumentVersion, pattern: s_documentVersion),
        new PartListField<AssociationEntry, AssociationTarget>(
            "Targets",
            static e => e.Targets,
            isRequired: false,
            Count("Targets", 0, 5, "targets"),
            Target("Targets")),
        new TextField<AssociationEntry>("ScheduleExpression", static e => e.ScheduleExpression, min: 1, max: 256),
        new PartField<AssociationEntry, InstanceAssociationOutputLocation>(
            "OutputLocation",
            static e => e.OutputLocation,
            new PartField<InstanceAssociationOutputLocation, S3OutputLocation>(
                "OutputLocation.S3Location",
                static o => o.S3Location,
                new TextField<S3OutputLocation>("OutputLocation.S3Location.OutputS3Region", static s => s.OutputS3Region, min: 3, max: 20),
                new TextField<S3OutputLocation>("OutputLocation.S3Location.OutputS3BucketName", static s => s.OutputS3BucketName, min: 3, max: 63),
                new TextField<S3OutputLocation>("OutputLocation.S3Location.OutputS3KeyPrefix", static s => s.OutputS3KeyPrefix, max: 500))),
        new TextField<AssociationEntry>("AssociationName", static e => e.AssociationName, pattern: s_associationName),
        new TextField<AssociationEntry>("MaxErrors", static e => e.MaxErrors, min: 1, max: 7, pattern: s_maxErrors),
        new TextField<AssociationEntry>("MaxConcurrency", static e => e.MaxConcurrency, min: 1, max: 7, pattern: s_maxConcurrency),
        new TextField<AssociationEntry>(
            "ComplianceSeverity",
            static e => e.ComplianceSeverity,
            allowed: ["CRITICAL", "HIGH", "MEDIUM", "LOW", "UNSPECIFIED"]),
        new TextField<AssociationEntry>("SyncCompliance", static e => e.SyncCompliance, allowed: ["AUTO", "MANUAL"]),
        new FlagField<AssociationEntry>("ApplyOnlyAtCronInterval"),
        new TextListField<AssociationEntry>("CalendarNames", static e => e.CalendarNames),
        new PartListField<AssociationEntry, TargetLocation>(
            "TargetLocations",
            static e => e.TargetLocations,
            isRequired: false,
            Count("TargetLocations", 1, 100, "locations"),
            new TextListField<TargetLocation>("TargetLocations.Accounts", static l => l.Accounts, Count("TargetLocations.Accounts", 1, 50, "accounts")),
            new TextListField<TargetLocation>("TargetLocations.Regions", static l => l.Regions, Count("TargetLocations.Regions", 1, 50, "Regions")),
            new TextField<TargetLocation>(
                "TargetLocations.TargetLocationMaxConcurrency",
                static l => l.TargetLocationMaxConcurrency,
                min: 1,
                max: 7,
                pattern: s_maxConcurrency),
            new TextField<TargetLocation>("TargetLocations.TargetLocationMaxErrors", static l => l.TargetLocationMaxErrors, min: 1, max: 7, pattern: s_maxErrors),
            new TextField<TargetLocation>("TargetLocations.ExecutionRoleName", static l => l.ExecutionRoleName, min: 1, max: 64, pattern: s_roleName),
            new PartField<TargetLocation, AlarmConfiguration>(
                "TargetLocations.TargetLocationAlarmConfiguration",
                static l => l.TargetLocationAlarmConfiguration,
                Alarms("TargetLocations.TargetLocationAlarmConfiguration")),
            new FlagField<TargetLocation>("TargetLocations.IncludeChildOrganizationUnits"),
            new TextListField<TargetLocation>(
                "TargetLocations.ExcludeAccounts",
                static l => l.ExcludeAccounts,
                Count("TargetLocations.ExcludeAccounts", 1, 5000, "accounts"),
                min: 6,
                max: 68,
                pattern: s_excludedAccount),
            new PartListField<TargetLocation, AssociationTarget>(
                "TargetLocations.Targets",
                static l => l.Targets,
                isRequired: false,
                new ItemCount("TargetLocations.Targets", 0, 1, "targets", "documented: API model 2014-11-06 since 2026-07-14 (5 before)"),
                Target("TargetLocations.Targets")),
            new TextField<TargetLocation>("TargetLocations.TargetsMaxConcurrency", static l => l.TargetsMaxConcurrency, min: 1, max: 7, pattern: s_maxConcurrency),
            new TextField<TargetLocation>("TargetLocations.TargetsMaxErrors", static l => l.TargetsMaxErrors, min: 1, max: 7, pattern: s_maxErrors)),
        new NumberField<AssociationEntry>("ScheduleOffset", static e => e.ScheduleOffset, 1, 6, "days"),
        new NumberField<AssociationEntry>("Duration", static e => e.Duration, 1, 24, "hours"),
        new MapListField<AssociationEntry>(
            "TargetMaps",
            static e => e.TargetMaps,
            Count("TargetMaps", 0, 300, "maps"),
            new MapLimits(
                Count("TargetMaps.Keys", 1, 20, "keys"),
                new TextLimits("TargetMaps.Key", 1, 50, pattern: null, allowed: null),
                Count("TargetMaps.Values", 0, 25, "values"),
                new TextLimits("TargetMaps.Values", 1, 50, pattern: null, allowed: null))),
        new PartField<AssociationEntry, AlarmConfiguration>("AlarmConfiguration", static e => e.AlarmConfiguration, Alarms("AlarmConfiguration")),
    ];

    /// <summary>The limits of the request's own member, the role that dispatches all its entries.</summary>
    public static TextLimits AssociationDispatchAssumeRole { get; } = new("AssociationDispatchAssumeRole", 1, 512, s_dispatchRole, allowed: null);

    /// <summary>The rules of all members, of their parts and of the request, in order.</summary>
    public static IReadOnlyList<RuleDefinition> Rules { get; } = AllRules();

    private static MapLimits Map(string ruleName) => new(
        pairs: null,
        new TextLimits(ruleName + ".Key", min: null, max: null, pattern: null, allowed: null),
        values: null,
        new TextLimits(ruleName + ".Values", min: null, max: null, pattern: null, allowed: null));

    private static ItemCount Count(string ruleName, int min, int max, string what) => new(ruleName, min, max, what, FieldConstraint.ModelSource);

    private static FieldConstraint<AssociationTarget>[] Target(string ruleName) =>
    [
        new TextField<AssociationTarget>(ruleName + ".Key", static t => t.Key, min: 1, max: 163, pattern: s_targetKey),
        new TextListField<AssociationTarget>(ruleName + ".Values", static t => t.Values, Count(ruleName + ".Values", 0, 50, "values")),
    ];

    private static FieldConstraint<AlarmConfiguration>[] Alarms(string ruleName) =>
    [
        new FlagField<AlarmConfiguration>(ruleName + ".IgnorePollAlarmFailure"),
        new PartListField<AlarmConfiguration, Alarm>(
            ruleName + ".Alarms",
            static a => a.Alarms,
            isRequired: true,
            new ItemCount(ruleName + ".Alarms", 1, 1, "alarms", FieldConstraint.ModelSource, canBeLeftOut: false),
            new TextField<Alarm>(ruleName + ".Alarms.Name", static a => a.Name, isRequired: true, min: 1, max: 255, pattern: s_alarmName)),
    ];

    private static List<RuleDefinition> AllRules()
    {
        var rules = new List<RuleDefinition> { ItemCount.NullItem };
        foreach (FieldConstraint field in Entry)
        {
            AddRules(field, rules);
        }

        rules.AddRange(AssociationDispatchAssumeRole.Rules);
        return rules;
    }

    private static void AddRules(FieldConstraint field, List<RuleDefinition> rules)
    {
        rules.AddRange(field.OwnRules);
        foreach (FieldConstraint part in field.Parts)
        {
            AddRules(part, rules);
        }
    }
}
