using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.HelpCompiler.Pages;
using SsmAssociationTools.Module.Tests.Hosting;
using SsmAssociationTools.Tests.Files;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Help;

/// <summary>Every example runs as it is written, against an embedded endpoint.</summary>
[Collection(ProcessEnvironment.Name)]
public sealed class ExampleTests
{
    /// <summary>
    /// What the examples need and the session does not have: cmdlets of PowerShell that come with another assembly, files,
    /// the AWS CLI. The file has a good row and one that breaks a rule. Calls that name no endpoint go to the embedded one.
    /// </summary>
    private const string StandIns = """
        $rows = @(
            [pscustomobject]@{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'agent-all'; Targets = 'InstanceIds=*'; ScheduleExpression = 'rate(14 days)' }
            [pscustomobject]@{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'patch-web'; Targets = 'tag:Role=web'; ScheduleExpression = 'rate(29 minutes)' }
        )
        function Import-Csv { param([Parameter(Mandatory)] $Path) $rows }
        function Get-Content { param([Parameter(Mandatory)] $Path, [switch] $Raw) 'text' }
        function ConvertFrom-Json { param([Parameter(ValueFromPipeline)] $InputObject) process { $rows } }
        function Format-List { param([Parameter(ValueFromPipeline)] $InputObject, [Parameter(Position = 0)] $Property) process { $InputObject } }
        function Sort-Object { param([Parameter(ValueFromPipeline)] $InputObject, [Parameter(Position = 0)] $Property) process { $InputObject } }
        function Get-SSMInstanceInformation {
            [pscustomobject]@{ InstanceId = 'i-0123456789abcdef0'; Name = 'web01'; PlatformType = 'Linux' }
            [pscustomobject]@{ InstanceId = 'mi-0123456789abcdef0'; Name = 'web02'; PlatformType = 'Windows' }
        }
        function aws { "aws $args" }
        function Invoke-Item { param([Parameter(ValueFromPipeline)] $InputObject) process { $InputObject } }
        function Get-ChildItem { param([Parameter(Mandatory)] $Path) $ExecutionContext.InvokeProvider.ChildItem.Get($Path, $false) }
        $standIn = Start-SsmLocalEndpoint
        $PSDefaultParameterValues = @{
            '*-SsmAssociationBatch:EndpointUrl'       = $standIn.Url.AbsoluteUri
            '*-SsmAssociationBatch:AccessKey'         = 'local'
            '*-SsmAssociationBatch:SecretKey'         = 'local'
            'Get-SsmAssociationEntry:EndpointUrl'     = $standIn.Url.AbsoluteUri
            'Get-SsmAssociationEntry:AccessKey'       = 'local'
            'Get-SsmAssociationEntry:SecretKey'       = 'local'
            'Get-SsmAssociationOutcome:EndpointUrl'   = $standIn.Url.AbsoluteUri
            'Get-SsmAssociationOutcome:AccessKey'     = 'local'
            'Get-SsmAssociationOutcome:SecretKey'     = 'local'
            'Compare-SsmAssociationEntry:EndpointUrl' = $standIn.Url.AbsoluteUri
            'Compare-SsmAssociationEntry:AccessKey'   = 'local'
            'Compare-SsmAssociationEntry:SecretKey'   = 'local'
        }
        """;

    public static TheoryData<string, int> Examples
    {
        get
        {
            var examples = new TheoryData<string, int>();
            foreach (HelpPage page in HelpPages.All.Values.OrderBy(page => page.Name, StringComparer.Ordinal))
            {
                for (int i = 0; i < page.Examples.Count; i++)
                {
                    examples.Add(page.Name, i + 1);
                }
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Examples_run_as_they_are_written(string cmdlet, int number)
    {
        PageExample example = HelpPages.All[cmdlet].Examples[number - 1];
        string? key = Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID");
        string? secret = Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY");
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        using var session = new ModuleSession();
        session.Runspace.SessionStateProxy.Path.SetLocation(folder.FullName);
        session.Run(StandIns).WithoutErrors();
        WriteFiles(folder.FullName);
        try
        {
            foreach ((_, string script) in example.Scripts)
            {
                ScriptResult result = session.Run(script);

                // An entry that fails is what some examples are about; anything else that goes wrong is the example's fault.
                IEnumerable<ErrorRecord> errors = result.Errors.Append(result.TerminatingError).OfType<ErrorRecord>();
                Assert.Equal(string.Empty, string.Join("\n", errors.Where(error => !IsExpected(error, script)).Select(error => $"{error.FullyQualifiedErrorId}: {error}")));
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", key);
            Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", secret);
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("New-SsmAssociationBatch", "Create one association", "Created")]
    [InlineData("New-SsmAssociationBatch", "Create associations from a CSV file", "Created,Invalid")]
    [InlineData("New-SsmAssociationBatch", "Say what would be created", "NotAttempted,NotAttempted")]
    [InlineData("New-SsmAssociationBatch", "Rehearse against an endpoint", "Created")]
    [InlineData("New-SsmAssociationBatch", "Create only what is not there yet", "Created,Invalid")]
    [InlineData("New-SsmAssociationEntry", "Build one entry and create it", "Created")]
    [InlineData("New-SsmAssociationEntry", "Make one association for each managed node", "Created,Created")]
    [InlineData("Compare-SsmAssociationEntry", "Leave alone what belongs to others", "Missing")]
    [InlineData("Get-SsmAssociationEntry", "Read back what a run has created", "Pending")]
    [InlineData("Remove-SsmAssociationBatch", "Take back what a run created", "Removed,NotAttempted")]
    [InlineData("Remove-SsmAssociationBatch", "Say what would be deleted", "NotAttempted,NotAttempted")]
    [InlineData("Remove-SsmAssociationBatch", "Remove by objects of your own", "Removed")]
    [InlineData("Remove-SsmAssociationBatch", "Go on with a removal", "Removed,Removed")]
    [InlineData("Get-SsmAssociationOutcome", "Create associations and wait", "Success")]
    [InlineData("Get-SsmAssociationOutcome", "Look once, and wait later", "Success")]
    [InlineData("Start-SsmAssociationBatch", "Say what would run", "NotAttempted")]
    [InlineData("Start-SsmAssociationBatch", "Go on with a run", "Started,Started")]
    [InlineData("Start-SsmLocalEndpoint", "See how a run behaves when the limit is reached", "Created,Created,Failed,Failed")]
    [InlineData("Start-SsmLocalEndpoint", "See how a run deals with throttling", "Created")]
    public void Examples_have_the_outcome_that_their_text_tells(string cmdlet, string title, string statuses)
    {
        PageExample example = HelpPages.All[cmdlet].Examples.Single(example => example.Title.Contains(title, StringComparison.Ordinal));
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        using var session = new ModuleSession();
        session.Runspace.SessionStateProxy.Path.SetLocation(folder.FullName);
        session.Run(StandIns).WithoutErrors();

        ScriptResult result = session.Run(example.Code);

        Assert.Equal(statuses, string.Join(",", result.Output
            .Where(item => item?.Properties["Status"] is not null)
            .Select(item => item!.Properties["Status"].Value.ToString())
            .Take(statuses.Split(',').Length)));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Check an entry and read its problems", "False\nTargets.Values.Missing\nSchedule.Rate.Interval")]
    [InlineData("Send the good entries only", "rate(14 days)")]
    public void Examples_of_verdicts_find_what_their_text_tells(string title, string expected)
    {
        PageExample example = HelpPages.All["Test-SsmAssociationEntry"].Examples.Single(example => example.Title.Contains(title, StringComparison.Ordinal));
        using var session = new ModuleSession();

        ScriptResult result = session.Run(example.Code).WithoutErrors();

        Assert.Equal(expected, string.Join("\n", result.Output.Select(item => item!.BaseObject switch
        {
            System.Collections.Hashtable entry => entry["ScheduleExpression"],
            bool verdict => verdict,
            _ => item.Properties["RuleId"].Value,
        })));
    }

    [Theory]
    [InlineData("Make one association for each of several teams", "patch-red|tag:Team=red,patch-green|tag:Team=green,patch-blue|tag:Team=blue")]
    [InlineData("Change what a file says", "agent-all|InstanceIds=*")]
    [InlineData("Copy an entry with another schedule", "|InstanceIds=*")]
    public void Examples_that_build_entries_return_what_their_text_tells(string title, string expected)
    {
        PageExample example = HelpPages.All["New-SsmAssociationEntry"].Examples.Single(example => example.Title.Contains(title, StringComparison.Ordinal));
        using var session = new ModuleSession();
        session.Run(StandIns).WithoutErrors();

        ScriptResult result = session.Run(example.Code);

        Assert.Empty(result.Warnings);
        Assert.Equal(expected, string.Join(",", result.Output.Select(item =>
            $"{item!.Properties["AssociationName"].Value}|{string.Join(";", ((Array)item.Properties["Targets"].Value).Cast<object>())}")));
    }

    [Theory]
    [InlineData("See when an expression runs", 3, "2 days after every second Sunday of the month, at 02:00 UTC")]
    [InlineData("Look ahead over all associations of a file", 1, "every 14 days")]
    [InlineData("Find what runs during a maintenance", 3, "every Saturday at 02:00 UTC")]
    [InlineData("Read a doubtful expression", 1, "every Tuesday at 02:00 UTC")]
    public void Examples_of_schedules_show_what_their_text_tells(string title, int count, string first)
    {
        PageExample example = HelpPages.All["Get-SsmAssociationSchedule"].Examples.Single(example => example.Title.Contains(title, StringComparison.Ordinal));
        using var session = new ModuleSession();
        session.Run(StandIns).WithoutErrors();

        ScriptResult result = session.Run(example.Code);

        Assert.Equal(count, result.Output.Count);
        Assert.Equal(first, result.Output[0]!.Properties["Description"].Value);
    }

    [Theory]
    [InlineData("Look at a plan before anything is created", "Fleet, November", "Valid,Invalid")]
    [InlineData("Report a run", "results of a run", "Created,Invalid")]
    [InlineData("Report only what did not succeed", "Still open", "Invalid")]
    [InlineData("Report a run that ended with an error", "results of a run", "Not attempted,Invalid")]
    public void Examples_of_reports_show_what_their_text_tells(string title, string heading, string statuses)
    {
        PageExample example = HelpPages.All["Export-SsmAssociationReport"].Examples.Single(example => example.Title.EndsWith(title, StringComparison.Ordinal));
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        using var session = new ModuleSession();
        session.Runspace.SessionStateProxy.Path.SetLocation(folder.FullName);
        session.Run(StandIns).WithoutErrors();
        WriteFiles(folder.FullName);
        try
        {
            session.Run(example.Code).WithoutErrors();

            string page = File.ReadAllText(Assert.Single(folder.GetFiles("*.html")).FullName);
            Assert.Contains(heading + "</title>", page, StringComparison.Ordinal);
            Assert.Equal(statuses, string.Join(",", page.Split("<tr><td>").Skip(1).Select(row => row.Split("\">", 3)[1].Split('<')[0])));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The files that examples import.</summary>
    private static void WriteFiles(string folder)
    {
        const string Agent = "{\"Name\":\"AWS-UpdateSSMAgent\",\"Targets\":\"InstanceIds=*\",\"ScheduleExpression\":\"rate(14 days)\"}\n";
        File.WriteAllText(Path.Combine(folder, "fleet.csv"), "Name,Targets,ScheduleExpression\nAWS-UpdateSSMAgent,InstanceIds=*,rate(14 days)\nAWS-RunPatchBaseline,tag:Role=web,rate(29 minutes)\n");
        File.WriteAllBytes(Path.Combine(folder, "fleet.xlsx"), new Workbook().Sheet("Fleet", [["Name", "Targets"], ["AWS-UpdateSSMAgent", "InstanceIds=*"]]).ToArray());
        File.WriteAllText(Path.Combine(folder, "fleet[1].txt"), "Name|Targets\nAWS-UpdateSSMAgent|InstanceIds=*\n");
        File.WriteAllText(Path.Combine(folder, "a.jsonl"), Agent);
        File.WriteAllText(Path.Combine(folder, "b.jsonl"), Agent.Replace("InstanceIds=*", "tag:Env=test", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "stack.yaml"), "Parameters: { Bucket: { Type: String } }\nResources:\n  A:\n    Type: AWS::SSM::Association\n    Properties:\n      Name: a-document\n      OutputLocation: { S3Location: { OutputS3BucketName: !Ref Bucket } }\n      Parameters: { AutomationAssumeRole: [ !GetAtt Role.Arn ] }\n");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "documents")).FullName, "AWS-UpdateSSMAgent.json"), "{\"schemaVersion\":\"1.2\",\"parameters\":{}}");
    }

    private static bool IsExpected(ErrorRecord error, string script) =>
        error.Exception.GetType().Name is "AssociationBatchException" or "AssociationRemovalException"
        || (script.Contains("throw", StringComparison.Ordinal) && error.FullyQualifiedErrorId == error.Exception.Message);
}
