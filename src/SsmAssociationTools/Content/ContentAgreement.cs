using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Content;

/// <summary>
/// Compares what was sent with what the service describes. The service fills in members that were left out (a version, a
/// default, an injected parameter), so only what was sent is compared. Not safe for concurrent use.
/// </summary>
internal sealed class ContentAgreement : IDisposable
{
    private readonly CanonicalContent _canonical = new();

    /// <summary>True where both have the same canonical content.</summary>
    public bool IsSame(AssociationEntry one, AssociationEntry other) => _canonical.KeyOf(one).Equals(_canonical.KeyOf(other));

    /// <summary>True where the description has every member that was sent, with the same value.</summary>
    public bool Covers(AssociationEntry sent, AssociationEntry described) =>
        _canonical.KeyOf(sent).Equals(_canonical.KeyOf(Restrict(described, sent)));

    /// <summary>The same for a line of a list, which has only some of the members.</summary>
    public bool CoversListed(AssociationEntry sent, AssociationEntry listed) => Covers(ListMembers(sent), listed);

    /// <summary>The members that a list carries.</summary>
    public static AssociationEntry ListMembers(AssociationEntry entry) => new()
    {
        Name = entry.Name,
        InstanceId = entry.InstanceId,
        DocumentVersion = entry.DocumentVersion,
        Targets = entry.Targets,
        ScheduleExpression = entry.ScheduleExpression,
        AssociationName = entry.AssociationName,
        ScheduleOffset = entry.ScheduleOffset,
        Duration = entry.Duration,
        TargetMaps = entry.TargetMaps,
    };

    public void Dispose() => _canonical.Dispose();

    /// <summary>A copy of the description without the members that were not sent.</summary>
    private static AssociationEntry Restrict(AssociationEntry described, AssociationEntry sent) => new()
    {
        Name = described.Name,
        InstanceId = described.InstanceId,
        Parameters = sent.Parameters is { Count: > 0 } ? Restrict(described.Parameters, sent.Parameters) : null,
        AutomationTargetParameterName = IfSent(sent.AutomationTargetParameterName, described.AutomationTargetParameterName),
        DocumentVersion = IfSent(sent.DocumentVersion, described.DocumentVersion),

        // What an association runs on is never filled in, except from a legacy InstanceId.
        Targets = string.IsNullOrEmpty(sent.InstanceId) ? described.Targets : null,
        ScheduleExpression = described.ScheduleExpression,
        OutputLocation = sent.OutputLocation?.S3Location is { } s3 ? Restrict(described.OutputLocation?.S3Location, s3) : null,
        AssociationName = described.AssociationName,
        MaxErrors = IfSent(sent.MaxErrors, described.MaxErrors),
        MaxConcurrency = IfSent(sent.MaxConcurrency, described.MaxConcurrency),
        ComplianceSeverity = IfSent(sent.ComplianceSeverity, described.ComplianceSeverity),
        SyncCompliance = IfSent(sent.SyncCompliance, described.SyncCompliance),
        ApplyOnlyAtCronInterval = described.ApplyOnlyAtCronInterval,
        CalendarNames = described.CalendarNames,
        TargetLocations = sent.TargetLocations is { Length: > 0 } ? described.TargetLocations : null,
        ScheduleOffset = described.ScheduleOffset,
        Duration = described.Duration,
        TargetMaps = described.TargetMaps,
        AlarmConfiguration = described.AlarmConfiguration,
    };

    private static string? IfSent(string? sent, string? described) => string.IsNullOrEmpty(sent) ? null : described;

    private static InstanceAssociationOutputLocation Restrict(S3OutputLocation? described, S3OutputLocation sent) => new()
    {
        S3Location = new S3OutputLocation
        {
            OutputS3Region = IfSent(sent.OutputS3Region, described?.OutputS3Region),
            OutputS3BucketName = described?.OutputS3BucketName,
            OutputS3KeyPrefix = described?.OutputS3KeyPrefix,
        },
    };

    private static ParameterMap Restrict(ParameterMap? described, ParameterMap sent)
    {
        var same = new ParameterMap();
        foreach (KeyValuePair<string, string?[]?> parameter in described ?? [])
        {
            if (sent.ContainsKey(parameter.Key))
            {
                same.Add(parameter.Key, parameter.Value);
            }
        }

        return same;
    }
}
