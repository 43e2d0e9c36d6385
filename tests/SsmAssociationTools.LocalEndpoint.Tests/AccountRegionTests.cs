using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using System.Xml.Linq;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>One endpoint stands for every Region and account: each has associations of its own.</summary>
public sealed class AccountRegionTests
{
    private const string OnNode = """{"Name":"AWS-UpdateSSMAgent","InstanceId":"i-12345678"}""";
    private const string Batch = "{\"Entries\":[" + OnNode + "]}";

    [Fact]
    public async Task Regions_have_associations_of_their_own()
    {
        using var endpoint = new TestEndpoint();

        TestEndpoint.Reply here = await endpoint.CallAsync("CreateAssociationBatch", Batch, "us-east-1");
        TestEndpoint.Reply there = await endpoint.CallAsync("CreateAssociationBatch", Batch, "eu-west-1");

        Assert.Equal((1, 1), (here.Count("Successful"), there.Count("Successful")));
        Assert.NotEqual(Ids(here), Ids(there));
        Assert.Equal(2, endpoint.Server.AssociationCount);
        Assert.Equal(1, (await endpoint.CallAsync("ListAssociations", "{}", "eu-west-1")).Count("Associations"));
        Assert.Equal(0, (await endpoint.CallAsync("ListAssociations", "{}", "ap-south-1")).Count("Associations"));
        Assert.Equal(400, (await endpoint.CallAsync("DescribeAssociation", $"{{\"AssociationId\":\"{Ids(here).Single()}\"}}", "eu-west-1")).Status);
    }

    [Fact]
    public async Task The_limit_holds_for_each_region()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { AssociationLimit = 1, Seed = 1 });

        Assert.Equal(1, (await endpoint.CallAsync("CreateAssociationBatch", $"{{\"Entries\":[{TestEndpoint.Tagged(1)},{TestEndpoint.Tagged(2)}]}}", "us-east-1")).Count("Successful"));
        Assert.Equal(1, (await endpoint.CallAsync("CreateAssociationBatch", $"{{\"Entries\":[{TestEndpoint.Tagged(1)},{TestEndpoint.Tagged(2)}]}}", "us-west-2")).Count("Successful"));
    }

    [Fact]
    public async Task A_document_arn_is_of_the_region_that_is_called()
    {
        using var endpoint = new TestEndpoint();
        string entry = $$"""{"Entries":[{"Name":"arn:aws:ssm:eu-west-1:123456789012:document/customer-doc","Targets":[{"Key":"tag:a","Values":["b"]}]}]}""";

        Assert.Equal(1, (await endpoint.CallAsync("CreateAssociationBatch", entry, "eu-west-1")).Count("Successful"));
        Assert.Equal(1, (await endpoint.CallAsync("CreateAssociationBatch", entry, "us-east-1")).Count("Failed"));
    }

    [Fact]
    public async Task The_session_of_a_role_reaches_the_account_of_the_role()
    {
        using var endpoint = new TestEndpoint();

        (int status, XElement answer) = await AssumeAsync(endpoint, "arn:aws:iam::111122223333:role/path/Operations");
        string key = Text(answer, "AccessKeyId");

        Assert.Equal(200, status);
        Assert.Equal("arn:aws:sts::111122223333:assumed-role/Operations/nightly", Text(answer, "Arn"));
        Assert.InRange(DateTime.Parse(Text(answer, "Expiration"), null, System.Globalization.DateTimeStyles.AdjustToUniversal), DateTime.UtcNow.AddMinutes(55), DateTime.UtcNow.AddMinutes(65));
        Assert.Equal(1, (await endpoint.CallAsync("CreateAssociationBatch", Batch, accessKey: key)).Count("Successful"));
        Assert.Equal(1, (await endpoint.CallAsync("CreateAssociationBatch", Batch)).Count("Successful"));
        Assert.Equal(1, (await endpoint.CallAsync("ListAssociations", "{}", accessKey: key)).Count("Associations"));
    }

    [Theory]
    [InlineData("Operations", "3600")]
    [InlineData("arn:aws:iam::1111:role/Operations", "3600")]
    [InlineData("arn:aws:iam::111122223333:user/somebody", "3600")]
    [InlineData("arn:aws:iam::111122223333:role/Operations", "60")]
    [InlineData("arn:aws:iam::111122223333:role/Operations", "soon")]
    public async Task What_is_no_role_or_no_duration_is_refused_as_sts_refuses_it(string role, string duration)
    {
        using var endpoint = new TestEndpoint();

        (int status, XElement answer) = await AssumeAsync(endpoint, role, duration);

        Assert.Equal(400, status);
        Assert.Equal("ValidationError", Text(answer, "Code"));
    }

    [Fact]
    public async Task Each_region_keeps_its_state_in_a_file_of_its_own()
    {
        using var file = new TestEndpoint.TemporaryFile();
        using var other = new TestEndpoint.TemporaryFile(".123456789012.eu-west-1", file);
        var options = new LocalEndpointOptions { StatePath = file.Path, Seed = 1 };
        using (var endpoint = new TestEndpoint(options))
        {
            await endpoint.CallAsync("CreateAssociationBatch", Batch, "us-east-1");
            await endpoint.CallAsync("CreateAssociationBatch", Batch, "eu-west-1");
        }

        Assert.True(File.Exists(other.Path));
        using (var endpoint = new TestEndpoint(options))
        {
            Assert.Equal(1, (await endpoint.CallAsync("ListAssociations", "{}", "eu-west-1")).Count("Associations"));
            Assert.Equal(1, (await endpoint.CallAsync("ListAssociations", "{}", "us-east-1")).Count("Associations"));
        }
    }

    private static async Task<(int Status, XElement Answer)> AssumeAsync(TestEndpoint endpoint, string role, string duration = "3600")
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "AssumeRole",
            ["Version"] = "2011-06-15",
            ["RoleArn"] = role,
            ["RoleSessionName"] = "nightly",
            ["DurationSeconds"] = duration,
        });
        using HttpResponseMessage response = await endpoint.Http.PostAsync(string.Empty, form);
        return ((int)response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    private static string Text(XElement answer, string name) => answer.Descendants().First(element => element.Name.LocalName == name).Value;

    private static string[] Ids(TestEndpoint.Reply reply) => [.. reply.Json["Successful"]!.AsArray().Select(one => (string)one!["AssociationId"]!)];
}
