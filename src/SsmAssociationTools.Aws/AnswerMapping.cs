using System;
using System.Collections.Generic;
using Amazon.SimpleSystemsManagement.Model;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SdkAlarmConfiguration = Amazon.SimpleSystemsManagement.Model.AlarmConfiguration;
using SdkOutputLocation = Amazon.SimpleSystemsManagement.Model.InstanceAssociationOutputLocation;
using SdkTargetLocation = Amazon.SimpleSystemsManagement.Model.TargetLocation;

namespace SsmAssociationTools.Aws;

/// <summary>Reads the SDK's answers. The SDK leaves absent lists null.</summary>
internal static class AnswerMapping
{
    /// <summary>Reads the answer of a batch.</summary>
    public static CreateBatchAnswer FromSdk(CreateAssociationBatchResponse response, DateTime? serviceTime) => new()
    {
        ServiceTime = serviceTime,
        Successful = List(response.Successful, FromSdk),
        Failed = List(response.Failed, FromSdk),
        RequestId = response.ResponseMetadata?.RequestId,
    };

    /// <summary>Reads a page.</summary>
    public static ListAnswer FromSdk(ListAssociationsResponse response, DateTime? serviceTime) => new()
    {
        ServiceTime = serviceTime,
        Associations = Page(response.Associations, response.NextToken, FromSdk),
        NextToken = Token(response.NextToken),
    };

    /// <summary>Reads a page of versions.</summary>
    public static VersionsAnswer FromSdk(ListAssociationVersionsResponse response) => new()
    {
        Versions = Page(response.AssociationVersions, response.NextToken, FromSdk),
        NextToken = Token(response.NextToken),
    };

    /// <summary>Reads a page of executions.</summary>
    public static ExecutionsAnswer FromSdk(DescribeAssociationExecutionsResponse response, DateTime? serviceTime) => new()
    {
        Executions = Page(response.AssociationExecutions, response.NextToken, static execution => new ExecutionRecord
        {
            AssociationId = execution.AssociationId,
            AssociationVersion = execution.AssociationVersion,
            ExecutionId = execution.ExecutionId,
            Status = execution.Status,
            DetailedStatus = execution.DetailedStatus,
            CreatedTime = ServiceTime.Sensible(execution.CreatedTime),
            LastExecutionDate = ServiceTime.Sensible(execution.LastExecutionDate),
            StatusCounts = StatusCounts.Parse(execution.ResourceCountByStatus),
        }),
        NextToken = Token(response.NextToken),
        ServiceTime = serviceTime,
    };

    /// <summary>Reads a page of the resources of an execution.</summary>
    public static ExecutionTargetsAnswer FromSdk(DescribeAssociationExecutionTargetsResponse response) => new()
    {
        Targets = Page(response.AssociationExecutionTargets, response.NextToken, static target => new ExecutionTargetRecord
        {
            AssociationId = target.AssociationId,
            AssociationVersion = target.AssociationVersion,
            ExecutionId = target.ExecutionId,
            ResourceId = target.ResourceId,
            ResourceType = target.ResourceType,
            Status = target.Status,
            DetailedStatus = target.DetailedStatus,
            LastExecutionDate = ServiceTime.Sensible(target.LastExecutionDate),
            OutputSourceId = target.OutputSource?.OutputSourceId,
            OutputSourceType = target.OutputSource?.OutputSourceType,
        }),
        NextToken = Token(response.NextToken),
    };

    /// <summary>Reads a page of nodes.</summary>
    public static NodesAnswer FromSdk(DescribeInstanceInformationResponse response) => new()
    {
        Nodes = Page(response.InstanceInformationList, response.NextToken, static node => new NodeRecord
        {
            InstanceId = node.InstanceId,
            PingStatus = node.PingStatus?.Value,
            LastPingDateTime = ServiceTime.Sensible(node.LastPingDateTime),
            PlatformType = node.PlatformType?.Value,
            PlatformName = node.PlatformName,
            PlatformVersion = node.PlatformVersion,
            AgentVersion = node.AgentVersion,
            ResourceType = node.ResourceType?.Value,
            ComputerName = node.ComputerName,
            AssociationStatus = node.AssociationStatus,
            LastAssociationExecutionDate = ServiceTime.Sensible(node.LastAssociationExecutionDate),
            AssociationCounts = node.AssociationOverview?.InstanceAssociationStatusAggregatedCount,
        }),
        NextToken = Token(response.NextToken),
    };

    /// <summary>Reads what is said of a document.</summary>
    public static DocumentRecord FromSdk(DocumentDescription document) => new()
    {
        Name = document.Name,
        Owner = document.Owner,
        Status = document.Status?.Value,
        StatusInformation = document.StatusInformation,
        DocumentVersion = document.DocumentVersion,
        DefaultVersion = document.DefaultVersion,
        LatestVersion = document.LatestVersion,
        DocumentType = document.DocumentType?.Value,
        SchemaVersion = document.SchemaVersion,
        TargetType = document.TargetType,
        PlatformTypes = document.PlatformTypes?.ToArray(),
        Parameters = Array(document.Parameters, static parameter => new DocumentParameterRecord
        {
            Name = parameter.Name,
            Type = parameter.Type?.Value,
            Description = parameter.Description,
            DefaultValue = parameter.DefaultValue,
        }),
    };

    /// <summary>Reads a document with its content.</summary>
    public static DocumentContent FromSdk(GetDocumentResponse response) => new()
    {
        Name = response.Name,
        DocumentVersion = response.DocumentVersion,
        Status = response.Status?.Value,
        DocumentType = response.DocumentType?.Value,
        DocumentFormat = response.DocumentFormat?.Value,
        Content = response.Content,
    };

    /// <summary>Reads the state of calendars.</summary>
    public static CalendarAnswer FromSdk(GetCalendarStateResponse response) => new()
    {
        State = response.State?.Value,
        AtTime = ServiceTime.Sensible(JsonValues.ParseTime(response.AtTime)),
        NextTransitionTime = ServiceTime.Sensible(JsonValues.ParseTime(response.NextTransitionTime)),
    };

    /// <summary>Reads a whole association.</summary>
    public static AssociationRecord FromSdk(AssociationDescription description) => new()
    {
        AssociationId = description.AssociationId,
        AssociationVersion = description.AssociationVersion,
        Date = ServiceTime.Sensible(description.Date),
        LastUpdateAssociationDate = ServiceTime.Sensible(description.LastUpdateAssociationDate),
        LastExecutionDate = ServiceTime.Sensible(description.LastExecutionDate),
        Status = description.Overview?.Status,
        DetailedStatus = description.Overview?.DetailedStatus,
        StatusCounts = description.Overview?.AssociationStatusAggregatedCount,
        LastSuccessfulExecutionDate = ServiceTime.Sensible(description.LastSuccessfulExecutionDate),
        AssociationDispatchAssumeRole = description.AssociationDispatchAssumeRole,
        Content = new AssociationEntry
        {
            Name = description.Name,
            InstanceId = description.InstanceId,
            Parameters = Parameters(description.Parameters),
            AutomationTargetParameterName = description.AutomationTargetParameterName,
            DocumentVersion = description.DocumentVersion,
            Targets = Array(description.Targets, FromSdk),
            ScheduleExpression = description.ScheduleExpression,
            OutputLocation = FromSdk(description.OutputLocation),
            AssociationName = description.AssociationName,
            MaxErrors = description.MaxErrors,
            MaxConcurrency = description.MaxConcurrency,
            ComplianceSeverity = description.ComplianceSeverity?.Value,
            SyncCompliance = description.SyncCompliance?.Value,
            ApplyOnlyAtCronInterval = description.ApplyOnlyAtCronInterval,
            CalendarNames = description.CalendarNames?.ToArray(),
            TargetLocations = Array(description.TargetLocations, FromSdk),
            ScheduleOffset = description.ScheduleOffset,
            Duration = description.Duration,
            TargetMaps = Array(description.TargetMaps, TargetMapFrom),
            AlarmConfiguration = FromSdk(description.AlarmConfiguration),
        },
    };

    private static AssociationRecord FromSdk(Association association) => new()
    {
        AssociationId = association.AssociationId,
        AssociationVersion = association.AssociationVersion,
        LastExecutionDate = ServiceTime.Sensible(association.LastExecutionDate),
        Status = association.Overview?.Status,
        DetailedStatus = association.Overview?.DetailedStatus,
        StatusCounts = association.Overview?.AssociationStatusAggregatedCount,
        Content = new AssociationEntry
        {
            Name = association.Name,
            InstanceId = association.InstanceId,
            DocumentVersion = association.DocumentVersion,
            Targets = Array(association.Targets, FromSdk),
            ScheduleExpression = association.ScheduleExpression,
            AssociationName = association.AssociationName,
            ScheduleOffset = association.ScheduleOffset,
            Duration = association.Duration,
            TargetMaps = Array(association.TargetMaps, TargetMapFrom),
        },
    };

    private static AssociationRecord FromSdk(AssociationVersionInfo version) => new()
    {
        AssociationId = version.AssociationId,
        AssociationVersion = version.AssociationVersion,
        Date = ServiceTime.Sensible(version.CreatedDate),
        AssociationDispatchAssumeRole = version.AssociationDispatchAssumeRole,
        Content = new AssociationEntry
        {
            Name = version.Name,
            Parameters = Parameters(version.Parameters),
            DocumentVersion = version.DocumentVersion,
            Targets = Array(version.Targets, FromSdk),
            ScheduleExpression = version.ScheduleExpression,
            OutputLocation = FromSdk(version.OutputLocation),
            AssociationName = version.AssociationName,
            MaxErrors = version.MaxErrors,
            MaxConcurrency = version.MaxConcurrency,
            ComplianceSeverity = version.ComplianceSeverity?.Value,
            SyncCompliance = version.SyncCompliance?.Value,
            ApplyOnlyAtCronInterval = version.ApplyOnlyAtCronInterval,
            CalendarNames = version.CalendarNames?.ToArray(),
            TargetLocations = Array(version.TargetLocations, FromSdk),
            ScheduleOffset = version.ScheduleOffset,
            Duration = version.Duration,
            TargetMaps = Array(version.TargetMaps, TargetMapFrom),
        },
    };

    private static string? Token(string? token) => string.IsNullOrEmpty(token) ? null : token;

    private static FailedEntry FromSdk(FailedCreateAssociation failed) => new()
    {
        Entry = failed.Entry is null ? null : FromSdk(failed.Entry),
        Message = failed.Message,
        Fault = failed.Fault?.Value,
    };

    private static AssociationEntry FromSdk(CreateAssociationBatchRequestEntry entry) => new()
    {
        Name = entry.Name,
        InstanceId = entry.InstanceId,
        Parameters = Parameters(entry.Parameters),
        AutomationTargetParameterName = entry.AutomationTargetParameterName,
        DocumentVersion = entry.DocumentVersion,
        Targets = Array(entry.Targets, FromSdk),
        ScheduleExpression = entry.ScheduleExpression,
        OutputLocation = FromSdk(entry.OutputLocation),
        AssociationName = entry.AssociationName,
        MaxErrors = entry.MaxErrors,
        MaxConcurrency = entry.MaxConcurrency,
        ComplianceSeverity = entry.ComplianceSeverity?.Value,
        SyncCompliance = entry.SyncCompliance?.Value,
        ApplyOnlyAtCronInterval = entry.ApplyOnlyAtCronInterval,
        CalendarNames = entry.CalendarNames?.ToArray(),
        TargetLocations = Array(entry.TargetLocations, FromSdk),
        ScheduleOffset = entry.ScheduleOffset,
        Duration = entry.Duration,
        TargetMaps = Array(entry.TargetMaps, TargetMapFrom),
        AlarmConfiguration = FromSdk(entry.AlarmConfiguration),
    };

    private static AssociationTarget FromSdk(Target target) => new() { Key = target.Key, Values = target.Values?.ToArray() };

    private static InstanceAssociationOutputLocation? FromSdk(SdkOutputLocation? location) =>
        location is null
            ? null
            : new InstanceAssociationOutputLocation
            {
                S3Location = location.S3Location is not { } s3
                    ? null
                    : new S3OutputLocation
                    {
                        OutputS3Region = s3.OutputS3Region,
                        OutputS3BucketName = s3.OutputS3BucketName,
                        OutputS3KeyPrefix = s3.OutputS3KeyPrefix,
                    },
            };

    private static TargetLocation FromSdk(SdkTargetLocation location) => new()
    {
        Accounts = location.Accounts?.ToArray(),
        Regions = location.Regions?.ToArray(),
        TargetLocationMaxConcurrency = location.TargetLocationMaxConcurrency,
        TargetLocationMaxErrors = location.TargetLocationMaxErrors,
        ExecutionRoleName = location.ExecutionRoleName,
        TargetLocationAlarmConfiguration = FromSdk(location.TargetLocationAlarmConfiguration),
        IncludeChildOrganizationUnits = location.IncludeChildOrganizationUnits,
        ExcludeAccounts = location.ExcludeAccounts?.ToArray(),
        Targets = Array(location.Targets, FromSdk),
        TargetsMaxConcurrency = location.TargetsMaxConcurrency,
        TargetsMaxErrors = location.TargetsMaxErrors,
    };

    private static AlarmConfiguration? FromSdk(SdkAlarmConfiguration? alarm) =>
        alarm is null
            ? null
            : new AlarmConfiguration
            {
                IgnorePollAlarmFailure = alarm.IgnorePollAlarmFailure,
                Alarms = Array(alarm.Alarms, static one => new Alarm { Name = one.Name }),
            };

    private static ParameterMap? Parameters(Dictionary<string, List<string>>? map)
    {
        if (map is null)
        {
            return null;
        }

        var copy = new ParameterMap();
        foreach (KeyValuePair<string, List<string>> pair in map)
        {
            copy.Add(pair.Key, pair.Value?.ToArray());
        }

        return copy;
    }

    private static TargetMap TargetMapFrom(Dictionary<string, List<string>> map)
    {
        var copy = new TargetMap();
        foreach (KeyValuePair<string, List<string>> pair in map)
        {
            copy.Add(pair.Key, pair.Value?.ToArray());
        }

        return copy;
    }

    private static TTo[]? Array<TFrom, TTo>(List<TFrom>? parts, Func<TFrom, TTo> read)
        where TFrom : class
    {
        if (parts is null)
        {
            return null;
        }

        List<TTo> list = List(parts, read);
        return list.ToArray();
    }

    /// <summary>A page that has no list and yet more to come is not empty: what it should have shown is missing.</summary>
    private static List<TTo> Page<TFrom, TTo>(List<TFrom>? parts, string? nextToken, Func<TFrom, TTo> read)
        where TFrom : class =>
        parts is null && Token(nextToken) is not null
            ? throw new GatewayException(GatewayErrorKind.Ambiguous, ErrorCodes.UnreadableAnswer, "The answer is a page without its list.")
            : List(parts, read);

    private static List<TTo> List<TFrom, TTo>(List<TFrom>? parts, Func<TFrom, TTo> read)
        where TFrom : class
    {
        var list = new List<TTo>(parts?.Count ?? 0);
        foreach (TFrom part in parts ?? [])
        {
            if (part is not null)
            {
                list.Add(read(part));
            }
        }

        return list;
    }
}
