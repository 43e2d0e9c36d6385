using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using SsmAssociationTools.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Validation;

/// <summary>Entries made of anything at all: the validator answers, and its answer makes sense.</summary>
public sealed class RandomEntryTests
{
    private static readonly string[] s_texts =
    [
        "", " ", "*", "a", "abc", "0", "5%", "101%", "$LATEST", "7", "AWS-RunShellScript", "AWS-StopEC2Instance", "AWS-StartSSHSession",
        "arn:aws:ssm:eu-west-1:123456789012:document/Mine", "arn:", "arn:aws:ssm:::document/", "i-01234567", "i-", "mi-0123456789abcdef0",
        "rate(1 day)", "rate(", "cron(0 2 ? * SUN#2 *)", "at(2020-01-01T00:00:00)", "HIGH", "MANUAL", "InstanceId", "tag:", "TAG:a", "tag:a+b",
        "InstanceIds", "ParameterValues", "AWS::EC2::Instance", "resource-groups:Name", "aws:NoOpAutomationTag", "WindowTargetIds",
        "\ud83d\ude00", "a\nb", new string('x', 300),
    ];

    private static readonly Gen<string?> s_text = Gen.Frequency<string?>(
        (2, Gen.Const((string?)null)),
        (8, Gen.Int[0, s_texts.Length - 1].Select(static i => (string?)s_texts[i])),
        (1, Gen.String.Select(static s => (string?)s)));

    private static readonly Gen<string?[]?> s_list = Gen.Frequency<string?[]?>((1, Gen.Const((string?[]?)null)), (4, s_text.Array[0, 4].Select(static a => (string?[]?)a)));

    private static readonly Gen<AssociationTarget> s_target = Gen.Frequency(
        (1, Gen.Const((AssociationTarget)null!)),
        (9, Gen.Select(s_text, s_list, static (key, values) => new AssociationTarget { Key = key, Values = values })));

    private static readonly Gen<AssociationTarget[]?> s_targets =
        Gen.Frequency<AssociationTarget[]?>((1, Gen.Const((AssociationTarget[]?)null)), (3, s_target.Array[0, 3].Select(static a => (AssociationTarget[]?)a)));

    private static readonly Gen<AlarmConfiguration?> s_alarm = Gen.Frequency<AlarmConfiguration?>(
        (3, Gen.Const((AlarmConfiguration?)null)),
        (1, s_list.Select(static names => (AlarmConfiguration?)new AlarmConfiguration { Alarms = names?.Select(n => n is null ? null! : new Alarm { Name = n }).ToArray() })));

    private static readonly Gen<TargetLocation[]?> s_locations = Gen.Frequency<TargetLocation[]?>(
        (3, Gen.Const((TargetLocation[]?)null)),
        (1, Gen.Select(s_list, s_targets, s_alarm, s_text, static (list, targets, alarm, text) => text == " " ? null! : new TargetLocation
        {
            Accounts = list,
            Regions = list,
            ExcludeAccounts = list,
            Targets = targets,
            TargetLocationAlarmConfiguration = alarm,
            ExecutionRoleName = text,
            TargetsMaxErrors = text,
            IncludeChildOrganizationUnits = targets is null,
        }).Array[0, 2].Select(static a => (TargetLocation[]?)a)));

    private static readonly Gen<AssociationEntry> s_entry =
        Gen.Select(s_text.Array[12], s_targets, s_locations, s_alarm, s_list, Gen.Int[-1, 30], static (texts, targets, locations, alarm, list, number) => new AssociationEntry
        {
            Name = texts[0],
            InstanceId = texts[1],
            AutomationTargetParameterName = texts[2],
            DocumentVersion = texts[3],
            ScheduleExpression = texts[4],
            AssociationName = texts[5],
            MaxErrors = texts[6],
            MaxConcurrency = texts[7],
            ComplianceSeverity = texts[8],
            SyncCompliance = texts[9],
            OutputLocation = texts[10] is null ? null : new InstanceAssociationOutputLocation { S3Location = texts[10]!.Length == 0 ? null : new S3OutputLocation { OutputS3BucketName = texts[10] } },
            Parameters = list is null ? null : Fill(new ParameterMap(), list),
            TargetMaps = list is null ? null : [Fill(new TargetMap(), list), null!],
            CalendarNames = list,
            Targets = targets,
            TargetLocations = locations,
            AlarmConfiguration = alarm,
            ApplyOnlyAtCronInterval = number % 3 == 0 ? null : number % 3 == 1,
            ScheduleOffset = number % 2 == 0 ? number : null,
            Duration = number % 5 == 0 ? number : null,
        });

    [Fact]
    public void Any_entry_gets_an_answer_in_the_order_of_its_members()
    {
        string[] members = FieldConstraints.Entry.Select(f => f.Member.Name).ToArray();
        var severities = RuleCatalog.All.ToDictionary(r => r.Id);
        s_entry.Sample(
            entry =>
            {
                EntryIssue[] issues = EntryJson.Check(entry, "us-east-1");
                int[] places = issues.Select(i => Array.IndexOf(members, i.Path.Split('.', '[')[0])).ToArray();
                Assert.DoesNotContain(-1, places);
                Assert.Equal(places.Order(), places);
                Assert.All(issues, i => Assert.True(i.Level == severities[i.RuleId].Severity || severities[i.RuleId].WarningWhen is not null, i.ToString()));
                Assert.All(issues, i => Assert.DoesNotContain(i.Message, char.IsControl));
            },
            iter: 20_000,
            threads: 1);
    }

    [Fact]
    public void The_same_entry_gets_the_same_answer_twice() => s_entry.Sample(
        entry => Assert.Equal(EntryJson.Check(entry).Select(i => i.ToString()), EntryJson.Check(entry).Select(i => i.ToString())),
        iter: 2_000,
        threads: 1);

    private static TMap Fill<TMap>(TMap map, string?[] list)
        where TMap : Dictionary<string, string?[]?>
    {
        foreach (string? key in list)
        {
            map[key ?? "commands"] = key is null ? null : list;
        }

        return map;
    }
}
