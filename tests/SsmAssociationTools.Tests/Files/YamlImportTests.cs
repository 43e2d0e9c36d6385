using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Files;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

public class YamlImportTests
{
    private const string Template = """
        AWSTemplateFormatVersion: '2010-09-09'
        Parameters:
          Bucket: { Type: String }
        Conditions:
          IsProd: !Equals [!Ref Env, prod]
        Resources:
          Logs:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: !Sub '${Bucket}-logs'
          PatchWeb:
            Type: AWS::SSM::Association
            Condition: IsProd
            Properties:
              Name: AWS-RunPatchBaseline
              AssociationName: patch-web
              WaitForSuccessTimeoutSeconds: 300
              ApplyOnlyAtCronInterval: true
              ScheduleExpression: cron(0 2 ? * SUN *)
              MaxErrors: 5
              Targets:
                - Key: tag:Role
                  Values: [web, db]
              Parameters:
                Operation: [Scan]
              OutputLocation:
                S3Location:
                  OutputS3BucketName: patch-logs
                  OutputS3KeyPrefix: web
          Agent:
            Type: AWS::SSM::Association
            Properties:
              Name: AWS-UpdateSSMAgent
              Targets:
                - Key: InstanceIds
                  Values:
                    - !Ref Instance
              OutputLocation:
                S3Location: { OutputS3BucketName: { 'Fn::Sub': '${Bucket}' } }
              MaxErrors: x y z
              Duration: 1.5
        """;

    [Fact]
    public void A_template_gives_its_associations_and_names_what_only_CloudFormation_knows()
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import(Template, EntryFileFormat.Yaml);

        Assert.Equal(2, imported.Count);
        AssociationEntry entry = imported[0].Entry!;
        Assert.Equal("patch-web", entry.AssociationName);
        Assert.Equal("f:12", entry.Source);
        Assert.Equal("tag:Role=web,db", Assert.Single(entry.Targets!).ToString());
        Assert.Equal("patch-logs", entry.OutputLocation!.S3Location!.OutputS3BucketName);
        Assert.Equal("web", entry.OutputLocation.S3Location.OutputS3KeyPrefix);
        Assert.True(entry.ApplyOnlyAtCronInterval);
        Assert.Equal("5", entry.MaxErrors);
        Assert.Equal(2, imported[0].Warnings.Count);
        Assert.Contains(imported[0].Warnings, warning => warning.Text.StartsWith("resource PatchWeb: Condition: ", StringComparison.Ordinal));
        Assert.Contains(imported[0].Warnings, warning => warning.Text.StartsWith("resource PatchWeb: WaitForSuccessTimeoutSeconds: ", StringComparison.Ordinal));

        Assert.Null(imported[1].Entry);
        Assert.Equal(3, imported[1].Errors.Count);
        Assert.StartsWith("resource Agent: Targets[0].Values[0]: !Ref (line 37)", imported[1].Errors[0], StringComparison.Ordinal);
        Assert.StartsWith("resource Agent: OutputLocation.S3Location.OutputS3BucketName: Fn::Sub", imported[1].Errors[1], StringComparison.Ordinal);
        Assert.StartsWith("resource Agent: Duration: ", imported[1].Errors[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_in_a_template_of_JSON_is_named_and_a_parameter_called_Ref_elsewhere_is_one()
    {
        const string Json = "{\"Resources\":{\"A\":{\"Type\":\"AWS::SSM::Association\",\"Properties\":{\"Name\":{\"Ref\":\"Doc\"}}}}}";

        Assert.StartsWith("resource A: Name: Ref (line 1)", Assert.Single(Assert.Single(FileText.Import(Json, EntryFileFormat.Json)).Errors.Take(1)), StringComparison.Ordinal);
        Assert.Equal((string?[])["x"], Assert.Single(FileText.Entries("{\"Name\":\"a\",\"Parameters\":{\"Ref\":[\"x\"]}}", EntryFileFormat.Json)).Parameters!["Ref"]!);
    }

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

    [Fact]
    public void Resources_that_a_function_makes_are_told() => Assert.Contains(
        "not expanded",
        Assert.Single(FileText.Import("Resources:\n  Fn::ForEach::Each:\n    - X\n    - [a, b]\n    - 'A${X}':\n        Type: AWS::SSM::Association\n", EntryFileFormat.Yaml)).Errors[0],
        StringComparison.Ordinal);
}
