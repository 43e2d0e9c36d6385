using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SsmAssociationTools.LocalEndpoint.Faults;
using SsmAssociationTools.LocalEndpoint.Model;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>docs/local-endpoint.md says what the endpoint does, and its examples work.</summary>
public sealed class DocumentationTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Root(), "docs", "local-endpoint.md"));

    [Fact]
    public void Every_effect_and_option_is_described_and_nothing_else()
    {
        Dictionary<string, string> described = Regex.Matches(s_page, @"(?m)^\| `([a-z-]+)` \|(.*)$").ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        described.Remove("always");

        Assert.Equal(FaultParser.Effects.Select(effect => effect.Name).Order(), described.Keys.Order());
        Assert.All(FaultParser.Effects, effect => Assert.All(
            effect.Options,
            option => Assert.Matches($"`{option}(?:=[^`]*)?`", described[effect.Name])));
    }

    [Fact]
    public void Every_example_of_a_fault_is_in_the_notation_and_every_effect_has_one()
    {
        string examples = Block("faults");
        using var file = new TestEndpoint.TemporaryFile(examples);

        List<FaultRule> rules = FaultParser.ReadAll(new LocalEndpointOptions { FaultPath = file.Path });

        Assert.Equal(Enum.GetValues<FaultEffect>(), rules.Select(rule => rule.Effect).Distinct().Order());
    }

    [Fact]
    public async Task The_example_of_an_inventory_is_what_it_says()
    {
        using var file = new TestEndpoint.TemporaryFile(Block("json"));
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });

        Assert.Empty(await endpoint.FailuresAsync(
            """{"Name":"web-config","DocumentVersion":"2","Parameters":{"Level":["1"]},"Targets":[{"Key":"InstanceIds","Values":["i-0123456789abcdef0"]}],"OutputLocation":{"S3Location":{"OutputS3BucketName":"fleet-logs"}}}""",
            """{"Name":"nightly-stop"}""",
            """{"Name":"arn:aws:ssm:us-east-1:999999999999:document/shared-baseline","Targets":[{"Key":"tag:a","Values":["b"]}]}"""));
    }

    [Fact]
    public void Every_error_of_the_batch_is_described()
    {
        string[] described = [.. Regex.Matches(s_page, @"(?m)^\| ([A-Z][A-Za-z]+) \| ").Select(row => row.Groups[1].Value)];

        using Stream stream = typeof(LocalEndpointLauncher).Assembly.GetManifestResourceStream("model.json")!;
        JsonNode model = JsonNode.Parse(stream)!;
        Assert.All(
            model["operations"]!["CreateAssociationBatch"]!["errors"]!.AsArray().Select(error => (string)error!["shape"]!),
            error => Assert.Contains(error, described));
        Assert.All(ApiModel.Load().Operations, operation => Assert.Contains(operation, described));
    }

    [Fact]
    public async Task Built_in_documents_are_of_every_kind_and_can_be_used()
    {
        using Stream stream = typeof(LocalEndpointLauncher).Assembly.GetManifestResourceStream("documents.json")!;
        JsonArray documents = JsonNode.Parse(stream)!["documents"]!.AsArray();
        using var endpoint = new TestEndpoint();

        Assert.InRange(documents.Count, 25, 1000);
        foreach (JsonNode? document in documents)
        {
            string name = (string)document!["name"]!;
            string type = (string)document["type"]!;
            string parameters = string.Join(
                ",",
                (document["parameters"]?.AsObject() ?? []).Where(parameter => (bool?)parameter.Value!["required"] == true)
                    .Select(parameter => $"\"{parameter.Key}\":[\"{parameter.Value!["allowedValues"]?[0] ?? "x"}\"]"));
            string targets = type == "Automation" ? string.Empty : ",\"Targets\":[{\"Key\":\"tag:a\",\"Values\":[\"b\"]}]";

            string? failure = await endpoint.FailureAsync($"{{\"Name\":\"{name}\",\"Parameters\":{{{parameters}}}{targets}}}");

            Assert.Equal(type == "Session" ? "Document type Session is not supported for associations." : null, failure);
        }
    }

    private static string Block(string language) =>
        Regex.Match(s_page, $"```{language}\r?\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SsmAssociationTools.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }
}
