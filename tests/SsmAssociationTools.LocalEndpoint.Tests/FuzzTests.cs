using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>Requests that nobody would write by hand. Whatever comes, there is an answer, and state and answer agree.</summary>
public sealed class FuzzTests
{
    private const string Batch = """
        {"AssociationDispatchAssumeRole":"arn:aws:iam::123456789012:role/dispatch","Entries":[
          {"Name":"AWS-UpdateSSMAgent","InstanceId":"i-0123456789abcdef0","Parameters":{"version":["1"]}},
          {"Name":"AWS-StartEC2Instance","AssociationName":"start","DocumentVersion":"$DEFAULT","AutomationTargetParameterName":"InstanceId",
           "Targets":[{"Key":"tag:a","Values":["b","c"]},{"Key":"InstanceIds","Values":["i-0123456789abcdef0"]}],
           "ScheduleExpression":"cron(0 2 ? * SUN#2 *)","ScheduleOffset":2,"ApplyOnlyAtCronInterval":true,"Duration":2,
           "OutputLocation":{"S3Location":{"OutputS3BucketName":"logs","OutputS3KeyPrefix":"p","OutputS3Region":"us-east-1"}},
           "MaxErrors":"1","MaxConcurrency":"50%","ComplianceSeverity":"LOW","SyncCompliance":"AUTO","CalendarNames":["a"],
           "AlarmConfiguration":{"Alarms":[{"Name":"x"}],"IgnorePollAlarmFailure":false},
           "TargetLocations":[{"Accounts":["123456789012"],"Regions":["us-east-1"],"ExecutionRoleName":"e","ExcludeAccounts":["123456789012"],"Targets":[{"Key":"k","Values":["v"]}]}]},
          {"Name":"customer-doc","TargetMaps":[{"k":["v"]}]}]}
        """;

    private static readonly (string Operation, string Request)[] s_others =
    [
        ("ListAssociations", """{"AssociationFilterList":[{"key":"Name","value":"x"},{"key":"InstanceId","value":"i-1"}],"MaxResults":5,"NextToken":"MS4w"}"""),
        ("DescribeAssociation", """{"AssociationId":"33858bec-0c55-4547-a054-eb5fc0000000","AssociationVersion":"1","Name":"AWS-UpdateSSMAgent","InstanceId":"i-0123456789abcdef0"}"""),
        ("UpdateAssociation", """{"AssociationId":"33858bec-0c55-4547-a054-eb5fc0000000","AssociationVersion":"1","Name":"AWS-UpdateSSMAgent","Targets":[{"Key":"tag:a","Values":["b"]}],"Parameters":{"version":["1"]}}"""),
        ("ListAssociationVersions", """{"AssociationId":"33858bec-0c55-4547-a054-eb5fc0000000","MaxResults":5,"NextToken":"MS4w"}"""),
        ("StartAssociationsOnce", """{"AssociationIds":["33858bec-0c55-4547-a054-eb5fc0000000"]}"""),
        ("DescribeAssociationExecutions", """{"AssociationId":"33858bec-0c55-4547-a054-eb5fc0000000","Filters":[{"Key":"CreatedTime","Value":"2027-01-01T00:00:00Z","Type":"LESS_THAN"}],"MaxResults":5}"""),
        ("DescribeAssociationExecutionTargets", """{"AssociationId":"33858bec-0c55-4547-a054-eb5fc0000000","ExecutionId":"33858bec-0c55-4547-a054-eb5fc0000000","Filters":[{"Key":"Status","Value":"Failed"}]}"""),
        ("DescribeInstanceAssociationsStatus", """{"InstanceId":"i-0123456789abcdef0","MaxResults":5,"NextToken":"MS4w"}"""),
        ("DescribeInstanceInformation", """{"Filters":[{"Key":"tag:Role","Values":["web"]}],"MaxResults":5,"NextToken":"MS4w"}"""),
        ("DescribeInstanceInformation", """{"InstanceInformationFilterList":[{"key":"PingStatus","valueSet":["Online"]}]}"""),
        ("GetDocument", """{"Name":"AWS-RunPatchBaseline","DocumentVersion":"1","VersionName":"a","DocumentFormat":"YAML"}"""),
        ("DescribeDocument", """{"Name":"AWS-RunPatchBaseline","DocumentVersion":"$DEFAULT"}"""),
        ("ListDocuments", """{"Filters":[{"Key":"Owner","Values":["Amazon"]}],"DocumentFilterList":[{"key":"Name","value":"AWS"}],"MaxResults":5}"""),
        ("GetCalendarState", """{"CalendarNames":["calendar"],"AtTime":"2027-01-01T00:00:00Z"}"""),
        ("AddTagsToResource", """{"ResourceType":"Association","ResourceId":"33858bec-0c55-4547-a054-eb5fc0000000","Tags":[{"Key":"a","Value":"b"}]}"""),
        ("RemoveTagsFromResource", """{"ResourceType":"Association","ResourceId":"33858bec-0c55-4547-a054-eb5fc0000000","TagKeys":["a"]}"""),
        ("ListTagsForResource", """{"ResourceType":"ManagedInstance","ResourceId":"i-0123456789abcdef0"}"""),
        ("DeleteAssociation", """{"AssociationId":"33858bec-0c55-4547-a054-eb5fc0000000","Name":"AWS-UpdateSSMAgent","InstanceId":"i-0123456789abcdef0"}"""),
        ("CreateAssociation", """{"Name":"AWS-UpdateSSMAgent","Targets":[{"Key":"tag:a","Values":["b"]}],"Tags":[{"Key":"a","Value":"b"}],"Parameters":{"version":["1"]}}"""),
    ];

    [Fact]
    public async Task Every_mutation_of_a_request_is_answered()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { Seed = 1, AssociationLimit = 0, Documents = ["customer-doc"] });
        var random = new Random(20261123);
        var seen = new HashSet<string>();
        for (int i = 0; i < 4000; i++)
        {
            (string operation, string request) = i % 3 == 0 ? s_others[random.Next(s_others.Length)] : ("CreateAssociationBatch", Batch);
            JsonNode body = JsonNode.Parse(request)!;
            for (int mutations = random.Next(1, 4); mutations > 0; mutations--)
            {
                Mutate(body, random);
            }

            int before = endpoint.Server.AssociationCount;
            TestEndpoint.Reply reply = await endpoint.CallAsync(operation, body.ToJsonString());

            string place = string.Create(CultureInfo.InvariantCulture, $"{i}: {operation} {body.ToJsonString()}: {reply.Body}");
            Assert.True(reply.Status is 200 or 400, place);
            Assert.True(reply.Status == 200 == (reply.Type is null), place);
            seen.Add(reply.Type ?? "success");
            if (operation == "CreateAssociationBatch")
            {
                int created = reply.Status == 200 ? reply.Count("Successful") : 0;
                Assert.True(reply.Status != 200 || created + reply.Count("Failed") == body["Entries"]!.AsArray().Count, place);
                Assert.True(endpoint.Server.AssociationCount - before == created, place);
            }
        }

        // The mutations reach every stage: reading, constraints, checks of content, and creation.
        Assert.Superset(new HashSet<string> { "success", "SerializationException", "ValidationException", "AssociationDoesNotExist" }, seen);
    }

    private static void Mutate(JsonNode root, Random random)
    {
        JsonNode[] all = [.. Descend(root)];
        switch (all[random.Next(all.Length)])
        {
            case JsonObject members when members.Count > 0:
                string name = members.ElementAt(random.Next(members.Count)).Key;
                switch (random.Next(3))
                {
                    case 0:
                        members.Remove(name);
                        break;
                    case 1:
                        JsonNode? moved = members[name]?.DeepClone();
                        members.Remove(name);
                        members[Word(random)] = moved;
                        break;
                    default:
                        members[name] = Value(random);
                        break;
                }

                break;
            case JsonArray items when items.Count > 0 && random.Next(3) > 0:
                items[random.Next(items.Count)] = Value(random);
                break;
            case JsonArray items:
                JsonNode? copy = items.Count > 0 ? items[0]?.DeepClone() : Value(random);
                for (int count = random.Next(60); count >= 0; count--)
                {
                    items.Add(copy?.DeepClone());
                }

                break;
            default:
                root.AsObject()[Word(random)] = Value(random);
                break;
        }
    }

    private static IEnumerable<JsonNode> Descend(JsonNode node)
    {
        yield return node;
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (JsonNode child in children.Where(child => child is not null).SelectMany(child => Descend(child!)))
        {
            yield return child;
        }
    }

    private static string Word(Random random) => random.Next(8) switch
    {
        0 => string.Empty,
        1 => "Name",
        2 => "$LATEST",
        3 => "\u0000\uFFFF\u2028",
        4 => new string('x', random.Next(1, 400)),
        5 => "rate(30 minutes)",
        6 => "*",
        _ => "i-0123456789abcdef0",
    };

    private static JsonNode? Value(Random random) => random.Next(10) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(-5, 30)),
        2 => JsonValue.Create(random.NextDouble() * 1e12),
        3 => JsonValue.Create(random.Next(2) == 0),
        4 => new JsonArray(),
        5 => new JsonArray(JsonValue.Create(Word(random))),
        6 => new JsonObject(),
        7 => new JsonObject { [Word(random)] = new JsonArray(JsonValue.Create(Word(random)), null) },
        _ => JsonValue.Create(Word(random)),
    };
}
