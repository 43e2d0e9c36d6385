using System;
using System.IO;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Test-SsmAssociationEntry -Online and -DocumentPath, as a session sees them.</summary>
public sealed class OnlineTests
{
    private const string Nodes = """
        -Node @{ Id = 'i-00000001'; Platform = 'Linux'; Tags = @{ Role = 'web'; Env = 'prod' } },
            @{ Id = 'i-00000002'; Platform = 'Linux'; Tags = @{ Role = 'web'; Env = 'test' } },
            @{ Id = 'i-00000003'; Platform = 'Windows'; Tags = @{ Role = 'db'; Env = 'prod' } }
        """;

    [Fact]
    public void Verdicts_say_how_many_nodes_are_selected_and_which_come_first()
    {
        using var endpoint = new EndpointSession(Nodes);

        ScriptResult result = endpoint.Run("""
            @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' },
            @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=wbe' },
            @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'resource-groups:Name=Web' } |
                Test-SsmAssociationEntry -Online @c | ForEach-Object { "$($_.Index) $($_.IsValid) [$($_.NodeCount)] $($_.FirstNodeIds -join ',') $($_.Issues.RuleId -join ',') $($_.Issues.Source -join ',')" }
            """).WithoutErrors();

        Assert.Equal(
            ["0 True [2] i-00000001,i-00000002  ", "1 True [0]  Nodes.None service", "2 True []  Nodes.NotLookedAt service"],
            result.Output.Select(line => line!.ToString()));
    }

    [Fact]
    public void Parameters_are_checked_against_the_document_of_the_service()
    {
        using var endpoint = new EndpointSession(Nodes);

        ScriptResult result = endpoint.Run("""
            @{ Name = 'AWS-RunPatchBaseline'; Targets = 'tag:Role=web'; Parameters = @{ Operation = 'install' } },
            @{ Name = 'AWS-RunPatchBaseline'; Targets = 'tag:Role=web' },
            @{ Name = 'AWS-RunPatchBaseline'; Targets = 'tag:Role=web'; Parameters = @{ Operation = 'Scan'; Oops = '1' } },
            @{ Name = 'AWS-RunShellScript'; Targets = 'tag:Role=web'; Parameters = @{ commands = 'ls'; executionTimeout = 'soon' } },
            @{ Name = 'Nobody-Has-This'; Targets = 'tag:Role=web' } |
                Test-SsmAssociationEntry -Online @c | ForEach-Object { foreach ($i in $_.Issues) { "$($_.IsValid) $($i.Severity) $($i.Path) $($i.RuleId) $($i.Source)" } }
            """).WithoutErrors();

        Assert.Equal(
            [
                "False Error Parameters.Operation[0] Parameters.AllowedValues service",
                "False Error Parameters.Operation Parameters.Required service",
                "False Error Parameters.Oops Parameters.Undeclared service",
                "False Error Parameters.executionTimeout[0] Parameters.Pattern service",
                "False Error Name Document.NotFound service",
            ],
            result.Output.Select(line => line!.ToString()));
    }

    [Fact]
    public void Whatever_goes_in_comes_out_in_its_order_also_what_is_no_entry()
    {
        using var endpoint = new EndpointSession(Nodes);

        ScriptResult result = endpoint.Run("""
            1..700 | ForEach-Object { if ($_ % 7) { @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = "a-$_"; Targets = "tag:Node=n$($_ % 50)" } } else { 42 } } |
                Test-SsmAssociationEntry -Online @c -ExcludeRule Nodes.*
            """).WithoutErrors();

        Assert.Equal(Enumerable.Range(0, 700).Select(i => (long)i), result.Output.Select(verdict => (long)verdict!.Properties["Index"].Value));
        Assert.Equal(600, result.Output.Count(verdict => (bool)verdict!.Properties["IsValid"].Value));

        // A list of nodes for each of 50 selectors, a document, and one list of associations.
        Assert.InRange(endpoint.Requests, 53, 53);
    }

    [Fact]
    public void Verdicts_go_on_to_the_commands_that_send()
    {
        using var endpoint = new EndpointSession(Nodes);

        ScriptResult result = endpoint.Run("""
            $verdicts = @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'web'; Targets = 'tag:Role=web' }, @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'dbs'; Targets = 'tag:Role=db' } |
                Test-SsmAssociationEntry -Online @c
            $verdicts | New-SsmAssociationBatch @c | ForEach-Object { "$($_.Status)" }
            $verdicts | Sync-SsmAssociationBatch @c | ForEach-Object { "$($_.Status)" }
            Get-SsmAssociationEntry @c -AssociationName web | ForEach-Object { $_.Entry.ScheduleExpression = 'rate(1 day)'; $_ } |
                Test-SsmAssociationEntry -Online @c | Update-SsmAssociationBatch @c -Confirm:$false | ForEach-Object { "$($_.Status)" }
            """).WithoutErrors();

        Assert.Equal(["Created", "Created", "Existing", "Existing", "Updated"], result.Output.Select(line => line!.ToString()));
    }

    [Fact]
    public void What_the_service_said_keeps_an_entry_from_being_sent()
    {
        using var endpoint = new EndpointSession(Nodes);

        ScriptResult result = endpoint.Run("""
            $verdicts = @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'good'; Targets = 'tag:Role=web' }, @{ Name = 'Nobody-Has-This'; AssociationName = 'bad'; Targets = 'tag:Role=web' } |
                Test-SsmAssociationEntry -Online @c
            $verdicts | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Status) $(($_.Issues | Where-Object Severity -EQ Error).RuleId)" }
            $verdicts | Sync-SsmAssociationBatch @c -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Status) $(($_.Issues | Where-Object Severity -EQ Error).RuleId)" }
            $id = (Get-SsmAssociationEntry @c).AssociationId
            [pscustomobject]@{ AssociationId = $id; Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web'; Parameters = 'Oops=1' } | Test-SsmAssociationEntry -Online @c | Update-SsmAssociationBatch @c -Confirm:$false -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Status) $(@($_.Issues.RuleId)[-1])" }
            $verdicts | New-SsmAssociationBatch @c -SkipValidation -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Status)" }
            """);

        Assert.Equal(
            ["Created ", "Invalid Document.NotFound", "Existing ", "Invalid Document.NotFound", "Invalid Parameters.Undeclared", "Created", "Failed"],
            result.Output.Select(line => line!.ToString()));
    }

    [Fact]
    public void The_report_and_the_table_show_the_nodes_also_of_copies()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            using var endpoint = new EndpointSession(Nodes);
            endpoint.Session.Runspace.SessionStateProxy.Path.SetLocation(folder.FullName);

            ScriptResult result = endpoint.Run("""
                $verdict = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' } | Test-SsmAssociationEntry -Online @c
                $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($verdict, 8))
                $copy.NodeCount
                $null = $verdict | Export-SsmAssociationReport -Path live.html
                $null = $copy | Export-SsmAssociationReport -Path copy.html
                """).WithoutErrors();

            Assert.Equal(2, (int)result.Output[0]!.BaseObject);
            Assert.Contains("2 nodes now", File.ReadAllText(Path.Combine(folder.FullName, "live.html")), StringComparison.Ordinal);
            Assert.Contains("2 nodes now", File.ReadAllText(Path.Combine(folder.FullName, "copy.html")), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Commands_that_send_check_against_documents_as_files_too()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "web-config.json"), """{"schemaVersion":"2.2","parameters":{"Level":{"type":"String","allowedValues":["low"]}}}""");
            using var endpoint = new EndpointSession(Nodes + " -Document web-config");
            endpoint.Session.Runspace.SessionStateProxy.Path.SetLocation(folder.FullName);

            ScriptResult result = endpoint.Run("""
                $low = @{ Name = 'web-config'; AssociationName = 'low'; Targets = 'tag:Role=web'; Parameters = @{ Level = 'low' } }
                $high = @{ Name = 'web-config'; AssociationName = 'high'; Targets = 'tag:Role=web'; Parameters = @{ Level = 'high' } }
                $low, $high | New-SsmAssociationBatch @c -DocumentPath . -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Status) $(($_.Issues | Where-Object Severity -EQ Error).RuleId)" }
                $low, $high | Sync-SsmAssociationBatch @c -DocumentPath . -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Status) $(($_.Issues | Where-Object Severity -EQ Error).RuleId)" }
                $id = (Get-SsmAssociationEntry @c).AssociationId
                [pscustomobject]@{ AssociationId = $id; Parameters = 'Level=high' } | Update-SsmAssociationBatch @c -DocumentPath . -Confirm:$false -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Status) $($_.Issues.RuleId -join ',')" }
                """);

            Assert.Equal(["Created ", "Invalid Parameters.AllowedValues", "Existing ", "Invalid Parameters.AllowedValues"], result.Output.Take(4).Select(line => line!.ToString()));
            Assert.StartsWith("Invalid Parameters.AllowedValues", result.Output[4]!.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void WhatIf_says_how_many_nodes_were_seen()
    {
        using var endpoint = new EndpointSession(Nodes);

        ScriptResult result = endpoint.Run("@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' } | Test-SsmAssociationEntry -Online @c | New-SsmAssociationBatch @c -WhatIf").WithoutErrors();

        Assert.Contains("on tag:Role=web (2 nodes when that was looked at)", Assert.Single(result.WhatIf), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_was_looked_at_is_still_a_plan()
    {
        using var endpoint = new EndpointSession(Nodes);

        ScriptResult result = endpoint.Run("""
            $null = New-Good 1 | New-SsmAssociationBatch @c
            $null = New-Good 2 | New-SsmAssociationBatch @c
            $plan = (New-Good 1), (New-Good 3) | Compare-SsmAssociationEntry @c | Test-SsmAssociationEntry -Online @c
            $plan | Sync-SsmAssociationBatch @c -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Name) $($_.AssociationName) $($_.Status) $($_.ErrorCode)" }
            """).WithoutErrors();

        Assert.Equal(
            ["AWS-UpdateSSMAgent agent-1 Existing ", "AWS-UpdateSSMAgent agent-2 NotAttempted AssociationNotWanted", "AWS-UpdateSSMAgent agent-3 Created "],
            result.Output.Select(line => line!.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Several_Regions_are_looked_at_each_for_itself()
    {
        using var endpoint = new EndpointSession(Nodes);

        ScriptResult result = endpoint.Run("""
            $two = $c.Clone(); $two.Region = 'us-east-1', 'eu-west-1'
            $v = @{ Name = 'Nobody-Has-This'; Targets = 'tag:Role=web' } | Test-SsmAssociationEntry -Online @two
            $v.NodeCount
            $v.Issues | ForEach-Object { $_.Message }
            """).WithoutErrors();

        Assert.Equal(4, (int)result.Output[0]!.BaseObject);
        Assert.Contains(result.Output.Skip(1), line => line!.ToString()!.StartsWith("us-east-1: ", StringComparison.Ordinal));
        Assert.Contains(result.Output.Skip(1), line => line!.ToString()!.StartsWith("eu-west-1: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-EndpointUrl http://127.0.0.1:1", "EndpointUrl")]
    [InlineData("-ProfileName ops", "ProfileName")]
    [InlineData("-ThrottleLimit 2", "ThrottleLimit")]
    public void What_only_a_connection_needs_is_refused_without_Online(string arguments, string parameter)
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run(EndpointSession.Tried($"@{{ Name = 'AWS-UpdateSSMAgent' }} | Test-SsmAssociationEntry {arguments}"));

        Assert.Contains($"-{parameter} belongs to -Online", result.TerminatingError!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_credentials_Online_ends_at_once()
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run(EndpointSession.Tried("@{ Name = 'AWS-UpdateSSMAgent' } | Test-SsmAssociationEntry -Online -Region us-east-1 -ProfileName nobody-has-this"));

        Assert.NotNull(result.TerminatingError);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Documents_as_files_are_checked_against_offline()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "web-config.yaml"), "schemaVersion: '2.2'\nparameters:\n  Level:\n    type: String\n    allowedValues: [low, high]\n");
            using var session = new ModuleSession();
            session.Runspace.SessionStateProxy.Path.SetLocation(folder.FullName);

            ScriptResult result = session.Run("""
                'low', 'LOW', $null | ForEach-Object { @{ Name = 'web-config'; Targets = 'tag:Role=web'; Parameters = if ($_) { @{ Level = $_ } } } } |
                    Test-SsmAssociationEntry -DocumentPath . | ForEach-Object { "$($_.IsValid) $($_.Issues.RuleId) $($_.Issues.Source)" }
                """).WithoutErrors();

            Assert.Equal(["True  ", "False Parameters.AllowedValues document: web-config.yaml", "False Parameters.Required document: web-config.yaml"], result.Output.Select(line => line!.ToString()));
            Assert.NotNull(session.Run(EndpointSession.Tried("@{ Name = 'a' } | Test-SsmAssociationEntry -DocumentPath ./nothing-here")).TerminatingError);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_stop_ends_the_looking()
    {
        using var endpoint = new EndpointSession(Nodes + " -Fault 'DescribeInstanceInformation always delay seconds=60'");

        using RunningScript running = endpoint.Start("@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Role=web' } | Test-SsmAssociationEntry -Online @c");
        Assert.True(System.Threading.SpinWait.SpinUntil(() => endpoint.Requests > 0, TimeSpan.FromMinutes(10)));
        ScriptResult result = running.Stop();

        Assert.Empty(result.Output);
    }
}
