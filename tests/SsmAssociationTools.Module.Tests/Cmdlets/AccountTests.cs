using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>One command for several Regions and accounts, against an endpoint that has associations for each.</summary>
public sealed class AccountTests : IDisposable
{
    private const string Setup = """
        $c.Remove('Region')
        $roles = 'arn:aws:iam::111122223333:role/Operations', 'arn:aws:iam::444455556666:role/team/Operations'
        """;

    private readonly EndpointSession _endpoint = new();
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public AccountTests() => _endpoint.Run(Setup).WithoutErrors();

    public void Dispose()
    {
        _endpoint.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Every_entry_goes_to_every_Region_of_every_account()
    {
        ScriptResult result = _endpoint.Run("1..25 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -Region us-east-1, eu-west-1 -RoleArn $roles").WithoutErrors();

        Assert.Equal(100, _endpoint.Associations);
        Assert.Equal(100, result.Output.Count);
        Assert.All(result.Output, (output, i) => Assert.Equal(
            ((long)(i / 4), "Created", i % 4 < 2 ? "111122223333" : "444455556666", i % 2 == 0 ? "us-east-1" : "eu-west-1"),
            ((long)Get(output, "Index")!, Get(output, "Status")!.ToString(), (string)Get(output, "AccountId")!, (string)Get(output, "Region")!)));
        Assert.Equal(100, result.Output.Select(output => Get(output, "AssociationId")).Distinct().Count());
    }

    [Fact]
    public void An_entry_that_names_its_account_goes_there_alone()
    {
        ScriptResult result = _endpoint.Run("""
            $one = New-Good 1; $one.RoleArn = 'arn:aws:iam::777788889999:role/Operations'
            $two = New-Good 2; $two.Region = 'ap-south-1'
            $one, $two | New-SsmAssociationBatch @c -Region us-east-1 -RoleArn $roles
            """).WithoutErrors();

        Assert.Equal(
            [("777788889999", "us-east-1"), ("111122223333", "ap-south-1"), ("444455556666", "ap-south-1")],
            result.Output.Select(output => ((string)Get(output, "AccountId")!, (string)Get(output, "Region")!)));
    }

    [Fact]
    public void Results_that_are_piped_again_go_to_the_account_and_Region_they_name()
    {
        ScriptResult result = _endpoint.Run("""
            $first = New-Good 1 | New-SsmAssociationBatch @c -Region us-east-1, eu-west-1 -RoleArn $roles
            $first | New-SsmAssociationBatch @c -IfExists Skip
            """).WithoutErrors();

        Assert.Equal(4, result.Output.Count);
        Assert.All(result.Output, output => Assert.Equal("Existing", Get(output, "Status")!.ToString()));
        Assert.Equal(4, _endpoint.Associations);
    }

    [Fact]
    public void Without_a_Region_an_entry_that_names_none_fails_and_the_others_are_sent()
    {
        ScriptResult result = _endpoint.Run("""
            $one = New-Good 1; $one.Region = 'us-east-1'
            $three = New-Good 3; $three.Region = 'eu-west-1'
            $one, (New-Good 2), $three | New-SsmAssociationBatch @c
            """);

        Assert.Null(result.TerminatingError);
        Assert.Equal(["Created", "NotAttempted", "Created"], result.Output.Select(output => Get(output, "Status")!.ToString()));
        Assert.Equal("NoRegion", Get(result.Output[1], "ErrorCode"));
        Assert.StartsWith("NoRegion,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_names_Region_and_account_and_sends_nothing()
    {
        ScriptResult result = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -Region us-east-1 -RoleArn $roles -WhatIf");

        Assert.Equal(2, result.Output.Count);
        Assert.Contains("in us-east-1 of account 111122223333", result.HostText, StringComparison.Ordinal);
        Assert.Contains("in us-east-1 of account 444455556666", result.HostText, StringComparison.Ordinal);
        Assert.Equal(0, _endpoint.Requests);
    }

    [Fact]
    public void A_journal_knows_the_accounts_apart_and_a_second_run_sends_nothing()
    {
        string run = $"1..5 | ForEach-Object {{ New-Good $_ }} | New-SsmAssociationBatch @c -Region us-east-1 -JournalPath '{Path.Combine(_folder, "run.journal")}' -RoleArn ";
        _endpoint.Run(run + "$roles[0]").WithoutErrors();

        ScriptResult both = _endpoint.Run(run + "$roles").WithoutErrors();

        Assert.Equal(10, _endpoint.Associations);
        Assert.Equal(10, both.Output.Count);
        Assert.All(both.Output, output => Assert.Equal((string)Get(output, "AccountId")! == "111122223333", ((string?)Get(output, "Message"))?.Contains("journal", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void A_role_that_cannot_be_assumed_ends_the_command_where_it_is_the_only_one()
    {
        ScriptResult result = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -Region us-east-1 -RoleArn $roles[0] -RoleSessionName x1 -DurationInSeconds 901 -EndpointUrl http://127.0.0.1:9");

        Assert.Equal("EndpointUnreachable,SsmAssociationTools.Commands.NewSsmAssociationBatchCommand", result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains("AWS STS", result.TerminatingError.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-RoleArn Operations", "InvalidRoleArn", "no ARN of a role")]
    [InlineData("-RoleArn $roles[0], arn:aws:iam::111122223333:role/Other", "InvalidRoleArn", "two roles of the account 111122223333")]
    [InlineData("-ExternalId agreement", "InvalidRoleArn", "belong to -RoleArn")]
    [InlineData("-RoleArn $roles[0] -DurationInSeconds 60", "ParameterArgumentValidationError", "900")]
    [InlineData("-RoleArn $roles[0] -RoleSessionName 'a b'", "ParameterArgumentValidationError", "RoleSessionName")]
    public void Mistakes_with_roles_are_told_before_anything_is_sent(string arguments, string errorId, string text)
    {
        ScriptResult result = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -Region us-east-1 " + arguments);

        Assert.StartsWith(errorId + ",", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(text, result.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _endpoint.Requests);
    }

    [Fact]
    public void A_RoleArn_of_an_entry_that_is_none_is_an_issue_of_that_entry_alone()
    {
        ScriptResult result = _endpoint.Run("""
            $bad = New-Good 1; $bad.RoleArn = 'Operations'
            $bad, (New-Good 2) | New-SsmAssociationBatch @c -Region us-east-1
            """);

        Assert.Equal(["Invalid", "Created"], result.Output.Select(output => Get(output, "Status")!.ToString()));
        Assert.Contains("[Input.RoleArn]", (string)Get(result.Output[0], "Message")!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Region_in_capitals_is_the_same_Region()
    {
        ScriptResult result = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -Region us-east-1, ' US-EAST-1 '");

        Assert.Equal("us-east-1", Get(Assert.Single(result.Output), "Region"));
    }

    [Fact]
    public void A_Region_of_an_entry_in_capitals_is_the_same_Region()
    {
        ScriptResult result = _endpoint.Run("$one = New-Good 1; $one.Region = 'EU-WEST-1'; $one | New-SsmAssociationBatch @c -Region us-east-1");

        Assert.Equal("eu-west-1", Get(Assert.Single(result.Output), "Region"));
    }

    [Theory]
    [InlineData("'us-east-1', 'us-east-1a'")]
    [InlineData("'us east 1'")]
    [InlineData("'us-east-1.example.com'")]
    public void A_Region_that_is_none_is_told_before_anything_is_sent(string region)
    {
        ScriptResult result = _endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c -WhatIf -Region " + region);

        Assert.StartsWith("InvalidRegion,", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private static object? Get(PSObject? output, string name) => output!.Properties[name].Value;
}
