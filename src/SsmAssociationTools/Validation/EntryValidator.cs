using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>
/// Checks one entry after another against everything that can be known without the service: the constraints of the API
/// model and the rules between members. Reports all problems, in the order of the members. Allocates nothing for an
/// ordinary valid entry. Not safe for concurrent use; one pipeline has one.
/// </summary>
internal sealed class EntryValidator
{
    /// <summary>For each member of <see cref="FieldConstraints.Entry"/>, in the same order, the rules that look beyond it.</summary>
    private static readonly Action<EntryContext>?[] s_rules =
    [
        DocumentRules.CheckName, // Name
        TargetRules.CheckInstanceId, // InstanceId
        DocumentRules.CheckParameters, // Parameters
        TargetRules.CheckTargetParameter, // AutomationTargetParameterName
        static c =>
        {
            TargetRules.CheckExcluded(c, "DocumentVersion", !string.IsNullOrEmpty(c.Entry.DocumentVersion));
            DocumentRules.CheckVersion(c);
        },
        static c =>
        {
            TargetRules.CheckTargets(c);
            TargetKeyRules.Check(c, c.Entry.Targets, c.Type, location: -1);
        },
        static c =>
        {
            TargetRules.CheckExcluded(c, "ScheduleExpression", !string.IsNullOrEmpty(c.Entry.ScheduleExpression));
            ScheduleOptionRules.CheckExpression(c);
        },
        static c =>
        {
            TargetRules.CheckExcluded(c, "OutputLocation", c.Entry.OutputLocation is not null);
            LocationRules.CheckOutput(c);
        },
        static c => TargetRules.CheckExcluded(c, "AssociationName", !string.IsNullOrEmpty(c.Entry.AssociationName)),
        static c =>
        {
            TargetRules.CheckExcluded(c, "MaxErrors", !string.IsNullOrEmpty(c.Entry.MaxErrors));
            ScheduleOptionRules.CheckRateControl(c, "MaxErrors", c.Entry.MaxErrors);
        },
        static c =>
        {
            TargetRules.CheckExcluded(c, "MaxConcurrency", !string.IsNullOrEmpty(c.Entry.MaxConcurrency));
            ScheduleOptionRules.CheckRateControl(c, "MaxConcurrency", c.Entry.MaxConcurrency);
        },
        null, // ComplianceSeverity
        DocumentRules.CheckSyncCompliance, // SyncCompliance
        ScheduleOptionRules.CheckOnlyAtCron, // ApplyOnlyAtCronInterval
        LocationRules.CheckCalendars, // CalendarNames
        LocationRules.CheckLocations, // TargetLocations
        ScheduleOptionRules.CheckOffset, // ScheduleOffset
        ScheduleOptionRules.CheckDuration, // Duration
        null, // TargetMaps
        null, // AlarmConfiguration
    ];

    private readonly EntryContext _context;
    private readonly FieldPath _path = new();

    public EntryValidator(ValidationOptions options, Func<DateTime>? utcNow = null) =>
        _context = new EntryContext(options, utcNow ?? (static () => DateTime.UtcNow));

    /// <summary>Checks the request's own member, once for all entries.</summary>
    public static void ValidateDispatchRole(string? role, IssueCollector issues)
    {
        if (role is not null)
        {
            var path = new FieldPath();
            path.Push("AssociationDispatchAssumeRole");
            FieldConstraints.AssociationDispatchAssumeRole.Check(role, path, issues);
        }
    }

    /// <summary>Checks an entry.</summary>
    public void Validate(AssociationEntry entry, IssueCollector issues, string? region = null)
    {
        if (entry is null)
        {
            throw new ArgumentNullException(nameof(entry));
        }

        if (issues is null)
        {
            throw new ArgumentNullException(nameof(issues));
        }

        _context.Begin(entry, issues, region);
        IReadOnlyList<FieldConstraint<AssociationEntry>> fields = FieldConstraints.Entry;
        for (int i = 0; i < s_rules.Length; i++)
        {
            fields[i].Check(entry, _path, issues);
            s_rules[i]?.Invoke(_context);
        }
    }
}
