using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SsmAssociationTools.Files;
using Xunit;

namespace SsmAssociationTools.Tests.Files;

/// <summary>Files of the kinds that people have reported to this and to other tools, and what is read of each or said of it.</summary>
public sealed class ReportedFileTests
{
    private const string Item = """{"Name":"AWS-UpdateSSMAgent","AssociationId":"33858bec-0c55-4547-a054-eb5fc0000000","AssociationVersion":"1","Targets":[{"Key":"InstanceIds","Values":["*"]}],"Overview":{"Status":"Success"}}""";
    private const string Described = """{"AssociationDescription":{"Name":"AWS-StopEC2Instance","AssociationId":"33858bec-0c55-4547-a054-eb5fc0000000","Date":1.5e9,"LastUpdateAssociationDate":1.5e9,"AutomationTargetParameterName":"InstanceId","Targets":[{"Key":"ParameterValues","Values":["i-0123456789abcdef0"]}]}}""";

    [Theory]
    [InlineData("a list of the CLI", "json", "{\"Associations\":[" + Item + "," + Item + "]}", "AWS-UpdateSSMAgent|AWS-UpdateSSMAgent", "Input.ListItem")]
    [InlineData("a page of a list", "json", "{\"Associations\":[" + Item + "],\"NextToken\":\"x\"}", "AWS-UpdateSSMAgent", "The list goes on")]
    [InlineData("a list of the CLI in YAML", "yaml", "Associations:\n- Name: AWS-UpdateSSMAgent\n  AssociationId: 33858bec-0c55-4547-a054-eb5fc0000000\n  AssociationVersion: '1'\n  Overview:\n    Status: Success\n  Targets:\n  - Key: InstanceIds\n    Values: ['*']\n", "AWS-UpdateSSMAgent", "Input.ListItem")]
    [InlineData("a description", "json", Described, "AWS-StopEC2Instance", "")]
    [InlineData("descriptions line by line", "jsonl", Described + "\n" + Described + "\n", "AWS-StopEC2Instance|AWS-StopEC2Instance", "")]
    [InlineData("an answer of the batch call", "json", "{\"Successful\":[" + Item + "],\"Failed\":[{\"Entry\":{\"Name\":\"AWS-RunShellScript\",\"Targets\":[{\"Key\":\"InstanceIds\",\"Values\":[\"*\"]}]},\"Message\":\"x\",\"Fault\":\"Client\"}]}", "AWS-UpdateSSMAgent|AWS-RunShellScript", "")]
    [InlineData("one version of an association", "json", "{\"AssociationVersions\":[{\"Name\":\"AWS-UpdateSSMAgent\",\"AssociationVersion\":\"2\"}]}", "AWS-UpdateSSMAgent", "")]
    [InlineData("constants of the SDK", "json", "{\"Name\":\"AWS-UpdateSSMAgent\",\"ComplianceSeverity\":{\"Value\":\"HIGH\"}}", "AWS-UpdateSSMAgent", "")]
    [InlineData("a flattened list", "json", "[{\"Name\":\"AWS-RunShellScript\",\"Targets\":\"tag:a=b\",\"Parameters\":{\"commands\":\"cd /tmp ls\"}}]", "AWS-RunShellScript", "Input.FlattenedList")]
    [InlineData("the short form of the CLI", "csv", "Name,Parameters\nAWS-RunPatchBaseline,\"Operation=Scan,RebootOption=NoReboot\"\n", "AWS-RunPatchBaseline", "")]
    [InlineData("merge keys", "yaml", "x: &base\n  Targets: InstanceIds=*\n", "", "Input.NotAnEntry")]
    [InlineData("several documents", "yaml", "Name: one\n---\nName: two\n", "one|two", "")]
    [InlineData("headings of the console", "csv", "Association id,Association name,Document name,Document version\n1,a,AWS-UpdateSSMAgent,1\n", "", "AssociationName")]
    [InlineData("a project of another tool", "yaml", "name: infra\nruntime: yaml\nresources:\n  a:\n    type: aws:ssm:Association\n", "", "")]
    [InlineData("a manifest of another tool", "yaml", "apiVersion: v1\nkind: AwsSsmAssociation\nspec: {}\n", "", "manifest")]
    [InlineData("names of types", "csv", "Name,Targets,Parameters\nAWS-RunShellScript,Amazon.SimpleSystemsManagement.Model.Target,commands=ls\n", "", "Export-Csv")]
    [InlineData("a title, group headings and a blank line", "csv", "Fleet,,\n,,\nWhat,,When\nName,Targets,ScheduleExpression\nAWS-UpdateSSMAgent,InstanceIds=*,rate(1 day)\n", "AWS-UpdateSSMAgent", "The heading is in line 4")]
    [InlineData("a merged heading", "csv", "Name,Targets,,ScheduleExpression\nAWS-UpdateSSMAgent,tag:a,b,rate(1 day)\n", "", "merged")]
    public void A_file_is_read_or_refused_with_its_cause(string name, string format, string text, string names, string says)
    {
        string shown = name;
        string[] read;
        try
        {
            IReadOnlyList<ImportedEntry> imported = FileText.Import(text, Enum.Parse<EntryFileFormat>(format, ignoreCase: true));
            read = [.. imported.Where(item => item.Entry is not null).Select(item => item.Entry!.Name!)];
            shown += " " + string.Join(" ", imported.SelectMany(item => item.Errors.Concat(item.Warnings.Select(warning => warning.Text))));
        }
        catch (FileFormatException error)
        {
            read = [];
            shown += " " + error.Message;
        }

        Assert.Equal(names, string.Join("|", read));
        Assert.True(names.Length > 0 || shown.Length > name.Length + 1, shown);
        Assert.Contains(says, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_versions_of_an_association_are_told_as_what_they_are() =>
        Assert.Contains("several versions of one association", FileText.Broken("{\"AssociationVersions\":[{\"Name\":\"a\"},{\"Name\":\"b\"}]}", EntryFileFormat.Json).Message, StringComparison.Ordinal);

    [Fact]
    public void Files_of_Excel_in_other_encodings_are_read_or_told()
    {
        const string Text = "Name;Targets\nAWS-UpdateSSMAgent;tag:Owner=M\u00fcller\n";

        Assert.Equal("tag:Owner=M\u00fcller", Assert.Single(FileText.Entries(Text, EntryFileFormat.Csv, encoding: new UnicodeEncoding(false, true))).Targets![0].ToString());
        Assert.Contains("CSV UTF-8", Assert.Throws<FileFormatException>(() => FileText.Import(Encoding.Latin1.GetBytes(Text), EntryFileFormat.Csv)).Message, StringComparison.Ordinal);
    }
}
