using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Content;

/// <summary>
/// An entry as named values, under the names of the API and in the order in which people read them. Absent members are
/// left out. What it gives, the reader of entries makes the same entry of.
/// </summary>
internal static class EntryMembers
{
    /// <summary>The members in the order of <see cref="Of"/>: the columns of a CSV file that uses them all.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Name", "AssociationName", "InstanceId", "Targets", "TargetMaps", "AutomationTargetParameterName", "TargetLocations",
        "Parameters", "DocumentVersion", "ScheduleExpression", "ScheduleOffset", "ApplyOnlyAtCronInterval", "Duration",
        "CalendarNames", "MaxConcurrency", "MaxErrors", "ComplianceSeverity", "SyncCompliance", "OutputLocation",
        "AlarmConfiguration", "Region", "RoleArn",
    ];

    /// <summary>Says whether a member says where the entry goes, which the service's own entry cannot.</summary>
    public static bool IsOfDestination(string name) => name is nameof(AssociationEntry.Region) or nameof(AssociationEntry.RoleArn);

    /// <summary>Takes an entry apart.</summary>
    public static FileMap Of(AssociationEntry entry)
    {
        var map = new FileMap();
        Text(map, "Name", entry.Name);
        Text(map, "AssociationName", entry.AssociationName);
        Text(map, "InstanceId", entry.InstanceId);
        List(map, "Targets", entry.Targets, Target);
        List(map, "TargetMaps", entry.TargetMaps, static values => Values(values));
        Text(map, "AutomationTargetParameterName", entry.AutomationTargetParameterName);
        List(map, "TargetLocations", entry.TargetLocations, Location);
        if (entry.Parameters is { Count: > 0 })
        {
            map.Add("Parameters", Values(entry.Parameters));
        }

        Text(map, "DocumentVersion", entry.DocumentVersion);
        Text(map, "ScheduleExpression", entry.ScheduleExpression);
        Value(map, "ScheduleOffset", entry.ScheduleOffset);
        Value(map, "ApplyOnlyAtCronInterval", entry.ApplyOnlyAtCronInterval);
        Value(map, "Duration", entry.Duration);
        Texts(map, "CalendarNames", entry.CalendarNames);
        Text(map, "MaxConcurrency", entry.MaxConcurrency);
        Text(map, "MaxErrors", entry.MaxErrors);
        Text(map, "ComplianceSeverity", entry.ComplianceSeverity);
        Text(map, "SyncCompliance", entry.SyncCompliance);
        if (Output(entry.OutputLocation?.S3Location) is FileMap output)
        {
            map.Add("OutputLocation", output);
        }

        if (entry.AlarmConfiguration is not null)
        {
            map.Add("AlarmConfiguration", Alarm(entry.AlarmConfiguration));
        }

        Text(map, "Region", entry.Region);
        Text(map, "RoleArn", entry.RoleArn);
        return map;
    }

    private static FileMap Target(AssociationTarget? target)
    {
        var map = new FileMap();
        Text(map, "Key", target?.Key);
        if (target?.Values is string?[] values)
        {
            map.Add("Values", ListOf(values));
        }

        return map;
    }

    private static FileMap Location(TargetLocation? location)
    {
        var map = new FileMap();
        Texts(map, "Accounts", location?.Accounts);
        Texts(map, "Regions", location?.Regions);
        Text(map, "TargetLocationMaxConcurrency", location?.TargetLocationMaxConcurrency);
        Text(map, "TargetLocationMaxErrors", location?.TargetLocationMaxErrors);
        Text(map, "ExecutionRoleName", location?.ExecutionRoleName);
        if (location?.TargetLocationAlarmConfiguration is AlarmConfiguration alarm)
        {
            map.Add("TargetLocationAlarmConfiguration", Alarm(alarm));
        }

        Value(map, "IncludeChildOrganizationUnits", location?.IncludeChildOrganizationUnits);
        Texts(map, "ExcludeAccounts", location?.ExcludeAccounts);
        List(map, "Targets", location?.Targets, Target);
        Text(map, "TargetsMaxConcurrency", location?.TargetsMaxConcurrency);
        Text(map, "TargetsMaxErrors", location?.TargetsMaxErrors);
        return map;
    }

    private static FileMap? Output(S3OutputLocation? location)
    {
        var s3 = new FileMap();
        Text(s3, "OutputS3Region", location?.OutputS3Region);
        Text(s3, "OutputS3BucketName", location?.OutputS3BucketName);
        Text(s3, "OutputS3KeyPrefix", location?.OutputS3KeyPrefix);
        return s3.Count == 0 ? null : new FileMap { { "S3Location", s3 } };
    }

    private static FileMap Alarm(AlarmConfiguration alarm)
    {
        var map = new FileMap();
        Value(map, "IgnorePollAlarmFailure", alarm.IgnorePollAlarmFailure);
        List(map, "Alarms", alarm.Alarms, static one =>
        {
            var name = new FileMap();
            Text(name, "Name", one?.Name);
            return name;
        });
        return map;
    }

    private static FileMap Values(Dictionary<string, string?[]?>? values)
    {
        var map = new FileMap();
        foreach (KeyValuePair<string, string?[]?> pair in values ?? [])
        {
            map.Add(pair.Key, pair.Value is null ? null : ListOf(pair.Value));
        }

        return map;
    }

    private static void List<T>(FileMap map, string name, T[]? items, Func<T, FileMap> convert)
    {
        if (items is { Length: > 0 })
        {
            var list = new FileList();
            foreach (T item in items)
            {
                list.Add(convert(item));
            }

            map.Add(name, list);
        }
    }

    private static void Texts(FileMap map, string name, string?[]? values)
    {
        if (values is { Length: > 0 })
        {
            map.Add(name, ListOf(values));
        }
    }

    private static FileList ListOf(string?[] values)
    {
        var list = new FileList();
        list.AddRange(values);
        return list;
    }

    private static void Text(FileMap map, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            map.Add(name, value);
        }
    }

    private static void Value<T>(FileMap map, string name, T? value)
        where T : struct
    {
        if (value is not null)
        {
            map.Add(name, value.Value);
        }
    }
}
