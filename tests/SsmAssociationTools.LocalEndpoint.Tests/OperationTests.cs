using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>The operations as the AWS SDK uses them.</summary>
public sealed class OperationTests
{
    [Fact]
    public async Task Every_member_of_an_entry_comes_back()
    {
        using var endpoint = new TestEndpoint();
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();
        var entry = new CreateAssociationBatchRequestEntry
        {
            Name = "customer-doc",
            AssociationName = "everything",
            DocumentVersion = "1",
            Targets = [new Target { Key = "InstanceIds", Values = ["i-0123456789abcdef0", "*"] }],
            Parameters = new Dictionary<string, List<string>> { ["Ünïcode"] = ["é\"\\\u2028😀", string.Empty] },
            ScheduleExpression = "cron(0 2 ? * SUN#2 *)",
            ScheduleOffset = 2,
            ApplyOnlyAtCronInterval = true,
            Duration = 3,
            MaxErrors = "10%",
            MaxConcurrency = "5",
            ComplianceSeverity = AssociationComplianceSeverity.HIGH,
            SyncCompliance = AssociationSyncCompliance.AUTO,
            CalendarNames = ["arn:aws:ssm:us-east-1:123456789012:document/calendar"],
            OutputLocation = new Amazon.SimpleSystemsManagement.Model.InstanceAssociationOutputLocation
            {
                S3Location = new Amazon.SimpleSystemsManagement.Model.S3OutputLocation { OutputS3BucketName = "logs", OutputS3KeyPrefix = "a/b", OutputS3Region = "us-east-1" },
            },
            AlarmConfiguration = new Amazon.SimpleSystemsManagement.Model.AlarmConfiguration { Alarms = [new Amazon.SimpleSystemsManagement.Model.Alarm { Name = "alarm" }], IgnorePollAlarmFailure = true },
            TargetLocations = [new Amazon.SimpleSystemsManagement.Model.TargetLocation { Accounts = ["123456789012"], Regions = ["us-east-1"], TargetLocationMaxErrors = "1" }],
        };

        AssociationDescription created = Assert.Single((await sdk.CreateAssociationBatchAsync(new CreateAssociationBatchRequest { Entries = [entry] })).Successful);
        AssociationDescription described = (await sdk.DescribeAssociationAsync(
            new DescribeAssociationRequest { AssociationId = created.AssociationId, AssociationVersion = "$LATEST" })).AssociationDescription;

        foreach (AssociationDescription description in new[] { created, described })
        {
            Assert.Equal(entry.Parameters["Ünïcode"], description.Parameters["Ünïcode"]);
            Assert.Equal(["i-0123456789abcdef0", "*"], description.Targets.Single().Values);
            Assert.Equal(("everything", "1", "1"), (description.AssociationName, description.DocumentVersion, description.AssociationVersion));
            Assert.Equal((2, 3, true), (description.ScheduleOffset, description.Duration, description.ApplyOnlyAtCronInterval));
            Assert.Equal(("10%", "5"), (description.MaxErrors, description.MaxConcurrency));
            Assert.Equal((entry.ComplianceSeverity, entry.SyncCompliance), (description.ComplianceSeverity, description.SyncCompliance));
            Assert.Equal(entry.CalendarNames, description.CalendarNames);
            Assert.Equal("a/b", description.OutputLocation.S3Location.OutputS3KeyPrefix);
            Assert.Equal("alarm", description.AlarmConfiguration.Alarms.Single().Name);
            Assert.Equal("1", description.TargetLocations.Single().TargetLocationMaxErrors);
            Assert.Equal("Associated with customer-doc", description.Status.Message);
            Assert.Equal(("Pending", "Creating"), (description.Overview.Status, description.Overview.DetailedStatus));
            Assert.InRange(description.Date!.Value.ToUniversalTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
        }
    }

    [Fact]
    public async Task The_sdk_sees_request_ids_and_unknown_operations()
    {
        using var endpoint = new TestEndpoint();
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();

        ListAssociationsResponse list = await sdk.ListAssociationsAsync(new ListAssociationsRequest());
        AmazonSimpleSystemsManagementException error =
            await Assert.ThrowsAsync<AmazonSimpleSystemsManagementException>(() => sdk.ListCommandsAsync(new ListCommandsRequest()));

        Assert.True(Guid.TryParse(list.ResponseMetadata.RequestId, out _));
        Assert.True(Guid.TryParse(error.RequestId, out _));
        Assert.Equal("UnknownOperationException", error.ErrorCode);
    }

    [Theory]
    [InlineData("arn:aws:ssm:cn-north-1:123456789012:document/team-doc")]
    [InlineData("arn:aws-cn:ssm:cn-north-1:123456789012:document/team-doc")]
    public async Task A_document_of_the_account_is_the_same_by_name_and_by_arn(string arn)
    {
        using var file = new TestEndpoint.TemporaryFile(
            """{"documents":[{"name":"team-doc","schemaVersion":"1.2"},{"name":"arn:aws-cn:ssm:cn-north-1:999999999999:document/team-doc","schemaVersion":"1.2"}]}""");
        using var state = new TestEndpoint.TemporaryFile();
        var options = new LocalEndpointOptions { InventoryPath = file.Path, StatePath = state.Path, Region = "cn-north-1", Seed = 1 };
        using (var endpoint = new TestEndpoint(options))
        {
            Assert.Empty(await endpoint.FailuresAsync($"{{\"Name\":\"{arn}\",\"InstanceId\":\"i-12345678\"}}"));
        }

        using (var endpoint = new TestEndpoint(options))
        {
            Assert.Equal("Association Already Exists", await endpoint.FailureAsync("""{"Name":"team-doc","InstanceId":"i-12345678"}"""));
            Assert.Null(await endpoint.FailureAsync(
                """{"Name":"arn:aws-cn:ssm:cn-north-1:999999999999:document/team-doc","InstanceId":"i-12345678"}"""));
            Assert.Equal(200, (await endpoint.CallAsync("DescribeAssociation", """{"Name":"team-doc","InstanceId":"i-12345678"}""")).Status);
        }
    }

    [Fact]
    public async Task Single_creation_makes_the_same_association()
    {
        using var endpoint = new TestEndpoint();
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();

        AssociationDescription created = (await sdk.CreateAssociationAsync(
            new CreateAssociationRequest { Name = "AWS-UpdateSSMAgent", InstanceId = "i-12345678", Tags = [new Tag { Key = "a", Value = "b" }] })).AssociationDescription;

        Assert.Equal("i-12345678", created.Targets.Single().Values.Single());
        await Assert.ThrowsAsync<AssociationAlreadyExistsException>(
            () => sdk.CreateAssociationAsync(new CreateAssociationRequest { Name = "AWS-UpdateSSMAgent", InstanceId = "i-12345678" }));
        await Assert.ThrowsAsync<InvalidDocumentException>(() => sdk.CreateAssociationAsync(new CreateAssociationRequest { Name = "missing" }));
        await Assert.ThrowsAsync<InvalidTargetException>(() => sdk.CreateAssociationAsync(new CreateAssociationRequest { Name = "customer-doc" }));
        await Assert.ThrowsAsync<InvalidDocumentVersionException>(
            () => sdk.CreateAssociationAsync(new CreateAssociationRequest { Name = "AWS-UpdateSSMAgent", DocumentVersion = "1" }));
    }

    [Fact]
    public async Task Associations_are_found_by_id_or_by_document_and_node_until_they_are_deleted()
    {
        using var endpoint = new TestEndpoint();
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();
        string id = (await sdk.CreateAssociationAsync(new CreateAssociationRequest { Name = "AWS-UpdateSSMAgent", InstanceId = "i-12345678" }))
            .AssociationDescription.AssociationId;
        var byNode = new DescribeAssociationRequest { Name = "AWS-UpdateSSMAgent", InstanceId = "i-12345678" };

        Assert.Equal(id, (await sdk.DescribeAssociationAsync(byNode)).AssociationDescription.AssociationId);
        Assert.Equal(id, (await sdk.DescribeAssociationAsync(new DescribeAssociationRequest { AssociationId = id.ToUpperInvariant() })).AssociationDescription.AssociationId);
        await Assert.ThrowsAsync<InvalidAssociationVersionException>(
            () => sdk.DescribeAssociationAsync(new DescribeAssociationRequest { AssociationId = id, AssociationVersion = "2" }));
        await sdk.DeleteAssociationAsync(new DeleteAssociationRequest { Name = "AWS-UpdateSSMAgent", InstanceId = "i-12345678" });
        await Assert.ThrowsAsync<AssociationDoesNotExistException>(() => sdk.DescribeAssociationAsync(byNode));
        await Assert.ThrowsAsync<AssociationDoesNotExistException>(() => sdk.DeleteAssociationAsync(new DeleteAssociationRequest { AssociationId = id }));
        await Assert.ThrowsAsync<InvalidDocumentException>(
            () => sdk.DescribeAssociationAsync(new DescribeAssociationRequest { Name = "missing", InstanceId = "i-12345678" }));
        Assert.Equal("ValidationException", (await endpoint.CallAsync("DeleteAssociation", """{"Name":"AWS-UpdateSSMAgent"}""")).Type);
        Assert.Equal(0, endpoint.Server.AssociationCount);
    }

    [Fact]
    public async Task A_listing_shows_everything_once_page_by_page_in_order()
    {
        using var endpoint = new TestEndpoint();
        string[] entries = [.. Enumerable.Range(0, 123).Select(TestEndpoint.Tagged)];
        await endpoint.CreateAsync(entries);
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();

        List<int> sizes = [];
        List<string> names = [];
        string? token = null;
        do
        {
            ListAssociationsResponse page = await sdk.ListAssociationsAsync(new ListAssociationsRequest { NextToken = token });
            sizes.Add(page.Associations.Count);
            names.AddRange(page.Associations.Select(association => association.AssociationName));
            token = page.NextToken;
        }
        while (token is not null);

        Assert.Equal([50, 50, 23], sizes);
        Assert.Equal(Enumerable.Range(0, 123).Select(i => "patch-" + i), names);
    }

    [Fact]
    public async Task A_listing_stays_stable_while_associations_come_and_go()
    {
        using var endpoint = new TestEndpoint();
        JsonNode created = (await endpoint.CreateAsync([.. Enumerable.Range(0, 200).Select(TestEndpoint.Tagged)])).Json;
        string[] ids = [.. created["Successful"]!.AsArray().Select(item => (string)item!["AssociationId"]!)];
        JsonNode first = (await endpoint.CallAsync("ListAssociations", """{"MaxResults":10}""")).Json;

        // More than half go, so that the list is swept; the page after the first still starts where it ended.
        foreach (string id in ids.Take(120).Skip(5))
        {
            await endpoint.CallAsync("DeleteAssociation", $"{{\"AssociationId\":\"{id}\"}}");
        }

        await endpoint.CreateAsync(TestEndpoint.Tagged(200));
        List<string> rest = [];
        for (string? token = (string?)first["NextToken"]; token is not null;)
        {
            JsonNode page = (await endpoint.CallAsync("ListAssociations", $"{{\"MaxResults\":7,\"NextToken\":\"{token}\"}}")).Json;
            rest.AddRange(page["Associations"]!.AsArray().Select(item => (string)item!["AssociationName"]!));
            token = (string?)page["NextToken"];
        }

        Assert.Equal(Enumerable.Range(120, 81).Select(i => "patch-" + i), rest);
    }

    [Fact]
    public async Task A_listing_shows_the_members_of_the_short_form_only()
    {
        using var endpoint = new TestEndpoint();
        await endpoint.CreateAsync(TestEndpoint.Tagged(1));

        JsonNode listed = (await endpoint.CallAsync("ListAssociations", "{}")).Json["Associations"]![0]!;

        Assert.Equal(
            ["AssociationId", "AssociationName", "AssociationVersion", "DocumentVersion", "Name", "Overview", "Targets"],
            listed.AsObject().Select(member => member.Key));
    }

    [Theory]
    [InlineData("Name", "AWS-UpdateSSMAgent", "node,all")]
    [InlineData("Name", "missing", "")]
    [InlineData("AssociationName", "named", "named")]
    [InlineData("InstanceId", "i-12345678", "node,named")]
    [InlineData("InstanceId", "*", "")]
    [InlineData("ResourceGroupName", "HR", "group")]
    [InlineData("AssociationStatusName", "Pending", "node,named,group,all")]
    [InlineData("AssociationStatusName", "Success", "")]
    [InlineData("LastExecutedBefore", "2030-01-01T00:00:00Z", "")]
    [InlineData("LastExecutedAfter", "2000-01-01T00:00:00Z", "")]
    public async Task Filters_narrow_a_listing(string key, string value, string expected)
    {
        using var endpoint = new TestEndpoint();
        TestEndpoint.Reply created = await endpoint.CreateAsync(
            """{"Name":"AWS-UpdateSSMAgent","InstanceId":"i-12345678"}""",
            """{"Name":"customer-doc","AssociationName":"named","Targets":[{"Key":"instanceIds","Values":["i-12345678","i-12345678"]}]}""",
            """{"Name":"customer-doc","AssociationName":"group","Targets":[{"Key":"resource-groups:Name","Values":["HR"]}]}""",
            """{"Name":"AWS-UpdateSSMAgent","AssociationName":"all","Targets":[{"Key":"InstanceIds","Values":["*"]}]}""");
        Assert.Equal(4, created.Count("Successful"));

        JsonNode page = (await endpoint.CallAsync("ListAssociations", $"{{\"AssociationFilterList\":[{{\"key\":\"{key}\",\"value\":\"{value}\"}}]}}")).Json;

        Assert.Equal(expected, string.Join(",", page["Associations"]!.AsArray().Select(item => (string?)item!["AssociationName"] ?? "node")));
    }

    [Theory]
    [InlineData("AssociationStatusName", "Failed", "patch-1")]
    [InlineData("AssociationStatusName", "Pending", "patch-0,patch-2")]
    [InlineData("LastExecutedBefore", "2023-11-15T00:00:00Z", "patch-1")]
    [InlineData("LastExecutedBefore", "2023-11-14T00:00:00Z", "")]
    [InlineData("LastExecutedAfter", "2023-11-14T00:00:00Z", "patch-1")]
    [InlineData("LastExecutedAfter", "yesterday", "")]
    public async Task Filters_go_by_the_status_and_the_last_run_of_the_state_file(string key, string value, string expected)
    {
        using var state = new TestEndpoint.TemporaryFile();
        var options = new LocalEndpointOptions { StatePath = state.Path, Seed = 1 };
        using (var endpoint = new TestEndpoint(options))
        {
            await endpoint.CreateAsync([.. Enumerable.Range(0, 3).Select(TestEndpoint.Tagged)]);
        }

        string[] lines = await System.IO.File.ReadAllLinesAsync(state.Path);
        lines[2] = lines[2].Replace("\"Status\":\"Pending\"", "\"Status\":\"Failed\"", StringComparison.Ordinal)
            .Replace("\"Overview\"", "\"LastExecutionDate\":1700000000,\"Overview\"", StringComparison.Ordinal);
        await System.IO.File.WriteAllLinesAsync(state.Path, lines);
        using (var endpoint = new TestEndpoint(options))
        {
            JsonNode page = (await endpoint.CallAsync("ListAssociations", $"{{\"AssociationFilterList\":[{{\"key\":\"{key}\",\"value\":\"{value}\"}}]}}")).Json;

            Assert.Equal(expected, string.Join(",", page["Associations"]!.AsArray().Select(item => (string?)item!["AssociationName"])));
        }
    }

    [Fact]
    public async Task Filters_are_anded_and_work_for_an_id()
    {
        using var endpoint = new TestEndpoint();
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();
        JsonNode created = (await endpoint.CreateAsync(TestEndpoint.Tagged(1), TestEndpoint.Tagged(2))).Json;
        AssociationFilter Filter(string key, string value) => new() { Key = key, Value = value };
        async Task<int> CountAsync(params AssociationFilter[] filters) =>
            (await sdk.ListAssociationsAsync(new ListAssociationsRequest { AssociationFilterList = [.. filters] })).Associations?.Count ?? 0;

        Assert.Equal(1, await CountAsync(Filter("AssociationId", (string)created["Successful"]![0]!["AssociationId"]!)));
        Assert.Equal(1, await CountAsync(Filter("Name", "AWS-RunPatchBaseline"), Filter("AssociationName", "patch-2")));
        Assert.Equal(0, await CountAsync(Filter("AssociationName", "patch-1"), Filter("AssociationName", "patch-2")));
    }

    [Theory]
    [InlineData("""{"NextToken":"nonsense"}""", "InvalidNextToken")]
    [InlineData("""{"NextToken":"MS4w"}""", "InvalidNextToken")]
    [InlineData("""{"NextToken":""}""", "InvalidNextToken")]
    [InlineData("""{"MaxResults":0}""", "ValidationException")]
    [InlineData("""{"MaxResults":51}""", "ValidationException")]
    [InlineData("""{"AssociationFilterList":[]}""", "ValidationException")]
    [InlineData("""{"AssociationFilterList":[{"key":"Colour","value":"red"}]}""", "ValidationException")]
    [InlineData("""{"AssociationFilterList":[{"Key":"Name","Value":"red"}]}""", "ValidationException")]
    public async Task A_bad_list_call_is_refused(string request, string code)
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CallAsync("ListAssociations", request);

        Assert.Equal((400, code), (reply.Status, reply.Type));
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_filters_only()
    {
        using var endpoint = new TestEndpoint();
        await endpoint.CreateAsync(TestEndpoint.Tagged(1), TestEndpoint.Tagged(2));
        string token = (string)(await endpoint.CallAsync("ListAssociations", """{"MaxResults":1}""")).Json["NextToken"]!;

        TestEndpoint.Reply reply = await endpoint.CallAsync(
            "ListAssociations",
            $"{{\"NextToken\":\"{token}\",\"AssociationFilterList\":[{{\"key\":\"Name\",\"value\":\"x\"}}]}}");

        Assert.Equal("InvalidNextToken", reply.Type);
    }

    [Fact]
    public async Task Many_associations_are_listed_without_a_limit()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { AssociationLimit = 0, Seed = 1 });
        for (int i = 0; i < 20; i++)
        {
            await endpoint.CreateAsync([.. Enumerable.Range(i * 500, 500).Select(TestEndpoint.Tagged)]);
        }

        HashSet<string> names = [];
        string token = string.Empty;
        do
        {
            JsonNode page = (await endpoint.CallAsync("ListAssociations", token.Length == 0 ? "{}" : $"{{\"NextToken\":\"{token}\"}}")).Json;
            names.UnionWith(page["Associations"]!.AsArray().Select(item => (string)item!["AssociationName"]!));
            token = (string?)page["NextToken"] ?? string.Empty;
        }
        while (token.Length > 0);

        Assert.Equal(10_000, names.Count);
        Assert.Equal(10_000, endpoint.Server.AssociationCount);
    }
}
