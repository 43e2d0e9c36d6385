using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Get-SsmAssociationOutcome in the engine: a clock that stands still shows each moment of a run.</summary>
public sealed class GetSsmAssociationOutcomeTests
{
    private const string Clock = "-Clock 2027-01-01T00:00:00Z -ClockSpeed 0";

    private const string Nodes = """
        -Node @{ Id = 'i-00000001'; Tags = @{ Env = 'a' }; PickUpSeconds = 5; RunSeconds = 10; Outcomes = 'Failed', 'Success' },
              @{ Id = 'i-00000002'; Tags = @{ Env = 'a'; Good = 'yes' }; PickUpSeconds = 5; RunSeconds = 10 },
              @{ Id = 'i-00000003'; Tags = @{ Env = 'a' }; PickUpSeconds = 5; RunSeconds = 30; Outcomes = 'TimedOut' },
              @{ Id = 'i-00000004'; Tags = @{ Off = 'yes' }; Offline = $true }
        """;

    private const string Make = """
        $made = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Env=a' }, @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'good'; Targets = 'tag:Good=yes' },
            @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = 'off'; Targets = 'tag:Off=yes' } | New-SsmAssociationBatch @c
        """;

    public static TheoryData<string> Copies =>
    [
        "$made",
        "$made | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) }",
        """$made | ForEach-Object { "{`"Status`": `"Created`", `"BatchNumber`": 1, `"AssociationId`": `"$($_.AssociationId)`", `"AssociationVersion`": `"1`"}" }""",
        "$made | ForEach-Object { @{ AssociationId = $_.AssociationId } }",
        "$made.AssociationId",
        "Get-SsmAssociationEntry @c",
        "$made | Get-SsmAssociationOutcome @c -ErrorAction SilentlyContinue",
    ];

    [Fact]
    public void Each_moment_of_a_run_has_its_status()
    {
        using var endpoint = new EndpointSession($"{Clock} {Nodes}");

        ScriptResult result = endpoint.Run($$"""
            {{Make}}
            function Look { $made | Get-SsmAssociationOutcome @c -ErrorAction SilentlyContinue }
            Look; $endpoint.Advance('0:0:3'); Look; $endpoint.Advance('0:0:5'); Look; $endpoint.Advance('0:0:15'); Look; $endpoint.Advance('0:5:0'); Look
            """).WithoutErrors();

        Assert.Equal(
            [
                "Pending, Pending, Pending",
                "Pending, Pending, Pending",
                "Running, Running, Pending",
                "Running, Success, Pending",
                "Failed, Success, ReachedNobody",
            ],
            Seen.In(result).Select(seen => seen.Status).Chunk(3).Select(three => string.Join(", ", three)));
    }

    [Fact]
    public void A_failed_outcome_is_an_error_too_with_the_nodes_in_it()
    {
        using var endpoint = new EndpointSession($"{Clock} {Nodes}");

        ScriptResult result = endpoint.Run($"{Make}; $endpoint.Advance('0:1:0'); $made | Get-SsmAssociationOutcome @c -ErrorVariable e -ErrorAction SilentlyContinue; $e");

        Seen failed = Seen.In(result)[0];
        Assert.Equal(("Failed", "1", "OutcomeFailed", "Failed=1, Success=1, TimedOut=1"), (failed.Status, failed["AssociationVersion"], failed.ErrorCode, failed["Counts"]));
        Assert.Equal((3, 2), ((int)failed["NodeCount"]!, (int)failed["FailedNodeCount"]!));
        Assert.NotNull(failed["ExecutionId"]);
        Assert.Empty((System.Collections.IEnumerable)failed["Nodes"]!);
        var error = (ErrorRecord)result.Output[^1]!.BaseObject;
        Assert.StartsWith("OutcomeFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("i-00000001", error.Exception.Message, StringComparison.Ordinal);
        IEnumerable<PSObject> nodes = ((System.Collections.IEnumerable)new PSObject(error.Exception).Properties["Nodes"].Value).Cast<object>().Select(node => new PSObject(node));
        Assert.Equal(["i-00000001", "i-00000003"], nodes.Select(node => (string)node.Properties["ResourceId"].Value).Order());
        Assert.All(nodes, node => Assert.Equal(36, ((string)node.Properties["OutputSourceId"].Value).Length));
    }

    [Theory]
    [InlineData("-Detailed", "i-00000001 Failed, i-00000003 TimedOut")]
    [InlineData("-AllNodes", "i-00000001 Failed, i-00000002 Success, i-00000003 TimedOut")]
    public void Detailed_adds_the_nodes(string switches, string expected)
    {
        using var endpoint = new EndpointSession($"{Clock} {Nodes}");

        ScriptResult result = endpoint.Run($"{Make}; $endpoint.Advance('0:1:0'); $made[0] | Get-SsmAssociationOutcome @c {switches} -ErrorAction SilentlyContinue");

        IEnumerable<object> nodes = ((System.Collections.IEnumerable)Seen.In(result)[0]["Nodes"]!).Cast<object>();
        Assert.Equal(expected, string.Join(", ", nodes.Select(node => string.Join(' ', node.ToString()!.Split(' ').Take(2))).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Copies))]
    public void Whatever_names_an_association_is_asked_about_also_from_a_file(string input)
    {
        using var endpoint = new EndpointSession($"{Clock} {Nodes}");

        ScriptResult result = endpoint.Run($"{Make}; $endpoint.Advance('0:10:0'); {input} | Get-SsmAssociationOutcome @c -ErrorAction SilentlyContinue");

        Assert.Null(result.TerminatingError);
        Assert.Equal(["Failed", "ReachedNobody", "Success"], Seen.In(result).Select(seen => seen.Status).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_input_without_an_association_has_an_outcome_in_its_place_and_no_call_is_made()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            $failed = @{ Name = 'Nobody-Has-This'; Targets = 'tag:Env=a' } | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue
            $count = $endpoint.RequestCount
            $failed, @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Env=a' }, 'no id', $null | Get-SsmAssociationOutcome @c -ErrorAction SilentlyContinue
            $endpoint.RequestCount - $count
            """);

        IReadOnlyList<Seen> seen = [.. Seen.In(result).Take(4)];
        Assert.Equal([0, 1, 2, 3], seen.Select(item => item.Index));
        Assert.All(seen, item => Assert.Equal("NotCreated", item.Status));
        Assert.Equal([null, null, "AssociationIdInvalid", "AssociationIdInvalid"], seen.Select(item => item.ErrorCode));
        Assert.Equal(0L, result.Output[^1]!.BaseObject);
    }

    [Fact]
    public void An_association_that_runs_at_its_times_alone_is_Scheduled_with_the_next_one()
    {
        using var endpoint = new EndpointSession($"{Clock} {Nodes}");

        ScriptResult result = endpoint.Run("""
            $made = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Good=yes'; ScheduleExpression = 'cron(0 3 * * ? *)'; ApplyOnlyAtCronInterval = $true } | New-SsmAssociationBatch @c
            $made | Get-SsmAssociationOutcome @c -Wait
            $made.AssociationId | Get-SsmAssociationOutcome @c -Wait
            $endpoint.Advance('3:1:0')
            $made | Get-SsmAssociationOutcome @c -Wait
            """).WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Scheduled", "Scheduled", "Success"], seen.Select(item => item.Status));
        Assert.Equal(new DateTime(2027, 1, 1, 3, 0, 0, DateTimeKind.Utc), seen[0]["NextRun"]);
        Assert.Equal(seen[0]["NextRun"], seen[1]["NextRun"]);
        Assert.Null(seen[2]["NextRun"]);
    }

    [Fact]
    public void A_newer_version_supersedes_what_was_not_decided_and_leaves_what_was()
    {
        using var endpoint = new EndpointSession($"{Clock} {Nodes}");

        ScriptResult result = endpoint.Run($$"""
            {{Make}}; $endpoint.Advance('0:0:17')
            $made.AssociationId | ForEach-Object { @{ AssociationId = $_; MaxErrors = '5' } } | Update-SsmAssociationBatch @c | Out-Null
            $endpoint.Advance('0:0:1')
            $made | Get-SsmAssociationOutcome @c
            """).WithoutErrors();

        Assert.Equal([("Superseded", "1"), ("Success", "1"), ("Superseded", "1")], Seen.In(result).Select(seen => (seen.Status, seen["AssociationVersion"])));
    }

    [Fact]
    public void Of_an_association_that_was_read_only_the_current_version_counts()
    {
        using var endpoint = new EndpointSession($"{Clock} {Nodes}");

        ScriptResult result = endpoint.Run($$"""
            {{Make}}; $endpoint.Advance('0:1:0')
            $old = Get-SsmAssociationEntry @c -AssociationName good
            @{ AssociationId = $old.AssociationId; MaxErrors = '5' } | Update-SsmAssociationBatch @c | Out-Null
            $old, $old.AssociationId, $made[1] | Get-SsmAssociationOutcome @c
            """).WithoutErrors();

        Assert.Equal([("Pending", "2"), ("Pending", "2"), ("Success", "1")], Seen.In(result).Select(seen => (seen.Status, seen["AssociationVersion"])));
    }

    [Fact]
    public void What_is_gone_is_Deleted()
    {
        using var endpoint = new EndpointSession($"{Clock} {Nodes}");

        ScriptResult result = endpoint.Run($"{Make}; $endpoint.Advance('0:2:0'); $gone = $made | Remove-SsmAssociationBatch @c -Confirm:$false; $made[1], $gone[0] | Get-SsmAssociationOutcome @c -Wait -WaitTimeout 7").WithoutErrors();

        Assert.Equal(["Deleted", "Deleted"], Seen.In(result).Select(seen => seen.Status));
    }

    [Fact]
    public void Wait_follows_each_to_its_end_and_keeps_the_order()
    {
        using var endpoint = new EndpointSession("-Node @{ Id = 'i-00000001'; Tags = @{ Env = 'slow' }; PickUpSeconds = 1; RunSeconds = 2 }, @{ Id = 'i-00000002'; Tags = @{ Env = 'fast' }; PickUpSeconds = 0.5; RunSeconds = 0.5; Outcomes = 'Failed' }");

        ScriptResult result = endpoint.Run("""
            @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Env=slow' }, @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Env=fast' } | New-SsmAssociationBatch @c |
                Get-SsmAssociationOutcome @c -Wait -ErrorAction SilentlyContinue
            """);

        Assert.Equal([("Success", 0L), ("Failed", 1L)], Seen.In(result).Select(seen => (seen.Status, seen.Index)));
    }

    [Fact]
    public void What_is_not_decided_in_time_comes_as_it_stands_with_an_error()
    {
        using var endpoint = new EndpointSession($"{Clock} {Nodes}");

        ScriptResult result = endpoint.Run($"{Make}; $endpoint.Advance('0:0:8'); $made | Get-SsmAssociationOutcome @c -Wait -WaitTimeout 2 -ErrorAction SilentlyContinue");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Running", "Running", "ReachedNobody"], seen.Select(item => item.Status));
        Assert.All(seen, item => Assert.Equal("OutcomeUndecided", item.ErrorCode));
    }

    [Fact]
    public void From_the_21st_failure_on_one_error_counts_the_rest()
    {
        using var endpoint = new EndpointSession($"{Clock} -Node @{{ Id = 'i-00000001'; Tags = @{{ Env = 'a' }}; Outcomes = 'Failed' }}");

        ScriptResult result = endpoint.Run("""
            $made = 1..30 | ForEach-Object { @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = "agent-$_"; Targets = 'tag:Env=a' } } | New-SsmAssociationBatch @c
            $endpoint.Advance('0:1:0')
            $made | Get-SsmAssociationOutcome @c
            """);

        Assert.Equal(30, Seen.In(result).Count(seen => seen.Status == "Failed"));
        Assert.Equal(21, result.Errors.Count);
        Assert.StartsWith("10 more of the same error", result.Errors[^1].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_ErrorAction_Stop_every_outcome_is_written_and_the_error_has_them_all()
    {
        using var endpoint = new EndpointSession($"{Clock} {Nodes}");

        ScriptResult result = endpoint.Run($$"""
            {{Make}}; $endpoint.Advance('0:1:0')
            try { $made | Get-SsmAssociationOutcome @c -ErrorAction Stop } catch { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.Exception.Outcomes.Count)" }
            """);

        Assert.Equal("OutcomeFailed 3", result.Output[^1]!.BaseObject);
        Assert.Equal([0, 1, 2], Seen.In(result).Take(3).Select(seen => seen.Index));
        Assert.Equal("Failed", Seen.In(result)[0].Status);
    }

    [Fact]
    public void Two_thousand_cost_forty_pages_and_one_call_each()
    {
        using var endpoint = new EndpointSession($"{Clock} -Node @{{ Id = 'i-00000001'; Tags = @{{ Env = 'a' }} }}");

        ScriptResult result = endpoint.Run("""
            $made = 1..2000 | ForEach-Object { @{ Name = 'AWS-UpdateSSMAgent'; AssociationName = "agent-$_"; Targets = 'tag:Env=a' } } | New-SsmAssociationBatch @c -BatchSize 50
            $endpoint.Advance('0:1:0')
            $count = $endpoint.RequestCount
            $outcomes = $made | Get-SsmAssociationOutcome @c -Wait
            "$(@($outcomes.Status).Where({ $_ -eq 'Success' }).Count)"
            $endpoint.RequestCount - $count
            """).WithoutErrors();

        Assert.Equal("2000", result.Output[0]!.BaseObject);
        Assert.InRange((long)result.Output[1]!.BaseObject, 2000, 2200);
    }
}
