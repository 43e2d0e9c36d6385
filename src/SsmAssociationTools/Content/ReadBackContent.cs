using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Content;

/// <summary>
/// The content of an association as it was asked for: without what the service fills in and echoes. What is left can be
/// sent again and makes the same association.
/// </summary>
internal static class ReadBackContent
{
    /// <summary>The target key under which the service keeps a runbook that has no targets, and its only value.</summary>
    private const string NoOperation = "aws:NoOpAutomationTag";
    private const string NoOperationValue = "AWS-NoOpAutomationTarget-Value";

    /// <summary>The parameter that the service hands its own id in, to documents that report compliance by themselves.</summary>
    private const string IdParameter = "AssociationId";

    /// <summary>Makes an entry of what the service describes.</summary>
    /// <returns>A fresh entry. It shares lists with the description, and names no Region.</returns>
    public static AssociationEntry Of(AssociationEntry described, string? associationId) => new()
    {
        Name = Given(described.Name),
        InstanceId = Given(described.InstanceId),
        Parameters = Parameters(described, associationId),
        AutomationTargetParameterName = Given(described.AutomationTargetParameterName),
        DocumentVersion = described.DocumentVersion == "$DEFAULT" ? null : Given(described.DocumentVersion),

        // A target that stands for none is kept where a parameter waits for it: without it, the entry would break a rule.
        Targets = HasOwnTargets(described) || (IsNoOperation(described.Targets) && !string.IsNullOrEmpty(described.AutomationTargetParameterName))
            ? Given(described.Targets)
            : null,
        ScheduleExpression = Given(described.ScheduleExpression),
        OutputLocation = Output(described.OutputLocation?.S3Location),
        AssociationName = Given(described.AssociationName),
        MaxErrors = Given(described.MaxErrors),
        MaxConcurrency = Given(described.MaxConcurrency),
        ComplianceSeverity = described.ComplianceSeverity == "UNSPECIFIED" ? null : Given(described.ComplianceSeverity),
        SyncCompliance = described.SyncCompliance == "AUTO" ? null : Given(described.SyncCompliance),
        ApplyOnlyAtCronInterval = Given(described.ApplyOnlyAtCronInterval),
        CalendarNames = Given(described.CalendarNames),
        TargetLocations = Locations(described.TargetLocations),
        ScheduleOffset = described.ScheduleOffset,
        Duration = described.Duration,
        TargetMaps = Given(described.TargetMaps),
        AlarmConfiguration = Alarm(described.AlarmConfiguration),
    };

    /// <summary>
    /// False where the targets say nothing of their own: the service describes a legacy InstanceId as a target as well, and
    /// gives a runbook without targets one that stands for none.
    /// </summary>
    public static bool HasOwnTargets(AssociationEntry entry) => !IsImpliedByInstanceId(entry) && !IsNoOperation(entry.Targets);

    private static bool IsImpliedByInstanceId(AssociationEntry entry) =>
        !string.IsNullOrEmpty(entry.InstanceId) && IsSingle(entry.Targets, "InstanceIds", entry.InstanceId!);

    private static bool IsNoOperation(AssociationTarget?[]? targets) => IsSingle(targets, NoOperation, NoOperationValue);

    private static bool IsSingle(AssociationTarget?[]? targets, string key, string value) =>
        targets is { Length: 1 }
        && targets[0] is { Values: { Length: 1 } values, Key: { } found }
        && values[0] == value
        && string.Equals(found, key, StringComparison.OrdinalIgnoreCase);

    private static ParameterMap? Parameters(AssociationEntry described, string? associationId)
    {
        if (described.Parameters is not { Count: > 0 } parameters)
        {
            return null;
        }

        // Nobody can have asked for an id that was not there yet.
        bool hasOwnId = associationId is not null
            && parameters.TryGetValue(IdParameter, out string?[]? values)
            && values is { Length: 1 }
            && string.Equals(values[0], associationId, StringComparison.OrdinalIgnoreCase);
        if (!hasOwnId)
        {
            return parameters;
        }

        if (parameters.Count == 1)
        {
            return null;
        }

        var others = new ParameterMap();
        foreach (KeyValuePair<string, string?[]?> parameter in parameters)
        {
            if (parameter.Key != IdParameter)
            {
                others.Add(parameter.Key, parameter.Value);
            }
        }

        return others;
    }

    private static InstanceAssociationOutputLocation? Output(S3OutputLocation? s3)
    {
        var given = new S3OutputLocation
        {
            OutputS3Region = Given(s3?.OutputS3Region),
            OutputS3BucketName = Given(s3?.OutputS3BucketName),
            OutputS3KeyPrefix = Given(s3?.OutputS3KeyPrefix),
        };
        return (given.OutputS3Region ?? given.OutputS3BucketName ?? given.OutputS3KeyPrefix) is null
            ? null
            : new InstanceAssociationOutputLocation { S3Location = given };
    }

    private static TargetLocation[]? Locations(TargetLocation?[]? described)
    {
        if (described is not { Length: > 0 })
        {
            return null;
        }

        var given = new List<TargetLocation>(described.Length);
        foreach (TargetLocation? location in described)
        {
            if (location is not null)
            {
                given.Add(new TargetLocation
                {
                    Accounts = Given(location.Accounts),
                    Regions = Given(location.Regions),
                    TargetLocationMaxConcurrency = Given(location.TargetLocationMaxConcurrency),
                    TargetLocationMaxErrors = Given(location.TargetLocationMaxErrors),
                    ExecutionRoleName = Given(location.ExecutionRoleName),
                    TargetLocationAlarmConfiguration = Alarm(location.TargetLocationAlarmConfiguration),
                    IncludeChildOrganizationUnits = Given(location.IncludeChildOrganizationUnits),
                    ExcludeAccounts = Given(location.ExcludeAccounts),
                    Targets = Given(location.Targets),
                    TargetsMaxConcurrency = Given(location.TargetsMaxConcurrency),
                    TargetsMaxErrors = Given(location.TargetsMaxErrors),
                });
            }
        }

        return given.Count == 0 ? null : given.ToArray();
    }

    private static AlarmConfiguration? Alarm(AlarmConfiguration? described) =>
        described is null || (described.Alarms is not { Length: > 0 } && described.IgnorePollAlarmFailure != true)
            ? null
            : new AlarmConfiguration { Alarms = Given(described.Alarms), IgnorePollAlarmFailure = Given(described.IgnorePollAlarmFailure) };

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>False is what the service takes for an absent flag.</summary>
    private static bool? Given(bool? flag) => flag == true ? true : null;

    private static T[]? Given<T>(T[]? list) => list is { Length: > 0 } ? list : null;
}
