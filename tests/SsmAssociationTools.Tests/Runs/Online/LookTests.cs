using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Online;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Online;

/// <summary>What the service is asked about entries, how often, and what is said of the answers.</summary>
public sealed class LookTests
{
    private const string Inventory = """
        {
          "documents": [
            { "name": "mine", "platformTypes": ["Linux"], "versions": ["1", "2"], "parameters": { "Level": { "required": true, "type": "String", "allowedValues": ["1", "2"] } } },
            { "name": "stop-it", "type": "Automation", "parameters": { "InstanceId": { "required": true, "type": "StringList" } } },
            { "name": "quiet", "type": "ChangeCalendar", "calendar": { "default": "OPEN", "windows": [ { "from": "2027-01-04T00:00:00Z", "to": "2027-01-05T06:00:00Z" } ] } },
            { "name": "busy", "type": "ChangeCalendar", "calendar": { "default": "OPEN", "windows": [] } }
          ],
          "managedNodes": [
            { "id": "i-00000001", "platform": "Linux", "tags": { "Role": "web", "Env": "prod" } },
            { "id": "i-00000002", "platform": "Linux", "tags": { "Role": "web", "Env": "test" } },
            { "id": "i-00000003", "platform": "Windows", "tags": { "Role": "db", "Env": "prod" } },
            { "id": "i-00000004", "platform": "Linux", "tags": { "Role": "off" }, "offline": true },
            { "id": "i-00000005", "platform": "Linux", "tags": { "Role": "web", "Env": "prod" }, "state": "stopped" },
            { "id": "mi-00000000000000006", "platform": "Windows", "tags": { "Role": "db", "Team": "red" } }
          ]
        }
        """;

    public static TheoryData<string, string, int?> Selections => new()
    {
        { "tag:Role=web", "i-00000001,i-00000002", 2 },
        { "tag:Role=web,db", "i-00000001,i-00000002,i-00000003,mi-00000000000000006", 4 },
        { "tag:Role=web;tag:Env=prod", "i-00000001", 1 },
        { "tag:Role=web,db;tag:Env=prod,none", "i-00000001,i-00000003", 2 },
        { "tag-key=Team", "mi-00000000000000006", 1 },
        { "InstanceIds=*", "i-00000001,i-00000002,i-00000003,i-00000004,mi-00000000000000006", 5 },
        { "InstanceIds=i-00000003,i-00000001;tag:Role=db", "i-00000003", 1 },
        { "tag:Role=nobody", "", 0 },
        { "tag:Role=WEB", "", 0 },
        { "InstanceIds=i-00000005", "", 0 },
        { "resource-groups:Name=Web", "", null },
        { "tag:Role=", "", null },
        { "tag:Role=web*", "", null },
        { "ParameterValues=a", "", null },
        { "aws:NoOpAutomationTag=AWS-NoOpAutomationTarget-Value", "", null },
        { "", "", null },
    };

    [Theory]
    [MemberData(nameof(Selections))]
    public async Task The_nodes_that_targets_select_are_counted_or_the_reason_is_told(string targets, string ids, int? count)
    {
        using var endpoint = new OnlineEndpoint(Inventory);

        (Sight sight, EntryIssue[] issues) = (await endpoint.LookAsync(Entry(targets)))[0];

        Assert.Equal(count, sight.Nodes.Numbers?.Count);
        Assert.Equal(count is null, issues.Any(issue => issue is { RuleId: "Nodes.NotLookedAt", Level: IssueSeverity.Information, Source: "service" }));
        Assert.Equal(count == 0, issues.Any(issue => issue.RuleId == "Nodes.None"));
        if (count is not null)
        {
            Assert.Equal(ids, string.Join(",", endpoint.Ids(sight.Nodes)));
        }
    }

    [Fact]
    public async Task A_runbook_selects_resources_and_is_not_counted()
    {
        using var endpoint = new OnlineEndpoint(Inventory);
        AssociationEntry entry = Entry("tag:Role=web", "stop-it");
        entry.AutomationTargetParameterName = "InstanceId";

        (Sight sight, EntryIssue[] issues) = (await endpoint.LookAsync(entry))[0];

        Assert.Null(sight.Nodes.Numbers);
        Assert.Contains("runbook", Assert.Single(issues, issue => issue.RuleId == "Nodes.NotLookedAt").Message, StringComparison.Ordinal);
        Assert.Equal(DocumentType.Automation, sight.Document!.Known!.Type);
        Assert.Equal(0, endpoint.CallsOf("DescribeInstanceInformation"));
    }

    [Fact]
    public async Task Each_question_is_put_once_however_many_entries_share_it()
    {
        using var endpoint = new OnlineEndpoint(Inventory);
        AssociationEntry[] entries =
        [
            .. Enumerable.Range(0, 40).Select(_ => Entry("tag:Role=web")),
            .. Enumerable.Range(0, 40).Select(_ => Entry("tag:Role=web;tag:Env=prod")),
            .. Enumerable.Range(0, 40).Select(i => Entry(i % 2 == 0 ? "InstanceIds=i-00000001,i-00000002" : "InstanceIds=i-00000002,i-00000001")),
        ];
        foreach (AssociationEntry entry in entries)
        {
            entry.CalendarNames = ["busy"];
        }

        await endpoint.LookAsync(entries);

        Assert.Equal(
            [
                "DescribeDocument AWS-UpdateSSMAgent ", "DescribeInstanceInformation InstanceIds=i-00000001,i-00000002 ", "DescribeInstanceInformation tag:Env=prod ",
                "DescribeInstanceInformation tag:Role=web ", "GetCalendarState busy", "GetDocument AWS-UpdateSSMAgent ", "ListAssociations ",
            ],
            endpoint.Calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Unknown_ids_are_found_among_fifty_by_halving()
    {
        string[] known = [.. Enumerable.Range(1, 48).Select(i => "i-" + i.ToString("x8", CultureInfo.InvariantCulture))];
        using var endpoint = new OnlineEndpoint($$"""{"managedNodes":[{{string.Join(",", known.Select(id => $$"""{"id":"{{id}}"}"""))}}]}""");

        (Sight sight, EntryIssue[] issues) = (await endpoint.LookAsync(Entry("InstanceIds=i-0000beef," + string.Join(",", known) + ",i-0000dead")))[0];

        Assert.Equal(known.Order(StringComparer.Ordinal), endpoint.Ids(sight.Nodes).Order(StringComparer.Ordinal));
        Assert.Equal(["i-0000beef", "i-0000dead"], sight.Nodes.Unknown.Order(StringComparer.Ordinal));
        EntryIssue issue = Assert.Single(issues, issue => issue.RuleId == "Nodes.Unknown");
        Assert.Equal(IssueSeverity.Warning, issue.Level);
        Assert.Contains("i-0000beef", issue.Message, StringComparison.Ordinal);
        Assert.Contains("i-0000dead", issue.Message, StringComparison.Ordinal);
        Assert.InRange(endpoint.CallsOf("DescribeInstanceInformation"), 1, 25);
    }

    [Fact]
    public async Task A_node_that_an_entry_is_for_by_InstanceId_must_be_known()
    {
        using var endpoint = new OnlineEndpoint(Inventory);

        List<(Sight Sight, EntryIssue[] Issues)> seen = await endpoint.LookAsync(
            new AssociationEntry { Name = "AWS-UpdateSSMAgent", InstanceId = "i-0000dead" },
            new AssociationEntry { Name = "AWS-UpdateSSMAgent", InstanceId = "i-00000001" },
            new AssociationEntry { Name = "AWS-RunShellScript", InstanceId = "i-00000003" });

        Assert.Equal((IssueSeverity.Error, "InstanceId"), Found(seen[0], "Nodes.Unknown"));
        Assert.Equal((0, 1), (seen[0].Sight.Nodes.Numbers!.Count, seen[1].Sight.Nodes.Numbers!.Count));
        Assert.Empty(seen[1].Issues);
        Assert.Equal((IssueSeverity.Error, "InstanceId"), Found(seen[2], "Nodes.Platform"));
    }

    [Fact]
    public async Task Nodes_that_are_not_online_are_named()
    {
        using var endpoint = new OnlineEndpoint(Inventory);

        List<(Sight Sight, EntryIssue[] Issues)> seen = await endpoint.LookAsync(Entry("InstanceIds=i-00000001,i-00000004,i-00000005"), Entry("tag:Role=off"), Entry("tag:Role=web"));

        string named = Assert.Single(seen[0].Issues, issue => issue.RuleId == "Nodes.NotOnline").Message;
        Assert.Contains("i-00000004, i-00000005 are not online", named, StringComparison.Ordinal);
        Assert.Equal((IssueSeverity.Warning, "Targets"), Found(seen[1], "Nodes.NotOnline"));
        Assert.Empty(seen[2].Issues);
    }

    [Fact]
    public async Task A_document_for_another_platform_is_said_with_the_nodes()
    {
        using var endpoint = new OnlineEndpoint(Inventory);

        List<(Sight Sight, EntryIssue[] Issues)> seen = await endpoint.LookAsync(Entry("tag:Env=prod", "mine"), Entry("tag:Role=web", "mine"));

        Assert.Equal((IssueSeverity.Warning, "Targets"), Found(seen[0], "Nodes.Platform"));
        Assert.Contains("i-00000003", seen[0].Issues.Single(issue => issue.RuleId == "Nodes.Platform").Message, StringComparison.Ordinal);
        Assert.DoesNotContain(seen[1].Issues, issue => issue.RuleId == "Nodes.Platform");
    }

    [Fact]
    public async Task Documents_and_versions_that_do_not_exist_are_errors()
    {
        using var endpoint = new OnlineEndpoint(Inventory);
        AssociationEntry version = Entry("tag:Role=web", "mine");
        version.DocumentVersion = "7";

        List<(Sight Sight, EntryIssue[] Issues)> seen = await endpoint.LookAsync(Entry("tag:Role=web", "nobody-has-this"), version, Entry("tag:Role=web", "mine"));

        Assert.Equal((IssueSeverity.Error, "Name"), Found(seen[0], "Document.NotFound"));
        Assert.Equal((IssueSeverity.Error, "DocumentVersion"), Found(seen[1], "Document.VersionNotFound"));
        Assert.Equal(["1", "2"], seen[2].Sight.Document!.Known!.Allowed["Level"]);
        Assert.Equal(["Level"], seen[2].Sight.Document!.Known!.Required);
    }

    [Fact]
    public async Task Calendars_are_said_to_be_closed_missing_or_none()
    {
        using var endpoint = new OnlineEndpoint(Inventory);
        AssociationEntry entry = Entry("tag:Role=web");
        entry.CalendarNames = ["busy", "quiet", "nobody-has-this", "mine"];

        (Sight _, EntryIssue[] issues) = (await endpoint.LookAsync(entry))[0];

        Assert.Equal(
            ["CalendarNames[1] CalendarNames.Closed", "CalendarNames[2] CalendarNames.NotFound", "CalendarNames[3] CalendarNames.NotFound"],
            issues.Where(issue => issue.RuleId.StartsWith("CalendarNames", StringComparison.Ordinal)).Select(issue => $"{issue.Path} {issue.RuleId}"));
        Assert.Contains("until 2027-01-05 06:00 UTC", issues.Single(issue => issue.RuleId == "CalendarNames.Closed").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DescribeDocument", "Document.NotLookedAt", "ssm:DescribeDocument")]
    [InlineData("GetDocument", "Document.NotLookedAt", "ssm:GetDocument")]
    [InlineData("DescribeInstanceInformation", "Nodes.NotLookedAt", "ssm:DescribeInstanceInformation")]
    [InlineData("ListAssociations", "Room.NotLookedAt", "ssm:ListAssociations")]
    [InlineData("GetCalendarState", "CalendarNames.NotLookedAt", "ssm:GetCalendarState")]
    public async Task A_permission_that_is_missing_makes_an_issue_and_no_verdict(string operation, string rule, string permission)
    {
        using var endpoint = new OnlineEndpoint(Inventory, [$"{operation} always error code=AccessDeniedException"]);
        AssociationEntry first = Entry("tag:Role=web");
        first.CalendarNames = ["busy"];
        AssociationEntry second = Entry("tag:Role=db");
        second.CalendarNames = ["busy"];

        List<(Sight Sight, EntryIssue[] Issues)> seen = await endpoint.LookAsync(first, second);

        EntryIssue issue = Assert.Single(seen[0].Issues);
        Assert.Equal((rule, IssueSeverity.Information), (issue.RuleId, issue.Level));
        Assert.Contains("could not be looked at", issue.Message, StringComparison.Ordinal);
        Assert.Contains(permission, issue.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(seen[1].Issues, one => one.Level == IssueSeverity.Error);
        Assert.Equal(operation == "DescribeInstanceInformation", seen[0].Sight.Nodes.Numbers is null);
    }

    [Fact]
    public async Task A_description_tells_of_parameters_where_the_content_may_not_be_read()
    {
        using var endpoint = new OnlineEndpoint(Inventory, ["GetDocument always error code=AccessDeniedException"]);

        KnownDocument document = (await endpoint.LookAsync(Entry("tag:Role=web", "mine")))[0].Sight.Document!.Known!;

        Assert.Equal(["Level"], document.Parameters!);
        Assert.Equal(["Level"], document.Required);
        Assert.Empty(document.Allowed);
    }

    [Fact]
    public async Task The_contents_of_all_documents_of_the_endpoint_are_read()
    {
        using var endpoint = new OnlineEndpoint();
        KnownDocument[] known = [.. KnownDocuments.All.Where(document => document.Type != DocumentType.Package)];

        List<(Sight Sight, EntryIssue[] Issues)> seen = await endpoint.LookAsync([.. known.Select(document => Entry("tag:Role=web", document.Name))]);

        Assert.True(seen.Count(one => one.Sight.Document!.Known is not null) > 50);
        for (int i = 0; i < known.Length; i++)
        {
            if (seen[i].Sight.Document!.Known is not { } document)
            {
                continue;
            }

            Assert.NotNull(document.Schema);
            Assert.Equal(known[i].Type, document.Type);

            // The table of the module and the endpoint, which know nothing of each other, say the same.
            Assert.All(known[i].Allowed.Where(pair => document.Allowed.ContainsKey(pair.Key)), pair => Assert.Equal(pair.Value.Order(StringComparer.Ordinal), document.Allowed[pair.Key].Order(StringComparer.Ordinal)));
            Assert.Subset(new HashSet<string>(document.Required, StringComparer.Ordinal), new HashSet<string>(known[i].Required, StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task What_may_pass_is_tried_again()
    {
        using var endpoint = new OnlineEndpoint(Inventory, ["* first 2 throttle", "DescribeInstanceInformation call 2 reset", "GetDocument call 1 truncate"]);

        (Sight sight, EntryIssue[] issues) = (await endpoint.LookAsync(Entry("tag:Role=web")))[0];

        Assert.Empty(issues);
        Assert.Equal(2, sight.Nodes.Numbers!.Count);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_not_asked_for_each_selector()
    {
        using var endpoint = new OnlineEndpoint(Inventory, ["DescribeInstanceInformation always server-error"], maxAttempt: 2);

        List<(Sight Sight, EntryIssue[] Issues)> seen = await endpoint.LookAsync([.. Enumerable.Range(0, 60).Select(i => Entry($"tag:Role=r{i}"))]);

        Assert.All(seen, one => Assert.Contains(one.Issues, issue => issue.RuleId == "Nodes.NotLookedAt"));
        Assert.InRange(endpoint.CallsOf("DescribeInstanceInformation"), 1, 20);
    }

    [Fact]
    public async Task Nodes_that_would_have_too_many_associations_are_named_and_a_changed_one_is_not_counted_twice()
    {
        using var endpoint = new OnlineEndpoint(Inventory);
        await endpoint.Gateway.CreateAssociationBatchAsync(
            new CreateBatchRequest([.. Enumerable.Range(0, 20).Select(i => new AssociationEntry { Name = "AWS-UpdateSSMAgent", AssociationName = $"agent-{i}", Targets = Targets("InstanceIds=i-00000001") })], null),
            CancellationToken.None);
        endpoint.Server.Advance(TimeSpan.FromMinutes(5));
        AssociationEntry changed = Entry("InstanceIds=i-00000001");
        changed.AssociationName = "agent-7";
        AssociationEntry moved = Entry("InstanceIds=i-00000002");
        moved.AssociationName = "agent-8";

        List<(Sight Sight, EntryIssue[] Issues)> seen = await endpoint.LookAsync(changed, moved, Entry("tag:Role=web"));

        Assert.DoesNotContain(seen[0].Issues, issue => issue.RuleId == "Nodes.AssociationLimit");
        Assert.DoesNotContain(seen[1].Issues, issue => issue.RuleId == "Nodes.AssociationLimit");
        string said = Assert.Single(seen[2].Issues, issue => issue.RuleId == "Nodes.AssociationLimit").Message;
        Assert.Contains("i-00000001", said, StringComparison.Ordinal);
        Assert.DoesNotContain("i-00000002", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_entries_of_one_run_add_up_on_a_node()
    {
        using var endpoint = new OnlineEndpoint(Inventory);

        List<(Sight Sight, EntryIssue[] Issues)> seen = await endpoint.LookAsync([.. Enumerable.Range(0, 21).Select(_ => Entry("tag:Role=web"))]);

        Assert.All(seen.Take(20), one => Assert.Empty(one.Issues));
        Assert.Equal((IssueSeverity.Warning, "Targets"), Found(seen[20], "Nodes.AssociationLimit"));
    }

    [Fact]
    public async Task New_associations_past_the_room_that_is_left_are_said_once()
    {
        using var endpoint = new OnlineEndpoint(Inventory);
        for (int i = 0; i < 1999; i += 100)
        {
            await endpoint.Gateway.CreateAssociationBatchAsync(
                new CreateBatchRequest([.. Enumerable.Range(i, Math.Min(100, 1999 - i)).Select(n => new AssociationEntry { Name = "AWS-UpdateSSMAgent", AssociationName = $"agent-{n}", Targets = Targets($"tag:Node=n{n}") })], null),
                CancellationToken.None);
        }

        AssociationEntry changed = Entry("tag:Role=web");
        changed.AssociationName = "agent-1";
        List<(Sight Sight, EntryIssue[] Issues)> seen = await endpoint.LookAsync(changed, Entry("tag:Role=web"), Entry("tag:Role=db"), Entry("tag:Role=web"));

        Assert.Equal([false, false, true, false], seen.Select(one => one.Issues.Any(issue => issue.RuleId == "Room.AssociationLimit")));
        Assert.Equal(40, endpoint.CallsOf("ListAssociations"));
    }

    private static (IssueSeverity Severity, string Path) Found((Sight Sight, EntryIssue[] Issues) seen, string rule)
    {
        EntryIssue issue = Assert.Single(seen.Issues, issue => issue.RuleId == rule);
        Assert.Equal("service", issue.Source);
        return (issue.Level, issue.Path);
    }

    private static AssociationEntry Entry(string targets, string name = "AWS-UpdateSSMAgent") => new() { Name = name, Targets = Targets(targets) };

    private static AssociationTarget[]? Targets(string text) => text.Length == 0
        ? null
        : [.. text.Split(';').Select(target => target.Split('=')).Select(parts => new AssociationTarget { Key = parts[0], Values = parts[1].Split(',') })];
}
