using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>What -ErrorAction, $ErrorActionPreference and try do to a run: nothing known is lost.</summary>
public sealed class ErrorActionTests
{
    private const string Entries = "1..10 | ForEach-Object { if ($_ -eq 5) { New-Refused $_ } else { New-Good $_ } }";

    [Theory]
    [InlineData("", "-ErrorAction Stop")]
    [InlineData("$ErrorActionPreference = 'Stop';", "")]
    [InlineData("$ErrorActionPreference = 'Continue';", "-ErrorAction Stop")]
    public void Stop_sends_nothing_more_and_throws_after_all_results(string before, string argument)
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($"{before} {Entries} | New-SsmAssociationBatch @c -BatchSize 1 -ThrottleLimit 1 {argument}");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(["Created", "Created", "Created", "Created", "Failed"], seen.Take(5).Select(item => item.Status));
        Assert.All(seen.Skip(5), item => Assert.Equal("NotAttempted", item.Status));
        Assert.Equal(4, endpoint.Associations);
        Assert.Equal(5, endpoint.Requests);
        Assert.DoesNotContain(result.Errors, error => error != result.TerminatingError);
        Assert.Equal("InvalidDocument,SsmAssociationTools.Commands.NewSsmAssociationBatchCommand", result.TerminatingError!.FullyQualifiedErrorId);
        Assert.NotEmpty(result.TerminatingError.ErrorDetails.RecommendedAction);
        Assert.Same(seen[4]["InputObject"], ((System.Management.Automation.PSObject)result.TerminatingError.TargetObject).BaseObject);
        Assert.Equal(seen.Select(item => item.Object), Seen.In(result.TerminatingError).Select(item => item.Object));
    }

    [Fact]
    public void Stop_awaits_what_is_in_flight()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch call 2 delay seconds=1'");

        ScriptResult result = endpoint.Run("(New-Refused 1), (New-Good 2), (New-Good 3) | New-SsmAssociationBatch @c -BatchSize 1 -ThrottleLimit 2 -ErrorAction Stop");

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(3, seen.Count);
        Assert.Equal(3, Seen.In(result.TerminatingError!).Count);
        Assert.Equal(endpoint.Associations, seen.Count(item => item.Status == "Created"));
        Assert.Equal("Failed", seen[0].Status);
        Assert.All(seen, item => Assert.NotEqual("Unknown", item.Status));
    }

    [Fact]
    public void Stop_with_entries_as_an_argument_gives_a_result_for_each()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($"$all = {Entries}; New-SsmAssociationBatch $all @c -BatchSize 1 -ThrottleLimit 1 -ErrorAction Stop");

        Assert.Equal(10, result.Output.Count);
        Assert.Equal(10, Seen.In(result.TerminatingError!).Count);
        Assert.Equal(5, endpoint.Requests);
    }

    [Fact]
    public void Stop_at_an_invalid_entry_sends_nothing_that_follows()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("$all = (New-Good 1), (New-Invalid 2), (New-Good 3); New-SsmAssociationBatch $all @c -ErrorAction Stop");

        Assert.Equal(["NotAttempted", "Invalid", "NotAttempted"], Seen.In(result).Select(item => item.Status));
        Assert.StartsWith("EntryInvalid,", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, endpoint.Requests);
    }

    [Fact]
    public void A_catch_block_has_the_results_and_so_has_everything_downstream()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($$"""
            $down = [System.Collections.Generic.List[object]]::new()
            try { {{Entries}} | New-SsmAssociationBatch @c -BatchSize 1 -ThrottleLimit 1 -ErrorAction Stop -OutVariable out | ForEach-Object { $down.Add($_) } }
            catch { $caught = $_ }
            $caught.Exception.Results.Count -eq $down.Count
            $out.Count -eq $down.Count
            $caught.Exception.Results[4].Status -eq 'Failed'
            $caught.Exception.ErrorCode -eq 'InvalidDocument'
            $caught.TargetObject.AssociationName -eq 'refused-5'
            $caught.Exception.Message -like '*refused-5*'
            """).WithoutErrors();

        Assert.Equal([true, true, true, true, true, true], result.OutputOf<bool>());
        Assert.Equal(5, endpoint.Requests);
    }

    [Theory]
    [InlineData("SilentlyContinue")]
    [InlineData("Ignore")]
    public void Errors_that_are_not_wanted_leave_the_results(string action)
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($"{Entries} | New-SsmAssociationBatch @c -BatchSize 2 -ErrorAction {action} -ErrorVariable ev; $ev.Count");

        Assert.Empty(result.Errors);
        Assert.Null(result.TerminatingError);
        Assert.Equal(9, endpoint.Associations);
        Assert.Equal(10, result.Output.Count - 1);
        Assert.Equal([action == "Ignore" ? 0 : 1], result.OutputOf<int>());
    }

    [Fact]
    public void Without_a_preference_every_failure_is_an_error_and_the_run_goes_on()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("1..6 | ForEach-Object { if ($_ % 2) { New-Refused $_ } else { New-Good $_ } } | New-SsmAssociationBatch @c -ErrorVariable ev; $ev.Count; $?");

        Assert.Equal(3, result.Errors.Count);
        Assert.Equal([3], result.OutputOf<int>());
        Assert.Equal(3, endpoint.Associations);
    }

    [Fact]
    public void A_throwing_command_downstream_ends_the_run_and_the_session_works_on()
    {
        // While results are written a call is in flight, and it hangs for a while.
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch call 2 delay seconds=2'");

        ScriptResult result = endpoint.Run("1..100 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 5 -ThrottleLimit 1 | ForEach-Object { throw 'enough' }");
        long sent = endpoint.Requests;
        ScriptResult next = endpoint.Run("New-Good 1000 | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal("enough", result.TerminatingError!.Exception.Message);
        Assert.InRange(sent, 1, 2);
        Assert.Equal("Created", Assert.Single(Seen.In(next)).Status);
        Assert.Equal(sent + 1, endpoint.Requests);
    }
}
