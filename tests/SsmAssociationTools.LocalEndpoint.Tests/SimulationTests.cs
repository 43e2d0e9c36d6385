using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using SsmAssociationTools.Rehearsal;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>What runs when, and how it reads, on a clock that stands still between the steps.</summary>
public sealed class SimulationTests : IDisposable
{
    private static readonly DateTime s_start = new(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<IDisposable> _owned = [];

    [Fact]
    public async Task An_association_is_created_reaches_nobody_yet_runs_and_ends()
    {
        TestEndpoint endpoint = Start(Node("i-00000001", pickUp: 10, run: 20), Node("i-00000002", pickUp: 30, run: 5));
        string id = await CreateAsync(endpoint, Entry());

        Assert.Equal("Pending Creating null", await OverviewAsync(endpoint, id));
        endpoint.Server.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("Success Success {}", await OverviewAsync(endpoint, id));
        endpoint.Server.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("""Pending InProgress {"InProgress":1,"Pending":1}""", await OverviewAsync(endpoint, id));
        Assert.Equal(["1 InProgress {InProgress=1, Pending=1}"], await ExecutionsAsync(endpoint, id));
        endpoint.Server.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("""Success Success {"Success":2}""", await OverviewAsync(endpoint, id));
        Assert.Equal(["1 Success {Success=2}"], await ExecutionsAsync(endpoint, id));
        Assert.Equal(["i-00000001 Success", "i-00000002 Success"], await TargetsAsync(endpoint, id));
    }

    [Fact]
    public async Task Without_any_setting_a_newcomer_sees_an_outcome_in_seconds()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { ClockStart = s_start, ClockSpeed = 0 });
        string id = await CreateAsync(endpoint, """{"Name":"AWS-UpdateSSMAgent","Targets":[{"Key":"tag:Env","Values":["test"]}]}""");

        endpoint.Server.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal("""Success Success {"Success":3}""", await OverviewAsync(endpoint, id));
    }

    [Fact]
    public async Task Where_no_node_is_selected_it_stays_a_success_that_reached_nobody()
    {
        TestEndpoint endpoint = Start(Node("i-00000001"));
        string id = await CreateAsync(endpoint, Entry("\"Targets\":[{\"Key\":\"tag:Role\",\"Values\":[\"nobody\"]}]"));

        endpoint.Server.Advance(TimeSpan.FromDays(1));

        Assert.Equal("Success Success {}", await OverviewAsync(endpoint, id));
        Assert.Equal(["1 Success {}"], await ExecutionsAsync(endpoint, id));
        Assert.Empty(await TargetsAsync(endpoint, id));
    }

    [Fact]
    public async Task Nodes_fail_by_a_script_and_say_why()
    {
        TestEndpoint endpoint = Start(Node("i-00000001", outcomes: ["Failed", "Success", "TimedOut"]), Node("i-00000002"));
        string id = await CreateAsync(endpoint, Entry());
        endpoint.Server.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("""Failed Failed {"Failed":1,"Success":1}""", await OverviewAsync(endpoint, id));
        Assert.Equal(["1 Failed {Failed=1, Success=1}"], await ExecutionsAsync(endpoint, id));
        JsonNode status = Assert.Single((await endpoint.CallAsync("DescribeInstanceAssociationsStatus", """{"InstanceId":"i-00000001"}""")).Json["InstanceAssociationStatusInfos"]!.AsArray())!;
        Assert.Equal(
            ("Failed", "failed", "1 out of 1 plugin processed, 0 success, 1 failed, 0 timedout, 0 skipped. "),
            ((string?)status["Status"], (string?)status["ErrorCode"], (string?)status["ExecutionSummary"]));
        foreach (string expected in new[] { "1 Success {Success=2}", "1 TimedOut {Success=1, TimedOut=1}", "1 TimedOut {Success=1, TimedOut=1}" })
        {
            await StartOnceAsync(endpoint, id);
            endpoint.Server.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(expected, (await ExecutionsAsync(endpoint, id))[0]);
        }
    }

    [Fact]
    public async Task Chance_is_the_same_for_the_same_seed_and_another_for_another()
    {
        async Task<string> RunAsync(int seed)
        {
            TestEndpoint endpoint = Start(seed, [.. Enumerable.Range(10_000_000, 40).Select(i => Node("i-" + i, share: 0.5))]);
            string id = await CreateAsync(endpoint, Entry());
            endpoint.Server.Advance(TimeSpan.FromMinutes(5));
            return string.Join(",", await TargetsAsync(endpoint, id));
        }

        string first = await RunAsync(1);

        Assert.Equal(first, await RunAsync(1));
        Assert.NotEqual(first, await RunAsync(2));
        Assert.InRange(first.Split(',').Count(node => node.EndsWith("Failed", StringComparison.Ordinal)), 8, 32);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    public async Task Creation_and_edit_run_at_once_unless_it_runs_on_its_schedule_only(bool only, int runs)
    {
        TestEndpoint endpoint = Start(Node("i-00000001"));
        string flag = only ? ",\"ApplyOnlyAtCronInterval\":true" : string.Empty;
        string id = await CreateAsync(endpoint, Entry(Everyone + ",\"ScheduleExpression\":\"cron(0 12 * * ? *)\"" + flag));
        endpoint.Server.Advance(TimeSpan.FromMinutes(1));
        await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{id}}","ScheduleExpression":"cron(0 13 * * ? *)"{{flag}}}""");
        endpoint.Server.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(runs, (await ExecutionsAsync(endpoint, id)).Length);
        endpoint.Server.Advance(TimeSpan.FromHours(14));
        string[] after = await ExecutionsAsync(endpoint, id);
        Assert.Equal(runs + 1, after.Length);
        Assert.Equal("2 Success {Success=1}", after[0]);
        Assert.Equal(new DateTime(2027, 1, 1, 13, 0, 0, DateTimeKind.Utc), (await TimesAsync(endpoint, id))[0]);
    }

    [Fact]
    public async Task An_edit_ends_what_runs_and_an_older_version_keeps_its_own_result()
    {
        TestEndpoint endpoint = Start(Node("i-00000001", pickUp: 1, run: 600), Node("i-00000002", pickUp: 1, run: 10));
        string id = await CreateAsync(endpoint, Entry());
        endpoint.Server.Advance(TimeSpan.FromMinutes(1));
        await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{id}}","AssociationName":"renamed"}""");

        Assert.Equal("Pending Creating null", await OverviewAsync(endpoint, id));
        endpoint.Server.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(["2 Success {Success=2}", "1 TimedOut {Success=1, TimedOut=1}"], await ExecutionsAsync(endpoint, id));
        Assert.Equal("""Success Success {"Success":2}""", await OverviewAsync(endpoint, id));
    }

    [Fact]
    public async Task Ten_at_most_are_started_and_none_where_one_is_not_there()
    {
        TestEndpoint endpoint = Start(Node("i-00000001"));
        string[] ids = [await CreateAsync(endpoint, Entry()), await CreateAsync(endpoint, Entry())];
        endpoint.Server.Advance(TimeSpan.FromMinutes(1));

        TestEndpoint.Reply missing = await endpoint.CallAsync("StartAssociationsOnce", $$"""{"AssociationIds":["{{ids[0]}}","{{Guid.Empty}}"]}""");
        TestEndpoint.Reply many = await endpoint.CallAsync("StartAssociationsOnce", $$"""{"AssociationIds":[{{string.Join(",", Enumerable.Repeat($"\"{ids[0]}\"", 11))}}]}""");
        TestEndpoint.Reply none = await endpoint.CallAsync("StartAssociationsOnce", """{"AssociationIds":[]}""");
        TestEndpoint.Reply started = await endpoint.CallAsync("StartAssociationsOnce", $$"""{"AssociationIds":["{{ids[0]}}","{{ids[1]}}","{{ids[1].ToUpperInvariant()}}"]}""");

        Assert.Equal(("AssociationDoesNotExist", "ValidationException", "ValidationException"), (missing.Type, many.Type, none.Type));
        Assert.Equal((200, "{}"), (started.Status, started.Body));
        Assert.Equal(2, (await ExecutionsAsync(endpoint, ids[0])).Length);
        Assert.Equal(2, (await ExecutionsAsync(endpoint, ids[1])).Length);
        Assert.Equal("1 Pending {}", (await ExecutionsAsync(endpoint, ids[0]))[0]);
    }

    [Theory]
    [InlineData("rate(6 hours)", null, false, "01T00:00,01T06:00,01T12:00,01T18:00,02T00:00")]
    [InlineData("cron(15 10 ? * * *)", null, false, "01T00:00,01T10:15")]
    [InlineData("cron(0 0/8 * * ? *)", null, true, "01T08:00,01T16:00,02T00:00")]
    [InlineData("cron(30 2 ? * SUN *)", null, true, "03T02:30")]
    [InlineData("cron(0 2 ? * FRI#1 *)", null, true, "01T02:00")]
    [InlineData("cron(0 2 ? * FRI#1 *)", 3, true, "04T02:00")]
    [InlineData("at(2027-01-01T07:30:00)", null, true, "01T07:30")]
    [InlineData("at(2026-12-01T07:30:00)", null, true, "01T00:00")]
    public async Task Schedules_run_when_they_are_due(string schedule, int? offset, bool only, string expected)
    {
        TestEndpoint endpoint = Start(Node("i-00000001"));
        string id = await CreateAsync(endpoint, Entry(
            $"{Everyone},\"ScheduleExpression\":\"{schedule}\",\"ApplyOnlyAtCronInterval\":{(only ? "true" : "false")}{(offset is null ? string.Empty : $",\"ScheduleOffset\":{offset}")}"));

        endpoint.Server.Advance(expected.StartsWith("03", StringComparison.Ordinal) || expected.StartsWith("04", StringComparison.Ordinal) ? TimeSpan.FromDays(4) : TimeSpan.FromHours(24.1));

        Assert.Equal(expected, string.Join(",", (await TimesAsync(endpoint, id)).Reverse().Select(time => time.ToString("dd'T'HH:mm", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task A_node_that_comes_into_the_targets_runs_alone_but_not_for_a_runbook()
    {
        TestEndpoint endpoint = Start(Node("i-00000001"), Node("i-00000002", role: "db"));
        string id = await CreateAsync(endpoint, Entry(Everyone + ",\"ScheduleExpression\":\"cron(0 12 ? * SUN *)\",\"ApplyOnlyAtCronInterval\":true"));
        string runbook = await CreateAsync(endpoint, """{"Name":"AWS-StopEC2Instance","AutomationTargetParameterName":"InstanceId","Targets":[{"Key":"tag:Role","Values":["web"]}]}""");
        endpoint.Server.Advance(TimeSpan.FromMinutes(5));

        endpoint.Server.SetNode(Node("i-00000002"));
        endpoint.Server.SetNode(Node("i-00000003"));
        endpoint.Server.SetNode(Node("i-00000001", share: 1));
        endpoint.Server.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(["1 Success {Success=1}", "1 Success {Success=1}"], await ExecutionsAsync(endpoint, id));
        Assert.Equal(["i-00000003 Success"], await TargetsAsync(endpoint, id));
        Assert.Equal("""Success Success {"Success":2}""", await OverviewAsync(endpoint, id));
        Assert.Single(await ExecutionsAsync(endpoint, runbook));
        endpoint.Server.RemoveNode("i-00000002");
        await StartOnceAsync(endpoint, id);
        endpoint.Server.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("1 Failed {Failed=1, Success=1}", (await ExecutionsAsync(endpoint, id))[0]);
    }

    [Fact]
    public async Task A_node_that_is_offline_holds_the_run_open_and_makes_up_for_it_when_it_is_back()
    {
        Dictionary<string, object?> node = Node("i-00000002");
        node["Offline"] = new object?[] { new Dictionary<string, object?> { ["From"] = s_start.AddHours(-1), ["To"] = s_start.AddHours(5) } };
        TestEndpoint endpoint = Start(Node("i-00000001"), node);
        string id = await CreateAsync(endpoint, Entry());

        endpoint.Server.Advance(TimeSpan.FromHours(4));
        Assert.Equal("""Pending InProgress {"Pending":1,"Success":1}""", await OverviewAsync(endpoint, id));
        Assert.Equal("ConnectionLost", await PingAsync(endpoint, "i-00000002"));
        endpoint.Server.Advance(TimeSpan.FromHours(2));

        Assert.Equal("Online", await PingAsync(endpoint, "i-00000002"));
        Assert.Equal(["1 Success {Success=1}", "1 TimedOut {Success=1, TimedOut=1}"], await ExecutionsAsync(endpoint, id));
        Assert.Equal("""Success Success {"Success":2}""", await OverviewAsync(endpoint, id));
    }

    [Fact]
    public async Task A_node_that_goes_offline_while_it_runs_goes_on_later_or_is_given_up()
    {
        Dictionary<string, object?> OfflineFor(string id, TimeSpan time)
        {
            Dictionary<string, object?> node = Node(id, pickUp: 1, run: 600);
            node["offline"] = new object?[] { new Dictionary<string, object?> { ["from"] = s_start.AddMinutes(5), ["to"] = s_start.AddMinutes(5) + time } };
            return node;
        }

        TestEndpoint endpoint = Start(OfflineFor("i-00000001", TimeSpan.FromMinutes(30)), OfflineFor("i-00000002", TimeSpan.FromHours(5)));
        string id = await CreateAsync(endpoint, Entry());

        endpoint.Server.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(["i-00000001 InProgress", "i-00000002 InProgress"], await TargetsAsync(endpoint, id));
        endpoint.Server.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(["i-00000001 Success", "i-00000002 InProgress"], await TargetsAsync(endpoint, id));
        endpoint.Server.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["i-00000001 Success", "i-00000002 TimedOut"], await TargetsAsync(endpoint, id));
    }

    [Fact]
    public async Task Chance_takes_nodes_away_and_brings_them_back()
    {
        Dictionary<string, object?> node = Node("i-00000001");
        node["hoursOnline"] = 10;
        node["hoursOffline"] = "5";
        TestEndpoint endpoint = Start(node);
        string id = await CreateAsync(endpoint, Entry(Everyone + ",\"ScheduleExpression\":\"rate(1 hour)\""));
        var pings = new List<string?>();
        for (int i = 0; i < 400; i++)
        {
            endpoint.Server.Advance(TimeSpan.FromHours(1));
            pings.Add(await PingAsync(endpoint, "i-00000001"));
        }

        Assert.InRange(pings.Count(ping => ping == "ConnectionLost"), 60, 240);
        Assert.Contains("1 Success {}", await ExecutionsAsync(endpoint, id));
        Assert.Contains("1 Success {Success=1}", await ExecutionsAsync(endpoint, id));
        Assert.True((await ExecutionsAsync(endpoint, id)).Length > 401);
    }

    [Fact]
    public async Task Errors_past_the_limit_stop_what_has_not_begun()
    {
        TestEndpoint endpoint = Start([.. Enumerable.Range(10_000_000, 10).Select(i => Node("i-" + i, pickUp: 1, run: 10, share: 1))]);
        string id = await CreateAsync(endpoint, Entry(Everyone + ",\"MaxConcurrency\":\"2\",\"MaxErrors\":\"1\""));
        string share = await CreateAsync(endpoint, Entry(Everyone + ",\"MaxConcurrency\":\"50%\",\"MaxErrors\":\"100%\""));

        endpoint.Server.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("1 InProgress {InProgress=2, Pending=8}", (await ExecutionsAsync(endpoint, id))[0]);
        Assert.Equal("1 InProgress {InProgress=5, Pending=5}", (await ExecutionsAsync(endpoint, share))[0]);
        endpoint.Server.Advance(TimeSpan.FromHours(1));
        Assert.Equal("1 Failed {Failed=2, Skipped=8}", (await ExecutionsAsync(endpoint, id))[0]);
        Assert.Equal("1 Failed {Failed=10}", (await ExecutionsAsync(endpoint, share))[0]);
    }

    [Fact]
    public async Task Runbooks_run_with_and_without_targets_and_fail_for_values_that_are_not_allowed()
    {
        TestEndpoint endpoint = Start(Node("i-00000001"));
        string simple = await CreateAsync(endpoint, """{"Name":"AWS-HelloWorld"}""");
        string targeted = await CreateAsync(endpoint, """{"Name":"AWS-StopEC2Instance","AutomationTargetParameterName":"InstanceId","Targets":[{"Key":"tag:Role","Values":["web"]}]}""");
        string values = await CreateAsync(endpoint, """{"Name":"AWS-StopEC2Instance","AutomationTargetParameterName":"InstanceId","Targets":[{"Key":"ParameterValues","Values":["i-a","i-b"]}]}""");
        string wrong = await CreateAsync(endpoint, """{"Name":"AWSSupport-TroubleshootRDP","Parameters":{"InstanceId":["i-1"],"Action":["nonsense"]}}""");
        endpoint.Server.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["1 Success {Success=1}"], await ExecutionsAsync(endpoint, simple));
        Assert.Equal(["i-00000001 Success"], await TargetsAsync(endpoint, targeted));
        Assert.Equal(["i-a Success", "i-b Success"], await TargetsAsync(endpoint, values));
        Assert.Equal("""Failed InvalidAutomationParameters {"Failed":1}""", await OverviewAsync(endpoint, wrong));
    }

    [Fact]
    public async Task A_document_for_another_platform_is_skipped_and_targets_are_anded()
    {
        TestEndpoint endpoint = Start(Zoned(Node("i-00000001", platform: "Windows")), Zoned(Node("i-00000002", role: "db")), Node("i-00000003"));
        string id = await CreateAsync(
            endpoint, """{"Name":"AWS-RunShellScript","Parameters":{"commands":["ls"]},"Targets":[{"Key":"tag:Role","Values":["web","db"]},{"Key":"tag:Zone","Values":["a"]}]}""");
        string group = await CreateAsync(endpoint, Entry("\"Targets\":[{\"Key\":\"resource-groups:Name\",\"Values\":[\"web-group\"]}]"));
        string byKey = await CreateAsync(endpoint, Entry("\"Targets\":[{\"Key\":\"tag-key\",\"Values\":[\"Role\"]}]"));
        endpoint.Server.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["i-00000002 Success", "i-00000001 Skipped"], (await TargetsAsync(endpoint, id)).OrderDescending());
        Assert.Equal("""Success Success {"Skipped":1,"Success":1}""", await OverviewAsync(endpoint, id));
        Assert.Equal(["i-00000001 Success", "i-00000003 Success"], await TargetsAsync(endpoint, group));
        Assert.Equal(3, (await TargetsAsync(endpoint, byKey)).Length);
    }

    [Fact]
    public async Task Nothing_runs_while_a_calendar_is_closed()
    {
        using var file = new TestEndpoint.TemporaryFile(
            """
            {"documents":[
              {"name":"freeze","type":"ChangeCalendar","calendar":{"default":"OPEN","windows":[{"from":"2027-01-01T00:00:00Z","to":"2027-01-02T06:00:00Z"}]}},
              {"name":"nights","type":"ChangeCalendar","calendar":{"default":"CLOSED","windows":[{"from":"2027-01-01T20:00:00Z","to":"2027-01-02T12:00:00Z"}]}}]}
            """);
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { InventoryPath = file.Path, ClockStart = s_start, ClockSpeed = 0, Seed = 1, Documents = ["customer-doc"] });
        string id = await CreateAsync(endpoint, Entry("\"Targets\":[{\"Key\":\"InstanceIds\",\"Values\":[\"*\"]}],\"CalendarNames\":[\"freeze\"],\"ScheduleExpression\":\"rate(1 day)\""));
        endpoint.Server.Advance(TimeSpan.FromDays(2.5));
        async Task<string> StateAsync(string request)
        {
            JsonNode state = (await endpoint.CallAsync("GetCalendarState", request)).Json;
            return (string?)state["__type"] ?? $"{state["State"]} {state["NextTransitionTime"]}";
        }

        Assert.Equal([new DateTime(2027, 1, 3, 0, 0, 0, DateTimeKind.Utc)], await TimesAsync(endpoint, id));
        Assert.Equal("CLOSED 2027-01-02T06:00:00Z", await StateAsync("""{"CalendarNames":["freeze"],"AtTime":"2027-01-01T12:00:00Z"}"""));
        Assert.Equal("CLOSED 2027-01-02T06:00:00Z", await StateAsync("""{"CalendarNames":["freeze","nights"],"AtTime":"2027-01-01T12:00:00Z"}"""));
        Assert.Equal("OPEN 2027-01-02T12:00:00Z", await StateAsync("""{"CalendarNames":["freeze","nights"],"AtTime":"2027-01-02T08:00:00Z"}"""));
        Assert.Equal("OPEN ", await StateAsync("""{"CalendarNames":["freeze"]}"""));
        Assert.Equal("InvalidDocument", await StateAsync("""{"CalendarNames":["missing"]}"""));
        Assert.Equal("InvalidDocumentType", await StateAsync("""{"CalendarNames":["AWS-UpdateSSMAgent"]}"""));
        Assert.Equal("ValidationException", await StateAsync("""{"CalendarNames":["freeze"],"AtTime":"soon"}"""));
    }

    [Fact]
    public async Task Executions_are_paged_filtered_and_gone_with_their_association()
    {
        TestEndpoint endpoint = Start(Node("i-00000001", outcomes: ["Failed", "Success"]));
        string id = await CreateAsync(endpoint, Entry(Everyone + ",\"ScheduleExpression\":\"rate(1 hour)\""));
        endpoint.Server.Advance(TimeSpan.FromHours(119.5));
        async Task<JsonArray> ListAsync(string more) =>
            (await endpoint.CallAsync("DescribeAssociationExecutions", $$"""{"AssociationId":"{{id}}"{{more}}}""")).Json["AssociationExecutions"]!.AsArray();
        async Task<string?> RefusedAsync(string operation, string more) => (await endpoint.CallAsync(operation, $$"""{"AssociationId":"{{id}}"{{more}}}""")).Type;

        string[] times = [.. (await TimesAsync(endpoint, id)).Select(time => time.ToString("o", CultureInfo.InvariantCulture))];
        Assert.Equal(120, times.Distinct().Count());
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
        Assert.Equal(50, (await ListAsync(string.Empty)).Count);
        Assert.Single(await ListAsync(",\"Filters\":[{\"Key\":\"Status\",\"Value\":\"Failed\",\"Type\":\"EQUAL\"}]"));
        Assert.Equal(2, (await ListAsync(",\"Filters\":[{\"Key\":\"CreatedTime\",\"Value\":\"2027-01-05T21:30:00Z\",\"Type\":\"GREATER_THAN\"}]")).Count);
        Assert.Equal(2, (await ListAsync(",\"Filters\":[{\"Key\":\"CreatedTime\",\"Value\":\"2027-01-01T02:00:00Z\",\"Type\":\"LESS_THAN\"}]")).Count);
        Assert.Single(await ListAsync(",\"Filters\":[{\"Key\":\"CreatedTime\",\"Value\":\"2027-01-01T02:00:00Z\",\"Type\":\"EQUAL\"}]"));
        string execution = (string)(await ListAsync(",\"MaxResults\":1"))[0]!["ExecutionId"]!;
        Assert.Single(await ListAsync($",\"Filters\":[{{\"Key\":\"ExecutionId\",\"Value\":\"{execution}\",\"Type\":\"EQUAL\"}}]"));
        Assert.Equal("ValidationException", await RefusedAsync("DescribeAssociationExecutions", ",\"Filters\":[{\"Key\":\"Status\",\"Value\":\"Failed\",\"Type\":\"LESS_THAN\"}]"));
        Assert.Equal("ValidationException", await RefusedAsync("DescribeAssociationExecutions", ",\"Filters\":[{\"Key\":\"CreatedTime\",\"Value\":\"today\",\"Type\":\"EQUAL\"}]"));
        Assert.Equal("InvalidNextToken", await RefusedAsync("DescribeAssociationExecutions", ",\"NextToken\":\"MS4w\""));
        Assert.Equal("AssociationExecutionDoesNotExist", await RefusedAsync("DescribeAssociationExecutionTargets", $",\"ExecutionId\":\"{Guid.Empty}\""));
        await endpoint.CallAsync("DeleteAssociation", $$"""{"AssociationId":"{{id}}"}""");
        endpoint.Server.Advance(TimeSpan.FromHours(5));
        Assert.Equal("AssociationDoesNotExist", await RefusedAsync("DescribeAssociationExecutions", string.Empty));
    }

    [Fact]
    public async Task Targets_of_an_execution_are_paged_and_filtered()
    {
        TestEndpoint endpoint = Start([.. Enumerable.Range(10_000_000, 60).Select(i => Node("i-" + i, outcomes: i % 3 == 0 ? ["Failed"] : []))]);
        string id = await CreateAsync(endpoint, Entry());
        endpoint.Server.Advance(TimeSpan.FromMinutes(10));
        string execution = (string)(await endpoint.CallAsync("DescribeAssociationExecutions", $$"""{"AssociationId":"{{id}}"}""")).Json["AssociationExecutions"]![0]!["ExecutionId"]!;
        async Task<JsonNode> PageAsync(string more) => (await endpoint.CallAsync("DescribeAssociationExecutionTargets", $$"""{"AssociationId":"{{id}}","ExecutionId":"{{execution}}"{{more}}}""")).Json;

        JsonNode first = await PageAsync(string.Empty);
        JsonNode second = await PageAsync($",\"NextToken\":\"{first["NextToken"]}\"");

        Assert.Equal((50, 10), (first["AssociationExecutionTargets"]!.AsArray().Count, second["AssociationExecutionTargets"]!.AsArray().Count));
        Assert.Null(second["NextToken"]);
        Assert.Equal(20, (await PageAsync(",\"Filters\":[{\"Key\":\"Status\",\"Value\":\"Failed\"}]"))["AssociationExecutionTargets"]!.AsArray().Count);
        JsonNode one = Assert.Single((await PageAsync(",\"Filters\":[{\"Key\":\"ResourceId\",\"Value\":\"i-10000001\"},{\"Key\":\"ResourceType\",\"Value\":\"ManagedInstance\"}]"))["AssociationExecutionTargets"]!.AsArray())!;
        Assert.Matches(@"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z", (string)one["OutputSource"]!["OutputSourceId"]!);
        Assert.Equal("RunCommand", (string?)one["OutputSource"]!["OutputSourceType"]);
    }

    [Fact]
    public async Task Runs_are_made_up_for_when_a_state_file_is_opened_again()
    {
        using var state = new TestEndpoint.TemporaryFile();
        LocalEndpointOptions At(DateTime time) => new() { StatePath = state.Path, Seed = 1, ClockStart = time, ClockSpeed = 0, Documents = ["customer-doc"], Nodes = [Node("i-00000001")] };
        string id;
        using (var endpoint = new TestEndpoint(At(s_start)))
        {
            id = await CreateAsync(endpoint, Entry(Everyone + ",\"ScheduleExpression\":\"rate(1 day)\""));
            endpoint.Server.Advance(TimeSpan.FromDays(1.5));
            await endpoint.CallAsync("UpdateAssociation", $$"""{"AssociationId":"{{id}}","ScheduleExpression":"cron(0 6 * * ? *)"}""");
        }

        using (var endpoint = new TestEndpoint(At(s_start.AddDays(3))))
        {
            Assert.Equal(
                ["03T06:00", "02T12:00", "02T00:00", "01T00:00"],
                (await TimesAsync(endpoint, id)).Select(time => time.ToString("dd'T'HH:mm", CultureInfo.InvariantCulture)));
            Assert.Equal("2 Success {Success=1}", (await ExecutionsAsync(endpoint, id))[0]);
        }
    }

    [Fact]
    public async Task A_fast_clock_needs_no_help()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { ClockStart = s_start, ClockSpeed = 1_000_000, Nodes = [Node("i-00000001")], Documents = ["customer-doc"] });
        string id = await CreateAsync(endpoint, Entry(Everyone + ",\"ScheduleExpression\":\"rate(1 day)\""));
        while ((await ExecutionsAsync(endpoint, id)).Length < 3)
        {
            await Task.Delay(10);
        }

        TestEndpoint.Reply reply = await endpoint.CallAsync("ListAssociations", "{}");
        Assert.True(reply.Headers.Date > new DateTimeOffset(s_start));
        Assert.True(endpoint.Server.Now > s_start.AddDays(2));
    }

    [Fact]
    public async Task Thousands_that_come_and_go_leave_the_others_their_runs()
    {
        using var endpoint = new TestEndpoint(new LocalEndpointOptions { ClockStart = s_start, ClockSpeed = 0, Keep = 3, AssociationLimit = 0, Seed = 1, Nodes = [Node("i-00000001")], Documents = ["customer-doc"] });
        string entry = Entry(Everyone + ",\"ScheduleExpression\":\"rate(1 hour)\"");
        for (int i = 0; i < 10; i++)
        {
            await endpoint.CreateAsync([.. Enumerable.Repeat(entry, 500)]);
            endpoint.Server.Advance(TimeSpan.FromMinutes(1));
        }

        string id = await CreateAsync(endpoint, entry);
        endpoint.Server.Advance(TimeSpan.FromHours(2.5));

        Assert.Equal(3, endpoint.Server.AssociationCount);
        Assert.Equal(3, (await ExecutionsAsync(endpoint, id)).Length);
    }

    [Fact]
    public async Task Lists_carry_the_status_and_filters_go_by_it()
    {
        TestEndpoint endpoint = Start(Node("i-00000001", share: 1), Node("i-00000002", role: "db"));
        string failing = await CreateAsync(endpoint, Entry(Everyone));
        string good = await CreateAsync(endpoint, Entry("\"Targets\":[{\"Key\":\"tag:Role\",\"Values\":[\"db\"]}]"));
        endpoint.Server.Advance(TimeSpan.FromHours(1));
        string waiting = await CreateAsync(endpoint, Entry());
        async Task<string> ListAsync(string key, string value) => string.Join(",", (await endpoint.CallAsync("ListAssociations", $$"""{"AssociationFilterList":[{"key":"{{key}}","value":"{{value}}"}]}"""))
            .Json["Associations"]!.AsArray().Select(item => (string?)item!["AssociationId"]));

        Assert.Equal(failing, await ListAsync("AssociationStatusName", "Failed"));
        Assert.Equal(good, await ListAsync("AssociationStatusName", "Success"));
        Assert.Equal(waiting, await ListAsync("AssociationStatusName", "Pending"));
        Assert.Equal($"{failing},{good}", await ListAsync("LastExecutedBefore", "2027-01-01T00:30:00Z"));
        Assert.Equal(string.Empty, await ListAsync("LastExecutedAfter", "2027-01-01T00:30:00Z"));
        JsonNode line = (await endpoint.CallAsync("ListAssociations", "{}")).Json["Associations"]![1]!;
        Assert.Equal("""{"AssociationStatusAggregatedCount":{"Success":1},"DetailedStatus":"Success","Status":"Success"}""", line["Overview"]!.ToJsonString());
        Assert.Equal(1798761600, (double)line["LastExecutionDate"]!);
        JsonNode described = (await endpoint.CallAsync("DescribeAssociation", $$"""{"AssociationId":"{{good}}"}""")).Json["AssociationDescription"]!;
        Assert.Equal((double)line["LastExecutionDate"]!, (double)described["LastSuccessfulExecutionDate"]!);
    }

    [Theory]
    [InlineData("Platform", "Plan9", "Node 1.platform: 'Plan9' is not one of Windows, Linux, MacOS.")]
    [InlineData("Colour", "red", "Node 1: 'colour' is not known here. Known are id,")]
    [InlineData("FailureShare", 1.5, "Node 1.failureShare: a share from 0 to 1 is expected here.")]
    [InlineData("RunSeconds", -1, "Node 1.runSeconds: a number from 0 to 999999999 is expected here.")]
    [InlineData("RunSeconds", "long", "Node 1.runSeconds: a number is expected here.")]
    [InlineData("Outcomes", "Lost", "Node 1.outcomes[0]: 'Lost' is not one of Success, Failed, TimedOut, Skipped.")]
    [InlineData("HoursOnline", 5, "Node 1: hoursOnline and hoursOffline stand together, and are greater than 0.")]
    [InlineData("Id", null, "Node 1: 'id' is missing.")]
    public void A_mistake_in_a_node_is_named_by_its_place(string member, object? value, string text)
    {
        Dictionary<string, object?> node = Node("i-00000001");
        node.Remove(char.ToLowerInvariant(member[0]) + member[1..]);
        node[member] = value;

        LocalEndpointException error = Assert.Throws<LocalEndpointException>(() => TestEndpoint.Start(new LocalEndpointOptions { Nodes = [node] }));

        Assert.Equal("NodeInvalid", error.ErrorId);
        Assert.Contains(text, error.Message);
    }

    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    private const string Everyone = "\"Targets\":[{\"Key\":\"tag:Role\",\"Values\":[\"web\"]}]";

    private static string Entry(string members = Everyone) => "{\"Name\":\"customer-doc\"," + members + "}";

    private static Dictionary<string, object?> Node(
        string id, double? pickUp = null, double? run = null, string[]? outcomes = null, double share = 0, string role = "web", string platform = "Linux")
    {
        var node = new Dictionary<string, object?>
        {
            ["id"] = id,
            ["platform"] = platform,
            ["tags"] = new Dictionary<string, object?> { ["Role"] = role },
            ["groups"] = new object?[] { role + "-group" },
            ["outcomes"] = outcomes ?? [],
            ["failureShare"] = share,
        };
        if (pickUp is not null)
        {
            node["pickUpSeconds"] = pickUp;
        }

        if (run is not null)
        {
            node["runSeconds"] = run;
        }

        return node;
    }

    private static Dictionary<string, object?> Zoned(Dictionary<string, object?> node)
    {
        ((Dictionary<string, object?>)node["tags"]!)["Zone"] = "a";
        return node;
    }

    private static async Task<string> CreateAsync(TestEndpoint endpoint, string entry)
    {
        TestEndpoint.Reply reply = await endpoint.CreateAsync(entry);
        return (string?)reply.Json["Successful"]?.AsArray().SingleOrDefault()?["AssociationId"] ?? throw new InvalidOperationException(reply.Body);
    }

    private static Task StartOnceAsync(TestEndpoint endpoint, string id) => endpoint.CallAsync("StartAssociationsOnce", $$"""{"AssociationIds":["{{id}}"]}""");

    private static async Task<string> OverviewAsync(TestEndpoint endpoint, string id)
    {
        JsonNode overview = (await endpoint.CallAsync("DescribeAssociation", $$"""{"AssociationId":"{{id}}"}""")).Json["AssociationDescription"]!["Overview"]!;
        return $"{overview["Status"]} {overview["DetailedStatus"]} {overview["AssociationStatusAggregatedCount"]?.ToJsonString() ?? "null"}";
    }

    /// <summary>Version, status and counts of each execution, the latest first.</summary>
    private static async Task<string[]> ExecutionsAsync(TestEndpoint endpoint, string id) =>
        [.. (await AllAsync(endpoint, id)).Select(execution => $"{execution["AssociationVersion"]} {execution["Status"]} {execution["ResourceCountByStatus"]}")];

    private static async Task<DateTime[]> TimesAsync(TestEndpoint endpoint, string id) =>
        [.. (await AllAsync(endpoint, id)).Select(execution => DateTime.UnixEpoch.AddSeconds((double)execution["CreatedTime"]!))];

    private static async Task<List<JsonNode>> AllAsync(TestEndpoint endpoint, string id)
    {
        List<JsonNode> all = [];
        string? token = null;
        do
        {
            JsonNode page = (await endpoint.CallAsync(
                "DescribeAssociationExecutions", $$"""{"AssociationId":"{{id}}"{{(token is null ? string.Empty : $",\"NextToken\":\"{token}\"")}}}""")).Json;
            all.AddRange(page["AssociationExecutions"]!.AsArray().Select(item => item!));
            token = (string?)page["NextToken"];
        }
        while (token is not null);

        return all;
    }

    /// <summary>The nodes of the latest execution.</summary>
    private static async Task<string[]> TargetsAsync(TestEndpoint endpoint, string id)
    {
        string execution = (string)(await endpoint.CallAsync("DescribeAssociationExecutions", $$"""{"AssociationId":"{{id}}"}""")).Json["AssociationExecutions"]![0]!["ExecutionId"]!;
        return
        [
            .. (await endpoint.CallAsync("DescribeAssociationExecutionTargets", $$"""{"AssociationId":"{{id}}","ExecutionId":"{{execution}}"}""")).Json["AssociationExecutionTargets"]!
                .AsArray().Select(target => $"{target!["ResourceId"]} {target["Status"]}"),
        ];
    }

    private static async Task<string?> PingAsync(TestEndpoint endpoint, string id) =>
        (string?)(await endpoint.CallAsync("DescribeInstanceInformation", $$"""{"Filters":[{"Key":"InstanceIds","Values":["{{id}}"]}]}""")).Json["InstanceInformationList"]![0]!["PingStatus"];

    private TestEndpoint Start(params Dictionary<string, object?>[] nodes) => Start(1, nodes);

    private TestEndpoint Start(int seed, Dictionary<string, object?>[] nodes)
    {
        var endpoint = new TestEndpoint(new LocalEndpointOptions { Seed = seed, ClockStart = s_start, ClockSpeed = 0, Nodes = nodes, Documents = ["customer-doc"] });
        _owned.Add(endpoint);
        return endpoint;
    }
}
