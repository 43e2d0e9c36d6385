using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>The document, its version and its parameters (D1 to D8 of the research).</summary>
internal static class DocumentRules
{
    /// <summary>The document that reports compliance by itself.</summary>
    public const string SelfReporting = "AWS-RunPatchBaselineAssociation";

    /// <summary>When a break of what a document declares may be none.</summary>
    public const string TableOnly = "the document is known from the table of this module alone, which AWS may have overtaken";

    private const string AssumeRole = "AutomationAssumeRole";

    /// <summary>Names that a message shows.</summary>
    private const int ShownNames = 20;

    /// <summary>D1.</summary>
    private static readonly RuleDefinition s_amazonNumber = new(
        "DocumentVersion.AmazonDocument",
        IssueSeverity.Error,
        "A document of AWS (AWS..., Amazon..., AMZN...) has no version number.",
        "Name = AWS-RunShellScript with DocumentVersion = 1",
        "observed: cdk-preflight (\"Document version can not be used with Amazon document\")");

    /// <summary>D2.</summary>
    private static readonly RuleDefinition s_amazonAlias = new(
        "DocumentVersion.AmazonAlias",
        IssueSeverity.Warning,
        "A document of AWS has no version at all, not even $DEFAULT or $LATEST.",
        "Name = AWS-RunShellScript with DocumentVersion = $LATEST",
        "reported: cdk-preflight refuses any version; an AWS CLI example shows $LATEST accepted");

    /// <summary>D3.</summary>
    private static readonly RuleDefinition s_type = new(
        "Name.DocumentType",
        IssueSeverity.Error,
        "The document is a Command, Policy or Automation document, not one for sessions, a package or another kind.",
        "Name = AWS-StartSSHSession",
        "documented: User Guide, Creating associations; reported: cdk-preflight (\"Document type Session is not supported for associations.\")");

    /// <summary>D4, required.</summary>
    private static readonly RuleDefinition s_required = new(
        "Parameters.Required",
        IssueSeverity.Error,
        "Every parameter that the document requires has a value.",
        "Name = AWS-RunShellScript without Parameters.commands",
        "observed: Terraform provider issue 35908 (Parameter \"InstanceId\" requires a value.)",
        TableOnly)
    {
        Needs = ["Parameters", "Targets", "TargetMaps", "AutomationTargetParameterName"],
    };

    /// <summary>D4, declared.</summary>
    private static readonly RuleDefinition s_undeclared = new(
        "Parameters.Undeclared",
        IssueSeverity.Error,
        "Every parameter is one that the document declares.",
        "Name = AWS-RunShellScript with Parameters.Command",
        "reported: cdk-preflight (Parameter \"X\" is not defined in the document.)",
        TableOnly);

    private static readonly RuleDefinition s_allowed = new(
        "Parameters.AllowedValues",
        IssueSeverity.Error,
        "A parameter for which the document lists the values has one of them, in its spelling.",
        "Name = AWS-RunPatchBaseline with Parameters.Operation = install",
        "documented: the documents of AWS (allowedValues); User Guide, data elements of documents");

    private static readonly RuleDefinition s_manualRequired = new(
        "SyncCompliance.ManualRequired",
        IssueSeverity.Warning,
        "AWS-RunPatchBaselineAssociation stands with SyncCompliance = MANUAL.",
        "Name = AWS-RunPatchBaselineAssociation without SyncCompliance",
        "reported: Terraform provider issue 22935; documented: API model, SyncCompliance")
    {
        Needs = ["SyncCompliance"],
    };

    /// <summary>D5.</summary>
    private static readonly RuleDefinition s_manualSync = new(
        "SyncCompliance.NeedsAssociationId",
        IssueSeverity.Warning,
        "SyncCompliance = MANUAL stands with a document that declares the parameter AssociationId.",
        "Name = AWS-RunShellScript with SyncCompliance = MANUAL",
        "documented: API model, SyncCompliance; reported: cdk-preflight");

    /// <summary>D6.</summary>
    private static readonly RuleDefinition s_region = new(
        "Name.Region",
        IssueSeverity.Error,
        "The ARN of a document names the Region that the association is created in.",
        "Name = arn:aws:ssm:eu-west-1:123456789012:document/Mine in us-east-1",
        "reported: cdk-preflight (\"Document does not exist: arn...\"); checked where the Region is known");

    /// <summary>D7.</summary>
    private static readonly RuleDefinition s_shared = new(
        "DocumentVersion.SharedDocument",
        IssueSeverity.Warning,
        "A document given by ARN has no version other than $DEFAULT: one shared by another account always runs its default version.",
        "Name = arn:aws:ssm:us-east-1:123456789012:document/Mine with DocumentVersion = 2",
        "documented: API model, Name; User Guide, Creating associations");

    private static readonly RuleDefinition s_latest = new(
        "DocumentVersion.LatestRunsOnEdit",
        IssueSeverity.Information,
        "An association with the version $LATEST of a document of its own runs again whenever the document is changed.",
        "Name = My-Document with DocumentVersion = $LATEST",
        "documented: User Guide, When associations are applied to resources");

    /// <summary>The request's own member, which no entry has.</summary>
    public static RuleDefinition DispatchRoleMissing { get; } = new(
        "AssociationDispatchAssumeRole.Missing",
        IssueSeverity.Information,
        "The call names a role that State Manager dispatches associations with; the service-linked role is being phased out. Said once in a run, at its first entry.",
        "New-SsmAssociationBatch without -AssociationDispatchAssumeRole",
        "documented: API model 2014-11-06, AssociationDispatchAssumeRole, since 2026-02-20");

    /// <summary>D8.</summary>
    private static readonly RuleDefinition s_assumeRole = new(
        "Parameters.AutomationAssumeRole",
        IssueSeverity.Warning,
        "A runbook gets a role in its parameter AutomationAssumeRole.",
        "Name = AWS-StopEC2Instance without Parameters.AutomationAssumeRole",
        "documented: User Guide, Scheduling automations (not needed at creation)")
    {
        Needs = ["Parameters"],
    };

    /// <summary>All rules of this class.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } =
    [
        s_type, s_region, s_required, s_undeclared, s_allowed, s_assumeRole, s_amazonNumber, s_amazonAlias, s_shared, s_latest, s_manualSync, s_manualRequired,
        DispatchRoleMissing,
    ];

    /// <summary>Rules on Name.</summary>
    public static void CheckName(EntryContext context)
    {
        const string Path = "Name";
        if (context.Type == DocumentType.Session)
        {
            context.Issues.Add(
                s_type,
                s_type.Severity,
                Path,
                $"{context.Document.Name} is a document for sessions: associate a Command, Policy or Automation document.",
                context.Entry.Name,
                context.Known!.Source);
        }
        else if (context.Type == DocumentType.Package)
        {
            context.Issues.Add(
                s_type,
                s_type.Severity,
                Path,
                $"{context.Document.Name} is a package: associate AWS-ConfigureAWSPackage, and give the package as its parameter name.",
                context.Entry.Name,
                context.Known!.Source);
        }
        else if (context.Type == DocumentType.Other)
        {
            context.Issues.Add(
                s_type,
                s_type.Severity,
                Path,
                $"{context.Document.Name} is a document of the type {context.Known!.OtherType}: associate a Command, Policy or Automation document.",
                context.Entry.Name,
                context.Known.Source);
        }

        if (context.Region is { Length: > 0 } region
            && context.Document.Region is { Length: > 0 } other
            && !string.Equals(region, other, StringComparison.OrdinalIgnoreCase))
        {
            context.Issues.Add(s_region, Path, $"The document is in {other}, the association is for {region}: use a document of {region}, or create the association in {other}.", context.Entry.Name);
        }
    }

    /// <summary>Rules on Parameters. Shows names only, never a value.</summary>
    public static void CheckParameters(EntryContext context)
    {
        ParameterMap? given = context.Entry.Parameters;
        KnownDocument? known = context.Known;
        IssueSeverity severity = context.IsDocumentRead ? IssueSeverity.Error : IssueSeverity.Warning;
        if (known?.Parameters is not null && given is not null)
        {
            foreach (KeyValuePair<string, string?[]?> pair in given)
            {
                if (known.Declares(pair.Key) == false)
                {
                    context.Issues.Add(
                        s_undeclared,
                        severity,
                        "Parameters." + MessageText.Of(pair.Key),
                        known.InOtherCase(pair.Key) is { } near
                            ? $"{known.Name} calls the parameter {near}: write it in the same case."
                            : $"{known.Name} has no parameter of this name{(context.IsDocumentRead ? string.Empty : " as far as is known")}: {Listed(known.Parameters)}.",
                        value: null,
                        known.Source);
                }
            }
        }

        if (known is not null)
        {
            for (int i = 0; i < known.Required.Count; i++)
            {
                string name = known.Required[i];
                if (IsInOtherCase(given, name))
                {
                    // Said at the name that is given.
                    continue;
                }

                bool isFromTargets = name == context.Entry.AutomationTargetParameterName && (context.HasTargets || context.HasTargetMaps || context.HasLocationTargets);
                if (!isFromTargets && !IsMapped(context, name) && !(given is not null && given.TryGetValue(name, out string?[]? values) && values is { Length: > 0 }))
                {
                    context.Issues.Add(s_required, severity, "Parameters." + MessageText.Of(name), $"{known.Name} requires the parameter {name}: give it a value.", value: null, known.Source);
                }
            }
        }

        CheckAllowed(context);
        ParameterRules.Check(context);
        bool needsRole = context.Type == DocumentType.Automation ? known?.Declares(AssumeRole) != false : context.Type == DocumentType.Unknown && context.HasTargetParameter;
        if (needsRole && given?.ContainsKey(AssumeRole) != true)
        {
            context.Issues.Add(s_assumeRole, "Parameters." + AssumeRole, $"A runbook needs a role to run on a schedule: give the ARN of one as {AssumeRole}, where the runbook has that parameter.");
        }
    }

    /// <summary>Rules on DocumentVersion.</summary>
    public static void CheckVersion(EntryContext context)
    {
        if (context.Entry.DocumentVersion is not { Length: > 0 } version)
        {
            return;
        }

        const string Path = "DocumentVersion";
        if (context.Document.IsAmazon)
        {
            bool isNumber = version[0] is >= '0' and <= '9';
            context.Issues.Add(
                isNumber ? s_amazonNumber : s_amazonAlias,
                Path,
                isNumber
                    ? "Documents of AWS always run in their current version: remove DocumentVersion."
                    : "The service may refuse any version with a document of AWS: remove DocumentVersion.",
                version);
        }
        else if (context.Document.Account is { Length: > 0 } && version != "$DEFAULT")
        {
            context.Issues.Add(s_shared, Path, "A document that another account shares always runs in its default version: remove DocumentVersion unless the document is your own.", version);
        }

        if (version == "$LATEST" && !context.Document.IsAmazon)
        {
            context.Issues.Add(s_latest, Path, "Every change of the document makes the association run again at once: use $DEFAULT or a version number where that is not meant.", version);
        }
    }

    /// <summary>Rules on SyncCompliance.</summary>
    public static void CheckSyncCompliance(EntryContext context)
    {
        if (context.Document.Name == SelfReporting && context.Entry.SyncCompliance is null or "" or "AUTO")
        {
            context.Issues.Add(
                s_manualRequired,
                "SyncCompliance",
                $"{SelfReporting} reports compliance itself: use MANUAL, or its report and that of State Manager take turns.",
                context.Entry.SyncCompliance);
        }

        if (context.Entry.SyncCompliance == "MANUAL" && context.Known?.Declares("AssociationId") != true)
        {
            context.Issues.Add(
                s_manualSync,
                "SyncCompliance",
                "MANUAL needs a document that declares the parameter AssociationId and reports compliance itself, such as AWS-RunPatchBaselineAssociation: use one, or use AUTO.",
                context.Entry.SyncCompliance);
        }
    }

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "it has none" : "its parameters are " + Names(names);

    /// <summary>The first of many names.</summary>
    private static string Names(IReadOnlyList<string> names) =>
        names.Count <= ShownNames ? string.Join(", ", names) : string.Join(", ", names.Take(ShownNames)) + FormattableString.Invariant($" and {names.Count - ShownNames} more");

    /// <summary>Never shows a value: the values of parameters are sensitive.</summary>
    private static void CheckAllowed(EntryContext context)
    {
        if (context.Known is not { Allowed.Count: > 0 } known || context.Entry.Parameters is not { } given)
        {
            return;
        }

        foreach (KeyValuePair<string, string?[]?> pair in given)
        {
            if (pair.Value is null || !known.Allowed.TryGetValue(pair.Key, out string[]? allowed))
            {
                continue;
            }

            for (int i = 0; i < pair.Value.Length; i++)
            {
                // What stands in double braces is put in by the service, from Parameter Store.
                if (pair.Value[i] is { } value && Array.IndexOf(allowed, value) < 0 && value.IndexOf("{{", StringComparison.Ordinal) < 0)
                {
                    string? cause = OddCharacter.InPlainText(value);
                    context.Issues.Add(
                        s_allowed,
                        s_allowed.Severity,
                        FormattableString.Invariant($"Parameters.{MessageText.Of(pair.Key)}[{i}]"),
                        $"{known.Name} allows only {Names(allowed)} for {pair.Key}, in this spelling.{(cause is null ? string.Empty : " " + cause)}",
                        value: null,
                        known.Source);
                }
            }
        }
    }

    private static bool IsInOtherCase(ParameterMap? given, string name)
    {
        if (given is null)
        {
            return false;
        }

        foreach (KeyValuePair<string, string?[]?> pair in given)
        {
            if (pair.Key != name && string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a target map gives the parameter.</summary>
    private static bool IsMapped(EntryContext context, string name)
    {
        foreach (TargetMap? map in context.Entry.TargetMaps ?? [])
        {
            if (map?.ContainsKey(name) == true)
            {
                return true;
            }
        }

        return false;
    }
}
