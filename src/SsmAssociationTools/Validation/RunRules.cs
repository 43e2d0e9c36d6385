using System;
using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Content;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>
/// Rules across the entries of one run, in input order. Remembers at most 16,384 entries, all of them without errors;
/// later entries are compared with those. Not safe for concurrent use; one run has one.
/// </summary>
internal sealed class RunRules
{
    /// <summary>How many entries are remembered, so that memory does not grow with the input.</summary>
    public const int Capacity = 16_384;

    /// <summary>Active associations that an account may have in a Region.</summary>
    private const int AssociationLimit = 2_000;

    private const int NodeLimit = 20;
    private const int AutomationLimit = 100;
    private const string Inventory = "AWS-GatherSoftwareInventory";

    private static readonly RuleDefinition s_instance = new(
        "Run.DuplicateInstanceId",
        IssueSeverity.Error,
        "Every InstanceId stands in one entry of a run.",
        "two entries with InstanceId = i-0123456789abcdef0",
        "documented: CreateAssociationBatch, DuplicateInstanceId");

    private static readonly RuleDefinition s_identical = new(
        "Run.IdenticalEntry",
        IssueSeverity.Warning,
        "No two entries of a run have the same content.",
        "the same entry twice",
        "inferred: nothing documents a refusal, so the service creates a second association");

    private static readonly RuleDefinition s_name = new(
        "Run.RepeatedAssociationName",
        IssueSeverity.Warning,
        "Every AssociationName stands in one entry of a run.",
        "two entries with AssociationName = Patch",
        "documented: the name is descriptive; AWS pages use one for several associations");

    private static readonly RuleDefinition s_inventory = new(
        "Run.SecondInventory",
        IssueSeverity.Error,
        "One entry of a run at most has AWS-GatherSoftwareInventory on all nodes.",
        "two entries with Name = AWS-GatherSoftwareInventory and Targets = InstanceIds=*",
        "documented: User Guide, Troubleshooting inventory (\"Multiple apply all associations with document 'AWS-GatherSoftwareInventory' are not supported\")");

    private static readonly RuleDefinition s_node = new(
        "Run.NodeAssociationLimit",
        IssueSeverity.Warning,
        "A node stands in at most 20 entries of a run.",
        "21 entries with Targets = InstanceIds=i-0123456789abcdef0",
        "documented: User Guide, quotas of State Manager (20 associations for a node)");

    private static readonly RuleDefinition s_automations = new(
        "Run.AutomationConcurrency",
        IssueSeverity.Warning,
        "At most 100 runbooks of a run have the same cron() or at().",
        "101 entries of runbooks with ScheduleExpression = cron(0 2 ? * SUN *)",
        "documented: quotas of Automation (100 at the same time; AutomationExecutionLimitExceeded)");

    private static readonly RuleDefinition s_limit = new(
        "Run.AssociationLimit",
        IssueSeverity.Warning,
        "A run has at most 2,000 entries: an account has at most 2,000 associations in a Region.",
        "2,001 entries",
        "documented: API model, AssociationLimitExceeded");

    private readonly Dictionary<string, long> _instances = new(StringComparer.Ordinal);

    /// <summary>By <see cref="TextHash"/>: the names of so many entries would be most of what a run keeps in memory.</summary>
    private readonly Dictionary<ulong, long> _names = [];
    private readonly Dictionary<ContentKey, long> _contents = [];
    private readonly Dictionary<ulong, int> _nodes = [];
    private readonly Dictionary<ulong, int> _automations = [];
    private long _inventory = -1;
    private long _accepted;

    /// <summary>All rules of this class.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } = [s_instance, s_identical, s_name, s_inventory, s_node, s_automations, s_limit];

    /// <summary>
    /// Compares an entry with the earlier ones and remembers it when it has no error. Call it after all other rules,
    /// with the same collector, so that it knows of their errors.
    /// </summary>
    public void Check(long index, AssociationEntry entry, ContentKey key, IssueCollector issues)
    {
        bool hasInstance = !string.IsNullOrEmpty(entry.InstanceId);
        bool isInventory = IsInventoryOfAll(entry);
        if (hasInstance && _instances.TryGetValue(entry.InstanceId!, out long first))
        {
            issues.Add(s_instance, "InstanceId", $"The id stands in entry {Number(first)} of this run already, and the service refuses it twice: use Targets instead of InstanceId, or make a second run.", entry.InstanceId);
        }

        if (isInventory && _inventory >= 0)
        {
            issues.Add(s_inventory, "Targets", $"Entry {Number(_inventory)} of this run gathers inventory on all nodes already, and the service takes one such association: remove one of them.");
        }

        if (!hasInstance && _contents.TryGetValue(key, out first))
        {
            issues.Add(s_identical, string.Empty, $"The content is the same as that of entry {Number(first)}: the service would create a second association. Remove one of them.");
        }
        else if (!string.IsNullOrEmpty(entry.AssociationName) && _names.TryGetValue(TextHash.Of(entry.AssociationName!), out first))
        {
            issues.Add(s_name, "AssociationName", $"Entry {Number(first)} has the same name, which makes the two hard to tell apart: give each its own.", entry.AssociationName);
        }

        if (issues.HasErrors)
        {
            return;
        }

        CheckCounts(entry, issues);
        if (issues.HasErrors)
        {
            return;
        }

        _accepted++;
        if (_accepted == AssociationLimit + 1)
        {
            issues.Add(s_limit, string.Empty, "This is the 2,001st entry of the run, but an account has at most 2,000 associations in a Region: split the run by Region or account, or put several nodes into one entry.");
            if (issues.HasErrors)
            {
                return;
            }
        }

        if (_accepted <= Capacity)
        {
            Remember(index, entry, key, hasInstance, isInventory);
        }
    }

    private static bool IsInventoryOfAll(AssociationEntry entry)
    {
        if (entry.Name is null || !entry.Name.EndsWith(Inventory, StringComparison.Ordinal) || DocumentReference.Parse(entry.Name).Name != Inventory)
        {
            return false;
        }

        foreach (AssociationTarget? target in entry.Targets ?? [])
        {
            if (target?.Key is { } key && TargetKey.KindOf(key) == TargetKeyKind.InstanceIds && Array.IndexOf(target.Values ?? [], "*") >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Says it once for each node and each schedule, at the first entry that is too many.</summary>
    private void CheckCounts(AssociationEntry entry, IssueCollector issues)
    {
        foreach (AssociationTarget? target in entry.Targets ?? [])
        {
            if (target?.Key is not { } key || TargetKey.KindOf(key) != TargetKeyKind.InstanceIds)
            {
                continue;
            }

            foreach (string? id in target.Values ?? [])
            {
                if (id is { Length: > 0 } and not "*" && Counted(_nodes, id) == NodeLimit + 1)
                {
                    issues.Add(s_node, "Targets", $"{id} stands in 20 entries of this run already, and a node takes 20 associations: use one document that does several of these things.", id);
                }
            }
        }

        string? schedule = entry.ScheduleExpression;
        if (schedule?.Length > 0 && !schedule.StartsWith("rate", StringComparison.OrdinalIgnoreCase) && IsRunbook(entry) && Counted(_automations, schedule) == AutomationLimit + 1)
        {
            issues.Add(s_automations, "ScheduleExpression", "100 runbooks of this run begin at the same time already, and an account runs 100 at a time: spread the schedules.", schedule);
        }
    }

    private static bool IsRunbook(AssociationEntry entry) =>
        !string.IsNullOrEmpty(entry.AutomationTargetParameterName) || KnownDocuments.Find(DocumentReference.Parse(entry.Name).Name)?.Type == DocumentType.Automation;

    private static int Counted(Dictionary<ulong, int> counts, string text)
    {
        ulong hash = TextHash.Of(text);
        counts.TryGetValue(hash, out int count);
        if (count > 0 || counts.Count < Capacity)
        {
            counts[hash] = ++count;
        }

        return count;
    }

    private static string Number(long index) => "#" + index.ToString(CultureInfo.InvariantCulture);

    private void Remember(long index, AssociationEntry entry, ContentKey key, bool hasInstance, bool isInventory)
    {
        if (hasInstance)
        {
            _instances[entry.InstanceId!] = index;
        }

        if (!string.IsNullOrEmpty(entry.AssociationName) && TextHash.Of(entry.AssociationName!) is var name && !_names.TryGetValue(name, out _))
        {
            _names.Add(name, index);
        }

        if (!_contents.TryGetValue(key, out _))
        {
            _contents.Add(key, index);
        }

        if (isInventory && _inventory < 0)
        {
            _inventory = index;
        }
    }
}
