using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Content;

/// <summary>
/// Pairs wanted entries with the associations of one place. What belongs together has the same AssociationName; without
/// one, the same document and InstanceId, of which the service admits one association; without that, the same content.
/// Where a name stands for several, equal contents are paired first, then those of the same document, then the rest in
/// order.
/// </summary>
internal sealed class FleetComparison
{
    private readonly List<Side> _wanted = [];
    private readonly List<Side> _existing = [];
    private HashSet<string>? _keys;

    /// <summary>Adds a wanted entry.</summary>
    public void Want(AssociationEntry entry, object? inputObject) =>
        _wanted.Add(new Side(entry, ReadBackContent.Of(entry, null)) { InputObject = inputObject });

    /// <summary>Adds an association that exists.</summary>
    public void Add(ExistingAssociation association) =>
        _existing.Add(new Side(association.Entry, ReadBackContent.Of(association.Entry, association.AssociationId)) { Association = association });

    /// <summary>Whether an association can belong to a wanted entry, by what a line of a list says of it.</summary>
    public bool MayBelong(AssociationEntry listed) => (_keys ??= KeysOfWanted()).Contains(KeyOf(listed));

    /// <summary>Compares.</summary>
    /// <param name="countsAsExtra">Which associations are extra when nobody wants them; others are left out then.</param>
    /// <param name="isComplete">False where not every wanted entry is known, so that nothing can be told to be extra.</param>
    /// <param name="spared">How many associations would be extra if the wanted entries were complete.</param>
    /// <returns>One comparison for each wanted entry, in their order, then the extra associations in theirs.</returns>
    public IReadOnlyList<AssociationComparison> Compare(Func<ExistingAssociation, bool> countsAsExtra, bool isComplete, out long spared)
    {
        using var content = new CanonicalContent();
        foreach (Side side in _wanted.Concat(_existing))
        {
            side.Key = content.KeyOf(ComparedContent.Of(side.Content));
        }

        Dictionary<string, List<Side>> existing = Grouped(_existing);
        foreach (KeyValuePair<string, List<Side>> group in Grouped(_wanted))
        {
            if (existing.TryGetValue(group.Key, out List<Side>? same))
            {
                Pair(group.Value, same, static side => side.Key);
                if (group.Key.Length > 0)
                {
                    Pair(group.Value, same, static side => side.Content.Name);
                    Pair(group.Value, same, static _ => 0);
                }
            }
        }

        var comparisons = new List<AssociationComparison>(_wanted.Count);
        comparisons.AddRange(_wanted.Select(Compared));
        spared = 0;
        foreach (Side side in _existing)
        {
            if (side.Partner is null && countsAsExtra(side.Association!))
            {
                if (!isComplete)
                {
                    spared++;
                }
                else
                {
                    comparisons.Add(new AssociationComparison(ComparisonStatus.Extra, null, side.Association, []));
                }
            }
        }

        return comparisons;
    }

    private static AssociationComparison Compared(Side wanted)
    {
        if (wanted.Partner is not { } existing)
        {
            return new AssociationComparison(ComparisonStatus.Missing, wanted.Entry, null, []) { InputObject = wanted.InputObject };
        }

        bool isSame = wanted.Key.Equals(existing.Key);
        return new AssociationComparison(
            isSame ? ComparisonStatus.Same : ComparisonStatus.Changed,
            wanted.Entry,
            existing.Association,
            isSame ? [] : ComparedContent.Differences(wanted.Content, existing.Content))
        {
            InputObject = wanted.InputObject,
        };
    }

    /// <summary>What tells associations apart; empty where only the content does.</summary>
    private static string KeyOf(AssociationEntry entry)
    {
        if (!string.IsNullOrEmpty(entry.AssociationName))
        {
            return "name " + entry.AssociationName;
        }

        return string.IsNullOrEmpty(entry.InstanceId) ? string.Empty : $"node {entry.InstanceId} {entry.Name}";
    }

    private static Dictionary<string, List<Side>> Grouped(List<Side> sides)
    {
        var groups = new Dictionary<string, List<Side>>(StringComparer.Ordinal);
        foreach (Side side in sides)
        {
            string key = KeyOf(side.Content);
            if (!groups.TryGetValue(key, out List<Side>? group))
            {
                group = [];
                groups.Add(key, group);
            }

            group.Add(side);
        }

        return groups;
    }

    /// <summary>Pairs what is left of two lists where it agrees in something, both in their order.</summary>
    private static void Pair<T>(List<Side> wanted, List<Side> existing, Func<Side, T> by)
    {
        Dictionary<ValueTuple<T>, Queue<Side>> open = [];
        foreach (Side side in existing)
        {
            if (side.Partner is null)
            {
                ValueTuple<T> key = new(by(side));
                if (!open.TryGetValue(key, out Queue<Side>? queue))
                {
                    queue = new Queue<Side>();
                    open.Add(key, queue);
                }

                queue.Enqueue(side);
            }
        }

        foreach (Side side in wanted)
        {
            if (side.Partner is null && open.TryGetValue(new ValueTuple<T>(by(side)), out Queue<Side>? queue) && queue.Count > 0)
            {
                side.Partner = queue.Dequeue();
                side.Partner.Partner = side;
            }
        }
    }

    private HashSet<string> KeysOfWanted() => new(_wanted.Select(static side => KeyOf(side.Content)), StringComparer.Ordinal);

    /// <summary>A wanted entry or an association, with its partner on the other side.</summary>
    private sealed class Side(AssociationEntry entry, AssociationEntry content)
    {
        public AssociationEntry Entry { get; } = entry;

        /// <summary>The content without what the service fills in.</summary>
        public AssociationEntry Content { get; } = content;

        public ContentKey Key { get; set; }

        public object? InputObject { get; init; }

        public ExistingAssociation? Association { get; init; }

        public Side? Partner { get; set; }
    }
}
