using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.Hostile.Tests.Fleet;

/// <summary>
/// What a synchronisation of a pair has to come to. Written from the description of the command alone, before its code was
/// read; it shares nothing with it.
/// </summary>
internal sealed class FleetOracle
{
    private FleetOracle(string[] statuses, int?[] partner, IReadOnlySet<int> removed)
    {
        Statuses = statuses;
        Partner = partner;
        Removed = removed;
    }

    /// <summary>The status of every wanted entry.</summary>
    public IReadOnlyList<string> Statuses { get; }

    /// <summary>Which existing association each wanted entry has, by place; null for none.</summary>
    public IReadOnlyList<int?> Partner { get; }

    /// <summary>The places of existing associations that go.</summary>
    public IReadOnlySet<int> Removed { get; }

    public static FleetOracle Of(FleetPair pair, IReadOnlyList<JsonObject> existing)
    {
        string[] statuses = [.. pair.Wanted.Select((_, place) => pair.Invalid.Contains(place) ? "Invalid" : string.Empty)];
        int?[] partner = new int?[statuses.Length];
        var free = new HashSet<int>(Enumerable.Range(0, existing.Count));
        List<int> valid = [.. Enumerable.Range(0, statuses.Length).Where(place => !pair.Invalid.Contains(place))];

        // Equal contents belong together, whatever their names.
        foreach (int place in valid)
        {
            string meaning = Meaning.Of(Entry(pair, place));
            int match = free.Where(other => Meaning.Of(existing[other]) == meaning).DefaultIfEmpty(-1).Min();
            if (match >= 0)
            {
                free.Remove(match);
                (statuses[place], partner[place]) = ("Existing", match);
            }
        }

        foreach (int place in valid.Where(place => statuses[place].Length == 0))
        {
            JsonObject entry = Entry(pair, place);
            string? name = Meaning.Name(entry);
            if (entry["InstanceId"] is not null)
            {
                // The service has one association of a document on a node, and no way to change it.
                int ofNode = free.Where(other => (string?)existing[other]["InstanceId"] == (string?)entry["InstanceId"] && (string?)existing[other]["Name"] == (string?)entry["Name"]).DefaultIfEmpty(-1).Min();
                statuses[place] = ofNode < 0 ? "Created" : pair.IfChanged switch { "Update" => "NotAttempted", "Skip" => "Existing", _ => "Failed" };
                partner[place] = ofNode >= 0 ? ofNode : null;
                continue;
            }

            if (name is null)
            {
                statuses[place] = "Created";
                continue;
            }

            List<int> bearers = [.. Enumerable.Range(0, existing.Count).Where(other => Meaning.Name(existing[other]) == name)];
            bool isUnique = bearers.Count <= 1 && valid.Count(other => Meaning.Name(Entry(pair, other)) == name) == 1;
            if (!isUnique)
            {
                statuses[place] = "NotAttempted";
            }
            else if (bearers.Count == 0)
            {
                statuses[place] = "Created";
            }
            else
            {
                partner[place] = bearers[0];
                statuses[place] = pair.IfChanged switch { "Update" => "Updated", "Skip" => "Existing", _ => "Failed" };
            }
        }

        bool mayRemove = pair.Scope is not null && statuses.Length > 0 && statuses.All(status => status is "Created" or "Updated" or "Existing");
        var removed = new HashSet<int>();
        if (mayRemove)
        {
            removed = [.. Enumerable.Range(0, existing.Count).Where(place => !partner.Contains(place) && IsInScope(pair.Scope!, existing[place]))];
        }

        return new FleetOracle(statuses, partner, removed);
    }

    /// <summary>At how many calls at least the missing ones are created: 20 a call, and no content twice in one.</summary>
    public int FewestBatches(FleetPair pair)
    {
        List<string> created = [.. Enumerable.Range(0, Statuses.Count).Where(place => Statuses[place] == "Created").Select(place => Meaning.Of(Entry(pair, place)))];
        return created.Count == 0 ? 0 : Math.Max((created.Count + 19) / 20, created.GroupBy(meaning => meaning).Max(group => group.Count()));
    }

    public static JsonObject Entry(FleetPair pair, int place) => (JsonObject)pair.Wanted[place];

    private static bool IsInScope(IReadOnlyList<string> scope, JsonObject association)
    {
        string? name = Meaning.Name(association);
        if (name is null)
        {
            return false;
        }

        bool isOfAws = name.StartsWith("AWS-", StringComparison.Ordinal) || name.StartsWith("AWSQuickSetup", StringComparison.Ordinal)
            || ((string?)association["Name"])!.StartsWith("AWSQuickSetup", StringComparison.Ordinal);

        // The patterns of the generator have a star at the end, or none.
        return scope.Any(pattern => pattern.EndsWith('*') ? !isOfAws && name.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == name);
    }
}
