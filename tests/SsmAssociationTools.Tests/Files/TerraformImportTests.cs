using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Files;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

/// <summary>Plans, states and configurations of Terraform.</summary>
public class TerraformImportTests
{
    private const string Plan = """
        {
          "format_version": "1.2",
          "terraform_version": "1.9.0",
          "planned_values": {
            "root_module": {
              "resources": [
                { "address": "data.aws_ssm_association.x", "mode": "data", "type": "aws_ssm_association", "name": "x", "values": { "name": "no" } },
                { "address": "aws_s3_bucket.logs", "mode": "managed", "type": "aws_s3_bucket", "name": "logs", "values": { "bucket": "logs" } },
                {
                  "address": "aws_ssm_association.patch",
                  "mode": "managed", "type": "aws_ssm_association", "name": "patch",
                  "values": {
                    "apply_only_at_cron_interval": true, "association_name": "patch-web", "automation_target_parameter_name": null,
                    "calendar_names": ["one", "two"],
                    "compliance_severity": "HIGH", "max_concurrency": "10%", "max_errors": "5", "name": "AWS-RunPatchBaseline",
                    "output_location": [ { "s3_bucket_name": "logs", "s3_key_prefix": "web", "s3_region": "" } ],
                    "parameters": { "Operation": "Scan", "Empty": "" },
                    "region": "eu-central-1",
                    "schedule_expression": "cron(0 2 ? * SUN *)", "sync_compliance": "",
                    "tags": { "Owner": "ops" }, "tags_all": { "Owner": "ops" },
                    "targets": [ { "key": "tag:Role", "values": ["web", "db"] } ],
                    "wait_for_success_timeout_seconds": 300
                  },
                  "sensitive_values": { "parameters": {}, "targets": [ { "values": [ false ] } ], "tags": {} }
                }
              ],
              "child_modules": [
                {
                  "address": "module.agents[0]",
                  "resources": [
                    {
                      "address": "module.agents[0].aws_ssm_association.agent[\"a\"]",
                      "mode": "managed", "type": "aws_ssm_association", "name": "agent", "index": "a",
                      "values": { "name": "AWS-UpdateSSMAgent", "schedule_expression": "rate(14 days)", "targets": [ { "key": "InstanceIds" } ] },
                      "sensitive_values": {}
                    }
                  ],
                  "child_modules": [
                    {
                      "address": "module.agents[0].module.deep",
                      "resources": [
                        {
                          "address": "module.agents[0].module.deep.awscc_ssm_association.run",
                          "mode": "managed", "type": "awscc_ssm_association", "name": "run",
                          "values": {
                            "name": "AWS-RunShellScript", "schedule_offset": 2, "parameters": { "commands": ["a", "b"] },
                            "output_location": { "s3_location": { "output_s3_bucket_name": "logs", "output_s3_key_prefix": null } },
                            "targets": [ { "key": "tag:A", "values": ["b"] } ]
                          }
                        }
                      ]
                    }
                  ]
                }
              ]
            }
          },
          "resource_changes": [
            {
              "address": "aws_ssm_association.patch", "type": "aws_ssm_association",
              "change": { "actions": ["create"], "after_unknown": { "arn": true, "association_id": true, "document_version": true, "id": true, "targets": [ { "values": [false, false] } ] } }
            },
            {
              "address": "module.agents[0].aws_ssm_association.agent[\"a\"]", "type": "aws_ssm_association",
              "change": { "actions": ["create"], "after_unknown": { "id": true, "parameters": true, "association_name": true, "targets": [ { "values": [true] } ] } }
            }
          ],
          "configuration": {
            "root_module": {
              "resources": [ { "address": "aws_ssm_association.patch", "expressions": { "name": {}, "targets": [ {} ] } } ],
              "module_calls": { "agents": { "module": { "resources": [ { "address": "aws_ssm_association.agent", "expressions": { "name": {}, "association_name": {}, "targets": [ {} ] } } ] } } }
            }
          }
        }
        """;

    [Fact]
    public void A_plan_gives_the_associations_of_all_modules()
    {
        IReadOnlyList<ImportedEntry> imported = FileText.Import(Plan, EntryFileFormat.Json);

        Assert.Equal(3, imported.Count);
        AssociationEntry entry = imported[0].Entry!;
        Assert.Equal("f:9", entry.Source);
        Assert.Equal(
            FileText.ContentOf(FileText.Entries(
                """
                {"Name":"AWS-RunPatchBaseline","AssociationName":"patch-web","Targets":[{"Key":"tag:Role","Values":["web","db"]}],"Parameters":{"Operation":["Scan"],"Empty":[""]},
                "ScheduleExpression":"cron(0 2 ? * SUN *)","ApplyOnlyAtCronInterval":true,"CalendarNames":["one","two"],"MaxConcurrency":"10%","MaxErrors":"5","ComplianceSeverity":"HIGH",
                "OutputLocation":{"S3Location":{"OutputS3BucketName":"logs","OutputS3KeyPrefix":"web"}},"Region":"eu-central-1"}
                """,
                EntryFileFormat.Json)[0]),
            FileText.ContentOf(entry));
        Assert.Equal(["tags", "wait_for_success_timeout_seconds"], imported[0].Warnings.Select(warning => warning.Text.Split(": ")[1]));
        Assert.Equal(
            "resource module.agents[0].aws_ssm_association.agent[\"a\"]: Terraform knows AssociationName and Targets[0].Values[0] only after it has applied the plan. "
            + "Apply it and import the state (terraform show -json), or write the entry with the value.",
            Assert.Single(imported[1].Errors));
        Assert.Equal(2, imported[2].Entry!.ScheduleOffset);
        Assert.Equal((string?[])["a", "b"], imported[2].Entry!.Parameters!["commands"]!);
        Assert.Equal("logs", imported[2].Entry!.OutputLocation!.S3Location!.OutputS3BucketName);
    }

    [Fact]
    public void A_plan_without_its_configuration_names_what_is_not_only_filled_in()
    {
        const string Text = """
            {"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"aws_ssm_association.a","mode":"managed","type":"aws_ssm_association","values":{}}]}},
            "resource_changes":[{"address":"aws_ssm_association.a","type":"aws_ssm_association","change":{"after_unknown":{"id":true,"document_version":true,"name":true}}}]}
            """;

        Assert.Contains("Terraform knows Name only after", Assert.Single(FileText.Import(Text, EntryFileFormat.Json)).Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_sensitive_value_is_in_no_message()
    {
        const string Text = """
            {"format_version":"1.0","values":{"root_module":{"resources":[{"address":"aws_ssm_association.a","mode":"managed","type":"awscc_ssm_association",
            "values":{"name":"a-document","schedule_offset":"s3cret"},"sensitive_values":{"schedule_offset":true}}]}}}
            """;

        string error = Assert.Single(Assert.Single(FileText.Import(Text, EntryFileFormat.Json)).Errors);
        Assert.StartsWith("resource aws_ssm_association.a: ScheduleOffset: The value is not as this member takes it.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_file_gives_every_instance()
    {
        const string Text = """
            {"version":4,"terraform_version":"1.9.0","serial":3,"resources":[
              {"mode":"managed","type":"aws_s3_bucket","name":"x","instances":[{"attributes":{}}]},
              {"module":"module.m","mode":"managed","type":"aws_ssm_association","name":"a","instances":[
                {"index_key":"one","attributes":{"name":"a-document","id":"1","association_id":"1","document_version":"$DEFAULT","parameters":{},"targets":[{"key":"tag:A","values":["x"]}]}},
                {"index_key":"two","attributes":{"name":"a-document","max_errors":"x y"},"sensitive_attributes":[[{"type":"get_attr","value":"parameters"}]]}]}]}
            """;

        IReadOnlyList<ImportedEntry> imported = FileText.Import(Text, EntryFileFormat.Json);

        Assert.Equal(["$DEFAULT", null], imported.Select(item => item.Entry?.DocumentVersion));
        Assert.Null(imported[0].Entry!.Parameters);
        Assert.Equal("tag:A=x", imported[0].Entry!.Targets![0].ToString());
    }

    [Theory]
    [InlineData("{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":{}}}", "plan")]
    [InlineData("{\"format_version\":\"1.0\",\"terraform_version\":\"1.9.0\"}", "state")]
    [InlineData("{\"version\":4,\"terraform_version\":\"1.9.0\",\"resources\":[]}", "state")]
    public void A_file_without_associations_is_an_error(string text, string what) =>
        Assert.StartsWith($"The Terraform {what} has no resource of the type", FileText.Broken(text, EntryFileFormat.Json).Message, StringComparison.Ordinal);

    [Fact]
    public void A_configuration_is_read_as_far_as_its_values_are_written_out()
    {
        const string Text = """"
            # A comment with } and "
            terraform {
              required_providers { aws = { source = "hashicorp/aws" } }
            }
            variable "bucket" { default = "x" }
            locals {
              all = { for k, v in var.map : k => "${v}-${k == "a" ? "}" : "{"}" if v != "" }
            }
            resource "aws_ssm_document" "d" {
              name    = "d"
              content = <<-EOT
                { "schemaVersion": "${var.version}" }
              EOT
            }

            resource "aws_ssm_association" "one" {
              name             = "AWS-RunShellScript" // the document
              association_name = "one"
              max_errors       = 5
              apply_only_at_cron_interval = false
              targets {
                key    = "tag:Role"
                values = [
                  "web",  # first
                  "db",
                ]
              }
              targets {
                key = "tag:Env"
                values = ["prod"]
              }
              parameters = {
                commands = <<-EOT
                  cd /tmp
                    ls $${HOME} %%{x}
                EOT
                "a b": "\u00fc\t\"x\" $${y} $$ %",
              }
              output_location { s3_bucket_name = "logs" }
              lifecycle {
                ignore_changes = [tags]
              }
              provider   = aws.east
              depends_on = [aws_ssm_document.d]
            }

            resource "aws_ssm_association" "two" {
              name = aws_ssm_document.d.name
              schedule_expression = "rate(${var.days} days)"
              parameters = { Operation = join(",", ["a", "b"]), Plain = "x" }
              targets {
                key    = "InstanceIds"
                values = [for i in aws_instance.web : i.id]
              }
            }

            resource "aws_ssm_association" "three" {
              for_each = toset(["a"])
              name     = "a-document"
              dynamic "targets" {
                for_each = var.targets
                content { key = targets.key }
              }
            }
            """";

        IReadOnlyList<ImportedEntry> imported = FileText.Import(Text, EntryFileFormat.Terraform);

        Assert.Equal(3, imported.Count);
        AssociationEntry entry = imported[0].Entry!;
        Assert.Equal("f:16", entry.Source);
        Assert.Equal("tag:Role=web,db; tag:Env=prod", string.Join("; ", entry.Targets!.Select(target => target.ToString())));
        Assert.Equal("cd /tmp\n  ls ${HOME} %{x}\n", entry.Parameters!["commands"]![0]);
        Assert.Equal("\u00fc\t\"x\" ${y} $$ %", entry.Parameters["a b"]![0]);
        Assert.Equal("5", entry.MaxErrors);
        Assert.False(entry.ApplyOnlyAtCronInterval);
        Assert.Equal("logs", entry.OutputLocation!.S3Location!.OutputS3BucketName);
        Assert.Contains("provider", Assert.Single(imported[0].Warnings).Text, StringComparison.Ordinal);
        Assert.Equal(
            "resource aws_ssm_association.two: What stands for Name (aws_ssm_document.d.name, line 48), ScheduleExpression (${...}, line 49), Parameters.Operation (join(), line 50) "
            + "and Targets[0].Values (an expression, line 53) is an expression, which only Terraform works out. Write the value itself, or import the plan: terraform show -json PLAN.",
            imported[1].Errors[0]);
        Assert.Equal(2, imported[2].Errors.Count);
    }

    [Fact]
    public void A_configuration_without_associations_holds_no_entry() => Assert.Empty(FileText.Import("variable \"x\" {}\n", EntryFileFormat.Terraform));

    [Fact]
    public void A_configuration_of_JSON_is_read_too()
    {
        const string Text = """
            {"resource":{"aws_ssm_association":{"a":{"name":"a-document","targets":[{"key":"tag:A","values":["$${x}"]}],"parameters":{"p":"v"}},"b":[{"name":"${var.name}"}]}}}
            """;

        IReadOnlyList<ImportedEntry> imported = FileText.Import(Text, EntryFileFormat.Json);

        Assert.Equal("tag:A=${x}", imported[0].Entry!.Targets![0].ToString());
        Assert.StartsWith("resource aws_ssm_association.b: What stands for Name (${...})", imported[1].Errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resource \"aws_ssm_association\" \"a\" {\n  name = \"a\n}\n", 2)]
    [InlineData("resource \"aws_ssm_association\" \"a\" {\n  name = \"a\"\n", 3)]
    [InlineData("resource \"aws_ssm_association\" \"a\" {\n  name = \"a\"\n  name = \"b\"\n}\n", 3)]
    [InlineData("resource \"aws_ssm_association\" \"a\" {\n  name = \"\\q\"\n}\n", 2)]
    [InlineData("x = <<EOT\nnever ends\n", 1)]
    [InlineData("}\n", 1)]
    [InlineData("a \"b\" = 1\n", 1)]
    [InlineData("a = \"${ x\n", 2)]
    public void A_broken_configuration_ends_with_its_line(string text, long line)
    {
        FileFormatException error = FileText.Broken(text, EntryFileFormat.Terraform);

        Assert.Equal(line, error.Line);
        Assert.StartsWith("This is no Terraform configuration (line ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resource \"aws_ssm_association\" \"a\" {\n  name = \"x\"\n}\n/* left out\nresource \"aws_ssm_association\" \"b\" {\n  name = \"y\"\n}\n", 4, "has no */")]
    [InlineData("/*/ a = 1\n", 1, "has no */")]
    [InlineData("a {\n  b = 1\nc {\n  d = 1\n}\n", 6, "opens in line 1 is not closed")]
    [InlineData("a = [\n 1,\n {\n b = 2\n", 5, "opens in line 3 is not closed")]
    public void What_is_not_closed_says_where_it_opens_and_hides_nothing(string text, long line, string cause)
    {
        FileFormatException error = FileText.Broken(text, EntryFileFormat.Terraform);

        Assert.Equal(line, error.Line);
        Assert.Contains(cause, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_ends_with_an_error_and_no_file_of_random_text_with_another()
    {
        Assert.Contains("nested", FileText.Broken("a = " + new string('[', 100_000), EntryFileFormat.Terraform).Message, StringComparison.Ordinal);
        Assert.Contains("nested", FileText.Broken(string.Concat(Enumerable.Repeat("a {\n", 10_000)), EntryFileFormat.Terraform).Message, StringComparison.Ordinal);

        const string Signs = "a={}[]\"\\$%<-EOT\n ,#/*1:()\r\uFEFF";
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(40)).Select(_ => Signs[random.Next(Signs.Length)])]);
            try
            {
                Assert.Empty(FileText.Import(text, EntryFileFormat.Terraform));
            }
            catch (FileFormatException error)
            {
                Assert.Matches("^This is (no Terraform configuration \\(line |a web page or XML, )", error.Message);
            }
        }
    }

    /// <summary>A plan in which one value after the other is of another kind: an error of its resource or of the file, never another.</summary>
    [Fact]
    public void No_plan_ends_with_anything_but_entries_and_errors()
    {
        string[] others = ["null", "true", "5", "\"x\"", "[]", "{}", "[{\"key\":[true]}]", "{\"a\":{\"b\":true}}", "[[[]]]"];
        string[] values = [.. System.Text.RegularExpressions.Regex.Matches(Plan, @"(?<=: )(\[[^\[\]]*\]|\{[^{}]*\}|""[^""]*""|true|null|\d+)").Select(match => match.Value).Distinct()];
        int read = 0;
        foreach (string value in values)
        {
            foreach (string other in others)
            {
                try
                {
                    read += FileText.Import(Plan.Replace(": " + value, ": " + other, StringComparison.Ordinal), EntryFileFormat.Json).Count;
                }
                catch (FileFormatException)
                {
                    read++;
                }
            }
        }

        Assert.True(read > values.Length * others.Length / 2, $"{read} records of {values.Length} values.");
    }
}
