using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>What Tab offers for the parameters of entries, through the engine.</summary>
public sealed class NewSsmAssociationEntryCompletionTests : IClassFixture<ModuleSession>
{
    private readonly ModuleSession _session;

    public NewSsmAssociationEntryCompletionTests(ModuleSession session) => _session = session;

    [Theory]
    [InlineData("New-SsmAssociationEntry -Name AWS-RunPatchBaselineW", "AWS-RunPatchBaselineWithHooks")]
    [InlineData("New-SsmAssociationEntry aws-updatessm", "AWS-UpdateSSMAgent")]
    [InlineData("New-SsmAssociationEntry -DocumentName 'AWS-UpdateSSM", "'AWS-UpdateSSMAgent'")]
    [InlineData("New-SsmAssociationEntry -Name \"AWS-UpdateSSM", "\"AWS-UpdateSSMAgent\"")]
    [InlineData("New-SsmAssociationEntry -Name SoftwareInv", "AWS-GatherSoftwareInventory")]
    [InlineData("New-SsmAssociationEntry -Target Instance", "InstanceIds=|InstanceIds=*")]
    [InlineData("New-SsmAssociationEntry -Name AWS-UpdateSSMAgent -Target Parameter", "")]
    [InlineData("New-SsmAssociationEntry -Name AWS-StopEC2Instance -Target Parameter", "ParameterValues=")]
    [InlineData("New-SsmAssociationEntry -Target tag", "tag:|tag-key=|aws:NoOpAutomationTag=AWS-NoOpAutomationTarget-Value")]
    [InlineData("New-SsmAssociationEntry -ScheduleExpression \"rate(30", "\"rate(30 minutes)\"")]
    [InlineData("New-SsmAssociationEntry -ScheduleExpression 'rate(1 d", "'rate(1 day)'")]
    [InlineData("New-SsmAssociationEntry -ScheduleExpression SUN#", "'cron(0 2 ? * SUN#2 *)'")]
    [InlineData("New-SsmAssociationEntry -ComplianceSeverity m", "MEDIUM")]
    [InlineData("New-SsmAssociationEntry -SyncCompliance ", "AUTO|MANUAL")]
    [InlineData("New-SsmAssociationEntry -MaxError 25", "25%")]
    [InlineData("New-SsmAssociationEntry -MaxConcurrency 0", "10|50|10%|50%|100%")]
    [InlineData("New-SsmAssociationEntry -DocumentVersion ", "'$DEFAULT'|'$LATEST'")]
    [InlineData("New-SsmAssociationEntry -DocumentVersion \"", "\"`$DEFAULT\"|\"`$LATEST\"")]
    [InlineData("New-SsmAssociationEntry -Name AWS-StopEC2Instance -AutomationTargetParameterName ", "InstanceId|AutomationAssumeRole")]
    [InlineData("New-SsmAssociationEntry -ExcludeRule Targets.Key.Pl", "Targets.Key.Plus")]
    [InlineData("New-SsmAssociationEntry -ExcludeRule Name.Required, targets.key.pl", "Targets.Key.Plus")]
    [InlineData("Test-SsmAssociationEntry -ExcludeRule Targets.Key.Pl", "Targets.Key.Plus")]
    [InlineData("New-SsmAssociationBatch -ExcludeRule Targets.Key.Pl", "Targets.Key.Plus")]
    [InlineData("New-SsmAssociationEntry -Name AWS-RunShellScript -Parameter @", "@{ commands = '' }|@{ commands = '' }|@{ commands = ''; workingDirectory = '' }|@{ commands = ''; executionTimeout = '' }")]
    [InlineData("New-SsmAssociationEntry -Name AWS-RunPatchBaseline -Parameter Oper", "@{ Operation = 'Scan' }|@{ Operation = 'Install' }")]
    [InlineData("New-SsmAssociationEntry -Name Mine -Parameter ", "")]
    [InlineData("Test-SsmAssociationEntry -IncludeRule ", "Schedule.RunbookCron")]
    [InlineData("Start-SsmLocalEndpoint -Fault Creat", "'CreateAssociationBatch first 1 throttle'")]
    [InlineData("Start-SsmLocalEndpoint -Fault 'DeleteAssociation every 5 t", "'DeleteAssociation every 5 throttle'|'DeleteAssociation every 5 truncate'")]
    [InlineData("Import-SsmAssociationEntry -Encoding windows-1252", "windows-1252")]
    [InlineData("New-SsmAssociationEntry -S3Region eu-n", "eu-north-1")]
    [InlineData("New-SsmAssociationEntry -Region stockholm", "eu-north-1")]
    [InlineData("Test-SsmAssociationEntry -Region eu-n", "eu-north-1")]
    [InlineData("Import-SsmAssociationEntry stack.yaml -Region eu-n", "eu-north-1")]
    [InlineData("Export-SsmAssociationEntry x -Format ", "Csv|Json|Jsonl|Terraform|Yaml")]
    [InlineData("Export-SsmAssociationEntry x.yaml -As C", "CloudFormation")]
    [InlineData("Get-SsmAssociationSchedule 'rate(30", "'rate(30 minutes)'")]
    [InlineData("New-SsmAssociationEntry -Name Nothing-Like-It", "")]
    public void Tab_offers(string line, string expected) =>
        Assert.Equal(expected, string.Join("|", Complete(line).Select(match => match.CompletionText)));

    [Fact]
    public void Every_fault_that_Tab_offers_starts_an_endpoint()
    {
        string[] first = [.. Complete("Start-SsmLocalEndpoint -Fault ").Select(match => match.CompletionText)];
        string[] all = [.. first.SelectMany(one => Complete($"Start-SsmLocalEndpoint -Fault {one.Split(' ')[0]} ").Select(match => match.CompletionText))];

        Assert.Equal(7, first.Length);
        Assert.True(all.Length > 400);
        _session.Run($"$endpoint = Start-SsmLocalEndpoint -Fault {string.Join(", ", all)}; Stop-SsmLocalEndpoint $endpoint").WithoutErrors();
    }

    [Fact]
    public void Profiles_are_those_of_the_shared_files_and_nothing_else_of_them()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "config"), "# x\n[default]\nregion = eu-west-1\n[profile ops]\n[sso-session s]\n[services v]\n [ profile  \"two words\" ]\n");
            File.WriteAllText(Path.Combine(folder, "credentials"), "[ops]\naws_secret_access_key = hush\n[keys]\n[\n");

            string[] offered = [.. Complete($"New-SsmAssociationBatch -ProfileLocation '{Path.Combine(folder, "credentials")}' -ProfileName ").Select(match => match.CompletionText)];

            Assert.Equal(["default", "keys", "ops", "'two words'"], offered);
            Assert.Empty(Complete($"New-SsmAssociationBatch -ProfileLocation '{Path.Combine(folder, "none", "credentials")}' -ProfileName "));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Names_that_begin_with_what_is_typed_come_first()
    {
        string[] offered = [.. Complete("New-SsmAssociationEntry -Name AWS").Select(match => match.CompletionText)];

        Assert.True(offered.Length >= 60);
        Assert.All(offered, name => Assert.StartsWith("A", name, StringComparison.Ordinal));
        Assert.Equal("AWS-RunPatchBaseline", offered[0]);
        Assert.True(Complete("New-SsmAssociationEntry -Name Amazon").Single().CompletionText == "AmazonCloudWatch-ManageAgent");
    }

    [Theory]
    [InlineData("New-SsmAssociationEntry -Name AWS-RunPatchBaselineA", "baseline", "Needs the parameter Operation.")]
    [InlineData("New-SsmAssociationEntry -Name AWS-ConfigureAWSP", "package", "Needs the parameters action and name.")]
    [InlineData("New-SsmAssociationEntry -ScheduleExpression SUN#", "Every second Sunday of the month at 02:00 UTC", "SUN#5")]
    [InlineData("New-SsmAssociationEntry -ExcludeRule Targets.Key.Pl", "Warning", "plus sign")]
    [InlineData("New-SsmAssociationEntry -Target tag:", "tag", "tag:Role=web,db")]
    public void Tooltips_explain(string line, string first, string second)
    {
        string tooltip = Complete(line)[0].ToolTip;

        Assert.Contains(first, tooltip, StringComparison.Ordinal);
        Assert.Contains(second, tooltip, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ScheduleExpression ", "ScheduleExpression", "My-Document")]
    [InlineData("-MaxError ", "MaxErrors", "My-Document")]
    [InlineData("-MaxConcurrency ", "MaxConcurrency", "My-Document")]
    [InlineData("-ComplianceSeverity ", "ComplianceSeverity", "My-Document")]
    [InlineData("-SyncCompliance ", "SyncCompliance", "AWS-RunPatchBaselineAssociation -Parameter Operation=Scan -ExcludeRule SyncCompliance.ManualRequired")]
    [InlineData("-DocumentVersion ", "DocumentVersion", "My-Document")]
    public void What_is_offered_runs_as_it_is_and_is_accepted(string parameter, string member, string document)
    {
        foreach (CompletionResult match in Complete("New-SsmAssociationEntry -Name My-Document " + parameter))
        {
            string only = match.ListItemText.StartsWith("at(", StringComparison.Ordinal) ? " -ApplyOnlyAtCronInterval $true" : string.Empty;
            ScriptResult result = _session.Run($"New-SsmAssociationEntry -Name {document} -Target tag:Role=web {parameter}{match.CompletionText}{only}").WithoutErrors();

            // AUTO is offered for every document, and one of AWS's own wants the other: the warning says so.
            Assert.All(result.Warnings, warning => Assert.Contains("[SyncCompliance.ManualRequired]", warning, StringComparison.Ordinal));
            Assert.Equal(match.ListItemText, Assert.Single(result.Output)!.Properties[member].Value);
        }
    }

    private IReadOnlyList<CompletionResult> Complete(string line)
    {
        _session.SetVariable("line", line);
        return [.. _session.Run("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches")
            .WithoutErrors().OutputOf<CompletionResult>()
            .Where(match => match.ResultType == CompletionResultType.ParameterValue)];
    }
}
