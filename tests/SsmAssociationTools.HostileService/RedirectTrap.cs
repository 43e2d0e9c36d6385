using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text;

namespace SsmAssociationTools.HostileService;

/// <summary>Another host, to which redirects point. Nothing may ever arrive there.</summary>
public sealed class RedirectTrap : IDisposable
{
    private readonly ConcurrentQueue<RawRequest> _caught = new();
    private readonly RawServer _server;

    public RedirectTrap() => _server = new RawServer(async (request, connection) =>
    {
        _caught.Enqueue(request);
        const string Body = "{\"Successful\":[{\"AssociationId\":\"00000000-0000-4000-8000-000000000bad\",\"AssociationVersion\":\"1\"}],\"Failed\":[]}";
        await connection.WriteAsync(Encoding.UTF8.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {Body.Length}\r\n\r\n{Body}")).ConfigureAwait(false);
    });

    public Uri Url => _server.Url;

    public IReadOnlyList<RawRequest> Caught => [.. _caught];

    public void Dispose() => _server.Dispose();
}
