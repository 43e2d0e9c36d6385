using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using SsmAssociationTools.Files;
using SsmAssociationTools.Tests.Input;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

/// <summary>What is exported imports to the same entries.</summary>
public class FileRoundTripTests
{
    private static readonly string[] s_hostile =
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "#comment", "true", "false", "null", "~", "0123", "1e5", "[]", "{}", "[1", "{\"a\":1}", "\"", "\"\"", "'",
        "a;b", "a=b", "a,b", "; ", "x\r\ny", "x\ny", "x\ry", "\u00fc\u20ac\ud83d\ude00", "s3://a/b", "// x", "/* x", "\\", "\\n", "${x}", "!Ref x", "\t|", "\0x", "\u2028x", "yes", "No", "on", "010", "1_000", "1.10", "12:30", "2010-09-09", "%{ if x }", "$${x}", "$$$", "a: b", "a #b", "- a", "? a", "&a", "*a", "|", ">", "x\n\n", " x\n y\n", "x\n  y\n\nz\n", "x\n \ny", "x\u0085y", "x\ufeffy", "{{x}}", "EOT\n", "<<EOT", "Key=a,Values=b",
    ];

    private static readonly Gen<string> s_text = Gen.Int[0, s_hostile.Length - 1].Select(i => s_hostile[i]);

    /// <summary>Values of lists and parameters are taken with the white space around them, and may be empty.</summary>
    private static readonly Gen<string> s_value = Gen.OneOf(s_text, s_text.Select(t => " " + t + "\t"), Gen.Int[0, 1].Select(i => i == 0 ? "" : " "));

    /// <summary>Entries of all kinds, with values that one format or another could take for something else.</summary>
    internal static readonly Gen<AssociationEntry> s_entry = Gen.Select(
        RoundTripTests.Entries,
        Gen.Select(s_text.Null(), s_text.Null(), s_value.Array[1, 3], s_value.Array[1, 3]),
        Gen.Select(s_text.Null(), s_text.Null()),
        Gen.Select(s_text.Null(), s_text.Null(), Gen.Int[0, 2]),
        (entry, parts, output, region) =>
        {
            string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
            entry.AssociationName = Trimmed(parts.Item1) ?? entry.AssociationName;
            entry.InstanceId = Trimmed(parts.Item2);
            if (parts.Item1 is not null)
            {
                entry.Parameters = new ParameterMap { [parts.Item1] = parts.Item3, ["p"] = parts.Item4 };
                entry.CalendarNames = parts.Item4;
                entry.Targets = [new AssociationTarget { Key = Trimmed(parts.Item1), Values = parts.Item3 }];
            }

            if (output.Item1 is not null)
            {
                entry.OutputLocation = new InstanceAssociationOutputLocation
                {
                    S3Location = new S3OutputLocation { OutputS3BucketName = Trimmed(output.Item1), OutputS3KeyPrefix = Trimmed(output.Item2), OutputS3Region = Trimmed(region.Item1) },
                };
            }

            entry.SyncCompliance = region.Item3 == 0 ? "MANUAL" : null;
            entry.AutomationTargetParameterName = Trimmed(region.Item2);
            entry.Region = region.Item3 == 1 ? "eu-north-1" : null;
            return entry;
        });

    private static readonly FileWriteOptions[] s_options =
    [
        new() { Format = EntryFileFormat.Csv },
        new() { Format = EntryFileFormat.Csv, Delimiter = ';', Encoding = EntryFileEncoding.Utf8Bom },
        new() { Format = EntryFileFormat.Csv, Delimiter = '\t', Encoding = EntryFileEncoding.Unicode },
        new() { Format = EntryFileFormat.Csv, Delimiter = '|' },
        new() { Format = EntryFileFormat.Json },
        new() { Format = EntryFileFormat.Json, Encoding = EntryFileEncoding.BigEndianUnicode },
        new() { Format = EntryFileFormat.Jsonl },
        new() { Format = EntryFileFormat.Yaml },
    ];

    [Fact]
    public void What_is_exported_imports_to_the_same_entries()
    {
        s_entry.Array[1, 4].Sample(
            entries =>
            {
                string[] expected = [.. entries.Select(FileText.ContentOf)];
                foreach (FileWriteOptions options in s_options)
                {
                    byte[] file = FileText.Export(entries, options);
                    IReadOnlyList<ImportedEntry> imported = FileText.Import(file, options.Format, options.Delimiter == '|' ? '|' : null);
                    Assert.Equal(string.Empty, string.Join("\n", imported.SelectMany(item => item.Errors)));
                    Assert.Equal(expected, imported.Select(item => FileText.ContentOf(item.Entry!)));
                }
            },
            iter: 500);
    }

    [Fact]
    public void What_is_appended_imports_after_what_was_there()
    {
        s_entry.Array[2, 4].Sample(
            entries =>
            {
                string[] expected = [.. entries.Concat(entries.Skip(1)).Select(FileText.ContentOf)];
                foreach (FileWriteOptions options in s_options.Where(options => options.Format is EntryFileFormat.Csv or EntryFileFormat.Jsonl && options.Delimiter != '|'))
                {
                    byte[] first = FileText.Export(entries, options);
                    byte[] both = FileText.Export(entries.Skip(1), new FileWriteOptions { Format = options.Format, IsAppended = true }, first);
                    Assert.Equal(first, both.Take(first.Length));
                    Assert.Equal(expected, FileText.Import(both, options.Format).Select(item => FileText.ContentOf(item.Entry!)));
                }
            },
            iter: 100);
    }

    [Fact]
    public void The_document_of_the_AWS_CLI_holds_the_entries_without_their_Region()
    {
        s_entry.Sample(
            entry =>
            {
                byte[] file = FileText.Export([entry], new FileWriteOptions { Format = EntryFileFormat.Json, Shape = EntryDocumentShape.Entries });
                entry.Region = null;
                Assert.Equal(FileText.ContentOf(entry), FileText.ContentOf(Assert.Single(FileText.Import(file, EntryFileFormat.Json)).Entry!));
            },
            iter: 100);
    }

    [Fact]
    public void Simple_entries_are_written_as_people_write_them()
    {
        var entry = new AssociationEntry
        {
            Name = "AWS-RunPatchBaseline",
            Targets = [new AssociationTarget { Key = "tag:Role", Values = ["web", "db"] }, new AssociationTarget { Key = "tag:Env", Values = ["prod"] }],
            Parameters = new ParameterMap { ["Operation"] = ["Scan"], ["commands"] = ["cd /tmp; ls", "echo a,b"] },
            ApplyOnlyAtCronInterval = true,
            ScheduleOffset = 2,
            OutputLocation = new InstanceAssociationOutputLocation { S3Location = new S3OutputLocation { OutputS3BucketName = "logs", OutputS3KeyPrefix = "web" } },
            AlarmConfiguration = new AlarmConfiguration { Alarms = [new Alarm { Name = "cpu" }] },
            CalendarNames = ["a", "b"],
        };
        var second = new AssociationEntry { Name = "x", TargetMaps = [new TargetMap { ["InstanceId"] = ["i-1"] }] };

        string text = Encoding.UTF8.GetString(FileText.Export([entry, second], new FileWriteOptions { Format = EntryFileFormat.Csv }));

        Assert.Equal(
            "Name,Targets,TargetMaps,Parameters,ScheduleOffset,ApplyOnlyAtCronInterval,CalendarNames,OutputLocation,AlarmConfiguration\n"
            + "AWS-RunPatchBaseline,\"tag:Role=web,db; tag:Env=prod\",,\"Operation=Scan; commands=\"\"cd /tmp; ls\"\"; commands=echo a,b\",2,true,\"a,b\",s3://logs/web,cpu\n"
            + "x,,\"[{\"\"InstanceId\"\":[\"\"i-1\"\"]}]\",,,,,,\n",
            text);
    }

    [Fact]
    public void No_entries_make_a_file_without_entries()
    {
        Assert.Equal("Name\n", Encoding.UTF8.GetString(FileText.Export([], new FileWriteOptions { Format = EntryFileFormat.Csv })));
        Assert.Equal("[]\n", Encoding.UTF8.GetString(FileText.Export([], new FileWriteOptions { Format = EntryFileFormat.Json })));
        Assert.Empty(FileText.Export([], new FileWriteOptions { Format = EntryFileFormat.Jsonl }));
        Assert.Empty(FileText.Entries("{\"Entries\": []}", EntryFileFormat.Json));
    }

    [Theory]
    [InlineData("Name\nx", "Name\nx\nfirst\n")]
    [InlineData("Name\r\nx\r\n", "Name\r\nx\r\nfirst\n")]
    [InlineData("# c\nDocumentName;MaxErrors\nx;1\n", "# c\nDocumentName;MaxErrors\nx;1\nfirst;\n")]
    [InlineData("", "Name\nfirst\n")]
    public void Appending_keeps_the_heading_and_the_delimiter_and_ends_the_last_line(string old, string expected) => Assert.Equal(
        expected,
        Encoding.UTF8.GetString(FileText.Export([new AssociationEntry { Name = "first" }], new FileWriteOptions { Format = EntryFileFormat.Csv, IsAppended = true }, Encoding.UTF8.GetBytes(old))));

    [Fact]
    public void Appending_needs_a_column_for_every_member()
    {
        FileFormatException error = Assert.Throws<FileFormatException>(() => FileText.Export(
            [new AssociationEntry { Name = "x", MaxErrors = "1" }],
            new FileWriteOptions { Format = EntryFileFormat.Csv, IsAppended = true },
            Encoding.UTF8.GetBytes("Name,Targets\n")));

        Assert.Contains("MaxErrors", error.Message, StringComparison.Ordinal);
    }
}
