using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Tests.Credentials;

namespace SsmAssociationTools.Tests.Gateway;

/// <summary>A service that gives one answer over real HTTP, and the adapter's gateway to it through the real SDK.</summary>
internal sealed class StubService : IDisposable
{
    public const string Date = "Fri, 05 Jun 2026 10:20:30 GMT";

    private readonly Machine _machine = new();
    private readonly StandIn _service;

    public StubService(string body, int status = 200, string? requestId = "0d0a-request", string? date = Date)
    {
        _service = new StandIn(_ => new StandInAnswer(status, body, "application/x-amz-json-1.1") { Headers = Headers(requestId, date) });
        Gateway = _machine.Connect(new ConnectionSettings { Region = "eu-west-1", AccessKey = "AKIA", SecretKey = "s", EndpointUrl = _service.Url });
    }

    public IFleetGateway Gateway { get; }

    /// <summary>The operation that was called.</summary>
    public string Operation => _service.Requests.Single().Header("X-Amz-Target")!;

    /// <summary>The body that was sent, with its members in the order of their names.</summary>
    public string Sent => Sorted(JsonNode.Parse(_service.Requests.Single().Body)!).ToJsonString();

    public void Dispose()
    {
        Gateway.Dispose();
        _service.Dispose();
        _machine.Dispose();
    }

    private static Dictionary<string, string> Headers(string? requestId, string? date)
    {
        var headers = new Dictionary<string, string>();
        if (requestId is not null)
        {
            headers.Add("x-amzn-RequestId", requestId);
        }

        if (date is not null)
        {
            headers.Add("Date", date);
        }

        return headers;
    }

    private static JsonNode Sorted(JsonNode node) => node is JsonObject members
        ? new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : Sorted(member.Value.DeepClone()))))
        : node;
}
