using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Xunit;
using static SsmAssociationTools.Tests.Input.Reading;

namespace SsmAssociationTools.Tests.Input;

/// <summary>The notations of targets, parameters, output, alarms and locations.</summary>
public class NotationTests
{
    [Theory]
    [InlineData("tag:Role=web,db; tag:Env=prod", "tag:Role=web|db; tag:Env=prod")]
    [InlineData("tag:Role = web , db ;tag:Env=prod;", "tag:Role=web|db; tag:Env=prod")]
    [InlineData("InstanceIds=i-1,i-2", "InstanceIds=i-1|i-2")]
    [InlineData("InstanceIds=*", "InstanceIds=*")]
    [InlineData("tag:Name=\"a,b\";tag:x=1", "tag:Name=a,b; tag:x=1")]
    [InlineData("tag:Name=\"a;b=c\",d", "tag:Name=a;b=c|d")]
    [InlineData("tag:Name=\"say \"\"hi\"\"\"", "tag:Name=say \"hi\"")]
    [InlineData("tag:Name=\"\"", "tag:Name=")]
    [InlineData("tag:Name=\" a \"", "tag:Name= a ")]
    [InlineData("tag:My Role=web server", "tag:My Role=web server")]
    [InlineData("\"tag:a=b\"=c", "tag:a=b=c")]
    [InlineData("tag-key=Role", "tag-key=Role")]
    [InlineData("resource-groups:ResourceTypeFilters=AWS::SSM::ManagedInstance,AWS::EC2::Instance", "resource-groups:ResourceTypeFilters=AWS::SSM::ManagedInstance|AWS::EC2::Instance")]
    [InlineData("Key=tag:Role,Values=web,db", "tag:Role=web|db")]
    [InlineData("key=InstanceIds,values=i-1;Key=tag:a,Values=b", "InstanceIds=i-1; tag:a=b")]
    [InlineData("[{\"Key\":\"tag:Role\",\"Values\":[\"web\",\"db\"]}]", "tag:Role=web|db")]
    [InlineData("{\"Key\":\"tag:Role\",\"Values\":\"web\"}", "tag:Role=web")]
    [InlineData("{\"tag:Role\":[\"web\",\"db\"],\"tag:Env\":\"prod\"}", "tag:Role=web|db; tag:Env=prod")]
    [InlineData(" ; ", "")]
    [InlineData("   ", "")]
    public void Targets_are_read_from_text(string text, string expected)
    {
        Assert.Equal(expected, Show(Clean(Table(("Name", "a"), ("Targets", text))).Targets));
        Assert.Equal(expected, Show(Clean(Table(("Name", "a"), ("Target", new object[] { text }))).Targets));
    }

    [Theory]
    [InlineData("web", 1)]
    [InlineData("tag:Role=web; db", 15)]
    [InlineData("tag:Role=web,tag:Env=prod", 21)]
    [InlineData("tag:Role=web tag:Env=prod", 21)]
    [InlineData("tag:Role=", 10)]
    [InlineData("tag:Role=web,,db", 14)]
    [InlineData("tag:Role=web,", 14)]
    [InlineData("=web", 1)]
    [InlineData("tag:Role=\"web", 10)]
    [InlineData("tag:Role=\"web\"x", 15)]
    [InlineData("\"tag:Role", 1)]
    [InlineData("Key=tag:Role", 13)]
    [InlineData("Key=tag:Role,web", 14)]
    public void Targets_that_cannot_be_read_are_reported_with_their_place(string text, int character)
    {
        EntryIssue issue = Issue(Table(("Name", "a"), ("Targets", text)));
        Assert.Equal(("Input.BadTargets", "Targets", IssueSeverity.Error), (issue.RuleId, issue.Path, issue.Level));
        Assert.Contains("character " + character.ToString(CultureInfo.InvariantCulture) + ":", issue.Message, StringComparison.Ordinal);
    }

    public static TheoryData<object, string> TargetObjects() => new()
    {
        { Table(("Key", "tag:Role"), ("Values", "web")), "tag:Role=web" },
        { Table(("key", "tag:Role"), ("VALUE", new[] { "web", "db" })), "tag:Role=web|db" },
        { Bag(("Key", "tag:Role"), ("Values", new object[] { 1, true, "a,b" })), "tag:Role=1|true|a,b" },
        { new object[] { Table(("Key", "tag:Role"), ("Values", "web")), "tag:Env=prod", Bag(("tag:x", new[] { "y" })) }, "tag:Role=web; tag:Env=prod; tag:x=y" },
        { Ordered(("tag:Role", new[] { "web", "db" }), ("tag:Env", "prod")), "tag:Role=web|db; tag:Env=prod" },
        { new AssociationTarget { Key = "tag:Role", Values = ["web"] }, "tag:Role=web" },
        { new[] { new AssociationTarget { Key = "tag:Role", Values = ["web"] } }, "tag:Role=web" },
        { new DictionaryEntry("tag:Role", "web"), "tag:Role=web" },
        { new KeyValuePair<string, string[]>("tag:Role", ["web"]), "tag:Role=web" },
        { Table(("Key", "InstanceIds"), ("Values", "i-1,i-2")), "InstanceIds=i-1|i-2" },
        { new object?[] { null, Table(("Key", "tag:Role"), ("Values", "web")) }, "tag:Role=web" },
        { Table(("Key", "tag:Role"), ("Values", new object?[] { "web", null })), "tag:Role=web|null" },
        { Table(("Key", "tag:Role"), ("Values", Array.Empty<string>())), "tag:Role=" },
        { Table(("Key", "tag:Role")), "tag:Role=null" },
        { Array.Empty<object>(), "" },
    };

    [Theory]
    [MemberData(nameof(TargetObjects))]
    public void Targets_are_read_from_objects(object targets, string expected)
    {
        Assert.Equal(expected, Show(Clean(Table(("Name", "a"), ("Targets", targets))).Targets));
        Assert.Equal(expected, Show(Clean(Bag(("Name", "a"), ("Targets", PSObject.AsPSObject(targets)))).Targets));
    }

    [Fact]
    public void One_text_with_commas_as_the_values_of_a_tag_is_one_value_with_a_warning()
    {
        Reading reading = Of(Table(("Targets", Table(("Key", "tag:Role"), ("Values", "web,db")))));
        Assert.Equal("tag:Role=web,db", Show(reading.Entry!.Targets));
        EntryIssue issue = Assert.Single(reading.Issues);
        Assert.Equal(("Input.BadTargets", "Targets[0].Values", IssueSeverity.Warning), (issue.RuleId, issue.Path, issue.Level));
        Clean(Table(("Targets", Table(("Key", "tag:Role"), ("Values", new[] { "web,db" })))));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(true)]
    public void Numbers_are_no_targets_maps_locations_parameters_or_outputs(object value)
    {
        foreach (string member in new[] { "Targets", "TargetMaps", "TargetLocations", "Parameters", "OutputLocation", "AlarmConfiguration", "Alarms" })
        {
            EntryIssue issue = Issue(Table(("Name", "a"), (member, value)));
            Assert.Equal("Input.WrongType", issue.RuleId);
            Assert.StartsWith(member == "Alarms" ? "AlarmConfiguration" : member, issue.Path, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Properties_of_any_class_are_no_parameters_and_no_target_keys()
    {
        Assert.Equal("Input.WrongType", Issue(Table(("Parameters", new System.IO.FileInfo("x")))).RuleId);
        Assert.Contains(Of(Table(("Targets", new System.IO.FileInfo("x")))).Issues, i => i.RuleId == "Input.WrongType");
    }

    [Theory]
    [InlineData("Operation=Scan; RebootOption=NoReboot", "Operation=Scan; RebootOption=NoReboot")]
    [InlineData(" Operation = Scan ;", "Operation=Scan")]
    [InlineData("commands=echo a, b", "commands=echo a, b")]
    [InlineData("commands=\"cd /tmp; ls\"", "commands=cd /tmp; ls")]
    [InlineData("commands=\" say \"\"hi\"\" \"", "commands= say \"hi\" ")]
    [InlineData("commands=a;commands=b", "commands=a|b")]
    [InlineData("ExtraVariables=SSM=True", "ExtraVariables=SSM=True")]
    [InlineData("SnapshotId=;Operation=Install", "Operation=Install; SnapshotId=")]
    [InlineData("SnapshotId=\"\"", "SnapshotId=")]
    [InlineData("{\"Operation\":[\"Scan\"],\"n\":[1,2.50,true],\"s\":\"x\",\"f\":false}", "Operation=Scan; f=false; n=1|2.50|true; s=x")]
    [InlineData("{\"Operation\":null}", "")]
    [InlineData("[{\"Key\":\"commands\",\"Value\":\"a\"},{\"Name\":\"commands\",\"Values\":[\"b\",\"c\"]},{\"x\":\"y\"}]", "commands=a|b|c; x=y")]
    [InlineData("", "")]
    public void Parameters_are_read_from_text(string text, string expected) =>
        Assert.Equal(expected, Show(Clean(Table(("Name", "a"), ("Parameters", text))).Parameters));

    [Theory]
    [InlineData("hush")]
    [InlineData("a=b; hush")]
    [InlineData("commands=cd /tmp; hush hush=1")]
    [InlineData("a=\"hush")]
    [InlineData("a=\"b\" hush")]
    [InlineData("=hush")]
    [InlineData("{\"a\":\"hush\"")]
    [InlineData("{\"a\":hush}")]
    [InlineData("{\"a\":\"hush\"} hush")]
    [InlineData("{\"a\":{\"b\":\"hush\"}}")]
    [InlineData("{\"a\":[\"x\",null,\"hush\"]}")]
    [InlineData("{\"a\":\"hush\",\"a\":\"hush\"}")]
    [InlineData("[[[\"hush\"]]]")]
    [InlineData("[{\"Key\":null,\"Value\":\"hush\"}]")]
    public void Parameters_that_cannot_be_read_are_reported_without_their_values(string text)
    {
        foreach (object input in new object[] { Table(("Name", "a"), ("Parameters", text)), Bag(("Name", "a"), ("Parameter", text)) })
        {
            Reading reading = Of(input);
            Assert.NotEmpty(reading.Issues);
            Assert.All(reading.Issues, issue =>
            {
                Assert.StartsWith("Parameters", issue.Path, StringComparison.Ordinal);
                Assert.Null(issue.Value);
                Assert.DoesNotContain("hush", issue.ToString(), StringComparison.Ordinal);
            });
        }
    }

    [Theory]
    [InlineData("{\"Name\":\"a\",\"Parameters\":{\"p\":[\"hush\"]},}")]
    [InlineData("{\"Name\":\"a\",\"Parameters\":{\"p\":[hush]}}")]
    [InlineData("{\"Name\":\"a\",\"Parameters\":{\"p\":[\"hush\"]}} hush")]
    [InlineData("{\"Name\":\"a\",\"Parameters\":{\"p\":{\"x\":\"hush\"}}}")]
    [InlineData("{\"Name\":\"a\",\"Paramters\":{\"p\":[\"hush\"]}}")]
    [InlineData("[{\"Parameters\":\"hush\"},{}]")]
    [InlineData("hush")]
    public void Text_of_whole_entries_never_shows_in_issues(string text)
    {
        Reading reading = Of(text);
        Assert.NotEmpty(reading.Issues);
        Assert.All(reading.Issues, issue => Assert.DoesNotContain("hush", issue.ToString() + issue.Value, StringComparison.Ordinal));
    }

    public static TheoryData<object, string> ParameterObjects() => new()
    {
        { Table(("Operation", "Scan"), ("n", 5), ("b", true), ("list", new object[] { "a", 1.5 })), "Operation=Scan; b=true; list=a|1.5; n=5" },
        { Bag(("Operation", new[] { "Scan" })), "Operation=Scan" },
        { Ordered(("Operation", "  spaces kept  "), ("Empty", ""), ("Commas", "a,b")), "Commas=a,b; Empty=; Operation=  spaces kept  " },
        { new Dictionary<string, List<string>> { ["Operation"] = ["Scan"], ["operation"] = ["other"] }, "Operation=Scan; operation=other" },
        { new Dictionary<string, string> { ["Operation"] = "Scan" }, "Operation=Scan" },
        { new ParameterMap { ["Operation"] = ["Scan"] }, "Operation=Scan" },
        { new object[] { Table(("Key", "commands"), ("Value", "a")), Bag(("Key", "commands"), ("Values", new[] { "b" })) }, "commands=a|b" },
        { new object[] { new DictionaryEntry("Operation", "Scan") }, "Operation=Scan" },
        { new DictionaryEntry("Operation", "Scan"), "Operation=Scan" },
        { Table(("Key", "x"), ("Value", "y")), "Key=x; Value=y" },
        { new object[] { "Operation=Scan", "RebootOption=NoReboot" }, "Operation=Scan; RebootOption=NoReboot" },
        { Table(("when", new DateTime(2020, 5, 14, 15, 55, 0, DateTimeKind.Utc))), "when=2020-05-14T15:55:00Z" },
        { Table(("none", null)), "" },
    };

    [Theory]
    [MemberData(nameof(ParameterObjects))]
    public void Parameters_are_read_from_objects(object parameters, string expected)
    {
        Assert.Equal(expected, Show(Clean(Table(("Name", "a"), ("Parameters", parameters))).Parameters));
        Assert.Equal(expected, Show(Clean(Bag(("Name", "a"), ("Parameters", PSObject.AsPSObject(parameters)))).Parameters));
    }

    [Fact]
    public void Objects_and_nulls_as_parameter_values_break_D9()
    {
        EntryIssue issue = Issue(Table(("Parameters", Table(("SourceInfo", Table(("owner", "hush")))))));
        Assert.Equal(("Input.ParameterValue", "Parameters.SourceInfo", IssueSeverity.Error), (issue.RuleId, issue.Path, issue.Level));
        issue = Issue(Table(("Parameters", Table(("commands", new object?[] { "a", null })))));
        Assert.Equal(("Input.ParameterValue", "Parameters.commands[1]"), (issue.RuleId, issue.Path));
        Assert.Contains(Of(Table(("Parameters", Table(("commands", new object[] { "a", Bag(("x", "hush")) }))))).Issues, i => i is { RuleId: "Input.ParameterValue", Path: "Parameters.commands[1]" });
        Assert.Equal("Input.ParameterValue", Issue(Table(("Parameters", Table(("password", new System.Security.SecureString()))))).RuleId);
    }

    public static TheoryData<PSObject, string> Outputs() => new()
    {
        { Bag(("S3", "s3://bucket/some/prefix")), "bucket|some/prefix|" },
        { Bag(("S3", "S3://bucket")), "bucket||" },
        { Bag(("S3", "s3://bucket/")), "bucket||" },
        { Bag(("S3", "bucket/prefix/")), "bucket|prefix/|" },
        { Bag(("OutputLocation", "s3://bucket/prefix"), ("S3Region", "eu-west-1")), "bucket|prefix|eu-west-1" },
        { Bag(("S3Bucket", "bucket"), ("S3KeyPrefix", "prefix")), "bucket|prefix|" },
        { Bag(("S3BucketName", "bucket"), ("S3Prefix", "")), "bucket||" },
        { Bag(("OutputS3BucketName", "bucket"), ("OutputS3KeyPrefix", "prefix"), ("OutputS3Region", "eu-west-1")), "bucket|prefix|eu-west-1" },
        { Bag(("S3Location_OutputS3BucketName", "bucket"), ("S3Location_OutputS3KeyPrefix", "prefix"), ("S3Location_OutputS3Region", "eu-west-1")), "bucket|prefix|eu-west-1" },
        { Bag(("OutputLocation_S3Location_OutputS3BucketName", "bucket")), "bucket||" },
        { Bag(("OutputLocation.S3Location.OutputS3BucketName", "bucket"), ("outputlocation.s3location.outputs3keyprefix", "prefix"), ("OutputLocation.S3Location.OutputS3Region", " ")), "bucket|prefix|" },
        { Bag(("S3.Bucket", "bucket"), ("S3.Prefix", "prefix"), ("S3.Region", "eu-west-1")), "bucket|prefix|eu-west-1" },
        { Bag(("OutputLocation.Bucket", "bucket")), "bucket||" },
        { Bag(("OutputLocation", Table(("S3Location", Table(("OutputS3BucketName", "bucket"), ("OutputS3KeyPrefix", "")))))), "bucket||" },
        { Bag(("OutputLocation", Bag(("S3Location", Bag(("OutputS3BucketName", "bucket")))))), "bucket||" },
        { Bag(("OutputLocation", new object[] { Table(("S3", "s3://bucket/p")) })), "bucket|p|" },
        { Bag(("OutputLocation", "{\"S3Location\":{\"OutputS3BucketName\":\"bucket\",\"OutputS3Region\":\"eu-west-1\"}}")), "bucket||eu-west-1" },
        { Bag(("S3Location", Table(("Bucket", "bucket"), ("Prefix", "p")))), "bucket|p|" },
        { Bag(("OutputLocation", new InstanceAssociationOutputLocation { S3Location = new S3OutputLocation { OutputS3BucketName = "bucket" } })), "bucket||" },
        { Bag(("Name", "x"), ("OutputLocation", Table()), ("S3", ""), ("S3.Bucket", null)), "" },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void The_output_location_is_read_from_every_notation(PSObject input, string expected)
    {
        S3OutputLocation? s3 = Clean(input).OutputLocation?.S3Location;
        Assert.Equal(expected, s3 is null ? "" : $"{s3.OutputS3BucketName}|{s3.OutputS3KeyPrefix}|{s3.OutputS3Region}");
    }

    [Theory]
    [InlineData("https://s3.amazonaws.com/bucket")]
    [InlineData("s3://")]
    [InlineData("s3:///prefix")]
    [InlineData("/prefix")]
    public void Other_addresses_are_no_output_location(string text)
    {
        EntryIssue issue = Issue(Table(("Name", "a"), ("S3", text)));
        Assert.Equal(("Input.WrongType", "OutputLocation"), (issue.RuleId, issue.Path));
    }

    public static TheoryData<PSObject, string> AlarmInputs() => new()
    {
        { Bag(("Alarm", "cpu, high")), "cpu, high/" },
        { Bag(("AlarmConfiguration", "cpu")), "cpu/" },
        { Bag(("AlarmConfiguration", Table(("Alarms", new object[] { Table(("Name", "cpu")) }), ("IgnorePollAlarmFailure", "yes")))), "cpu/True" },
        { Bag(("AlarmConfiguration", Table(("Alarms", Table(("Name", "cpu")))))), "cpu/" },
        { Bag(("AlarmConfiguration", Table(("Alarms", new[] { "a", "b" })))), "a,b/" },
        { Bag(("AlarmConfiguration", "{\"Alarms\":[{\"Name\":\"cpu\"}],\"IgnorePollAlarmFailure\":false}")), "cpu/False" },
        { Bag(("AlarmConfiguration.Alarms[0].Name", "cpu"), ("AlarmConfiguration.IgnorePollAlarmFailure", "1")), "cpu/True" },
        { Bag(("AlarmConfiguration.Alarms.0.Name", "cpu")), "cpu/" },
        { Bag(("AlarmConfiguration_Alarm", new[] { Table(("Name", "cpu")) }), ("AlarmConfiguration_IgnorePollAlarmFailure", true)), "cpu/True" },
        { Bag(("Alarm", "cpu"), ("IgnorePollAlarmFailure", "no")), "cpu/False" },
        { Bag(("Alarms", "[{\"Name\":\"cpu\"}]")), "cpu/" },
        { Bag(("AlarmConfiguration", new AlarmConfiguration { Alarms = [new Alarm { Name = "cpu" }] })), "cpu/" },
        { Bag(("AlarmConfiguration", Table(("Alarms", Array.Empty<object>())))), "/" },
        { Bag(("AlarmConfiguration", Table(("IgnorePollAlarmFailure", true)))), "-/True" },
        { Bag(("Name", "a"), ("AlarmConfiguration", ""), ("AlarmConfiguration.Alarms[0].Name", "")), "" },
    };

    [Theory]
    [MemberData(nameof(AlarmInputs))]
    public void The_alarm_is_read_from_every_notation(PSObject input, string expected)
    {
        AlarmConfiguration? alarm = Clean(input).AlarmConfiguration;
        Assert.Equal(expected, alarm is null ? "" : (alarm.Alarms is null ? "-" : alarm.ToString()) + "/" + alarm.IgnorePollAlarmFailure);
    }

    [Fact]
    public void Target_maps_are_read_from_objects_and_text()
    {
        foreach (object maps in new object[]
        {
            new object[] { Table(("InstanceId", new[] { "i-1", "i-2" })), Ordered(("Bucket", "b")) },
            "[{\"InstanceId\":[\"i-1\",\"i-2\"]},{\"Bucket\":[\"b\"]}]",
            new object[] { "InstanceId=i-1,i-2", "Bucket=b" },
            new List<Dictionary<string, List<string>>> { new() { ["InstanceId"] = ["i-1", "i-2"] }, new() { ["Bucket"] = ["b"] } },
            new[] { new TargetMap { ["InstanceId"] = ["i-1", "i-2"] }, new TargetMap { ["Bucket"] = ["b"] } },
        })
        {
            Assert.Equal("InstanceId=i-1,i-2|Bucket=b", string.Join("|", Clean(Table(("TargetMaps", maps))).TargetMaps!.AsEnumerable()));
            Assert.Equal("InstanceId=i-1,i-2|Bucket=b", string.Join("|", Clean(Bag(("TargetMap", maps))).TargetMaps!.AsEnumerable()));
        }

        Assert.Equal("InstanceId=i-1", Assert.Single(Clean(Table(("TargetMaps", Table(("InstanceId", "i-1"))))).TargetMaps!).ToString());
        Assert.Equal("InstanceId=i-1,i-2", Assert.Single(Clean(Bag(("TargetMaps[0].InstanceId", "i-1,i-2"))).TargetMaps!).ToString());
        Assert.Equal(("Input.BadText", "TargetMaps"), (Issue(Table(("TargetMaps", "x"))).RuleId, Issue(Table(("TargetMaps", "x"))).Path));
        Assert.Equal("TargetMaps[0].a", Issue(Table(("TargetMaps", Table(("a", Table(("b", 1))))))).Path);
    }

    [Fact]
    public void Target_locations_are_read_from_objects_text_and_columns()
    {
        foreach (object input in new object[]
        {
            Table(("TargetLocations", Table(
                ("Accounts", "111122223333, ou-1"), ("Regions", new[] { "us-east-1", "eu-west-1" }), ("TargetLocationMaxConcurrency", 1),
                ("TargetLocationMaxErrors", "10%"), ("ExecutionRoleName", "role"), ("IncludeChildOrganizationUnits", "y"),
                ("ExcludeAccounts", 444455556666L), ("Targets", "tag:a=b"), ("TargetsMaxConcurrency", 2), ("TargetsMaxErrors", 3),
                ("TargetLocationAlarmConfiguration", "cpu")))),
            Table(("TargetLocation", """
                [{"Accounts":["111122223333","ou-1"],"Regions":["us-east-1","eu-west-1"],"TargetLocationMaxConcurrency":"1",
                "TargetLocationMaxErrors":"10%","ExecutionRoleName":"role","IncludeChildOrganizationUnits":true,"ExcludeAccounts":["444455556666"],
                "Targets":[{"Key":"tag:a","Values":["b"]}],"TargetsMaxConcurrency":"2","TargetsMaxErrors":"3",
                "TargetLocationAlarmConfiguration":{"Alarms":[{"Name":"cpu"}]}}]
                """)),
            Bag(
                ("TargetLocations[0].Accounts", "111122223333,ou-1"), ("TargetLocations[0].Regions[0]", "us-east-1"), ("TargetLocations[0].Regions[1]", "eu-west-1"),
                ("TargetLocations[0].TargetLocationMaxConcurrency", "1"), ("TargetLocations[0].TargetLocationMaxErrors", "10%"),
                ("TargetLocations[0].ExecutionRoleName", "role"), ("TargetLocations[0].IncludeChildOrganizationUnits", "1"),
                ("TargetLocations[0].ExcludeAccounts", "444455556666"), ("TargetLocations[0].Targets[0].Key", "tag:a"),
                ("TargetLocations[0].Targets[0].Values", "b"), ("TargetLocations[0].TargetsMaxConcurrency", "2"), ("TargetLocations[0].TargetsMaxErrors", "3"),
                ("TargetLocations[0].TargetLocationAlarmConfiguration.Alarms[0].Name", "cpu"), ("TargetLocations[1].Accounts", "")),
        })
        {
            TargetLocation location = Assert.Single(Clean(input).TargetLocations!);
            Assert.Equal("111122223333,ou-1 in us-east-1,eu-west-1", location.ToString());
            Assert.Equal(("1", "10%", "role", true), (location.TargetLocationMaxConcurrency, location.TargetLocationMaxErrors, location.ExecutionRoleName, location.IncludeChildOrganizationUnits));
            Assert.Equal("444455556666", Assert.Single(location.ExcludeAccounts!));
            Assert.Equal("tag:a=b", Show(location.Targets));
            Assert.Equal(("2", "3", "cpu"), (location.TargetsMaxConcurrency, location.TargetsMaxErrors, location.TargetLocationAlarmConfiguration!.ToString()));
        }

        Assert.Equal("Input.WrongType", Issue(Table(("TargetLocations", "111122223333"))).RuleId);
    }

    [Fact]
    public void Dotted_columns_are_put_together()
    {
        AssociationEntry entry = Clean(Bag(
            ("Name", "a"), ("Targets[0].Key", "tag:Role"), ("Targets[0].Values", "web,db"), ("Targets.1.Key", "tag:Env"), ("Targets.1.Values.0", "prod"),
            ("Targets[2].Key", ""), ("Targets[2].Values", " "), ("Parameters.Operation", "Scan"), ("Parameters.commands[1]", "b"), ("Parameters.commands[0]", "a, a"),
            ("Parameters.Empty", ""), ("CalendarNames[0]", "one"), ("calendarnames[1]", "two")));
        Assert.Equal("tag:Role=web|db; tag:Env=prod", Show(entry.Targets));
        Assert.Equal("Operation=Scan; commands=a, a|b", Show(entry.Parameters));
        Assert.Equal(["one", "two"], entry.CalendarNames!.Select(c => c!));
        Assert.Equal("tag:v1.0=x|y", Show(Clean(Bag(("Targets.tag:v1.0", "x,y"))).Targets));
        Assert.Equal("a=b; c=d", Show(Clean(Bag(("Parameters", "a=b"), ("Parameters.c", "d"))).Parameters));
    }

    [Theory]
    [InlineData("Targets[x].Key", "Input.UnknownMember")]
    [InlineData("Targets[0", "Input.UnknownMember")]
    [InlineData("Targets.", "Input.UnknownMember")]
    [InlineData("Targets[99999].Key", "Input.UnknownMember")]
    [InlineData("Targets[-1].Key", "Input.UnknownMember")]
    [InlineData("AlarmConfiguration..Alarms", "Input.UnknownMember")]
    [InlineData("Targets[0]Key", "Input.UnknownMember")]
    [InlineData("Targets[0].Kye", "Input.UnknownMember")]
    [InlineData("Name.Part", "Input.WrongType")]
    [InlineData("Duration.Part", "Input.WrongType")]
    public void Columns_that_lead_nowhere_are_named(string column, string rule)
    {
        EntryIssue issue = Issue(Bag(("AssociationName", "a"), (column, "x")));
        Assert.Equal((rule, IssueSeverity.Error), (issue.RuleId, issue.Level));
        Assert.NotEqual("", issue.Path);
    }

    [Fact]
    public void Columns_that_contradict_each_other_are_named()
    {
        Assert.Equal("Input.DuplicateMember", Issue(Bag(("Targets[0].Key", "a"), ("Targets.0.Key", "b"), ("Targets[0].Values", "x"))).RuleId);
        Assert.Equal("Input.DuplicateMember", Issue(Bag(("CalendarNames[0]", "a"), ("CalendarNames[0].x", "b"))).RuleId);
        Assert.Equal("Input.DuplicateMember", Issue(Bag(("Targets", "tag:a=b"), ("Targets[0].Key", "tag:c"), ("Targets[0].Values", "d"))).RuleId);
        Assert.Equal("Input.TooDeep", Issue(Bag(("Name", "a"), ("AlarmConfiguration" + string.Concat(Enumerable.Repeat(".a", 5000)), "b"))).RuleId);
    }
}
