using System;
using System.Collections.Generic;
using System.Globalization;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using SsmAssociationTools.Gateway;
using SdkAlarm = Amazon.SimpleSystemsManagement.Model.Alarm;
using SdkAlarmConfiguration = Amazon.SimpleSystemsManagement.Model.AlarmConfiguration;
using SdkOutputLocation = Amazon.SimpleSystemsManagement.Model.InstanceAssociationOutputLocation;
using SdkS3Location = Amazon.SimpleSystemsManagement.Model.S3OutputLocation;
using SdkTargetLocation = Amazon.SimpleSystemsManagement.Model.TargetLocation;

namespace SsmAssociationTools.Aws;

/// <summary>Writes the module's requests as the SDK's. A member that is null stays null and is not sent.</summary>
internal static class RequestMapping
{
    /// <summary>Writes a batch.</summary>
    public static CreateAssociationBatchRequest ToSdk(CreateBatchRequest request)
    {
        var entries = new List<CreateAssociationBatchRequestEntry>(request.Entries.Count);
        foreach (AssociationEntry entry in request.Entries)
        {
            entries.Add(ToSdk(entry));
        }

        return new CreateAssociationBatchRequest { Entries = entries, AssociationDispatchAssumeRole = request.AssociationDispatchAssumeRole };
    }

    /// <summary>Writes a request for a page.</summary>
    public static ListAssociationsRequest ToSdk(ListRequest request)
    {
        var filters = new List<AssociationFilter>(3);
        if (request.Name is not null)
        {
            filters.Add(new AssociationFilter { Key = "Name", Value = request.Name });
        }

        if (request.AssociationName is not null)
        {
            filters.Add(new AssociationFilter { Key = "AssociationName", Value = request.AssociationName });
        }

        if (request.Status is not null)
        {
            filters.Add(new AssociationFilter { Key = "AssociationStatusName", Value = request.Status });
        }

        return new ListAssociationsRequest
        {
            AssociationFilterList = filters.Count == 0 ? null : filters,
            MaxResults = request.MaxResults,
            NextToken = request.NextToken,
        };
    }

    /// <summary>Writes a change.</summary>
    public static UpdateAssociationRequest ToSdk(UpdateRequest request)
    {
        AssociationEntry content = request.Content;
        return new UpdateAssociationRequest
        {
            AssociationId = request.AssociationId,
            AssociationVersion = request.AssociationVersion,
            AssociationDispatchAssumeRole = request.AssociationDispatchAssumeRole,
            Name = content.Name,
            Parameters = Map(content.Parameters),
            AutomationTargetParameterName = content.AutomationTargetParameterName,
            DocumentVersion = content.DocumentVersion,
            Targets = List(content.Targets, ToSdk),
            ScheduleExpression = content.ScheduleExpression,
            OutputLocation = ToSdk(content.OutputLocation),
            AssociationName = content.AssociationName,
            MaxErrors = content.MaxErrors,
            MaxConcurrency = content.MaxConcurrency,
            ComplianceSeverity = content.ComplianceSeverity,
            SyncCompliance = content.SyncCompliance,
            ApplyOnlyAtCronInterval = content.ApplyOnlyAtCronInterval,
            CalendarNames = Strings(content.CalendarNames),
            TargetLocations = List(content.TargetLocations, ToSdk),
            ScheduleOffset = content.ScheduleOffset,
            Duration = content.Duration,
            TargetMaps = List(content.TargetMaps, static map => Map(map)!),
            AlarmConfiguration = ToSdk(content.AlarmConfiguration),
        };
    }

    /// <summary>Writes a request for a page of versions.</summary>
    public static ListAssociationVersionsRequest ToSdk(VersionsRequest request) => new()
    {
        AssociationId = request.AssociationId,
        MaxResults = request.MaxResults,
        NextToken = request.NextToken,
    };

    /// <summary>Writes a request for a page of executions.</summary>
    public static DescribeAssociationExecutionsRequest ToSdk(ExecutionsRequest request)
    {
        var filters = new List<AssociationExecutionFilter>(4);
        Add(AssociationExecutionFilterKey.ExecutionId, AssociationFilterOperatorType.EQUAL, request.ExecutionId);
        Add(AssociationExecutionFilterKey.Status, AssociationFilterOperatorType.EQUAL, request.Status);
        Add(AssociationExecutionFilterKey.CreatedTime, AssociationFilterOperatorType.GREATER_THAN, Time(request.CreatedAfter));
        Add(AssociationExecutionFilterKey.CreatedTime, AssociationFilterOperatorType.LESS_THAN, Time(request.CreatedBefore));
        return new DescribeAssociationExecutionsRequest
        {
            AssociationId = request.AssociationId,
            Filters = filters.Count == 0 ? null : filters,
            MaxResults = request.MaxResults,
            NextToken = request.NextToken,
        };

        void Add(AssociationExecutionFilterKey key, AssociationFilterOperatorType type, string? value)
        {
            if (value is not null)
            {
                filters.Add(new AssociationExecutionFilter { Key = key, Type = type, Value = value });
            }
        }
    }

    /// <summary>Writes a request for a page of the resources of an execution.</summary>
    public static DescribeAssociationExecutionTargetsRequest ToSdk(ExecutionTargetsRequest request)
    {
        var filters = new List<AssociationExecutionTargetsFilter>(3);
        Add(AssociationExecutionTargetsFilterKey.Status, request.Status);
        Add(AssociationExecutionTargetsFilterKey.ResourceId, request.ResourceId);
        Add(AssociationExecutionTargetsFilterKey.ResourceType, request.ResourceType);
        return new DescribeAssociationExecutionTargetsRequest
        {
            AssociationId = request.AssociationId,
            ExecutionId = request.ExecutionId,
            Filters = filters.Count == 0 ? null : filters,
            MaxResults = request.MaxResults,
            NextToken = request.NextToken,
        };

        void Add(AssociationExecutionTargetsFilterKey key, string? value)
        {
            if (value is not null)
            {
                filters.Add(new AssociationExecutionTargetsFilter { Key = key, Value = value });
            }
        }
    }

    /// <summary>Writes a request for a page of nodes.</summary>
    public static DescribeInstanceInformationRequest ToSdk(NodesRequest request)
    {
        var filters = new List<InstanceInformationStringFilter>(request.Filters.Count);
        foreach (Gateway.NodeFilter filter in request.Filters)
        {
            filters.Add(new InstanceInformationStringFilter { Key = filter.Key, Values = new List<string>(filter.Values) });
        }

        return new DescribeInstanceInformationRequest
        {
            Filters = filters.Count == 0 ? null : filters,
            MaxResults = request.MaxResults,
            NextToken = request.NextToken,
        };
    }

    /// <summary>A time as the API reads it in texts.</summary>
    public static string? Time(DateTime? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static CreateAssociationBatchRequestEntry ToSdk(AssociationEntry entry) => new()
    {
        Name = entry.Name,
        InstanceId = entry.InstanceId,
        Parameters = Map(entry.Parameters),
        AutomationTargetParameterName = entry.AutomationTargetParameterName,
        DocumentVersion = entry.DocumentVersion,
        Targets = List(entry.Targets, ToSdk),
        ScheduleExpression = entry.ScheduleExpression,
        OutputLocation = ToSdk(entry.OutputLocation),
        AssociationName = entry.AssociationName,
        MaxErrors = entry.MaxErrors,
        MaxConcurrency = entry.MaxConcurrency,
        ComplianceSeverity = entry.ComplianceSeverity,
        SyncCompliance = entry.SyncCompliance,
        ApplyOnlyAtCronInterval = entry.ApplyOnlyAtCronInterval,
        CalendarNames = Strings(entry.CalendarNames),
        TargetLocations = List(entry.TargetLocations, ToSdk),
        ScheduleOffset = entry.ScheduleOffset,
        Duration = entry.Duration,
        TargetMaps = List(entry.TargetMaps, static map => Map(map)!),
        AlarmConfiguration = ToSdk(entry.AlarmConfiguration),
    };

    private static Target ToSdk(AssociationTarget target) => new() { Key = target.Key, Values = Strings(target.Values) };

    private static SdkOutputLocation? ToSdk(InstanceAssociationOutputLocation? location) =>
        location is null
            ? null
            : new SdkOutputLocation
            {
                S3Location = location.S3Location is not { } s3
                    ? null
                    : new SdkS3Location
                    {
                        OutputS3Region = s3.OutputS3Region,
                        OutputS3BucketName = s3.OutputS3BucketName,
                        OutputS3KeyPrefix = s3.OutputS3KeyPrefix,
                    },
            };

    private static SdkTargetLocation ToSdk(TargetLocation location) => new()
    {
        Accounts = Strings(location.Accounts),
        Regions = Strings(location.Regions),
        TargetLocationMaxConcurrency = location.TargetLocationMaxConcurrency,
        TargetLocationMaxErrors = location.TargetLocationMaxErrors,
        ExecutionRoleName = location.ExecutionRoleName,
        TargetLocationAlarmConfiguration = ToSdk(location.TargetLocationAlarmConfiguration),
        IncludeChildOrganizationUnits = location.IncludeChildOrganizationUnits,
        ExcludeAccounts = Strings(location.ExcludeAccounts),
        Targets = List(location.Targets, ToSdk),
        TargetsMaxConcurrency = location.TargetsMaxConcurrency,
        TargetsMaxErrors = location.TargetsMaxErrors,
    };

    private static SdkAlarmConfiguration? ToSdk(AlarmConfiguration? alarm) =>
        alarm is null
            ? null
            : new SdkAlarmConfiguration
            {
                IgnorePollAlarmFailure = alarm.IgnorePollAlarmFailure,
                Alarms = List(alarm.Alarms, static one => new SdkAlarm { Name = one.Name }),
            };

    private static Dictionary<string, List<string>>? Map(Dictionary<string, string?[]?>? map)
    {
        if (map is null)
        {
            return null;
        }

        var copy = new Dictionary<string, List<string>>(map.Count, StringComparer.Ordinal);
        foreach (KeyValuePair<string, string?[]?> pair in map)
        {
            copy.Add(pair.Key, Strings(pair.Value) ?? []);
        }

        return copy;
    }

    private static List<string>? Strings(string?[]? values)
    {
        if (values is null)
        {
            return null;
        }

        var list = new List<string>(values.Length);
        foreach (string? value in values)
        {
            list.Add(value ?? string.Empty);
        }

        return list;
    }

    private static List<TTo>? List<TFrom, TTo>(TFrom[]? parts, Func<TFrom, TTo> toSdk)
    {
        if (parts is null)
        {
            return null;
        }

        var list = new List<TTo>(parts.Length);
        foreach (TFrom part in parts)
        {
            if (part is not null)
            {
                list.Add(toSdk(part));
            }
        }

        return list;
    }
}
