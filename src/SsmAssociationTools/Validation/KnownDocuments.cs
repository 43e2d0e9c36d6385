using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Validation;

/// <summary>
/// Documents of AWS that are often associated. Only facts that do not change with a new document version are here:
/// AWS adds parameters, but does not change a document's type or take a required parameter back.
/// </summary>
internal static class KnownDocuments
{
    private static readonly Dictionary<string, KnownDocument> s_byName = Build();

    /// <summary>Every document that something is known of.</summary>
    public static IReadOnlyCollection<KnownDocument> All => s_byName.Values;

    /// <summary>Looks a document up.</summary>
    public static KnownDocument? Find(string name) => s_byName.TryGetValue(name, out KnownDocument? known) ? known : null;

    private static Dictionary<string, KnownDocument> Build()
    {
        var known = new Dictionary<string, KnownDocument>(StringComparer.Ordinal);

        // Schema 1.2: the only ones that take InstanceId.
        Add(known, Command("AWS-RunShellScript", false, ["commands"], ["commands", "workingDirectory", "executionTimeout"]));
        Add(known, Command("AWS-RunPowerShellScript", false, ["commands"], ["commands", "workingDirectory", "executionTimeout"]));
        Add(known, Command("AWS-UpdateSSMAgent", false, [], ["version", "allowDowngrade"]));
        Add(known, Command("AWS-ApplyPatchBaseline", false, ["Operation"], null));

        // Schema 2.0 or later.
        Add(known, Command("AWS-GatherSoftwareInventory", true, [], [
            "applications", "awsComponents", "billingInfo", "customInventory", "files", "instanceDetailedInformation", "networkConfig",
            "services", "windowsRegistry", "windowsRoles", "windowsUpdates"]));
        Add(known, Command("AWS-RunPatchBaseline", true, ["Operation"], [
            "Operation", "AssumeRole", "SnapshotId", "InstallOverrideList", "RebootOption", "BaselineOverride", "StepTimeoutSeconds"]));
        Add(known, Command("AWS-RunPatchBaselineAssociation", true, ["Operation"], [
            "Operation", "BaselineTags", "AssociationId", "InstallOverrideList", "RebootOption", "AssumeRole", "StepTimeoutSeconds"]));
        Add(known, Command("AWS-RunPatchBaselineWithHooks", true, ["Operation"], null));
        Add(known, Command("AWS-ConfigureAWSPackage", true, ["action", "name"], ["action", "installationType", "name", "version", "additionalArguments"]));
        Add(known, Command("AWS-RunRemoteScript", true, ["sourceType"], null));
        Add(known, Command("AWS-ApplyAnsiblePlaybooks", true, [], null));
        Add(known, Command("AWS-ApplyChefRecipes", true, [], null));
        Add(known, Command("AWS-RunAnsiblePlaybook", true, [], null));
        Add(known, Command("AWS-RunSaltState", true, [], null));
        Add(known, Command("AWS-RunDocument", true, [], null));
        Add(known, Command("AWS-ConfigureDocker", true, [], null));
        Add(known, Command("AWS-RunDockerAction", true, [], null));
        Add(known, Command("AWS-RunInspecChecks", true, [], null));
        Add(known, Command("AWS-InstallWindowsUpdates", true, [], null));
        Add(known, Command("AWS-ConfigureKernelLivePatching", true, [], null));
        Add(known, Command("AmazonCloudWatch-ManageAgent", true, [], null));
        Add(known, Command("AWSEC2-ConfigureSTIG", true, [], null));
        Add(known, Command("AWSEC2-CreateVssSnapshot", true, [], null));

        // Commands whose schema AWS has changed, or may have.
        foreach (string name in (string[])
        [
            "AWS-ConfigureCloudWatch", "AWS-ConfigureWindowsUpdate", "AWS-FindWindowsUpdates", "AWS-InstallApplication",
            "AWS-InstallMissingWindowsUpdates", "AWS-InstallPowerShellModule", "AWS-InstallSpecificWindowsUpdates",
            "AWS-JoinDirectoryServiceDomain", "AWS-ListWindowsInventory", "AWS-RefreshAssociation", "AWS-UpdateEC2Config",
        ])
        {
            Add(known, Command(name, null, [], null));
        }

        foreach (string name in (string[])
        [
            "AWS-StartEC2Instance", "AWS-StopEC2Instance", "AWS-RestartEC2Instance", "AWS-TerminateEC2Instance", "AWS-StartRdsInstance", "AWS-StopRdsInstance",
        ])
        {
            Add(known, new KnownDocument(name, DocumentType.Automation)
            {
                Required = ["InstanceId"],
                Parameters = ["InstanceId", "AutomationAssumeRole"],
            });
        }

        Add(known, new KnownDocument("AWS-EnableS3BucketEncryption", DocumentType.Automation)
        {
            Required = ["BucketName"],
            Parameters = ["BucketName", "SSEAlgorithm", "AutomationAssumeRole"],
        });

        foreach (string name in (string[])
        [
            "AWS-ASGEnterStandby", "AWS-ASGExitStandby", "AWS-AttachEBSVolume", "AWS-AttachIAMToInstance", "AWS-BulkDeleteAssociation",
            "AWS-ConfigureS3BucketLogging", "AWS-ConfigureS3BucketVersioning", "AWS-CopySnapshot", "AWS-CreateImage", "AWS-CreateJiraIssue",
            "AWS-CreateManagedLinuxInstance", "AWS-CreateManagedWindowsInstance", "AWS-CreateRdsSnapshot", "AWS-CreateServiceNowIncident",
            "AWS-CreateSnapshot", "AWS-DeleteCloudFormationStack", "AWS-DeleteImage", "AWS-DeleteSnapshot", "AWS-DetachEBSVolume",
            "AWS-DisablePublicAccessForSecurityGroup", "AWS-DisableS3BucketPublicReadWrite", "AWS-EnableCloudTrail", "AWS-ExportOpsDataToS3",
            "AWS-HelloWorld", "AWS-PatchAsgInstance", "AWS-PatchInstanceWithRollback", "AWS-PublishSNSNotification", "AWS-RebootRdsInstance",
            "AWS-ReleaseElasticIP", "AWS-ResizeInstance", "AWS-SetRequiredTags", "AWS-StopEC2InstanceWithApproval", "AWS-UpdateLinuxAmi",
            "AWS-UpdateWindowsAmi", "AWSSupport-ExecuteEC2Rescue", "AWSSupport-ResetAccess", "AWSSupport-StartEC2RescueWorkflow",
        ])
        {
            Add(known, new KnownDocument(name, DocumentType.Automation));
        }

        foreach (string name in (string[])
        [
            "SSM-SessionManagerRunShell", "AWS-StartInteractiveCommand", "AWS-StartNonInteractiveCommand", "AWS-StartPortForwardingSession",
            "AWS-StartPortForwardingSessionToRemoteHost", "AWS-StartSSHSession",
        ])
        {
            Add(known, new KnownDocument(name, DocumentType.Session));
        }

        foreach (string name in (string[])["AmazonCloudWatchAgent", "AmazonEFSUtils", "AWSCodeDeployAgent", "AWSNVMe", "AWSPVDriver", "AwsEnaNetworkDriver", "AwsVssComponents"])
        {
            Add(known, new KnownDocument(name, DocumentType.Package));
        }

        return known;
    }

    private static KnownDocument Command(string name, bool? isSchema2, string[] required, string[]? parameters) =>
        new(name, DocumentType.Command) { IsSchema2 = isSchema2, Required = required, Parameters = parameters, Allowed = AllowedOf(name) ?? [] };

    private static void Add(Dictionary<string, KnownDocument> known, KnownDocument document) => known.Add(document.Name, document);

    /// <summary>The choices of parameters. AWS has never taken one back; one that it adds costs -ExcludeRule until it stands here.</summary>
    private static Dictionary<string, string[]>? AllowedOf(string name)
    {
        string[] onOff = ["Enabled", "Disabled"];
        string[] trueFalse = ["True", "False"];
        string[] lowerTrueFalse = ["true", "false"];
        string[] yesNo = ["Yes", "No"];
        string[] patch = ["Scan", "Install"];
        string[] reboot = ["RebootIfNeeded", "NoReboot"];
        string[] source = ["GitHub", "S3"];
        string[] configuration = ["ssm", "default", "all"];
        return name switch
        {
            "AWS-UpdateSSMAgent" or "AWS-UpdateEC2Config" => new() { ["allowDowngrade"] = lowerTrueFalse },
            "AWS-ApplyPatchBaseline" => new() { ["Operation"] = patch },
            "AWS-RunPatchBaseline" or "AWS-RunPatchBaselineAssociation" or "AWS-RunPatchBaselineWithHooks" => new()
            {
                ["Operation"] = patch, ["RebootOption"] = reboot,
            },
            "AWS-GatherSoftwareInventory" => new()
            {
                ["applications"] = onOff, ["awsComponents"] = onOff, ["networkConfig"] = onOff, ["windowsUpdates"] = onOff,
                ["instanceDetailedInformation"] = onOff, ["services"] = onOff, ["windowsRoles"] = onOff, ["customInventory"] = onOff,
                ["billingInfo"] = onOff,
            },
            "AWS-ConfigureAWSPackage" => new()
            {
                ["action"] = ["Install", "Uninstall"], ["installationType"] = ["Uninstall and reinstall", "In-place update"],
            },
            "AmazonCloudWatch-ManageAgent" => new()
            {
                ["action"] = ["configure", "configure (append)", "configure (remove)", "start", "status", "stop"],
                ["mode"] = ["ec2", "onPremise", "auto"], ["optionalConfigurationSource"] = configuration,
                ["optionalOpenTelemetryCollectorConfigurationSource"] = configuration, ["optionalRestart"] = ["yes", "no"],
            },
            "AWS-ConfigureCloudWatch" => new() { ["status"] = onOff },
            "AWS-ConfigureDocker" => new() { ["action"] = ["Install", "Uninstall"] },
            "AWS-ConfigureKernelLivePatching" => new() { ["EnableOrDisable"] = ["Enable", "Disable"] },
            "AWS-InstallApplication" => new() { ["action"] = ["Install", "Repair", "Uninstall"] },
            "AWS-InstallWindowsUpdates" => new() { ["Action"] = ["Install", "Scan"], ["AllowReboot"] = trueFalse },
            "AWS-RunRemoteScript" => new() { ["sourceType"] = source },
            "AWS-RunDocument" => new() { ["sourceType"] = [.. source, "SSMDocument"] },
            "AWS-ApplyAnsiblePlaybooks" => new()
            {
                ["SourceType"] = source, ["InstallDependencies"] = trueFalse, ["Check"] = trueFalse, ["Verbose"] = ["-v", "-vv", "-vvv", "-vvvv"],
            },
            "AWS-RunAnsiblePlaybook" => new() { ["check"] = trueFalse },
            "AWS-RunSaltState" => new() { ["test"] = trueFalse },
            "AWSEC2-ConfigureSTIG" => new() { ["Level"] = ["High", "Medium", "Low"], ["InstallPackages"] = yesNo, ["SetDoDConsentBanner"] = yesNo },
            _ => null,
        };
    }
}
