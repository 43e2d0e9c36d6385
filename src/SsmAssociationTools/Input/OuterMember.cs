namespace SsmAssociationTools.Input;

/// <summary>Members of objects that hold an entry instead of being one.</summary>
internal enum OuterMember
{
    None,

    /// <summary>Something that holds the entry: a result, a verdict, an item of Failed.</summary>
    Entry,

    /// <summary>Something that holds many entries: a request, the document of the AWS CLI.</summary>
    Entries,

    /// <summary>A list of associations in an answer of the service, or of failed entries.</summary>
    Answer,

    /// <summary>The versions of one association.</summary>
    Versions,

    /// <summary>Something that holds an existing association: an answer of the AWS CLI.</summary>
    Description,
}
