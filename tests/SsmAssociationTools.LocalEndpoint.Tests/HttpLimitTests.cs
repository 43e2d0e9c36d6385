using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.LocalEndpoint.Http;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>Clients that are slow, that say things twice, or that never come to an end.</summary>
public sealed class HttpLimitTests
{
    private const string Call = "POST / HTTP/1.1\r\nHost: localhost\r\n";
    private const string Signed = Call + "Authorization: x\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: AmazonSSM.ListAssociations\r\n";
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Every_answer_has_a_date()
    {
        using var endpoint = new TestEndpoint();
        using var raw = new RawClient(endpoint.Server.Url.Port);

        TestEndpoint.Reply good = await endpoint.CallAsync("ListAssociations", "{}");
        TestEndpoint.Reply refused = await endpoint.CallAsync("ListAssociations", "[]");
        await raw.SendAsync("GARBAGE\r\n\r\n");
        string garbage = await raw.ReadToEndAsync();

        Assert.InRange(good.Headers.Date!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.NotNull(refused.Headers.Date);
        Assert.Matches("\r\nDate: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT\r\n", garbage);
    }

    [Theory]
    [InlineData("Host: localhost\r\nHost: localhost\r\nContent-Length: 0\r\n", "400", "The header Host is there twice.")]
    [InlineData("Host: localhost\r\nhost: other\r\nContent-Length: 0\r\n", "400", "twice")]
    [InlineData("Host: localhost\r\nContent-Length: 0\r\nContent-Length: 0\r\n", "400", "The header Content-Length is there twice.")]
    [InlineData("Host: localhost\r\nContent-Length: 2\r\nContent-Length: 5\r\n", "400", "twice")]
    [InlineData("Host: localhost\r\nContent-Length: 2, 2\r\n", "400", "not a number")]
    [InlineData("Host: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n", "400", "does not go with")]
    [InlineData("Host: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "400", "twice")]
    [InlineData("Host: localhost\r\nTransfer-Encoding: chunked, chunked\r\n", "501", "chunked")]
    [InlineData("Host: localhost\r\nTransfer-Encoding: gzip, chunked\r\n", "501", "chunked")]
    [InlineData("Host: localhost\r\nContent-Length : 0\r\n", "400", "Name: value")]
    [InlineData("Host: localhost\r\n Content-Length: 0\r\n", "400", "Name: value")]
    [InlineData("Host: localhost\r\nX: a\nContent-Length: 0\r\n", "400", "Name: value")]
    [InlineData("Host: localhost\r\nX: a\rb\r\n", "400", "Name: value")]
    [InlineData("Host: localhost\r\nX-Amz-Target: AmazonSSM.ListAssociations\r\nX-Amz-Target: AmazonSSM.DeleteAssociation\r\n", "400", "twice")]
    [InlineData("Host: localhost\r\nAuthorization: a\r\nAuthorization: b\r\n", "400", "twice")]
    public async Task What_is_said_twice_or_in_two_ways_is_refused(string headers, string status, string text)
    {
        using var endpoint = new TestEndpoint();
        using var client = new RawClient(endpoint.Server.Url.Port);

        await client.SendAsync("POST / HTTP/1.1\r\n" + headers + "\r\n");
        string answer = await client.ReadToEndAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.Contains(text, answer);
        Assert.Equal(0, endpoint.Server.RequestCount);
    }

    [Fact]
    public async Task Headers_that_may_be_repeated_are()
    {
        using var endpoint = new TestEndpoint();
        using var client = new RawClient(endpoint.Server.Url.Port);

        await client.SendAsync(Signed + "Accept: a\r\nAccept: b\r\nConnection: keep-alive, close\r\nContent-Length: 2\r\n\r\n{}");

        Assert.StartsWith("HTTP/1.1 200 ", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Trailers_are_read_and_dropped()
    {
        using var endpoint = new TestEndpoint();
        using var client = new RawClient(endpoint.Server.Url.Port);

        await client.SendAsync(Signed + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nX-Checksum: 1\r\nX-More: 2\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", await client.ReadToEndAsync());
    }

    [Theory]
    [InlineData("0\r\n", "X: y\r\n", "431")]
    [InlineData("0\r\nX: ", "yyyyyyyy", "431")]
    [InlineData("1;", "extension", "431")]
    [InlineData("", "1\r\nx\r\n", "413")]
    [InlineData("0\r\nnot a trailer\r\n\r\n", "", "400")]
    [InlineData("0\r\nHost: a\r\nHost: b\r\n\r\n", "", "400")]
    [InlineData("2\n{}\r\n0\r\n\r\n", "", "400")]
    [InlineData("+2\r\n{}\r\n0\r\n\r\n", "", "400")]
    [InlineData("0x2\r\n{}\r\n0\r\n\r\n", "", "400")]
    [InlineData("-1\r\n{}\r\n0\r\n\r\n", "", "400")]
    [InlineData("FFFFFFFF\r\n{}\r\n0\r\n\r\n", "", "400")]
    public async Task A_chunked_body_that_never_ends_or_is_none_is_refused(string start, string repeated, string status)
    {
        using var endpoint = new TestEndpoint();
        using var client = new RawClient(endpoint.Server.Url.Port);
        await client.SendAsync(Call + "Transfer-Encoding: chunked\r\n\r\n" + start);

        Task<string> answer = client.ReadToEndAsync();
        string more = string.Concat(Enumerable.Repeat(repeated, 10_000));
        for (int i = 0; i < 1000 && more.Length > 0 && !answer.IsCompleted && await client.TrySendAsync(more); i++)
        {
        }

        client.EndSending();
        Assert.StartsWith($"HTTP/1.1 {status} ", await answer);
        Assert.Equal(0, endpoint.Server.RequestCount);
    }

    [Fact]
    public async Task A_connection_without_a_call_is_closed_without_a_word()
    {
        int calls = 0;
        using HttpServer server = Server(new HttpLimits { Idle = s_short, Head = s_long, Grace = s_long }, _ => calls++);
        using var fresh = new RawClient(server.Port);

        Assert.Empty(await fresh.ReadToEndAsync());
        Assert.EndsWith("\r\n\r\nok", await AnswerAsync(server, () => calls > 0));
    }

    [Theory]
    [InlineData("P")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\nPOST")]
    public async Task A_call_whose_headers_do_not_end_is_ended(string start)
    {
        using HttpServer server = Server(new HttpLimits { Idle = s_long, Head = s_short, Grace = s_long });
        using var client = new RawClient(server.Port);

        await client.SendAsync(start);

        Assert.Contains("HTTP/1.1 408 Request Timeout\r\n", await client.ReadToEndAsync());
    }

    [Theory]
    [InlineData("Content-Length: 1000000\r\n\r\n", "x")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nFFFFF\r\n", "x")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n")]
    public async Task A_body_that_drips_is_ended(string start, string drop)
    {
        int calls = 0;
        using HttpServer server = Server(new HttpLimits { Idle = s_long, Head = s_long, Grace = s_short, BytesPerSecond = 1_000_000 }, _ => calls++);
        using var client = new RawClient(server.Port);
        await client.SendAsync(Call + start);

        while (await client.TrySendAsync(drop))
        {
            await Task.Delay(20);
        }

        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task An_answer_that_is_not_fetched_does_not_keep_the_connection()
    {
        byte[] large = new byte[64 * 1024 * 1024];
        using HttpServer server = Server(new HttpLimits { Idle = s_long, Head = s_long, Grace = s_short, BytesPerSecond = int.MaxValue }, body: large);
        using var client = new RawClient(server.Port);
        await client.SendAsync(Call + "Content-Length: 0\r\n\r\n");

        // The end of the connection shows when sending fails; nothing of the answer is read before.
        while (await client.TrySendAsync(" "))
        {
            await Task.Delay(20);
        }

        Assert.True((await client.ReadToEndAsync()).Length < large.Length);
    }

    [Fact]
    public async Task Work_that_takes_longer_than_every_limit_is_waited_for()
    {
        int calls = 0;
        var limits = new HttpLimits { Idle = s_short, Head = s_short, Grace = s_short };
        using HttpServer server = Server(limits, _ =>
        {
            calls++;
            Thread.Sleep(TimeSpan.FromSeconds(1.5));
        });

        Assert.EndsWith("\r\n\r\nok", await AnswerAsync(server, () => calls > 0));
    }

    /// <summary>The answer to a call that was read. On a busy machine the limits may be over before a client has come to its call; then it comes again.</summary>
    private static async Task<string> AnswerAsync(HttpServer server, Func<bool> wasRead)
    {
        string answer = string.Empty;
        while (!wasRead())
        {
            using var client = new RawClient(server.Port);
            answer = await client.TrySendAsync(Call + "Content-Length: 0\r\n\r\n") ? await client.ReadToEndAsync() : string.Empty;
        }

        return answer;
    }

    private static HttpServer Server(HttpLimits limits, Action<HttpCall>? act = null, byte[]? body = null) => new(
        0,
        (call, _) =>
        {
            act?.Invoke(call);
            return Task.FromResult(new HttpAnswer(200, body ?? "ok"u8.ToArray()));
        },
        () => DateTime.UtcNow,
        limits);

    /// <summary>A client without manners.</summary>
    private sealed class RawClient : IDisposable
    {
        private readonly TcpClient _client = new();

        private readonly NetworkStream _stream;

        public RawClient(int port)
        {
            _client.Connect(IPAddress.Loopback, port);
            _stream = _client.GetStream();
        }

        public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text));

        public async Task<bool> TrySendAsync(string text)
        {
            try
            {
                await SendAsync(text);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }

        public void EndSending()
        {
            try
            {
                _client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The other side was faster.
            }
        }

        /// <summary>All that comes until the other side ends the connection, in whatever way.</summary>
        public async Task<string> ReadToEndAsync()
        {
            List<byte> all = [];
            byte[] buffer = new byte[64 * 1024];
            try
            {
                for (int count; (count = await _stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromMinutes(10))) > 0;)
                {
                    all.AddRange(buffer.AsSpan(0, count).ToArray());
                }
            }
            catch (IOException)
            {
                // A reset is an end too.
            }

            return Encoding.Latin1.GetString([.. all]);
        }

        public void Dispose() => _client.Dispose();
    }
}
