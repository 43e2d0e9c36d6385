using System;
using System.Collections.Generic;

namespace SsmAssociationTools.LocalEndpoint.Http;

/// <summary>One request as it came over the wire, headers and whole body.</summary>
internal sealed class HttpCall
{
    /// <summary>Makes a call.</summary>
    /// <param name="method">Method, such as POST, as sent.</param>
    /// <param name="path">Request target, as sent.</param>
    /// <param name="headers">Header values by name, names compared without case.</param>
    /// <param name="body">The body without its transfer coding.</param>
    public HttpCall(string method, string path, Dictionary<string, string> headers, ArraySegment<byte> body)
    {
        Method = method;
        Path = path;
        Headers = headers;
        Body = body;
    }

    /// <summary>Method, such as POST, as sent.</summary>
    public string Method { get; }

    /// <summary>Request target, as sent.</summary>
    public string Path { get; }

    /// <summary>Header values by name, names compared without case. The values of a repeated header are joined by a comma.</summary>
    public Dictionary<string, string> Headers { get; }

    /// <summary>The body without its transfer coding; at most <see cref="HttpServer.BodyLimit"/> bytes.</summary>
    public ArraySegment<byte> Body { get; }

    /// <summary>A header's value.</summary>
    /// <param name="name">Header name, any case.</param>
    /// <returns>The value, or null when the header was not sent.</returns>
    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;
}
