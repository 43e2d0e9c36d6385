
namespace SsmAssociationTools.Input;

/// <summary>What the name of a member or column of an input stands for.</summary>
internal enum EntryMember
{
    Name,
    InstanceId,
    Parameters,
    AutomationTargetParameterName,
    DocumentVersion,
    Targets,
    ScheduleExpression,
    OutputLocation,
    AssociationName,
    MaxErrors,
    MaxConcurrency,
    ComplianceSeverity,
    SyncCompliance,
    ApplyOnlyAtCronInterval,
    CalendarNames,
    TargetLocations,
    ScheduleOffset,
    Duration,
    TargetMaps,
    AlarmConfiguration,

    /// <summary>The S3 location in short: a URI, or an object.</summary>
    S3Location,

    /// <summary>The bucket as a column of its own.</summary>
    S3Bucket,

    /// <summary>The key prefix as a column of its own.</summary>
    S3Prefix,

    /// <summary>The bucket's Region as a column of its own.</summary>
    S3Region,

    /// <summary>The alarm as a column of its own.</summary>
    Alarms,

    /// <summary>The alarm's option as a column of its own.</summary>
    IgnorePollAlarmFailure,

    /// <summary>Something that holds the entry: a result, a verdict, an item of Failed.</summary>
    Entry,

    /// <summary>Something that holds many entries: a request, the document of the AWS CLI.</summary>
    Entries,

    /// <summary>Something that holds an existing association: an answer of the AWS CLI.</summary>
    Description,
}
