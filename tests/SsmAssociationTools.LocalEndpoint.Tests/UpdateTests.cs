using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using SsmAssociationTools.LocalEndpoint.Service;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>Changing associations, and the versions that this makes.</summary>
public sealed class UpdateTests
{
    private const string Full = """
        {"Name":"customer-doc","AssociationName":"full","DocumentVersion":"1","Targets":[{"Key":"tag:a","Values":["b"]}],"Parameters":{"p":["v"]},
         "ScheduleExpression":"cron(0 2 ? * SUN#2 *)","ScheduleOffset":2,"ApplyOnlyAtCronInterval":true,"Duration":3,"MaxErrors":"10%","MaxConcurrency":"5",
         "ComplianceSeverity":"HIGH","SyncCompliance":"AUTO","CalendarNames":["calendar"],
         "OutputLocation":{"S3Location":{"OutputS3BucketName":"logs"}},"AlarmConfiguration":{"Alarms":[{"Name":"alarm"}]},
         "TargetLocations":[{"Accounts":["123456789012"],"Regions":["us-east-1"]}]}
        """;

    private static readonly string[] s_service =
        ["ApplyOnlyAtCronInterval", "AssociationId", "AssociationVersion", "Date", "DocumentVersion", "LastUpdateAssociationDate", "Overview", "Status"];

    [Fact]
    public async Task An_update_that_sends_everything_changes_what_it_says_and_nothing_else()
    {
        using var endpoint = new TestEndpoint();
        JsonNode before = await CreateAsync(endpoint, Full);
        JsonObject request = Sendable(before);
        request["MaxErrors"] = "7";
        request["AssociationName"] = "renamed";

        JsonNode after = (await endpoint.CallAsync("UpdateAssociation", request.ToJsonString())).Json["AssociationDescription"]!;

        Assert.Equal(("2", "7", "renamed"), ((string)after["AssociationVersion"]!, (string)after["MaxErrors"]!, (string)after["AssociationName"]!));
        Assert.Equal((double)before["Date"]!, (double)after["Date"]!);
        Assert.True((double)after["LastUpdateAssociationDate"]! >= (double)before["LastUpdateAssociationDate"]!);
        Assert.Equal(before.AsObject().Select(member => member.Key), after.AsObject().Select(member => member.Key));
        foreach (string member in before.AsObject().Select(member => member.Key).Except(s_service).Except(["MaxErrors", "AssociationName"]))
        {
            Assert.True(JsonNode.DeepEquals(before[member], after[member]), member);
        }

        Assert.True(JsonNode.DeepEquals(after, await DescribeAsync(endpoint, before)));
        Assert.Equal(1, endpoint.Server.AssociationCount);
    }

    [Theory]
    [InlineData(nameof(OmittedMember.AsSeen), "ApplyOnlyAtCronInterval,AssociationId,AssociationName,AssociationVersion,Date,DocumentVersion,LastUpdateAssociationDate,Name,Overview,Status,Targets")]
    [InlineData(nameof(OmittedMember.Keep), null)]
    public async Task Members_that_are_left_out_are_treated_as_the_setting_says(string mode, string? left)
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { OmittedMember = Enum.Parse<OmittedMember>(mode), Seed = 1, Documents = ["customer-doc"] });
        JsonNode before = await CreateAsync(endpoint, Full);

        JsonNode after = (await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{before["AssociationId"]}}","AssociationName":"only"}""")).Json["AssociationDescription"]!;

        Assert.Equal(left ?? string.Join(",", before.AsObject().Select(member => member.Key)), string.Join(",", after.AsObject().Select(member => member.Key)));
        Assert.Equal("only", (string?)after["AssociationName"]);
        Assert.True(JsonNode.DeepEquals(before["Targets"], after["Targets"]));
        Assert.Equal(left is null, (bool)after["ApplyOnlyAtCronInterval"]!);
    }

    [Fact]
    public async Task Where_everything_is_reset_the_document_must_be_named_and_the_rest_is_gone()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { OmittedMember = OmittedMember.Reset, Seed = 1, Documents = ["customer-doc"] });
        JsonNode before = await CreateAsync(endpoint, Full);
        string id = (string)before["AssociationId"]!;

        TestEndpoint.Reply nameless = await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{id}}","AssociationName":"only"}""");
        TestEndpoint.Reply targetless = await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{id}}","Name":"customer-doc"}""");
        JsonNode after = (await endpoint.CallAsync(
            "UpdateAssociation", $$"""{"AssociationId":"{{id}}","Name":"customer-doc","Targets":[{"Key":"tag:c","Values":["d"]}]}""")).Json["AssociationDescription"]!;

        Assert.Equal("InvalidDocument", nameless.Type);
        Assert.Equal(("InvalidTarget", "Instance ID or targets must be specified"), (targetless.Type, targetless.Message));
        Assert.Equal([.. s_service.Append("Name").Append("Targets").Order(StringComparer.Ordinal)], after.AsObject().Select(member => member.Key));
        Assert.Equal("2", (string?)after["AssociationVersion"]);
    }

    [Fact]
    public async Task The_role_goes_as_every_other_member_does()
    {
        const string Role = "arn:aws:iam::123456789012:role/dispatch";
        using var endpoint = new TestEndpoint();
        JsonNode created = (await endpoint.CallAsync("CreateAssociationBatch", $$"""{"AssociationDispatchAssumeRole":"{{Role}}","Entries":[{{TestEndpoint.Tagged(1)}}]}""")).Json["Successful"]![0]!;

        JsonNode kept = (await endpoint.CallAsync("UpdateAssociation", Sendable(created).ToJsonString())).Json["AssociationDescription"]!;
        JsonObject request = Sendable(created);
        request.Remove("AssociationDispatchAssumeRole");
        request["AssociationVersion"] = "2";
        JsonNode reset = (await endpoint.CallAsync("UpdateAssociation", request.ToJsonString())).Json["AssociationDescription"]!;

        Assert.Equal(Role, (string?)kept["AssociationDispatchAssumeRole"]);
        Assert.Null(reset["AssociationDispatchAssumeRole"]);
    }

    [Fact]
    public async Task A_version_that_is_behind_or_was_never_there_is_refused_and_the_latest_passes()
    {
        using var endpoint = new TestEndpoint();
        string id = (string)(await CreateAsync(endpoint, TestEndpoint.Tagged(1)))["AssociationId"]!;
        Task<TestEndpoint.Reply> UpdateAsync(string? version) => endpoint.CallAsync(
            "UpdateAssociation", $$"""{"AssociationId":"{{id}}","Parameters":{"Operation":["Scan"]}{{(version is null ? string.Empty : $",\"AssociationVersion\":\"{version}\"")}}}""");

        Assert.Equal(200, (await UpdateAsync(null)).Status);
        Assert.Equal(200, (await UpdateAsync("$LATEST")).Status);
        Assert.Equal(200, (await UpdateAsync("3")).Status);
        var refusals = new HashSet<string?>();
        for (int i = 0; i < 100; i++)
        {
            TestEndpoint.Reply reply = await UpdateAsync(i % 2 == 0 ? "3" : "99");
            Assert.Equal(400, reply.Status);
            refusals.Add(reply.Type);
        }

        // Nobody knows which of the two it is, so a client has to know both.
        Assert.Equal(["InvalidAssociationVersion", "InvalidUpdate"], refusals.Order());
        Assert.Equal("4", (string?)(await DescribeAsync(endpoint, id))["AssociationVersion"]);
    }

    [Fact]
    public async Task Of_many_editors_that_read_the_same_version_one_wins()
    {
        using var endpoint = new TestEndpoint();
        string id = (string)(await CreateAsync(endpoint, TestEndpoint.Tagged(1)))["AssociationId"]!;

        TestEndpoint.Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => endpoint.CallAsync(
            "UpdateAssociation", $$"""{"AssociationId":"{{id}}","AssociationVersion":"1","AssociationName":"editor-{{i}}","Parameters":{"Operation":["Scan"]} }""")));

        TestEndpoint.Reply won = Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Except([won]), reply => Assert.Contains(reply.Type, new[] { "InvalidUpdate", "InvalidAssociationVersion", "TooManyUpdates" }));
        Assert.Equal((string?)won.Json["AssociationDescription"]!["AssociationName"], (string?)(await DescribeAsync(endpoint, id))["AssociationName"]);
    }

    [Fact]
    public async Task One_change_at_a_time_of_one_association()
    {
        // A busy machine may read the calls so late after each other that they do not meet; calls that take longer do.
        for (double seconds = 0.3; !await MeetAsync(seconds); seconds *= 4)
        {
        }
    }

    /// <summary>Changes one association five times at once, and another once.</summary>
    /// <returns>False where every call came after the one before it was answered.</returns>
    private static async Task<bool> MeetAsync(double seconds)
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { Latency = TimeSpan.FromSeconds(seconds), Seed = 1 });
        JsonArray created = (await endpoint.CreateAsync(TestEndpoint.Tagged(1), TestEndpoint.Tagged(2))).Json["Successful"]!.AsArray();
        string[] ids = [.. created.Select(item => (string)item!["AssociationId"]!)];
        Task<TestEndpoint.Reply> UpdateAsync(string id) => endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{id}}","Parameters":{"Operation":["Scan"]} }""");

        TestEndpoint.Reply[] same = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => UpdateAsync(ids[0])).Append(UpdateAsync(ids[1])));
        TestEndpoint.Reply later = await UpdateAsync(ids[0]);

        Assert.Equal(200, same[5].Status);
        Assert.Equal(200, later.Status);
        TestEndpoint.Reply[] refused = [.. same.Take(5).Where(reply => reply.Status != 200)];
        Assert.All(refused, reply => Assert.Equal("TooManyUpdates", reply.Type));
        double[] changes = [.. same.Take(5).Except(refused).Append(later).Select(reply => (double)reply.Json["AssociationDescription"]!["LastUpdateAssociationDate"]!).Order()];
        Assert.All(changes.Zip(changes.Skip(1), (one, next) => next - one), apart => Assert.True(apart > 0.9 * seconds, $"Two changes are {apart} s apart, and each took {seconds} s."));
        return refused.Length > 0;
    }

    [Fact]
    public async Task A_refused_update_changes_nothing_and_names_the_fault_in_the_words_of_a_creation()
    {
        using var file = new TestEndpoint.TemporaryFile("""{"documents":[{"name":"customer-doc"}],"managedNodes":[{"id":"i-0123456789abcdef0"}],"buckets":["logs"]}""");
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, OmittedMember = OmittedMember.Keep, Seed = 1 });
        JsonNode before = await CreateAsync(endpoint, Full);
        async Task<(string?, string?)> RefusedAsync(string member)
        {
            TestEndpoint.Reply reply = await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{before["AssociationId"]}}",{{member}}}""");
            Assert.Equal(400, reply.Status);
            return (reply.Type, reply.Message);
        }

        Assert.Equal(("InvalidDocument", "Document does not exist: missing"), await RefusedAsync("\"Name\":\"missing\""));
        Assert.Equal(("InvalidDocumentVersion", "Document version: 9 is invalid, latest version is 1"), await RefusedAsync("\"DocumentVersion\":\"9\""));
        Assert.Equal("InvalidSchedule", (await RefusedAsync("\"ScheduleExpression\":\"rate(1 day)\"")).Item1);
        Assert.Equal("InvalidOutputLocation", (await RefusedAsync("\"OutputLocation\":{}")).Item1);
        Assert.Equal("InvalidTargetMaps", (await RefusedAsync("\"TargetMaps\":[{\"a\":[\"b\"]}]")).Item1);
        Assert.Equal(
            ("InvalidTarget", "InvalidInstanceId: i-00000000 is not a managed node of this account and Region."),
            await RefusedAsync("\"Targets\":[{\"Key\":\"InstanceIds\",\"Values\":[\"i-00000000\"]}]"));
        Assert.Equal("ValidationException", (await RefusedAsync("\"MaxErrors\":\"101%\"")).Item1);
        Assert.Equal("SerializationException", (await RefusedAsync("\"Parameters\":[]")).Item1);
        Assert.True(JsonNode.DeepEquals(before, await DescribeAsync(endpoint, before)));
    }

    [Fact]
    public async Task Associations_that_are_not_there_or_name_a_node_cannot_be_updated()
    {
        using var endpoint = new TestEndpoint();
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();
        JsonNode onNode = await CreateAsync(endpoint, """{"Name":"AWS-UpdateSSMAgent","InstanceId":"i-12345678"}""");

        await Assert.ThrowsAsync<InvalidUpdateException>(() => sdk.UpdateAssociationAsync(new UpdateAssociationRequest { AssociationId = (string)onNode["AssociationId"]!, Name = "AWS-UpdateSSMAgent" }));
        await Assert.ThrowsAsync<AssociationDoesNotExistException>(() => sdk.UpdateAssociationAsync(new UpdateAssociationRequest { AssociationId = Guid.Empty.ToString() }));
        await Assert.ThrowsAsync<AssociationDoesNotExistException>(() => sdk.ListAssociationVersionsAsync(new ListAssociationVersionsRequest { AssociationId = Guid.Empty.ToString() }));
        Assert.Equal("ValidationException", (await endpoint.CallAsync("UpdateAssociation", "{}")).Type);
    }

    [Fact]
    public async Task A_runbook_without_targets_comes_back_with_some_that_must_not_be_sent_back()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { OmittedMember = OmittedMember.Reset, Seed = 1 });
        JsonNode created = await CreateAsync(endpoint, """{"Name":"AWS-HelloWorld","AssociationName":"hello"}""");
        JsonObject request = Sendable(created);

        TestEndpoint.Reply sentBack = await endpoint.CallAsync("UpdateAssociation", request.ToJsonString());
        request.Remove("Targets");
        TestEndpoint.Reply without = await endpoint.CallAsync("UpdateAssociation", request.ToJsonString());

        Assert.Equal("aws:NoOpAutomationTag", (string?)created["Targets"]![0]!["Key"]);
        Assert.Equal(("ValidationException", "Must specify both Automation Target Parameter Name and Targets"), (sentBack.Type, sentBack.Message));
        Assert.Equal("aws:NoOpAutomationTag", (string?)without.Json["AssociationDescription"]!["Targets"]![0]!["Key"]);
    }

    [Fact]
    public async Task Lists_follow_what_changed_and_keep_the_order_of_creation()
    {
        using var endpoint = new TestEndpoint();
        JsonArray created = (await endpoint.CreateAsync([.. Enumerable.Range(0, 5).Select(TestEndpoint.Tagged)])).Json["Successful"]!.AsArray();
        async Task<string> NamesAsync(string filter) => string.Join(
            ",", (await endpoint.CallAsync("ListAssociations", filter)).Json["Associations"]!.AsArray().Select(item => (string?)item!["AssociationName"]));
        async Task UpdateAsync(int i, string members) => Assert.Equal(
            200, (await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{created[i]!["AssociationId"]}}","Name":"customer-doc",{{members}}}""")).Status);

        await UpdateAsync(3, "\"AssociationName\":\"shared\",\"Targets\":[{\"Key\":\"InstanceIds\",\"Values\":[\"i-12345678\"]}]");
        await UpdateAsync(1, "\"AssociationName\":\"shared\",\"Targets\":[{\"Key\":\"resource-groups:Name\",\"Values\":[\"HR\"]}]");

        Assert.Equal("patch-0,shared,patch-2,shared,patch-4", await NamesAsync("{}"));
        Assert.Equal("shared,shared", await NamesAsync("""{"AssociationFilterList":[{"key":"AssociationName","value":"shared"}]}"""));
        Assert.Equal(string.Empty, await NamesAsync("""{"AssociationFilterList":[{"key":"AssociationName","value":"patch-1"}]}"""));
        Assert.Equal("shared", await NamesAsync("""{"AssociationFilterList":[{"key":"InstanceId","value":"i-12345678"}]}"""));
        Assert.Equal("shared", await NamesAsync("""{"AssociationFilterList":[{"key":"ResourceGroupName","value":"HR"}]}"""));
        Assert.Equal("patch-0,patch-2,patch-4", await NamesAsync("""{"AssociationFilterList":[{"key":"Name","value":"AWS-RunPatchBaseline"}]}"""));
        Assert.Equal(string.Empty, await NamesAsync("""{"AssociationFilterList":[{"key":"CloudConnectorId","value":"33858bec-0c55-4547-a054-eb5fc0000000"}]}"""));
        await endpoint.CallAsync("DeleteAssociation", $$"""{"AssociationId":"{{created[3]!["AssociationId"]}}"}""");
        Assert.Equal("patch-0,shared,patch-2,patch-4", await NamesAsync("{}"));
    }

    [Fact]
    public async Task Every_version_can_be_read_and_the_list_of_them_leaves_two_members_out()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { OmittedMember = OmittedMember.Keep, Seed = 1 });
        AmazonSimpleSystemsManagementClient sdk = endpoint.Sdk();
        JsonNode created = await CreateAsync(
            endpoint,
            """{"Name":"AWS-StopEC2Instance","AssociationName":"name-1","AutomationTargetParameterName":"InstanceId","Targets":[{"Key":"tag:a","Values":["b"]}],"AlarmConfiguration":{"Alarms":[{"Name":"alarm"}]}}""");
        string id = (string)created["AssociationId"]!;
        for (int i = 2; i <= 60; i++)
        {
            await sdk.UpdateAssociationAsync(new UpdateAssociationRequest { AssociationId = id, AssociationName = "name-" + i.ToString(CultureInfo.InvariantCulture) });
        }

        List<AssociationVersionInfo> versions = [];
        var request = new ListAssociationVersionsRequest { AssociationId = id };
        do
        {
            ListAssociationVersionsResponse page = await sdk.ListAssociationVersionsAsync(request);
            Assert.InRange(page.AssociationVersions.Count, 1, 50);
            versions.AddRange(page.AssociationVersions);
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);

        Assert.Equal(Enumerable.Range(1, 60).Reverse().Select(i => $"{i}:name-{i}"), versions.Select(version => version.AssociationVersion + ":" + version.AssociationName));
        Assert.All(versions, version => Assert.Equal(("AWS-StopEC2Instance", id), (version.Name, version.AssociationId)));
        JsonNode listed = (await endpoint.CallAsync("ListAssociationVersions", $$"""{"AssociationId":"{{id}}","MaxResults":1}""")).Json["AssociationVersions"]![0]!;
        Assert.Null(listed["AutomationTargetParameterName"]);
        Assert.Null(listed["AlarmConfiguration"]);
        AssociationDescription first = (await sdk.DescribeAssociationAsync(new DescribeAssociationRequest { AssociationId = id, AssociationVersion = "1" })).AssociationDescription;
        Assert.Equal(("name-1", "1", "InstanceId", "alarm"), (first.AssociationName, first.AssociationVersion, first.AutomationTargetParameterName, first.AlarmConfiguration.Alarms[0].Name));
        await Assert.ThrowsAsync<InvalidAssociationVersionException>(() => sdk.DescribeAssociationAsync(new DescribeAssociationRequest { AssociationId = id, AssociationVersion = "61" }));
        Assert.Equal("InvalidNextToken", (await endpoint.CallAsync("ListAssociationVersions", $$"""{"AssociationId":"{{id}}","NextToken":"MS4w"}""")).Type);
        Assert.Equal("ValidationException", (await endpoint.CallAsync("ListAssociationVersions", $$"""{"AssociationId":"{{id}}","MaxResults":51}""")).Type);
    }

    [Fact]
    public async Task After_the_last_version_there_is_none()
    {
        using var endpoint = new TestEndpoint();
        string id = (string)(await CreateAsync(endpoint, TestEndpoint.Tagged(1)))["AssociationId"]!;
        string body = $$"""{"AssociationId":"{{id}}","Parameters":{"Operation":["Scan"]} }""";
        for (int i = 2; i <= AssociationUpdates.VersionLimit; i++)
        {
            Assert.Equal(200, (await endpoint.CallAsync("UpdateAssociation", body)).Status);
        }

        Assert.Equal("AssociationVersionLimitExceeded", (await endpoint.CallAsync("UpdateAssociation", body)).Type);
        Assert.Equal("1000", (string?)(await DescribeAsync(endpoint, id))["AssociationVersion"]);
    }

    [Fact]
    public async Task Versions_survive_the_process()
    {
        using var state = new TestEndpoint.TemporaryFile();
        var options = new LocalEndpointOptions { StatePath = state.Path, Seed = 1, OmittedMember = OmittedMember.Keep };
        string id;
        using (var endpoint = new TestEndpoint(options))
        {
            JsonArray created = (await endpoint.CreateAsync(TestEndpoint.Tagged(1), TestEndpoint.Tagged(2))).Json["Successful"]!.AsArray();
            id = (string)created[0]!["AssociationId"]!;
            await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{id}}","AssociationName":"second"}""");
            await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{id}}","AssociationName":"third"}""");
        }

        using (var endpoint = new TestEndpoint(options))
        {
            Assert.Equal(2, endpoint.Server.AssociationCount);
            Assert.Equal("third", (string?)(await DescribeAsync(endpoint, id))["AssociationName"]);
            Assert.Equal(
                ["3", "2", "1"],
                (await endpoint.CallAsync("ListAssociationVersions", $$"""{"AssociationId":"{{id}}"}""")).Json["AssociationVersions"]!.AsArray().Select(version => (string)version!["AssociationVersion"]!));
            JsonNode list = (await endpoint.CallAsync("ListAssociations", "{}")).Json;
            Assert.Equal(["third", "patch-2"], list["Associations"]!.AsArray().Select(item => (string)item!["AssociationName"]!));
            Assert.Equal("4", (string?)(await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{id}}","AssociationVersion":"3"}""")).Json["AssociationDescription"]!["AssociationVersion"]);
        }
    }

    [Fact]
    public async Task A_list_that_is_behind_shows_the_version_before()
    {
        using var endpoint = new TestEndpoint("ListAssociations after 3 lag calls=2", "DescribeAssociation after 1 lag calls=2");
        string id = (string)(await CreateAsync(endpoint, TestEndpoint.Tagged(1)))["AssociationId"]!;
        async Task<string?> ListedAsync() => (string?)(await endpoint.CallAsync("ListAssociations", "{}")).Json["Associations"]![0]!["AssociationVersion"];
        for (int i = 0; i < 3; i++)
        {
            await ListedAsync();
        }

        await DescribeAsync(endpoint, id);
        await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{id}}","Parameters":{"Operation":["Scan"]} }""");

        Assert.Equal("1", (string?)(await DescribeAsync(endpoint, id))["AssociationVersion"]);
        Assert.Equal("1,1,2", string.Join(",", await ListedAsync(), await ListedAsync(), await ListedAsync()));
        Assert.Equal("2", (string?)(await DescribeAsync(endpoint, id))["AssociationVersion"]);
    }

    [Fact]
    public async Task An_update_whose_answer_is_lost_was_made_all_the_same()
    {
        using var endpoint = new TestEndpoint("UpdateAssociation call 1 reset acted=yes", "UpdateAssociation call 2 reset");
        string id = (string)(await CreateAsync(endpoint, TestEndpoint.Tagged(1)))["AssociationId"]!;
        string body = $$"""{"AssociationId":"{{id}}","AssociationVersion":"1","Parameters":{"Operation":["Scan"]} }""";

        await Assert.ThrowsAsync<System.Net.Http.HttpRequestException>(() => endpoint.CallAsync("UpdateAssociation", body));
        string? first = (string?)(await DescribeAsync(endpoint, id))["AssociationVersion"];
        await Assert.ThrowsAsync<System.Net.Http.HttpRequestException>(() => endpoint.CallAsync("UpdateAssociation", body));

        Assert.Equal("2", first);
        Assert.Equal("2", (string?)(await DescribeAsync(endpoint, id))["AssociationVersion"]);
    }

    private static async Task<JsonNode> CreateAsync(TestEndpoint endpoint, string entry) =>
        Assert.Single((await endpoint.CreateAsync(entry)).Json["Successful"]!.AsArray())!;

    private static Task<JsonNode> DescribeAsync(TestEndpoint endpoint, JsonNode association) => DescribeAsync(endpoint, (string)association["AssociationId"]!);

    private static async Task<JsonNode> DescribeAsync(TestEndpoint endpoint, string id) =>
        (await endpoint.CallAsync("DescribeAssociation", $$"""{"AssociationId":"{{id}}"}""")).Json["AssociationDescription"]!;

    /// <summary>What a client sends that wants to change nothing: every member that it read and that can be sent.</summary>
    private static JsonObject Sendable(JsonNode description)
    {
        JsonObject request = description.DeepClone().AsObject();
        foreach (string member in s_service.Except(["ApplyOnlyAtCronInterval", "AssociationId", "AssociationVersion", "DocumentVersion"]))
        {
            request.Remove(member);
        }

        return request;
    }
}
