using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>
/// The managed nodes at one moment; a change makes another directory, so that what ran before keeps its nodes. Safe for
/// concurrent use.
/// </summary>
internal sealed class NodeDirectory
{
    private readonly Dictionary<string, ManagedNode> _byId;
    private readonly Lazy<Dictionary<ManagedNode, int>> _order;
    private readonly ManagedNode[] _all;
    private readonly Lazy<Dictionary<string, List<ManagedNode>>> _byMark;
    private readonly ConcurrentDictionary<string, ManagedNode[]> _selections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ManagedNode> _presumed;

    /// <summary>Makes a directory.</summary>
    /// <param name="nodes">The nodes; of two with one id the later counts.</param>
    /// <param name="isComplete">Whether no other node exists; otherwise every id is one of a running node of any platform.</param>
    public NodeDirectory(IEnumerable<ManagedNode> nodes, bool isComplete)
        : this(nodes, isComplete, new ConcurrentDictionary<string, ManagedNode>(StringComparer.Ordinal))
    {
    }

    private NodeDirectory(IEnumerable<ManagedNode> nodes, bool isComplete, ConcurrentDictionary<string, ManagedNode> presumed)
    {
        _byId = new Dictionary<string, ManagedNode>(StringComparer.Ordinal);
        foreach (ManagedNode node in nodes)
        {
            _byId[node.Id] = node;
        }

        _all = [.. _byId.Values];
        IsComplete = isComplete;
        _presumed = presumed;
        _order = new Lazy<Dictionary<ManagedNode, int>>(() => Enumerable.Range(0, _all.Length).ToDictionary(place => _all[place], static place => place));
        _byMark = new Lazy<Dictionary<string, List<ManagedNode>>>(IndexMarks);
    }

    /// <summary>Whether no other node exists.</summary>
    public bool IsComplete { get; }

    /// <summary>The nodes that are known by more than their id.</summary>
    public IReadOnlyList<ManagedNode> All => _all;

    /// <summary>What a condition of targets can find a node by.</summary>
    public static IEnumerable<string> Marks(ManagedNode node) =>
        node.Tags.SelectMany(static tag => new[] { Mark("tag:" + tag.Key, tag.Value), Mark("tag-key", tag.Key) })
            .Concat(node.Groups.Select(static group => Mark("group", group)));

    public static string Mark(string key, string value) => key + "=" + value;

    /// <summary>Finds a node, or presumes it.</summary>
    public ManagedNode? Find(string id) => _byId.TryGetValue(id, out ManagedNode? node) ? node
        : IsComplete ? null
        : _presumed.GetOrAdd(id, static id => new ManagedNode(id));

    /// <summary>The same nodes with one more, or another one in its place.</summary>
    public NodeDirectory With(ManagedNode node) => new(_all.Append(node), IsComplete, _presumed);

    /// <summary>The same nodes without one.</summary>
    public NodeDirectory Without(string id) => new(_all.Where(node => node.Id != id), IsComplete, _presumed);

    /// <summary>The nodes that targets select, in the order of the directory.</summary>
    /// <param name="key">The targets as one text.</param>
    /// <param name="conditions">All must hold; each is a list of marks, or of ids, of which one must.</param>
    public ManagedNode[] Select(string key, IReadOnlyList<NodeCondition> conditions) => Select(key, conditions, static node => node.IsUsable);

    /// <summary>The nodes of a kind that conditions select, in the order of the directory.</summary>
    public ManagedNode[] Select(string key, IReadOnlyList<NodeCondition> conditions, Func<ManagedNode, bool> kind) =>
        _selections.GetOrAdd(key, _ => Select(conditions, kind));

    private ManagedNode[] Select(IReadOnlyList<NodeCondition> conditions, Func<ManagedNode, bool> kind)
    {
        IEnumerable<ManagedNode> candidates = conditions.Count == 0 ? [] : Candidates(conditions[0]);
        ManagedNode[] selected = [.. candidates.Where(node => kind(node) && conditions.All(condition => condition.Holds(node))).Distinct()];
        return conditions.Count > 0 && conditions[0].IsForAll
            ? selected
            : [.. selected.OrderBy(node => _order.Value.TryGetValue(node, out int place) ? place : int.MaxValue)];
    }

    private IEnumerable<ManagedNode> Candidates(NodeCondition condition) =>
        condition.IsForAll ? _all
        : condition.IsForIds ? condition.Values.Select(Find).OfType<ManagedNode>()
        : condition.Values.SelectMany(value => _byMark.Value.TryGetValue(value, out List<ManagedNode>? found) ? found : []);

    private Dictionary<string, List<ManagedNode>> IndexMarks()
    {
        var marks = new Dictionary<string, List<ManagedNode>>(StringComparer.Ordinal);
        foreach (ManagedNode node in _all)
        {
            foreach (string mark in Marks(node))
            {
                if (!marks.TryGetValue(mark, out List<ManagedNode>? list))
                {
                    marks.Add(mark, list = []);
                }

                list.Add(node);
            }
        }

        return marks;
    }
}
