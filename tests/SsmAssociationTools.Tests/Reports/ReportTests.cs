using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using SsmAssociationTools.Commands;
using SsmAssociationTools.Reports;
using Xunit;

namespace SsmAssociationTools.Tests.Reports;

/// <summary>What a report says of plans and runs, read as a browser reads it.</summary>
public sealed class ReportTests
{
    [Fact]
    public void A_plan_says_what_it_is_and_when_it_was_made()
    {
        IHtmlDocument page = Written.Page(Agent());

        Assert.Equal("State Manager associations: plan", page.Title);
        Assert.Equal(page.Title, page.QuerySelector("h1")!.TextContent);
        Assert.Equal("Plan", page.QuerySelector(".kind")!.TextContent);
        Assert.Equal("2026-11-23T15:21Z", page.QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Contains("Monday 2026-11-23 15:21 UTC (2026-11-23 16:21 UTC+01:00 on the clock", page.QuerySelector(".made")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Mine & yours", Written.Parse(Written.Text("Mine & yours", [Agent()])).Title);
    }

    [Fact]
    public void Entries_are_counted_by_status_and_shown_with_their_problems()
    {
        AssociationEntry bad = Agent("rate(29 minutes)");
        bad.Source = "fleet.csv:7";
        IHtmlDocument page = Written.Page(Agent(), bad, Agent("at(2020-01-01T00:00:00)", only: true));

        Assert.Equal(["3 entries", "1 Valid", "1 Warnings", "1 Invalid"], Texts(page, ".tile"));
        string[] cells = Written.Cells(page, 1);
        Assert.Equal(["1", "Invalid", "AWS-UpdateSSMAgent fleet.csv:7", "tag:A=b", "rate(29 minutes)", string.Empty], cells.Take(6));
        Assert.StartsWith("Error ScheduleExpression: rate(29 minutes): the shortest interval", cells[6], StringComparison.Ordinal);
        Assert.EndsWith("Schedule.Rate.Interval", cells[6], StringComparison.Ordinal);
        IElement problem = page.QuerySelector(".problems li")!;
        Assert.Contains("Schedule.Rate.Interval", problem.TextContent, StringComparison.Ordinal);
        Assert.Equal("In fleet.csv:7", problem.QuerySelector(".where")!.TextContent);
        Assert.Equal(["AWS-UpdateSSMAgent 3", "tags 3", "fleet.csv 1"], Texts(page, ".facts dd"));
    }

    [Fact]
    public void Equal_problems_are_one_problem_and_name_a_few_of_the_entries()
    {
        IHtmlDocument page = Written.Page([.. Enumerable.Range(0, 40).Select(i => (object)Agent("rate(29 minutes)", target: "n" + i))]);

        IElement problem = page.QuerySelectorAll(".problems li").Single(item => item.TextContent.Contains("Schedule.Rate.Interval", StringComparison.Ordinal));
        Assert.Contains("40 times", problem.TextContent, StringComparison.Ordinal);
        Assert.Equal("In #0, #1, #2, #3, #4, #5, #6, #7, #8, #9, #10, #11 and 28 more", problem.QuerySelector(".where")!.TextContent);
    }

    [Fact]
    public void A_problem_that_an_entry_has_twice_is_counted_twice_and_names_the_entry_once()
    {
        EntryIssue[] twice = [new EntryIssue("R", IssueSeverity.Warning, "Parameters.A", "m", null, "test"), new EntryIssue("R", IssueSeverity.Warning, "Parameters.B", "m", null, "test")];
        IHtmlDocument page = Written.Page([.. Enumerable.Range(0, 12).Select(i => (object)new EntryValidation(i, Agent(), null, twice))]);

        IElement problem = Assert.Single(page.QuerySelectorAll(".problems li"));
        Assert.Contains("24 times", problem.TextContent, StringComparison.Ordinal);
        Assert.Contains("Parameters.A, Parameters.B: m", problem.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("#10, #11", problem.QuerySelector(".where")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Outcomes_are_summed_up_by_document_and_node_with_what_failed_first()
    {
        IHtmlDocument page = Written.Page(
            Outcome(0, OutcomeStatus.Success, "agent", ("i-1", "Success"), ("i-2", "Success")),
            Outcome(1, OutcomeStatus.Failed, "patch", ("i-1", "Success"), ("i-2", "Failed")),
            Outcome(2, OutcomeStatus.Running, "patch", ("i-1", "InProgress")),
            Outcome(3, OutcomeStatus.ReachedNobody, "agent"));

        Assert.Equal("Outcomes", page.QuerySelector(".kind")!.TextContent);
        Assert.Equal(["4 entries", "1 Success", "1 Running", "1 Failed", "1 Reached nobody"], Texts(page, ".tile"));
        Assert.StartsWith(
            "As of 2026-11-23 15:21 UTC, 1 of 4 associations applied: it did on 3 of 5 nodes (a node counts once for each association), and failed on 1. 2 failed or reached nobody, 1 not decided, 0 none of these. The executions are from 2026-11-23 14:21 to 2026-11-23 15:11 UTC.",
            page.QuerySelector(".audit")!.TextContent,
            StringComparison.Ordinal);
        IElement[] tables = [.. page.QuerySelectorAll("table.outcomes")];
        Assert.Equal(["agent 2 1 1 0 0 2 0", "patch 2 0 1 1 0 3 1"], Rows(tables[0]));
        Assert.Equal("i-2 Failed patch #1 2026-11-23 15:11 RunCommand output-i-2", Rows(tables[1])[0]);
        Assert.Equal(5, Rows(tables[1]).Length);

        // Equal ends are one problem, whatever nodes they name.
        Assert.Equal(["In #3", "In #1"], page.QuerySelectorAll(".problems .where").Select(where => where.TextContent).Order().Reverse());
    }

    [Fact]
    public void A_report_of_outcomes_without_nodes_says_how_to_see_them()
    {
        AssociationOutcome outcome = Outcome(0, OutcomeStatus.Failed, "patch", ("i-1", "Failed"));
        outcome.Nodes = [];

        IHtmlDocument page = Written.Page(outcome);

        Assert.Single(page.QuerySelectorAll("table.outcomes"));
        Assert.Contains("-Detailed", page.QuerySelector("#h-outcomes")!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Updates_and_starts_are_told_by_their_own_status()
    {
        IHtmlDocument page = Written.Page(
            new AssociationSuccess { Index = 0, State = AssociationStatus.Updated, Entry = Agent(), AssociationId = "9f236be6-a2e4-4c17-b514-9f82d117f58c" },
            new AssociationStart { Index = 1, State = StartStatus.Started, Name = "AWS-UpdateSSMAgent", AssociationId = "9f236be6-a2e4-4c17-b514-9f82d117f58c" });

        Assert.Equal(["2 entries", "1 Updated", "1 Started"], Texts(page, ".tile"));
    }

    [Fact]
    public void Results_are_shown_with_what_identifies_them_and_what_to_do()
    {
        var created = new AssociationSuccess
        {
            Index = 0, State = AssociationStatus.Created, Entry = Agent(), AssociationId = "9f236be6-a2e4-4c17-b514-9f82d117f58c",
            Region = "eu-north-1", AccountId = "123456789012", RequestId = "request-1", Timestamp = Written.Now, Date = Written.Now.AddHours(-1),
        };
        var failed = new AssociationFailure
        {
            Index = 1, State = AssociationStatus.Failed, Entry = Agent(), ErrorCode = "InvalidDocument", Message = "Document does not exist: x",
            RecommendedAction = "Check Name.", Region = "eu-north-1", RequestId = "request-2",
        };
        IHtmlDocument page = Written.Page(created, failed, new AssociationFailure { Index = 2, State = AssociationStatus.Invalid, ErrorCode = "EntryInvalid", Message = "Targets: none.", Issues = [new EntryIssue("Targets.None", IssueSeverity.Error, "Targets", "none.", null, "test")] });

        Assert.Equal("Results of a run", page.QuerySelector(".kind")!.TextContent);
        Assert.Equal("9f236be6-a2e4-4c17-b514-9f82d117f58c eu-north-1 account 123456789012 request request-1", Written.Cells(page, 0)[6]);
        Assert.Equal("InvalidDocument Document does not exist: xWhat to do: Check Name.eu-north-1 request request-2", Written.Cells(page, 1)[6]);

        // The text of the problems stands there once, not a second time as the message of the result.
        Assert.Equal("Error Targets: none. Targets.None", Written.Cells(page, 2)[6]);
        Assert.Equal("no entry", Written.Cells(page, 2)[2]);
        Assert.Equal(["3 entries", "1 Created", "1 Invalid", "1 Failed"], Texts(page, ".tile"));
        Assert.Equal(2, page.QuerySelectorAll(".problems li").Length);
    }

    [Theory]
    [InlineData("Created", true)]
    [InlineData("Existing", true)]
    [InlineData("Failed", false)]
    [InlineData("Invalid", false)]
    [InlineData("Unknown", false)]
    [InlineData("NotAttempted", false)]
    public void Only_runs_of_associations_that_exist_are_counted(string status, bool isCounted)
    {
        var value = Enum.Parse<AssociationStatus>(status);
        AssociationResult result = isCounted
            ? new AssociationSuccess { State = value, Entry = Agent(), AssociationId = "id" }
            : new AssociationFailure { State = value, Entry = Agent() };

        Assert.Equal(isCounted, Written.Page(result).QuerySelector(".lead") is not null);
    }

    [Fact]
    public void What_WhatIf_held_back_is_counted_as_planned() =>
        Assert.NotNull(Written.Page(new AssociationFailure { State = AssociationStatus.NotAttempted, ErrorCode = "NotConfirmed", Entry = Agent() }).QuerySelector(".lead"));

    [Fact]
    public void The_busiest_hour_is_told_in_words_and_in_a_table()
    {
        IHtmlDocument page = Written.Page(Agent(only: true), Agent(target: "c", only: true), Agent("cron(30 2 ? * SUN *)", document: "Other-Document", only: true), Agent("cron(0 3 ? * SUN *)", target: "d", only: true));

        Assert.Equal("Busiest: Sunday 2026-11-29 02:00 UTC, 3 runs of 2 documents.", page.QuerySelector(".lead")!.TextContent);
        Assert.Equal(["Sun 29 Nov 02:00 2026-11-29 03:00 UTC+01:00 3 0 2", "Sun 29 Nov 03:00 2026-11-29 04:00 UTC+01:00 1 0 1"], Texts(page, ".peaks tbody tr"));
        Assert.Equal(["All documents 4 runs, 4 entries", "AWS-UpdateSSMAgent 3 runs, 3 entries, next Sun 02:00", "Other-Document 1 run, 1 entry, next Sun 02:30"], Texts(page, ".lane .name"));
        Assert.Equal("Sun 29 Nov 4 runs", Texts(page, ".days li")[6]);
    }

    [Fact]
    public void Hours_that_are_as_busy_are_counted() =>
        Assert.EndsWith("1 run of 1 document; 6 other hours have as many.", Written.Page(Agent("cron(0 2 ? * * *)", only: true)).QuerySelector(".lead")!.TextContent, StringComparison.Ordinal);

    [Fact]
    public void Entries_that_run_only_once_or_later_or_not_at_all_are_told_apart()
    {
        IHtmlDocument page = Written.Page(
            Agent(null), Agent(null, target: "x"), Agent("cron(0 2 ? * SUN#1 *)", only: true), Agent("rate(1 minute)"), Agent("rate(2 days)"));

        string notes = string.Join("\n", Texts(page, ".notes li"));
        Assert.Contains("3 entries run as soon as they are created or changed; the runs are counted in the hour of this report.", notes, StringComparison.Ordinal);
        Assert.Contains("2 entries have no schedule: they run once, when they are created, and again when they are changed.", notes, StringComparison.Ordinal);
        Assert.Contains("1 entry has a schedule without a run in this week.", notes, StringComparison.Ordinal);
        Assert.Contains("1 entry is not counted here", notes, StringComparison.Ordinal);
        Assert.Contains("A rate() counts from when", notes, StringComparison.Ordinal);
        Assert.Equal("once, when created", Written.Cells(page, 0)[4]);
        Assert.Equal("2026-12-06 02:00", Written.Cells(page, 2)[5]);
        Assert.Equal("All documents 6 runs, 3 entries", Texts(page, ".lane .name")[0]);
    }

    /// <summary>What runs because it is created or changed is the first run of the plan, and often the largest.</summary>
    [Fact]
    public void What_runs_at_creation_counts_in_the_hour_of_the_report_and_leads_where_it_is_the_most()
    {
        IHtmlDocument page = Written.Page(Agent(), Agent(target: "c"), Agent(null, document: "Other-Document"));

        Assert.Equal("Busiest: Monday 2026-11-23 15:00 UTC, 3 runs of 2 documents, 3 of them at once, as soon as they are created or changed.", page.QuerySelector(".lead")!.TextContent);
        Assert.Equal("2026-11-29 02:00 and at once", Written.Cells(page, 0)[5]);
        Assert.Equal("at once", Written.Cells(page, 2)[5]);
    }

    [Fact]
    public void What_ran_when_a_run_made_it_counts_in_its_hour()
    {
        DateTime made = Written.Now.AddMinutes(-30);
        var created = new AssociationSuccess { State = AssociationStatus.Created, Entry = Agent(), AssociationId = "1", Timestamp = made };
        var updated = new AssociationSuccess { Index = 1, State = AssociationStatus.Updated, Entry = Agent(), AssociationId = "2", PreviousVersion = "3", AssociationVersion = "4", Timestamp = made };
        IHtmlDocument page = Written.Page(created, updated);

        Assert.Contains("2 runs of 1 document, 2 of them at once, when they were created or changed;", page.QuerySelector(".lead")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["2 entries", "1 Created", "1 Updated"], Texts(page, ".tile"));
        Assert.Equal("2 Version 3 to 4.", Written.Cells(page, 1)[6]);
    }

    [Fact]
    public void A_rate_counts_from_the_creation_of_the_association()
    {
        var created = new AssociationSuccess { State = AssociationStatus.Existing, Entry = Agent("rate(7 days)"), AssociationId = "id", Date = Written.Now.AddDays(-20.5) };
        IHtmlDocument page = Written.Page(created);

        Assert.Equal("2026-11-24 03:21", Written.Cells(page, 0)[5]);
        Assert.DoesNotContain("A rate()", page.QuerySelector(".notes")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The count that is drawn is the count of the schedule itself, hour by hour, for any moment of the day.</summary>
    [Theory]
    [InlineData("2026-11-23T00:00:00")]
    [InlineData("2026-11-23T15:21:07")]
    [InlineData("2026-12-31T23:59:59")]
    public void The_timeline_counts_each_run_of_seven_days_once(string moment)
    {
        DateTime from = DateTime.SpecifyKind(DateTime.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
        string[] expressions = ["cron(0 0 ? * * *)", "cron(0 0/30 * * * ? *)", "rate(30 minutes)", "cron(59 23 ? * MON *)", "rate(5 hours)"];
        var timeline = new ReportTimeline(from);
        var expected = new int[timeline.Totals.Length];
        foreach (string expression in expressions)
        {
            timeline.Add(new ReportRow(0, ReportStatus.Valid, Agent(expression)) { HasRuns = true });
            timeline.Add(new ReportRow(0, ReportStatus.Valid, Agent(expression, only: true)) { HasRuns = false, IsNewContent = true });
            foreach (DateTime run in SsmAssociationTools.Scheduling.ScheduleExpression.Parse(expression).Schedule?.NextRuns(from).TakeWhile(run => run < from.AddDays(7)) ?? [])
            {
                expected[(int)(run - from.Date).TotalHours]++;
            }
        }

        Assert.Equal(expected, timeline.Totals);
        Assert.Equal(expected.Sum(), timeline.Runs);
    }

    [Fact]
    public void Many_documents_share_the_last_lane()
    {
        IHtmlDocument page = Written.Page([.. Enumerable.Range(0, 30).Select(i => (object)Agent(document: "Doc-" + i.ToString("00", System.Globalization.CultureInfo.InvariantCulture)))]);

        string[] lanes = Texts(page, ".lane .name");
        Assert.Equal(14, lanes.Length);
        Assert.Equal("18 other documents 36 runs, 18 entries, next Sun 02:00", lanes[^1]);
    }

    [Fact]
    public void A_report_of_nothing_says_so()
    {
        IHtmlDocument page = Written.Page();

        Assert.Equal("Nothing to report", page.QuerySelector("h2")!.TextContent);
        Assert.Null(page.QuerySelector("table"));
    }

    [Theory]
    [InlineData("text")]
    [InlineData(42)]
    [InlineData(null)]
    public void What_is_no_entry_is_left_out_and_said_to_be(object? input)
    {
        using var reader = new ReportRowReader();

        Assert.Null(reader.Read(input, out string? reason));
        Assert.NotEmpty(reason!);
        Assert.Contains("1 input was no entry and is left out.", Written.Page(input).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 input was no entry and is left out.", Written.Page(Agent(), input).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_from_another_session_is_refused_with_what_to_do()
    {
        var copy = new PSObject();
        copy.TypeNames.Insert(0, "Deserialized.SsmAssociationTools.AssociationFailure");
        copy.Properties.Add(new PSNoteProperty("Name", "AWS-UpdateSSMAgent"));
        using var reader = new ReportRowReader();

        Assert.Null(reader.Read(copy, out string? reason));
        Assert.Contains("another session", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_parameters_are_shown_and_values_are_not()
    {
        AssociationEntry entry = Agent();
        entry.Parameters = new ParameterMap { ["Password"] = ["hunter2", "s3cret"], ["Operation"] = ["Scan-value"] };
        string text = Written.Text(entry, new AssociationFailure { State = AssociationStatus.Failed, Entry = entry, ErrorCode = "InvalidParameters", Message = "no" });

        Assert.Contains("Password", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Scan-value", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_input_at_the_same_time_makes_the_same_file() => Assert.Equal(Written.Text(Agent(), Agent("rate(1 day)")), Written.Text(Agent(), Agent("rate(1 day)")));

    [Fact]
    public void A_stopped_report_ends_between_two_rows()
    {
        var report = new Report(null, Written.Now, Written.Zone);
        report.Add(new ReportRow(0, ReportStatus.Valid, Agent()));

        Assert.Throws<OperationCanceledException>(() => ReportPage.Write(new StringWriter(), report, static () => true));
    }

    /// <summary>Ten thousand rows, of which each has a problem: a file that can be sent by mail and that no text holds as a whole.</summary>
    [Fact]
    public void Ten_thousand_rows_are_written_piece_by_piece()
    {
        var report = new Report(null, Written.Now, Written.Zone);
        using (var reader = new ReportRowReader())
        {
            for (int i = 0; i < 10_000; i++)
            {
                report.Add(reader.Read(Agent("rate(29 minutes)", target: "n" + i), out _)!);
            }
        }

        using var output = new Counting();
        ReportPage.Write(output, report, static () => false);

        Assert.InRange(output.Length, 10_000 * 100, 10_000 * 1_000);
        Assert.InRange(output.Longest, 1, 40_000);
    }

    private static AssociationEntry Agent(string? schedule = "cron(0 2 ? * SUN *)", string target = "b", string document = "AWS-UpdateSSMAgent", bool only = false) => new()
    {
        Name = document,
        Targets = [new AssociationTarget { Key = "tag:A", Values = [target] }],
        ScheduleExpression = schedule,
        ApplyOnlyAtCronInterval = only ? true : null,
    };

    private static string[] Texts(IHtmlDocument page, string selector) =>
        [.. page.QuerySelectorAll(selector).Select(element => string.Join(" ", Pieces(element).SelectMany(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))))];

    private static IEnumerable<string> Pieces(IElement element) => element.LocalName == "tr"
        ? element.Children.Select(cell => cell.TextContent)
        : [element.TextContent];

    private sealed class Counting : TextWriter
    {
        public long Length { get; private set; }

        public int Longest { get; private set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Length++;

        public override void Write(string? value)
        {
            Length += value!.Length;
            Longest = Math.Max(Longest, value.Length);
        }
    }

    private static string[] Rows(IElement table) =>
        [.. table.QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => string.Join(' ', cell.TextContent.Split(' ', StringSplitOptions.RemoveEmptyEntries)))))];

    private static AssociationOutcome Outcome(long index, OutcomeStatus status, string document, params (string Id, string Status)[] nodes) => new()
    {
        Index = index,
        State = status,
        Name = document,
        AssociationId = "9f236be6-a2e4-4c17-b514-9f82d117f58c",
        ExecutionId = "execution-" + index,
        StatusCounts = nodes.GroupBy(node => node.Status).ToDictionary(group => group.Key, group => group.Count()),
        Counts = string.Join(", ", nodes.GroupBy(node => node.Status).Select(group => $"{group.Key}={group.Count()}")),
        NodeCount = nodes.Length,
        FailedNodeCount = nodes.Count(node => node.Status == "Failed"),
        CreatedTime = Written.Now.AddHours(-1),
        LastExecutionDate = Written.Now.AddMinutes(-10),
        ErrorCode = status switch { OutcomeStatus.Failed => "OutcomeFailed", OutcomeStatus.ReachedNobody => "OutcomeReachedNobody", _ => null },
        Message = $"{index} nodes did not succeed",
        Nodes = [.. nodes.Select(node => new AssociationOutcomeNode(node.Id) { Status = node.Status, LastExecutionDate = Written.Now.AddMinutes(-10), OutputSourceType = "RunCommand", OutputSourceId = "output-" + node.Id })],
    };
}
