namespace SsmAssociationTools.Gateway;

/// <summary>What a failed call means for what it carried. The treatment follows from the kind alone.</summary>
internal enum GatewayErrorKind
{
    /// <summary>The service refused the call and acted on nothing.</summary>
    Rejected,

    /// <summary>The service was too busy and acted on nothing.</summary>
    Throttled,

    /// <summary>The request never reached the service: refused connection, unknown host, failed TLS handshake.</summary>
    NotSent,

    /// <summary>Nothing tells whether the service acted: 5xx, timeout, broken connection, unreadable answer.</summary>
    Ambiguous,

    /// <summary>
    /// The call was not executed, and no other call of this connection will be: the caller may not make it, its credentials are
    /// expired or wrong, or what answers is not the service but sends its callers elsewhere.
    /// </summary>
    Denied,

    /// <summary>No Region was given or found.</summary>
    NoRegion,

    /// <summary>No credentials were given or found.</summary>
    NoCredentials,
}
