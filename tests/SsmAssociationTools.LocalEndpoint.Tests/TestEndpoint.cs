using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>An endpoint started for one test, with the two ways to talk to it: bare HTTP and the AWS SDK.</summary>
internal sealed class TestEndpoint : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly string _region;

    public TestEndpoint(params string[] faults)
        : this(new LocalEndpointOptions { Faults = faults, Seed = 1, Documents = ["customer-doc"] })
    {
    }

    public TestEndpoint(LocalEndpointOptions options)
    {
        _region = options.Region;
        Server = Start(options);
        Http = Own(new HttpClient { BaseAddress = Server.Url, Timeout = TimeSpan.FromMinutes(5) });
    }

    public ILocalEndpointServer Server { get; }

    public HttpClient Http { get; }

    public static ILocalEndpointServer Start(LocalEndpointOptions options) => ((ILocalEndpointLauncher)new LocalEndpointLauncher()).Start(options);

    /// <summary>
    /// A client that sends each call once. MaxErrorRetry alone does not see to that: the SDK sends a call again up to ten
    /// times when its connection is reset, which it takes for a stale one, and that does not count as a retry.
    /// </summary>
    public AmazonSimpleSystemsManagementClient Sdk() => Own(new AmazonSimpleSystemsManagementClient(
        new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
        new AmazonSimpleSystemsManagementConfig
        {
            ServiceURL = Server.Url.ToString(),
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            Timeout = TimeSpan.FromMinutes(5),
        }));

    public static HttpRequestMessage Request(string operation, string body, string region = "us-east-1", string accessKey = "AKIDEXAMPLE")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, string.Empty)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "AmazonSSM." + operation);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={accessKey}/20200324/{region}/ssm/aws4_request");
        return request;
    }

    public async Task<Reply> CallAsync(string operation, string body, string? region = null, string accessKey = "AKIDEXAMPLE")
    {
        using HttpRequestMessage request = Request(operation, body, region ?? _region, accessKey);
        using HttpResponseMessage response = await Http.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
    }

    public Task<Reply> CreateAsync(params string[] entries) => CallAsync("CreateAssociationBatch", $"{{\"Entries\":[{string.Join(",", entries)}]}}");

    /// <summary>The texts of the failed entries of one call.</summary>
    public async Task<string?[]> FailuresAsync(params string[] entries)
    {
        Reply reply = await CreateAsync(entries);
        if (reply.Status != 200)
        {
            throw new InvalidOperationException(reply.Body);
        }

        return [.. reply.Json["Failed"]!.AsArray().Select(failure => (string?)failure!["Message"])];
    }

    public async Task<string?> FailureAsync(string entry) => (await FailuresAsync(entry)).SingleOrDefault();

    public void Dispose()
    {
        _owned.ForEach(owned => owned.Dispose());
        Server.Dispose();
    }

    /// <summary>An entry that is valid in every inventory used here.</summary>
    public static string Tagged(int number) =>
        $"{{\"Name\":\"AWS-RunPatchBaseline\",\"AssociationName\":\"patch-{number.ToString(CultureInfo.InvariantCulture)}\",\"Targets\":[{{\"Key\":\"tag:Role\",\"Values\":[\"web\"]}}],\"Parameters\":{{\"Operation\":[\"Scan\"]}}}}";

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    internal sealed record Reply(int Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        public string? Type => (string?)Json["__type"];

        public string? Message => (string?)(Json[nameof(Message)] ?? Json["message"]);

        public int Count(string list) => Json[list]!.AsArray().Count;
    }

    internal sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string? content = null)
        {
            if (content is not null)
            {
                File.WriteAllText(Path, content);
            }
        }

        /// <summary>A file that something else makes beside another one.</summary>
        public TemporaryFile(string suffix, TemporaryFile beside) => Path = beside.Path + suffix;

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "endpoint-" + Guid.NewGuid().ToString("N"));

        public void Dispose() => File.Delete(Path);
    }
}
