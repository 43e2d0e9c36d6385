using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Input;

/// <summary>
/// Every name that a member may have, in any case. The tables are written once, before anybody can see them, and only
/// read afterwards, which is safe from any number of threads.
/// </summary>
internal static class MemberNames
{
    private static readonly Dictionary<string, EntryMember> s_members = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Name"] = EntryMember.Name,
        ["DocumentName"] = EntryMember.Name,
        ["InstanceId"] = EntryMember.InstanceId,
        ["Parameters"] = EntryMember.Parameters,
        ["Parameter"] = EntryMember.Parameters,
        ["AutomationTargetParameterName"] = EntryMember.AutomationTargetParameterName,
        ["DocumentVersion"] = EntryMember.DocumentVersion,
        ["Targets"] = EntryMember.Targets,
        ["Target"] = EntryMember.Targets,
        ["ScheduleExpression"] = EntryMember.ScheduleExpression,
        ["OutputLocation"] = EntryMember.OutputLocation,
        ["S3"] = EntryMember.S3Location,
        ["S3Location"] = EntryMember.S3Location,
        ["OutputLocation_S3Location"] = EntryMember.S3Location,
        ["S3Bucket"] = EntryMember.S3Bucket,
        ["S3BucketName"] = EntryMember.S3Bucket,
        ["OutputS3Bucket"] = EntryMember.S3Bucket,
        ["OutputS3BucketName"] = EntryMember.S3Bucket,
        ["S3Location_OutputS3BucketName"] = EntryMember.S3Bucket,
        ["OutputLocation_S3Location_OutputS3BucketName"] = EntryMember.S3Bucket,
        ["S3Prefix"] = EntryMember.S3Prefix,
        ["S3KeyPrefix"] = EntryMember.S3Prefix,
        ["OutputS3Prefix"] = EntryMember.S3Prefix,
        ["OutputS3KeyPrefix"] = EntryMember.S3Prefix,
        ["S3Location_OutputS3KeyPrefix"] = EntryMember.S3Prefix,
        ["OutputLocation_S3Location_OutputS3KeyPrefix"] = EntryMember.S3Prefix,
        ["S3Region"] = EntryMember.S3Region,
        ["OutputS3Region"] = EntryMember.S3Region,
        ["S3Location_OutputS3Region"] = EntryMember.S3Region,
        ["OutputLocation_S3Location_OutputS3Region"] = EntryMember.S3Region,
        ["AssociationName"] = EntryMember.AssociationName,
        ["MaxErrors"] = EntryMember.MaxErrors,
        ["MaxError"] = EntryMember.MaxErrors,
        ["MaxConcurrency"] = EntryMember.MaxConcurrency,
        ["ComplianceSeverity"] = EntryMember.ComplianceSeverity,
        ["SyncCompliance"] = EntryMember.SyncCompliance,
        ["ApplyOnlyAtCronInterval"] = EntryMember.ApplyOnlyAtCronInterval,
        ["CalendarNames"] = EntryMember.CalendarNames,
        ["CalendarName"] = EntryMember.CalendarNames,
        ["TargetLocations"] = EntryMember.TargetLocations,
        ["TargetLocation"] = EntryMember.TargetLocations,
        ["ScheduleOffset"] = EntryMember.ScheduleOffset,
        ["Duration"] = EntryMember.Duration,
        ["TargetMaps"] = EntryMember.TargetMaps,
        ["TargetMap"] = EntryMember.TargetMaps,
        ["AlarmConfiguration"] = EntryMember.AlarmConfiguration,
        ["Alarm"] = EntryMember.Alarms,
        ["Alarms"] = EntryMember.Alarms,
        ["AlarmName"] = EntryMember.Alarms,
        ["AlarmConfiguration_Alarm"] = EntryMember.Alarms,
        ["AlarmConfiguration_Alarms"] = EntryMember.Alarms,
        ["IgnorePollAlarmFailure"] = EntryMember.IgnorePollAlarmFailure,
        ["AlarmConfiguration_IgnorePollAlarmFailure"] = EntryMember.IgnorePollAlarmFailure,
        ["Entry"] = EntryMember.Entry,
        ["Entries"] = EntryMember.Entries,
        ["AssociationDescription"] = EntryMember.Description,
    };

    private static readonly Dictionary<string, EntryMember> s_s3 = new(StringComparer.OrdinalIgnoreCase)
    {
        ["S3"] = EntryMember.S3Location,
        ["S3Location"] = EntryMember.S3Location,
        ["OutputS3BucketName"] = EntryMember.S3Bucket,
        ["OutputS3Bucket"] = EntryMember.S3Bucket,
        ["S3BucketName"] = EntryMember.S3Bucket,
        ["S3Bucket"] = EntryMember.S3Bucket,
        ["BucketName"] = EntryMember.S3Bucket,
        ["Bucket"] = EntryMember.S3Bucket,
        ["OutputS3KeyPrefix"] = EntryMember.S3Prefix,
        ["OutputS3Prefix"] = EntryMember.S3Prefix,
        ["S3KeyPrefix"] = EntryMember.S3Prefix,
        ["S3Prefix"] = EntryMember.S3Prefix,
        ["KeyPrefix"] = EntryMember.S3Prefix,
        ["Prefix"] = EntryMember.S3Prefix,
        ["OutputS3Region"] = EntryMember.S3Region,
        ["S3Region"] = EntryMember.S3Region,
        ["Region"] = EntryMember.S3Region,
    };

    private static readonly HashSet<string> s_envelope = new(StringComparer.OrdinalIgnoreCase)
    {
        "Index", "Status", "Name", "AssociationName", "Target", "AssociationId", "ErrorCode", "Message", "Fault",
        "IsRetryable", "Attempts", "BatchNumber", "RequestId", "Region", "AccountId", "RoleArn", "Timestamp", "Issues", "Entry", "InputObject",
        "Source", "RecommendedAction", "AssociationVersion", "Date", "IsValid", "ErrorCount", "WarningCount",
        "DetailedStatus", "LastUpdateAssociationDate", "LastExecutionDate", "AssociationDispatchAssumeRole", "Differences", "Existing",
    };

    private static readonly HashSet<string> s_description = new(StringComparer.OrdinalIgnoreCase)
    {
        "AssociationId", "AssociationVersion", "Date", "LastUpdateAssociationDate", "Status", "Overview",
        "LastExecutionDate", "LastSuccessfulExecutionDate", "TriggeredAlarms", "CreatedDate",
    };

    private static readonly HashSet<string> s_remoting = new(StringComparer.OrdinalIgnoreCase)
    {
        "PSComputerName", "PSShowComputerName", "RunspaceId", "PSSourceJobInstanceId",
    };

    /// <summary>Names that people give to a member and that no distance of letters would find.</summary>
    private static readonly Dictionary<string, string> s_hints = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Schedule"] = "ScheduleExpression",
        ["Cron"] = "ScheduleExpression",
        ["Document"] = "Name",
        ["Severity"] = "ComplianceSeverity",
        ["Concurrency"] = "MaxConcurrency",
        ["Calendar"] = "CalendarNames",
        ["Calendars"] = "CalendarNames",
        ["InstanceIds"] = "Targets (Targets = 'InstanceIds=i-...,i-...')",
        ["Instances"] = "Targets (Targets = 'InstanceIds=i-...,i-...')",
    };

    /// <summary>The names that suggestions are made from: the service's own first.</summary>
    public static IReadOnlyCollection<string> Members => s_members.Keys;

    /// <summary>The names of the parts of an S3 location.</summary>
    public static IReadOnlyCollection<string> S3Parts => s_s3.Keys;

    /// <summary>Finds a member of an entry.</summary>
    public static bool TryFind(string name, out EntryMember member) => s_members.TryGetValue(name, out member);

    /// <summary>Finds a part of an S3 location.</summary>
    public static bool TryFindS3(string name, out EntryMember member) => s_s3.TryGetValue(name, out member);

    /// <summary>True for members of our results and verdicts and of the service's failed items.</summary>
    public static bool IsOfEnvelope(string name) => s_envelope.Contains(name) || s_remoting.Contains(name);

    /// <summary>True for what the service says of an existing association and no entry can ask for.</summary>
    public static bool IsOfDescription(string name) => s_description.Contains(name);

    /// <summary>True for what PowerShell adds to every object that comes from another session.</summary>
    public static bool IsOfRemoting(string name) => s_remoting.Contains(name);

    /// <summary>The member meant by a word from outside the service's vocabulary.</summary>
    public static string? HintFor(string name) => s_hints.TryGetValue(name, out string? hint) ? hint : null;
}
