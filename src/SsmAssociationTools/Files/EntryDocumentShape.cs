namespace SsmAssociationTools.Files;

/// <summary>What a JSON file is as a whole.</summary>
public enum EntryDocumentShape
{
    /// <summary>A list of entries.</summary>
    Array,

    /// <summary>The document of the AWS CLI: <c>{"Entries":[...]}</c>, for --cli-input-json.</summary>
    Entries,
}
