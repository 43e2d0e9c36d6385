using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using SsmAssociationTools.LocalEndpoint.Data;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>
/// What the service finds wrong with one entry once its form is right: document, targets, schedule, parameters and
/// output. Where the service's own text is known it is used; other texts start with the error's name, because a failed
/// entry of a batch carries no error code.
/// </summary>
internal sealed class EntryChecks
{
    /// <summary>Of this document only one association may target every managed node.</summary>
    public const string SoftwareInventory = "AWS-GatherSoftwareInventory";

    private const int LongestBucketName = 63;

    private static readonly Regex s_account = new(@"\A(?:[0-9]{12}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})\z", RegexOptions.CultureInvariant);
    private static readonly Regex s_region = new(@"\A[a-z]{2,}(?:-[a-z]+)+-[0-9]{1,2}\z", RegexOptions.CultureInvariant);
    private static readonly Version s_firstWithoutInstanceId = new(2, 0);
    private static readonly string[] s_notWithInstanceId =
        ["AssociationName", "DocumentVersion", "MaxErrors", "MaxConcurrency", "OutputLocation", "ScheduleExpression"];

    private readonly Inventory _inventory;
    private readonly ScheduleCheck _schedule = new();

    /// <summary>Makes the checks.</summary>
    /// <param name="inventory">What exists.</param>
    public EntryChecks(Inventory inventory) => _inventory = inventory;

    /// <summary>Checks one entry.</summary>
    /// <param name="entry">An entry whose form is right.</param>
    /// <returns>Its document.</returns>
    /// <exception cref="ServiceException">The first thing that is wrong.</exception>
    public DocumentInfo Check(JsonElement entry)
    {
        DocumentInfo document = CheckDocument(entry);
        CheckTargeting(entry, document);
        CheckLocations(entry);
        CheckSchedule(entry);
        ParameterChecks.Check(entry, document);
        CheckOutput(entry);
        return document;
    }

    private static ServiceException Fail(string code, string text) => new(code, text);

    internal static bool IsNodeId(string value)
    {
        string digits = value.StartsWith("i-", StringComparison.Ordinal) ? value.Substring(2)
            : value.StartsWith("mi-", StringComparison.Ordinal) && value.Length == 20 ? value.Substring(3)
            : string.Empty;
        return digits.Length is >= 8 and <= 17 && digits.All(Uri.IsHexDigit);
    }

    private static bool IsBucketName(string name) =>
        name.Length <= LongestBucketName
        && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.')
        && char.IsLetterOrDigit(name[0])
        && char.IsLetterOrDigit(name[name.Length - 1]);

    private static bool NamesNodesOrTags(string key) =>
        TargetKeys.IsInstanceIds(key) || key.StartsWith("tag", StringComparison.OrdinalIgnoreCase);

    private DocumentInfo CheckDocument(JsonElement entry)
    {
        string name = Entry.Text(entry, "Name")!;
        DocumentInfo document = _inventory.FindDocument(name) ?? throw Fail("InvalidDocument", "Document does not exist: " + name);
        if (document.Type is not ("Command" or "Automation" or "Policy"))
        {
            throw Fail("InvalidDocument", $"Document type {document.Type} is not supported for associations.");
        }

        string? version = Entry.Text(entry, "DocumentVersion");
        if (version is not null && version[0] != '$')
        {
            if (document.IsAmazon)
            {
                throw Fail("InvalidDocumentVersion", "Document version can not be used with Amazon document");
            }

            if (document.Versions.Count > 0 && !document.Versions.Contains(version))
            {
                string latest = document.Versions[document.Versions.Count - 1];
                throw Fail("InvalidDocumentVersion", $"Document version: {version} is invalid, latest version is {latest}");
            }
        }

        return document;
    }

    private void CheckTargeting(JsonElement entry, DocumentInfo document)
    {
        string? instanceId = Entry.Text(entry, "InstanceId");
        bool targets = Entry.HasItems(entry, "Targets");
        bool maps = Entry.HasItems(entry, "TargetMaps");
        bool locations = Entry.HasItems(entry, "TargetLocations");
        bool parameterName = Entry.Text(entry, "AutomationTargetParameterName") is not null;
        if (targets && maps)
        {
            throw Fail("InvalidTargetMaps", "InvalidTargetMaps: Targets and TargetMaps can not be used together.");
        }

        if (instanceId is not null)
        {
            CheckInstanceId(entry, document, instanceId, targets);
        }
        else if (!targets && !maps && !locations && !document.IsAutomation && !document.IsOfAnyType)
        {
            throw Fail("InvalidTarget", "Instance ID or targets must be specified");
        }

        if (targets)
        {
            CheckTargets(entry, document);
        }

        if (document.IsAutomation)
        {
            bool simple = Entry.Items(entry, "Targets").All(target => Entry.Text(target, "Key") == TargetKeys.NoOperation);
            bool locationTargets = Entry.Items(entry, "TargetLocations").Any(location => Entry.HasItems(location, "Targets"));
            bool nothingToMap = !targets && !maps && !locations;
            if (parameterName ? nothingToMap : !simple || locationTargets)
            {
                throw Fail("InvalidTarget", ErrorTexts.BothOfAutomation);
            }
        }
    }

    private void CheckInstanceId(JsonElement entry, DocumentInfo document, string instanceId, bool targets)
    {
        if (targets)
        {
            throw Fail("InvalidTarget", "InvalidTarget: InstanceId and Targets can not be used together.");
        }

        if (s_notWithInstanceId.FirstOrDefault(member => Entry.TryGet(entry, member, out _)) is string refused)
        {
            throw Fail("InvalidTarget", $"InvalidTarget: {refused} can not be used with InstanceId; use Targets instead.");
        }

        if ((document.SchemaVersion >= s_firstWithoutInstanceId || document.IsAutomation) && !document.IsOfAnyType)
        {
            throw Fail(
                "InvalidDocument",
                $"Document schema version, {document.SchemaText}, is not supported by association that is created with instance id");
        }

        CheckNode(instanceId, document);
    }

    private void CheckNode(string id, DocumentInfo document)
    {
        if (!_inventory.TryFindNode(id, out ManagedNode node))
        {
            throw Fail("InvalidInstanceId", $"InvalidInstanceId: {id} is not a managed node of this account and Region.");
        }

        if (!node.IsUsable)
        {
            throw Fail("InvalidInstanceId", $"InvalidInstanceId: {id} is not in a valid state; it is {node.State}.");
        }

        if (node.Platform is string platform && document.Platforms.Count > 0 && !document.Platforms.Contains(platform))
        {
            throw Fail("UnsupportedPlatformType", $"UnsupportedPlatformType: document {document.Name} does not run on {platform}, the platform of {id}.");
        }
    }

    private void CheckTargets(JsonElement entry, DocumentInfo document)
    {
        int groups = 0;
        foreach (JsonElement target in Entry.Items(entry, "Targets"))
        {
            string key = Entry.Text(target, "Key") ?? string.Empty;
            bool automation = document.IsAutomation || document.IsOfAnyType;
            if (automation && TargetKeys.IsRefusedForAutomation(key))
            {
                throw Fail("InvalidTarget", "Unsupported Target Type");
            }

            if (!TargetKeys.IsSupported(key, automation))
            {
                throw Fail(
                    "InvalidTarget",
                    $"Unsupported target key: {key}, can either be InstanceIds, aws:NoOpAutomationTag, resource-groups:name, tag-key or start with tag:");
            }

            string[] values = [.. Entry.Texts(target, "Values")];
            if (values.Length == 0 || (NamesNodesOrTags(key) && values.Contains(string.Empty)))
            {
                throw Fail("InvalidTarget", "Tag or InstanceIds values cannot contain null or empty string.");
            }

            groups += TargetKeys.IsResourceGroup(key) ? values.Length : 0;
            if (TargetKeys.IsInstanceIds(key))
            {
                foreach (string value in values.Where(value => value != "*"))
                {
                    if (!IsNodeId(value))
                    {
                        throw Fail("InvalidTarget", "Invalid InstanceId format: " + value);
                    }

                    CheckNode(value, document);
                }
            }
        }

        if (groups > 1)
        {
            throw Fail("InvalidTarget", "InvalidTarget: an association can target one resource group only.");
        }
    }

    /// <summary>The service has its own texts for these; none of them is known.</summary>
    private static void CheckLocations(JsonElement entry)
    {
        foreach (JsonElement location in Entry.Items(entry, "TargetLocations"))
        {
            if (Entry.Texts(location, "Accounts").FirstOrDefault(account => !s_account.IsMatch(account)) is string account)
            {
                throw Fail("InvalidTarget", $"InvalidTarget: {account} in TargetLocations is neither an account nor an organizational unit.");
            }

            if (Entry.Texts(location, "Regions").FirstOrDefault(region => !s_region.IsMatch(region)) is string region)
            {
                throw Fail("InvalidTarget", $"InvalidTarget: {region} in TargetLocations is not a Region.");
            }
        }
    }

    private void CheckSchedule(JsonElement entry)
    {
        bool cronOnly = Entry.TryGet(entry, "ApplyOnlyAtCronInterval", out JsonElement flag) && flag.GetBoolean();
        bool offset = Entry.TryGet(entry, "ScheduleOffset", out _);
        ScheduleKind? kind = Entry.Text(entry, "ScheduleExpression") is string expression ? _schedule.Check(expression) : null;
        string? problem = (kind, cronOnly, offset) switch
        {
            (ScheduleKind.Rate, true, _) => "ApplyOnlyAtCronInterval is not supported for Rate Schedule associations.",
            (null, true, _) => "ApplyOnlyAtCronInterval is not supported for No Schedule associations.",
            (ScheduleKind.At, false, _) => "At Schedule Expression must be used with ApplyOnlyAtCronInterval = true",
            (_, false, true) => "ScheduleOffset is not supported for non ApplyOnlyAtCronInterval associations.",
            (not ScheduleKind.MonthlyCron, _, true) =>
                "ScheduleOffset is valid with nth day of the week in the month cron expression only.",
            _ => null,
        };
        if (problem is not null)
        {
            throw Fail("InvalidSchedule", problem);
        }
    }

    private void CheckOutput(JsonElement entry)
    {
        if (!Entry.TryGet(entry, "OutputLocation", out JsonElement output))
        {
            return;
        }

        string? bucket = Entry.TryGet(output, "S3Location", out JsonElement s3) ? Entry.Text(s3, "OutputS3BucketName") : null;
        if (bucket is null || !IsBucketName(bucket) || !_inventory.HasBucket(bucket))
        {
            string why = bucket is null ? "it names no bucket." : $"bucket {bucket} does not exist.";
            throw Fail("InvalidOutputLocation", "InvalidOutputLocation: " + why);
        }
    }
}
