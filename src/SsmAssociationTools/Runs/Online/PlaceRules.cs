using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Runs.Online;

/// <summary>
/// Says of the entries of a run, in input order, what was seen for them in one place. What could not be seen is said to be so,
/// and decides nothing. Not safe for concurrent use; one run has one for each place.
/// </summary>
internal sealed class PlaceRules
{
    /// <summary>Active associations that an account may have in a Region.</summary>
    private const int AssociationLimit = 2_000;

    /// <summary>Associations that may select a node.</summary>
    private const int NodeLimit = 20;

    /// <summary>Ids that a message shows.</summary>
    private const int ShownIds = 3;

    private readonly NodeTable _nodes;
    private readonly string _prefix;

    /// <summary>By the number of a node: how many associations the run adds to it.</summary>
    private readonly Dictionary<int, int> _added = [];
    private readonly HashSet<string> _changed = new(StringComparer.OrdinalIgnoreCase);
    private int _new;
    private bool _hasSaidRoom;

    /// <param name="place">The place, where there are several; null where there is one.</param>
    public PlaceRules(NodeTable nodes, string? place)
    {
        _nodes = nodes;
        _prefix = place is null ? string.Empty : place + ": ";
    }

    /// <summary>Says what was seen for the next entry.</summary>
    public void Check(AssociationEntry entry, Sight sight, IssueCollector issues)
    {
        CheckDocument(entry, sight.Document, issues);
        CheckNodes(entry, sight, issues);
        CheckCalendars(sight, issues);

        // An entry that is refused makes nothing.
        CheckRoom(sight, issues, counts: !issues.HasErrors);
    }

    private void CheckDocument(AssociationEntry entry, SeenDocument? document, IssueCollector issues)
    {
        if (document is null)
        {
            return;
        }

        switch (document.Failure?.ErrorCode)
        {
            case null:
                break;
            case ErrorCodes.InvalidDocument:
                Add(issues, ServiceRules.DocumentNotFound, "Name", $"There is no document {MessageText.Of(entry.Name!)} here, or it is not shared with this account: check the name, the Region and the account.", entry.Name);
                return;
            case ErrorCodes.InvalidDocumentVersion:
                Add(issues, ServiceRules.DocumentVersionNotFound, "DocumentVersion", "The document has no such version: use one that exists, $DEFAULT or $LATEST.", entry.DocumentVersion);
                return;
            default:
                AddNotSeen(issues, ServiceRules.DocumentNotSeen, "Name", "the document", document.Failure, "ssm:DescribeDocument");
                return;
        }

        if (document.Status is { } status and not "Active")
        {
            Add(issues, ServiceRules.DocumentNotActive, "Name", $"The document is not active: its status is {MessageText.Of(status)}.", entry.Name);
        }

        if (document.ContentProblem is { } problem)
        {
            Add(issues, ServiceRules.DocumentNotSeen, "Name", $"What the document takes could not be looked at: {problem}.");
        }
    }

    private void CheckNodes(AssociationEntry entry, Sight sight, IssueCollector issues)
    {
        SeenNodes seen = sight.Nodes;
        bool isLegacy = !string.IsNullOrEmpty(entry.InstanceId);
        string path = isLegacy ? "InstanceId" : "Targets";
        if (seen.Failure is not null)
        {
            AddNotSeen(issues, ServiceRules.NodesNotSeen, path, "the nodes", seen.Failure, "ssm:DescribeInstanceInformation");
            return;
        }

        if (seen.Numbers is not { } numbers)
        {
            Add(issues, ServiceRules.NodesNotSeen, path, $"The nodes could not be looked at: {seen.Reason}.");
            return;
        }

        if (seen.Unknown.Count > 0)
        {
            bool isOne = seen.Unknown.Count == 1;
            Add(
                issues,
                ServiceRules.UnknownNode,
                path,
                $"{Ids(seen.Unknown, seen.Unknown.Count)} {(isOne ? "is no managed node" : "are no managed nodes")} of this account and Region: check {(isOne ? "the id" : "the ids")}, and whether SSM Agent is registered there.",
                severity: isLegacy ? IssueSeverity.Error : IssueSeverity.Warning);
        }

        if (numbers.Count == 0 && seen.Unknown.Count == 0)
        {
            Add(issues, ServiceRules.NoNodes, path, NamesIds(entry)
                ? "None of the nodes is listed now: they are stopped, terminated, or not registered any more."
                : "No node is selected now: the association would reach nobody until a node comes to have what the targets ask for.");
        }

        CheckEach(entry, sight, numbers, path, isLegacy, issues);
    }

    private void CheckEach(AssociationEntry entry, Sight sight, IReadOnlyList<int> numbers, string path, bool isLegacy, IssueCollector issues)
    {
        IReadOnlyList<string>? platforms = sight.Document?.Platforms is { Count: > 0 } known ? known : null;
        HashSet<int>? before = sight.NodesBefore?.Numbers is { } old ? [.. old] : null;

        // Where it is not known which nodes an association selects now, it counts as one of theirs, not twice.
        bool isChange = sight.Changed is not null;
        var full = new List<int>();
        var misfits = new List<int>();
        var offline = new List<int>();
        int offlineCount = 0;
        bool counts = !issues.HasErrors;
        _nodes.Read(numbers, (number, isOnline, platform, associations) =>
        {
            if (!isOnline)
            {
                offlineCount++;
                AddUpTo(offline, number);
            }

            if (platforms is not null && platform is not null && !platforms.Contains(platform))
            {
                misfits.Add(number);
            }

            if (counts && !(isChange && before?.Contains(number) != false))
            {
                _added.TryGetValue(number, out int added);
                _added[number] = ++added;
                if (associations >= 0 && associations + added > NodeLimit)
                {
                    full.Add(number);
                }
            }
        });

        if (NamesIds(entry))
        {
            // Stopped nodes are not listed at all.
            List<string> silent = [.. offline.Select(_nodes.IdOf)];
            int unlisted = numbers.Count == 0 ? 0 : Unlisted(entry, sight.Nodes, numbers, silent);
            if (offlineCount + unlisted > 0)
            {
                Add(issues, ServiceRules.NodeNotOnline, path, $"{Ids(silent, offlineCount + unlisted)} {(offlineCount + unlisted == 1 ? "is" : "are")} not online now: the association waits until SSM Agent reports again.");
            }
        }
        else if (offlineCount > 0 && offlineCount == numbers.Count)
        {
            Add(issues, ServiceRules.NodeNotOnline, path, $"None of the {Number(numbers.Count)} nodes that are selected is online now: the association waits until SSM Agent reports again.");
        }

        if (misfits.Count > 0)
        {
            Add(
                issues,
                ServiceRules.NodePlatform,
                path,
                $"{sight.Document!.Known!.Name} is for {string.Join(", ", platforms!)}, and {Number(misfits.Count)} of the {Number(numbers.Count)} nodes {(misfits.Count == 1 ? "is" : "are")} of another platform: {Ids(misfits)}.",
                severity: isLegacy ? IssueSeverity.Error : IssueSeverity.Warning);
        }

        if (full.Count > 0)
        {
            Add(issues, ServiceRules.NodeAssociationLimit, path, $"{Number(full.Count)} {(full.Count == 1 ? "node" : "nodes")} would have more than 20 associations with this entry, and a node takes 20: {Ids(full)}.");
        }
    }

    private void CheckCalendars(Sight sight, IssueCollector issues)
    {
        for (int i = 0; i < sight.Calendars.Count; i++)
        {
            (string name, Answer<CalendarAnswer> answer) = sight.Calendars[i];
            string path = FormattableString.Invariant($"CalendarNames[{i}]");
            switch (answer.Failure?.ErrorCode)
            {
                case null:
                    break;
                case ErrorCodes.InvalidDocument:
                    Add(issues, ServiceRules.CalendarNotFound, path, "There is no such change calendar here: check the name, the Region and the account.", name);
                    continue;
                case ErrorCodes.InvalidDocumentType:
                    Add(issues, ServiceRules.CalendarNotFound, path, "This document is no change calendar: name one.", name);
                    continue;
                default:
                    AddNotSeen(issues, ServiceRules.CalendarNotSeen, path, "the change calendar", answer.Failure, "ssm:GetCalendarState");
                    continue;
            }

            if (answer.Value!.State is "CLOSED")
            {
                string until = answer.Value.NextTransitionTime is { } change ? " until " + change.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC" : string.Empty;
                Add(issues, ServiceRules.CalendarClosed, path, $"The calendar is closed now{until}: nothing runs before it opens.", name);
            }
        }
    }

    private void CheckRoom(Sight sight, IssueCollector issues, bool counts)
    {
        if (sight.Existing.Value is not { } existing)
        {
            if (!_hasSaidRoom)
            {
                _hasSaidRoom = true;
                AddNotSeen(issues, ServiceRules.RoomNotSeen, string.Empty, "the associations that exist", sight.Existing.Failure!, "ssm:ListAssociations");
            }

            return;
        }

        if (!counts || (sight.Changed is { } changed && _changed.Add(changed.AssociationId!)))
        {
            return;
        }

        _new++;
        if (existing.Count + _new > AssociationLimit && !_hasSaidRoom)
        {
            _hasSaidRoom = true;
            Add(issues, ServiceRules.RoomLimit, string.Empty, $"{Number(existing.Count)} associations exist, and this entry is new association {Number(_new)} of the run: together they are more than the 2,000 that an account has in a Region. Remove some, or use another Region or account.");
        }
    }

    private static bool NamesIds(AssociationEntry entry) =>
        !string.IsNullOrEmpty(entry.InstanceId) || Array.Exists(entry.Targets ?? [], static target => target?.Key is { } key && TargetKey.KindOf(key) == TargetKeyKind.InstanceIds && Array.IndexOf(target.Values ?? [], "*") < 0);

    /// <summary>Counts the ids that the service knows and does not list, and adds the first of them.</summary>
    private int Unlisted(AssociationEntry entry, SeenNodes seen, IReadOnlyList<int> numbers, List<string> shown)
    {
        if (entry.Targets is { Length: > 1 })
        {
            // Other keys may have left them out.
            return 0;
        }

        var listed = new HashSet<string>(numbers.Select(_nodes.IdOf), StringComparer.Ordinal);
        listed.UnionWith(seen.Unknown);
        int count = 0;
        foreach (string? id in entry.Targets is { Length: 1 } targets ? targets[0].Values ?? [] : [])
        {
            if (id is not null && listed.Add(id))
            {
                count++;
                shown.Add(id);
            }
        }

        return count;
    }

    private static void AddUpTo(List<int> numbers, int number)
    {
        if (numbers.Count < ShownIds)
        {
            numbers.Add(number);
        }
    }

    private string Ids(List<int> numbers) => Ids([.. numbers.Take(ShownIds).Select(_nodes.IdOf)], numbers.Count);

    private static string Ids(IReadOnlyList<string> ids, int count) =>
        string.Join(", ", ids.Take(ShownIds)) + (count > ShownIds ? $" and {Number(count - ShownIds)} more" : string.Empty);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private void AddNotSeen(IssueCollector issues, RuleDefinition rule, string path, string what, GatewayException failure, string permission)
    {
        string detail = failure.Kind == GatewayErrorKind.Denied ? $"{failure.ErrorCode}; the caller needs {permission}" : failure.ErrorCode;
        Add(issues, rule, path, $"{char.ToUpperInvariant(what[0])}{what.Substring(1)} could not be looked at: {detail}.");
    }

    private void Add(IssueCollector issues, RuleDefinition rule, string path, string message, string? value = null, IssueSeverity? severity = null) =>
        issues.Add(rule, severity ?? rule.Severity, path, _prefix + message, value, ServiceRules.Source);
}
