using System;
using System.Collections.Generic;
using System.Linq;

namespace SsmAssociationTools.Reports;

/// <summary>Counts how often names occur.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How many different names there are.</summary>
    public int Names => _counts.Count;

    /// <summary>Counts a name.</summary>
    public void Add(string? name)
    {
        if (!string.IsNullOrEmpty(name))
        {
            _counts.TryGetValue(name!, out long count);
            _counts[name!] = count + 1;
        }
    }

    /// <summary>How often a name was counted.</summary>
    public long Of(string name) => _counts.TryGetValue(name, out long count) ? count : 0;

    /// <summary>The names, the most frequent first and of equal ones in the order of their characters.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> InOrder() =>
        [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
}
