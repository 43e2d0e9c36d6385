using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.Module.Tests.Fleet;

/// <summary>Calls an endpoint without the module: what it says is what is true.</summary>
internal sealed class RawClient(Uri url) : IDisposable
{
    private static readonly string[] s_service =
        ["AssociationId", "AssociationVersion", "Date", "LastUpdateAssociationDate", "LastExecutionDate", "LastSuccessfulExecutionDate", "Overview", "Status", "CreatedDate"];

    private readonly HttpClient _client = new();

    public IReadOnlyList<string> Create(IEnumerable<JsonObject> entries, string? role = null)
    {
        var ids = new List<string>();
        foreach (JsonObject[] chunk in entries.Chunk(50))
        {
            var request = new JsonObject { ["Entries"] = new JsonArray([.. chunk.Select(entry => entry.DeepClone())]) };
            if (role is not null)
            {
                request["AssociationDispatchAssumeRole"] = role;
            }

            JsonNode answer = Call("CreateAssociationBatch", request)!;
            if (((JsonArray)answer["Failed"]!).Count > 0)
            {
                throw new InvalidOperationException(answer["Failed"]!.ToJsonString());
            }

            ids.AddRange(((JsonArray)answer["Successful"]!).Select(item => (string)item!["AssociationId"]!));
        }

        return ids;
    }

    public JsonObject Describe(string id, int? version = null)
    {
        var request = new JsonObject { ["AssociationId"] = id };
        if (version is not null)
        {
            request["AssociationVersion"] = $"{version}";
        }

        return (JsonObject)Call("DescribeAssociation", request)!["AssociationDescription"]!;
    }

    public static int Version(JsonObject description) => int.Parse((string)description["AssociationVersion"]!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The members that make the association up, without what the service adds.</summary>
    public static JsonObject Content(JsonObject description)
    {
        var content = new JsonObject();
        foreach ((string name, JsonNode? value) in description)
        {
            bool isMadeUp = name == "Targets" && value!.ToJsonString().Contains("aws:NoOpAutomationTag", StringComparison.Ordinal);
            if (!s_service.Contains(name) && !isMadeUp)
            {
                content[name] = value!.DeepClone();
            }
        }

        return content;
    }

    /// <summary>The answer, or null where the service refuses.</summary>
    public JsonNode? Try(string operation, JsonObject body)
    {
        using HttpResponseMessage response = Send(operation, body);
        return response.IsSuccessStatusCode ? JsonNode.Parse(response.Content.ReadAsStream()) : null;
    }

    public JsonNode? Call(string operation, JsonObject body)
    {
        using HttpResponseMessage response = Send(operation, body);
        using var reader = new System.IO.StreamReader(response.Content.ReadAsStream());
        string text = reader.ReadToEnd();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text) : throw new InvalidOperationException($"{operation}: {text}");
    }

    public void Dispose() => _client.Dispose();

    private HttpResponseMessage Send(string operation, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Add("X-Amz-Target", "AmazonSSM." + operation);
        request.Headers.TryAddWithoutValidation("Authorization", "test");
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        return _client.Send(request);
    }
}
