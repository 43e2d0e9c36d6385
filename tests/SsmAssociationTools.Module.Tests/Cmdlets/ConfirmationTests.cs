using System;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>-WhatIf, -Confirm and -Force.</summary>
public sealed class ConfirmationTests
{
    private const int Yes = 0;
    private const int YesToAll = 1;
    private const int No = 2;
    private const int NoToAll = 3;

    [Fact]
    public void WhatIf_says_for_each_entry_what_would_be_made_where_and_when_it_would_first_run()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            & {
                @{ Name = 'AWS-RunPatchBaseline'; AssociationName = 'Patch'; Targets = 'tag:Role=web,db'; Parameters = @{ Operation = 'Scan' }; ScheduleExpression = 'at(2099-11-29T02:00:00)'; ApplyOnlyAtCronInterval = $true }
                New-Invalid 1
                @{ Name = 'AWS-UpdateSSMAgent'; InstanceId = 'i-0123456789abcdef0' }
            } | New-SsmAssociationBatch -WhatIf -Region eu-west-1
            """);

        Assert.Equal(["NotAttempted", "Invalid", "NotAttempted"], Seen.In(result).Select(item => item.Status));
        Assert.Equal("NotConfirmed", Seen.In(result)[0].ErrorCode);
        Assert.Equal(2, result.WhatIf.Count);
        foreach (string part in new[] { "AWS-RunPatchBaseline", "Patch", "tag:Role=web,db", "eu-west-1", "2099-11-29 02:00 UTC" })
        {
            Assert.Contains(part, result.WhatIf[0], StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Scan", result.WhatIf[0], StringComparison.Ordinal);
        Assert.Contains("i-0123456789abcdef0", result.WhatIf[1], StringComparison.Ordinal);
        Assert.Contains("at once", result.WhatIf[1], StringComparison.Ordinal);
        Assert.DoesNotContain("looked up", result.WhatIf[0], StringComparison.Ordinal);

        // The plan of New- calls nothing, so it does not know what is there.
        ScriptResult skipping = endpoint.Run("New-Good 1 | New-SsmAssociationBatch -WhatIf -Region eu-west-1 -IfExists Skip");
        Assert.EndsWith("; whether it is there already (-IfExists Skip) is looked up when it is sent", Assert.Single(skipping.WhatIf).TrimEnd(), StringComparison.Ordinal);

        // Only what is wrong is an error: that nothing was sent is what the user asked for.
        Assert.StartsWith("EntryInvalid,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Null(result.TerminatingError);
        Assert.Equal(0, endpoint.Requests);
    }

    [Theory]
    [InlineData("-WhatIf -Force")]
    [InlineData("-WhatIf -Confirm")]
    [InlineData("-WhatIf:$true -Confirm:$false")]
    [InlineData("-WhatIf -ErrorAction Stop")]
    public void WhatIf_wins(string arguments)
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($"1..25 | ForEach-Object {{ New-Good $_ }} | New-SsmAssociationBatch @c {arguments}").WithoutErrors();

        Assert.Equal(25, result.Output.Count);
        Assert.Equal(25, result.WhatIf.Count);
        Assert.Empty(result.Prompts);
        Assert.Equal(0, endpoint.Requests);
    }

    [Fact]
    public void WhatIfPreference_counts_and_can_be_overridden()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            $WhatIfPreference = $true
            New-Good 1 | New-SsmAssociationBatch @c
            New-Good 2 | New-SsmAssociationBatch @c -Force
            New-Good 3 | New-SsmAssociationBatch @c -WhatIf:$false
            """).WithoutErrors();

        Assert.Equal(["NotAttempted", "NotAttempted", "Created"], Seen.In(result).Select(item => item.Status));
        Assert.Equal(1, endpoint.Associations);
    }

    [Fact]
    public void Each_answer_to_Confirm_settles_its_entry()
    {
        using var endpoint = new EndpointSession();
        endpoint.Session.Answer(Yes, No, YesToAll);

        ScriptResult result = endpoint.Run("1..5 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -Confirm").WithoutErrors();

        Assert.Equal(["Created", "NotAttempted", "Created", "Created", "Created"], Seen.In(result).Select(item => item.Status));
        Assert.Equal("NotConfirmed", Seen.In(result)[1].ErrorCode);
        Assert.Equal(3, result.Prompts.Count);
        Assert.Contains("agent-2", result.Prompts[1].Message, StringComparison.Ordinal);
        Assert.Contains("tag:Node=n2", result.Prompts[1].Message, StringComparison.Ordinal);
        Assert.Contains("us-east-1", result.Prompts[1].Message, StringComparison.Ordinal);
        Assert.Equal(4, endpoint.Associations);
    }

    [Fact]
    public void No_to_all_leaves_the_rest_unsent()
    {
        using var endpoint = new EndpointSession();
        endpoint.Session.Answer(Yes, NoToAll);

        ScriptResult result = endpoint.Run("1..5 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -Confirm").WithoutErrors();

        Assert.Equal(["Created", "NotAttempted", "NotAttempted", "NotAttempted", "NotAttempted"], Seen.In(result).Select(item => item.Status));
        Assert.Equal(2, result.Prompts.Count);
        Assert.Equal(1, endpoint.Associations);
    }

    [Fact]
    public void An_unconfirmed_entry_does_not_stop_a_run_whose_error_action_is_Stop()
    {
        using var endpoint = new EndpointSession();
        endpoint.Session.Answer(No, Yes);

        ScriptResult result = endpoint.Run("1..2 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -Confirm -ErrorAction Stop").WithoutErrors();

        Assert.Equal(["NotAttempted", "Created"], Seen.In(result).Select(item => item.Status));
    }

    [Fact]
    public void An_invalid_entry_is_not_asked_about()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("New-Invalid 1 | New-SsmAssociationBatch @c -Confirm");

        Assert.Equal("Invalid", Assert.Single(Seen.In(result)).Status);
        Assert.Empty(result.Prompts);
    }

    [Theory]
    [InlineData("$ConfirmPreference = 'Low'", "-Force")]
    [InlineData("$ConfirmPreference = 'Low'", "-Confirm:$false")]
    [InlineData("$ConfirmPreference = 'High'", "")]
    public void Nobody_is_asked_who_said_so(string before, string arguments)
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($"{before}; New-Good 1 | New-SsmAssociationBatch @c {arguments}").WithoutErrors();

        Assert.Equal("Created", Assert.Single(Seen.In(result)).Status);
        Assert.Empty(result.Prompts);
    }

    [Fact]
    public void The_preference_Medium_asks()
    {
        using var endpoint = new EndpointSession();
        endpoint.Session.Answer(No);

        ScriptResult result = endpoint.Run("$ConfirmPreference = 'Medium'; New-Good 1 | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.Single(result.Prompts);
        Assert.Equal(0, endpoint.Requests);
    }

    [Theory]
    [InlineData("", "-Verbose")]
    [InlineData("$VerbosePreference = 'Continue'", "-Verbose")]
    [InlineData("$ConfirmPreference = 'None'", "-Verbose")]
    public void Verbose_says_of_each_entry_what_is_made(string before, string arguments)
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run($"{before}; 1..2 | ForEach-Object {{ New-Good $_ }} | New-SsmAssociationBatch @c {arguments}").WithoutErrors();

        string[] actions = [.. result.Verbose.Where(line => line.Contains("Create association", StringComparison.Ordinal))];
        Assert.Equal(2, actions.Length);
        Assert.Contains("agent-2", actions[1], StringComparison.Ordinal);
        Assert.Contains("tag:Node=n2", actions[1], StringComparison.Ordinal);
        Assert.Empty(result.Prompts);
    }

    [Theory]
    [InlineData("$ConfirmPreference = 'Medium'", "")]
    [InlineData("$ConfirmPreference = 'Low'", "")]
    [InlineData("$ConfirmPreference = 'High'", "-Confirm")]
    [InlineData("$ConfirmPreference = 'None'", "-Confirm:$true")]
    public void Whoever_is_asked_is_told_what_about(string before, string arguments)
    {
        using var endpoint = new EndpointSession();
        endpoint.Session.Answer(YesToAll);

        ScriptResult result = endpoint.Run($"{before}; New-Good 1 | New-SsmAssociationBatch @c {arguments}");

        Assert.Contains(result.Prompts, prompt => prompt.Message.Contains("agent-1", StringComparison.Ordinal) && prompt.Message.Contains("tag:Node=n1", StringComparison.Ordinal));
    }
}
