namespace SsmAssociationTools.LocalEndpoint.Faults;

/// <summary>What a fault does to a call. The notation's words are in <see cref="FaultParser"/>.</summary>
internal enum FaultEffect
{
    /// <summary>Answers a throttling error; nothing was done.</summary>
    Throttle,

    /// <summary>Answers a 5xx.</summary>
    ServerError,

    /// <summary>Resets the connection.</summary>
    Reset,

    /// <summary>Answers late.</summary>
    Delay,

    /// <summary>Sends half of the body.</summary>
    Truncate,

    /// <summary>Sends a body that is no JSON.</summary>
    Malformed,

    /// <summary>Sends no body.</summary>
    Empty,

    /// <summary>Sends a web page instead of JSON.</summary>
    WrongType,

    /// <summary>Answers an error for the whole call.</summary>
    Error,

    /// <summary>Answers lists in another order.</summary>
    Reorder,

    /// <summary>Leaves items out of the lists.</summary>
    Omit,

    /// <summary>Answers null for lists.</summary>
    NullLists,

    /// <summary>Leaves texts of failures out.</summary>
    NoMessage,

    /// <summary>Does not see young associations.</summary>
    Lag,

    /// <summary>Fails entries of a batch.</summary>
    FailEntries,

    /// <summary>Throttles above a rate.</summary>
    RateLimit,
}
