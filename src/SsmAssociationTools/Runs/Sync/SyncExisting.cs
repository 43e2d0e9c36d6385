using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>An association that exists, in the plan of a place: at first a line of the list, then read whole where that is needed.</summary>
internal sealed class SyncExisting
{
    public SyncExisting(AssociationRecord line)
    {
        Line = line;
        Content = ReadBackContent.Of(line.Content, line.AssociationId);
    }

    /// <summary>What the list says.</summary>
    public AssociationRecord Line { get; }

    public string AssociationId => Line.AssociationId!;

    /// <summary>The association as it was read whole; null while it was not.</summary>
    public AssociationRecord? Whole { get; private set; }

    /// <summary>Its content without what the service fills in; only the members of a list line while it was not read whole.</summary>
    public AssociationEntry Content { get; private set; }

    /// <summary>Key of the whole content; meaningless while it was not read.</summary>
    public ContentKey Key { get; private set; }

    /// <summary>Key of what the line of the list says.</summary>
    public ContentKey ListedKey { get; set; }

    /// <summary>True where it was deleted while the list was read.</summary>
    public bool IsGone { get; set; }

    /// <summary>True once a wanted entry has it.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Takes the whole association.</summary>
    public void Read(AssociationRecord whole, CanonicalContent canonical)
    {
        Whole = whole;
        Content = ReadBackContent.Of(whole.Content, AssociationId);
        Key = canonical.KeyOf(ComparedContent.Of(Content));
    }
}
