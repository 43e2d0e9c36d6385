using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>The list of managed nodes: what it can be asked, and what it refuses.</summary>
public sealed class NodeTests
{
    private const string Inventory = """
        {"managedNodes":[
          {"id":"i-00000001","platform":"Linux","name":"one","platformName":"Ubuntu","platformVersion":"22.04","agentVersion":"3.0.0.0","tags":{"Role":"web","Env":"test"}},
          {"id":"i-00000002","platform":"Windows","tags":{"Role":"db"}},
          {"id":"mi-00000000000000003","platform":"Linux","tags":{"Role":"web"},"offline":true},
          {"id":"i-00000004","state":"stopped","tags":{"Role":"web"}},
          {"id":"i-00000005","state":"terminated","tags":{"Role":"web"}}]}
        """;

    [Theory]
    [InlineData("", "i-00000001,i-00000002,mi-00000000000000003")]
    [InlineData("\"Filters\":[{\"Key\":\"tag:Role\",\"Values\":[\"web\"]}]", "i-00000001,mi-00000000000000003")]
    [InlineData("\"Filters\":[{\"Key\":\"tag:Role\",\"Values\":[\"db\",\"web\"]}]", "i-00000001,i-00000002,mi-00000000000000003")]
    [InlineData("\"Filters\":[{\"Key\":\"tag:Role\",\"Values\":[\"WEB\"]}]", "")]
    [InlineData("\"Filters\":[{\"Key\":\"tag-key\",\"Values\":[\"Env\"]}]", "i-00000001")]
    [InlineData("\"Filters\":[{\"Key\":\"InstanceIds\",\"Values\":[\"i-00000002\",\"i-00000001\",\"i-00000004\"]}]", "i-00000001,i-00000002")]
    [InlineData("\"Filters\":[{\"Key\":\"PlatformTypes\",\"Values\":[\"Linux\"]},{\"Key\":\"PingStatus\",\"Values\":[\"Online\"]}]", "i-00000001")]
    [InlineData("\"Filters\":[{\"Key\":\"ResourceType\",\"Values\":[\"ManagedInstance\"]}]", "mi-00000000000000003")]
    [InlineData("\"Filters\":[{\"Key\":\"AgentVersion\",\"Values\":[\"3.0.0.0\"]}]", "i-00000001")]
    [InlineData("\"Filters\":[{\"Key\":\"AssociationStatus\",\"Values\":[\"Success\"]}]", "")]
    [InlineData("\"InstanceInformationFilterList\":[{\"key\":\"PlatformTypes\",\"valueSet\":[\"Windows\"]}]", "i-00000002")]
    public async Task Nodes_are_found_by_what_they_are(string filters, string expected)
    {
        using var file = new TestEndpoint.TemporaryFile(Inventory);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });

        TestEndpoint.Reply reply = await endpoint.CallAsync("DescribeInstanceInformation", "{" + filters + "}");

        Assert.Equal(expected, string.Join(",", reply.Json["InstanceInformationList"]!.AsArray().Select(node => (string?)node!["InstanceId"])));
    }

    [Theory]
    [InlineData("\"Filters\":[{\"Key\":\"Colour\",\"Values\":[\"red\"]}]", "InvalidFilterKey")]
    [InlineData("\"Filters\":[{\"Key\":\"InstanceIds\",\"Values\":[\"i-00000009\"]}]", "InvalidInstanceId")]
    [InlineData("\"Filters\":[{\"Key\":\"InstanceIds\",\"Values\":[\"i-00000001\",\"i-00000009\"]}]", "InvalidInstanceId")]
    [InlineData("\"Filters\":[{\"Key\":\"InstanceIds\",\"Values\":[\"web\"]}]", "InvalidInstanceInformationFilterValue")]
    [InlineData("\"Filters\":[{\"Key\":\"PingStatus\",\"Values\":[\"Lost\"]}]", "InvalidInstanceInformationFilterValue")]
    [InlineData("\"Filters\":[{\"Key\":\"tag:Role\",\"Values\":[\"web\"]},{\"Key\":\"tag:Env\",\"Values\":[\"test\"]}]", "ValidationException")]
    [InlineData("\"Filters\":[{\"Key\":\"tag:Role\",\"Values\":[\"web\"]},{\"Key\":\"PingStatus\",\"Values\":[\"Online\"]}]", "ValidationException")]
    [InlineData("\"Filters\":[{\"Key\":\"tag:Role\",\"Values\":[\"web\"]}],\"InstanceInformationFilterList\":[{\"key\":\"PlatformTypes\",\"valueSet\":[\"Windows\"]}]", "ValidationException")]
    [InlineData("\"Filters\":[{\"Key\":\"tag:Role\",\"Values\":[]}]", "ValidationException")]
    [InlineData("\"InstanceInformationFilterList\":[{\"key\":\"tag:Role\",\"valueSet\":[\"web\"]}]", "ValidationException")]
    [InlineData("\"MaxResults\":4", "ValidationException")]
    [InlineData("\"MaxResults\":51", "ValidationException")]
    [InlineData("\"NextToken\":\"MS4w\"", "InvalidNextToken")]
    public async Task What_the_list_cannot_be_asked_is_refused(string filters, string code)
    {
        using var file = new TestEndpoint.TemporaryFile(Inventory);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });

        TestEndpoint.Reply reply = await endpoint.CallAsync("DescribeInstanceInformation", "{" + filters + "}");

        Assert.Equal((400, code), (reply.Status, reply.Type));
    }

    [Fact]
    public async Task The_sdk_reads_nodes_with_what_their_associations_did()
    {
        using var file = new TestEndpoint.TemporaryFile(Inventory);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1, ClockStart = DateTime.UtcNow, ClockSpeed = 0, Documents = ["customer-doc"] });
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();
        await endpoint.CreateAsync(
            """{"Name":"customer-doc","Targets":[{"Key":"tag:Role","Values":["web"]}]}""",
            """{"Name":"customer-doc","Targets":[{"Key":"InstanceIds","Values":["*"]}]}""",
            """{"Name":"customer-doc","Targets":[{"Key":"tag:Role","Values":["web"]},{"Key":"tag:Env","Values":["prod"]}]}""");
        endpoint.Server.Advance(TimeSpan.FromMinutes(1));

        InstanceInformation[] nodes = [.. (await sdk.DescribeInstanceInformationAsync(new DescribeInstanceInformationRequest())).InstanceInformationList];

        InstanceInformation one = nodes[0];
        Assert.Equal(("one", "Ubuntu", "22.04", "3.0.0.0", false), (one.ComputerName, one.PlatformName, one.PlatformVersion, one.AgentVersion, one.IsLatestVersion));
        Assert.Equal(2, one.AssociationOverview.InstanceAssociationStatusAggregatedCount["Success"]);
        Assert.Equal(("Success", PingStatus.Online), (one.AssociationStatus, one.PingStatus));
        Assert.Equal(1, nodes[1].AssociationOverview.InstanceAssociationStatusAggregatedCount["Success"]);
        Assert.Equal((PingStatus.ConnectionLost, "Pending"), (nodes[2].PingStatus, nodes[2].AssociationStatus));
        Assert.Equal(2, nodes[2].AssociationOverview.InstanceAssociationStatusAggregatedCount["Pending"]);
    }

    [Fact]
    public async Task Many_nodes_are_read_page_by_page_ten_at_a_time_unless_more_are_wanted()
    {
        Dictionary<string, object?>[] nodes = [.. Enumerable.Range(10_000_000, 120).Select(i => new Dictionary<string, object?> { ["Id"] = "i-" + i.ToString(CultureInfo.InvariantCulture) })];
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { Nodes = nodes, Seed = 1 });
        async Task<List<int>> SizesAsync(string most)
        {
            List<int> sizes = [];
            string? token = null;
            do
            {
                JsonNode page = (await endpoint.CallAsync("DescribeInstanceInformation", $"{{\"MaxResults\":{most}{(token is null ? string.Empty : $",\"NextToken\":\"{token}\"")}}}")).Json;
                sizes.Add(page["InstanceInformationList"]!.AsArray().Count);
                token = (string?)page["NextToken"];
            }
            while (token is not null);

            return sizes;
        }

        Assert.Equal([50, 50, 20], await SizesAsync("50"));
        Assert.Equal(Enumerable.Repeat(10, 12), await SizesAsync("null"));
    }

    [Fact]
    public async Task Without_any_setting_there_are_a_few_nodes_and_every_other_id_is_one_too()
    {
        using var endpoint = new TestEndpoint();
        async Task<int> CountAsync(string request) => (await endpoint.CallAsync("DescribeInstanceInformation", request)).Count("InstanceInformationList");

        Assert.InRange(await CountAsync("{}"), 3, 10);
        Assert.Equal(1, await CountAsync("""{"Filters":[{"Key":"InstanceIds","Values":["i-0123456789abcdef9"]}]}"""));
        Assert.Equal("InvalidInstanceId", (await OnlyAsync("i-0123456789abcdef9")).Type);
        Assert.Equal(200, (await OnlyAsync("i-0123456789abcdef0")).Status);

        static async Task<TestEndpoint.Reply> OnlyAsync(string id)
        {
            using var known = new TestEndpoint(new LocalEndpointOptions { Nodes = [new Dictionary<string, object?> { ["Id"] = "i-0123456789abcdef0" }], Seed = 1 });
            return await known.CallAsync("DescribeInstanceAssociationsStatus", $$"""{"InstanceId":"{{id}}"}""");
        }
    }

    [Fact]
    public async Task Associations_can_be_tagged_and_tags_of_nodes_be_read()
    {
        using var file = new TestEndpoint.TemporaryFile(Inventory);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();
        string id = (await sdk.CreateAssociationAsync(new CreateAssociationRequest
        {
            Name = "AWS-UpdateSSMAgent",
            Targets = [new Target { Key = "tag:Role", Values = ["web"] }],
            Tags = [new Tag { Key = "a", Value = "1" }],
        })).AssociationDescription.AssociationId;
        async Task<string> TagsAsync(string type, string resource) => string.Join(
            ",", ((await sdk.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceType = type, ResourceId = resource })).TagList ?? []).Select(tag => tag.Key + "=" + tag.Value));

        await sdk.AddTagsToResourceAsync(new AddTagsToResourceRequest { ResourceType = "Association", ResourceId = id, Tags = [new Tag { Key = "b", Value = "2" }, new Tag { Key = "a", Value = "3" }] });
        Assert.Equal("a=3,b=2", await TagsAsync("Association", id));
        await sdk.RemoveTagsFromResourceAsync(new RemoveTagsFromResourceRequest { ResourceType = "Association", ResourceId = id, TagKeys = ["a", "c"] });

        Assert.Equal("b=2", await TagsAsync("Association", id));
        Assert.Equal("Env=test,Role=web", await TagsAsync("ManagedInstance", "i-00000001"));
        await Assert.ThrowsAsync<InvalidResourceIdException>(() => TagsAsync("Association", Guid.Empty.ToString()));
        await Assert.ThrowsAsync<InvalidResourceIdException>(() => TagsAsync("ManagedInstance", "i-00000009"));
        await Assert.ThrowsAsync<InvalidResourceTypeException>(() => TagsAsync("Document", "x"));
        await Assert.ThrowsAsync<TooManyTagsErrorException>(() => sdk.AddTagsToResourceAsync(new AddTagsToResourceRequest
        {
            ResourceType = "Association",
            ResourceId = id,
            Tags = [.. Enumerable.Range(0, 50).Select(i => new Tag { Key = "key-" + i.ToString(CultureInfo.InvariantCulture), Value = "x" })],
        }));
    }
}
