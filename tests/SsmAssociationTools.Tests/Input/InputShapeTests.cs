using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Data;
using System.Dynamic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using SsmAssociationTools.Content;
using Xunit;

using static SsmAssociationTools.Tests.Input.Reading;
using SdkTarget = Amazon.SimpleSystemsManagement.Model.Target;

namespace SsmAssociationTools.Tests.Input;

/// <summary>Which objects are entries, and what is said of those that are not.</summary>
public class InputShapeTests
{
    public static TheoryData<string, object> Shapes()
    {
        object nested = Table(("Key", "tag:Role"), ("Values", new object[] { "web", "db" }));
        var expando = new ExpandoObject();
        IDictionary<string, object?> members = expando;
        members["Name"] = "AWS-RunPatchBaseline";
        members["Targets"] = nested;
        return new TheoryData<string, object>
        {
            { "hashtable", Table(("Name", "AWS-RunPatchBaseline"), ("Targets", nested)) },
            { "hashtable in PSObject", PSObject.AsPSObject(Table(("Name", "AWS-RunPatchBaseline"), ("Targets", nested))) },
            { "ordered", PSObject.AsPSObject(Ordered(("Targets", new[] { nested }), ("Name", "AWS-RunPatchBaseline"))) },
            { "generic dictionary", new Dictionary<string, object?> { ["name"] = "AWS-RunPatchBaseline", ["targets"] = new List<object> { nested } } },
            { "read-only dictionary", new ReadOnlyDictionary<string, object?>(new Dictionary<string, object?> { ["Name"] = "AWS-RunPatchBaseline", ["Targets"] = nested }) },
            { "expando", expando },
            { "property bag", Bag(("Name", "AWS-RunPatchBaseline"), ("Targets", new[] { PSObject.AsPSObject(nested) })) },
            { "nested bag", Bag(("Name", PSObject.AsPSObject("AWS-RunPatchBaseline")), ("Targets", Bag(("Key", "tag:Role"), ("Values", new ArrayList { "web", PSObject.AsPSObject("db") })))) },
            { "csv row", Bag(("Name", "AWS-RunPatchBaseline"), ("Targets", "tag:Role=web,db"), ("Duration", ""), ("MaxErrors", "  ")) },
            { "json", """{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"tag:Role","Values":["web","db"]}]}""" },
            { "json list of one", """ [ {"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"tag:Role","Values":["web","db"]}]} ] """ },
            { "document of one", """{"Entries":[{"Name":"AWS-RunPatchBaseline","Targets":[{"Key":"tag:Role","Values":["web","db"]}]}]}""" },
            { "anonymous class", new { Name = "AWS-RunPatchBaseline", Targets = "tag:Role=web,db" } },
            { "list of one", new object[] { Table(("Name", "AWS-RunPatchBaseline"), ("Targets", nested)) } },
            { "sdk entry", new CreateAssociationBatchRequestEntry { Name = "AWS-RunPatchBaseline", Targets = [new SdkTarget { Key = "tag:Role", Values = ["web", "db"] }] } },
            { "sdk failed item", new FailedCreateAssociation { Entry = new CreateAssociationBatchRequestEntry { Name = "AWS-RunPatchBaseline", Targets = [new SdkTarget { Key = "tag:Role", Values = ["web", "db"] }] }, Fault = Fault.Client, Message = "m" } },
            { "sdk request of one", new CreateAssociationBatchRequest { Entries = [new CreateAssociationBatchRequestEntry { Name = "AWS-RunPatchBaseline", Targets = [new SdkTarget { Key = "tag:Role", Values = ["web", "db"] }] }] } },
        };
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_shape_of_an_entry_is_read(string shape, object input)
    {
        Assert.NotNull(shape);
        AssociationEntry entry = Clean(input);
        Assert.Equal("AWS-RunPatchBaseline", entry.Name);
        Assert.Equal("tag:Role=web|db", Show(entry.Targets));
        Assert.Null(entry.Duration);
        Assert.Null(entry.MaxErrors);
    }

    [Fact]
    public void A_row_of_a_query_is_read_by_its_columns()
    {
        using var table = new DataTable();
        table.Columns.Add("Name", typeof(string));
        table.Columns.Add("Duration", typeof(int));
        table.Columns.Add("Targets", typeof(string));
        table.Rows.Add("AWS-RunPatchBaseline", DBNull.Value, "tag:Role=web");
        AssociationEntry entry = Clean(PSObject.AsPSObject(table.Rows[0]));
        Assert.Equal("AWS-RunPatchBaseline", entry.Name);
        Assert.Null(entry.Duration);
    }

    /// <summary>What Import-Clixml, remoting and jobs make of any object, done by the engine itself.</summary>
    [Fact]
    public void Objects_from_another_session_are_read()
    {
        static object Travelled(object value) => PSSerializer.Deserialize(PSSerializer.Serialize(value, 6));
        var entry = new AssociationEntry
        {
            Name = "AWS-RunPatchBaseline",
            Targets = [new AssociationTarget { Key = "tag:Role", Values = ["web", "db"] }],
            Parameters = new ParameterMap { ["Operation"] = ["Scan"] },
            AlarmConfiguration = new AlarmConfiguration { Alarms = [new Alarm { Name = "cpu" }] },
            Duration = 3,
        };
        using var content = new CanonicalContent();
        ContentKey expected = content.KeyOf(entry);
        Assert.Equal(expected, content.KeyOf(Clean(Travelled(entry))));
        Assert.Equal(expected, content.KeyOf(Clean(Travelled(new EntryValidation(0, entry, null, [])))));
        Assert.Equal(expected, content.KeyOf(Clean(Travelled(new AssociationSuccess { Entry = entry, AssociationId = "a", Region = "eu-west-1" }))));
        AssociationEntry read = Clean(Travelled(new AssociationDescription
        {
            Name = "AWS-RunPatchBaseline",
            ComplianceSeverity = AssociationComplianceSeverity.HIGH,
            AssociationId = "33858bec-0c55-4547-a054-eb5fc0000000",
            Date = DateTime.UnixEpoch,
            Targets = [new SdkTarget { Key = "tag:Role", Values = ["web"] }],
        }));
        Assert.Equal(("HIGH", "tag:Role=web"), (read.ComplianceSeverity, Show(read.Targets)));
    }

    [Fact]
    public void Long_names_and_values_are_cut_in_issues()
    {
        string text = new('x', 100_000);
        Assert.All(Of(Table(("Name", "a"), (text, 1), ("Duration", text))).Issues, i => Assert.True(i.ToString().Length + (i.Value ?? "").Length < 1_500));
    }

    public static TheoryData<string, object?> NoEntries() => new()
    {
        { "null", null },
        { "AutomationNull", AutomationNull.Value },
        { "DBNull", DBNull.Value },
        { "number", 42 },
        { "wrapped number", PSObject.AsPSObject(42) },
        { "date", DateTime.UnixEpoch },
        { "text", "AWS-RunPatchBaseline" },
        { "empty text", "" },
        { "JSON number", "42" },
        { "empty JSON list", "[]" },
        { "JSON list of two", """[{"Name":"a"},{"Name":"b"}]""" },
        { "JSON list of a number", "[1]" },
        { "document of two", """{"Entries":[{"Name":"a"},{"Name":"b"}]}""" },
        { "empty document", """{"Entries":[]}""" },
        { "list of two", new object[] { Table(("Name", "a")), Table(("Name", "b")) } },
        { "endless list", Endless() },
        { "empty hashtable", new Hashtable() },
        { "empty bag", new PSObject() },
        { "script block", ScriptBlock.Create("1") },
        { "file", new System.IO.FileInfo("a.json") },
        { "type", typeof(string) },
        { "XML", new System.Xml.XmlDocument { XmlResolver = null }.CreateElement("Name") },
        { "exception", new InvalidOperationException("x") },
        { "object", new object() },
    };

    [Theory]
    [MemberData(nameof(NoEntries))]
    public void What_is_no_entry_is_said_to_be_none(string shape, object? input)
    {
        Assert.NotNull(shape);
        Reading reading = Of(input);
        Assert.Null(reading.Entry);
        EntryIssue issue = Assert.Single(reading.Issues, i => i.RuleId == "Input.NotAnEntry");
        Assert.Equal(IssueSeverity.Error, issue.Level);
        Assert.Equal("", issue.Path);
        Assert.Null(issue.Value);
    }

    [Theory]
    [InlineData("""[{"Name":"a"},{"Name":"b"}]""")]
    [InlineData("""{"Entries":[{"Name":"a"},{"Name":"b"}]}""")]
    public void Several_entries_in_one_text_are_asked_for_one_by_one(string json) =>
        Assert.Contains("ConvertFrom-Json", Issue(json).Message, StringComparison.Ordinal);

    [Fact]
    public void An_entry_is_taken_as_it_is()
    {
        var entry = new AssociationEntry { Name = "AWS-RunPatchBaseline", MaxErrors = " 5 " };
        Assert.Same(entry, Clean(entry));
        Assert.Same(entry, Clean(PSObject.AsPSObject(entry)));
    }

    [Fact]
    public void Results_and_verdicts_give_their_entry()
    {
        var entry = new AssociationEntry { Name = "AWS-RunPatchBaseline" };
        Assert.Same(entry, Clean(new AssociationSuccess { Entry = entry, InputObject = 3 }));
        Assert.Same(entry, Clean(PSObject.AsPSObject(new AssociationFailure { Entry = entry })));
        Assert.Same(entry, Clean(new EntryValidation(0, entry, null, [])));
    }

    [Fact]
    public void A_result_without_entry_gives_its_input_again()
    {
        Hashtable input = Table(("Name", "AWS-RunPatchBaseline"));
        Assert.Equal("AWS-RunPatchBaseline", Clean(new AssociationFailure { InputObject = input }).Name);
        Assert.Equal("AWS-RunPatchBaseline", Clean(new EntryValidation(0, null, PSObject.AsPSObject(input), [])).Name);
    }

    [Fact]
    public void A_result_that_is_its_own_input_is_too_deep()
    {
        var result = new AssociationFailure();
        result.InputObject = result;
        Assert.Equal("Input.TooDeep", Issue(result).RuleId);
    }

    [Fact]
    public void A_result_from_another_session_is_known_by_its_members()
    {
        PSObject inner = Bag(("Name", "AWS-RunPatchBaseline"), ("Targets", new ArrayList { Bag(("Key", "tag:Role"), ("Values", new ArrayList { "web" })) }));
        PSObject result = Bag(
            ("RecommendedAction", "look"), ("Index", 3L), ("Status", "Failed"), ("Name", "AWS-RunPatchBaseline"), ("AssociationName", null),
            ("Target", "tag:Role=web..."), ("ErrorCode", "InvalidTarget"), ("Region", "eu-west-1"), ("Issues", new ArrayList()),
            ("Entry", inner), ("InputObject", null), ("PSComputerName", "host"));
        AssociationEntry entry = Clean(result);
        Assert.Equal("tag:Role=web", Show(entry.Targets));

        PSObject unread = Bag(("Index", 1L), ("Status", "Invalid"), ("Entry", null), ("InputObject", inner));
        Assert.Equal("AWS-RunPatchBaseline", Clean(unread).Name);
    }

    [Fact]
    public void An_association_that_was_read_back_has_no_unknown_members()
    {
        var description = new AssociationDescription
        {
            AssociationId = "33858bec-0c55-4547-a054-eb5fc0000000",
            AssociationVersion = "2",
            Date = DateTime.UnixEpoch,
            LastExecutionDate = DateTime.UnixEpoch,
            Overview = new AssociationOverview { Status = "Success" },
            Status = new Amazon.SimpleSystemsManagement.Model.AssociationStatus { Name = AssociationStatusName.Success },
            Name = "AWS-RunPatchBaseline",
            ComplianceSeverity = AssociationComplianceSeverity.HIGH,
            SyncCompliance = AssociationSyncCompliance.MANUAL,
            ApplyOnlyAtCronInterval = true,
            ScheduleOffset = 2,
            Parameters = new Dictionary<string, List<string>> { ["Operation"] = ["Scan"] },
            OutputLocation = new Amazon.SimpleSystemsManagement.Model.InstanceAssociationOutputLocation { S3Location = new Amazon.SimpleSystemsManagement.Model.S3OutputLocation { OutputS3BucketName = "bucket", OutputS3KeyPrefix = "" } },
            TargetMaps = [new Dictionary<string, List<string>> { ["InstanceId"] = ["i-1"] }],
            TargetLocations = [new Amazon.SimpleSystemsManagement.Model.TargetLocation { Accounts = ["111122223333"], Regions = ["us-east-1"], IncludeChildOrganizationUnits = true }],
            AlarmConfiguration = new Amazon.SimpleSystemsManagement.Model.AlarmConfiguration { Alarms = [new Amazon.SimpleSystemsManagement.Model.Alarm { Name = "cpu" }] },
            TriggeredAlarms = [],
        };
        AssociationEntry entry = Clean(description);
        Assert.Equal("HIGH", entry.ComplianceSeverity);
        Assert.Equal("MANUAL", entry.SyncCompliance);
        Assert.True(entry.ApplyOnlyAtCronInterval);
        Assert.Equal(2, entry.ScheduleOffset);
        Assert.Null(entry.Duration);
        Assert.Equal("Operation=Scan", Show(entry.Parameters));
        Assert.Equal("bucket", entry.OutputLocation!.S3Location!.OutputS3BucketName);
        Assert.Null(entry.OutputLocation.S3Location.OutputS3KeyPrefix);
        Assert.Equal("i-1", Assert.Single(entry.TargetMaps![0]["InstanceId"]!));
        Assert.Equal("111122223333", Assert.Single(entry.TargetLocations![0].Accounts!));
        Assert.True(entry.TargetLocations[0].IncludeChildOrganizationUnits);
        Assert.Equal("cpu", entry.AlarmConfiguration!.Alarms![0].Name);
    }

    [Fact]
    public void An_item_of_a_list_of_associations_is_read_with_a_warning_that_it_is_no_whole_one()
    {
        var item = new Association { Name = "AWS-RunPatchBaseline", AssociationVersion = "1", LastExecutionDate = DateTime.UnixEpoch };
        EntryIssue issue = Issue(item);
        Assert.Equal("Input.ListItem", issue.RuleId);
        Assert.Equal(IssueSeverity.Warning, issue.Level);
        Assert.Equal("AWS-RunPatchBaseline", Of(item).Entry!.Name);
    }

    [Fact]
    public void The_answer_of_the_command_line_to_describe_association_is_read()
    {
        AssociationEntry entry = Clean("""
            {"AssociationDescription":{"Name":"AWS-UpdateSSMAgent","AssociationVersion":"1","Date":1550525221.97,
            "LastUpdateAssociationDate":1550525221.97,"Overview":{"Status":"Pending"},"DocumentVersion":"$DEFAULT",
            "AssociationId":"fa94c678-85c6-4d40-926b-7c791EXAMPLE","Targets":[{"Key":"tag:purpose","Values":["Web"]}],"MaxErrors":"1"}}
            """);
        Assert.Equal("$DEFAULT", entry.DocumentVersion);
        Assert.Equal("tag:purpose=Web", Show(entry.Targets));
    }

    [Fact]
    public void The_role_of_an_association_that_was_read_back_is_a_warning()
    {
        EntryIssue issue = Issue(new AssociationDescription
        {
            Name = "a-document",
            AssociationId = "33858bec-0c55-4547-a054-eb5fc0000000",
            Date = DateTime.UnixEpoch,
            AssociationDispatchAssumeRole = "arn:aws:iam::111122223333:role/dispatch",
        });
        Assert.Equal(("Input.AssociationDispatchAssumeRole", IssueSeverity.Warning), (issue.RuleId, issue.Level));
    }

    [Fact]
    public void Properties_that_throw_are_issues_and_the_rest_is_read()
    {
        PSObject bag = Bag(("AssociationName", "patching"));
        bag.Properties.Add(new PSScriptProperty("Name", ScriptBlock.Create("throw 'secret'")));
        Reading reading = Of(bag);
        Assert.Equal("patching", reading.Entry!.AssociationName);
        EntryIssue issue = Assert.Single(reading.Issues);
        Assert.Equal(("Input.Unreadable", "Name"), (issue.RuleId, issue.Path));
        Assert.DoesNotContain("secret", issue.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Getters_and_collections_that_throw_are_issues()
    {
        Assert.Equal("Input.Unreadable", Issue(new Broken { Name = "a" }).RuleId);
        Reading reading = Of(Table(("Name", "a-document"), ("CalendarNames", Breaking()), ("Duration", 3)));
        Assert.Equal(("a-document", 3), (reading.Entry!.Name, reading.Entry.Duration));
        EntryIssue issue = Assert.Single(reading.Issues);
        Assert.Equal(("Input.Unreadable", "CalendarNames"), (issue.RuleId, issue.Path));
    }

    [Fact]
    public void Collections_without_end_are_cut_and_reported()
    {
        Reading reading = Of(Table(("Name", "a"), ("CalendarNames", Endless())));
        Assert.Equal(("Input.TooMany", "CalendarNames"), (reading.Issues.Single().RuleId, reading.Issues.Single().Path));
        Assert.Equal(10_000, reading.Entry!.CalendarNames!.Length);
        foreach (string member in new[] { "Targets", "TargetMaps", "TargetLocations", "Parameters", "AlarmConfiguration", "Name", "Duration", "OutputLocation", "Alarms" })
        {
            Assert.NotEmpty(Of(Table((member, Endless()))).Issues);
        }
    }

    [Fact]
    public void Lists_that_contain_themselves_are_too_deep()
    {
        var cycle = new ArrayList();
        cycle.Add(cycle);
        var wide = new ArrayList();
        wide.Add(wide);
        wide.Add(wide);
        foreach (string member in new[] { "Name", "Duration", "ApplyOnlyAtCronInterval", "CalendarNames", "Targets", "TargetMaps", "TargetLocations", "Parameters", "AlarmConfiguration", "Alarms", "OutputLocation", "Entries" })
        {
            Assert.Contains(Of(Table((member, cycle))).Issues, i => i.RuleId == "Input.TooDeep");
            Assert.NotEmpty(Of(Table((member, wide))).Issues);
        }

        Assert.Equal("Input.TooDeep", Issue(cycle).RuleId);
    }

    [Fact]
    public void Objects_that_contain_themselves_are_an_issue()
    {
        Hashtable table = Table(("Name", "a"));
        foreach (string member in new[] { "Targets", "Parameters", "TargetMaps", "TargetLocations", "AlarmConfiguration", "OutputLocation", "Entry", "S3", "Whatever" })
        {
            Hashtable outer = Table(("Name", "a"));
            outer[member] = outer;
            Assert.NotEmpty(Of(outer).Issues);
            PSObject bag = Bag(("Name", "a"));
            bag.Properties.Add(new PSNoteProperty(member, bag));
            Assert.NotEmpty(Of(bag).Issues);
        }

        table["Entries"] = new object[] { table };
        Assert.Contains(Of(table).Issues, i => i.RuleId == "Input.TooDeep");
        Hashtable s3 = Table();
        s3["S3Location"] = s3;
        Assert.Contains(Of(Table(("OutputLocation", s3))).Issues, i => i.RuleId == "Input.UnknownMember" && i.Path == "OutputLocation.S3Location.S3Location");
    }

    [Fact]
    public void Json_deeper_than_32_levels_is_too_deep()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 100_000));
        Assert.Equal("Input.TooDeep", Issue(deep).RuleId);
        Assert.Equal(("Input.TooDeep", "Targets"), (Issue(Table(("Targets", deep))).RuleId, Issue(Table(("Targets", deep))).Path));
        Assert.Equal("Input.TooDeep", Issue("{\"Name\":" + deep).RuleId);
    }

    private static IEnumerable<string> Endless()
    {
        for (int i = 0; ; i++)
        {
            yield return "item" + i;
        }
    }

    private static IEnumerable<string> Breaking()
    {
        yield return "one";
        throw new TimeoutException("secret");
    }

    private sealed class Broken
    {
        public string? Name { get; set; }

        public string Targets => throw new TimeoutException(Name);
    }
}
