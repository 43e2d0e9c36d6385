using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>One key of targets: a node has to have one of its values.</summary>
internal sealed class NodeCondition
{
    private readonly HashSet<string> _values;

    private NodeCondition(bool isForIds, IEnumerable<string> values)
    {
        IsForIds = isForIds;
        _values = new HashSet<string>(values, StringComparer.Ordinal);
        IsForAll = isForIds && _values.Contains("*");
    }

    /// <summary>Whether its values are ids and not marks.</summary>
    public bool IsForIds { get; }

    /// <summary>Whether every node is meant.</summary>
    public bool IsForAll { get; }

    public IReadOnlyCollection<string> Values => _values;

    public static NodeCondition Ids(IEnumerable<string> ids) => new(true, ids);

    /// <summary>A condition on tags or resource groups.</summary>
    /// <param name="key">A key as marks have it: tag:NAME, tag-key or group.</param>
    /// <param name="values">Values of which one must be there.</param>
    public static NodeCondition Marks(string key, IEnumerable<string> values) => new(false, values.Select(value => NodeDirectory.Mark(key, value)));

    public bool Holds(ManagedNode node) =>
        IsForAll || (IsForIds ? _values.Contains(node.Id) : NodeDirectory.Marks(node).Any(_values.Contains));
}
