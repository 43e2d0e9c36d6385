using SsmAssociationTools.Content;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>A wanted entry in the plan of a place.</summary>
internal sealed class SyncWanted
{
    public SyncWanted(long index, AssociationEntry entry)
    {
        Index = index;
        Entry = entry;
        Content = ReadBackContent.Of(entry, null);
    }

    /// <summary>Place in the input, from 0.</summary>
    public long Index { get; }

    /// <summary>The entry as it was read.</summary>
    public AssociationEntry Entry { get; }

    /// <summary>Its content without what the service takes for absent.</summary>
    public AssociationEntry Content { get; }

    /// <summary>Key of the content.</summary>
    public ContentKey Key { get; set; }

    /// <summary>Key of what a line of the list would say of it.</summary>
    public ContentKey ListedKey { get; set; }

    /// <summary>What is to be done.</summary>
    public SyncAction Action { get; set; }

    /// <summary>The association that belongs to it; null where none does.</summary>
    public SyncExisting? Partner { get; set; }

    /// <summary>Why it cannot be told what is to be done; null where it can.</summary>
    public string? Doubt { get; set; }
}
