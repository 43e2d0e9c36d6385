using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Online;
using Xunit;

namespace SsmAssociationTools.Tests.Runs.Online;

/// <summary>Answers that are not as they should be: whatever comes, it ends, and what is not sure is no verdict.</summary>
public sealed class OddAnswerTests
{
    [Fact]
    public async Task A_list_of_nodes_without_end_is_given_up_and_decides_nothing()
    {
        int page = 0;
        var fleet = new ScriptedFleet { Nodes = _ => new NodesAnswer { Nodes = [new NodeRecord { InstanceId = "i-00000001" }], NextToken = "p" + Interlocked.Increment(ref page) } };

        (Sight sight, EntryIssue[] issues) = await LookAsync(fleet);

        Assert.Null(sight.Nodes.Numbers);
        Assert.Contains("ListWithoutEnd", Assert.Single(issues, issue => issue.RuleId == "Nodes.NotLookedAt").Message, StringComparison.Ordinal);
        Assert.InRange(page, 1, 1000);
    }

    [Fact]
    public async Task A_page_that_names_itself_as_the_next_is_given_up()
    {
        var fleet = new ScriptedFleet { Nodes = _ => new NodesAnswer { Nodes = [new NodeRecord { InstanceId = "i-00000001" }], NextToken = "same" } };

        Assert.Contains((await LookAsync(fleet)).Issues, issue => issue.RuleId == "Nodes.NotLookedAt");
    }

    [Fact]
    public async Task A_node_that_moves_between_pages_counts_once()
    {
        var fleet = new ScriptedFleet
        {
            Nodes = request => request.NextToken is null
                ? new NodesAnswer { Nodes = [.. Ids(0, 50)], NextToken = "2" }
                : new NodesAnswer { Nodes = [.. Ids(49, 20)] },
        };

        Assert.Equal(69, (await LookAsync(fleet)).Sight.Nodes.Numbers!.Count);
    }

    [Fact]
    public async Task Nodes_without_id_and_words_of_tomorrow_are_no_problem()
    {
        var fleet = new ScriptedFleet
        {
            Nodes = _ => new NodesAnswer
            {
                Nodes =
                [
                    new NodeRecord(), new NodeRecord { InstanceId = " " },
                    new NodeRecord { InstanceId = "i-00000001", PingStatus = "Online", PlatformType = "Plan9", AssociationCounts = new Dictionary<string, int> { ["Brandnew"] = 3 } },
                    new NodeRecord { InstanceId = "i-00000002", AssociationStatus = "Success" },
                ],
            },
        };

        (Sight sight, EntryIssue[] issues) = await LookAsync(fleet);

        Assert.Equal(2, sight.Nodes.Numbers!.Count);
        Assert.Empty(issues);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no JSON \u001b[31m")]
    [InlineData("{\"schemaVersion\":\"2.2\",\"parameters\":{\"a\":{\"type\":[\"String\"],\"allowedPattern\":\"(((\",\"allowedValues\":{},\"minItems\":\"many\",\"maxChars\":99999999999}}}")]
    [InlineData("{\"schemaVersion\":\"2.2\",\"parameters\":{\"a\":null}}")]
    public async Task A_content_that_cannot_be_read_decides_nothing(string? content)
    {
        var fleet = new ScriptedFleet { Content = content };

        Assert.DoesNotContain((await LookAsync(fleet)).Issues, issue => issue.Level != IssueSeverity.Information);
    }

    [Fact]
    public async Task A_refusal_that_is_no_answer_to_the_question_is_no_verdict()
    {
        var fleet = new ScriptedFleet
        {
            Describe = () => throw new GatewayException(GatewayErrorKind.Rejected, "ValidationException", "wrong"),
            Nodes = _ => throw new GatewayException(GatewayErrorKind.Rejected, "InvalidFilterKey", "wrong"),
        };

        EntryIssue[] issues = (await LookAsync(fleet)).Issues;

        Assert.Equal(["Document.NotLookedAt", "Nodes.NotLookedAt"], issues.Select(issue => issue.RuleId));
        Assert.All(issues, issue => Assert.Equal(IssueSeverity.Information, issue.Level));
    }

    private static IEnumerable<NodeRecord> Ids(int first, int count) => Enumerable.Range(first, count).Select(i => new NodeRecord { InstanceId = $"i-{i:x8}", PingStatus = "Online" });

    private static async Task<(Sight Sight, EntryIssue[] Issues)> LookAsync(ScriptedFleet fleet)
    {
        var entry = new AssociationEntry { Name = "Mine", Targets = [new AssociationTarget { Key = "tag:Role", Values = ["web"] }] };
        using var view = new PlaceView(new ServiceReader(fleet, new RunOptions(), new SystemClock(), new Backoff(new Random(1)), static _ => { }), files: null, CancellationToken.None);
        Sight sight = await view.LookAsync(entry, id: null);
        var issues = new IssueCollector();
        new PlaceRules(view.Nodes, place: null).Check(entry, sight, issues);
        return (sight, [.. issues.Take()]);
    }
}
