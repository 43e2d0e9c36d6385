using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using Xunit;
using static SsmAssociationTools.Tests.Input.Reading;

namespace SsmAssociationTools.Tests.Input;

/// <summary>Whatever comes through the pipeline is recognised once, and what cannot be told is never the unsafe case.</summary>
public sealed class InputReaderTests
{
    private const string Id = "33858bec-0c55-4547-a054-eb5fc0000000";

    private const string Role = "arn:aws:iam::111122223333:role/Ops";

    /// <summary>Objects of this module with everything that a sheet of facts holds.</summary>
    public static TheoryData<string> OwnKinds() => ["success", "failure", "removal", "extra", "missing", "changed", "verdict", "existing", "marker"];

    [Theory]
    [MemberData(nameof(OwnKinds))]
    public void A_copy_of_another_session_says_the_same_as_the_live_object(string kind)
    {
        object own = Own(kind);
        InputFacts live = Read(own);
        InputFacts copy = Read(PSSerializer.Deserialize(PSSerializer.Serialize(own, 6)));

        Assert.True(live.IsLive);
        Assert.False(copy.IsLive);
        Assert.Equal(Sheet(live), Sheet(copy));
        Assert.Equal(own.GetType(), copy.Own!.GetType());
        Assert.False(copy.HasLostEntry);
        Assert.Equal(live.Entry?.ScheduleExpression, copy.Entry?.ScheduleExpression);
    }

    /// <summary>JSON has constants as numbers or as names, and every type is gone.</summary>
    [Theory]
    [InlineData("success", InputKind.Result)]
    [InlineData("failure", InputKind.Result)]
    [InlineData("removal", InputKind.Removal)]
    [InlineData("extra", InputKind.Comparison)]
    [InlineData("missing", InputKind.Comparison)]
    [InlineData("verdict", InputKind.Validation)]
    [InlineData("existing", InputKind.Existing)]
    [InlineData("marker", InputKind.Unreadable)]
    public void JSON_text_of_an_object_of_this_module_is_known_by_its_members(string kind, object expected)
    {
        object own = Own(kind);
        InputFacts copy = Read(JsonSerializer.Serialize(own, own.GetType()));

        Assert.Equal(expected, copy.Kind);
        InputFacts live = Read(own);
        Assert.Equal((live.AssociationId, live.Region, live.AccountId, live.RoleArn, live.Name), (copy.AssociationId, copy.Region, copy.AccountId, copy.RoleArn, copy.Name));
        Assert.True(copy.IsStatusRead);
    }

    /// <summary>A table of results in which somebody wrote: what stands there is not dropped without a word.</summary>
    [Theory]
    [InlineData("MaxErrors", "3", "3")]
    [InlineData("ScheduleExpression", "rate(5 days)", "rate(5 days)")]
    [InlineData("ScheduleExpression", "", "rate(1 day)")]
    [InlineData("AssociationName", "renamed", "renamed")]
    [InlineData("AssociationName", "", "patch")]
    [InlineData("Target", "tag:Other=x", "tag:Role=web")]
    [InlineData("Targets", "tag:Other=x", "tag:Other=x")]
    [InlineData("Targets", "tag:Role=web", "tag:Role=web")]
    [InlineData("Targets", "SsmAssociationTools.AssociationTarget[]", "tag:Role=web")]
    [InlineData("Parameters.version", "9", "9")]
    public void A_member_that_stands_beside_the_entry_of_a_row_is_taken(string column, string cell, string expected)
    {
        string json = """{"Name":"AWS-UpdateSSMAgent","AssociationName":"patch","Targets":[{"Key":"tag:Role","Values":["web"]}],"ScheduleExpression":"rate(1 day)","Parameters":{"version":["1"]}}""";
        (string, object?)[] result = [("Index", "0"), ("Status", "Failed"), ("Name", "AWS-UpdateSSMAgent"), ("ErrorCode", "X"), ("IsRetryable", "True"), ("Attempts", "1"), ("BatchNumber", "1"), ("Issues", ""), ("EntryJson", json), ("Entry", "patch (AWS-UpdateSSMAgent)")];
        (string, object?)[] existing = [("AssociationId", Id), ("Name", "AWS-UpdateSSMAgent"), ("Status", "Success"), ("EntryJson", json)];
        (string, object?)[] apart = [("AssociationId", Id), ("Entry", Clean(json))];
        foreach ((string, object?)[] row in new[] { result, existing, apart })
        {
            bool isNameOfCopy = column == "AssociationName" && row == apart;
            AssociationEntry entry = Read(Bag([.. row, (column, cell)])).Entry!;
            string? found = column switch
            {
                "MaxErrors" => entry.MaxErrors,
                "ScheduleExpression" => entry.ScheduleExpression,
                "AssociationName" => entry.AssociationName,
                "Target" or "Targets" => entry.Targets![0]!.Key + "=" + entry.Targets[0]!.Values![0],
                _ => entry.Parameters!["version"]![0],
            };

            // Where the entry itself came along, a script changes its names there.
            Assert.Equal(isNameOfCopy ? "patch" : expected, found);
        }
    }

    [Fact]
    public void What_stands_beside_an_entry_does_not_change_the_callers_own_object()
    {
        AssociationEntry own = Clean(Table(("Name", "AWS-UpdateSSMAgent"), ("Targets", "tag:a=b"), ("S3Bucket", "logs-1"), ("Parameters.version", "1")));

        AssociationEntry read = Read(Bag(("AssociationId", Id), ("Entry", own), ("MaxErrors", "3"), ("S3Prefix", "x"), ("Parameters.version", "2"))).Entry!;

        Assert.Equal(("3", "logs-1", "x"), (read.MaxErrors, read.OutputLocation!.S3Location!.OutputS3BucketName, read.OutputLocation.S3Location.OutputS3KeyPrefix));
        Assert.Equal("2", Assert.Single(read.Parameters!["version"]!));
        Assert.Null(own.MaxErrors);
        Assert.Equal("1", Assert.Single(own.Parameters!["version"]!));
        Assert.Null(own.OutputLocation!.S3Location!.OutputS3KeyPrefix);
    }

    /// <summary>Add-Member on a live object says the same as a column that was added to a row of it.</summary>
    [Theory]
    [MemberData(nameof(OwnKinds))]
    public void A_member_that_was_added_to_a_live_object_is_taken(string kind)
    {
        if (kind == "marker")
        {
            return;
        }

        object own = Own(kind);
        string? before = Read(own).Entry!.EntryJson.Text;
        PSObject shown = PSObject.AsPSObject(own);
        shown.Properties.Add(new PSNoteProperty("maxErrors", 4));
        shown.Properties.Add(new PSNoteProperty("Targets.tag:Env", "prod"));
        shown.Properties.Add(new PSNoteProperty("Owner", "somebody"));
        shown.Properties.Add(new PSNoteProperty("Duration", " "));
        shown.Members.Add(new PSScriptMethod("Run", ScriptBlock.Create("1")));

        foreach (object input in new[] { own, shown, new object[] { own } })
        {
            AssociationEntry entry = Read(input, out IReadOnlyList<EntryIssue> issues).Entry!;
            Assert.Empty(issues);
            Assert.Equal(("4", "rate(1 day)", "tag:Env=prod"), (entry.MaxErrors, entry.ScheduleExpression, Show(entry.Targets)));
        }

        foreach (string name in new[] { "maxErrors", "Targets.tag:Env" })
        {
            shown.Properties.Remove(name);
        }

        Assert.Equal(before, Read(own).Entry!.EntryJson.Text);
    }

    [Fact]
    public void A_name_that_was_added_to_a_live_result_is_the_entrys()
    {
        PSObject result = PSObject.AsPSObject(Own("failure"));
        result.Properties.Add(new PSNoteProperty("AssociationName", "renamed"));

        Assert.Equal("renamed", Read(result).Entry!.AssociationName);
    }

    [Fact]
    public void Of_members_that_were_added_to_a_result_and_to_what_it_was_made_of_the_outer_counts()
    {
        PSObject input = PSObject.AsPSObject(Own("existing"));
        input.Properties.Add(new PSNoteProperty("MaxErrors", "1"));
        input.Properties.Add(new PSNoteProperty("MaxConcurrency", "2"));
        PSObject removal = PSObject.AsPSObject(new AssociationRemoval { State = RemovalStatus.Removed, AssociationId = Id, InputObject = input });
        removal.Properties.Add(new PSNoteProperty("MaxErrors", "3"));

        AssociationEntry entry = Read(removal).Entry!;

        Assert.Equal(("3", "2", "rate(1 day)"), (entry.MaxErrors, entry.MaxConcurrency, entry.ScheduleExpression));
    }

    [Fact]
    public void What_is_added_to_an_entry_keeps_its_file_and_that_it_is_one_part_of_it()
    {
        AssociationEntry own = Good();
        own.Source = "fleet.csv:3";
        own.IsPart = true;
        own.Region = "eu-west-1";
        PSObject.AsPSObject(own).Properties.Add(new PSNoteProperty("Owner", "a"));
        Assert.Same(own, Read(own).Entry);
        PSObject.AsPSObject(own).Properties.Add(new PSNoteProperty("S3Bucket", "logs-1"));

        AssociationEntry entry = Read(own).Entry!;

        Assert.Equal(("logs-1", "fleet.csv:3", true, "eu-west-1"), (entry.OutputLocation!.S3Location!.OutputS3BucketName, entry.Source, entry.IsPart, entry.Region));
        Assert.Null(own.OutputLocation);
    }

    [Theory]
    [InlineData("Same", "Existing")]
    [InlineData("same", "Existing")]
    [InlineData(" SAME ", "Existing")]
    [InlineData("3", "Existing")]
    [InlineData("changed", "NotAttempted")]
    [InlineData("extra", "NotAttempted")]
    [InlineData("Sme", "Invalid")]
    [InlineData("", "Invalid")]
    [InlineData(null, "Invalid")]
    [InlineData("9", "Invalid")]
    [InlineData("-1", "Invalid")]
    [InlineData("Missing,Extra", "Invalid")]
    [InlineData("Missing, Same", "Invalid")]
    [InlineData("Fehlt", "Invalid")]
    public void A_written_comparison_is_created_only_where_its_status_says_missing(string? status, string result)
    {
        PSObject row = Bag(("Status", status), ("AssociationId", null), ("Differences", ""), ("Existing", ""), ("Entry", Good()));

        Assert.Equal(result, Settled(row));
        Assert.Null(Settled(Bag(("Status", " missing"), ("AssociationId", ""), ("Differences", ""), ("Existing", ""), ("Entry", Good()))));
    }

    [Theory]
    [InlineData("Created")]
    [InlineData("existing")]
    [InlineData("Failed")]
    [InlineData("bogus")]
    [InlineData("")]
    public void A_result_that_names_an_association_is_not_created_again(string status)
    {
        PSObject row = Bag(("Index", 0), ("Status", status), ("AssociationId", Id), ("BatchNumber", 1), ("Entry", Good()));

        Assert.Contains(Settled(row), new[] { "Existing", "Invalid" });
        Assert.Equal("Existing", Settled(new AssociationFailure { State = AssociationStatus.Failed, ErrorCode = "AssociationAlreadyExists", AssociationId = Id, Entry = Good() }));
    }

    [Theory]
    [InlineData("Created", "Invalid")]
    [InlineData("Existing", "Invalid")]
    [InlineData("Unknown", "Unknown")]
    [InlineData("nonsense", "Invalid")]
    [InlineData("Failed", null)]
    [InlineData("Invalid", null)]
    [InlineData("NotAttempted", null)]
    public void A_result_without_an_id_is_sent_again_only_where_nothing_was_created(string status, string? result)
    {
        Assert.Equal(result, Settled(Bag(("Status", status), ("AssociationId", null), ("BatchNumber", 1), ("Entry", Good()))));
        Assert.Equal(result == "Unknown" ? null : result, Settled(Bag(("Status", status), ("AssociationId", null), ("BatchNumber", 1), ("Entry", Good())), looksFirst: true));
    }

    [Theory]
    [InlineData(RemovalStatus.Removed, "NotAttempted")]
    [InlineData(RemovalStatus.Absent, "NotAttempted")]
    [InlineData(RemovalStatus.Unknown, "NotAttempted")]
    [InlineData(RemovalStatus.NotAttempted, "Existing")]
    [InlineData(RemovalStatus.Changed, "Existing")]
    [InlineData(RemovalStatus.Failed, "Existing")]
    public void A_removal_creates_nothing(RemovalStatus status, string result)
    {
        var removal = new AssociationRemoval { State = status, AssociationId = Id, InputObject = new AssociationSuccess { State = AssociationStatus.Created, AssociationId = Id, Entry = Good() } };

        Assert.Equal(result, Settled(removal));
        Assert.Equal(result, Settled(PSSerializer.Deserialize(PSSerializer.Serialize(removal, 3))));
    }

    [Fact]
    public void A_verdict_on_a_result_says_what_the_result_says()
    {
        Assert.Equal("Existing", Settled(new EntryValidation(0, Good(), new AssociationSuccess { State = AssociationStatus.Created, AssociationId = Id, Entry = Good() }, [])));
        Assert.Null(Settled(new EntryValidation(0, Good(), Bag(("Name", "a")), [])));
    }

    [Fact]
    public void An_association_that_was_read_back_and_an_entry_are_sent()
    {
        Assert.Null(Settled(new ExistingAssociation(Id, Good()) { Status = "Failed" }));
        Assert.Null(Settled(PSSerializer.Deserialize(PSSerializer.Serialize(new ExistingAssociation(Id, Good()) { Status = "Failed" }, 6))));
        Assert.Null(Settled(Good()));
        Assert.Null(Settled(Bag(("Name", "AWS-UpdateSSMAgent"), ("Status", "Created"), ("Targets", "tag:A=b"))));
    }

    /// <summary>The columns that Export-Csv writes of results and comparisons: texts that look like members of an entry.</summary>
    [Theory]
    [InlineData("Status", "Failed", "BatchNumber", "1")]
    [InlineData("Status", "Missing", "Differences", "")]
    [InlineData("IsValid", "True", "ErrorCount", "0")]
    [InlineData("AssociationId", Id, "Region", "eu-west-1")]
    [InlineData("Status", "Created", "AssociationId", Id)]
    public void What_is_left_of_an_object_in_a_table_is_no_entry(string name, string value, string otherName, string otherValue)
    {
        InputFacts facts = Read(Bag(("Name", "AWS-RunPatchBaseline"), ("AssociationName", "patch"), ("Target", "tag:Role=web"), (name, value), (otherName, otherValue), ("Entry", "patch (AWS-RunPatchBaseline)")), out IReadOnlyList<EntryIssue> issues);

        Assert.Null(facts.Entry);
        Assert.True(facts.HasLostEntry);
        Assert.Equal(("AWS-RunPatchBaseline", "patch"), (facts.Name, facts.AssociationName));
        Assert.Contains("lost its entry", Assert.Single(issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_somebodys_own_with_an_id_keeps_its_entry()
    {
        InputFacts facts = Read(Bag(("Name", "AWS-UpdateSSMAgent"), ("Targets", "tag:Role=web"), ("AssociationId", Id), ("Region", "eu-west-1")), out IReadOnlyList<EntryIssue> _);

        Assert.Equal((InputKind.Existing, Id, "AWS-UpdateSSMAgent"), (facts.Kind, facts.AssociationId, facts.Entry!.Name));
    }

    [Fact]
    public void An_input_that_throws_while_it_is_looked_at_is_nothing()
    {
        InputFacts facts = Read(new Throwing(), out IReadOnlyList<EntryIssue> issues);

        Assert.True(facts.IsUnclear);
        Assert.Null(facts.Entry);
        Assert.DoesNotContain("secret", Assert.Single(issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_whose_property_throws_creates_nothing()
    {
        PSObject row = Bag(("Differences", ""), ("Existing", ""), ("Entry", Good()));
        row.Properties.Add(new PSCodeThrowing("Status"));

        Assert.Equal("Invalid", Settled(row));
    }

    [Fact]
    public void An_id_is_known_in_every_form()
    {
        Assert.All(new object[] { Id, $" {Id}\n", Guid.Parse(Id), new PSObject(Id), new object[] { Id } }, form => Assert.Equal((InputKind.Id, Id), (Read(form).Kind, Read(form).AssociationId)));
    }

    [Fact]
    public void A_marker_gives_its_problems_whatever_rule_is_turned_off()
    {
        var issues = new IssueCollector(isExcluded: static _ => true);
        InputFacts facts = new InputReader().Read(Own("marker"), issues);

        Assert.Equal((InputKind.Unreadable, "fleet.csv:3", null), (facts.Kind, facts.Source, facts.Entry));
        Assert.True(issues.HasErrors);
        Assert.Equal("fleet.csv:3", Assert.Single(issues.Take(facts.Source)).EntrySource);
    }

    private static AssociationEntry Good() => new() { Name = "AWS-UpdateSSMAgent", AssociationName = "agent", ScheduleExpression = "rate(1 day)", Targets = [new AssociationTarget { Key = "tag:A", Values = ["b"] }] };

    private static object Own(string kind)
    {
        AssociationEntry entry = Good();
        var existing = new ExistingAssociation(Id, Good()) { AssociationVersion = "3", Region = "eu-west-1", AccountId = "111122223333", RoleArn = Role, Status = "Success" };
        return kind switch
        {
            "success" => new AssociationSuccess { Index = 4, State = AssociationStatus.Created, AssociationId = Id, AssociationVersion = "1", Region = "eu-west-1", AccountId = "111122223333", RoleArn = Role, Entry = entry, BatchNumber = 2 },
            "failure" => new AssociationFailure { State = AssociationStatus.Failed, ErrorCode = "InvalidDocument", Message = "no", Region = "eu-west-1", AccountId = "111122223333", RoleArn = Role, Entry = entry },
            "removal" => new AssociationRemoval { State = RemovalStatus.Removed, AssociationId = Id, Name = entry.Name, AssociationName = entry.AssociationName, Region = "eu-west-1", AccountId = "111122223333", RoleArn = Role, InputObject = new AssociationSuccess { State = AssociationStatus.Created, AssociationId = Id, Entry = entry, BatchNumber = 1 } },
            "extra" => new AssociationComparison(ComparisonStatus.Extra, null, existing, []) { Region = "eu-west-1", AccountId = "111122223333", RoleArn = Role },
            "missing" => new AssociationComparison(ComparisonStatus.Missing, entry, null, []) { Region = "eu-west-1", AccountId = "111122223333", RoleArn = Role },
            "changed" => new AssociationComparison(ComparisonStatus.Changed, entry, existing, [new MemberDifference("MaxErrors", "1", "2")]) { Region = "eu-west-1", AccountId = "111122223333", RoleArn = Role },
            "verdict" => new EntryValidation(3, entry, null, [new EntryIssue("A.B", IssueSeverity.Warning, "Name", "odd", null, "test")]),
            "existing" => existing,
            _ => new UnreadableEntry("EntryNotRead", "fleet.csv:3: MaxErrors: no", [new EntryIssue("Input.WrongType", IssueSeverity.Error, "MaxErrors", "no", null, "test")]) { Source = "fleet.csv:3", Path = "/f/fleet.csv", Line = 3 },
        };
    }

    private static string Sheet(InputFacts facts) => string.Join("|", new object?[]
    {
        facts.Kind, facts.StatusText, facts.IsStatusRead, facts.AssociationId, facts.AssociationVersion, facts.Name, facts.AssociationName, facts.Region, facts.AccountId, facts.RoleArn, facts.ErrorCode, facts.Source, facts.Entry,
    });

    private static InputFacts Read(object? input) => Read(input, out _);

    private static InputFacts Read(object? input, out IReadOnlyList<EntryIssue> issues)
    {
        var collector = new IssueCollector();
        InputFacts facts = new InputReader().Read(input, collector);
        issues = collector.Take();
        return facts;
    }

    /// <summary>The status of the result that New- gives without a call; null where it would send the entry.</summary>
    private static string? Settled(object? input, bool looksFirst = false)
    {
        InputFacts facts = Read(input);
        var item = new WorkItem(0, input, facts.Entry, default, []) { Facts = facts };
        return Standing.Of(facts, looksFirst)?.ResultOf(item, new Outcome(new SystemClock())).Status.ToString();
    }

    private sealed class Throwing : Hashtable
    {
        public override ICollection Keys => throw new InvalidOperationException("secret");

        public override IDictionaryEnumerator GetEnumerator() => throw new InvalidOperationException("secret");
    }

    /// <summary>A property of the caller's own that cannot be read.</summary>
    private sealed class PSCodeThrowing : PSNoteProperty
    {
        public PSCodeThrowing(string name)
            : base(name, null)
        {
        }

        public override object Value
        {
            get => throw new GetValueException("secret");
            set { }
        }
    }
}
