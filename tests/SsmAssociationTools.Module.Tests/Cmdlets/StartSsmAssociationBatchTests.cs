using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Start-SsmAssociationBatch in the engine: nothing is started twice, and a run is followed to its own end.</summary>
public sealed class StartSsmAssociationBatchTests : IDisposable
{
    private const string Nodes = "-Node @{ Id = 'i-00000001'; Tags = @{ Env = 'a' }; PickUpSeconds = 0.5; RunSeconds = 0.5; Outcomes = 'Failed', 'Success' }";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ids_go_in_tens()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            $made = 1..25 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c
            $count = $endpoint.RequestCount
            $made | Start-SsmAssociationBatch @c
            $endpoint.RequestCount - $count
            """).WithoutErrors();

        IReadOnlyList<Seen> seen = [.. Seen.In(result).Take(25)];
        Assert.Equal(Enumerable.Range(0, 25).Select(index => (long)index), seen.Select(item => item.Index));
        Assert.All(seen, item => Assert.Equal("Started", item.Status));
        Assert.All(seen, item => Assert.True((DateTime)item["StartedAfter"]! <= (DateTime)item["StartedBefore"]!));
        Assert.Equal(3L, result.Output[^1]!.BaseObject);
    }

    [Fact]
    public void A_refused_ten_is_narrowed_to_the_id_that_is_refused()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            $made = 1..9 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c
            $made[0..4].AssociationId + '33858bec-0c55-4547-a054-eb5fc0000000' + $made[5..8].AssociationId | Start-SsmAssociationBatch @c -ErrorAction SilentlyContinue
            """);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(("Failed", "AssociationDoesNotExist"), (seen[5].Status, seen[5].ErrorCode));
        Assert.All(seen.Where(item => item.Index != 5), item => Assert.Equal("Started", item.Status));
        Assert.All(endpoint.Ids(), id => Assert.Equal(2, Runs(endpoint, id)));
    }

    [Fact]
    public void A_start_leads_to_its_own_run_and_to_no_other()
    {
        using var endpoint = new EndpointSession(Nodes);

        ScriptResult result = endpoint.Run("""
            $made = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Env=a' } | New-SsmAssociationBatch @c
            $first = $made | Get-SsmAssociationOutcome @c -Wait -ErrorAction SilentlyContinue
            $second = $first | Start-SsmAssociationBatch @c | Get-SsmAssociationOutcome @c -Wait
            $first, $second
            """);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Failed", "Success"], seen.Select(item => item.Status));
        Assert.NotEqual(seen[0]["ExecutionId"], seen[1]["ExecutionId"]);
    }

    [Fact]
    public void A_run_from_a_moment_before_is_not_taken_for_the_one_that_was_started()
    {
        using var endpoint = new EndpointSession(Nodes);

        ScriptResult result = endpoint.Run("@{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Env=a' } | New-SsmAssociationBatch @c | Start-SsmAssociationBatch @c | Get-SsmAssociationOutcome @c -Wait").WithoutErrors();

        Assert.Equal("Success", Seen.In(result)[0].Status);
    }

    [Theory]
    [InlineData("yes", "Started", 2)]
    [InlineData("no", "Unknown", 1)]
    public void A_lost_answer_is_looked_up_and_nothing_is_sent_again(string acted, string status, int runs)
    {
        using var endpoint = new EndpointSession($"-Fault 'StartAssociationsOnce call 1 reset acted={acted}'");

        ScriptResult result = endpoint.Run("$made = New-Good 1 | New-SsmAssociationBatch @c; [Threading.Thread]::Sleep(1500); $made | Start-SsmAssociationBatch @c -RetryTimeout 6 -ErrorAction SilentlyContinue");

        Seen seen = Seen.In(result)[0];
        Assert.Equal((status, 1), (seen.Status, (int)seen["Attempts"]!));
        Assert.Equal(runs, Runs(endpoint, endpoint.Ids()[0]));
    }

    [Fact]
    public void A_throttled_call_is_made_again()
    {
        using var endpoint = new EndpointSession("-Fault 'StartAssociationsOnce first 2 throttle'");

        ScriptResult result = endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c | Start-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal(("Started", 3), (Seen.In(result)[0].Status, (int)Seen.In(result)[0]["Attempts"]!));
        Assert.Equal(2, Runs(endpoint, endpoint.Ids()[0]));
    }

    [Fact]
    public void An_id_that_comes_twice_is_started_once()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("$made = New-Good 1 | New-SsmAssociationBatch @c; $made, $made.AssociationId | Start-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal(["Started", "Started"], Seen.In(result).Select(seen => seen.Status));
        Assert.Contains("input 0", Seen.In(result)[1].Message, StringComparison.Ordinal);
        Assert.Equal(2, Runs(endpoint, endpoint.Ids()[0]));
    }

    [Fact]
    public void What_is_not_there_is_not_started_and_the_place_in_the_order_is_kept()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            (New-Refused 1), (New-Good 1) | New-SsmAssociationBatch @c -ErrorAction SilentlyContinue | Start-SsmAssociationBatch @c
            'no id' | Start-SsmAssociationBatch @c -ErrorAction SilentlyContinue
            """);

        Assert.Equal(
            [("NotAttempted", "NotToBeStarted"), ("Started", null), ("Failed", "AssociationIdInvalid")],
            Seen.In(result).Select(seen => (seen.Status, seen.ErrorCode)));
    }

    [Fact]
    public void WhatIf_names_document_and_targets_also_of_an_id()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("(New-Good 1 | New-SsmAssociationBatch @c).AssociationId | Start-SsmAssociationBatch @c -WhatIf");

        Assert.Equal(("NotAttempted", "AWS-UpdateSSMAgent", "tag:Node=n1"), (Seen.In(result)[0].Status, Seen.In(result)[0].Name, Seen.In(result)[0]["Target"]));
        Assert.Equal(1, Runs(endpoint, endpoint.Ids()[0]));
    }

    [Fact]
    public void A_journal_knows_what_was_started()
    {
        using var endpoint = new EndpointSession();
        string journal = Path.Combine(_folder, "start.journal");

        ScriptResult result = endpoint.Run($"$made = New-Good 1 | New-SsmAssociationBatch @c; $made | Start-SsmAssociationBatch @c -JournalPath '{journal}'; $made | Start-SsmAssociationBatch @c -JournalPath '{journal}'").WithoutErrors();

        Assert.Equal(["Started", "Started"], Seen.In(result).Select(seen => seen.Status));
        Assert.Equal([false, true], Seen.In(result).Select(seen => (bool)seen["FromJournal"]!));
        Assert.Equal(Seen.In(result)[0]["StartedAfter"], ((DateTime)Seen.In(result)[1]["StartedAfter"]!));
        Assert.Equal(2, Runs(endpoint, endpoint.Ids()[0]));
    }

    [Theory]
    [InlineData("@{ AssociationId = $started.AssociationId; Status = 'Started'; StartedAfter = $started.StartedAfter.ToString('o'); StartedBefore = $started.StartedBefore.ToString('o') }")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($started))")]
    public void A_start_from_a_file_still_leads_to_its_run(string copy)
    {
        using var endpoint = new EndpointSession("-Clock 2027-01-01T00:00:00Z -ClockSpeed 0 " + Nodes);

        ScriptResult result = endpoint.Run($$"""
            $made = @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Env=a'; ScheduleExpression = 'rate(30 minutes)' } | New-SsmAssociationBatch @c
            $endpoint.Advance('0:10:0')
            $started = $made | Start-SsmAssociationBatch @c
            $endpoint.Advance('0:50:0')
            {{copy}} | Get-SsmAssociationOutcome @c
            """).WithoutErrors();

        Seen seen = Seen.In(result)[0];
        Assert.Equal(("Success", new DateTime(2027, 1, 1, 0, 10, 0, DateTimeKind.Utc)), (seen.Status, ((DateTime)seen["CreatedTime"]!).ToUniversalTime()));
    }

    private static int Runs(EndpointSession endpoint, string id) =>
        endpoint.Call("DescribeAssociationExecutions", JsonSerializer.Serialize(new { AssociationId = id })).GetProperty("AssociationExecutions"u8).GetArrayLength();
}
