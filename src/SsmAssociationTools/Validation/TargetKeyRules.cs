using System;
using System.Collections.Generic;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>The keys of targets and their values, of the entry and of its target locations.</summary>
internal static class TargetKeyRules
{
    /// <summary>The value that stands for a runbook without targets.</summary>
    private const string NoOpValue = "AWS-NoOpAutomationTarget-Value";

    private const string KeyText = "observed: cdk-preflight (\"Unsupported target key: foo, can either be InstanceIds, aws:NoOpAutomationTag, resource-groups:name, tag-key or start with tag:\")";

    private static readonly RuleDefinition s_plus = new(
        "Targets.Key.Plus",
        IssueSeverity.Warning,
        "A target's key has no plus sign.",
        "Targets = tag:C++=yes",
        "documented, in contradiction: the API model leaves + out, the CloudFormation schema and the tag key's own pattern have it");

    private static readonly RuleDefinition s_keyMissing = new(
        "Targets.Key.Missing",
        IssueSeverity.Error,
        "Every target has a key.",
        "Targets[0] without Key",
        "documented: CloudFormation schema (the API model leaves it open)")
    {
        Needs = ["Targets", "TargetLocations"],
    };

    private static readonly RuleDefinition s_unknown = new(
        "Targets.Key.Unknown",
        IssueSeverity.Error,
        "The key is InstanceIds, tag:NAME, tag-key, resource-groups:Name, aws:NoOpAutomationTag or a key of runbooks.",
        "Targets = Role=web",
        KeyText);

    private static readonly RuleDefinition s_maintenanceWindow = new(
        "Targets.Key.MaintenanceWindow",
        IssueSeverity.Error,
        "The key is not one that only maintenance windows take (resource-groups:ResourceTypeFilters, WindowTargetIds).",
        "Targets = resource-groups:ResourceTypeFilters=AWS::EC2::Instance",
        "documented: API model, Target; observed: not among the keys that the service names");

    private static readonly RuleDefinition s_resourceGroup = new(
        "Targets.Key.ResourceGroup",
        IssueSeverity.Error,
        "The key is not ResourceGroup, which StartAutomationExecution takes and associations do not.",
        "Targets = ResourceGroup=Web",
        "observed: Terraform issue 26728 (\"Unsupported Target Type\"); documented for runbooks: API model, Target");

    private static readonly RuleDefinition s_automationOnly = new(
        "Targets.Key.AutomationOnly",
        IssueSeverity.Error,
        "ParameterValues and AWS::EC2::Instance stand with a runbook.",
        "Name = AWS-RunShellScript with Targets = ParameterValues=a",
        "documented: API model, Target; " + KeyText,
        "nothing else tells that the document is a runbook");

    private static readonly RuleDefinition s_allInstances = new(
        "Targets.Key.AllInstances",
        IssueSeverity.Warning,
        "AWS::EC2::Instance is not shown to work for associations.",
        "Name = AWS-StopEC2Instance with Targets = AWS::EC2::Instance=*",
        "documented for Automation: API model, Target; for associations unknown");

    private static readonly RuleDefinition s_letterCase = new(
        "Targets.Key.LetterCase",
        IssueSeverity.Warning,
        "The key is in its documented spelling; InstanceIds and resource-groups:Name are known to go in any case.",
        "Targets = Tag:Role=web",
        "inferred: no source shows other spellings accepted");

    private static readonly RuleDefinition s_noTagName = new(
        "Targets.Key.TagName",
        IssueSeverity.Error,
        "tag: is followed by the name of a tag.",
        "Targets = tag:=web",
        "inferred: a tag has a name");

    private static readonly RuleDefinition s_noValues = new(
        "Targets.Values.Missing",
        IssueSeverity.Error,
        "Every target has at least one value.",
        "Targets[0].Values = @()",
        "inferred: CloudFormation requires the list, the service refuses empty values, the API model alone leaves it open")
    {
        Needs = ["Targets", "TargetLocations"],
    };

    private static readonly RuleDefinition s_emptyValue = new(
        "Targets.Values.Empty",
        IssueSeverity.Error,
        "No value is empty.",
        "Targets = tag:Role=(an empty text)",
        "reported: cdk-preflight (\"Tag or InstanceId values cannot contain null or empty string.\")");

    private static readonly RuleDefinition s_nodeId = new(
        "Targets.Values.NodeId",
        IssueSeverity.Error,
        "A value of InstanceIds is *, i- with 8 to 17 hexadecimal digits or mi- with 17.",
        "Targets = InstanceIds=i-000000000000000000",
        "observed: cdk-preflight (\"Invalid InstanceId format: i-000000000000000000\")");

    private static readonly RuleDefinition s_notHexadecimal = new(
        "Targets.Values.NodeIdDigits",
        IssueSeverity.Warning,
        "The digits of a node id are hexadecimal and in lower case.",
        "Targets = InstanceIds=i-02573cafcfEXAMPLE",
        "inferred: the API model's pattern takes any letters, real ids have none");

    private static readonly RuleDefinition s_allAndIds = new(
        "Targets.Values.AllAndIds",
        IssueSeverity.Warning,
        "* stands alone.",
        "Targets = InstanceIds=*,i-0123456789abcdef0",
        "inferred");

    private static readonly RuleDefinition s_wildcard = new(
        "Targets.Values.Wildcard",
        IssueSeverity.Warning,
        "A tag's value has no *.",
        "Targets = tag:Name=web-*",
        "inferred: the service stores it, what it matches is not documented");

    private static readonly RuleDefinition s_repeated = new(
        "Targets.Values.Repeated",
        IssueSeverity.Warning,
        "Every value stands once.",
        "Targets = tag:Role=web,web",
        "inferred; an AWS page repeats an id");

    private static readonly RuleDefinition s_idsForRunbook = new(
        "Targets.NodeIdsForRunbook",
        IssueSeverity.Warning,
        "With a runbook, InstanceIds has * only; ParameterValues takes a list of ids.",
        "Name = AWS-StopEC2Instance with Targets = InstanceIds=i-0123456789abcdef0",
        "documented: API model, Target; reported: Terraform provider issue 35908");

    private static readonly RuleDefinition s_hybrid = new(
        "Targets.HybridUnsupported",
        IssueSeverity.Warning,
        "AWS-RunPatchBaselineAssociation has no hybrid nodes (mi-...).",
        "Name = AWS-RunPatchBaselineAssociation with Targets = InstanceIds=mi-0123456789abcdef0",
        "documented: User Guide, AWS-RunPatchBaselineAssociation (EC2 instances only)");

    private static readonly RuleDefinition s_noOp = new(
        "Targets.Values.NoOp",
        IssueSeverity.Warning,
        "The value of aws:NoOpAutomationTag is AWS-NoOpAutomationTarget-Value.",
        "Targets = aws:NoOpAutomationTag=none",
        "inferred: the only value that any source shows");

    /// <summary>All rules of this class.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } =
    [
        s_keyMissing, s_unknown, s_maintenanceWindow, s_resourceGroup, s_automationOnly, s_allInstances, s_letterCase, s_noTagName, s_plus,
        s_noValues, s_emptyValue, s_nodeId, s_notHexadecimal, s_allAndIds, s_wildcard, s_repeated, s_noOp, s_idsForRunbook, s_hybrid,
    ];

    /// <summary>Checks the keys and values of a list of targets. The path leads to what has the list.</summary>
    public static void Check(EntryContext context, AssociationTarget?[]? targets, DocumentType type, bool isOfLocation = false)
    {
        IssuePath path = context.Path;
        path.Enter(EntrySchema.Targets.Name);
        for (int i = 0; i < (targets?.Length ?? 0); i++)
        {
            if (targets![i] is not { } target)
            {
                continue;
            }

            path.Enter(i);
            TargetKeyKind kind = TargetKeyKind.Unknown;
            if (target.Key is null)
            {
                context.Issues.Add(s_keyMissing, path.To("Key"), "A target needs a key: InstanceIds, tag:NAME, tag-key or resource-groups:Name.");
            }
            else if (target.Key.Length > 0)
            {
                kind = TargetKey.KindOf(target.Key);
                CheckKey(context, target.Key, kind, type, isOfLocation);
            }

            CheckValues(context, target, kind, type);
            path.Leave();
        }

        path.Leave();
    }

    private static void CheckKey(EntryContext context, string key, TargetKeyKind kind, DocumentType type, bool isOfLocation)
    {
        IssueCollector issues = context.Issues;
        IssuePath path = context.Path;
        switch (kind)
        {
            case TargetKeyKind.Unknown:
                issues.Add(s_unknown, path.To("Key"), $"'{MessageText.Of(key)}' is not a key that associations take: use {Suggestion(key)}.", key);
                break;
            case TargetKeyKind.MaintenanceWindow:
                issues.Add(s_maintenanceWindow, path.To("Key"), $"{key} is for maintenance windows only: use resource-groups:Name, tag:NAME or InstanceIds.", key);
                break;
            case TargetKeyKind.Tag when key.Length == TargetKey.TagPrefix.Length:
                issues.Add(s_noTagName, path.To("Key"), "The name of the tag is missing: write it after tag:, such as tag:Role.", key);
                break;
            case TargetKeyKind.ResourceGroup when !isOfLocation:
                issues.Add(s_resourceGroup, path.To("Key"), "Associations are refused with this key: use resource-groups:Name with the name of the group.", key);
                break;
            case TargetKeyKind.ParameterValues or TargetKeyKind.InstanceType when !IsOfRunbook(context, type):
                bool isKnown = type != DocumentType.Unknown;
                issues.Add(
                    s_automationOnly,
                    isKnown ? IssueSeverity.Error : IssueSeverity.Warning,
                    path.To("Key"),
                    isKnown
                        ? $"{context.Document.Name} is not a runbook, and only runbooks take {key}: use InstanceIds or tag:NAME."
                        : $"Only runbooks take {key}: make sure that the document is one.",
                    key);
                break;
            default:
                break;
        }

        if (kind == TargetKeyKind.InstanceType && IsOfRunbook(context, type))
        {
            issues.Add(s_allInstances, path.To("Key"), "AWS documents this key for Automation itself, not for associations: use InstanceIds=* or a tag unless you know that it works.", key);
        }

        if (kind is not (TargetKeyKind.Unknown or TargetKeyKind.MaintenanceWindow or TargetKeyKind.InstanceIds or TargetKeyKind.ResourceGroupName)
            && TargetKey.Documented(key, kind) is string documented
            && documented != key)
        {
            issues.Add(s_letterCase, path.To("Key"), $"Write the key as {MessageText.Of(documented)}: other spellings may be refused.", key);
        }

        if (key.IndexOf('+') >= 0 && EntrySchema.TargetKey.Matches(key))
        {
            issues.Add(s_plus, path.To("Key"), "The plus sign may be refused: rename the tag, or select by tag-key or another tag.", key);
        }
    }

    /// <summary>For a document that is not known, another member that only runbooks take tells.</summary>
    private static bool IsOfRunbook(EntryContext context, DocumentType type) =>
        type == DocumentType.Automation || (type == DocumentType.Unknown && context.HasAutomationMember);

    private static string Suggestion(string key)
    {
        string trimmed = key.Trim();
        string compact = trimmed.Replace("-", string.Empty).Replace("_", string.Empty).Replace(" ", string.Empty);
        if (TargetKey.KindOf(trimmed) is not TargetKeyKind.Unknown and var kind)
        {
            return TargetKey.Documented(trimmed, kind) + ", without white space around it";
        }

        if (string.Equals(compact, "InstanceId", StringComparison.OrdinalIgnoreCase) || string.Equals(compact, "InstanceIds", StringComparison.OrdinalIgnoreCase))
        {
            return "InstanceIds";
        }

        if (string.Equals(compact, "ParameterValue", StringComparison.OrdinalIgnoreCase))
        {
            return "ParameterValues";
        }

        if (compact.StartsWith("ResourceGroup", StringComparison.OrdinalIgnoreCase))
        {
            return "resource-groups:Name with the name of the group, not its ARN (resource-groups:ResourceTypeFilters is for maintenance windows only); "
                + $"tag:{MessageText.Of(trimmed)} only where a tag has this name";
        }

        return $"tag:{MessageText.Of(trimmed)} for a tag of this name, or InstanceIds, tag-key or resource-groups:Name";
    }

    private static void CheckValues(EntryContext context, AssociationTarget target, TargetKeyKind kind, DocumentType type)
    {
        IssueCollector issues = context.Issues;
        IssuePath path = context.Path;
        string?[] values = target.Values ?? [];
        if (values.Length == 0)
        {
            issues.Add(s_noValues, path.To("Values"), kind == TargetKeyKind.InstanceIds ? "There is no value: give ids, or * for all nodes of the Region." : "There is no value: give at least one.");
            return;
        }

        bool hasAll = false;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is not { } value)
            {
                continue;
            }

            if (value.Length == 0)
            {
                issues.Add(s_emptyValue, path.To("Values", i), kind == TargetKeyKind.Tag ? "An empty value cannot be targeted: use the key tag-key with the tag's name as value." : "This value is empty: remove it or fill it in.", value);
                continue;
            }

            hasAll |= value == "*";
            switch (kind)
            {
                case TargetKeyKind.InstanceIds:
                    CheckNodeId(issues, value, path, i);
                    break;
                case TargetKeyKind.Tag or TargetKeyKind.TagKey when value.IndexOf('*') >= 0:
                    issues.Add(s_wildcard, path.To("Values", i), "AWS does not document what * matches in a tag: list the values, or use tag-key to match any value.", value);
                    break;
                case TargetKeyKind.NoOpAutomationTag when value != NoOpValue:
                    issues.Add(s_noOp, path.To("Values", i), $"The only value known for this key is {NoOpValue}: use it, or leave Targets out.", value);
                    break;
                default:
                    break;
            }
        }

        if (kind == TargetKeyKind.InstanceIds)
        {
            CheckIds(context, values, type);
        }

        if (hasAll && values.Length > 1 && kind == TargetKeyKind.InstanceIds)
        {
            issues.Add(s_allAndIds, path.To("Values"), "* stands for all nodes already: use it alone, or remove it.");
        }

        CheckRepeated(issues, values, path);
    }

    private static void CheckIds(EntryContext context, string?[] values, DocumentType type)
    {
        if (IsOfRunbook(context, type) && Array.Exists(values, static value => value is { Length: > 0 } and not "*"))
        {
            context.Issues.Add(s_idsForRunbook, context.Path.To("Values"), "A runbook takes * here and no ids: use ParameterValues for a list of ids, or a tag.");
        }

        int hybrid = context.Document.Name == DocumentRules.SelfReporting
            ? Array.FindIndex(values, static value => value?.StartsWith("mi-", StringComparison.Ordinal) == true)
            : -1;
        if (hybrid >= 0)
        {
            context.Issues.Add(
                s_hybrid, context.Path.To("Values", hybrid), $"{context.Document.Name} is for EC2 instances only: use AWS-RunPatchBaseline for hybrid nodes.", values[hybrid]);
        }
    }

    private static void CheckNodeId(IssueCollector issues, string value, IssuePath path, int index)
    {
        if (value == "*")
        {
            return;
        }

        int start = TextPatterns.PrefixLength(value);
        int digits = value.Length - start;
        bool isHexadecimal = true;
        bool isLower = true;
        for (int i = start; i < value.Length; i++)
        {
            char c = value[i];
            isLower &= c is not (>= 'A' and <= 'F');
            isHexadecimal &= c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
        }

        bool hasLength = start == 2 ? digits is >= 8 and <= 17 : start == 3 && digits == 17;
        if (hasLength && isHexadecimal && isLower)
        {
            return;
        }

        if ((hasLength && isHexadecimal) || EntrySchema.NodeId.Matches(value))
        {
            issues.Add(s_notHexadecimal, path.To("Values", index), "A real id has the digits 0 to 9 and a to f only: check that this is not a placeholder or a typing error.", value);
            return;
        }

        issues.Add(s_nodeId, path.To("Values", index), $"'{MessageText.Of(value)}' is not a node id: write i- with 8 to 17 hexadecimal digits, mi- with 17, or * for all nodes.", value);
    }

    private static void CheckRepeated(IssueCollector issues, string?[] values, IssuePath path)
    {
        // Comparing each with each is fastest for what the service allows; a set guards against lists that are far too long.
        HashSet<string>? seen = values.Length > 64 ? new HashSet<string>(StringComparer.Ordinal) : null;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { Length: > 0 } value && (seen is null ? Array.IndexOf(values, value, 0, i) >= 0 : !seen.Add(value)))
            {
                issues.Add(s_repeated, path.To("Values", i), "This value stands in the list already: remove it.", value);
            }
        }
    }
}
