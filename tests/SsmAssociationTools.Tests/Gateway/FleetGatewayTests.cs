using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Gateway;

/// <summary>What the calls of the working day send, byte for byte in meaning, and how their answers are read.</summary>
public sealed class FleetGatewayTests
{
    private const string Id = "fa94c678-85c6-4d40-926b-7c791EXAMPLE";
    private static readonly DateTime s_answered = new(2026, 6, 5, 10, 20, 30, DateTimeKind.Utc);

    [Fact]
    public async Task A_change_sends_every_member_it_is_given()
    {
        using var service = new StubService($$$"""{"AssociationDescription":{"AssociationId":"{{{Id}}}","AssociationVersion":"4","Name":"AWS-RunPatchBaseline"}}""");

        UpdateAnswer answer = await service.Gateway.UpdateAssociationAsync(
            new UpdateRequest(Id, new AssociationEntry
            {
                Name = "AWS-RunPatchBaseline",
                InstanceId = "i-0123456789abcdef0",
                Parameters = new ParameterMap { ["Operation"] = ["Scan"] },
                AutomationTargetParameterName = "InstanceId",
                DocumentVersion = "$DEFAULT",
                Targets = [new AssociationTarget { Key = "tag:Role", Values = ["web", "db"] }],
                ScheduleExpression = "cron(0 2 ? * SUN *)",
                OutputLocation = new InstanceAssociationOutputLocation { S3Location = new S3OutputLocation { OutputS3Region = "eu-west-1", OutputS3BucketName = "logs", OutputS3KeyPrefix = "p" } },
                AssociationName = "patch",
                MaxErrors = "10%",
                MaxConcurrency = "5",
                ComplianceSeverity = "HIGH",
                SyncCompliance = "MANUAL",
                ApplyOnlyAtCronInterval = false,
                CalendarNames = ["arn:aws:ssm:eu-west-1:111122223333:document/Quiet"],
                TargetLocations = [new TargetLocation { Accounts = ["111122223333"], Regions = ["eu-west-1"], IncludeChildOrganizationUnits = false }],
                ScheduleOffset = 2,
                Duration = 4,
                TargetMaps = [new TargetMap { ["InstanceId"] = ["i-1"] }],
                AlarmConfiguration = new AlarmConfiguration { IgnorePollAlarmFailure = false, Alarms = [new Alarm { Name = "stop" }] },
            })
            {
                AssociationVersion = "3",
                AssociationDispatchAssumeRole = "arn:aws:iam::111122223333:role/Dispatch",
            },
            CancellationToken.None);

        Assert.Equal("AmazonSSM.UpdateAssociation", service.Operation);
        Assert.Equal(
            $$$"""{"AlarmConfiguration":{"Alarms":[{"Name":"stop"}],"IgnorePollAlarmFailure":false},"ApplyOnlyAtCronInterval":false,"AssociationDispatchAssumeRole":"arn:aws:iam::111122223333:role/Dispatch","AssociationId":"{{{Id}}}","AssociationName":"patch","AssociationVersion":"3","AutomationTargetParameterName":"InstanceId","CalendarNames":["arn:aws:ssm:eu-west-1:111122223333:document/Quiet"],"ComplianceSeverity":"HIGH","DocumentVersion":"$DEFAULT","Duration":4,"MaxConcurrency":"5","MaxErrors":"10%","Name":"AWS-RunPatchBaseline","OutputLocation":{"S3Location":{"OutputS3BucketName":"logs","OutputS3KeyPrefix":"p","OutputS3Region":"eu-west-1"}},"Parameters":{"Operation":["Scan"]},"ScheduleExpression":"cron(0 2 ? * SUN *)","ScheduleOffset":2,"SyncCompliance":"MANUAL","TargetLocations":[{"Accounts":["111122223333"],"IncludeChildOrganizationUnits":false,"Regions":["eu-west-1"]}],"TargetMaps":[{"InstanceId":["i-1"]}],"Targets":[{"Key":"tag:Role","Values":["web","db"]}]}""",
            service.Sent);
        Assert.Equal(("4", "AWS-RunPatchBaseline", "0d0a-request", s_answered), (answer.Association.AssociationVersion, answer.Association.Content.Name, answer.RequestId, answer.ServiceTime));
    }

    [Fact]
    public async Task A_change_sends_empty_lists_and_maps_empty_and_leaves_out_what_is_null()
    {
        using var service = new StubService($$$"""{"AssociationDescription":{"AssociationId":"{{{Id}}}"}}""");

        await service.Gateway.UpdateAssociationAsync(
            new UpdateRequest(Id, new AssociationEntry
            {
                Parameters = [],
                Targets = [],
                CalendarNames = [],
                TargetLocations = [],
                TargetMaps = [],
                OutputLocation = new InstanceAssociationOutputLocation(),
                AlarmConfiguration = new AlarmConfiguration { Alarms = [] },
                MaxErrors = string.Empty,
            }),
            CancellationToken.None);

        Assert.Equal(
            $$$"""{"AlarmConfiguration":{"Alarms":[]},"AssociationId":"{{{Id}}}","CalendarNames":[],"MaxErrors":"","OutputLocation":{},"Parameters":{},"TargetLocations":[],"TargetMaps":[],"Targets":[]}""",
            service.Sent);
    }

    [Fact]
    public async Task A_parameter_and_a_target_without_values_are_sent_with_empty_lists()
    {
        using var service = new StubService($$$"""{"AssociationDescription":{"AssociationId":"{{{Id}}}"}}""");

        await service.Gateway.UpdateAssociationAsync(
            new UpdateRequest(Id, new AssociationEntry { Parameters = new ParameterMap { ["A"] = [], ["B"] = null }, Targets = [new AssociationTarget { Key = "k", Values = [] }], TargetMaps = [[]] }),
            CancellationToken.None);

        Assert.Equal($$$"""{"AssociationId":"{{{Id}}}","Parameters":{"A":[],"B":[]},"TargetMaps":[{}],"Targets":[{"Key":"k","Values":[]}]}""", service.Sent);
    }

    [Fact]
    public async Task An_earlier_version_is_read_whole()
    {
        using var service = new StubService($$$"""
            {"AssociationDescription":{"AssociationId":"{{{Id}}}","AssociationVersion":"3","Name":"AWS-RunPatchBaseline","Date":1748736000.5,
             "LastUpdateAssociationDate":1748736001,"LastExecutionDate":1748736002,"LastSuccessfulExecutionDate":1748736003,
             "AutomationTargetParameterName":"InstanceId","AlarmConfiguration":{"IgnorePollAlarmFailure":true,"Alarms":[{"Name":"stop"}]},
             "TriggeredAlarms":[{"Name":"stop","State":"ALARM"}],"AssociationDispatchAssumeRole":"arn:aws:iam::111122223333:role/Dispatch",
             "Status":{"Date":1748736000,"Name":"Associated","Message":"new word"},"ComplianceSeverity":"PURPLE","SyncCompliance":"SOMETIMES",
             "Overview":{"Status":"Pending","DetailedStatus":"Creating","AssociationStatusAggregatedCount":{"Success":3,"Brandnew":1}},
             "MemberOfTomorrow":{"a":[1]},"Targets":null,"Parameters":{} }}
            """);

        AssociationRecord? record = await service.Gateway.DescribeAssociationVersionAsync(Id, "3", CancellationToken.None);

        Assert.Equal($$$"""{"AssociationId":"{{{Id}}}","AssociationVersion":"3"}""", service.Sent);
        Assert.Equal(("3", "InstanceId", "stop", "PURPLE", "SOMETIMES", null), (record!.AssociationVersion, record.Content.AutomationTargetParameterName, record.Content.AlarmConfiguration!.Alarms!.Single().Name, record.Content.ComplianceSeverity, record.Content.SyncCompliance, record.Content.Targets));
        Assert.Equal("Brandnew=1,Success=3", Text(record.StatusCounts));
        Assert.Equal(("Pending", "Creating", "arn:aws:iam::111122223333:role/Dispatch"), (record.Status, record.DetailedStatus, record.AssociationDispatchAssumeRole));
        Assert.Equal(1748736003, new DateTimeOffset(record.LastSuccessfulExecutionDate!.Value).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_line_of_a_list_tells_status_counts_and_version()
    {
        using var service = new StubService($$$"""
            {"Associations":[
              {"AssociationId":"{{{Id}}}","AssociationVersion":"2","Name":"AWS-UpdateSSMAgent","LastExecutionDate":1748736000,"Overview":{"Status":"Success","AssociationStatusAggregatedCount":{} }},
              {"AssociationId":"b","Overview":{"Status":"Failed","DetailedStatus":"Failed","AssociationStatusAggregatedCount":{"Failed":2} }},
              {"AssociationId":"c"},null],"NextToken":""}
            """);

        ListAnswer page = await service.Gateway.ListAssociationsAsync(new ListRequest(), CancellationToken.None);

        Assert.Equal(["2|Success|", "|Failed|Failed=2", "||none"], page.Associations.Select(line => $"{line.AssociationVersion}|{line.Status}|{Text(line.StatusCounts)}"));
        Assert.Null(page.NextToken);
    }

    [Fact]
    public async Task Versions_are_read_page_by_page()
    {
        using var service = new StubService($$$"""
            {"AssociationVersions":[{"AssociationId":"{{{Id}}}","AssociationVersion":"2","CreatedDate":1748736000,"Name":"AWS-UpdateSSMAgent","AssociationName":"agent","Parameters":{"a":["b"]},"Targets":[{"Key":"InstanceIds","Values":["*"]}],
              "MaxErrors":"1","ApplyOnlyAtCronInterval":true,"Duration":3,"ComplianceSeverity":"LOW","AssociationDispatchAssumeRole":"r"}],"NextToken":"more"}
            """);

        VersionsAnswer page = await service.Gateway.ListAssociationVersionsAsync(new VersionsRequest(Id) { NextToken = "here" }, CancellationToken.None);

        Assert.Equal("AmazonSSM.ListAssociationVersions", service.Operation);
        Assert.Equal($$$"""{"AssociationId":"{{{Id}}}","MaxResults":50,"NextToken":"here"}""", service.Sent);
        AssociationRecord version = Assert.Single(page.Versions);
        Assert.Equal(("2", "agent", "*", "b", true, 3, "LOW", "r"), (version.AssociationVersion, version.Content.AssociationName, version.Content.Targets![0].Values![0], version.Content.Parameters!["a"]![0], version.Content.ApplyOnlyAtCronInterval, version.Content.Duration, version.Content.ComplianceSeverity, version.AssociationDispatchAssumeRole));
        Assert.Equal(1748736000, new DateTimeOffset(version.Date!.Value).ToUnixTimeSeconds());
        Assert.Equal("more", page.NextToken);
    }

    [Fact]
    public async Task A_start_sends_its_ids_and_tells_when_the_service_took_it()
    {
        using var service = new StubService("{}");

        StartAnswer answer = await service.Gateway.StartAssociationsOnceAsync(["a", "b"], CancellationToken.None);

        Assert.Equal("AmazonSSM.StartAssociationsOnce", service.Operation);
        Assert.Equal("""{"AssociationIds":["a","b"]}""", service.Sent);
        Assert.Equal(("0d0a-request", s_answered), (answer.RequestId, answer.ServiceTime));
    }

    [Theory]
    [InlineData("<html>Welcome</html>", "id")]
    [InlineData("{}", null)]
    [InlineData("""{"Message":"log in first"}""", "id")]
    public async Task A_success_that_is_none_of_the_service_does_not_count_as_started(string body, string? requestId)
    {
        using var service = new StubService(body, requestId: requestId);

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => service.Gateway.StartAssociationsOnceAsync(["a"], CancellationToken.None));

        Assert.Equal((GatewayErrorKind.Ambiguous, "UnreadableAnswer"), (error.Kind, error.ErrorCode));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"AssociationDescription":null}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_success_without_the_association_is_ambiguous_for_a_change_and_a_reading(string body)
    {
        using var changed = new StubService(body);
        using var read = new StubService(body);

        GatewayException change = await Assert.ThrowsAsync<GatewayException>(() => changed.Gateway.UpdateAssociationAsync(new UpdateRequest(Id, new AssociationEntry()), CancellationToken.None));
        GatewayException reading = await Assert.ThrowsAsync<GatewayException>(() => read.Gateway.DescribeAssociationAsync(Id, CancellationToken.None));

        Assert.Equal((GatewayErrorKind.Ambiguous, GatewayErrorKind.Ambiguous), (change.Kind, reading.Kind));
        Assert.Equal(("UnreadableAnswer", "UnreadableAnswer"), (change.ErrorCode, reading.ErrorCode));
    }

    [Fact]
    public async Task Executions_are_asked_for_by_filters_and_read_with_their_counts()
    {
        using var service = new StubService($$$"""
            {"AssociationExecutions":[
              {"AssociationId":"{{{Id}}}","AssociationVersion":"2","ExecutionId":"e1","Status":"Success","DetailedStatus":"Success","CreatedTime":1748736000.123,"LastExecutionDate":1748736005,"ResourceCountByStatus":"{Success=4}"},
              {"ExecutionId":"e2","Status":"Brandnew","ResourceCountByStatus":"{}"},
              {"ExecutionId":"e3"}],"NextToken":"more"}
            """);

        ExecutionsAnswer page = await service.Gateway.DescribeAssociationExecutionsAsync(
            new ExecutionsRequest(Id)
            {
                ExecutionId = "e",
                Status = "Failed",
                CreatedAfter = new DateTime(2026, 1, 2, 3, 4, 5, 900, DateTimeKind.Utc),
                CreatedBefore = new DateTime(2026, 1, 3, 3, 4, 5, DateTimeKind.Utc),
                MaxResults = 10,
                NextToken = "here",
            },
            CancellationToken.None);

        Assert.Equal("AmazonSSM.DescribeAssociationExecutions", service.Operation);
        Assert.Equal(
            $$$"""{"AssociationId":"{{{Id}}}","Filters":[{"Key":"ExecutionId","Type":"EQUAL","Value":"e"},{"Key":"Status","Type":"EQUAL","Value":"Failed"},{"Key":"CreatedTime","Type":"GREATER_THAN","Value":"2026-01-02T03:04:05Z"},{"Key":"CreatedTime","Type":"LESS_THAN","Value":"2026-01-03T03:04:05Z"}],"MaxResults":10,"NextToken":"here"}""",
            service.Sent);
        Assert.Equal(["e1|2|Success|Success=4", "e2||Brandnew|", "e3|||none"], page.Executions.Select(one => $"{one.ExecutionId}|{one.AssociationVersion}|{one.Status}|{Text(one.StatusCounts)}"));
        Assert.Equal(("more", s_answered), (page.NextToken, page.ServiceTime));
    }

    [Fact]
    public async Task Without_filters_none_are_sent()
    {
        using var service = new StubService("{}");

        ExecutionsAnswer page = await service.Gateway.DescribeAssociationExecutionsAsync(new ExecutionsRequest(Id), CancellationToken.None);

        Assert.Equal($$$"""{"AssociationId":"{{{Id}}}","MaxResults":50}""", service.Sent);
        Assert.Empty(page.Executions);
        Assert.Null(page.NextToken);
    }

    [Fact]
    public async Task The_resources_of_an_execution_are_read()
    {
        using var service = new StubService($$$"""
            {"AssociationExecutionTargets":[
              {"AssociationId":"{{{Id}}}","AssociationVersion":"2","ExecutionId":"e1","ResourceId":"i-1","ResourceType":"ManagedInstance","Status":"Failed","DetailedStatus":"Failed","LastExecutionDate":1748736005,"OutputSource":{"OutputSourceId":"c0ffee00-0000-0000-0000-000000000000","OutputSourceType":"RunCommand"}},
              {"ResourceId":"i-2","OutputSource":null}]}
            """);

        ExecutionTargetsAnswer page = await service.Gateway.DescribeAssociationExecutionTargetsAsync(
            new ExecutionTargetsRequest(Id, "e1") { Status = "Failed", ResourceId = "i-1", ResourceType = "ManagedInstance" }, CancellationToken.None);

        Assert.Equal("AmazonSSM.DescribeAssociationExecutionTargets", service.Operation);
        Assert.Equal(
            $$$"""{"AssociationId":"{{{Id}}}","ExecutionId":"e1","Filters":[{"Key":"Status","Value":"Failed"},{"Key":"ResourceId","Value":"i-1"},{"Key":"ResourceType","Value":"ManagedInstance"}],"MaxResults":50}""",
            service.Sent);
        Assert.Equal(["i-1|Failed|RunCommand|c0ffee00-0000-0000-0000-000000000000", "i-2|||"], page.Targets.Select(one => $"{one.ResourceId}|{one.Status}|{one.OutputSourceType}|{one.OutputSourceId}"));
    }

    [Fact]
    public async Task Nodes_are_asked_for_by_filters_and_read_with_their_counts()
    {
        using var service = new StubService("""
            {"InstanceInformationList":[
              {"InstanceId":"i-1","PingStatus":"Online","LastPingDateTime":1748736005,"PlatformType":"Linux","PlatformName":"Amazon Linux","PlatformVersion":"2023","AgentVersion":"3.3.1","ResourceType":"EC2Instance","ComputerName":"web","AssociationStatus":"Success","AssociationOverview":{"DetailedStatus":"Success","InstanceAssociationStatusAggregatedCount":{"Success":19,"Failed":1}}},
              {"InstanceId":"mi-2","PingStatus":"Asleep","PlatformType":"Plan9"}],"NextToken":"more"}
            """);

        NodesAnswer page = await service.Gateway.DescribeInstanceInformationAsync(new NodesRequest { Filters = [new NodeFilter("tag:Role", ["web", "db"])], MaxResults = 5 }, CancellationToken.None);

        Assert.Equal("AmazonSSM.DescribeInstanceInformation", service.Operation);
        Assert.Equal("""{"Filters":[{"Key":"tag:Role","Values":["web","db"]}],"MaxResults":5}""", service.Sent);
        Assert.Equal(["i-1|Online|Linux|Failed=1,Success=19", "mi-2|Asleep|Plan9|none"], page.Nodes.Select(node => $"{node.InstanceId}|{node.PingStatus}|{node.PlatformType}|{Text(node.AssociationCounts)}"));
        Assert.Equal("more", page.NextToken);
    }

    [Fact]
    public async Task A_document_is_described()
    {
        using var service = new StubService("""
            {"Document":{"Name":"AWS-RunPatchBaseline","Owner":"Amazon","Status":"Active","DocumentVersion":"1","DefaultVersion":"1","LatestVersion":"2","DocumentType":"Command","SchemaVersion":"2.2","PlatformTypes":["Windows","Plan9"],
              "Parameters":[{"Name":"Operation","Type":"String","Description":"d"},{"Name":"Tags","Type":"StringList","DefaultValue":"[]"}]}}
            """);

        DocumentRecord document = await service.Gateway.DescribeDocumentAsync(new DocumentRequest("AWS-RunPatchBaseline") { DocumentVersion = "$LATEST" }, CancellationToken.None);

        Assert.Equal("AmazonSSM.DescribeDocument", service.Operation);
        Assert.Equal("""{"DocumentVersion":"$LATEST","Name":"AWS-RunPatchBaseline"}""", service.Sent);
        Assert.Equal(("Amazon", "1", "2", "Command", "2.2", "Windows,Plan9"), (document.Owner, document.DefaultVersion, document.LatestVersion, document.DocumentType, document.SchemaVersion, string.Join(',', document.PlatformTypes!)));
        Assert.Equal(["Operation|String|", "Tags|StringList|[]"], document.Parameters!.Select(one => $"{one.Name}|{one.Type}|{one.DefaultValue}"));
    }

    [Fact]
    public async Task A_document_is_got_as_JSON()
    {
        using var service = new StubService("""{"Name":"Own","DocumentVersion":"3","Status":"Active","DocumentType":"Command","DocumentFormat":"JSON","Content":"{\"schemaVersion\":\"2.2\"}"}""");

        DocumentContent document = await service.Gateway.GetDocumentAsync(new DocumentRequest("Own"), CancellationToken.None);

        Assert.Equal("""{"DocumentFormat":"JSON","Name":"Own"}""", service.Sent);
        Assert.Equal(("3", "JSON", """{"schemaVersion":"2.2"}"""), (document.DocumentVersion, document.DocumentFormat, document.Content));
    }

    [Theory]
    [InlineData("2026-02-18T22:00:00Z", 22)]
    [InlineData("2026-02-18T14:00:00-08:00", 22)]
    [InlineData("whenever", null)]
    public async Task Calendars_tell_their_state(string next, int? hour)
    {
        using var service = new StubService($$$"""{"State":"CLOSED","AtTime":"2026-02-18T16:00:00Z","NextTransitionTime":"{{{next}}}"}""");

        CalendarAnswer answer = await service.Gateway.GetCalendarStateAsync(["arn:a", "arn:b"], new DateTime(2026, 2, 18, 16, 0, 0, DateTimeKind.Utc), CancellationToken.None);

        Assert.Equal("""{"AtTime":"2026-02-18T16:00:00Z","CalendarNames":["arn:a","arn:b"]}""", service.Sent);
        Assert.Equal(("CLOSED", 16, hour), (answer.State, answer.AtTime!.Value.Hour, answer.NextTransitionTime?.Hour));
    }

    [Theory]
    [InlineData(400, "InvalidAssociationVersion", GatewayErrorKind.Rejected, "InvalidAssociationVersion")]
    [InlineData(400, "InvalidUpdate", GatewayErrorKind.Rejected, "InvalidUpdate")]
    [InlineData(400, "com.amazonaws.ssm#InvalidUpdate", GatewayErrorKind.Rejected, "InvalidUpdate")]
    [InlineData(400, "TooManyUpdates", GatewayErrorKind.Throttled, "TooManyUpdates")]
    [InlineData(400, "TooManyUpdatesException", GatewayErrorKind.Throttled, "TooManyUpdates")]
    [InlineData(400, "ThrottlingException", GatewayErrorKind.Throttled, "ThrottlingException")]
    [InlineData(400, "AssociationVersionLimitExceeded", GatewayErrorKind.Rejected, "AssociationVersionLimitExceeded")]
    [InlineData(400, "AssociationDoesNotExist", GatewayErrorKind.Rejected, "AssociationDoesNotExist")]
    [InlineData(400, "AssociationDoesNotExistException", GatewayErrorKind.Rejected, "AssociationDoesNotExist")]
    [InlineData(400, "InvalidDocument", GatewayErrorKind.Rejected, "InvalidDocument")]
    [InlineData(400, "ValidationException", GatewayErrorKind.Rejected, "ValidationException")]
    [InlineData(400, "AccessDeniedException", GatewayErrorKind.Denied, "AccessDeniedException")]
    [InlineData(500, "InternalServerError", GatewayErrorKind.Ambiguous, "InternalServerError")]
    [InlineData(503, "ServiceUnavailable", GatewayErrorKind.Ambiguous, "ServiceUnavailable")]
    public async Task A_refused_change_says_what_it_means(int status, string type, object kind, string code)
    {
        using var service = new StubService($$$"""{"__type":"{{{type}}}","message":"no"}""", status);

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => service.Gateway.UpdateAssociationAsync(new UpdateRequest(Id, new AssociationEntry()), CancellationToken.None));

        Assert.Equal((kind, code, "0d0a-request"), (error.Kind, error.ErrorCode, error.RequestId));
        Assert.Equal(s_answered, error.ServiceTime);
    }

    [Theory]
    [InlineData("InvalidAssociation")]
    [InlineData("AssociationDoesNotExist")]
    public async Task A_refused_start_is_definite(string type)
    {
        using var service = new StubService($$$"""{"__type":"{{{type}}}"}""", 400);

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => service.Gateway.StartAssociationsOnceAsync([Id], CancellationToken.None));

        Assert.Equal((GatewayErrorKind.Rejected, type), (error.Kind, error.ErrorCode));
    }

    [Fact]
    public async Task An_association_that_is_gone_has_no_earlier_version()
    {
        using var service = new StubService("""{"__type":"AssociationDoesNotExist"}""", 400);

        Assert.Null(await service.Gateway.DescribeAssociationVersionAsync(Id, "1", CancellationToken.None));
    }

    [Theory]
    [InlineData(null, "none")]
    [InlineData("", "")]
    [InlineData("{}", "")]
    [InlineData(" { } ", "")]
    [InlineData("{Success=4}", "Success=4")]
    [InlineData("{Failed=1, Success=3}", "Failed=1,Success=3")]
    [InlineData("{Timed Out=1}", "Timed Out=1")]
    [InlineData("{Success=}", "none")]
    [InlineData("{Success=-1}", "none")]
    [InlineData("{=1}", "none")]
    [InlineData("{Success}", "none")]
    [InlineData("{Success=1,Success=2}", "none")]
    [InlineData("{Success=99999999999}", "none")]
    [InlineData("Success=4", "none")]
    [InlineData("{", "none")]
    public void Counts_are_read_from_their_text(string? text, string expected) => Assert.Equal(expected, Text(StatusCounts.Parse(text)));

    private static string Text(IReadOnlyDictionary<string, int>? counts) =>
        counts is null ? "none" : string.Join(',', counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
}
