using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsCheck;
using SsmAssociationTools.Content;
using SsmAssociationTools.Files;
using SsmAssociationTools.Formats;
using SsmAssociationTools.Tests.Validation;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

/// <summary>Entries go into CloudFormation and Terraform and come back equal, or are refused with the reason.</summary>
public class CodeExportTests
{
    private static readonly FileWriteOptions s_yamlTemplate = new() { Format = EntryFileFormat.Yaml, Shape = EntryDocumentShape.CloudFormation };
    private static readonly FileWriteOptions s_jsonTemplate = new() { Format = EntryFileFormat.Json, Shape = EntryDocumentShape.CloudFormation };
    private static readonly FileWriteOptions s_terraform = new() { Format = EntryFileFormat.Terraform };
    private static readonly FileWriteOptions s_yaml = new() { Format = EntryFileFormat.Yaml };

    private static readonly AssociationEntry[] s_real =
    [
        .. File.ReadAllLines(TestData.PathOf("real-entries.jsonl")).Select(line =>
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return FileText.Import(document.RootElement.GetProperty("entry").GetRawText(), EntryFileFormat.Json)[0].Entry!;
        }),
    ];

    public static TheoryData<string> Forms() => ["yaml", "yaml template", "json template", "terraform"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_real_entry_comes_back_equal(string form)
    {
        FileWriteOptions options = OptionsOf(form);

        Assert.All(s_real, entry => Assert.Null(Refusal(entry, options)));
        Assert.Equal(s_real.Select(FileText.ContentOf), FileText.Entries(Text(s_real, options), options.Format).Select(FileText.ContentOf));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_entry_that_is_written_comes_back_equal(string form)
    {
        FileWriteOptions options = OptionsOf(form);
        int written = 0;
        FileRoundTripTests.s_entry.Array[1, 4].Sample(
            entries =>
            {
                foreach (AssociationEntry entry in entries)
                {
                    // What no code holds has tests of its own.
                    entry.Region = form == "yaml" ? entry.Region : null;
                    (entry.Duration, entry.TargetMaps, entry.TargetLocations, entry.AlarmConfiguration) = (null, null, null, null);
                }

                AssociationEntry[] held = [.. entries.Where(entry => Refusal(entry, options) is null)];
                written += held.Length;
                IReadOnlyList<ImportedEntry> imported = held.Length == 0 ? [] : FileText.Import(Text(held, options), options.Format);
                Assert.Equal(string.Empty, string.Join("\n", imported.SelectMany(item => item.Errors)));
                Assert.Equal(
                    string.Join("\n", held.Select(Shown)),
                    string.Join("\n", imported.Select(item => Shown(item.Entry!))));
            },
            iter: 500);
        Assert.True(written > 300, $"{written} entries were written.");
    }

    [Theory]
    [InlineData("Duration", "{\"Name\":\"x\",\"Duration\":2}")]
    [InlineData("TargetMaps", "{\"Name\":\"x\",\"TargetMaps\":[{\"a\":[\"b\"]}]}")]
    [InlineData("TargetLocations", "{\"Name\":\"x\",\"TargetLocations\":[{\"Accounts\":[\"111122223333\"]}]}")]
    [InlineData("AlarmConfiguration", "{\"Name\":\"x\",\"AlarmConfiguration\":{\"Alarms\":[{\"Name\":\"a\"}]}}")]
    public void A_member_that_code_cannot_hold_is_the_reason_of_a_refusal(string member, string json)
    {
        AssociationEntry entry = FileText.Import(json, EntryFileFormat.Json)[0].Entry!;

        Assert.Contains(" " + member + ".", Refusal(entry, s_yamlTemplate), StringComparison.Ordinal);
        Assert.Contains(" " + member + ".", Refusal(entry, s_terraform), StringComparison.Ordinal);
        Assert.Null(Refusal(entry, s_yaml));
    }

    [Theory]
    [InlineData("{\"Name\":\"x\",\"Parameters\":{\"Ref\":[\"s3cret\"]}}")]
    [InlineData("{\"Name\":\"x\",\"Parameters\":{\"a\":[\"b\"],\"Fn::Sub\":[\"s3cret\"]}}")]
    [InlineData("{\"Name\":\"x\",\"Parameters\":{\"a\":[\"s3cret {{resolve:ssm:x}}\"]}}")]
    public void What_CloudFormation_would_take_for_a_function_is_refused_without_its_value(string json)
    {
        AssociationEntry entry = FileText.Import(json, EntryFileFormat.Json)[0].Entry!;

        Assert.StartsWith("Parameters", Refusal(entry, s_jsonTemplate), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", Refusal(entry, s_jsonTemplate), StringComparison.Ordinal);
        Assert.Null(Refusal(entry, s_terraform));
    }

    [Fact]
    public void A_template_is_written_as_people_write_it()
    {
        string text = Text([Entry()], s_yamlTemplate, "33858bec-0c55-4547-a054-eb5fc0000000");

        Assert.Equal(
            """
            AWSTemplateFormatVersion: '2010-09-09'
            Resources:
              PatchWeb:
                Type: AWS::SSM::Association
                DeletionPolicy: Retain
                Metadata:
                  AssociationId: '33858bec-0c55-4547-a054-eb5fc0000000'
                Properties:
                  Name: AWS-RunShellScript
                  AssociationName: patch-web
                  Targets:
                    - Key: tag:Role
                      Values:
                        - web
                        - '*'
                  Parameters:
                    commands:
                      - |
                        cd /tmp
                        ls
                    note:
                      - 'yes'
                  ScheduleExpression: cron(0 2 ? * SUN#2 *)
                  ApplyOnlyAtCronInterval: true
                  MaxErrors: '5'
                  OutputLocation:
                    S3Location:
                      OutputS3BucketName: logs

            """,
            text);
        Assert.Contains("\"PatchWeb\": {\n      \"Type\": \"AWS::SSM::Association\",\n      \"Properties\": {\n        \"Name\": \"AWS-RunShellScript\",", Text([Entry()], s_jsonTemplate), StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_is_laid_out_as_terraform_fmt_lays_it_out()
    {
        AssociationEntry several = Entry();
        several.AssociationName = null;
        several.Parameters = new ParameterMap { ["commands"] = ["cd ${HOME}", "ls"], ["a b"] = ["50 %{x}"] };
        several.ScheduleOffset = 2;
        several.MaxErrors = null;

        string text = Text([Entry(), Entry(), several], s_terraform, "33858bec-0c55-4547-a054-eb5fc0000000");

        Assert.StartsWith(
            """
            import {
              to = aws_ssm_association.patch-web
              id = "33858bec-0c55-4547-a054-eb5fc0000000"
            }

            resource "aws_ssm_association" "patch-web" {
              name                        = "AWS-RunShellScript"
              association_name            = "patch-web"
              schedule_expression         = "cron(0 2 ? * SUN#2 *)"
              apply_only_at_cron_interval = true
              max_errors                  = "5"

              targets {
                key    = "tag:Role"
                values = ["web", "*"]
              }

              parameters = {
                commands = "cd /tmp\nls\n"
                note     = "yes"
              }

              output_location {
                s3_bucket_name = "logs"
              }
            }

            import {
              to = aws_ssm_association.patch-web_2
              id = "33858bec-0c55-4547-a054-eb5fc0000000"
            }
            """,
            text,
            StringComparison.Ordinal);
        Assert.EndsWith(
            """

            resource "awscc_ssm_association" "aws-runshellscript" {
              name                        = "AWS-RunShellScript"
              schedule_expression         = "cron(0 2 ? * SUN#2 *)"
              schedule_offset             = 2
              apply_only_at_cron_interval = true

              targets = [
                {
                  key    = "tag:Role"
                  values = ["web", "*"]
                },
              ]

              parameters = {
                commands = ["cd $${HOME}", "ls"]
                "a b"    = ["50 %%{x}"]
              }

              output_location = {
                s3_location = {
                  output_s3_bucket_name = "logs"
                }
              }
            }

            """,
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_Region_is_an_argument_of_Terraform_and_is_told_where_there_is_none()
    {
        var entry = new AssociationEntry { Name = "a-document", Region = "eu-north-1", RoleArn = "arn:aws:iam::111122223333:role/run" };
        var other = new AssociationEntry { Name = "a-document", Region = "eu-north-1", ScheduleOffset = 1 };

        Assert.Equal("eu-north-1", Assert.Single(FileText.Entries(Text([entry], s_terraform), EntryFileFormat.Terraform)).Region);
        Assert.Contains("id = \"x@eu-north-1\"", Text([entry], s_terraform, "x"), StringComparison.Ordinal);
        Assert.Equal(3, Remarks([entry, other], s_terraform).Count);
        Assert.Contains("2 entries", Assert.Single(Remarks([entry, other], s_yamlTemplate)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_entries_make_a_file_without_resources()
    {
        Assert.Equal("[]\n", Text([], s_yaml));
        Assert.Equal("Entries: []\n", Text([], new FileWriteOptions { Format = EntryFileFormat.Yaml, Shape = EntryDocumentShape.Entries }));
        Assert.Equal("AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n", Text([], s_yamlTemplate));
        Assert.Equal("{\n  \"AWSTemplateFormatVersion\": \"2010-09-09\",\n  \"Resources\": {}\n}\n", Text([], s_jsonTemplate));
        Assert.Empty(Text([], s_terraform));
        Assert.All([s_yaml, s_yamlTemplate, s_jsonTemplate, s_terraform], options => Assert.Empty(FileText.Import(Text([], options), options.Format)));
    }

    [Fact]
    public void The_document_of_the_AWS_CLI_is_written_as_YAML_too()
    {
        var options = new FileWriteOptions { Format = EntryFileFormat.Yaml, Shape = EntryDocumentShape.Entries };
        var entry = new AssociationEntry { Name = "a-document", Region = "eu-north-1" };

        Assert.Equal("Entries:\n  - Name: a-document\n  - Name: a-document\n", Text([entry, entry], options));
        Assert.Equal(2, FileText.Entries(Text([entry, entry], options), EntryFileFormat.Yaml).Count);
    }

    private static AssociationEntry Entry() => new()
    {
        Name = "AWS-RunShellScript",
        AssociationName = "patch-web",
        Targets = [new AssociationTarget { Key = "tag:Role", Values = ["web", "*"] }],
        Parameters = new ParameterMap { ["commands"] = ["cd /tmp\nls\n"], ["note"] = ["yes"] },
        ScheduleExpression = "cron(0 2 ? * SUN#2 *)",
        ApplyOnlyAtCronInterval = true,
        MaxErrors = "5",
        OutputLocation = new InstanceAssociationOutputLocation { S3Location = new S3OutputLocation { OutputS3BucketName = "logs" } },
    };

    private static FileWriteOptions OptionsOf(string form) => form switch
    {
        "yaml" => s_yaml,
        "yaml template" => s_yamlTemplate,
        "json template" => s_jsonTemplate,
        _ => s_terraform,
    };

    private static string Text(IEnumerable<AssociationEntry> entries, FileWriteOptions options, string? id = null)
    {
        using var stream = new MemoryStream();
        using IEntryFileWriter writer = new FileFormats().Write(stream, options);
        foreach (AssociationEntry entry in entries)
        {
            writer.Add(entry, id);
        }

        writer.Complete();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IReadOnlyList<string> Remarks(IEnumerable<AssociationEntry> entries, FileWriteOptions options)
    {
        using IEntryFileWriter writer = new FileFormats().Write(new MemoryStream(), options);
        foreach (AssociationEntry entry in entries)
        {
            writer.Add(entry, null);
        }

        return writer.Remarks;
    }

    private static string Shown(AssociationEntry entry)
    {
        using var json = new JsonValues(isIndented: false);
        return json.Text(EntryMembers.Of(entry));
    }

    private static string? Refusal(AssociationEntry entry, FileWriteOptions options)
    {
        using IEntryFileWriter writer = new FileFormats().Write(new MemoryStream(), options);
        return writer.Refusal(entry);
    }
}
