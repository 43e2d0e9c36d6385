using System;
using System.Collections.Generic;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Online;

/// <summary>The associations that exist in a place, found by id and by name. Never changes.</summary>
internal sealed class ExistingTable
{
    private readonly Dictionary<string, AssociationRecord> _byId = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that several have names none of them: null.</summary>
    private readonly Dictionary<string, AssociationRecord?> _byName = new(StringComparer.Ordinal);

    public ExistingTable(IReadOnlyCollection<AssociationRecord> lines)
    {
        Count = lines.Count;
        foreach (AssociationRecord line in lines)
        {
            _byId[line.AssociationId!] = line;
            if (line.Content.AssociationName is { Length: > 0 } name)
            {
                _byName[name] = _byName.ContainsKey(name) ? null : line;
            }
        }
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The association that an entry stands for.</summary>
    /// <param name="id">The id that came with the entry; null for none.</param>
    /// <returns>The association; null for a new one.</returns>
    public AssociationRecord? Find(string? id, AssociationEntry entry)
    {
        if (id is not null && _byId.TryGetValue(id.Trim(), out AssociationRecord? byId))
        {
            return byId;
        }

        return entry.AssociationName is { Length: > 0 } name && _byName.TryGetValue(name, out AssociationRecord? byName) ? byName : null;
    }
}
