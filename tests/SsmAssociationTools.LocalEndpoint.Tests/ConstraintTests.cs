using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>What the service's framework refuses before any entry is looked at.</summary>
public sealed class ConstraintTests
{
    [Theory]
    [InlineData("{}", "Value null at 'entries' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"Entries":[]}""", "Value '[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("""{"Entries":[{}]}""", "Value null at 'entries.1.member.name' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"Entries":[null]}""", "Value null at 'entries.1.member' failed to satisfy constraint: Member must not be null")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name"},{"Name":"ok-name","ComplianceSeverity":"high"}]}""",
        "Value 'high' at 'entries.2.member.complianceSeverity' failed to satisfy constraint: Member must satisfy enum value set: [CRITICAL, HIGH, MEDIUM, LOW, UNSPECIFIED]")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name","ScheduleOffset":7}]}""",
        "Value '7' at 'entries.1.member.scheduleOffset' failed to satisfy constraint: Member must have value less than or equal to 6")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name","Duration":0}]}""",
        "Value '0' at 'entries.1.member.duration' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name","Targets":[{"Key":"","Values":[]}]}]}""",
        "Value '' at 'entries.1.member.targets.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name","OutputLocation":{"S3Location":{"OutputS3BucketName":"ab"}}}]}""",
        "Value 'ab' at 'entries.1.member.outputLocation.s3Location.outputS3BucketName' failed to satisfy constraint: Member must have length greater than or equal to 3")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name","TargetMaps":[{}]}]}""",
        "Value '[{}]' at 'entries.1.member.targetMaps' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 20, Member must have length greater than or equal to 1]")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name","TargetMaps":[{"":["a"]}]}]}""",
        "Value '[{=[a]}]' at 'entries.1.member.targetMaps' failed to satisfy constraint: Member must satisfy constraint: [Map keys must satisfy constraint: [Member must have length less than or equal to 50, Member must have length greater than or equal to 1]]")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name","TargetMaps":[{"k":["a",""]}]}]}""",
        "Value '[{k=[a, ]}]' at 'entries.1.member.targetMaps' failed to satisfy constraint: Member must satisfy constraint: [Map value must satisfy constraint: [Member must satisfy constraint: [Member must have length less than or equal to 50, Member must have length greater than or equal to 1]]]")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name","TargetLocations":[{"ExcludeAccounts":["12345"]}]}]}""",
        @"Value '[12345]' at 'entries.1.member.targetLocations.1.member.excludeAccounts' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 68, Member must have length greater than or equal to 6, Member must satisfy regular expression pattern: ^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})|(\d{12})$]")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name","AlarmConfiguration":{"Alarms":[{"Name":"a"},{"Name":"b"}]}}]}""",
        "Value '[{Name=a}, {Name=b}]' at 'entries.1.member.alarmConfiguration.alarms' failed to satisfy constraint: Member must have length less than or equal to 1")]
    [InlineData(
        """{"Entries":[{"Name":"ok-name"}],"AssociationDispatchAssumeRole":"role"}""",
        "Value 'role' at 'associationDispatchAssumeRole' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+")]
    public async Task A_broken_constraint_fails_the_whole_call_in_the_words_of_the_service(string request, string error)
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CallAsync("CreateAssociationBatch", request);

        Assert.Equal(400, reply.Status);
        Assert.Equal("ValidationException", reply.Type);
        Assert.Equal("1 validation error detected: " + error, reply.Message);
        Assert.Equal(0, endpoint.Server.AssociationCount);
    }

    [Fact]
    public async Task All_broken_constraints_are_counted_and_joined()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CreateAsync(TestEndpoint.Tagged(1), """{"Name":"x","MaxErrors":"101%"}""");

        Assert.StartsWith("2 validation errors detected: Value 'x' at 'entries.2.member.name' failed", reply.Message);
        Assert.Contains("; Value '101%' at 'entries.2.member.maxErrors' failed", reply.Message);
        Assert.Equal(0, endpoint.Server.AssociationCount);
    }

    [Theory]
    [InlineData("InstanceId", "i-12345678\\n")]
    [InlineData("InstanceId", "i-\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668")]
    [InlineData("InstanceId", "mi-12345678")]
    [InlineData("DocumentVersion", "x$LATESTy")]
    [InlineData("DocumentVersion", "01")]
    [InlineData("MaxConcurrency", "0")]
    [InlineData("MaxConcurrency", "0%")]
    [InlineData("MaxErrors", "5.5%")]
    [InlineData("MaxErrors", " 10")]
    [InlineData("AssociationName", "with space")]
    [InlineData("AssociationName", "ab")]
    public async Task Patterns_hold_for_the_whole_text_and_for_ascii(string member, string value)
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CreateAsync($"{{\"Name\":\"AWS-RunShellScript\",\"{member}\":\"{value}\"}}");

        Assert.Equal("ValidationException", reply.Type);
    }

    [Theory]
    [InlineData("MaxErrors", "0")]
    [InlineData("MaxErrors", "0%")]
    [InlineData("MaxConcurrency", "100%")]
    [InlineData("MaxConcurrency", "9999999")]
    public async Task Edges_of_the_patterns_are_accepted(string member, string value)
    {
        using var endpoint = new TestEndpoint();

        Assert.Empty(await endpoint.FailuresAsync(
            $"{{\"Name\":\"customer-doc\",\"Targets\":[{{\"Key\":\"tag:a\",\"Values\":[\"b\"]}}],\"{member}\":\"{value}\"}}"));
    }

    [Theory]
    [InlineData("""{"Entries":{"Name":"a"}}""", "Start of structure or map found where not expected.")]
    [InlineData("""{"Entries":"a"}""", "Expected list or null")]
    [InlineData("""{"Entries":["a"]}""", "Expected null")]
    [InlineData("""{"Entries":[["a"]]}""", "Start of list found where not expected")]
    [InlineData("""{"Entries":[{"Name":5}]}""", "NUMBER_VALUE can not be converted to a String")]
    [InlineData("""{"Entries":[{"Name":true}]}""", "TRUE_VALUE can not be converted to a String")]
    [InlineData("""{"Entries":[{"Name":["a"]}]}""", "Start of list found where not expected")]
    [InlineData("""{"Entries":[{"Name":"ok-name","MaxErrors":10}]}""", "NUMBER_VALUE can not be converted to a String")]
    [InlineData("""{"Entries":[{"Name":"ok-name","ApplyOnlyAtCronInterval":"true"}]}""", "STRING_VALUE can not be converted to a Boolean")]
    [InlineData("""{"Entries":[{"Name":"ok-name","Duration":"2"}]}""", "STRING_VALUE can not be converted to an Integer")]
    [InlineData("""{"Entries":[{"Name":"ok-name","Parameters":{"Operation":"Scan"}}]}""", "Expected list or null")]
    [InlineData("""{"Entries":[{"Name":"ok-name","Parameters":{"WhyRun":[false]}}]}""", "FALSE_VALUE can not be converted to a String")]
    [InlineData("""{"Entries":[{"Name":"ok-name","Parameters":[]}]}""", "Start of list found where not expected")]
    [InlineData("""{"Entries":[{"Name":"\ud800"}]}""", "The request holds an invalid Unicode escape.")]
    [InlineData("[]", "Start of list found where not expected")]
    [InlineData("\"text\"", "Expected null")]
    [InlineData("{\"Entries\":", "The request is not JSON.")]
    [InlineData("", "The request has no body.")]
    [InlineData("\u0000\u0001garbage", "The request is not JSON.")]
    public async Task A_wrong_type_is_a_serialization_error(string request, string message)
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CallAsync("CreateAssociationBatch", request);

        Assert.Equal((400, "SerializationException", message), (reply.Status, reply.Type, reply.Message));
    }

    [Fact]
    public async Task Deep_nesting_is_answered()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CallAsync("CreateAssociationBatch", new string('[', 100_000));

        Assert.Equal("SerializationException", reply.Type);
    }

    [Fact]
    public async Task Values_of_parameters_are_in_no_message()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply nullItem = await endpoint.CreateAsync("""{"Name":"ok-name","Parameters":{"password":["hunter2",null]}}""");
        TestEndpoint.Reply wrongType = await endpoint.CreateAsync("""{"Name":"ok-name","Parameters":{"password":["hunter2",1]}}""");

        Assert.Equal(
            "1 validation error detected: Value at 'entries.1.member.parameters' failed to satisfy constraint: Map value must satisfy constraint: [Member must satisfy constraint: [Member must not be null]]",
            nullItem.Message);
        Assert.DoesNotContain("hunter2", wrongType.Body);
    }

    [Fact]
    public async Task Unknown_members_and_nulls_are_passed_over_and_not_echoed()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CallAsync(
            "CreateAssociationBatch",
            """{"Entries":[{"Name":"customer-doc","Tags":[1],"MaxErrors":null,"Targets":[{"Key":"tag:a","Values":["b"],"Extra":1}]}],"Other":2}""");

        string success = reply.Json["Successful"]![0]!.ToJsonString();
        Assert.DoesNotContain("Tags", success);
        Assert.DoesNotContain("MaxErrors", success);
        Assert.DoesNotContain("Extra", success);
    }

    [Fact]
    public async Task The_model_without_its_texts_is_all_that_travels_with_the_assembly()
    {
        await using System.IO.Stream stream = typeof(LocalEndpointLauncher).Assembly.GetManifestResourceStream("model.json")!;
        using var reader = new System.IO.StreamReader(stream, Encoding.UTF8);

        Assert.DoesNotContain("documentation", await reader.ReadToEndAsync());
    }
}
