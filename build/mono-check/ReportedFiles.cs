using System.IO;
using System.Text;
using System.Text.Json;
using SsmAssociationTools.Tests.Files;

namespace SsmAssociationTools.MonoCheck;

/// <summary>
/// Lays out files for both builds to read: those of the reported cases, a workbook, and files of Terraform. Written on .NET
/// alone, so that both read the same bytes.
/// </summary>
internal static class ReportedFiles
{
    private const string Plan = """
        {"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[
        {"address":"aws_ssm_association.scan[0]","mode":"managed","type":"aws_ssm_association","name":"scan","index":0,"values":{"name":"AWS-RunPatchBaseline","association_name":"scan","schedule_expression":"rate(1 day)","parameters":{"Operation":"Scan"},"targets":[{"key":"tag:Role","values":["web"]}],"output_location":[{"s3_bucket_name":"logs-1","s3_key_prefix":"scan","s3_region":null}]}},
        {"address":"aws_ssm_association.late","mode":"managed","type":"aws_ssm_association","name":"late","values":{"name":"AWS-RunShellScript","targets":[{"key":"tag:Role","values":["web"]}]}}],
        "child_modules":[{"address":"module.m","resources":[{"address":"module.m.awscc_ssm_association.one","mode":"managed","type":"awscc_ssm_association","name":"one","values":{"name":"AWS-UpdateSSMAgent","targets":[{"key":"InstanceIds","values":["*"]}]}}]}]}},
        "resource_changes":[{"address":"aws_ssm_association.late","type":"aws_ssm_association","change":{"after":{"name":"AWS-RunShellScript"},"after_unknown":{"parameters":true}}}]}
        """;

    private const string State = """
        {"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","outputs":{},"resources":[{"mode":"managed","type":"aws_ssm_association","name":"agent","provider":"provider[\"registry.terraform.io/hashicorp/aws\"]",
        "instances":[{"index_key":"a","schema_version":1,"attributes":{"name":"AWS-UpdateSSMAgent","association_id":"33858bec-0c55-4547-a054-eb5fc0000000","targets":[{"key":"InstanceIds","values":["*"]}]}}]}]}
        """;

    private const string Configuration = """
        variable "role" { default = "web" }
        locals { days = 2 }
        resource "aws_ssm_association" "scan" {
          name                = "AWS-RunPatchBaseline" # as a scan
          schedule_expression = "rate(1 day)"
          parameters          = { Operation = "Scan" }
          targets {
            key    = "tag:Role"
            values = ["web", "d\u00e4b"]
          }
        }
        resource "aws_ssm_association" "other" {
          name = var.role
          parameters = { commands = <<-EOT
            echo "$${x}"
          EOT
          }
        }
        """;

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="data">The folder of the tests' data.</param>
    public static void WriteTo(string folder, string data)
    {
        Directory.CreateDirectory(folder);
        int number = 0;
        foreach (string line in File.ReadLines(Path.Combine(data, "reported-cases.jsonl")))
        {
            number++;
            JsonElement reported = JsonElement.Parse(line);
            if (reported.TryGetProperty("file", out JsonElement file))
            {
                Encoding encoding = reported.TryGetProperty("encoding", out JsonElement named) ? Encoding.GetEncoding(named.GetString()!) : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
                File.WriteAllText(Path.Combine(folder, $"{number:000}-{file.GetString()}"), reported.GetProperty("text").GetString(), encoding);
            }
        }

        File.WriteAllText(Path.Combine(folder, "plan.json"), Plan);
        File.WriteAllText(Path.Combine(folder, "terraform.tfstate"), State);
        File.WriteAllText(Path.Combine(folder, "main.tf"), Configuration);
        File.WriteAllText(Path.Combine(folder, "broken.csv"), "Name;Targets;Parameters\r\nAWS-RunShellScript;tag:Rolle=\u00e4;\"commands=a;b\"\r\n\"x\r\ny\";;\r\n");
        File.WriteAllText(Path.Combine(folder, "broken.yaml"), "- Name: AWS-UpdateSSMAgent\n  Targets: tag:Role=web\n- Name: [\n");
        File.WriteAllBytes(Path.Combine(folder, "fleet.xlsx"), new Workbook()
            .Sheet("Notes", [["nothing"]], state: "hidden")
            .Sheet("Fleet", [
                ["Our fleet"],
                ["Name", "AssociationName", "Targets", "ScheduleExpression", "MaxErrors", "Duration"],
                ["AWS-UpdateSSMAgent", "agent", "tag:Role=w\u00e4b", "rate(1 day)", "<c r=\"REF\" s=\"1\"><v>0.1</v></c>", null],
                ["AWS-UpdateSSMAgent", "dates", "tag:Role=web", "rate(1 day)", "<c r=\"REF\" s=\"2\"><v>46000</v></c>", "<c r=\"REF\" s=\"3\"><v>1000</v></c>"],
                ["<c r=\"REF\" t=\"e\"><v>#N/A</v></c>", "wrong", "tag:Role=web", "<c r=\"REF\"><f>1+1</f></c>", null, "<c r=\"REF\" t=\"b\"><v>1</v></c>"],
                ["AWS-UpdateSSMAgent", "hidden", "tag:Role=web", "rate(1 day)", "1", null],
            ], merged: ["C3:D3"], hidden: [6])
            .ToArray());
    }
}
