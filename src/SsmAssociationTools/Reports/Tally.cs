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
    /// <param name="name">The name; null and empty are not counted.</param>
    public void Add(string? name)
    {
        if (!string.IsNullOrEmpty(name))
        {
            _counts.TryGetValue(name!, out long count);
            _counts[name!] = count + 1;
        }
    }

    /// <summary>How often a name was counted.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The count.</returns>
    public long Of(string name) => _counts.TryGetValue(name, out long count) ? count : 0;

    /// <summary>The names, the most frequent first and of equal ones in the order of their characters.</summary>
    /// <returns>Names with their counts.</returns>
    public IReadOnlyList<KeyValuePair<string, long>> InOrder() =>
        [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
}
