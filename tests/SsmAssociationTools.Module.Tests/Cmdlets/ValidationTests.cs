using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Test-SsmAssociationEntry: all problems at once, the switches, and that nothing leaves the process.</summary>
public sealed class ValidationTests
{
    private const string Bad = """
        @{ Name = 'x'; Targets = @{ Key = 'tag:Role'; Values = @() }, @{ Key = ''; Values = 'a' }; ScheduleExpression = 'rate(29 minutes)'; MaxErrors = '-1'; Duration = 99; ComplianceSeverity = 'Urgent' }
        """;

    [Fact]
    public void All_problems_of_an_entry_are_told_at_once_by_path()
    {
        using var session = new ModuleSession();

        Seen verdict = Assert.Single(Seen.In(session.Run(Bad + " | Test-SsmAssociationEntry").WithoutErrors()));

        Assert.Equal("EntryValidation", verdict.Kind);
        Assert.False(verdict.IsValid);
        string[] paths = [.. verdict.Issues.Select(issue => (string)issue["Path"]!)];
        Assert.Contains("Name", paths);
        Assert.Contains("Targets[1].Key", paths);
        Assert.Contains("ScheduleExpression", paths);
        Assert.Contains("MaxErrors", paths);
        Assert.Contains("Duration", paths);
        Assert.Contains("ComplianceSeverity", paths);
        Assert.Contains(verdict.Issues, issue => ((string)issue["Message"]!).Contains("30 minutes", StringComparison.Ordinal));
        Assert.All(verdict.Issues, issue =>
        {
            Assert.NotEmpty((string)issue["RuleId"]!);
            Assert.NotEmpty((string)issue["Source"]!);
            Assert.NotEmpty((string)issue["Message"]!);
        });
        Assert.Equal(verdict.Issues.Count(issue => issue["Severity"]!.ToString() == "Error"), verdict["ErrorCount"]);
    }

    [Fact]
    public void A_warning_leaves_an_entry_valid_and_Strict_does_not()
    {
        using var session = new ModuleSession();
        const string Warned = "@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b'; Zebra = 1 }";

        Seen lenient = Assert.Single(Seen.In(session.Run(Warned + " | Test-SsmAssociationEntry").WithoutErrors()));
        Seen strict = Assert.Single(Seen.In(session.Run(Warned + " | Test-SsmAssociationEntry -Strict").WithoutErrors()));

        Assert.True(lenient.IsValid);
        Assert.Equal(1, lenient["WarningCount"]);
        Assert.Equal("Input.UnknownMember", Assert.Single(lenient.Issues)["RuleId"]);
        Assert.False(strict.IsValid);
        Assert.Equal(1, strict["ErrorCount"]);
        Assert.Equal([true, false], session.Run($"{Warned} | Test-SsmAssociationEntry -Quiet; {Warned} | Test-SsmAssociationEntry -Quiet -Strict").WithoutErrors().OutputOf<bool>());
    }

    [Fact]
    public void A_misspelt_member_is_an_error_that_names_the_right_one()
    {
        using var session = new ModuleSession();

        Seen verdict = Assert.Single(Seen.In(session.Run("@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b'; Paramaters = @{ version = 'latest' } } | Test-SsmAssociationEntry").WithoutErrors()));

        Assert.False(verdict.IsValid);
        Assert.Contains(verdict.Issues, issue => ((string)issue["Message"]!).Contains("Parameters", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_are_turned_off_by_id_and_by_wildcard()
    {
        using var session = new ModuleSession();
        string[] ids = [.. Seen.In(session.Run(Bad + " | Test-SsmAssociationEntry"))[0].Issues.Select(issue => (string)issue["RuleId"]!).Distinct()];
        Assert.True(ids.Length > 3);

        Seen one = Assert.Single(Seen.In(session.Run($"{Bad} | Test-SsmAssociationEntry -ExcludeRule '{ids[0]}'").WithoutErrors()));
        ScriptResult all = session.Run($"{Bad} | Test-SsmAssociationEntry -ExcludeRule '*'").WithoutErrors();

        Assert.Equal(ids.Skip(1), one.Issues.Select(issue => (string)issue["RuleId"]!).Distinct());
        Assert.True(Assert.Single(Seen.In(all)).IsValid);
        Assert.Empty(all.Warnings);
    }

    [Fact]
    public void A_pattern_that_fits_no_rule_is_warned_of_once_and_the_others_count()
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run("1..3 | ForEach-Object { @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:A=b'; Zebra = $_ } } | Test-SsmAssociationEntry -ExcludeRule 'No.Such*', 'input.unknownMember', 'Run.*'").WithoutErrors();

        Assert.Contains("No.Such*", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.All(Seen.In(result), item => Assert.Empty(item.Issues));
    }

    [Fact]
    public void Rules_across_entries_see_the_whole_pipeline()
    {
        using var session = new ModuleSession();

        IReadOnlyList<Seen> seen = Seen.In(session.Run("""
            & {
                @{ Name = 'AWS-RunShellScript'; InstanceId = 'i-0123456789abcdef0'; Parameters = @{ commands = 'id' } }
                @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'Agent'; Targets = 'tag:A=b' }
                @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0' }
                @{ AssociationName = 'Agent'; Name = 'AWS-UpdateSSMAgent'; Targets = @{ Values = 'b'; Key = 'tag:A' } }
                @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'Agent'; Targets = 'tag:A=c' }
                @{ Name = 'AWS-GatherSoftwareInventory'; Targets = 'InstanceIds=*'; ScheduleExpression = 'rate(12 hours)' }
                @{ Name = 'AWS-GatherSoftwareInventory'; Targets = 'InstanceIds=*'; ScheduleExpression = 'rate(1 day)' }
            } | Test-SsmAssociationEntry
            """).WithoutErrors());

        Assert.Equal([true, true, false, true, true, true, false], seen.Select(item => item.IsValid));
        Assert.Contains(seen[2].Issues, issue => (string)issue["RuleId"]! == "Run.DuplicateInstanceId");
        Assert.Contains(seen[3].Issues, issue => (string)issue["RuleId"]! == "Run.IdenticalEntry");
        Assert.Contains(seen[4].Issues, issue => (string)issue["RuleId"]! == "Run.RepeatedAssociationName");
        Assert.Contains(seen[6].Issues, issue => (string)issue["RuleId"]! == "Run.SecondInventory");
    }

    [Fact]
    public void Verdicts_stream_while_input_arrives()
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run("""
            $script:out = 0
            1..3 | ForEach-Object { $script:out; @{ Name = 'AWS-UpdateSSMAgent'; Targets = "tag:A=$_" } } | ForEach-Object { if ($_ -is [int]) { "before:$_" } else { $_ | Test-SsmAssociationEntry -Quiet | ForEach-Object { $script:out++ } } }
            $script:seen = 0
            1..3 | ForEach-Object { if ($script:seen -ne $_ - 1) { throw "held back at $_" }; @{ Name = 'AWS-UpdateSSMAgent'; Targets = "tag:A=$_" } } | Test-SsmAssociationEntry -Quiet | ForEach-Object { $script:seen++ }
            """).WithoutErrors();

        Assert.Equal(["before:0", "before:1", "before:2"], result.OutputOf<string>());
    }

    [Theory]
    [InlineData("Test-SsmAssociationEntry")]
    [InlineData("New-SsmAssociationBatch -WhatIf")]
    public void Neither_the_AWS_SDK_nor_a_socket_is_touched(string command)
    {
        FreshProcessResult result = FreshProcess.Run($$$"""
            $env:AWS_ACCESS_KEY_ID = $null; $env:AWS_PROFILE = $null; $env:AWS_REGION = $null
            & {
                @{ Name = 'AWS-RunPatchBaseline'; Targets = @{ Key = 'tag:Role'; Values = 'web' }; Parameters = @{ Operation = 'Scan' }; ScheduleExpression = 'cron(0 2 ? * SUN *)' }
                [pscustomobject]@{ Name = 'arn:aws:ssm:us-east-1:123456789012:document/Mine'; Targets = 'InstanceIds=*'; OutputLocation = '{"S3Location":{"OutputS3BucketName":"logs","OutputS3Region":"us-east-1"}}' }
                '{"Name":"AWS-StopEC2Instance","AutomationTargetParameterName":"InstanceId","Targets":[{"Key":"tag:A","Values":["b"]}]}'
                $null; 42; @{ Name = 'x' }
            } | {{{command}}} 2>&1 3>&1 | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] -and $_ -isnot [System.Management.Automation.WarningRecord] } | ForEach-Object { $_.Index }
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], result.Output);
        Assert.Contains(result.Assemblies, assembly => assembly.Name == "SsmAssociationTools");
        Assert.DoesNotContain(result.Assemblies, assembly => assembly.Name.StartsWith("AWSSDK", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(result.Assemblies, assembly => assembly.Name is "SsmAssociationTools.Aws" or "SsmAssociationTools.LocalEndpoint");

        // The engine itself may load some of the network's assemblies; the command loads none.
        string[] network = [.. FreshProcess.Run("1").Assemblies.Select(assembly => assembly.Name).Where(name => name.StartsWith("System.Net", StringComparison.Ordinal))];
        Assert.Equal(network, result.Assemblies.Select(assembly => assembly.Name).Where(name => name.StartsWith("System.Net", StringComparison.Ordinal)));
        Assert.DoesNotContain("System.Net.Http", network);
    }
}
