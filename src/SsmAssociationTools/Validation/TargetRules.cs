using System;
using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>Which members that name targets go together (T1 to T14 of the research), and the legacy InstanceId.</summary>
internal static class TargetRules
{
    private const string AutomationPage = "User Guide, Mapping targets to automations";

    /// <summary>T1.</summary>
    private static readonly RuleDefinition s_missing = new(
        "Targets.Missing",
        IssueSeverity.Error,
        "A Command or Policy document has Targets, TargetMaps or InstanceId; a runbook may have none.",
        "Name = AWS-RunShellScript without Targets",
        "observed: Terraform provider issue 10261 (\"Instance ID or targets must be specified\"); TargetMaps inferred",
        "the type of the document is not known")
    {
        Needs = ["Targets", "TargetMaps", "InstanceId", "Name", "Parameters"],
    };

    /// <summary>T2.</summary>
    private static readonly RuleDefinition s_excludes = new(
        "InstanceId.Excludes",
        IssueSeverity.Error,
        "With InstanceId there is no AssociationName, DocumentVersion, MaxErrors, MaxConcurrency, OutputLocation or ScheduleExpression.",
        "InstanceId together with ScheduleExpression",
        "documented: API model, InstanceId");

    /// <summary>T3.</summary>
    private static readonly RuleDefinition s_schema = new(
        "InstanceId.DocumentSchema",
        IssueSeverity.Error,
        "InstanceId goes with documents of schema 1.x only.",
        "InstanceId together with Name = AWS-RunPatchBaseline",
        "documented: API model, InstanceId; observed (\"Document schema version, 2.2, is not supported by association that is created with instance id\")",
        "the schema of the document is not known");

    /// <summary>T4.</summary>
    private static readonly RuleDefinition s_instanceAndTargets = new(
        "InstanceId.WithTargets",
        IssueSeverity.Error,
        "An entry has InstanceId or Targets, not both.",
        "InstanceId together with Targets",
        "inferred: AWS calls InstanceId the legacy alternative of Targets");

    /// <summary>T5.</summary>
    private static readonly RuleDefinition s_targetsAndMaps = new(
        "Targets.WithTargetMaps",
        IssueSeverity.Error,
        "An entry has Targets or TargetMaps, not both.",
        "Targets together with TargetMaps",
        "documented: API model, TargetMaps");

    /// <summary>T6.</summary>
    private static readonly RuleDefinition s_instanceAndMaps = new(
        "InstanceId.WithTargetMaps",
        IssueSeverity.Warning,
        "An entry has InstanceId or TargetMaps, not both.",
        "InstanceId together with TargetMaps",
        "inferred");

    /// <summary>T7.</summary>
    private static readonly RuleDefinition s_parameterMissing = new(
        "AutomationTargetParameterName.Missing",
        IssueSeverity.Error,
        "A runbook with Targets names the parameter that receives them.",
        "Name = AWS-StopEC2Instance with Targets and without AutomationTargetParameterName",
        "observed: Terraform provider issue 32471 (\"Must specify both Automation Target Parameter Name and Targets\")",
        "the type of the document is not known, but the entry has members of a runbook")
    {
        Needs = ["AutomationTargetParameterName", "Name"],
    };

    /// <summary>T7, the other way round.</summary>
    private static readonly RuleDefinition s_parameterAlone = new(
        "AutomationTargetParameterName.WithoutTargets",
        IssueSeverity.Warning,
        "AutomationTargetParameterName stands together with Targets.",
        "AutomationTargetParameterName without Targets",
        "inferred from the observed text \"Must specify both Automation Target Parameter Name and Targets\"")
    {
        Needs = ["Targets", "TargetMaps", "TargetLocations"],
    };

    /// <summary>T8.</summary>
    private static readonly RuleDefinition s_parameterUnknown = new(
        "AutomationTargetParameterName.Undeclared",
        IssueSeverity.Error,
        "AutomationTargetParameterName is a parameter of the runbook, in the same case.",
        "Name = AWS-StopEC2Instance with AutomationTargetParameterName = instanceId",
        "documented: " + AutomationPage,
        DocumentRules.TableOnly);

    /// <summary>T9.</summary>
    private static readonly RuleDefinition s_parameterForCommand = new(
        "AutomationTargetParameterName.ForCommand",
        IssueSeverity.Warning,
        "AutomationTargetParameterName stands with a runbook, not with a Command document.",
        "Name = AWS-RunShellScript with AutomationTargetParameterName",
        "inferred");

    /// <summary>T10.</summary>
    private static readonly RuleDefinition s_oneForAutomation = new(
        "Targets.OneForAutomation",
        IssueSeverity.Warning,
        "A runbook has one tag or one resource group as its target.",
        "Name = AWS-StopEC2Instance with two targets",
        "documented: " + AutomationPage + "; observed when it runs: aws-cli issues 8628 and 9028 (\"Only one resource group or tag can be specified at a time\")");

    /// <summary>T11.</summary>
    private static readonly RuleDefinition s_oneGroup = new(
        "Targets.OneResourceGroup",
        IssueSeverity.Error,
        "An association has at most one resource group.",
        "Targets = resource-groups:Name=Web,Database",
        "documented: User Guide, About targets and rate controls in State Manager associations");

    /// <summary>T13.</summary>
    private static readonly RuleDefinition s_mixed = new(
        "Targets.MixedKeys",
        IssueSeverity.Warning,
        "InstanceIds does not stand beside other keys.",
        "Targets = InstanceIds=i-0123456789abcdef0; tag:Role=web",
        "inferred");

    /// <summary>T14.</summary>
    private static readonly RuleDefinition s_repeatedKey = new(
        "Targets.RepeatedKey",
        IssueSeverity.Warning,
        "Every key of Targets stands once.",
        "Targets = tag:Role=web; tag:Role=db",
        "inferred");

    /// <summary>All rules of this class.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } =
    [
        s_excludes, s_schema, s_instanceAndTargets, s_instanceAndMaps,
        s_parameterMissing, s_parameterAlone, s_parameterUnknown, s_parameterForCommand,
        s_missing, s_targetsAndMaps, s_oneForAutomation, s_oneGroup, s_mixed, s_repeatedKey,
    ];

    /// <summary>Rules on InstanceId itself.</summary>
    public static void CheckInstanceId(EntryContext context)
    {
        if (!context.HasInstanceId)
        {
            return;
        }

        const string Path = "InstanceId";
        if (context.Known?.IsSchema2 == true || context.Type == DocumentType.Automation)
        {
            context.Issues.Add(s_schema, Path, $"{context.Document.Name} cannot be associated by InstanceId: use Targets with the key InstanceIds instead.");
        }
        else if (context.Known?.IsSchema2 is null)
        {
            context.Issues.Add(
                s_schema,
                IssueSeverity.Warning,
                Path,
                "InstanceId works with documents of schema 1.x only: make sure that the document is one, or use Targets with the key InstanceIds.");
        }

        if (context.HasTargets)
        {
            context.Issues.Add(s_instanceAndTargets, Path, "InstanceId and Targets exclude each other: move the id into Targets, under the key InstanceIds.");
        }

        if (context.HasTargetMaps)
        {
            context.Issues.Add(s_instanceAndMaps, Path, "InstanceId and TargetMaps do not belong together: remove one of them.");
        }
    }

    /// <summary>Says that a member that InstanceId excludes is there.</summary>
    public static void CheckExcluded(EntryContext context, EntryMember member)
    {
        if (member.Get(context.Entry) is not (null or string { Length: 0 }))
        {
            string name = member.Name;
            context.Issues.Add(s_excludes, name, $"{name} is refused together with InstanceId: use Targets with the key InstanceIds instead of InstanceId, or remove {name}.");
        }
    }

    /// <summary>Rules on AutomationTargetParameterName.</summary>
    public static void CheckTargetParameter(EntryContext context)
    {
        const string Path = "AutomationTargetParameterName";
        if (!context.HasTargetParameter)
        {
            if (context.HasTargets && !IsWithoutTargets(context.Entry.Targets!) && context.LooksLikeAutomation)
            {
                bool isKnown = context.Type == DocumentType.Automation;
                context.Issues.Add(
                    s_parameterMissing,
                    isKnown ? IssueSeverity.Error : IssueSeverity.Warning,
                    Path,
                    isKnown
                        ? $"{context.Document.Name} is a runbook: name its parameter that receives the targets, such as InstanceId."
                        : "The entry looks like one for a runbook: if it is, name the runbook's parameter that receives the targets, such as InstanceId.");
            }

            return;
        }

        string name = context.Entry.AutomationTargetParameterName!;
        if (!context.HasTargets && !context.HasTargetMaps && !context.HasLocationTargets)
        {
            context.Issues.Add(s_parameterAlone, Path, "There are no Targets for this parameter: add Targets, or remove AutomationTargetParameterName.", name);
        }

        if (context.Type == DocumentType.Command)
        {
            context.Issues.Add(s_parameterForCommand, Path, $"{context.Document.Name} is not a runbook: remove AutomationTargetParameterName.", name);
        }
        else if (context.Known?.Declares(name) == false)
        {
            context.Issues.Add(
                s_parameterUnknown,
                context.IsDocumentRead ? IssueSeverity.Error : IssueSeverity.Warning,
                Path,
                context.Known.InOtherCase(name) is { } near
                    ? $"{context.Document.Name} calls the parameter {near}: write it in the same case."
                    : $"{context.Document.Name} has no parameter of this name{(context.IsDocumentRead ? string.Empty : " as far as is known")}: use one of {string.Join(", ", context.Known.Parameters!)}.",
                name,
                context.Known.Source);
        }
    }

    /// <summary>Rules on Targets.</summary>
    public static void CheckTargets(EntryContext context)
    {
        CheckTogether(context);
        TargetKeyRules.Check(context, context.Entry.Targets, context.Type);
    }

    private static void CheckTogether(EntryContext context)
    {
        const string Path = "Targets";
        if (!context.HasTargets)
        {
            if (!context.HasInstanceId && !context.HasTargetMaps && (context.Type == DocumentType.Command || (context.Type == DocumentType.Unknown && !context.LooksLikeAutomation)))
            {
                bool isKnown = context.Type == DocumentType.Command;
                context.Issues.Add(
                    s_missing,
                    isKnown ? IssueSeverity.Error : IssueSeverity.Warning,
                    Path,
                    isKnown
                        ? $"{context.Document.Name} needs something to run on: add Targets, such as InstanceIds=i-0123456789abcdef0 or tag:Role=web."
                        : "Only a runbook can be without targets: unless the document is one, add Targets, such as InstanceIds=i-0123456789abcdef0 or tag:Role=web.");
            }

            return;
        }

        if (context.HasTargetMaps)
        {
            context.Issues.Add(s_targetsAndMaps, Path, "Targets and TargetMaps exclude each other: remove one of them.");
        }

        AssociationTarget[] targets = context.Entry.Targets!;
        CheckGroups(context, targets);
        if (targets.Length < 2)
        {
            return;
        }

        if (context.LooksLikeAutomation)
        {
            context.Issues.Add(s_oneForAutomation, Path, "A runbook takes one tag or one resource group: use one target, and one entry for each further one.");
        }

        CheckKeys(context, targets);
    }

    private static void CheckKeys(EntryContext context, AssociationTarget?[] targets)
    {
        int byId = 0;
        int others = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i]?.Key is not { } key)
            {
                continue;
            }

            TargetKeyKind kind = TargetKey.KindOf(key);
            byId += kind == TargetKeyKind.InstanceIds ? 1 : 0;
            others += kind == TargetKeyKind.InstanceIds ? 0 : 1;
            int first = FirstWith(targets, i, key, kind);
            if (first >= 0)
            {
                context.Issues.Add(
                    s_repeatedKey,
                    FormattableString.Invariant($"Targets[{i}].Key"),
                    FormattableString.Invariant($"The key stands at Targets[{first}] already: put all values into one target."),
                    key);
            }
        }

        if (byId > 0 && others > 0)
        {
            context.Issues.Add(s_mixed, "Targets", "Keys are ANDed, so only the named nodes that also match the other keys run: use InstanceIds alone, or leave it out.");
        }
    }

    private static int FirstWith(AssociationTarget?[] targets, int end, string key, TargetKeyKind kind)
    {
        for (int i = 0; i < end; i++)
        {
            string? other = targets[i]?.Key;
            if (other == key || (other is not null && kind != TargetKeyKind.Unknown && kind != TargetKeyKind.Tag && TargetKey.KindOf(other) == kind && kind != TargetKeyKind.MaintenanceWindow))
            {
                return i;
            }
        }

        return -1;
    }

    private static void CheckGroups(EntryContext context, AssociationTarget?[] targets)
    {
        int groups = 0;
        foreach (AssociationTarget? target in targets)
        {
            if (target?.Key is { } key && TargetKey.KindOf(key) is TargetKeyKind.ResourceGroupName or TargetKeyKind.ResourceGroup)
            {
                groups += Math.Max(1, target.Values?.Length ?? 0);
            }
        }

        if (groups > 1)
        {
            string count = groups.ToString(CultureInfo.InvariantCulture);
            context.Issues.Add(s_oneGroup, "Targets", $"There are {count} resource groups, but an association takes one: make one entry for each.");
        }
    }

    /// <summary>The one target that stands for none.</summary>
    private static bool IsWithoutTargets(AssociationTarget?[] targets) =>
        targets.Length == 1 && targets[0]?.Key is { } key && TargetKey.KindOf(key) == TargetKeyKind.NoOpAutomationTag;
}
