using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using CsCheck;
using SsmAssociationTools.Content;
using SsmAssociationTools.Input;
using SsmAssociationTools.Tests.Json;
using Xunit;

using static SsmAssociationTools.Tests.Input.Reading;

namespace SsmAssociationTools.Tests.Input;

/// <summary>An entry says the same in every notation, and no object is too strange to be read.</summary>
public class RoundTripTests
{
    private static readonly Gen<string> s_anyText = Gen.String[Gen.Char, 0, 12].Select(JsonTextTests.WellFormed);

    private static readonly Gen<string> s_text = Gen.OneOf(
            Gen.String[Gen.Char["abcXYZ019 ,;=\"'{}[]:.%$*-_/\\\u00e9\n"], 1, 12],
            s_anyText)
        .Select(t => t.Trim())
        .Select(t => t.Length == 0 ? "x" : t);

    private static readonly Gen<string[]> s_values = Gen.OneOf(s_text, s_anyText).Array[1, 4];

    private static readonly Gen<AssociationTarget> s_target =
        Gen.Select(s_text, s_values, (key, values) => new AssociationTarget { Key = key, Values = values });

    private static readonly Gen<Dictionary<string, string[]>> s_map = Gen.Dictionary(s_text, s_values)[1, 4]
        .Select(m => m.GroupBy(p => p.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Value));

    private static readonly Gen<AlarmConfiguration> s_alarm = Gen.Select(
        s_text, Gen.Bool.Nullable(), (name, ignore) => new AlarmConfiguration { Alarms = [new Alarm { Name = name }], IgnorePollAlarmFailure = ignore });

    private static readonly Gen<TargetLocation> s_location = Gen.Select(
        s_text.Array[1, 3],
        s_text.Array[1, 3],
        Gen.Select(s_text.Null(), s_text.Null(), s_text.Null()),
        Gen.Select(s_alarm.Null(), Gen.Bool.Nullable(), s_target.Array[1, 2].Null()),
        (accounts, regions, texts, parts) => new TargetLocation
        {
            Accounts = accounts,
            Regions = regions,
            TargetLocationMaxConcurrency = texts.Item1,
            ExecutionRoleName = texts.Item2,
            TargetsMaxErrors = texts.Item3,
            TargetLocationAlarmConfiguration = parts.Item1,
            IncludeChildOrganizationUnits = parts.Item2,
            Targets = parts.Item3,
        });

    private static readonly Gen<AssociationEntry> s_entry = Gen.Select(
        Gen.Select(s_text.Null(), s_text.Null(), s_text.Null(), s_text.Null(), s_text.Null()),
        Gen.Select(s_target.Array[1, 4].Null(), s_map.Null(), s_map.Array[1, 3].Null(), s_location.Array[1, 3].Null()),
        Gen.Select(Gen.Bool.Nullable(), Gen.Int.Nullable(), OneOf("HIGH", "LOW", "CRITICAL").Null(), s_text.Array[1, 3].Null()),
        Gen.Select(s_text, s_text.Null(), s_text.Null(), s_alarm.Null()),
        (texts, parts, values, output) => new AssociationEntry
        {
            Name = output.Item1,
            AssociationName = texts.Item1,
            ScheduleExpression = texts.Item2,
            MaxErrors = texts.Item3,
            MaxConcurrency = texts.Item4,
            DocumentVersion = texts.Item5,
            Targets = parts.Item1,
            Parameters = parts.Item2 is null ? null : Fill(new ParameterMap(), parts.Item2),
            TargetMaps = parts.Item3?.Select(m => Fill(new TargetMap(), m)).ToArray(),
            TargetLocations = parts.Item4,
            ApplyOnlyAtCronInterval = values.Item1,
            Duration = values.Item2,
            ScheduleOffset = values.Item2,
            ComplianceSeverity = values.Item3,
            CalendarNames = values.Item4,
            OutputLocation = output.Item2 is null ? null : new InstanceAssociationOutputLocation
            {
                S3Location = new S3OutputLocation { OutputS3BucketName = output.Item2, OutputS3KeyPrefix = output.Item3 },
            },
            AlarmConfiguration = output.Item4,
        });

    /// <summary>Entries with hostile texts in every member.</summary>
    internal static Gen<AssociationEntry> Entries => s_entry;

    [Fact]
    public void An_entry_written_in_any_notation_reads_back_with_the_same_content()
    {
        s_entry.Sample(
            entry =>
            {
                string expected = ContentOf(entry);
                Assert.Equal(expected, ContentOf(Clean(TableOf(entry))));
                Assert.Equal(expected, ContentOf(Clean(BagOf(entry))));
                Assert.Equal(expected, ContentOf(Clean(JsonOf(entry))));
                Assert.Equal(expected, ContentOf(Clean(RowOf(entry))));
            },
            iter: 1_000);
    }

    [Fact]
    public void No_object_is_too_strange_to_be_read()
    {
        Gen<object?> graph = Graph(4);
        graph.Sample(
            input =>
            {
                Reading reading = Of(input);
                Assert.DoesNotContain(reading.Issues, i => i.RuleId == "Input.Unreadable");
                Assert.True(reading.Entry is not null || reading.Issues.Any(i => i.Level == IssueSeverity.Error));
                if (reading.Entry is not null)
                {
                    ContentOf(reading.Entry);
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void Nothing_under_parameters_shows_in_an_issue()
    {
        Gen<object?> leaf = Gen.OneOf(
            OneOf<object?>("hush", "x=hush", "hush; hush", "{\"a\":\"hush\"", "[\"hush\"", "{\"a\":{\"b\":\"hush\"}}", "\"hush", new Version(1, 2), null, "[[{\"Key\":3,\"Value\":\"hush\"}]]"));
        Gen<object?> values = Gen.OneOf(
            leaf,
            leaf.Array[0, 3].Select(a => (object?)a),
            leaf.Select(v => (object?)Table(("p", v))),
            leaf.Select(v => (object?)Bag(("p", v), ("q", Table(("r", v))))),
            leaf.Array[0, 3].Select(a => (object?)new object[] { Table(("Key", a), ("Value", a)), a }));
        Gen.Select(OneOf("Parameters", "Parameter", "Paramters", "Parameters.x", "Parameters[0]", "parameters.x[2]"), values, values).Sample(
            (name, first, second) => Assert.All(
                Of(Bag(("Name", "a"), (name, first), ("Parameters.Operation", second))).Issues,
                i => Assert.DoesNotContain("hush", i.ToString() + i.Value, StringComparison.Ordinal)),
            iter: 5_000);
    }

    private static Gen<object?> Graph(int depth)
    {
        string[] names =
        [
            "Name", "Targets", "Target", "Parameters", "TargetMaps", "TargetLocations", "AlarmConfiguration", "Alarms", "OutputLocation", "S3",
            "S3Location", "CalendarNames", "Duration", "ApplyOnlyAtCronInterval", "Key", "Values", "Value", "Entry", "Entries", "InputObject",
            "Targets[0].Key", "Targets[0]", "Targets.x", "Parameters.x", "TargetMaps[1].a.b", "AlarmConfiguration.Alarms[0].Name", "Accounts",
            "AssociationId", "Date", "Tags", "Region", "S3.Bucket", "Nmae", "x",
        ];
        Gen<object?> leaf = Gen.OneOf(
            OneOf<object?>(null, "", " ", "x", 1, 1.5, true, "tag:a=b", "a=b;c", "{\"Name\":1}", "[[]]", "[{\"Key\":[[]]}]", "\"", "=", ";", DateTime.UnixEpoch),
            s_text.Select(t => (object?)t));
        if (depth == 0)
        {
            return leaf;
        }

        Gen<object?> inner = Graph(depth - 1);
        Gen<(string, object?)[]> members = Gen.Select(OneOf(names), inner).Array[0, 5]
            .Select(m => m.GroupBy(p => p.Item1, StringComparer.OrdinalIgnoreCase).Select(g => g.First()).ToArray());
        return Gen.OneOf(
            leaf,
            inner.Array[0, 3].Select(a => (object?)a),
            inner.Array[0, 3].Select(a => (object?)PSObject.AsPSObject(new ArrayList(a))),
            members.Select(m => (object?)Table(m)),
            members.Select(m => (object?)Bag(m)),
            members.Select(m => (object?)m.ToDictionary(p => p.Item1, p => p.Item2)),
            members.Select(m => (object?)JsonSerializer.Serialize(m.Where(p => p.Item2 is string or int or null).ToDictionary(p => p.Item1, p => p.Item2))));
    }

    private static T Fill<T>(T map, Dictionary<string, string[]> values)
        where T : Dictionary<string, string?[]?>
    {
        foreach (KeyValuePair<string, string[]> pair in values)
        {
            map.Add(pair.Key, pair.Value);
        }

        return map;
    }

    private static string ContentOf(AssociationEntry entry)
    {
        using var content = new CanonicalContent();
        return Convert.ToHexString(content.BytesOf(entry));
    }

    /// <summary>Named values, nested, with arrays: what each notation is written from. Absent members are left out.</summary>
    private static List<(string Name, object? Value)> Members(AssociationEntry entry, Func<IEnumerable<(string, object?)>, object> make)
    {
        object Target(AssociationTarget t) => make([("Key", t.Key), ("Values", t.Values)]);
        object Alarm(AlarmConfiguration a) => make([
            ("Alarms", a.Alarms!.Select(x => make([("Name", x.Name)])).ToArray()), ("IgnorePollAlarmFailure", a.IgnorePollAlarmFailure)]);
        object Map(Dictionary<string, string?[]?> m) => make(m.Select(p => (p.Key, (object?)p.Value)));
        var members = new List<(string, object?)>
        {
            ("Name", entry.Name),
            ("AssociationName", entry.AssociationName),
            ("ScheduleExpression", entry.ScheduleExpression),
            ("MaxErrors", entry.MaxErrors),
            ("MaxConcurrency", entry.MaxConcurrency),
            ("DocumentVersion", entry.DocumentVersion),
            ("Targets", entry.Targets?.Select(Target).ToArray()),
            ("Parameters", entry.Parameters is null ? null : Map(entry.Parameters)),
            ("TargetMaps", entry.TargetMaps?.Select(Map).ToArray()),
            ("TargetLocations", entry.TargetLocations?.Select(l => make([
                ("Accounts", l.Accounts), ("Regions", l.Regions), ("TargetLocationMaxConcurrency", l.TargetLocationMaxConcurrency),
                ("ExecutionRoleName", l.ExecutionRoleName), ("TargetsMaxErrors", l.TargetsMaxErrors),
                ("TargetLocationAlarmConfiguration", l.TargetLocationAlarmConfiguration is null ? null : Alarm(l.TargetLocationAlarmConfiguration)),
                ("IncludeChildOrganizationUnits", l.IncludeChildOrganizationUnits), ("Targets", l.Targets?.Select(Target).ToArray())])).ToArray()),
            ("ApplyOnlyAtCronInterval", entry.ApplyOnlyAtCronInterval),
            ("Duration", entry.Duration),
            ("ScheduleOffset", entry.ScheduleOffset),
            ("ComplianceSeverity", entry.ComplianceSeverity),
            ("CalendarNames", entry.CalendarNames),
            ("OutputLocation", entry.OutputLocation is null ? null : make([("S3Location", make([
                ("OutputS3BucketName", entry.OutputLocation.S3Location!.OutputS3BucketName),
                ("OutputS3KeyPrefix", entry.OutputLocation.S3Location.OutputS3KeyPrefix)]))])),
            ("AlarmConfiguration", entry.AlarmConfiguration is null ? null : Alarm(entry.AlarmConfiguration)),
        };
        return members;
    }

    private static object TableOf(AssociationEntry entry)
    {
        static object Make(IEnumerable<(string, object?)> members)
        {
            var table = new Hashtable(StringComparer.Ordinal);
            foreach ((string name, object? value) in members)
            {
                table.Add(name, value);
            }

            return table;
        }

        return Make(Members(entry, Make));
    }

    private static PSObject BagOf(AssociationEntry entry)
    {
        static object Make(IEnumerable<(string, object?)> members) =>
            Bag(members.Select(m => (m.Item1, m.Item2 is string text ? PSObject.AsPSObject(text) : m.Item2)).ToArray());
        return (PSObject)Make(Members(entry, Make));
    }

    private static string JsonOf(AssociationEntry entry) => JsonSerializer.Serialize(JsonShape(entry));

    private static object JsonShape(AssociationEntry entry)
    {
        static object Make(IEnumerable<(string, object?)> members) => members.ToDictionary(m => m.Item1, m => m.Item2);
        return Make(Members(entry, Make));
    }

    private static PSObject RowOf(AssociationEntry entry)
    {
        static string Quote(string? text) => "\"" + text!.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        static string? Cell(string? text) => text is null ? null : SafeCell.Of(text);
        static string List(string?[] texts) => string.Join(",", texts.Select(Quote));
        var json = (Dictionary<string, object?>)JsonShape(entry);
        string? Json(string name) => json[name] is object value ? JsonSerializer.Serialize(value) : "";
        AlarmConfiguration? alarm = entry.AlarmConfiguration;
        S3OutputLocation? s3 = entry.OutputLocation?.S3Location;
        return Bag(
            ("name", "  " + entry.Name),
            ("associationname", Cell(entry.AssociationName)),
            ("ScheduleExpression", Cell(entry.ScheduleExpression) + " "),
            ("MaxError", Cell(entry.MaxErrors)),
            ("MaxConcurrency", Cell(entry.MaxConcurrency)),
            ("DocumentVersion", Cell(entry.DocumentVersion)),
            ("Targets", entry.Targets is null ? "" : string.Join(" ; ", entry.Targets.Select(t => Quote(t.Key) + " = " + List(t.Values!)))),
            ("Parameters", entry.Parameters is null ? "" : string.Join(";", entry.Parameters.SelectMany(p => p.Value!.Select(v => Quote(p.Key) + "=" + Quote(v))))),
            ("TargetMaps", Json("TargetMaps")),
            ("TargetLocations", Json("TargetLocations")),
            ("ApplyOnlyAtCronInterval", entry.ApplyOnlyAtCronInterval is bool apply ? apply ? "Yes" : "0" : ""),
            ("Duration", entry.Duration?.ToString(CultureInfo.InvariantCulture)),
            ("ScheduleOffset", entry.ScheduleOffset?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ("ComplianceSeverity", entry.ComplianceSeverity is { } severity ? char.ToLowerInvariant(severity[0]) + severity[1..] : " "),
            ("CalendarNames", entry.CalendarNames is null ? "" : List(entry.CalendarNames)),
            ("OutputLocation.S3Location.OutputS3BucketName", s3?.OutputS3BucketName),
            ("S3Prefix", Cell(s3?.OutputS3KeyPrefix) ?? ""),
            ("AlarmConfiguration.Alarms[0].Name", alarm?.Alarms![0].Name),
            ("AlarmConfiguration.IgnorePollAlarmFailure", alarm?.IgnorePollAlarmFailure?.ToString()));
    }

    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);
}
