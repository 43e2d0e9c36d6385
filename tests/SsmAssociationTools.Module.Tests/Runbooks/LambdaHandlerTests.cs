using System;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>The handler of AWS Lambda, run as it is against an embedded endpoint.</summary>
[Collection(ProcessEnvironment.Name)]
public sealed class LambdaHandlerTests : IDisposable
{
    private const string TwoEntries = """
        "Entries":[{"Name":"AWS-UpdateSSMAgent","AssociationName":"agent-a","Targets":"tag:A=b"},
                   {"Name":"AWS-RunPatchBaseline","AssociationName":"scan-a","Targets":[{"Key":"tag:A","Values":["b"]}],"Parameters":{"Operation":["Scan"]}}]
        """;

    private readonly RunbookSession _session = new();

    public LambdaHandlerTests() =>
        _session.Session.Run($"$null = New-Module -Name AWS.Tools.S3 {{}}; function Import-Module {{ }}; . '{RunbookSession.Find("lambda/handler.ps1")}'").WithoutErrors();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("300000")]
    [InlineData("[TimeSpan]::FromMinutes(15)")]
    public void Entries_of_the_event_are_created(string remaining)
    {
        JsonElement answer = Answer($$"""{ {{TwoEntries}}, "Region":"us-east-1" }""", remaining);

        Assert.Equal(2, answer.GetProperty("Counts").GetProperty("Created").GetInt32());
        Assert.Equal(0, answer.GetProperty("Failures").GetArrayLength());
        Assert.Equal(2, _session.Associations);
    }

    [Fact]
    public void The_event_of_the_page_is_served() =>
        Assert.Equal(4, Answer(RunbookSession.Read("lambda/event.json")).GetProperty("Counts").GetProperty("Created").GetInt32());

    [Fact]
    public void An_invocation_that_is_repeated_creates_nothing()
    {
        Answer($$"""{ {{TwoEntries}}, "Region":"us-east-1" }""");

        Assert.Equal(2, Answer($$"""{ {{TwoEntries}}, "Region":"us-east-1" }""").GetProperty("Counts").GetProperty("Existing").GetInt32());
    }

    [Theory]
    [InlineData("""{"EntriesUri":"s3://fleet-data/ops/fleet.csv","Region":"us-east-1"}""", "S3 fleet-data ops/fleet.csv ")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"fleet-data"},"object":{"key":"a+b/my%2Bfleet.csv"}}}],"Region":"us-east-1"}""", "S3 fleet-data a b/my+fleet.csv ")]
    [InlineData("""{"detail-type":"Object Created","detail":{"bucket":{"name":"fleet-data"},"object":{"key":"a b/my+fleet.csv"}},"Region":"us-east-1"}""", "S3 fleet-data a b/my+fleet.csv ")]
    public void Entries_come_from_the_object_that_the_event_names(string input, string call)
    {
        _session.Write("remote", RunbookSession.Csv(good: 3));

        Assert.Equal(3, Answer(input).GetProperty("Counts").GetProperty("Created").GetInt32());
        Assert.Contains(call, _session.Log);
    }

    [Fact]
    public void An_invocation_that_follows_its_associations_is_an_error_where_one_did_not_apply()
    {
        _session.Session.Run("$endpoint.SetNode(@{ Id = 'i-00000001'; Tags = @{ Node = 'n0' }; PickUpSeconds = 0.2; RunSeconds = 0.2; Outcomes = 'Failed' })").WithoutErrors();
        _session.Write("remote", RunbookSession.Csv(good: 1));

        ScriptResult result = Start("""{"EntriesUri":"s3://fleet-data/fleet.csv","Region":"us-east-1","OutcomeSeconds":60}""", "300000");

        Assert.StartsWith("Not all associations were created and applied. Shard 1/1: 1 Created. First: fleet.csv:2 1 of 1 nodes did not succeed: i-00000001 Failed.", result.TerminatingError?.ToString(), StringComparison.Ordinal);
        Assert.Contains("""
            "Outcomes":{"Failed":1}
            """, _session.Log.Single(line => line.StartsWith('{')), StringComparison.Ordinal);
        Assert.Equal(1, Answer("""{"EntriesUri":"s3://fleet-data/fleet.csv","Region":"us-east-1","OutcomeSeconds":60,"FailOnOutcomes":false}""").GetProperty("Outcomes").GetProperty("Failed").GetInt32());
    }

    [Fact]
    public void An_invocation_with_failures_is_an_error_and_its_answer_is_in_the_log()
    {
        _session.Write("remote", RunbookSession.Csv(good: 2, invalid: 1, refused: 1) + "a,b,c,d,e,f,g\n");

        ScriptResult result = Start("""{"EntriesUri":"s3://fleet-data/fleet.csv","Region":"us-east-1"}""", "300000");

        Assert.StartsWith(
            "Not all associations were created. Shard 1/1: 2 Created, 2 Invalid, 1 Failed. First: fleet.csv:4 ",
            result.TerminatingError?.ToString(),
            StringComparison.Ordinal);
        string log = _session.Log.Single(line => line.StartsWith('{'));
        Assert.Equal(3, JsonDocument.Parse(log).RootElement.GetProperty("Failures").GetArrayLength());
        Assert.DoesNotContain("geheim", log + result.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_invocation_with_failures_answers_where_that_is_wanted_with_a_hundred_of_them()
    {
        _session.Write("remote", RunbookSession.Csv(good: 1, invalid: 150));

        JsonElement answer = Answer("""{"EntriesUri":"s3://fleet-data/fleet.csv","Region":"us-east-1","FailOnErrors":false}""");

        Assert.Equal(100, answer.GetProperty("Failures").GetArrayLength());
        Assert.Equal(50, answer.GetProperty("FailuresLeftOut").GetInt32());
        Assert.Equal("fleet.csv:3", answer.GetProperty("Failures")[0].GetProperty("Source").GetString());
    }

    [Fact]
    public void The_shards_of_several_events_are_the_file()
    {
        _session.Write("remote", RunbookSession.Csv(good: 40));
        for (int i = 1; i <= 4; i++)
        {
            JsonElement answer = Answer($$"""{"EntriesUri":"s3://fleet-data/fleet.csv","Region":"us-east-1","Shard":"{{i}}/4"}""");
            Assert.InRange(answer.GetProperty("Counts").GetProperty("Created").GetInt32(), 1, 39);
        }

        Assert.Equal(40, _session.Associations);
    }

    [Fact]
    public void Nothing_is_handed_out_when_the_time_is_nearly_up_and_the_next_invocation_goes_on()
    {
        _session.Write("remote", RunbookSession.Csv(good: 60));
        _session.Session.SetVariable("fakeClock", new FakeClock(TimeSpan.FromSeconds(5)));
        string handler = RunbookSession.Read("lambda/handler.ps1").Replace("[Diagnostics.Stopwatch]::StartNew()", "$fakeClock", StringComparison.Ordinal);
        _session.Session.Run(handler).WithoutErrors();

        JsonElement answer = Answer("""{"EntriesUri":"s3://fleet-data/fleet.csv","Region":"us-east-1","FailOnErrors":false}""", "300000");

        Assert.InRange(answer.GetProperty("Counts").GetProperty("NotReached").GetInt32(), 15, 59);
        Assert.InRange(answer.GetProperty("Counts").GetProperty("Created").GetInt32(), 1, 45);
        Assert.Contains(answer.GetProperty("Failures").EnumerateArray(), failure => failure.GetProperty("Status").GetString() == "NotReported");

        _session.Session.SetVariable("fakeClock", new FakeClock(TimeSpan.Zero));
        Answer("""{"EntriesUri":"s3://fleet-data/fleet.csv","Region":"us-east-1"}""");
        Assert.Equal(60, _session.Associations);
    }

    [Theory]
    [InlineData("{}", "300000", "The event has neither Entries nor EntriesUri (s3://bucket/key), and is none of S3.")]
    [InlineData("""{"EntriesUri":"s3://b/k"}""", "12000", "A run needs 30 seconds at least; 12 are left. Give the function a longer timeout.")]
    public void An_event_that_cannot_be_served_is_an_error(string input, string remaining, string message) =>
        Assert.Equal(message, Start(input, remaining).TerminatingError?.ToString());

    private JsonElement Answer(string input, string remaining = "300000") =>
        JsonDocument.Parse(Start(input, remaining).WithoutErrors().OutputOf<string>().Single()).RootElement;

    private ScriptResult Start(string input, string remaining)
    {
        _session.Session.SetVariable("event", RunbookJson.Read(input));
        return _session.Run($"New-AssociationFromEvent $event ([pscustomobject]@{{ RemainingTime = {remaining} }})");
    }
}
