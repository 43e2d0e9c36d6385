using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using SsmAssociationTools.Tests.Validation;

namespace SsmAssociationTools.Tests.Content;

/// <summary>
/// The entries whose canonical content is pinned: the real ones, and random ones that are the same on every machine and in
/// every version of .NET.
/// </summary>
internal static class PinnedEntries
{
    private const int RandomCount = 300;

    private static readonly string?[] s_texts =
    [
        null, null, "", "a", "AWS-RunShellScript", "$DEFAULT", "$LATEST", "UNSPECIFIED", "HIGH", "AUTO", "MANUAL", "10%", "rate(1 day)", "\u00e4\u00f6\ud83d\ude00", "a\nb",
        "i-0123456789abcdef0", "s3-bucket", "x]y",
    ];

    private static readonly string[] s_keys = ["InstanceIds", "instanceids", "resource-groups:name", "tag:Role", "tag:Env", "aws:NoOpAutomationTag", "ParameterValues"];

    public static IReadOnlyList<KeyValuePair<string, AssociationEntry>> All()
    {
        var all = new List<KeyValuePair<string, AssociationEntry>>();
        int number = 0;
        foreach (string line in File.ReadLines(TestData.PathOf("real-entries.jsonl")))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            all.Add(new($"real {++number}", EntryJson.Read(document.RootElement.GetProperty("entry").GetRawText())));
        }

        ulong state = 20_261_128;
        for (number = 1; number <= RandomCount; number++)
        {
            all.Add(new($"random {number}", Entry(ref state)));
        }

        return all;
    }

    private static AssociationEntry Entry(ref ulong state) => new()
    {
        Name = Text(ref state),
        InstanceId = Next(ref state, 4) == 0 ? Text(ref state) : null,
        Parameters = Next(ref state, 2) == 0 ? Map(ref state, new ParameterMap()) : null,
        AutomationTargetParameterName = Text(ref state),
        DocumentVersion = Text(ref state),
        Targets = Next(ref state, 5) == 0 ? null : Targets(ref state),
        ScheduleExpression = Text(ref state),
        OutputLocation = Next(ref state, 2) == 0 ? null : new InstanceAssociationOutputLocation { S3Location = Next(ref state, 4) == 0 ? null : Location(ref state) },
        AssociationName = Text(ref state),
        MaxErrors = Text(ref state),
        MaxConcurrency = Text(ref state),
        ComplianceSeverity = Text(ref state),
        SyncCompliance = Text(ref state),
        ApplyOnlyAtCronInterval = Flag(ref state),
        CalendarNames = Texts(ref state),
        TargetLocations = Next(ref state, 3) == 0 ? Locations(ref state) : null,
        ScheduleOffset = Number(ref state),
        Duration = Number(ref state),
        TargetMaps = Next(ref state, 3) == 0 ? Maps(ref state) : null,
        AlarmConfiguration = Next(ref state, 3) == 0 ? AlarmOf(ref state) : null,
    };

    private static S3OutputLocation Location(ref ulong state) => new()
    {
        OutputS3Region = Text(ref state),
        OutputS3BucketName = Text(ref state),
        OutputS3KeyPrefix = Text(ref state),
    };

    private static AssociationTarget[] Targets(ref ulong state)
    {
        var targets = new AssociationTarget[Next(ref state, 4)];
        for (int i = 0; i < targets.Length; i++)
        {
            string key = s_keys[Next(ref state, s_keys.Length)];
            targets[i] = new AssociationTarget { Key = key, Values = key[0] == 'a' ? ["AWS-NoOpAutomationTarget-Value"] : Texts(ref state) };
        }

        return targets;
    }

    private static TargetLocation[] Locations(ref ulong state)
    {
        var locations = new TargetLocation[Next(ref state, 3)];
        for (int i = 0; i < locations.Length; i++)
        {
            locations[i] = new TargetLocation
            {
                Accounts = Texts(ref state),
                Regions = Texts(ref state),
                TargetLocationMaxConcurrency = Text(ref state),
                TargetLocationMaxErrors = Text(ref state),
                ExecutionRoleName = Text(ref state),
                TargetLocationAlarmConfiguration = Next(ref state, 2) == 0 ? AlarmOf(ref state) : null,
                IncludeChildOrganizationUnits = Flag(ref state),
                ExcludeAccounts = Texts(ref state),
                Targets = Targets(ref state),
                TargetsMaxConcurrency = Text(ref state),
                TargetsMaxErrors = Text(ref state),
            };
        }

        return locations;
    }

    private static TargetMap[] Maps(ref ulong state)
    {
        var maps = new TargetMap[Next(ref state, 3)];
        for (int i = 0; i < maps.Length; i++)
        {
            maps[i] = Map(ref state, new TargetMap());
        }

        return maps;
    }

    private static AlarmConfiguration AlarmOf(ref ulong state)
    {
        var alarms = new Alarm[Next(ref state, 3)];
        for (int i = 0; i < alarms.Length; i++)
        {
            alarms[i] = new Alarm { Name = Text(ref state) };
        }

        return new AlarmConfiguration { Alarms = Next(ref state, 5) == 0 ? null : alarms, IgnorePollAlarmFailure = Flag(ref state) };
    }

    private static TMap Map<TMap>(ref ulong state, TMap map)
        where TMap : Dictionary<string, string?[]?>
    {
        int count = Next(ref state, 4);
        for (int i = 0; i < count; i++)
        {
            map["p" + Next(ref state, 6)] = Texts(ref state);
        }

        return map;
    }

    private static string?[]? Texts(ref ulong state)
    {
        int count = Next(ref state, 5);
        if (count == 4)
        {
            return null;
        }

        var texts = new List<string?>();
        for (int i = 0; i < count; i++)
        {
            texts.Add(Text(ref state) ?? "b");
        }

        return texts.ToArray();
    }

    private static string? Text(ref ulong state) => s_texts[Next(ref state, s_texts.Length)];

    private static bool? Flag(ref ulong state) => Next(ref state, 3) switch { 0 => null, 1 => false, _ => true };

    private static int? Number(ref ulong state) => Next(ref state, 3) == 0 ? Next(ref state, 30) : null;

    /// <summary>A generator of its own: the one of .NET may change.</summary>
    private static int Next(ref ulong state, int count)
    {
        state = (state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;
        return (int)((state >> 33) % (ulong)count);
    }
}
