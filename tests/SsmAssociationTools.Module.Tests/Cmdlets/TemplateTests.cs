using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Templates through the cmdlets: what is given to them, what they need, and what becomes of it.</summary>
public sealed class TemplateTests : IDisposable
{
    private const string Stack = """
        Parameters:
          Stage: { Type: String, Default: test }
          Bucket: { Type: String }
          Roles: { Type: CommaDelimitedList, Default: web }
          Days: { Type: String, NoEcho: true, Default: '2' }
        Conditions:
          IsProd: !Equals [ !Ref Stage, prod ]
        Resources:
          Role: { Type: 'AWS::IAM::Role' }
          Scan:
            Type: AWS::SSM::Association
            Properties:
              Name: AWS-RunPatchBaseline
              AssociationName: !Sub 'scan-${Stage}-${AWS::Region}'
              Targets: [ { Key: 'tag:Role', Values: !Ref Roles } ]
              Parameters: { Operation: [ Scan ] }
              OutputLocation: { S3Location: { OutputS3BucketName: !Ref Bucket, OutputS3KeyPrefix: !Ref 'AWS::AccountId' } }
          Install:
            Type: AWS::SSM::Association
            Condition: IsProd
            Properties:
              Name: AWS-RunPatchBaseline
              AssociationName: install
              Parameters: { AutomationAssumeRole: [ !GetAtt Role.Arn ] }
              ScheduleOffset: !Ref Days
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly EndpointSession _endpoint = new();

    public TemplateTests() => _endpoint.Session.Runspace.SessionStateProxy.Path.SetLocation(_folder.FullName);

    public void Dispose()
    {
        _endpoint.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void What_is_given_becomes_part_of_the_entries_and_they_are_created()
    {
        Write("stack.yaml", Stack);

        ScriptResult result = Run("""
            $days = [securestring]::new()
            $days.AppendChar('3')
            $given = @{
                TemplateParameter = @{ stage = 'prod'; Bucket = 'patch-logs'; Roles = 'web', 'db'; Days = $days }
                TemplateValue = @{ 'Role.Arn' = 'arn:aws:iam::012345678901:role/run' }
            }
            $entries = Import-SsmAssociationEntry stack.yaml -Region eu-central-1 -AccountId 012345678901 @given
            $entries | ForEach-Object { "$($_.AssociationName) $($_.Targets) $($_.OutputLocation.S3Location.OutputS3KeyPrefix) $($_.ScheduleOffset) $($_.Region) $($_.Source)" }
            $entries[0] | New-SsmAssociationBatch @c | ForEach-Object Status | ForEach-Object { "$_" }
            """).WithoutErrors();

        Assert.Equal(["scan-prod-eu-central-1 tag:Role=web,db 012345678901   stack.yaml:11", "install   3  stack.yaml:19", "Created"], result.OutputOf<string>());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void What_is_missing_is_one_error_and_every_resource_has_its_place_in_the_output()
    {
        Write("stack.yaml", Stack);

        ScriptResult result = Run("Import-SsmAssociationEntry stack.yaml -TemplateParameter @{ Stage = 'prod'; Nothing = 1 } -TemplateValue @{ Nowhere = 'x' }");

        Assert.Equal(["UnreadableEntry", "UnreadableEntry"], Seen.In(result).Select(item => item.Kind));
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("EntryNotRead,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("stack.yaml:11: resource Scan: The file does not say what these are: AWS::Region (Scan), Bucket (Scan), AWS::AccountId (Scan) and Role.Arn (Install).", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("Import it with -TemplateParameter @{ 'Bucket' = '...' } -TemplateValue @{ 'Role.Arn' = '...' } -Region REGION -AccountId ACCOUNT.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("No template that was read asks for Nothing, Nowhere. Names are those of the template's parameters, resources and attributes.", Assert.Single(result.Warnings));

        Assert.Equal(
            ["Invalid", "Invalid"],
            Run("Import-SsmAssociationEntry stack.yaml -TemplateParameter @{ Stage = 'prod' } -ErrorAction SilentlyContinue | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue | ForEach-Object { \"$($_.Status)\" }").OutputOf<string>());
        Assert.Equal(0, _endpoint.Associations);
    }

    [Fact]
    public void A_resource_whose_condition_is_not_met_is_a_warning_and_no_error_with_Strict_too()
    {
        Write("stack.yaml", Stack);

        ScriptResult result = Run("(Import-SsmAssociationEntry stack.yaml -Strict -Region eu-central-1 -AccountId 012345678901 -TemplateParameter @{ Bucket = 'patch-logs' }).AssociationName").WithoutErrors();

        Assert.Equal(["scan-test-eu-central-1"], result.OutputOf<string>());
        Assert.Contains("The Condition of Install (IsProd) is not met", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-TemplateParameter @{ Days = 'Hunter2'; Stage = 'prod'; Bucket = 'b' } -TemplateValue @{ 'Role.Arn' = 'Hunter2-2' }")]
    [InlineData("-TemplateParameter @{ Days = @{ x = 'Hunter2' } }")]
    [InlineData("-TemplateParameter @{ Days = @('Hunter2', @{ x = 'Hunter2' }) }")]
    [InlineData("-TemplateValue @{ Days = $null; 'Role.Arn' = 'Hunter2' }")]
    public void No_stream_shows_a_value_that_was_given(string arguments)
    {
        Write("stack.yaml", Stack);

        ScriptResult result = Run(EndpointSession.Tried($"Import-SsmAssociationEntry stack.yaml -Region eu-central-1 -AccountId 012345678901 {arguments} -Verbose -Debug"));

        ErrorRecord[] errors = [.. result.Errors.Append(result.TerminatingError).OfType<ErrorRecord>()];
        Assert.NotEmpty(errors);
        Assert.All(
            errors.SelectMany(error => new[] { error.ToString(), $"{error.TargetObject}", error.Exception.ToString() }).Concat(result.Warnings),
            text => Assert.DoesNotContain("Hunter2", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-Region Frankfurt", "InvalidRegion")]
    [InlineData("-AccountId 12345", "InvalidAccountId")]
    [InlineData("-TemplateParameter @{ a = [datetime] '2026-01-01' }", "InvalidTemplateParameter")]
    [InlineData("-TemplateValue @{ a = [pscustomobject] @{ b = 1 } }", "InvalidTemplateValue")]
    public void What_cannot_be_given_ends_the_command(string arguments, string id)
    {
        Write("stack.yaml", Stack);

        Assert.StartsWith(id, Run(EndpointSession.Tried("Import-SsmAssociationEntry stack.yaml " + arguments)).TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_of_the_CDK_is_imported_with_the_place_that_its_manifest_names()
    {
        const string Template = """
            {"Resources":{"A":{"Type":"AWS::SSM::Association","Properties":{"Name":{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":ssm:",{"Ref":"AWS::Region"},":",{"Ref":"AWS::AccountId"},":document/d"]]}},
            "Metadata":{"aws:cdk:path":"App/A"}}},"Parameters":{"BootstrapVersion":{"Type":"AWS::SSM::Parameter::Value<String>","Default":"/cdk-bootstrap/version"}},
            "Rules":{"CheckBootstrapVersion":{"Assertions":[{"Assert":{"Fn::Not":[{"Fn::Contains":[["1"],{"Ref":"BootstrapVersion"}]}]}}]}}}
            """;
        Write("App.template.json", Template);
        Write("App.assets.json", "{\"version\":\"36.0.0\",\"files\":{},\"dockerImages\":{}}");
        Write("tree.json", "{\"version\":\"tree-0.1\",\"tree\":{\"id\":\"App\"}}");
        Write("manifest.json", "{\"version\":\"36.0.0\",\"artifacts\":{\"App\":{\"type\":\"aws:cloudformation:stack\",\"environment\":\"aws://012345678901/cn-north-1\",\"properties\":{\"templateFile\":\"App.template.json\"}}}}");

        ScriptResult result = Run("(Import-SsmAssociationEntry *.json).Name").WithoutErrors();

        Assert.Equal(["arn:aws-cn:ssm:cn-north-1:012345678901:document/d"], result.OutputOf<string>());
        Assert.Equal(["arn:aws:ssm:us-east-1:012345678901:document/d"], Run("(Import-SsmAssociationEntry App.template.json -Region us-east-1).Name").WithoutErrors().OutputOf<string>());
        Write("manifest.json", "{ broken");
        Assert.Contains("-Region REGION -AccountId ACCOUNT", Assert.Single(Run("Import-SsmAssociationEntry App.template.json").Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fleet_that_exists_moves_into_Terraform_and_CloudFormation_and_comes_back_as_it_is()
    {
        ScriptResult result = Run("""
            @{ Name = 'AWS-RunShellScript'; AssociationName = 'one'; Targets = 'tag:A=b'; Parameters = @{ commands = 'ls', "echo `${x}`n" } },
            @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'two'; Targets = 'InstanceIds=*'; ScheduleExpression = 'rate(14 days)' },
            @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'three'; Targets = 'InstanceIds=*'; ScheduleExpression = 'cron(0 2 ? * SUN *)'; Duration = 2; ApplyOnlyAtCronInterval = $true; AlarmConfiguration = 'cpu' } |
                New-SsmAssociationBatch @c | Out-Null
            $e = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = '+failed'; WarningAction = 'SilentlyContinue' }
            Get-SsmAssociationEntry @c | Export-SsmAssociationEntry fleet.tf @e
            Get-SsmAssociationEntry @c | Export-SsmAssociationEntry fleet.template @e
            $failed | ForEach-Object { "$_" }
            [IO.File]::ReadAllText("$PWD/fleet.tf").Split("`n") | Where-Object { $_ -match '^  to|^resource' }
            foreach ($file in 'fleet.tf', 'fleet.template') {
                Import-SsmAssociationEntry $file | Compare-SsmAssociationEntry @c | ForEach-Object { "$($_.Status) $($_.AssociationName)" }
            }
            """);

        string[] lines = [.. result.OutputOf<string>()];
        Assert.Equal(2, lines.Count(line => line.Contains("Duration and AlarmConfiguration", StringComparison.Ordinal)));
        Assert.Contains("  to = aws_ssm_association.two", lines);
        Assert.Contains("  to = awscc_ssm_association.one", lines);
        Assert.Equal(["Extra three", "Extra three", "Same one", "Same one", "Same two", "Same two"], lines[^6..].Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Csv", "Array")]
    [InlineData("Json", "Array")]
    [InlineData("Json", "Entries")]
    [InlineData("Json", "CloudFormation")]
    [InlineData("Jsonl", "Array")]
    [InlineData("Yaml", "Array")]
    [InlineData("Yaml", "Entries")]
    [InlineData("Yaml", "CloudFormation")]
    [InlineData("Terraform", "Array")]
    public void What_Tab_offers_is_written_and_read(string format, string shape)
    {
        ScriptResult result = Run($$"""
            @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'agent'; Targets = 'tag:A=b' } | Export-SsmAssociationEntry fleet.none -Format {{format}} -As {{shape}}
            Import-SsmAssociationEntry fleet.none -Format {{format}} | ForEach-Object { "$_ $($_.Targets)" }
            """).WithoutErrors();

        Assert.Equal(["agent (AWS-UpdateSSMAgent) tag:A=b"], result.OutputOf<string>());
        Assert.Empty(result.Warnings);
    }

    private ScriptResult Run(string script) => _endpoint.Session.Run(script);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
