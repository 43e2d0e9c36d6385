using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Security;
using Amazon.SimpleSystemsManagement;
using Xunit;
using static SsmAssociationTools.Tests.Input.Reading;

namespace SsmAssociationTools.Tests.Input;

/// <summary>How single values are read, and the names a member may have.</summary>
public class MemberValueTests
{
    public static TheoryData<object?, string?> TextValues() => new()
    {
        { "5", "5" },
        { "5%", "5%" },
        { "  5 ", "5" },
        { "", null },
        { "   ", null },
        { null, null },
        { DBNull.Value, null },
        { 5, "5" },
        { 5L, "5" },
        { (byte)5, "5" },
        { 5m, "5" },
        { 5.0, "5" },
        { 0.1, "0.1" },
        { 1234567.5, "1234567.5" },
        { true, "true" },
        { 'x', "x" },
        { PSObject.AsPSObject("x"), "x" },
        { PSObject.AsPSObject(7), "7" },
        { new[] { "x" }, "x" },
        { new object[] { PSObject.AsPSObject(new ArrayList { 7 }) }, "7" },
        { Array.Empty<string>(), null },
        { DayOfWeek.Friday, "Friday" },
        { new Guid("33858bec-0c55-4547-a054-eb5fc0000000"), "33858bec-0c55-4547-a054-eb5fc0000000" },
        { new Version(1, 2), "1.2" },
        { new Uri("https://example.com/a b"), "https://example.com/a b" },
        { new DateTime(2020, 5, 14, 15, 55, 0, DateTimeKind.Utc), "2020-05-14T15:55:00Z" },
        { new DateTime(2020, 5, 14, 15, 55, 0, 500, DateTimeKind.Unspecified), "2020-05-14T15:55:00.5" },
        { new DateTimeOffset(2020, 5, 14, 15, 55, 0, TimeSpan.FromHours(2)), "2020-05-14T15:55:00+02:00" },
        { TimeSpan.FromHours(1), "01:00:00" },
        { AssociationComplianceSeverity.HIGH, "HIGH" },
    };

    [Theory]
    [MemberData(nameof(TextValues))]
    public void Text_is_read_from_any_single_value(object? value, string? expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(expected, Clean(Table(("Name", "a-document"), ("MaxErrors", value))).MaxErrors);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public static TheoryData<object> NoTexts() => new()
    {
        new[] { "a", "b" },
        Table(("a", 1)),
        Bag(("a", 1)),
        ScriptBlock.Create("1"),
        new SecureString(),
        new object(),
    };

    [Theory]
    [MemberData(nameof(NoTexts))]
    public void What_is_no_text_is_refused_by_path(object value)
    {
        EntryIssue issue = Issue(Table(("Name", "a-document"), ("AssociationName", value)));
        Assert.Equal(("Input.WrongType", "AssociationName", IssueSeverity.Error), (issue.RuleId, issue.Path, issue.Level));
    }

    [Fact]
    public void Every_text_member_takes_numbers()
    {
        AssociationEntry entry = Clean(Table(
            ("Name", 1), ("InstanceId", 2), ("AutomationTargetParameterName", 3), ("DocumentVersion", 4), ("ScheduleExpression", 5),
            ("AssociationName", 6), ("MaxErrors", 7), ("MaxConcurrency", 8), ("ComplianceSeverity", 9), ("SyncCompliance", 10)));
        Assert.Equal(
            ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
            new List<string?>
            {
                entry.Name, entry.InstanceId, entry.AutomationTargetParameterName, entry.DocumentVersion, entry.ScheduleExpression,
                entry.AssociationName, entry.MaxErrors, entry.MaxConcurrency, entry.ComplianceSeverity, entry.SyncCompliance,
            });
    }

    [Theory]
    [InlineData("critical", "CRITICAL")]
    [InlineData(" High ", "HIGH")]
    [InlineData("unspecified", "UNSPECIFIED")]
    [InlineData("wrong", "WRONG")]
    public void Constants_are_upper_case(string value, string expected)
    {
        AssociationEntry entry = Clean(Table(("Name", "a-document"), ("ComplianceSeverity", value), ("SyncCompliance", value)));
        Assert.Equal((expected, expected), (entry.ComplianceSeverity, entry.SyncCompliance));
    }

    public static TheoryData<object?, bool?> Flags()
    {
        var data = new TheoryData<object?, bool?> { { true, true }, { false, false }, { 1, true }, { 0L, false }, { 1.0, true }, { null, null }, { " ", null } };
        data.Add(new[] { true }, true);
        foreach (string yes in new[] { "true", "True", "TRUE", "1", "yes", "Y", "on", " On " })
        {
            data.Add(yes, true);
        }

        foreach (string no in new[] { "false", "FALSE", "0", "no", "N", "off" })
        {
            data.Add(no, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public void Truth_values_are_read_from_words_and_digits(object? value, bool? expected) =>
        Assert.Equal(expected, Clean(Table(("Name", "a"), ("ApplyOnlyAtCronInterval", value))).ApplyOnlyAtCronInterval);

    [Theory]
    [InlineData("maybe")]
    [InlineData("wahr")]
    [InlineData(2)]
    [InlineData("truee")]
    public void Other_words_are_no_truth_values(object value)
    {
        EntryIssue issue = Issue(Table(("Name", "a"), ("ApplyOnlyAtCronInterval", value)));
        Assert.Equal(("Input.WrongType", "ApplyOnlyAtCronInterval"), (issue.RuleId, issue.Path));
        Assert.Equal(value.ToString(), issue.Value);
    }

    public static TheoryData<object?, int?> Numbers() => new()
    {
        { 3, 3 }, { 3L, 3 }, { 3.0, 3 }, { 3m, 3 }, { (short)-3, -3 }, { "3", 3 }, { " +3 ", 3 }, { "3.0", 3 }, { "", null }, { null, null },
        { new object[] { "3" }, 3 },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Whole_numbers_are_read_from_numbers_and_text(object? value, int? expected)
    {
        AssociationEntry entry = Clean(Table(("Name", "a"), ("Duration", value), ("ScheduleOffset", value)));
        Assert.Equal((expected, expected), (entry.Duration, entry.ScheduleOffset));
    }

    public static TheoryData<object> NoNumbers() => new()
    {
        1.5, "1.5", "three", "1,000", "0x10", "1e1", true, double.NaN, double.PositiveInfinity, 1e300, 3_000_000_000L, "99999999999999999999999999999999", "1 2",
        DateTime.UnixEpoch, new[] { 1, 2 }, Table(("a", 1)), DayOfWeek.Friday,
    };

    [Theory]
    [MemberData(nameof(NoNumbers))]
    public void What_is_no_whole_number_is_refused(object value)
    {
        EntryIssue issue = Issue(Table(("Name", "a"), ("Duration", value)));
        Assert.Equal(("Input.WrongType", "Duration"), (issue.RuleId, issue.Path));
    }

    public static TheoryData<string, string> Aliases() => new()
    {
        { "NAME", "Name" }, { "name", "Name" }, { " Name ", "Name" }, { "\uFEFFName", "Name" }, { "DocumentName", "Name" },
        { "maxerror", "MaxErrors" }, { "MaxError", "MaxErrors" }, { "instanceid", "InstanceId" },
        { "SCHEDULEEXPRESSION", "ScheduleExpression" }, { "associationname", "AssociationName" },
    };

    [Theory]
    [MemberData(nameof(Aliases))]
    public void Names_are_read_in_any_case_and_by_alias(string name, string member)
    {
        AssociationEntry entry = Clean(Bag((name, "some-value"), ("Duration", 1)));
        Assert.Equal("some-value", typeof(AssociationEntry).GetProperty(member)!.GetValue(entry));
    }

    [Theory]
    [InlineData("CalendarNames")]
    [InlineData("CalendarName")]
    public void Lists_of_words_are_split_at_commas(string name)
    {
        Assert.Equal(["a", "b", "c d"], Clean(Table((name, " a, b ,, c d,"))).CalendarNames!.Select(c => c!));
        Assert.Equal(["a", "b"], Clean(Table((name, new List<string> { "a", "b" }))).CalendarNames!.Select(c => c!));
        Assert.Equal(["a"], Clean(Table((name, "a"))).CalendarNames!.Select(c => c!));
        Assert.Equal(["a,b", "c\"d"], Clean(Table((name, "\"a,b\", \"c\"\"d\""))).CalendarNames!.Select(c => c!));
        Assert.Equal(["a", "b"], Clean(Table((name, "[\"a\",\"b\"]"))).CalendarNames!.Select(c => c!));
        Assert.Equal(["1", "true"], Clean(Table((name, new object[] { 1, PSObject.AsPSObject(true) }))).CalendarNames!.Select(c => c!));
        Assert.Equal(["a", "b"], Clean(Table((name, new object[] { new[] { "a" }, new[] { "b" } }))).CalendarNames!.Select(c => c!));
        Assert.Null(Clean(Table(("Name", "x"), (name, Array.Empty<string>()))).CalendarNames);
    }

    [Fact]
    public void Unclosed_quotes_in_a_list_are_reported_with_their_place()
    {
        EntryIssue issue = Issue(Table(("CalendarNames", "a,\"b")));
        Assert.Equal(("Input.BadText", "CalendarNames"), (issue.RuleId, issue.Path));
        Assert.Contains("character 3", issue.Message, StringComparison.Ordinal);
        Assert.Equal("Input.WrongType", Issue(Table(("CalendarNames", new object[] { "a", Table(("b", 1)) }))).RuleId);
    }

    [Fact]
    public void One_member_with_two_values_is_an_issue_and_with_one_value_twice_is_none()
    {
        EntryIssue issue = Issue(Table(("Name", "a-document"), ("DocumentName", "b-document")));
        Assert.Equal(("Input.DuplicateMember", "Name", IssueSeverity.Error), (issue.RuleId, issue.Path, issue.Level));
        Assert.Equal("a-document", Clean(Bag(("Name", "a-document"), ("DocumentName", " a-document "))).Name);
        Assert.Equal("a-document", Clean(Bag(("Name", ""), ("DocumentName", "a-document"))).Name);
        Assert.Equal("Name", Issue(new Dictionary<string, object> { ["Name"] = "a", ["name"] = "b" }).Path);
        Assert.Equal("Targets", Issue(Table(("Targets", "tag:a=b"), ("Target", "tag:a=c"))).Path);
        Assert.Equal("tag:a=b", Show(Clean(Table(("Targets", "tag:a=b"), ("Target", Table(("Key", "tag:a"), ("Values", "b"))))).Targets));
        Assert.Equal("OutputLocation.S3Location.OutputS3BucketName", Issue(Table(("S3", "s3://one/p"), ("S3Bucket", "two"))).Path);
        Assert.Equal("Duration", Issue(new Dictionary<string, object> { ["Duration"] = 1, ["duration"] = "2" }).Path);
        Assert.Equal("AlarmConfiguration.Alarms", Issue(Table(("AlarmConfiguration", Table(("Alarms", "a"), ("Alarm", "b"))))).Path);
        Assert.Equal("Targets[0].Values", Issue(Table(("Targets", Table(("Key", "tag:a"), ("Values", "a"), ("Value", "b"))))).Path);
        Assert.Equal("TargetLocations[0].Accounts", Issue(Table(("TargetLocations", Table(("Accounts", "1"), ("Account", "2"))))).Path);
    }

    [Fact]
    public void A_parameter_with_two_values_is_named_without_them()
    {
        EntryIssue issue = Issue(Table(("Parameters", "Operation=hush1"), ("Parameters.Operation", "hush2")));
        Assert.Equal(("Input.DuplicateMember", "Parameters.Operation"), (issue.RuleId, issue.Path));
        Assert.DoesNotContain("hush", issue.ToString() + issue.Value, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Misspelled() => new()
    {
        { "Paramaters", "Parameters" }, { "Nmae", "Name" }, { "schedule_expression", "ScheduleExpression" }, { "Schedule Expression", "ScheduleExpression" },
        { "TargetsX", "Targets" }, { "AssocationName", "AssociationName" }, { "max-errors", "MaxErrors" }, { "Schedule", "ScheduleExpression" },
        { "InstanceIds", "Targets" }, { "Durration", "Duration" }, { "ApplyOnlyAtCron", "ApplyOnlyAtCronInterval" },
    };

    [Theory]
    [MemberData(nameof(Misspelled))]
    public void A_name_close_to_a_known_one_is_an_error_with_a_suggestion(string name, string suggestion)
    {
        EntryIssue issue = Issue(Table(("AssociationName", "x"), (name, "hush")));
        Assert.Equal(("Input.UnknownMember", name, IssueSeverity.Error), (issue.RuleId, issue.Path, issue.Level));
        Assert.Contains($"'{name}'", issue.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean " + suggestion, issue.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", issue.Message + issue.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Owner")]
    [InlineData("Ticket")]
    [InlineData("Status")]
    [InlineData("a.b")]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("Überschrift")]
    public void Another_name_is_a_warning_and_an_error_when_strict(string name)
    {
        PSObject bag = Bag(("Name", "a-document"));
        var table = new Dictionary<string, object> { ["Name"] = "a-document", [name] = "x" };
        Assert.NotNull(bag);
        EntryIssue issue = Issue(table);
        Assert.Equal(("Input.UnknownMember", name, IssueSeverity.Warning), (issue.RuleId, issue.Path, issue.Level));
        Assert.Equal(IssueSeverity.Error, Issue(table, strict: true).Level);
        table[name] = " ";
        Clean(table);
    }

    [Fact]
    public void Unknown_members_of_parts_are_named_with_their_path()
    {
        Assert.Equal("Targets[0].Vales", Issue(Table(("Targets", Table(("Key", "tag:a"), ("Vales", "b"))))).Path);
        Assert.Contains("Did you mean Values", Issue(Table(("Targets", Table(("Key", "tag:a"), ("Vales", "b"))))).Message, StringComparison.Ordinal);
        Assert.Equal("TargetLocations[1].Acounts", Issue(Table(("TargetLocations", new object[] { Table(("Accounts", "1")), Table(("Acounts", "1")) }))).Path);
        Assert.Equal("AlarmConfiguration.Alarmz", Issue(Table(("AlarmConfiguration", Table(("Alarmz", "a"))))).Path);
        Assert.Equal("AlarmConfiguration.Alarms[0].Id", Issue(Table(("AlarmConfiguration", Table(("Alarms", Table(("Name", "a"), ("Id", 1))))))).Path);
        Assert.Equal("OutputLocation.Bukket", Issue(Table(("OutputLocation", Table(("Bukket", "a"))))).Path);
    }

    [Theory]
    [InlineData("Tags", "Input.Tags", "cannot tag")]
    [InlineData("Tag", "Input.Tags", "cannot tag")]
    [InlineData("tags", "Input.Tags", "cannot tag")]
    [InlineData("AssociationDispatchAssumeRole", "Input.AssociationDispatchAssumeRole", "-AssociationDispatchAssumeRole")]
    [InlineData("Region", "Input.Region", "us-east-1")]
    public void What_belongs_to_the_call_has_a_message_of_its_own(string name, string rule, string text)
    {
        EntryIssue issue = Issue(Table(("Name", "a-document"), (name, "x")));
        Assert.Equal((rule, IssueSeverity.Error), (issue.RuleId, issue.Level));
        Assert.Contains(text, issue.Message, StringComparison.Ordinal);
        Clean(Table(("Name", "a-document"), (name, "")));
    }
}
