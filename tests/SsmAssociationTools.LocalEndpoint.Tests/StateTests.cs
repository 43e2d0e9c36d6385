using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>Associations that survive the process, and files that cannot be used.</summary>
public sealed class StateTests
{
    [Fact]
    public async Task Associations_survive_with_their_ids_order_and_uniqueness()
    {
        using var file = new TestEndpoint.TemporaryFile();
        var options = new LocalEndpointOptions { StatePath = file.Path, Seed = 1 };
        const string OnNode = """{"Name":"AWS-UpdateSSMAgent","InstanceId":"i-12345678"}""";
        string before;
        using (var endpoint = new TestEndpoint(options))
        {
            JsonNode created = (await endpoint.CreateAsync(TestEndpoint.Tagged(1), OnNode, TestEndpoint.Tagged(2))).Json;
            await endpoint.CallAsync("DeleteAssociation", $"{{\"AssociationId\":\"{created["Successful"]![0]!["AssociationId"]}\"}}");
            before = (await endpoint.CallAsync("ListAssociations", "{}")).Body;
        }

        using (var endpoint = new TestEndpoint(options))
        {
            Assert.Equal(2, endpoint.Server.AssociationCount);
            Assert.Equal(before, (await endpoint.CallAsync("ListAssociations", "{}")).Body);
            Assert.Equal("Association Already Exists", await endpoint.FailureAsync(OnNode));

            // The same seed draws the same ids again; those that are taken are passed over.
            Assert.Empty(await endpoint.FailuresAsync(TestEndpoint.Tagged(3), TestEndpoint.Tagged(4), TestEndpoint.Tagged(5)));
            Assert.Equal(5, endpoint.Server.AssociationCount);
        }
    }

    [Fact]
    public async Task What_was_answered_is_in_the_file_at_once()
    {
        using var file = new TestEndpoint.TemporaryFile();
        var endpoint = new TestEndpoint(new LocalEndpointOptions { StatePath = file.Path, Seed = 1 });

        await endpoint.CreateAsync(TestEndpoint.Tagged(1));
        long answered = new FileInfo(file.Path).Length;
        endpoint.Dispose();

        Assert.Equal(answered, new FileInfo(file.Path).Length);
        Assert.Equal("patch-1", (string?)JsonNode.Parse((await File.ReadAllLinesAsync(file.Path)).Last())!["AssociationName"]);
    }

    [Fact]
    public async Task A_torn_last_line_is_dropped()
    {
        using var file = new TestEndpoint.TemporaryFile();
        var options = new LocalEndpointOptions { StatePath = file.Path, Seed = 1 };
        using (var endpoint = new TestEndpoint(options))
        {
            await endpoint.CreateAsync(TestEndpoint.Tagged(1), TestEndpoint.Tagged(2));
        }

        byte[] whole = await File.ReadAllBytesAsync(file.Path);
        await File.WriteAllBytesAsync(file.Path, whole[..^10]);
        using (var endpoint = new TestEndpoint(options))
        {
            Assert.Equal(1, endpoint.Server.AssociationCount);
            await endpoint.CreateAsync(TestEndpoint.Tagged(3));
        }

        using (var endpoint = new TestEndpoint(options))
        {
            JsonNode list = (await endpoint.CallAsync("ListAssociations", "{}")).Json;
            Assert.Equal(["patch-1", "patch-3"], list["Associations"]!.AsArray().Select(item => (string)item!["AssociationName"]!));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"SsmAsso")]
    public async Task A_process_that_died_at_the_start_leaves_a_usable_file(string content)
    {
        using var file = new TestEndpoint.TemporaryFile(content);
        var options = new LocalEndpointOptions { StatePath = file.Path, Seed = 1 };
        using (var endpoint = new TestEndpoint(options))
        {
            await endpoint.CreateAsync(TestEndpoint.Tagged(1));
        }

        using ILocalEndpointServer again = TestEndpoint.Start(options);
        Assert.Equal(1, again.AssociationCount);
    }

    [Fact]
    public async Task A_file_that_is_mostly_history_is_rewritten()
    {
        using var file = new TestEndpoint.TemporaryFile();
        var options = new LocalEndpointOptions { StatePath = file.Path, Seed = 1 };
        using (var endpoint = new TestEndpoint(options))
        {
            JsonNode created = (await endpoint.CreateAsync([.. Enumerable.Range(0, 700).Select(TestEndpoint.Tagged)])).Json;
            foreach (string id in created["Successful"]!.AsArray().Skip(1).Select(item => (string)item!["AssociationId"]!))
            {
                await endpoint.CallAsync("DeleteAssociation", $"{{\"AssociationId\":\"{id}\"}}");
            }
        }

        using (var endpoint = new TestEndpoint(options))
        {
            Assert.Equal(1, endpoint.Server.AssociationCount);
            await endpoint.CreateAsync(TestEndpoint.Tagged(1));
        }

        Assert.Equal(3, (await File.ReadAllLinesAsync(file.Path)).Length);
    }

    [Fact]
    public void One_endpoint_at_a_time_uses_a_state_file()
    {
        using var file = new TestEndpoint.TemporaryFile();
        var options = new LocalEndpointOptions { StatePath = file.Path };
        using var endpoint = new TestEndpoint(options);

        LocalEndpointException error = Assert.Throws<LocalEndpointException>(() => TestEndpoint.Start(options));

        Assert.Equal("StateNotOpened", error.ErrorId);
        Assert.Contains(file.Path, error.Message);
    }

    [Theory]
    [InlineData("hello\n", 1)]
    [InlineData("a document without a line end that must not be cut", 1)]
    [InlineData("{}\n", 1)]
    [InlineData("{\"SsmAssociationTools.LocalEndpoint\":\"state 1\"}\n[1]\n", 2)]
    [InlineData("{\"SsmAssociationTools.LocalEndpoint\":\"state 1\"}\n{\"AssociationId\":1,\"Name\":\"x\",\"Date\":1}\n", 2)]
    public void A_file_that_is_no_state_is_refused_and_left_alone(string content, int line)
    {
        using var file = new TestEndpoint.TemporaryFile(content);

        LocalEndpointException error = Assert.Throws<LocalEndpointException>(() => TestEndpoint.Start(new LocalEndpointOptions { StatePath = file.Path }));

        Assert.Equal("StateInvalid", error.ErrorId);
        Assert.StartsWith($"Line {line} of the state file", error.Message);
        Assert.Equal(content, File.ReadAllText(file.Path));
    }

    [Theory]
    [InlineData("{", "InventoryInvalid", "has a mistake")]
    [InlineData("[]", "InventoryInvalid", "the file: an object is expected here.")]
    [InlineData("""{"nodes":[]}""", "InventoryInvalid", "'nodes' is not known here. Known are documents, managedNodes, buckets.")]
    [InlineData("""{"documents":{}}""", "InventoryInvalid", "documents: a list is expected here.")]
    [InlineData("""{"documents":[{"type":"Command"}]}""", "InventoryInvalid", "documents[0]: 'name' is missing.")]
    [InlineData("""{"documents":[{"name":"a"},{"name":"b","type":"Kommand"}]}""", "InventoryInvalid", "documents[1].type: 'Kommand' is not one of Command,")]
    [InlineData("""{"documents":[{"name":"a","schemaVersion":"two"}]}""", "InventoryInvalid", "documents[0].schemaVersion: 'two' is not a version")]
    [InlineData("""{"documents":[{"name":"a","versions":["1"],"defaultVersion":"2"}]}""", "InventoryInvalid", "documents[0].defaultVersion: '2' is not one of")]
    [InlineData("""{"documents":[{"name":"a","versions":[1]}]}""", "InventoryInvalid", "documents[0].versions[0]: a text is expected here.")]
    [InlineData("""{"documents":[{"name":"a","parameters":{"p":{"required":"yes"}}}]}""", "InventoryInvalid", "documents[0].parameters.p.required: true or false")]
    [InlineData("""{"managedNodes":[{"id":"i-1","platform":"Plan9"}]}""", "InventoryInvalid", "managedNodes[0].platform: 'Plan9' is not one of Windows, Linux, MacOS.")]
    [InlineData("""{"managedNodes":[{"id":"i-1","state":"sleeping"}]}""", "InventoryInvalid", "managedNodes[0].state: 'sleeping' is not one of")]
    public void A_mistake_in_the_inventory_is_named_by_its_place(string content, string id, string text)
    {
        using var file = new TestEndpoint.TemporaryFile(content);

        LocalEndpointException error = Assert.Throws<LocalEndpointException>(() => TestEndpoint.Start(new LocalEndpointOptions { InventoryPath = file.Path }));

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(text, error.Message);
        Assert.Contains(file.Path, error.Message);
    }

    [Fact]
    public void Files_that_are_not_there_are_named()
    {
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "file");

        Assert.Equal("InventoryNotRead", Assert.Throws<LocalEndpointException>(() => TestEndpoint.Start(new LocalEndpointOptions { InventoryPath = missing })).ErrorId);
        Assert.Equal("FaultsNotRead", Assert.Throws<LocalEndpointException>(() => TestEndpoint.Start(new LocalEndpointOptions { FaultPath = missing })).ErrorId);
        Assert.Equal("StateNotOpened", Assert.Throws<LocalEndpointException>(() => TestEndpoint.Start(new LocalEndpointOptions { StatePath = missing })).ErrorId);
    }

    [Fact]
    public async Task A_node_list_that_is_empty_means_that_there_is_no_node()
    {
        using var file = new TestEndpoint.TemporaryFile("""{"managedNodes":[]}""");
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path });

        Assert.Equal(
            "InvalidInstanceId: i-12345678 is not a managed node of this account and Region.",
            await endpoint.FailureAsync("""{"Name":"AWS-UpdateSSMAgent","InstanceId":"i-12345678"}"""));
    }

    [Fact]
    public async Task Only_the_youngest_are_kept_where_that_is_asked_for()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { Keep = 2, Seed = 1 });

        JsonNode first = (await endpoint.CreateAsync(TestEndpoint.Tagged(1), TestEndpoint.Tagged(2))).Json;
        JsonNode second = (await endpoint.CreateAsync(TestEndpoint.Tagged(3))).Json;

        Assert.Equal(2, first["Successful"]!.AsArray().Count);
        Assert.Equal(2, endpoint.Server.AssociationCount);
        JsonArray listed = (await endpoint.CallAsync("ListAssociations", "{}")).Json["Associations"]!.AsArray();
        Assert.Equal(
            [(string)first["Successful"]![1]!["AssociationId"]!, (string)second["Successful"]![0]!["AssociationId"]!],
            listed.Select(item => (string)item!["AssociationId"]!));
    }

    [Fact]
    public async Task What_was_deleted_does_not_count_among_the_youngest()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { Keep = 3, Seed = 1 });

        JsonNode created = (await endpoint.CreateAsync(TestEndpoint.Tagged(1), TestEndpoint.Tagged(2))).Json;
        await endpoint.CallAsync("DeleteAssociation", $"{{\"AssociationId\":\"{created["Successful"]![0]!["AssociationId"]}\"}}");
        await endpoint.CreateAsync(TestEndpoint.Tagged(3), TestEndpoint.Tagged(4), TestEndpoint.Tagged(5));

        Assert.Equal(3, endpoint.Server.AssociationCount);
    }
}
