using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Online;

/// <summary>
/// The nodes of a place that were seen so far. Each has a number, so that what selectors select are short lists of numbers
/// however many selectors there are. Safe for concurrent use.
/// </summary>
internal sealed class NodeTable
{
    private readonly object _gate = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];
    private readonly List<bool> _areOnline = [];
    private readonly List<string?> _platforms = [];
    private readonly List<int> _associations = [];

    /// <summary>One text for each platform, however many nodes have it.</summary>
    private readonly Dictionary<string, string> _platformNames = new(StringComparer.Ordinal);

    /// <summary>How many nodes were seen.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ids.Count;
            }
        }
    }

    /// <summary>Takes nodes, and gives them their numbers.</summary>
    public void Add(IEnumerable<NodeRecord> nodes, ICollection<int> numbers)
    {
        lock (_gate)
        {
            foreach (NodeRecord node in nodes)
            {
                if (!_numbers.TryGetValue(node.InstanceId!, out int number))
                {
                    number = _ids.Count;
                    _numbers.Add(node.InstanceId!, number);
                    _ids.Add(node.InstanceId!);
                    _areOnline.Add(false);
                    _platforms.Add(null);
                    _associations.Add(-1);
                }

                _areOnline[number] = node.PingStatus == "Online";
                _platforms[number] = node.PlatformType is { } platform ? Shared(platform) : null;
                _associations[number] = AssociationsOf(node);
                numbers.Add(number);
            }
        }
    }

    public string IdOf(int number)
    {
        lock (_gate)
        {
            return _ids[number];
        }
    }

    /// <summary>What is known of some nodes, taken in one go.</summary>
    public void Read(IReadOnlyList<int> numbers, Action<int, bool, string?, int> take)
    {
        lock (_gate)
        {
            for (int i = 0; i < numbers.Count; i++)
            {
                int number = numbers[i];
                take(number, _areOnline[number], _platforms[number], _associations[number]);
            }
        }
    }

    private string Shared(string platform)
    {
        if (!_platformNames.TryGetValue(platform, out string? shared))
        {
            shared = platform;
            _platformNames.Add(platform, shared);
        }

        return shared;
    }

    /// <summary>How many associations a node has; -1 where the service does not say. A node that none has run on yet has no counts.</summary>
    private static int AssociationsOf(NodeRecord node)
    {
        if (node.AssociationCounts is null)
        {
            return node.AssociationStatus is null ? 0 : -1;
        }

        int sum = 0;
        foreach (int count in node.AssociationCounts.Values)
        {
            sum += count;
        }

        return sum;
    }
}
