using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>
/// What brings one account and Region to the wanted state. An entry with an AssociationName is identified by it, one with a
/// legacy InstanceId by that and its document, of which the service admits one association; any other only by its content.
/// Where a name stands for several, only equal contents are paired and the rest is left alone.
/// </summary>
internal sealed class SyncPlan : IDisposable
{
    private readonly CanonicalContent _canonical = new();
    private readonly List<SyncWanted> _wanted = [];
    private readonly Dictionary<string, SyncExisting> _existing = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SyncExisting> _order = [];

    /// <summary>The wanted entries, in input order.</summary>
    public IReadOnlyList<SyncWanted> Wanted => _wanted;

    /// <summary>How many associations were listed.</summary>
    public int Count => _order.Count;

    /// <summary>True where something is to be created, because nothing of it was listed.</summary>
    public bool HasMissing => _wanted.Exists(static entry => entry.Action == SyncAction.Create);

    /// <summary>Adds a wanted entry.</summary>
    public SyncWanted Want(long index, AssociationEntry entry)
    {
        var wanted = new SyncWanted(index, entry);
        AssociationEntry compared = ComparedContent.Of(wanted.Content);
        wanted.Key = _canonical.KeyOf(compared);
        wanted.ListedKey = _canonical.KeyOf(ContentAgreement.ListMembers(compared));
        _wanted.Add(wanted);
        return wanted;
    }

    /// <summary>Adds a line of the list. A list that changes while it is read may show an association twice.</summary>
    public void Add(AssociationRecord line)
    {
        if (line.AssociationId is { Length: > 0 } id && !_existing.ContainsKey(id))
        {
            var existing = new SyncExisting(line);
            existing.ListedKey = _canonical.KeyOf(ContentAgreement.ListMembers(ComparedContent.Of(existing.Content)));
            _existing.Add(id, existing);
            _order.Add(existing);
        }
    }

    /// <summary>
    /// The associations that must be read whole: those that belong to an entry for certain, and of the others those whose lines
    /// do not tell. A line can show that an association differs, and never that it is the same.
    /// </summary>
    /// <param name="isKnown">True where an earlier run is known to have left that version with the wanted content.</param>
    public IReadOnlyList<SyncExisting> ToBeRead(Func<SyncExisting, SyncWanted, bool> isKnown)
    {
        var read = new List<SyncExisting>();
        foreach ((string key, List<SyncWanted> wanted, List<SyncExisting> existing) in Groups())
        {
            if (key.Length > 0 && wanted.Count == 1 && existing.Count == 1)
            {
                // Also where the line shows that it differs: what is to be changed is read before, and a plan says what of it differs.
                read.AddRange(existing.Where(one => one.Whole is null && !isKnown(one, wanted[0])));
                continue;
            }

            var listed = new HashSet<ContentKey>(wanted.Select(static entry => entry.ListedKey));
            read.AddRange(existing.Where(one => one.Whole is null && listed.Contains(one.ListedKey)));
        }

        return read;
    }

    /// <summary>Takes an association that was read whole; null where it is gone by now.</summary>
    public void Read(SyncExisting existing, AssociationRecord? whole)
    {
        if (whole is null)
        {
            existing.IsGone = true;
        }
        else
        {
            existing.Read(whole, _canonical);
        }
    }

    /// <summary>Decides for every wanted entry.</summary>
    public void Decide(Func<SyncExisting, SyncWanted, bool> isKnown)
    {
        // It may have been decided before, with less at hand.
        _order.ForEach(static existing => existing.IsTaken = false);
        _wanted.ForEach(static entry => (entry.Partner, entry.Doubt) = (null, null));
        foreach ((string key, List<SyncWanted> wanted, List<SyncExisting> existing) in Groups())
        {
            if (key.Length > 0 && wanted.Count == 1 && existing.Count == 1)
            {
                Join(wanted[0], existing[0], isKnown(existing[0], wanted[0]) || IsSame(wanted[0], existing[0]) ? SyncAction.Nothing : SyncAction.Update);
                continue;
            }

            List<SyncWanted> left = PairEqual(wanted, existing);
            Dictionary<string, List<SyncExisting>>? alike = key.Length > 0 || left.Count == 0 ? null : Alike(existing);
            bool isUnclear = key.Length > 0 && (wanted.Count > 1 || existing.Count > 1);
            foreach (SyncWanted entry in left)
            {
                entry.Action = isUnclear ? SyncAction.Unclear : SyncAction.Create;
                entry.Doubt = isUnclear ? Doubt(wanted.Count, existing) : null;
                if (alike is not null && alike.TryGetValue(new ContentProfile(ComparedContent.Of(entry.Content)).Signature(), out List<SyncExisting>? others))
                {
                    // Created, it would be created again with every run, where it is the service that shows it so.
                    entry.Action = SyncAction.Unclear;
                    entry.Doubt = $"The entry has no AssociationName, and what exists differs from it only in case, white space or repetitions ({string.Join(", ", others.Select(static one => one.AssociationId))}), so it cannot be told whether that is its association. Give both the same AssociationName.";
                }
            }
        }
    }

    /// <summary>What nobody wants, in the order of the list.</summary>
    public IEnumerable<SyncExisting> Extra()
    {
        // Of a name that stands for several, what was not paired may still be somebody's.
        var unclear = new HashSet<string>(_wanted.Where(static entry => entry.Action == SyncAction.Unclear).Select(static entry => KeyOf(entry.Content)), StringComparer.Ordinal);
        return _order.Where(existing => !existing.IsTaken && !existing.IsGone && !unclear.Contains(KeyOf(existing.Content)));
    }

    /// <summary>Takes an association that nobody has and that still has the version with which it was made; null where there is none.</summary>
    public SyncExisting? TakeUnchanged(string associationId, string? version)
    {
        if (!_existing.TryGetValue(associationId, out SyncExisting? existing) || existing.IsTaken || existing.IsGone || version is null || existing.Line.AssociationVersion != version)
        {
            return null;
        }

        existing.IsTaken = true;
        return existing;
    }

    /// <summary>Key of the content of an association that was read whole.</summary>
    public ContentKey KeyOf(AssociationRecord whole) => _canonical.KeyOf(ComparedContent.Of(ReadBackContent.Of(whole.Content, whole.AssociationId)));

    public void Dispose() => _canonical.Dispose();

    /// <summary>What identifies an association; empty where only the content does.</summary>
    private static string KeyOf(AssociationEntry entry)
    {
        if (!string.IsNullOrEmpty(entry.AssociationName))
        {
            return "name " + entry.AssociationName;
        }

        return string.IsNullOrEmpty(entry.InstanceId) ? string.Empty : $"node {entry.InstanceId} {entry.Name}";
    }

    private IEnumerable<(string Key, List<SyncWanted> Wanted, List<SyncExisting> Existing)> Groups()
    {
        Dictionary<string, List<SyncExisting>> existing = _order.Where(static one => !one.IsGone).GroupBy(static one => KeyOf(one.Content), StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);
        foreach (IGrouping<string, SyncWanted> group in _wanted.GroupBy(static one => KeyOf(one.Content), StringComparer.Ordinal))
        {
            yield return (group.Key, group.ToList(), existing.TryGetValue(group.Key, out List<SyncExisting>? same) ? same : []);
        }
    }

    private static bool IsSame(SyncWanted wanted, SyncExisting existing) => existing.Whole is not null && wanted.Key.Equals(existing.Key);

    private static void Join(SyncWanted wanted, SyncExisting existing, SyncAction action)
    {
        wanted.Partner = existing;
        wanted.Action = action;
        existing.IsTaken = true;
    }

    /// <summary>Pairs equal contents, both in their order; gives what is left of the wanted ones.</summary>
    private static List<SyncWanted> PairEqual(List<SyncWanted> wanted, List<SyncExisting> existing)
    {
        Dictionary<ContentKey, Queue<SyncExisting>> open = [];
        foreach (SyncExisting one in existing)
        {
            if (one.Whole is not null)
            {
                if (!open.TryGetValue(one.Key, out Queue<SyncExisting>? queue))
                {
                    open.Add(one.Key, queue = new Queue<SyncExisting>());
                }

                queue.Enqueue(one);
            }
        }

        var left = new List<SyncWanted>();
        foreach (SyncWanted entry in wanted)
        {
            if (open.TryGetValue(entry.Key, out Queue<SyncExisting>? queue) && queue.Count > 0)
            {
                Join(entry, queue.Dequeue(), SyncAction.Nothing);
            }
            else
            {
                left.Add(entry);
            }
        }

        return left;
    }

    /// <summary>What is left of the existing ones, by what they say without case, white space and the like.</summary>
    private static Dictionary<string, List<SyncExisting>> Alike(List<SyncExisting> existing) => existing
        .Where(static one => one is { IsTaken: false, Whole: not null })
        .GroupBy(static one => new ContentProfile(ComparedContent.Of(one.Content)).Signature(), StringComparer.Ordinal)
        .ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);

    private static string Doubt(int wanted, List<SyncExisting> existing)
    {
        string entries = wanted > 1 ? $"{wanted} entries of the input have this AssociationName" : "One entry has this AssociationName";
        string there = existing.Count switch
        {
            0 => string.Empty,
            1 => $", and the association {existing[0].AssociationId} does",
            _ => $", and {existing.Count} associations do: {string.Join(", ", existing.Select(static one => one.AssociationId))}",
        };
        return $"{entries}{there}, so it cannot be told which is which. Give each its own name, or remove what is too many.";
    }
}
