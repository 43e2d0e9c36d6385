using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>The reported cases that need a session or the local endpoint. The table and the other cases are those of the test of the same name.</summary>
public sealed class ReportedCaseTests : IDisposable
{
    private static readonly JsonElement[] s_lines =
        [.. File.ReadAllLines(Path.Combine(TestPaths.Repository, "tests", "SsmAssociationTools.Tests", "Data", "reported-cases.jsonl")).Select(static line => JsonElement.Parse(line))];

    private readonly EndpointSession _endpoint = new();

    public static TheoryData<int, string> Scripts() => Lines("script");

    public static TheoryData<int, string> Elsewhere() => Lines("test");

    public void Dispose() => _endpoint.Dispose();

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_reported_case_gives_its_output(int index, string name)
    {
        string output = string.Join('\n', _endpoint.Run(s_lines[index].GetProperty("script").GetString()!).WithoutErrors().Output.Select(item => $"{item}"));

        Assert.True(output == string.Join('\n', s_lines[index].GetProperty("output").EnumerateArray()), $"{name}: {output}");
    }

    [Fact]
    public void The_local_endpoint_refuses_a_runbook_with_InstanceId_for_its_schema_version()
    {
        using var client = new HttpClient();
        using var content = new StringContent("""{"Name":"AWS-StopEC2Instance","InstanceId":"i-0123456789abcdef0"}""", Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        content.Headers.Add("X-Amz-Target", "AmazonSSM.CreateAssociation");
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint.Url) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "test");
        using HttpResponseMessage response = client.Send(request);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        string answer = reader.ReadToEnd();

        Assert.Contains("InvalidDocument", answer, StringComparison.Ordinal);
        Assert.Contains("Document schema version, 0.3", answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void A_case_that_another_test_shows_names_that_test(int index, string name)
    {
        string[] test = s_lines[index].GetProperty("test").GetString()!.Split('.');
        string type = string.Join('.', test[..^1]);
        if (type.StartsWith("SsmAssociationTools.Module.Tests.", StringComparison.Ordinal))
        {
            Assert.True(typeof(ReportedCaseTests).Assembly.GetType(type)?.GetMethod(test[^1])?.GetCustomAttribute<FactAttribute>() is not null, name);
        }
    }

    private static TheoryData<int, string> Lines(string way)
    {
        var cases = new TheoryData<int, string>();
        foreach ((int index, JsonElement line) in s_lines.Index())
        {
            if (line.TryGetProperty(way, out _))
            {
                cases.Add(index, line.GetProperty("id").GetString()!);
            }
        }

        return cases;
    }
}
