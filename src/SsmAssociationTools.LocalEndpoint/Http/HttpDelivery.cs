namespace SsmAssociationTools.LocalEndpoint.Http;

/// <summary>How much of an answer reaches the client.</summary>
internal enum HttpDelivery
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>Headers that announce the whole body, half of the body, then a reset.</summary>
    Truncated,

    /// <summary>Nothing: the connection is reset.</summary>
    Reset,
}
