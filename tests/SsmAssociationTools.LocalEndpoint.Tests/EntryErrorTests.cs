using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>The documented errors as they arise from content and state, entry by entry.</summary>
public sealed class EntryErrorTests
{
    private const string Inventory = """
        {
          // comments and trailing commas are welcome
          "documents": [
            { "name": "web-config", "type": "Command", "schemaVersion": "2.2", "platformTypes": ["Linux"], "versions": ["1", "2"],
              "defaultVersion": "2", "parameters": { "Level": { "required": true }, "Note": {} } },
            { "name": "old-config", "schemaVersion": "1.2" },
            { "name": "policy-doc", "type": "Policy", "schemaVersion": "2.0" },
            { "name": "any-runbook", "type": "Automation" },
            { "name": "arn:aws:ssm:us-east-1:999999999999:document/shared" },
          ],
          "managedNodes": [
            { "id": "i-0123456789abcdef0", "platform": "Linux", "state": "running" },
            { "id": "i-0123456789abcdef1", "platform": "windows" },
            { "id": "i-0123456789abcdef2", "platform": "Linux", "state": "terminated" },
            { "id": "mi-0123456789abcdef0" },
          ],
          "buckets": [ "logs" ],
        }
        """;

    private const string AnyTarget = "\"Targets\":[{\"Key\":\"tag:a\",\"Values\":[\"b\"]}]";

    [Theory]
    [InlineData("""{"Name":"missing-doc"}""", "Document does not exist: missing-doc")]
    [InlineData("""{"Name":"AWS-RunShelScript"}""", "Document does not exist: AWS-RunShelScript")]
    [InlineData("""{"Name":"arn:aws:ssm:eu-west-1:123456789012:document/web-config"}""", "Document does not exist: arn:aws:ssm:eu-west-1:123456789012:document/web-config")]
    [InlineData("""{"Name":"AWS-StartSSHSession","Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Document type Session is not supported for associations.")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","DocumentVersion":"1","Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Document version can not be used with Amazon document")]
    [InlineData("""{"Name":"web-config","DocumentVersion":"3","Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Document version: 3 is invalid, latest version is 2")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Parameters":{"Operation":["Scan"]}}""", "Instance ID or targets must be specified")]
    [InlineData("""{"Name":"policy-doc","Targets":[]}""", "Instance ID or targets must be specified")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","InstanceId":"i-0123456789abcdef0"}""", "Document schema version, 2.2, is not supported by association that is created with instance id")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"foo","Values":["b"]}]}""", "Unsupported target key: foo, can either be InstanceIds, aws:NoOpAutomationTag, resource-groups:name, tag-key or start with tag:")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"tag:","Values":["b"]}]}""", "Unsupported target key: tag:, can either be InstanceIds, aws:NoOpAutomationTag, resource-groups:name, tag-key or start with tag:")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"ParameterValues","Values":["b"]}]}""", "Unsupported target key: ParameterValues, can either be InstanceIds, aws:NoOpAutomationTag, resource-groups:name, tag-key or start with tag:")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"resource-groups:ResourceTypeFilters","Values":["b"]}]}""", "Unsupported target key: resource-groups:ResourceTypeFilters, can either be InstanceIds, aws:NoOpAutomationTag, resource-groups:name, tag-key or start with tag:")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"tag:a","Values":[""]}]}""", "Tag or InstanceIds values cannot contain null or empty string.")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"InstanceIds","Values":[]}]}""", "Tag or InstanceIds values cannot contain null or empty string.")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"instanceids","Values":["i-000000000000000000"]}]}""", "Invalid InstanceId format: i-000000000000000000")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"resource-groups:Name","Values":["a","b"]}]}""", "InvalidTarget: an association can target one resource group only.")]
    [InlineData("""{"Name":"AWS-StartEC2Instance","Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Must specify both Automation Target Parameter Name and Targets")]
    [InlineData("""{"Name":"AWS-StartEC2Instance","AutomationTargetParameterName":"InstanceId"}""", "Must specify both Automation Target Parameter Name and Targets")]
    [InlineData("""{"Name":"AWS-StartEC2Instance","AutomationTargetParameterName":"instanceId","Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Parameter \"instanceId\" is not defined in the document.")]
    [InlineData("""{"Name":"AWS-StartEC2Instance"}""", "Parameter \"InstanceId\" requires a value.")]
    [InlineData("""{"Name":"AWS-StopEC2Instance","InstanceId":"i-0123456789abcdef0"}""", "Document schema version, 0.3, is not supported by association that is created with instance id")]
    [InlineData("""{"Name":"AWS-StopEC2Instance","AutomationTargetParameterName":"InstanceId","Targets":[{"Key":"ResourceGroup","Values":["dev"]}]}""", "Unsupported Target Type")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"ResourceGroup","Values":["dev"]}]}""", "Unsupported target key: ResourceGroup, can either be InstanceIds, aws:NoOpAutomationTag, resource-groups:name, tag-key or start with tag:")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Parameters":{"Operation":["install"]},"Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Parameter \"Operation\" has a value not found in [Scan, Install].")]
    [InlineData("""{"Name":"AmazonCloudWatch-ManageAgent","Parameters":{"optionalRestart":["true"]},"Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Parameter \"optionalRestart\" has a value not found in [yes, no].")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Parameters":{"Operation":["Scan","Install"]},"Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Parameter \"Operation\" is of type String and takes one value.")]
    [InlineData("""{"Name":"AWS-RunShellScript","Parameters":{"commands":["ls"],"executionTimeout":["soon"]},"Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Parameter \"executionTimeout\" has a value that does not match ([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)")]
    [InlineData("""{"Name":"any-runbook","TargetLocations":[{"Accounts":["1234"],"Regions":["us-east-1"]}]}""", "InvalidTarget: 1234 in TargetLocations is neither an account nor an organizational unit.")]
    [InlineData("""{"Name":"any-runbook","TargetLocations":[{"Accounts":["123456789012"],"Regions":["us-east"]}]}""", "InvalidTarget: us-east in TargetLocations is not a Region.")]
    [InlineData("""{"Name":"any-runbook","TargetLocations":[{"Accounts":["1"],"Regions":["r"],"Targets":[{"Key":"tag:a","Values":["b"]}]}]}""", "Must specify both Automation Target Parameter Name and Targets")]
    [InlineData("""{"Name":"web-config","Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Parameter \"Level\" requires a value.")]
    [InlineData("""{"Name":"web-config","Parameters":{"level":["1"]},"Targets":[{"Key":"tag:a","Values":["b"]}]}""", "Parameter \"level\" is not defined in the document.")]
    [InlineData("""{"Name":"any-runbook","AutomationTargetParameterName":"Id","Targets":[{"Key":"tag:a","Values":["b"]}],"TargetMaps":[{"Id":["1"]}]}""", "InvalidTargetMaps: Targets and TargetMaps can not be used together.")]
    [InlineData("""{"Name":"AWS-StartEC2Instance","TargetMaps":[{"Nope":["1"]}]}""", "InvalidTargetMaps: \"Nope\" is not a parameter of the document.")]
    [InlineData("""{"Name":"old-config","InstanceId":"i-0123456789abcdef9"}""", "InvalidInstanceId: i-0123456789abcdef9 is not a managed node of this account and Region.")]
    [InlineData("""{"Name":"old-config","InstanceId":"i-0123456789abcdef2"}""", "InvalidInstanceId: i-0123456789abcdef2 is not in a valid state; it is terminated.")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Parameters":{"Operation":["Scan"]},"Targets":[{"Key":"InstanceIds","Values":["i-0123456789abcdef0","i-0123456789abcdef9"]}]}""", "InvalidInstanceId: i-0123456789abcdef9 is not a managed node of this account and Region.")]
    [InlineData("""{"Name":"AWS-RunShellScript","InstanceId":"i-0123456789abcdef1"}""", "UnsupportedPlatformType: document AWS-RunShellScript does not run on Windows, the platform of i-0123456789abcdef1.")]
    [InlineData("""{"Name":"old-config","InstanceId":"i-0123456789abcdef0","ScheduleExpression":"rate(1 day)"}""", "InvalidTarget: ScheduleExpression can not be used with InstanceId; use Targets instead.")]
    [InlineData("""{"Name":"old-config","InstanceId":"i-0123456789abcdef0","Targets":[{"Key":"tag:a","Values":["b"]}]}""", "InvalidTarget: InstanceId and Targets can not be used together.")]
    public async Task An_entry_fails_with_the_text_of_the_service(string entry, string message)
    {
        using var file = new TestEndpoint.TemporaryFile(Inventory);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });

        TestEndpoint.Reply reply = await endpoint.CreateAsync(entry, TestEndpoint.Tagged(1));

        JsonNode failure = Assert.Single(reply.Json["Failed"]!.AsArray())!;
        Assert.Equal(message, (string?)failure["Message"]);
        Assert.Equal("Client", (string?)failure["Fault"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(entry), failure["Entry"]));
        Assert.Equal(1, reply.Count("Successful"));
        Assert.Equal(1, endpoint.Server.AssociationCount);
    }

    [Theory]
    [InlineData("""{"Name":"web-config","DocumentVersion":"2","Parameters":{"Level":["1"]},"Targets":[{"Key":"InstanceIds","Values":["i-0123456789abcdef0"]}]}""")]
    [InlineData("""{"Name":"arn:aws:ssm:us-east-1:123456789012:document/web-config","Parameters":{"Level":["1"]},"Targets":[{"Key":"tag:Patch Group","Values":["b"]}]}""")]
    [InlineData("""{"Name":"arn:aws:ssm:us-east-1:999999999999:document/shared","Targets":[{"Key":"tag-key","Values":["b"]}]}""")]
    [InlineData("""{"Name":"old-config","InstanceId":"mi-0123456789abcdef0"}""")]
    [InlineData("""{"Name":"policy-doc","Targets":[{"Key":"InstanceIds","Values":["*"]}]}""")]
    [InlineData("""{"Name":"any-runbook"}""")]
    [InlineData("""{"Name":"any-runbook","AutomationTargetParameterName":"Id","Targets":[{"Key":"ParameterValues","Values":["b"]}]}""")]
    [InlineData("""{"Name":"AWS-StartEC2Instance","TargetMaps":[{"InstanceId":["i-1"]}]}""")]
    [InlineData("""{"Name":"any-runbook","TargetLocations":[{"Accounts":["123456789012","ou-abcd-12345678"],"Regions":["us-gov-west-1"]}]}""")]
    [InlineData("""{"Name":"AWS-RunPatchBaseline","Parameters":{"Operation":["{{ssm:operation}}"]},"Targets":[{"Key":"tag:a","Values":["b"]}]}""")]
    [InlineData("""{"Name":"AWSSupport-TroubleshootRDP","Parameters":{"InstanceId":["i-1"],"Action":["nonsense"]}}""")]
    [InlineData("""{"Name":"AWS-HelloWorld","Targets":[{"Key":"aws:NoOpAutomationTag","Values":["AWS-NoOpAutomationTarget-Value"]}]}""")]
    [InlineData("""{"Name":"AWS-UpdateSSMAgent","DocumentVersion":"$LATEST","Targets":[{"Key":"resource-groups:Name","Values":["HR"]}]}""")]
    [InlineData("""{"Name":"AWS-UpdateSSMAgent","Targets":[{"Key":"tag:a","Values":["b"]},{"Key":"tag:c","Values":["d"]}],"OutputLocation":{"S3Location":{"OutputS3BucketName":"logs","OutputS3KeyPrefix":""}}}""")]
    public async Task What_the_service_takes_is_taken(string entry)
    {
        using var file = new TestEndpoint.TemporaryFile(Inventory);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });

        Assert.Empty(await endpoint.FailuresAsync(entry));
    }

    [Theory]
    [InlineData("{}", "InvalidOutputLocation: it names no bucket.")]
    [InlineData("""{"S3Location":{"OutputS3KeyPrefix":"x"}}""", "InvalidOutputLocation: it names no bucket.")]
    [InlineData("""{"S3Location":{"OutputS3BucketName":"other"}}""", "InvalidOutputLocation: bucket other does not exist.")]
    [InlineData("""{"S3Location":{"OutputS3BucketName":"Not_A_Bucket"}}""", "InvalidOutputLocation: bucket Not_A_Bucket does not exist.")]
    public async Task An_output_location_needs_a_bucket_that_exists(string output, string message)
    {
        using var file = new TestEndpoint.TemporaryFile(Inventory);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, Seed = 1 });

        Assert.Equal(message, await endpoint.FailureAsync($"{{\"Name\":\"policy-doc\",{AnyTarget},\"OutputLocation\":{output}}}"));
    }

    [Fact]
    public async Task A_document_is_on_a_node_once()
    {
        using var endpoint = new TestEndpoint();
        const string Entry = """{"Name":"AWS-UpdateSSMAgent","InstanceId":"i-12345678"}""";
        await endpoint.CreateAsync(Entry);

        TestEndpoint.Reply reply = await endpoint.CreateAsync(Entry, """{"Name":"AWS-RunShellScript","InstanceId":"i-87654321","Parameters":{"commands":["ls"]}}""");

        Assert.Equal("Association Already Exists", (string?)reply.Json["Failed"]![0]!["Message"]);
        Assert.Equal("Client", (string?)reply.Json["Failed"]![0]!["Fault"]);
        Assert.Equal(1, reply.Count("Successful"));
        TestEndpoint.Reply single = await endpoint.CallAsync("CreateAssociation", Entry);
        Assert.Equal((400, "{\"__type\":\"AssociationAlreadyExists\"}"), (single.Status, single.Body));
    }

    [Fact]
    public async Task Target_associations_can_be_repeated()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CreateAsync(TestEndpoint.Tagged(1), TestEndpoint.Tagged(1));

        Assert.Equal(2, reply.Json["Successful"]!.AsArray().Select(success => (string?)success!["AssociationId"]).Distinct().Count());
    }

    [Fact]
    public async Task Inventory_of_all_nodes_exists_once_until_it_is_deleted()
    {
        using var endpoint = new TestEndpoint();
        const string Entry = """{"Name":"AWS-GatherSoftwareInventory","Targets":[{"Key":"InstanceIds","Values":["*"]}]}""";

        TestEndpoint.Reply reply = await endpoint.CreateAsync(Entry, Entry);

        Assert.Equal(
            "Multiple apply all associations with document 'AWS-GatherSoftwareInventory' are not supported",
            (string?)Assert.Single(reply.Json["Failed"]!.AsArray())!["Message"]);
        await endpoint.CallAsync("DeleteAssociation", $"{{\"AssociationId\":\"{reply.Json["Successful"]![0]!["AssociationId"]}\"}}");
        Assert.Empty(await endpoint.FailuresAsync(Entry));
    }

    [Fact]
    public async Task The_same_node_twice_in_a_call_fails_the_call()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CreateAsync(
            """{"Name":"AWS-UpdateSSMAgent","InstanceId":"i-12345678"}""",
            """{"Name":"AWS-RunShellScript","InstanceId":"i-12345678"}""");

        Assert.Equal((400, "{\"__type\":\"DuplicateInstanceId\"}"), (reply.Status, reply.Body));
        Assert.Equal(0, endpoint.Server.AssociationCount);
    }

    [Fact]
    public async Task Entries_past_the_limit_fail_until_others_are_deleted()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { AssociationLimit = 2, Seed = 1 });

        TestEndpoint.Reply reply = await endpoint.CreateAsync(TestEndpoint.Tagged(1), TestEndpoint.Tagged(2), TestEndpoint.Tagged(3), TestEndpoint.Tagged(4));

        Assert.Equal(2, reply.Count("Successful"));
        Assert.Equal(2, reply.Count("Failed"));
        Assert.Equal("AssociationLimitExceeded: at most 2 associations can be active.", (string?)reply.Json["Failed"]![0]!["Message"]);
        Assert.Equal("AssociationLimitExceeded", (await endpoint.CallAsync("CreateAssociation", TestEndpoint.Tagged(5))).Type);
        await endpoint.CallAsync("DeleteAssociation", $"{{\"AssociationId\":\"{reply.Json["Successful"]![0]!["AssociationId"]}\"}}");
        Assert.Empty(await endpoint.FailuresAsync(TestEndpoint.Tagged(3)));
    }

    [Fact]
    public async Task The_default_limit_is_the_documented_one_and_zero_lifts_it()
    {
        using var limited = new TestEndpoint();
        using var open = new TestEndpoint(new LocalEndpointOptions { AssociationLimit = 0, Seed = 1 });
        string[] entries = [.. Enumerable.Range(0, 2001).Select(TestEndpoint.Tagged)];

        Assert.Equal(new string?[] { "AssociationLimitExceeded: at most 2,000 associations can be active." }, await limited.FailuresAsync(entries));
        Assert.Empty(await open.FailuresAsync(entries));
        Assert.Equal(2001, open.Server.AssociationCount);
    }

    [Fact]
    public async Task A_star_lets_every_customer_document_exist()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { Documents = ["*"], Seed = 1 });

        Assert.Equal(
            new string?[] { "Document does not exist: AWS-Nonsense" },
            await endpoint.FailuresAsync(
                $"{{\"Name\":\"anything\",\"DocumentVersion\":\"7\",{AnyTarget}}}",
                """{"Name":"anything","InstanceId":"i-12345678"}""",
                """{"Name":"a-runbook"}""",
                """{"Name":"a-runbook","Targets":[{"Key":"ParameterValues","Values":["x"]}]}""",
                $"{{\"Name\":\"AWS-Nonsense\",{AnyTarget}}}"));
    }

    [Theory]
    [InlineData("rate(30 minutes)", null, null, null)]
    [InlineData("rate(30 minutes)", false, null, null)]
    [InlineData("rate(30 minutes)", true, null, "ApplyOnlyAtCronInterval is not supported for Rate Schedule associations.")]
    [InlineData(null, true, null, "ApplyOnlyAtCronInterval is not supported for No Schedule associations.")]
    [InlineData("at(2020-07-07T15:55:00)", null, null, "At Schedule Expression must be used with ApplyOnlyAtCronInterval = true")]
    [InlineData("at(2020-07-07T15:55:00)", true, null, null)]
    [InlineData("cron(0 2 ? * SUN#2 *)", null, 2, "ScheduleOffset is not supported for non ApplyOnlyAtCronInterval associations.")]
    [InlineData("cron(0 2 ? * SUN *)", true, 2, "ScheduleOffset is valid with nth day of the week in the month cron expression only.")]
    [InlineData("at(2020-07-07T15:55:00)", true, 2, "ScheduleOffset is valid with nth day of the week in the month cron expression only.")]
    [InlineData("cron(0 2 ? * SUN#2 *)", true, 2, null)]
    public async Task Schedule_options_go_together_or_fail(string? expression, bool? cronOnly, int? offset, string? message)
    {
        using var endpoint = new TestEndpoint();
        string members = (expression is null ? string.Empty : $",\"ScheduleExpression\":\"{expression}\"")
            + (cronOnly is bool flag ? $",\"ApplyOnlyAtCronInterval\":{(flag ? "true" : "false")}" : string.Empty)
            + (offset is int days ? $",\"ScheduleOffset\":{days.ToString(CultureInfo.InvariantCulture)}" : string.Empty);

        Assert.Equal(message, await endpoint.FailureAsync($"{{\"Name\":\"customer-doc\",{AnyTarget}{members}}}"));
    }

    [Fact]
    public async Task A_runbook_without_targets_gets_the_target_that_stands_for_nothing()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CreateAsync("""{"Name":"AWS-HelloWorld"}""");

        Assert.Equal(
            """[{"Key":"aws:NoOpAutomationTag","Values":["AWS-NoOpAutomationTarget-Value"]}]""",
            reply.Json["Successful"]![0]!["Targets"]!.ToJsonString());
    }

    [Fact]
    public async Task The_dispatch_role_is_echoed_with_every_association()
    {
        using var endpoint = new TestEndpoint();
        const string Role = "arn:aws:iam::123456789012:role/dispatch";

        TestEndpoint.Reply reply = await endpoint.CallAsync(
            "CreateAssociationBatch",
            $"{{\"Entries\":[{TestEndpoint.Tagged(1)},{TestEndpoint.Tagged(2)}],\"AssociationDispatchAssumeRole\":\"{Role}\"}}");

        Assert.All(reply.Json["Successful"]!.AsArray(), success => Assert.Equal(Role, (string?)success!["AssociationDispatchAssumeRole"]));
    }
}
