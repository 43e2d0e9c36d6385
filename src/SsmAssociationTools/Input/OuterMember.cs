namespace SsmAssociationTools.Input;

/// <summary>Members of objects that hold an entry instead of being one.</summary>
internal enum OuterMember
{
    None,

    /// <summary>Something that holds the entry: a result, a verdict, an item of Failed.</summary>
    Entry,

    /// <summary>Something that holds many entries: a request, the document of the AWS CLI.</summary>
    Entries,

    /// <summary>Something that holds an existing association: an answer of the AWS CLI.</summary>
    Description,
}
