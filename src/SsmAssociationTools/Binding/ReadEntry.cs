using System.Collections.Generic;

namespace SsmAssociationTools.Binding;

/// <summary>What reading one pipeline object gave.</summary>
internal readonly struct ReadEntry
{
    /// <summary>Makes a reading.</summary>
    /// <param name="entry">The entry, as far as it could be read; null where the input is no entry at all.</param>
    /// <param name="issues">Problems of reading; empty when there are none.</param>
    public ReadEntry(AssociationEntry? entry, IReadOnlyList<EntryIssue> issues)
    {
        Entry = entry;
        Issues = issues;
    }

    /// <summary>The entry, as far as it could be read; null where the input is no entry at all.</summary>
    public AssociationEntry? Entry { get; }

    /// <summary>Problems of reading; empty when there are none.</summary>
    public IReadOnlyList<EntryIssue> Issues { get; }
}
