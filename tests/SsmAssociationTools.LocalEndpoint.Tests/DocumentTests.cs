using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>Documents as they can be read.</summary>
public sealed class DocumentTests
{
    private const string Inventory = """
        {"documents":[
          {"name":"web-config","description":"Configures the web server.","platformTypes":["Linux"],"versions":["1","2","3"],"defaultVersion":"2",
           "parameters":{"Level":{"required":true,"allowedValues":["1","2"]},"Note":{"maxChars":80},"Flags":{"type":"StringList"}}},
          {"name":"whole","content":{"schemaVersion":"2.2","description":"As it is.","parameters":{"A":{"type":"String"},"B":{"type":"String","default":"b","allowedPattern":"^b$"}},"mainSteps":[]}},
          {"name":"arn:aws:ssm:us-east-1:999999999999:document/shared"}]}
        """;

    [Fact]
    public async Task Every_document_has_a_content_that_declares_what_an_entry_may_give()
    {
        using var endpoint = new TestEndpoint();
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();
        var request = new ListDocumentsRequest { Filters = [new DocumentKeyValuesFilter { Key = "Owner", Values = ["Amazon"] }] };
        int count = 0;
        do
        {
            ListDocumentsResponse page = await sdk.ListDocumentsAsync(request);
            foreach (DocumentIdentifier document in page.DocumentIdentifiers)
            {
                count++;
                GetDocumentResponse got = await sdk.GetDocumentAsync(new GetDocumentRequest { Name = document.Name });
                DocumentDescription described = (await sdk.DescribeDocumentAsync(new DescribeDocumentRequest { Name = document.Name })).Document;
                JsonNode content = JsonNode.Parse(got.Content)!;

                Assert.Equal(document.SchemaVersion, (string?)content["schemaVersion"]);
                Assert.NotEmpty((string)content["description"]!);
                Assert.Equal(
                    (content["parameters"]?.AsObject() ?? []).Select(parameter => parameter.Key),
                    (described.Parameters ?? []).Select(parameter => parameter.Name));
                Assert.Equal(("Amazon", document.DocumentType, got.DocumentType), (described.Owner, described.DocumentType, document.DocumentType));
            }

            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);

        Assert.InRange(count, 60, 100);
        JsonNode operation = JsonNode.Parse((await sdk.GetDocumentAsync(new GetDocumentRequest { Name = "AWS-RunPatchBaseline" })).Content)!["parameters"]!["Operation"]!;
        Assert.Equal("""["Scan","Install"]""", operation["allowedValues"]!.ToJsonString());
        Assert.Null(operation["default"]);
    }

    [Fact]
    public async Task A_document_of_the_inventory_reads_as_it_was_described()
    {
        using var file = new TestEndpoint.TemporaryFile(Inventory);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();

        DocumentDescription described = (await sdk.DescribeDocumentAsync(new DescribeDocumentRequest { Name = "web-config" })).Document;
        GetDocumentResponse latest = await sdk.GetDocumentAsync(new GetDocumentRequest { Name = "web-config", DocumentVersion = "$LATEST" });
        JsonNode whole = JsonNode.Parse((await sdk.GetDocumentAsync(new GetDocumentRequest { Name = "whole" })).Content)!;

        Assert.Equal(("2", "2", "3", "123456789012"), (described.DocumentVersion, described.DefaultVersion, described.LatestVersion, described.Owner));
        Assert.Equal(["Linux"], described.PlatformTypes);
        Assert.Equal(["Level:String:", "Note:String:", "Flags:StringList:"], described.Parameters.Select(parameter => $"{parameter.Name}:{parameter.Type}:{parameter.DefaultValue}"));
        Assert.Equal("3", latest.DocumentVersion);
        JsonNode parameters = JsonNode.Parse(latest.Content)!["parameters"]!;
        Assert.Null(parameters["Level"]!["default"]);
        Assert.Equal((string.Empty, 80, "[]"), ((string?)parameters["Note"]!["default"], (int)parameters["Note"]!["maxChars"]!, parameters["Flags"]!["default"]!.ToJsonString()));
        Assert.Equal("As it is.", (string?)whole["description"]);
        Assert.Equal("Parameter \"A\" requires a value.", await endpoint.FailureAsync("""{"Name":"whole","Targets":[{"Key":"tag:a","Values":["b"]}]}"""));
        Assert.Equal(
            "Parameter \"B\" has a value that does not match ^b$",
            await endpoint.FailureAsync("""{"Name":"whole","Parameters":{"A":["a"],"B":["c"]},"Targets":[{"Key":"tag:a","Values":["b"]}]}"""));
        Assert.Equal("999999999999", (await sdk.DescribeDocumentAsync(new DescribeDocumentRequest { Name = "arn:aws:ssm:us-east-1:999999999999:document/shared" })).Document.Owner);
        await Assert.ThrowsAsync<InvalidDocumentVersionException>(() => sdk.GetDocumentAsync(new GetDocumentRequest { Name = "web-config", DocumentVersion = "4" }));
        await Assert.ThrowsAsync<InvalidDocumentVersionException>(() => sdk.GetDocumentAsync(new GetDocumentRequest { Name = "web-config", VersionName = "first" }));
        await Assert.ThrowsAsync<InvalidDocumentException>(() => sdk.DescribeDocumentAsync(new DescribeDocumentRequest { Name = "missing" }));
    }

    [Fact]
    public async Task The_content_comes_as_yaml_too()
    {
        using var file = new TestEndpoint.TemporaryFile(Inventory);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });

        JsonNode reply = (await endpoint.CallAsync("GetDocument", """{"Name":"whole","DocumentFormat":"YAML"}""")).Json;

        Assert.Equal(
            "---\n\"schemaVersion\": \"2.2\"\n\"description\": \"As it is.\"\n\"parameters\":\n  \"A\":\n    \"type\": \"String\"\n  \"B\":\n    \"type\": \"String\"\n    \"default\": \"b\"\n    \"allowedPattern\": \"^b$\"\n\"mainSteps\": []\n",
            (string?)reply["Content"]);
    }

    [Theory]
    [InlineData("\"Filters\":[{\"Key\":\"Owner\",\"Values\":[\"Self\"]}]", "web-config,whole")]
    [InlineData("\"Filters\":[{\"Key\":\"Name\",\"Values\":[\"AWS-RunPatch\"]}]", "AWS-RunPatchBaseline,AWS-RunPatchBaselineAssociation,AWS-RunPatchBaselineWithHooks")]
    [InlineData("\"Filters\":[{\"Key\":\"Name\",\"Values\":[\"AWS-Run\"]},{\"Key\":\"PlatformTypes\",\"Values\":[\"MacOS\"]},{\"Key\":\"DocumentType\",\"Values\":[\"Automation\"]}]", "")]
    [InlineData("\"DocumentFilterList\":[{\"key\":\"Name\",\"value\":\"whole\"}]", "whole")]
    public async Task Documents_are_found_by_filters(string filters, string expected)
    {
        using var file = new TestEndpoint.TemporaryFile(Inventory);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });

        JsonNode page = (await endpoint.CallAsync("ListDocuments", "{" + filters + "}")).Json;

        Assert.Equal(expected, string.Join(",", page["DocumentIdentifiers"]!.AsArray().Select(document => (string?)document!["Name"])));
        Assert.Equal("InvalidFilterKey", (await endpoint.CallAsync("ListDocuments", """{"Filters":[{"Key":"Colour","Values":["red"]}]}""")).Type);
    }
}
