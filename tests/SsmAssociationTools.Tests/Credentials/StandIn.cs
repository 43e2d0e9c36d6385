using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>
/// A stand-in on loopback for a service that gives credentials. The test decides on each answer and sees each request; one
/// request for each connection is enough. Also compiled into the tests of the staged module.
/// </summary>
internal sealed class StandIn : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<StandInRequest, StandInAnswer> _answer;
    private readonly ConcurrentQueue<StandInRequest> _requests = new();

    public StandIn(Func<StandInRequest, StandInAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    public IReadOnlyList<StandInRequest> Requests => [.. _requests];

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = ServeAsync(client);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // Closed by the test.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using NetworkStream stream = client.GetStream();
                if (await ReadAsync(stream) is not { } request)
                {
                    return;
                }

                _requests.Enqueue(request);
                StandInAnswer answer = _answer(request);
                byte[] body = answer.IsPacked ? Packed(answer.Body) : Encoding.UTF8.GetBytes(answer.Body);
                string packing = answer.IsPacked ? "Content-Encoding: gzip\r\n" : string.Empty;
                string head = $"HTTP/1.1 {answer.Status} Answer\r\nContent-Length: {body.Length}\r\nContent-Type: {answer.ContentType}\r\nConnection: close\r\n{packing}{string.Concat(answer.Headers.Select(header => $"{header.Key}: {header.Value}\r\n"))}\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
                await stream.WriteAsync(body);
            }
            catch (IOException)
            {
                // The caller went away.
            }
        }
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionMode.Compress))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static async Task<StandInRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase);
        int length = headers.TryGetValue("Content-Length", out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body);
        string[] start = lines[0].Split(' ');
        return new StandInRequest(start[0], start[1], headers, Encoding.UTF8.GetString(body));
    }
}
