using System;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>What messages say to do: true for the command that says it, and for what was refused.</summary>
public sealed class AdviceTests
{
    private const string Made = "$made = New-Good 1 | New-SsmAssociationBatch @c\n";

    [Theory]
    [InlineData("CreateAssociationBatch", "New-Good 2 | New-SsmAssociationBatch @c", "ssm:CreateAssociationBatch", "ssm:DeleteAssociation")]
    [InlineData("ListAssociations", "New-Good 2 | New-SsmAssociationBatch @c -IfExists Skip", "ssm:ListAssociations", "ssm:DeleteAssociation")]
    [InlineData("DeleteAssociation", "$made | Remove-SsmAssociationBatch @c -Confirm:$false", "ssm:DeleteAssociation", "ssm:CreateAssociation")]
    [InlineData("DescribeAssociation", "$made | Remove-SsmAssociationBatch @c -Confirm:$false", "ssm:DescribeAssociation", "ssm:CreateAssociation")]
    [InlineData("StartAssociationsOnce", "$made | Start-SsmAssociationBatch @c", "ssm:StartAssociationsOnce", "ssm:CreateAssociation")]
    [InlineData("UpdateAssociation", "[pscustomobject]@{ AssociationId = $made.AssociationId; MaxErrors = '7' } | Update-SsmAssociationBatch @c", "ssm:UpdateAssociation", "ssm:DeleteAssociation")]
    [InlineData("DescribeAssociationExecutions", "$made | Get-SsmAssociationOutcome @c", "ssm:DescribeAssociationExecutions", "ssm:CreateAssociation")]
    [InlineData("ListAssociations", "Get-SsmAssociationEntry @c", "ssm:ListAssociations", "ssm:DeleteAssociation")]
    [InlineData("ListAssociations", "New-Good 2 | Compare-SsmAssociationEntry @c", "ssm:ListAssociations", "ssm:DeleteAssociation")]
    [InlineData("ListAssociations", "New-Good 2 | Sync-SsmAssociationBatch @c", "ssm:ListAssociations", "ssm:DeleteAssociation")]
    public void A_refused_operation_is_the_permission_that_is_named_first(string operation, string script, string permission, string other)
    {
        using var endpoint = new EndpointSession($"-Fault '{operation} always error code=AccessDeniedException'");
        endpoint.Run(Made);

        ScriptResult result = endpoint.Run(script);

        string advice = AdviceOf(result);
        Assert.StartsWith($"Allow {permission}, which was refused, ", advice, StringComparison.Ordinal);
        Assert.DoesNotContain(other, advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ListAssociations", "New-Good 2 | New-SsmAssociationBatch @c -IfExists Skip -MaxAttempt 1")]
    [InlineData("DescribeAssociation", "$made | Remove-SsmAssociationBatch @c -Confirm:$false -MaxAttempt 1")]
    [InlineData("DescribeAssociation", "[pscustomobject]@{ AssociationId = $made.AssociationId; MaxErrors = '7' } | Update-SsmAssociationBatch @c -MaxAttempt 1")]
    public void A_read_that_fails_does_not_say_that_it_may_have_acted(string operation, string script)
    {
        using var endpoint = new EndpointSession($"-Fault '{operation} always reset'");
        endpoint.Run(Made).WithoutErrors();

        ScriptResult result = endpoint.Run(script);

        Assert.NotEmpty(AdviceOf(result));
        Assert.DoesNotContain("may have acted", result.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("may exist", AdviceOf(result), StringComparison.Ordinal);
    }

    private static string AdviceOf(ScriptResult result) =>
        (result.TerminatingError ?? Assert.Single(result.Errors.Take(1))).ErrorDetails.RecommendedAction;
}
