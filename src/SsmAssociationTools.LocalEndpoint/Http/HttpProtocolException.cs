using System;

namespace SsmAssociationTools.LocalEndpoint.Http;

/// <summary>A request that cannot be read as HTTP/1.1; it is answered with a status and the connection closes.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught inside the HTTP server.
internal sealed class HttpProtocolException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="status">HTTP status code of the answer.</param>
    /// <param name="message">What is wrong.</param>
    public HttpProtocolException(int status, string message)
        : base(message) => Status = status;

    /// <summary>HTTP status code of the answer.</summary>
    public int Status { get; }
}
