using System;
using System.Linq;

namespace SsmAssociationTools.Model;

/// <summary>
/// The members of an entry and of its parts, one row each: their names, how they are got and set, what they hold, and what
/// the API model says of them. A new member of the API is a new row, a property, and a line in each mapping to the SDK.
/// </summary>
internal static class EntrySchema
{
    private static readonly TextPattern s_documentName = new(
        @"^[a-zA-Z0-9_\-.:/]{3,128}$",
        "Has only letters, digits and _ - . : / (ASCII).",
        "use the name or the ARN of a document, with letters, digits and the signs _ - . : / only.",
        "My Document",
        read: @"[a-zA-Z0-9_\-.:/]*")
    {
        MinLength = 3,
        MaxLength = 128,
        LengthExample = "Name = ab",
        LengthDoubt = "AWS definitions disagree (the CloudFormation schema allows 200 characters): -ExcludeRule Name.Length turns this check off",
    };

    private static readonly TextPattern s_associationName = new(
        @"^[a-zA-Z0-9_\-.]{3,128}$",
        "Has only letters, digits and _ - . (ASCII).",
        "use letters, digits and the signs _ - . only.",
        "Patch Sunday",
        read: @"[a-zA-Z0-9_\-.]*")
    {
        MinLength = 3,
        MaxLength = 128,
        LengthExample = "AssociationName = ab",
    };

    private static readonly TextPattern s_documentVersion = new(
        "([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)",
        "Is $DEFAULT, $LATEST or a whole number from 1.",
        "use $DEFAULT, $LATEST or a version number such as 3.",
        "latest");

    private static readonly TextPattern s_maxErrors = new(
        "^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$",
        "Is a whole number from 0 or a percentage from 0% to 100%, without leading zeros.",
        "use a whole number such as 0 or 5, or a percentage from 0% to 100%.",
        "5.5%")
    {
        IsNumber = true,
    };

    private static readonly TextPattern s_maxConcurrency = new(
        "^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$",
        "Is a whole number from 1 or a percentage from 1% to 100%, without leading zeros.",
        "use a whole number from 1, or a percentage from 1% to 100%; 0 is for MaxErrors only.",
        "0")
    {
        IsNumber = true,
    };

    private static readonly TextPattern s_roleName = new(
        @"[\w+=,.@/-]+",
        "Has only letters, digits and _ + = , . @ / - (ASCII).",
        "use the name of the role, not its ARN, with letters, digits and the signs _ + = , . @ / - only.",
        "arn:aws:iam::123456789012:role/Run");

    private static readonly TextPattern s_excludedAccount = new(
        @"^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})|(\d{12})$",
        "Is an account id of 12 digits or an organizational unit such as ou-ab12-cdef3456.",
        "use an account id of 12 digits or an organizational unit such as ou-ab12-cdef3456.",
        "production");

    private static readonly TextPattern s_alarmName = new(
        @"^(?!\s*$).+",
        "Is not only white space and has no line break.",
        "give the name of the alarm, in one line.",
        "(spaces only)");

    /// <summary>The id of one node.</summary>
    public static readonly TextPattern NodeId = new(
        @"(^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)",
        "Is i- with 8 or 17 characters or mi- with 17.",
        "write i- with 8 or 17 hexadecimal digits, or mi- with 17.",
        "web01");

    /// <summary>The key of a target. A plus sign is a rule of its own: other definitions of AWS have it.</summary>
    public static readonly TextPattern TargetKey = new(
        @"^[\p{L}\p{Z}\p{N}_.:/=\-@]*$|resource-groups:ResourceTypeFilters|resource-groups:Name",
        "Has only letters, digits, spaces and _ . : / = - @ (a plus sign is rule Targets.Key.Plus).",
        "use letters, digits, spaces and the signs _ . : / = - @ only.",
        "tag:Role*",
        read: @"[\p{L}\p{Z}\p{N}_.:/=\-@+]*");

    /// <summary>The ARN of a role, as the request has it for the role that dispatches its entries.</summary>
    public static readonly TextPattern RoleArn = new(
        "arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+",
        "Is the ARN of an IAM role.",
        "write it as arn:aws:iam::123456789012:role/NAME.",
        "DispatchRole");

    public static readonly EntryMember Name = new EntryMember<AssociationEntry, string>(
        "Name", MemberKind.Text, static e => e.Name, static (e, v) => e.Name = v)
    {
        Tag = 'N', Column = 1, Aliases = ["DocumentName"], IsListed = true,
        IsRequired = true, Pattern = s_documentName,
    };

    public static readonly EntryMember InstanceId = new EntryMember<AssociationEntry, string>(
        "InstanceId", MemberKind.Text, static e => e.InstanceId, static (e, v) => e.InstanceId = v)
    {
        Tag = 'I', Column = 3, IsListed = true,
        Pattern = NodeId,
    };

    public static readonly EntryMember Parameters = new EntryMember<AssociationEntry, ParameterMap>(
        "Parameters", MemberKind.Map, static e => e.Parameters, static (e, v) => e.Parameters = v)
    {
        Tag = 'P', Column = 8, Aliases = ["Parameter"], IsFilledIn = true, IsSensitive = true,
        Notation = MemberNotation.Parameters,
        Expected = "parameters: an object of names and values, or text such as Operation=Scan",
    };

    public static readonly EntryMember AutomationTargetParameterName = new EntryMember<AssociationEntry, string>(
        "AutomationTargetParameterName", MemberKind.Text, static e => e.AutomationTargetParameterName, static (e, v) => e.AutomationTargetParameterName = v)
    {
        Tag = 'A', Column = 6, IsFilledIn = true,
        MinLength = 1, MaxLength = 50,
    };

    public static readonly EntryMember DocumentVersion = new EntryMember<AssociationEntry, string>(
        "DocumentVersion", MemberKind.Text, static e => e.DocumentVersion, static (e, v) => e.DocumentVersion = v)
    {
        Tag = 'V', Column = 9, IsListed = true, IsFilledIn = true, ServiceDefault = "$DEFAULT",
        Pattern = s_documentVersion, IsExcludedByInstanceId = true,
    };

    public static readonly EntryMember TargetKeyMember = new EntryMember<AssociationTarget, string>(
        "Key", MemberKind.Text, static t => t.Key, static (t, v) => t.Key = v)
    {
        Tag = 'K', Canonical = CanonicalKey,
        MinLength = 1, MaxLength = 163, Pattern = TargetKey,
    };

    public static readonly EntryMember TargetValues = new EntryMember<AssociationTarget, string?[]>(
        "Values", MemberKind.Texts, static t => t.Values, static (t, v) => t.Values = v)
    {
        Tag = 'v', Aliases = ["Value"], KeepsEmpty = true,
        Count = (0, 50), CountOf = "values",
    };

    public static readonly EntryMember Targets = new EntryMember<AssociationEntry, AssociationTarget[]>(
        "Targets", MemberKind.Parts, static e => e.Targets, static (e, v) => e.Targets = v)
    {
        Tag = 'T', Column = 4, Aliases = ["Target"], IsListed = true, IsSet = true,
        Count = (0, 5), CountOf = "targets", Parts = [TargetKeyMember, TargetValues],
        Notation = MemberNotation.Targets,
        Expected = "targets: text such as tag:Role=web, or objects with Key and Values",
    };

    public static readonly EntryMember ScheduleExpression = new EntryMember<AssociationEntry, string>(
        "ScheduleExpression", MemberKind.Text, static e => e.ScheduleExpression, static (e, v) => e.ScheduleExpression = v)
    {
        Tag = 'S', Column = 10, IsListed = true,
        MinLength = 1, MaxLength = 256, IsExcludedByInstanceId = true,
    };

    public static readonly EntryMember OutputS3Region = new EntryMember<S3OutputLocation, string>(
        "OutputS3Region", MemberKind.Text, static s => s.OutputS3Region, static (s, v) => s.OutputS3Region = v)
    {
        Tag = 'r', Aliases = ["S3Region", "Region"], Columns = ["S3Region", "OutputS3Region"], IsFilledIn = true,
        MinLength = 3, MaxLength = 20,
    };

    public static readonly EntryMember OutputS3BucketName = new EntryMember<S3OutputLocation, string>(
        "OutputS3BucketName", MemberKind.Text, static s => s.OutputS3BucketName, static (s, v) => s.OutputS3BucketName = v)
    {
        Tag = 'b', Aliases = ["OutputS3Bucket", "S3BucketName", "S3Bucket", "BucketName", "Bucket"],
        Columns = ["S3Bucket", "S3BucketName", "OutputS3Bucket", "OutputS3BucketName"],
        MinLength = 3, MaxLength = 63,
    };

    public static readonly EntryMember OutputS3KeyPrefix = new EntryMember<S3OutputLocation, string>(
        "OutputS3KeyPrefix", MemberKind.Text, static s => s.OutputS3KeyPrefix, static (s, v) => s.OutputS3KeyPrefix = v)
    {
        Tag = 'p', Aliases = ["OutputS3Prefix", "S3KeyPrefix", "S3Prefix", "KeyPrefix", "Prefix"],
        Columns = ["S3Prefix", "S3KeyPrefix", "OutputS3Prefix", "OutputS3KeyPrefix"],
        MaxLength = 500,
    };

    public static readonly EntryMember S3Location = new EntryMember<InstanceAssociationOutputLocation, S3OutputLocation>(
        "S3Location", MemberKind.Part, static o => o.S3Location, static (o, v) => o.S3Location = v)
    {
        Aliases = ["S3"], IsTransparent = true, IsFilledIn = true, Parts = [OutputS3Region, OutputS3BucketName, OutputS3KeyPrefix],
        Notation = MemberNotation.S3Uri,
        Expected = "an S3 location: text such as s3://bucket/prefix, or an object with OutputS3BucketName",
    };

    public static readonly EntryMember OutputLocation = new EntryMember<AssociationEntry, InstanceAssociationOutputLocation>(
        "OutputLocation", MemberKind.Part, static e => e.OutputLocation, static (e, v) => e.OutputLocation = v)
    {
        Column = 19, Aliases = ["S3", "S3Location"], IsFilledIn = true, Parts = [S3Location], IsExcludedByInstanceId = true,
        Notation = MemberNotation.S3Uri,
        Expected = "an S3 location: text such as s3://bucket/prefix, or an object with S3Location",
    };

    public static readonly EntryMember AssociationName = new EntryMember<AssociationEntry, string>(
        "AssociationName", MemberKind.Text, static e => e.AssociationName, static (e, v) => e.AssociationName = v)
    {
        Tag = 'n', Column = 2, IsListed = true,
        Pattern = s_associationName, IsExcludedByInstanceId = true,
    };

    public static readonly EntryMember MaxErrors = new EntryMember<AssociationEntry, string>(
        "MaxErrors", MemberKind.Text, static e => e.MaxErrors, static (e, v) => e.MaxErrors = v)
    {
        Tag = 'E', Column = 16, Aliases = ["MaxError"], IsFilledIn = true,
        MinLength = 1, MaxLength = 7, Pattern = s_maxErrors, IsExcludedByInstanceId = true,
    };

    public static readonly EntryMember MaxConcurrency = new EntryMember<AssociationEntry, string>(
        "MaxConcurrency", MemberKind.Text, static e => e.MaxConcurrency, static (e, v) => e.MaxConcurrency = v)
    {
        Tag = 'C', Column = 15, IsFilledIn = true,
        MinLength = 1, MaxLength = 7, Pattern = s_maxConcurrency, IsExcludedByInstanceId = true,
    };

    public static readonly EntryMember ComplianceSeverity = new EntryMember<AssociationEntry, string>(
        "ComplianceSeverity", MemberKind.Constant, static e => e.ComplianceSeverity, static (e, v) => e.ComplianceSeverity = v)
    {
        Tag = 'c', Column = 17, IsFilledIn = true, ServiceDefault = "UNSPECIFIED",
        Allowed = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "UNSPECIFIED"],
    };

    public static readonly EntryMember SyncCompliance = new EntryMember<AssociationEntry, string>(
        "SyncCompliance", MemberKind.Constant, static e => e.SyncCompliance, static (e, v) => e.SyncCompliance = v)
    {
        Tag = 's', Column = 18, IsFilledIn = true, ServiceDefault = "AUTO",
        Allowed = ["AUTO", "MANUAL"],
    };

    public static readonly EntryMember ApplyOnlyAtCronInterval = new EntryMember<AssociationEntry, bool?>(
        "ApplyOnlyAtCronInterval", MemberKind.Flag, static e => e.ApplyOnlyAtCronInterval, static (e, v) => e.ApplyOnlyAtCronInterval = v)
    {
        Tag = 'y', Column = 12,
    };

    public static readonly EntryMember CalendarNames = new EntryMember<AssociationEntry, string?[]>(
        "CalendarNames", MemberKind.Texts, static e => e.CalendarNames, static (e, v) => e.CalendarNames = v)
    {
        Tag = 'k', Column = 14, Aliases = ["CalendarName"],
    };

    public static readonly EntryMember IgnorePollAlarmFailure = new EntryMember<AlarmConfiguration, bool?>(
        "IgnorePollAlarmFailure", MemberKind.Flag, static a => a.IgnorePollAlarmFailure, static (a, v) => a.IgnorePollAlarmFailure = v)
    {
        Tag = 'i', Columns = ["IgnorePollAlarmFailure"],
    };

    public static readonly EntryMember AlarmName = new EntryMember<Alarm, string>("Name", MemberKind.Text, static a => a.Name, static (a, v) => a.Name = v)
    {
        Tag = 'n', Aliases = ["AlarmName"],
        IsRequired = true, MinLength = 1, MaxLength = 255, Pattern = s_alarmName,
    };

    public static readonly EntryMember Alarms = new EntryMember<AlarmConfiguration, Alarm[]>(
        "Alarms", MemberKind.Parts, static a => a.Alarms, static (a, v) => a.Alarms = v)
    {
        Aliases = ["Alarm"], Columns = ["Alarm", "Alarms", "AlarmName", "AlarmConfiguration_Alarm"], KeepsEmpty = true,
        IsRequired = true, Count = (1, 1), CountOf = "alarms", Parts = [AlarmName],
        Notation = MemberNotation.AlarmName,
        Expected = "alarms: names, or objects with Name",
    };

    public static readonly EntryMember TargetLocations = new EntryMember<AssociationEntry, TargetLocation[]>(
        "TargetLocations", MemberKind.Parts, static e => e.TargetLocations, static (e, v) => e.TargetLocations = v)
    {
        Tag = 'L', Column = 7, Aliases = ["TargetLocation"], IsFilledIn = true,
        Count = (1, 100), CountOf = "locations",
        Expected = "target locations: objects with Accounts and Regions, or JSON text",
        Parts =
        [
            new EntryMember<TargetLocation, string?[]>("Accounts", MemberKind.Texts, static l => l.Accounts, static (l, v) => l.Accounts = v)
            {
                Tag = 'a', Aliases = ["Account"], Count = (1, 50), CountOf = "accounts",
            },
            new EntryMember<TargetLocation, string?[]>("Regions", MemberKind.Texts, static l => l.Regions, static (l, v) => l.Regions = v)
            {
                Tag = 'g', Aliases = ["Region"], Count = (1, 50), CountOf = "Regions",
            },
            new EntryMember<TargetLocation, string>(
                "TargetLocationMaxConcurrency", MemberKind.Text, static l => l.TargetLocationMaxConcurrency, static (l, v) => l.TargetLocationMaxConcurrency = v)
            {
                Tag = 'C', MinLength = 1, MaxLength = 7, Pattern = s_maxConcurrency,
            },
            new EntryMember<TargetLocation, string>(
                "TargetLocationMaxErrors", MemberKind.Text, static l => l.TargetLocationMaxErrors, static (l, v) => l.TargetLocationMaxErrors = v)
            {
                Tag = 'E', Aliases = ["TargetLocationMaxError"], MinLength = 1, MaxLength = 7, Pattern = s_maxErrors,
            },
            new EntryMember<TargetLocation, string>(
                "ExecutionRoleName", MemberKind.Text, static l => l.ExecutionRoleName, static (l, v) => l.ExecutionRoleName = v)
            {
                Tag = 'R', MinLength = 1, MaxLength = 64, Pattern = s_roleName,
            },
            Alarm<TargetLocation>(
                "TargetLocationAlarmConfiguration", 0, static l => l.TargetLocationAlarmConfiguration, static (l, v) => l.TargetLocationAlarmConfiguration = v),
            new EntryMember<TargetLocation, bool?>(
                "IncludeChildOrganizationUnits", MemberKind.Flag, static l => l.IncludeChildOrganizationUnits, static (l, v) => l.IncludeChildOrganizationUnits = v)
            {
                Tag = 'u',
            },
            new EntryMember<TargetLocation, string?[]>(
                "ExcludeAccounts", MemberKind.Texts, static l => l.ExcludeAccounts, static (l, v) => l.ExcludeAccounts = v)
            {
                Tag = 'x', Aliases = ["ExcludeAccount"], Count = (1, 5000), CountOf = "accounts",
                MinLength = 6, MaxLength = 68, Pattern = s_excludedAccount,
            },
            new EntryMember<TargetLocation, AssociationTarget[]>("Targets", MemberKind.Parts, static l => l.Targets, static (l, v) => l.Targets = v)
            {
                Tag = 'T', Aliases = ["Target"], IsSet = true, Parts = [TargetKeyMember, TargetValues],
                Count = (0, 1), CountOf = "targets", CountSource = "documented: API model 2014-11-06 since 2026-07-14 (5 before)",
                Notation = MemberNotation.Targets, Expected = Targets.Expected,
            },
            new EntryMember<TargetLocation, string>(
                "TargetsMaxConcurrency", MemberKind.Text, static l => l.TargetsMaxConcurrency, static (l, v) => l.TargetsMaxConcurrency = v)
            {
                Tag = 'f', MinLength = 1, MaxLength = 7, Pattern = s_maxConcurrency,
            },
            new EntryMember<TargetLocation, string>(
                "TargetsMaxErrors", MemberKind.Text, static l => l.TargetsMaxErrors, static (l, v) => l.TargetsMaxErrors = v)
            {
                Tag = 'e', Aliases = ["TargetsMaxError"], MinLength = 1, MaxLength = 7, Pattern = s_maxErrors,
            },
        ],
    };

    public static readonly EntryMember ScheduleOffset = new EntryMember<AssociationEntry, int?>(
        "ScheduleOffset", MemberKind.Number, static e => e.ScheduleOffset, static (e, v) => e.ScheduleOffset = v)
    {
        Tag = 'o', Column = 11, IsListed = true,
        Range = (1, 6), Unit = "days",
    };

    public static readonly EntryMember Duration = new EntryMember<AssociationEntry, int?>(
        "Duration", MemberKind.Number, static e => e.Duration, static (e, v) => e.Duration = v)
    {
        Tag = 'd', Column = 13, IsListed = true,
        Range = (1, 24), Unit = "hours",
    };

    public static readonly EntryMember TargetMaps = new EntryMember<AssociationEntry, TargetMap[]>(
        "TargetMaps", MemberKind.Maps, static e => e.TargetMaps, static (e, v) => e.TargetMaps = v)
    {
        Tag = 'M', Column = 5, Aliases = ["TargetMap"], IsListed = true,
        Count = (0, 300), CountOf = "maps", Map = new MapShape { KeyCount = (1, 20), KeyLength = (1, 50), ValueCount = (0, 25), ValueLength = (1, 50) },
        Notation = MemberNotation.TargetMap,
        Expected = "target maps: objects of names and lists of resources",
    };

    public static readonly EntryMember AlarmConfiguration = Alarm<AssociationEntry>(
        "AlarmConfiguration", 20, static e => e.AlarmConfiguration, static (e, v) => e.AlarmConfiguration = v);

    /// <summary>The members of an entry, in the order of the API: canonical content and problems come in it.</summary>
    public static readonly EntryMember[] Members =
    [
        Name, InstanceId, Parameters, AutomationTargetParameterName, DocumentVersion, Targets, ScheduleExpression, OutputLocation,
        AssociationName, MaxErrors, MaxConcurrency, ComplianceSeverity, SyncCompliance, ApplyOnlyAtCronInterval, CalendarNames,
        TargetLocations, ScheduleOffset, Duration, TargetMaps, AlarmConfiguration,
    ];

    /// <summary>The same in the order in which people read them.</summary>
    public static readonly EntryMember[] Columns = Members.OrderBy(static member => member.Column).ToArray();

    /// <summary>The service takes these keys in any case; one spelling stands for all.</summary>
    private static string? CanonicalKey(string? key)
    {
        if (string.Equals(key, "InstanceIds", StringComparison.OrdinalIgnoreCase))
        {
            return "InstanceIds";
        }

        return string.Equals(key, "resource-groups:Name", StringComparison.OrdinalIgnoreCase) ? "resource-groups:Name" : key;
    }

    private static EntryMember<TOwner, AlarmConfiguration> Alarm<TOwner>(
        string name, int column, Func<TOwner, AlarmConfiguration?> get, Action<TOwner, AlarmConfiguration?> set)
        where TOwner : class
        => new(name, MemberKind.Part, get, set)
        {
            Tag = 'm', Column = column, KeepsEmpty = true, Parts = [IgnorePollAlarmFailure, Alarms],
            Notation = MemberNotation.AlarmName,
            Expected = "an object with Alarms and IgnorePollAlarmFailure, or the name of an alarm",
        };
}
