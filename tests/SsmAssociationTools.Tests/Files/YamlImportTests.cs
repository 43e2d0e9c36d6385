using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Files;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

public class YamlImportTests
{
    [Fact]
    public void A_parameter_called_Ref_outside_of_a_template_is_one() =>
        Assert.Equal((string?[])["x"], Assert.Single(FileText.Entries("{\"Name\":\"a\",\"Parameters\":{\"Ref\":[\"x\"]}}", EntryFileFormat.Json)).Parameters!["Ref"]!);

    [Fact]
    public void A_list_of_entries_is_read_with_anchors_and_merge_keys()
    {
        const string Text = """
            - &base
              Name: AWS-RunPatchBaseline
              Targets: tag:Role=web
              Parameters: { Operation: Scan, Empty: "", Null: ~, Yes: yes, Flag: True, Text: "true", Number: 0123 }
            - <<: *base
              Name: other
              AssociationName: "second"
            - Name: third
              Targets:
                - Key: tag:Env
                  Values: &values [prod, '8']
                - { Key: tag:Tier, Values: *values }
              Parameters:
                commands: |
                  line 1
                  line 2
            """;

        IReadOnlyList<AssociationEntry> entries = FileText.Entries(Text, EntryFileFormat.Yaml);

        Assert.Equal(["AWS-RunPatchBaseline f:1", "other f:5", "third f:8"], entries.Select(entry => $"{entry.Name} {entry.Source}"));
        Assert.Equal("Operation=Scan Empty= Yes=yes Flag=true Text=true Number=0123", string.Join(" ", entries[0].Parameters!.Select(pair => pair.Key + "=" + pair.Value![0])));
        Assert.Equal("tag:Role=web", entries[1].Targets![0].ToString());
        Assert.Equal("tag:Tier=prod,8", entries[2].Targets![1].ToString());
        Assert.Equal("line 1\nline 2", entries[2].Parameters!["commands"]![0]);
    }

    [Theory]
    [InlineData("Name: x\nTargets: InstanceIds=*\n---\nName: y\n", "x,y")]
    [InlineData("Entries:\n- Name: x\n- Name: y\n", "x,y")]
    [InlineData("{\"Entries\": [{\"Name\": \"x\"}]}", "x")]
    [InlineData("# nothing\n", "")]
    public void Documents_of_all_shapes_are_read(string text, string names) =>
        Assert.Equal(names, string.Join(",", FileText.Entries(text, EntryFileFormat.Yaml).Select(entry => entry.Name)));

    [Fact]
    public void A_tag_in_a_plain_entry_is_named() =>
        Assert.StartsWith("Name: !Sub (line 1)", FileText.Import("- Name: !Sub x\n", EntryFileFormat.Yaml)[0].Errors[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("Name: a\n  Targets: b\n", 2, "no YAML")]
    [InlineData("- Name: 'a\n", 1, "no YAML")]
    [InlineData("Name: a\nName: b\n", 2, "second time")]
    [InlineData("Name: *unknown\n", 1, "anchor")]
    [InlineData("Resources:\n  A:\n    Type: AWS::S3::Bucket\n", 2, "no resource")]
    [InlineData("AWSTemplateFormatVersion: x\n", 1, "without a section Resources")]
    [InlineData("a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\n", 7, "1,000,000")]
    public void A_file_that_is_broken_as_a_whole_ends_with_its_line(string text, long line, string expected)
    {
        FileFormatException error = FileText.Broken(text, EntryFileFormat.Yaml);

        Assert.Equal(line, error.Line);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
