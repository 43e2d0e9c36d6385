using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Validation;

/// <summary>
/// The rules that look beyond one member, at the member whose problems they are. Every row of <see cref="EntrySchema"/> is
/// here, if only to say that it has none; a test looks that no row is missing.
/// </summary>
internal static class MemberRules
{
    private static readonly Action<EntryContext> s_none = static _ => { };

    /// <summary>The rules by the row that they belong to.</summary>
    public static IReadOnlyDictionary<EntryMember, Action<EntryContext>> All { get; } = new Dictionary<EntryMember, Action<EntryContext>>
    {
        [EntrySchema.Name] = DocumentRules.CheckName,
        [EntrySchema.InstanceId] = TargetRules.CheckInstanceId,
        [EntrySchema.Parameters] = DocumentRules.CheckParameters,
        [EntrySchema.AutomationTargetParameterName] = TargetRules.CheckTargetParameter,
        [EntrySchema.DocumentVersion] = DocumentRules.CheckVersion,
        [EntrySchema.Targets] = TargetRules.CheckTargets,
        [EntrySchema.ScheduleExpression] = ScheduleOptionRules.CheckExpression,
        [EntrySchema.OutputLocation] = LocationRules.CheckOutput,
        [EntrySchema.AssociationName] = s_none,
        [EntrySchema.MaxErrors] = static context => ScheduleOptionRules.CheckRateControl(context, EntrySchema.MaxErrors),
        [EntrySchema.MaxConcurrency] = static context => ScheduleOptionRules.CheckRateControl(context, EntrySchema.MaxConcurrency),
        [EntrySchema.ComplianceSeverity] = s_none,
        [EntrySchema.SyncCompliance] = DocumentRules.CheckSyncCompliance,
        [EntrySchema.ApplyOnlyAtCronInterval] = ScheduleOptionRules.CheckOnlyAtCron,
        [EntrySchema.CalendarNames] = LocationRules.CheckCalendars,
        [EntrySchema.TargetLocations] = LocationRules.CheckLocations,
        [EntrySchema.ScheduleOffset] = ScheduleOptionRules.CheckOffset,
        [EntrySchema.Duration] = ScheduleOptionRules.CheckDuration,
        [EntrySchema.TargetMaps] = s_none,
        [EntrySchema.AlarmConfiguration] = s_none,
    };
}
