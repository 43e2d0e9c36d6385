using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>The sample of the API page: its request gives its response, ids and dates aside.</summary>
public sealed class SampleTests
{
    private const string Request = """
        { "Entries": [ { "InstanceId": "i-0471e04240EXAMPLE", "Name": "AWS-UpdateSSMAgent" }, { "InstanceId": "i-07782c72faEXAMPLE", "Name": "AWS-UpdateSSMAgent" } ] }
        """;

    private const string Response = """
        { "Failed": [], "Successful": [ { "ApplyOnlyAtCronInterval": false, "AssociationId": "33858bec-0c55-4547-a054-eb5fcEXAMPLE", "AssociationVersion": "1", "Date": 1585059887.692, "DocumentVersion": "$DEFAULT", "InstanceId": "i-0471e04240EXAMPLE", "LastUpdateAssociationDate": 1585059887.692, "Name": "AWS-UpdateSSMAgent", "Overview": { "DetailedStatus": "Creating", "Status": "Pending" }, "Status": { "Date": 1585059887.692, "Message": "Associated with AWS-UpdateSSMAgent", "Name": "Associated" }, "Targets": [ { "Key": "InstanceIds", "Values": [ "i-0471e04240EXAMPLE" ] } ] }, { "ApplyOnlyAtCronInterval": false, "AssociationId": "e0e0a062-3dcb-4b3e-bb2b-d01b4EXAMPLE", "AssociationVersion": "1", "Date": 1585059887.726, "DocumentVersion": "$DEFAULT", "InstanceId": "i-07782c72faEXAMPLE", "LastUpdateAssociationDate": 1585059887.726, "Name": "AWS-UpdateSSMAgent", "Overview": { "DetailedStatus": "Creating", "Status": "Pending" }, "Status": { "Date": 1585059887.726, "Message": "Associated with AWS-UpdateSSMAgent", "Name": "Associated" }, "Targets": [ { "Key": "InstanceIds", "Values": [ "i-07782c72faEXAMPLE" ] } ] } ] }
        """;

    [Fact]
    public async Task The_sample_request_gives_the_sample_response()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply reply = await endpoint.CallAsync("CreateAssociationBatch", Request);

        Assert.Equal(200, reply.Status);
        Assert.Equal("application/x-amz-json-1.1", reply.ContentHeaders.ContentType!.ToString());
        Assert.NotEmpty(reply.Headers.GetValues("x-amzn-RequestId").Single());
        JsonNode expected = JsonNode.Parse(Response)!;
        JsonNode actual = reply.Json;
        Assert.All(actual["Successful"]!.AsArray(), success =>
        {
            Assert.Matches(@"\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z", (string)success!["AssociationId"]!);
            Assert.Matches(@"\A[0-9]{10}(?:\.[0-9]{1,3})?\z", success["Date"]!.ToJsonString());
            Assert.Equal((double)success["Date"]!, (double)success["LastUpdateAssociationDate"]!);
            Assert.Equal((double)success["Date"]!, (double)success["Status"]!["Date"]!);
        });
        Mask(expected);
        Mask(actual);
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
    }

    private static void Mask(JsonNode answer)
    {
        foreach (JsonNode? success in answer["Successful"]!.AsArray())
        {
            success!["AssociationId"] = "id";
            success["Date"] = 0;
            success["LastUpdateAssociationDate"] = 0;
            success["Status"]!["Date"] = 0;
        }
    }
}
