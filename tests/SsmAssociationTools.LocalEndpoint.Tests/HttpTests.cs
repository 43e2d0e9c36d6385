using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using SsmAssociationTools.LocalEndpoint.Http;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>The wire: what is no proper call, many calls at once, and the end.</summary>
public sealed class HttpTests
{
    [Fact]
    public async Task It_listens_on_loopback_only_under_both_names()
    {
        using var endpoint = new TestEndpoint();

        Assert.True(endpoint.Server.Url.IsLoopback);
        foreach (string host in new[] { "127.0.0.1", "localhost", "[::1]" })
        {
            if (host == "[::1]" && !Socket.OSSupportsIPv6)
            {
                continue;
            }

            using HttpRequestMessage request = TestEndpoint.Request("ListAssociations", "{}");
            request.RequestUri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{endpoint.Server.Url.Port}/"));
            using HttpResponseMessage response = await endpoint.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_page_that_points_its_own_name_at_loopback_is_not_served()
    {
        using var endpoint = new TestEndpoint();
        using HttpRequestMessage request = TestEndpoint.Request("ListAssociations", "{}");
        request.Headers.Host = "attacker.example";

        using HttpResponseMessage response = await endpoint.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, endpoint.Server.RequestCount);
    }

    [Fact]
    public async Task An_operation_that_is_not_there_is_unknown()
    {
        using var endpoint = new TestEndpoint();

        foreach (string operation in new[] { "ListCommands", "createassociationbatch", string.Empty })
        {
            TestEndpoint.Reply reply = await endpoint.CallAsync(operation, "{}");
            Assert.Equal((400, "UnknownOperationException"), (reply.Status, reply.Type));
            Assert.NotEmpty(reply.Headers.GetValues("x-amzn-RequestId").Single());
        }
    }

    [Fact]
    public async Task A_call_without_target_type_signature_or_post_is_refused()
    {
        using var endpoint = new TestEndpoint();
        async Task<(HttpStatusCode, string)> SendAsync(Action<HttpRequestMessage> change)
        {
            using HttpRequestMessage request = TestEndpoint.Request("ListAssociations", "{}");
            change(request);
            using HttpResponseMessage response = await endpoint.Http.SendAsync(request);
            return (response.StatusCode, (string)System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!["__type"]!);
        }

        Assert.Equal((HttpStatusCode.BadRequest, "MissingAuthenticationTokenException"), await SendAsync(request => request.Headers.Remove("Authorization")));
        Assert.Equal((HttpStatusCode.BadRequest, "UnknownOperationException"), await SendAsync(request => request.Headers.Remove("X-Amz-Target")));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "UnknownOperationException"),
            await SendAsync(request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/plain")));
        Assert.Equal((HttpStatusCode.NotFound, "UnknownOperationException"), await SendAsync(request => request.Method = HttpMethod.Get));
        Assert.Equal((HttpStatusCode.NotFound, "UnknownOperationException"), await SendAsync(request => request.Method = HttpMethod.Delete));
    }

    [Fact]
    public async Task Bodies_come_in_chunks_and_after_a_continue()
    {
        using var endpoint = new TestEndpoint();
        using HttpRequestMessage request = TestEndpoint.Request("CreateAssociationBatch", string.Empty);
        string body = $"{{\"Entries\":[{string.Join(",", Enumerable.Range(0, 500).Select(TestEndpoint.Tagged))}]}}";
        request.Content = new StreamContent(new DribblingStream(Encoding.UTF8.GetBytes(body)));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage response = await endpoint.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(500, endpoint.Server.AssociationCount);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_answered_and_the_next_call_works()
    {
        using var endpoint = new TestEndpoint();
        string large = new('x', HttpServer.BodyLimit + 1);

        TestEndpoint.Reply reply = await endpoint.CallAsync("ListAssociations", large);
        using HttpRequestMessage chunked = TestEndpoint.Request("ListAssociations", large);
        chunked.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage chunkedReply = await endpoint.Http.SendAsync(chunked);

        Assert.Equal((413, "RequestEntityTooLargeException"), (reply.Status, reply.Type));
        Assert.Equal(413, (int)chunkedReply.StatusCode);
        Assert.Equal(200, (await endpoint.CallAsync("ListAssociations", "{}")).Status);
    }

    [Fact]
    public async Task A_large_body_within_the_limit_is_read()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CallAsync("ListAssociations", $"{{\"Unknown\":\"{new string('x', HttpServer.BodyLimit - 100)}\"}}");

        Assert.Equal(200, reply.Status);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n", "400")]
    [InlineData("\u0016\u0003\u0001\u0002\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nNo colon here\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", "413")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", "501")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", "404")]
    public async Task Bytes_that_are_no_call_get_a_status_and_the_connection_ends(string bytes, string status)
    {
        using var endpoint = new TestEndpoint();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, endpoint.Server.Url.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes));
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);

        Assert.StartsWith("HTTP/1.1 " + status + " ", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(10)));
        client.Client.Shutdown(SocketShutdown.Send);
        await reader.ReadToEndAsync();
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        using var endpoint = new TestEndpoint();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, endpoint.Server.Url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nX: " + new string('x', 100_000)));

        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);

        Assert.StartsWith("HTTP/1.1 431 ", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Calls_in_one_packet_are_answered_one_after_the_other()
    {
        using var endpoint = new TestEndpoint();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, endpoint.Server.Url.Port);
        const string Call = "POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: x\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: AmazonSSM.ListAssociations\r\nContent-Length: 2\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Call + "\r\n{}" + Call + "Connection: close\r\n\r\n{}"));

        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        string all = await reader.ReadToEndAsync();

        Assert.Equal(2, all.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Equal(2, all.Split("{\"Associations\":[]}").Length - 1);
    }

    [Fact]
    public async Task Clients_that_vanish_do_no_harm()
    {
        using var endpoint = new TestEndpoint();
        for (int i = 0; i < 50; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, endpoint.Server.Url.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"));
            client.LingerState = new LingerOption(i % 2 == 0, 0);
        }

        Assert.Equal(200, (await endpoint.CallAsync("ListAssociations", "{}")).Status);
    }

    [Fact]
    public async Task Calls_at_once_are_all_answered_and_each_creates_its_own()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { AssociationLimit = 0, Seed = 1 });

        TestEndpoint.Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 400).Select(
            i => Task.Run(() => i % 4 == 0 ? endpoint.CallAsync("ListAssociations", "{}") : endpoint.CreateAsync(TestEndpoint.Tagged(i), TestEndpoint.Tagged(-i)))));

        Assert.All(replies, reply => Assert.Equal(200, reply.Status));
        Assert.Equal(600, endpoint.Server.AssociationCount);
        Assert.Equal(400, endpoint.Server.RequestCount);
        Assert.Equal(400, replies.Select(reply => reply.Headers.GetValues("x-amzn-RequestId").Single()).Distinct().Count());
    }

    [Fact]
    public async Task Only_one_of_many_creates_a_document_on_a_node()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => endpoint.CreateAsync("""{"Name":"AWS-UpdateSSMAgent","InstanceId":"i-12345678"}""")));

        Assert.Equal(1, replies.Sum(reply => reply.Count("Successful")));
        Assert.Equal(49, replies.Sum(reply => reply.Count("Failed")));
    }

    [Fact]
    public async Task Stopping_ends_calls_in_flight_and_frees_the_port()
    {
        var endpoint = new TestEndpoint(new LocalEndpointOptions { Faults = ["* always delay seconds=600"], Port = QuietPort.Next(), Seed = 1 });
        Task<TestEndpoint.Reply>[] calls = [.. Enumerable.Range(0, 10).Select(_ => endpoint.CallAsync("ListAssociations", "{}"))];
        while (endpoint.Server.RequestCount < 10)
        {
            await Task.Delay(5);
        }

        endpoint.Server.Dispose();
        endpoint.Server.Dispose();

        foreach (Task<TestEndpoint.Reply> call in calls)
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
        }

        using ILocalEndpointServer again = TestEndpoint.Start(new LocalEndpointOptions { Port = endpoint.Server.Url.Port });
        Assert.Equal(endpoint.Server.Url, again.Url);
        endpoint.Dispose();
    }

    [Fact]
    public void A_port_that_is_taken_or_impossible_is_named()
    {
        using var endpoint = new TestEndpoint();

        LocalEndpointException taken = Assert.Throws<LocalEndpointException>(() => TestEndpoint.Start(new LocalEndpointOptions { Port = endpoint.Server.Url.Port }));
        LocalEndpointException impossible = Assert.Throws<LocalEndpointException>(() => TestEndpoint.Start(new LocalEndpointOptions { Port = 70000 }));

        Assert.Equal(("PortInUse", "PortInvalid"), (taken.ErrorId, impossible.ErrorId));
        Assert.Contains(endpoint.Server.Url.Port.ToString(CultureInfo.InvariantCulture), taken.Message);
    }

    [Fact]
    public async Task Latency_comes_before_the_answer_and_not_before_the_work()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { Latency = TimeSpan.FromMinutes(10), Seed = 1 });
        Task<TestEndpoint.Reply> call = endpoint.CreateAsync(TestEndpoint.Tagged(1));
        while (endpoint.Server.AssociationCount == 0)
        {
            await Task.Delay(5);
        }

        Assert.False(call.IsCompleted);
        endpoint.Server.Dispose();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
    }

    [Fact]
    public async Task The_endpoint_runs_in_a_program_of_its_own_and_ends_with_its_input()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        int code = await Task.Run(() => LocalEndpointConsole.Run(["--port", "0", "--limit", "5", "--fault", "* always throttle"], new StringReader("\n"), output, errors));
        int wrong = LocalEndpointConsole.Run(["--prot", "0"], TextReader.Null, output, errors);
        int noValue = LocalEndpointConsole.Run(["--port"], TextReader.Null, output, errors);
        int noNumber = LocalEndpointConsole.Run(["--seed", "x"], TextReader.Null, output, errors);
        int badFault = LocalEndpointConsole.Run(["--fault", "* always nonsense"], TextReader.Null, output, errors);

        Assert.Equal((0, 2, 2, 2, 2), (code, wrong, noValue, noNumber, badFault));
        Assert.Matches(@"\Ahttp://127\.0\.0\.1:[0-9]+/\r?\n\z", output.ToString());
        Assert.Contains("--prot is not an option.", errors.ToString());
        Assert.Contains("'nonsense' is not an effect.", errors.ToString());
    }

    /// <summary>Gives a few bytes at a time, so that lines, lengths and the body itself arrive in pieces.</summary>
    private sealed class DribblingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 997));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, System.Threading.CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 997)], cancellationToken);
    }
}
