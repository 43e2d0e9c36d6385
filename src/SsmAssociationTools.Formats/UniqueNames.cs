using System;
using System.Collections.Generic;
using System.Globalization;

namespace SsmAssociationTools.Formats;

/// <summary>Names resources of a file after their entries, no two of them alike.</summary>
internal sealed class UniqueNames(string separator)
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _next = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What an entry is called: its own name, else its document's without the parts of an ARN before it.</summary>
    public static string Of(AssociationEntry entry)
    {
        string name = entry.AssociationName ?? entry.Name ?? string.Empty;
        return name.Substring(name.LastIndexOfAny(['/', ':']) + 1);
    }

    /// <summary>Makes a name that was not used yet.</summary>
    public string Next(string name)
    {
        string unique = name;
        while (!_taken.Add(unique))
        {
            _next.TryGetValue(name, out int last);
            _next[name] = Math.Max(last, 1) + 1;
            unique = name + separator + _next[name].ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }
}
