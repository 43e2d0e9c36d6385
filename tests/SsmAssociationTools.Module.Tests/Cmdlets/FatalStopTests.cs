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
    [InlineData("1..60 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 5 -ThrottleLimit 1", false)]
    [InlineData("1..60 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 5 -ThrottleLimit 1 -ErrorAction Stop", true)]
    [InlineData("New-SsmAssociationBatch -Entry (1..60 | ForEach-Object { New-Good $_ }) @c -BatchSize 5 -ThrottleLimit 1", false)]
    [InlineData("New-SsmAssociationBatch -Entry (1..60 | ForEach-Object { New-Good $_ }) @c -BatchSize 5 -ThrottleLimit 1 -ErrorAction Stop", true)]
    public void A_refusal_in_the_middle_leaves_no_entry_without_a_result(string script, bool carriesResults)
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
        Assert.Equal(carriesResults ? 60 : 0, Seen.In(result.TerminatingError).Count);
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
