namespace SsmAssociationTools.Hostile.Tests;

/// <summary>Which promise was broken.</summary>
internal enum FaultKind
{
    /// <summary>An input has no result, or more than one, or they are out of order.</summary>
    Results,

    /// <summary>More associations were made than there are entries of that content.</summary>
    Doubled,

    /// <summary>An association was made, and the results deny it.</summary>
    Hidden,

    /// <summary>Created, and it does not exist, has no id, or has another content.</summary>
    FalseCreated,

    /// <summary>Two results name one association.</summary>
    SharedId,

    /// <summary>Existing, and it does not exist or has another content.</summary>
    FalseExisting,

    /// <summary>Unknown, although everything that is needed to know was there.</summary>
    NeedlessUnknown,

    /// <summary>The module met an error of its own.</summary>
    InternalError,

    /// <summary>A value of Parameters in a text.</summary>
    Leak,

    /// <summary>Something arrived at the address to which a redirect points.</summary>
    Followed,

    /// <summary>A control or direction character in a text.</summary>
    RawText,

    /// <summary>The run did not end in its time.</summary>
    Endless,

    /// <summary>Something was removed that should have stayed, or a removal is told wrongly.</summary>
    WrongRemoval,

    /// <summary>Somebody's edit was overwritten, or an association changed that nobody named.</summary>
    LostEdit,

    /// <summary>An update left another content than was asked for.</summary>
    LostMember,

    /// <summary>A content arrived that nobody gave.</summary>
    Invented,

    /// <summary>Success, of what did not succeed or has not yet.</summary>
    FalseSuccess,

    /// <summary>Something failed, and the outcome does not say so.</summary>
    MissedFailure,

    /// <summary>Another status than any that held.</summary>
    WrongOutcome,

    /// <summary>An outcome that needs somebody came without its error, or an error without its outcome.</summary>
    NoError,

    /// <summary>More was asked of the service than is promised.</summary>
    TooManyCalls,
}
