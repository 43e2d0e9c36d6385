using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Content;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Finds which of several associations belongs to which of several entries. Of all ways to pair as many as can be, the one
/// counts in which least was filled in or left out; what another way as good would pair differently stays open.
/// </summary>
internal sealed class Pairing
{
    /// <summary>Entries or associations that hang together, at most, for all ways to be looked at.</summary>
    private const int MaxGroup = 7;

    /// <summary>Values that services have as defaults, so that a member that has one may have been filled in.</summary>
    private static readonly HashSet<string> s_usualDefaults = new(StringComparer.Ordinal)
    {
        "MaxErrors=0", "MaxErrors=100%", "MaxConcurrency=50", "MaxConcurrency=100%", "MaxConcurrency=1", "MaxConcurrency=0",
    };

    private readonly IReadOnlyList<ContentProfile> _entries;
    private readonly IReadOnlyList<ContentProfile> _contents;
    private readonly Func<int, int, bool> _isAdmitted;
    private readonly Func<string, bool> _isDefault;
    private readonly bool _isWhole;
    private readonly bool _mayLack;
    private readonly Fit?[,] _fits;
    private readonly string[] _signatures;

    /// <summary>The association of each entry, -1 where none is known to be its own.</summary>
    private readonly int[] _partners;
    private readonly bool[] _doubtful;
    private readonly bool[] _isTaken;

    /// <param name="entries">The entries.</param>
    /// <param name="contents">What the service says of the associations.</param>
    /// <param name="isAdmitted">Says whether an entry and an association are to be looked at at all.</param>
    /// <param name="isDefault">Says whether the service was seen to fill in a member with a value, as in <c>MaxErrors=0</c>.</param>
    /// <param name="isWhole">True where the contents are whole: then associations with the same content are as good as each other.</param>
    /// <param name="mayLack">True where it is known that the entries created the associations, so that what is missing says nothing.</param>
    public Pairing(
        IReadOnlyList<ContentProfile> entries,
        IReadOnlyList<ContentProfile> contents,
        Func<int, int, bool> isAdmitted,
        Func<string, bool> isDefault,
        bool isWhole,
        bool mayLack)
    {
        _entries = entries;
        _contents = contents;
        _isAdmitted = isAdmitted;
        _isDefault = isDefault;
        _isWhole = isWhole;
        _mayLack = mayLack;
        _fits = new Fit?[entries.Count, contents.Count];
        _signatures = contents.Select(static content => content.Signature()).ToArray();
        _partners = Enumerable.Repeat(-1, entries.Count).ToArray();
        _doubtful = new bool[entries.Count];
        _isTaken = new bool[contents.Count];
        Solve();
    }

    /// <summary>The association of an entry; -1 where none is known to be its own.</summary>
    public int PartnerOf(int entry) => _partners[entry];

    /// <summary>True where an association may be the entry's, and it cannot be told.</summary>
    public bool IsDoubtful(int entry) => _doubtful[entry];

    /// <summary>How an entry and an association go together; null where they do not.</summary>
    public Fit? FitOf(int entry, int content) => _fits[entry, content];

    /// <summary>The associations that may be an entry's and are nobody else's.</summary>
    public IEnumerable<int> CandidatesOf(int entry) =>
        Enumerable.Range(0, _contents.Count).Where(content => IsCandidate(entry, content) && (!_isTaken[content] || _partners[entry] == content));

    private bool IsCandidate(int entry, int content) => _fits[entry, content] is { } fit && IsEdge(fit);

    private void Solve()
    {
        for (int entry = 0; entry < _entries.Count; entry++)
        {
            for (int content = 0; content < _contents.Count; content++)
            {
                _fits[entry, content] = _isAdmitted(entry, content) ? Fit.Of(_entries[entry], _contents[content]) : null;
            }
        }

        // What is the same on both sides belongs together, before anything that was filled in is looked at.
        SolveGroups(static fit => fit.IsSame, isSame: true);
        SolveGroups(IsEdge, isSame: false);
    }

    private bool IsEdge(Fit fit) => _mayLack ? fit.IsPossible : fit.IsCovered;

    private void SolveGroups(Func<Fit, bool> isEdge, bool isSame)
    {
        var edges = new bool[_entries.Count, _contents.Count];
        for (int entry = 0; entry < _entries.Count; entry++)
        {
            for (int content = 0; content < _contents.Count; content++)
            {
                edges[entry, content] = _partners[entry] < 0 && !_isTaken[content] && _fits[entry, content] is { } fit && isEdge(fit);
            }
        }

        bool isReduced = false;
        var seen = new bool[_entries.Count];
        for (int entry = 0; entry < _entries.Count; entry++)
        {
            if (!seen[entry] && _partners[entry] < 0)
            {
                (List<int> entries, List<int> contents) = GroupOf(entry, edges, seen);
                if (entries.Count > MaxGroup || contents.Count > MaxGroup)
                {
                    isReduced |= TakeClosest(entries, contents, edges);
                }
                else if (contents.Count > 0)
                {
                    SolveGroup(entries, contents, edges, isSame);
                }
            }
        }

        if (isReduced)
        {
            SolveGroups(isEdge, isSame);
        }
    }

    /// <summary>What hangs together with an entry.</summary>
    private (List<int> Entries, List<int> Contents) GroupOf(int first, bool[,] edges, bool[] seen)
    {
        var entries = new List<int> { first };
        var contents = new List<int>();
        var seenContents = new bool[_contents.Count];
        seen[first] = true;
        for (int i = 0; i < entries.Count; i++)
        {
            for (int content = 0; content < _contents.Count; content++)
            {
                if (!edges[entries[i], content] || seenContents[content])
                {
                    continue;
                }

                seenContents[content] = true;
                contents.Add(content);
                for (int other = 0; other < _entries.Count; other++)
                {
                    if (edges[other, content] && !seen[other])
                    {
                        seen[other] = true;
                        entries.Add(other);
                    }
                }
            }
        }

        entries.Sort();
        contents.Sort();
        return (entries, contents);
    }

    /// <summary>Makes a large group smaller: pairs what is closer to each other than to anything else. What is left is in doubt.</summary>
    private bool TakeClosest(List<int> entries, List<int> contents, bool[,] edges)
    {
        bool isReduced = false;
        foreach (int entry in entries)
        {
            _doubtful[entry] = true;
            int own = Closest(contents, content => edges[entry, content] && !_isTaken[content] ? _fits[entry, content]!.Cost : null);
            if (own >= 0 && Closest(entries, other => edges[other, own] && _partners[other] < 0 ? _fits[other, own]!.Cost : null) == entry)
            {
                Pair(entry, own);
                isReduced = true;
            }
        }

        return isReduced;
    }

    /// <summary>The one with the lowest cost; -1 where there is none, or several.</summary>
    private static int Closest(List<int> of, Func<int, int?> costOf)
    {
        int closest = -1;
        int? lowest = null;
        foreach (int one in of)
        {
            int? cost = costOf(one);
            if (cost is not null && (lowest is null || cost < lowest))
            {
                (closest, lowest) = (one, cost);
            }
            else if (cost is not null && cost == lowest)
            {
                closest = -1;
            }
        }

        return closest;
    }

    private void Pair(int entry, int content)
    {
        _partners[entry] = content;
        _doubtful[entry] = false;
        _isTaken[content] = true;
    }

    private void SolveGroup(List<int> entries, List<int> contents, bool[,] edges, bool isSame)
    {
        List<int[]> best = new Ways(entries, contents, edges, _fits).Best();
        int[] way = best[0];
        var isOpen = new bool[entries.Count];
        for (int place = 0; place < entries.Count; place++)
        {
            int own = way[place];
            if (own >= 0)
            {
                isOpen[place] |= IsOneOfSeveral(own, contents, way)
                    || !best.TrueForAll(other => other[place] == own || (_isWhole && other[place] >= 0 && _signatures[other[place]] == _signatures[own]));
            }
            else if (best.Exists(other => other[place] >= 0))
            {
                isOpen[place] = true;
            }
            else
            {
                foreach (int content in contents.Where(content => edges[entries[place], content]))
                {
                    int owner = Array.IndexOf(way, content);
                    if (isSame || owner < 0 || !AsksForMore(entries[owner], entries[place], content))
                    {
                        isOpen[place] = true;
                        isOpen[owner < 0 ? place : owner] = true;
                    }
                }
            }
        }

        // What is open for one is open for those that it takes the place of in another way.
        for (bool isChanged = true; isChanged;)
        {
            isChanged = false;
            for (int place = 0; place < entries.Count; place++)
            {
                for (int other = 0; other < entries.Count; other++)
                {
                    if (isOpen[place] && !isOpen[other] && way[other] >= 0 && best.Exists(one => one[place] == way[other]))
                    {
                        isOpen[other] = isChanged = true;
                    }
                }
            }
        }

        for (int place = 0; place < entries.Count; place++)
        {
            _doubtful[entries[place]] = isOpen[place];
            if (!isOpen[place] && way[place] >= 0)
            {
                Pair(entries[place], way[place]);
            }
        }
    }

    /// <summary>
    /// Of two entries that fit an association, it is known to be the one's only where that one asked for all that the other
    /// asked for and for something more, which the service would not have filled in by itself.
    /// </summary>
    private bool AsksForMore(int owner, int other, int content)
    {
        Fit own = _fits[owner, content]!;
        Fit less = _fits[other, content]!;
        return own.Missing == 0
            && less.Agreed.IsSubsetOf(own.Agreed)
            && own.Agreed.Any(name => !less.Agreed.Contains(name) && !IsDefault(name + "=" + _contents[content].Find(name)));
    }

    /// <summary>True where another association that nobody has has the same content.</summary>
    private bool IsOneOfSeveral(int own, List<int> contents, int[] way) =>
        contents.Exists(other => other != own && Array.IndexOf(way, other) < 0 && _signatures[other] == _signatures[own]);

    /// <summary>True for a value that services have as a default.</summary>
    public static bool IsUsualDefault(string value) => s_usualDefaults.Contains(value);

    private bool IsDefault(string value) => IsUsualDefault(value) || _isDefault(value);

    /// <summary>All ways to pair a small group.</summary>
    private sealed class Ways(List<int> entries, List<int> contents, bool[,] edges, Fit?[,] fits)
    {
        private readonly List<int[]> _best = [];
        private readonly int[] _way = Enumerable.Repeat(-1, entries.Count).ToArray();
        private int _bestCount = -1;
        private int _bestCost;

        /// <summary>The best ways: for each entry its association, -1 for none.</summary>
        public List<int[]> Best()
        {
            Try(0, 0, 0);
            return _best;
        }

        private void Try(int place, int count, int cost)
        {
            if (place == entries.Count)
            {
                if (count > _bestCount || (count == _bestCount && cost < _bestCost))
                {
                    _best.Clear();
                    _bestCount = count;
                    _bestCost = cost;
                }

                if (count == _bestCount && cost == _bestCost)
                {
                    _best.Add((int[])_way.Clone());
                }

                return;
            }

            if (count + (entries.Count - place) < _bestCount)
            {
                return;
            }

            foreach (int content in contents)
            {
                if (edges[entries[place], content] && Array.IndexOf(_way, content, 0, place) < 0)
                {
                    _way[place] = content;
                    Try(place + 1, count + 1, cost + fits[entries[place], content]!.Cost);
                }
            }

            _way[place] = -1;
            Try(place + 1, count, cost);
        }
    }
}
