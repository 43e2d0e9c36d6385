using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Where nothing more can succeed, every input that came or still comes has a result, and the error follows them.</summary>
public sealed class FatalStopTests
{
    private const string Denied = "-Fault 'CreateAssociationBatch after 2 error code=AccessDeniedException'";

    [Theory]
    [InlineData("1..60 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 5 -ThrottleLimit 1")]
    [InlineData("1..60 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 5 -ThrottleLimit 1 -ErrorAction Stop")]
    [InlineData("New-SsmAssociationBatch -Entry (1..60 | ForEach-Object { New-Good $_ }) @c -BatchSize 5 -ThrottleLimit 1")]
    [InlineData("New-SsmAssociationBatch -Entry (1..60 | ForEach-Object { New-Good $_ }) @c -BatchSize 5 -ThrottleLimit 1 -ErrorAction Stop")]
    public void A_refusal_in_the_middle_leaves_no_entry_without_a_result(string script)
    {
        using var endpoint = new EndpointSession(Denied);

        ScriptResult result = endpoint.Run(script);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (long)i), seen.Select(item => (long)item["Index"]!));
        Assert.Equal(10, seen.Count(item => item.Status == "Created"));
        Assert.Equal(5, seen.Count(item => item.Status == "Failed"));
        Assert.Equal(45, seen.Count(item => item.Status == "NotAttempted"));
        Assert.Equal(3, endpoint.Requests);
        Assert.StartsWith("AccessDeniedException,", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(60, Seen.In(result.TerminatingError).Count);
    }

    /// <summary>An assignment gets nothing of a command that ends with an error, so its exception has what there is to know.</summary>
    [Theory]
    [InlineData("CreateAssociationBatch", "$good | New-SsmAssociationBatch @c -BatchSize 1 -ThrottleLimit 1", "Created")]
    [InlineData("CreateAssociationBatch", "$good | Sync-SsmAssociationBatch @c -BatchSize 1 -ThrottleLimit 1", "Created")]
    [InlineData("UpdateAssociation", "$ids | ForEach-Object { @{ AssociationId = $_; MaxErrors = '3' } } | Update-SsmAssociationBatch @c -ThrottleLimit 1", "Updated")]
    [InlineData("DeleteAssociation", "$ids | Remove-SsmAssociationBatch @c -Force -ThrottleLimit 1", "Removed")]
    [InlineData("StartAssociationsOnce", "$ids | Start-SsmAssociationBatch @c -ThrottleLimit 1", "Started")]
    public void An_assigned_run_that_is_refused_in_the_middle_has_its_results_in_the_exception(string operation, string script, string done)
    {
        using var endpoint = new EndpointSession($"-Fault '{operation} after 1 error code=ExpiredTokenException'");

        ScriptResult result = endpoint.Run($$"""
            $good = 1..12 | ForEach-Object { New-Good $_ }
            if ('{{done}}' -ne 'Created') { $ids = ($good | New-SsmAssociationBatch @c).AssociationId }
            $assigned = 'nothing'
            try { $assigned = {{script}} -ErrorAction SilentlyContinue } catch { $caught = $_ }
            $assigned
            $caught.Exception.Results.Status
            """);

        string[] texts = result.Output.Select(item => item!.ToString()).ToArray();
        Assert.Equal(["nothing", done], texts.Take(2));
        Assert.Contains("Failed", texts);
        Assert.Equal(1 + 12, texts.Length);
    }

    [Fact]
    public void Where_the_last_call_was_refused_the_error_counts_nothing()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch always error code=AccessDeniedException'");

        ScriptResult result = endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c");

        Assert.StartsWith("The run ended: an earlier call was refused with AccessDeniedException.", result.TerminatingError!.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_late_is_read_and_checked_and_nobody_is_asked_about_it()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch always error code=AccessDeniedException'");

        ScriptResult result = endpoint.Run("""
            (New-Good 1), (New-Invalid 2), (New-Good 3), $null | New-SsmAssociationBatch @c -BatchSize 1 -ThrottleLimit 1
            """);

        Assert.Equal(["Failed", "Invalid", "NotAttempted", "Invalid"], Seen.In(result).Select(item => item.Status));
        Assert.StartsWith("AccessDeniedException,", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$ids | Remove-SsmAssociationBatch @c -Force -ThrottleLimit 1")]
    [InlineData("$ids | Remove-SsmAssociationBatch @c -Force -ThrottleLimit 1 -ErrorAction Stop")]
    [InlineData("Remove-SsmAssociationBatch $ids @c -Force -ThrottleLimit 1")]
    public void A_removal_that_is_refused_in_the_middle_leaves_no_input_without_a_result(string script)
    {
        using var endpoint = new EndpointSession("-Fault 'DeleteAssociation after 2 error code=AccessDeniedException'");

        ScriptResult result = endpoint.Run("$ids = (1..20 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c).AssociationId\n" + script);

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal(20, seen.Count);
        Assert.Equal(2, seen.Count(item => item.Status == "Removed"));
        Assert.Equal(18, endpoint.Associations);
        Assert.StartsWith("AccessDeniedException,", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$all | New-SsmAssociationBatch -Region us-east-1 -EndpointUrl $c.EndpointUrl")]
    [InlineData("New-SsmAssociationBatch $all -Region us-east-1 -EndpointUrl $c.EndpointUrl")]
    public void Without_credentials_nothing_is_read_and_the_error_comes_at_once(string script)
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("$all = 1..3 | ForEach-Object { New-Good $_ }\n" + script + " -ProfileName nobody-has-this");

        Assert.Empty(result.Output);
        Assert.NotNull(result.TerminatingError);
    }
}
