using System;
using System.Linq;
using System.Management.Automation;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>The runbook of Azure Automation, run as it is against an embedded endpoint.</summary>
[Collection(ProcessEnvironment.Name)]
public sealed class AzureRunbookTests : IDisposable
{
    private const string Assets = """
        function Get-AutomationPSCredential { param($Name) $log.Add("credential $Name"); [pscredential]::new('local', [Net.NetworkCredential]::new('', 'local').SecurePassword) }
        function Get-AutomationConnection { param($Name) $log.Add("connection $Name"); @{ AccessKey = 'local'; SecretKey = 'local' } }
        function Get-AutomationVariable { param($Name) '[{"Name":"AWS-UpdateSSMAgent","AssociationName":"agent-a","Targets":"tag:A=b"}]' }
        """;

    private readonly RunbookSession _session = new();

    public AzureRunbookTests()
    {
        _session.Session.Run(Assets).WithoutErrors();
        _session.Environment("AWS_ACCESS_KEY_ID", null);
        _session.Environment("AWS_SECRET_ACCESS_KEY", null);
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("-CredentialName aws", "credential aws")]
    [InlineData("-ConnectionName aws", "connection aws")]
    public void A_job_without_failures_completes(string identity, string asset)
    {
        _session.Write("remote", RunbookSession.Csv(good: 30));

        ScriptResult result = Start($"{identity} -EntriesUrl 'https://fleet.example/fleet.csv?sig=x' -Region us-east-1").WithoutErrors();

        PSObject summary = Assert.Single(result.Output)!;
        Assert.Equal("30 Created", summary.Properties["Summary"].Value);
        Assert.Equal(0, summary.Properties["NotCreated"].Value);
        Assert.Equal(30, _session.Associations);
        Assert.Contains(asset, _session.Log);
        Assert.Equal(30, _session.Log.Count(line => line.StartsWith("verbose: fleet.csv:", StringComparison.Ordinal)));
        Assert.Empty(result.Progress);
    }

    [Fact]
    public void A_job_that_follows_its_associations_fails_where_one_did_not_apply()
    {
        _session.Session.Run("$endpoint.SetNode(@{ Id = 'i-00000001'; Tags = @{ Node = 'n0' }; PickUpSeconds = 0.2; RunSeconds = 0.2; Outcomes = 'Failed' })").WithoutErrors();
        _session.Write("remote", RunbookSession.Csv(good: 1));

        ScriptResult result = Start("-CredentialName aws -EntriesUrl https://fleet.example/fleet.csv -Region us-east-1 -OutcomeMinutes 1");

        Assert.Equal("1 associations did not apply: 1 Created; on the nodes 1 Failed", result.TerminatingError?.ToString());
        Assert.Equal(1, result.Output[0]!.Properties["NotApplied"].Value);
        Assert.Equal("OutcomeFailed", result.Output[1]!.Properties["ErrorCode"].Value);
    }

    [Fact]
    public void A_job_with_failures_puts_them_out_and_then_fails()
    {
        _session.Write("remote", RunbookSession.Csv(good: 3, invalid: 2, refused: 2) + "a,b,c,d,e,f,g\n");

        ScriptResult result = Start("-CredentialName aws -EntriesUrl https://fleet.example/fleet.csv -Region us-east-1");

        Assert.Equal("5 entries were not created: 3 Created, 3 Invalid, 2 Failed", result.TerminatingError?.ToString());
        Assert.Equal(["Invalid", "Invalid", "Failed", "Failed", "Invalid"], result.Output.Skip(1).Select(row => row!.Properties["Status"].Value));
        Assert.Equal("fleet.csv:5", result.Output[1]!.Properties["Source"].Value);
        Assert.DoesNotContain("geheim", RunbookJson.Write(result.Output.ToArray()) + result.AllText(), StringComparison.Ordinal);
        Assert.Equal(3, _session.Associations);
    }

    [Fact]
    public void The_output_is_bounded_and_says_what_it_leaves_out()
    {
        _session.Write("remote", RunbookSession.Csv(good: 0, invalid: 50));

        ScriptResult result = Start("-CredentialName aws -EntriesUrl https://fleet.example/fleet.csv -Region us-east-1 -MaxFailures 10");

        Assert.Equal(11, result.Output.Count);
        Assert.Equal(40, result.Output[0]!.Properties["NotShown"].Value);
        Assert.StartsWith("50 entries were not created", result.TerminatingError?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_come_from_a_variable_and_a_second_job_creates_nothing()
    {
        Start("-CredentialName aws -EntriesVariable Fleet -Region us-east-1, eu-west-1").WithoutErrors();

        ScriptResult result = Start("-CredentialName aws -EntriesVariable Fleet -Region us-east-1, eu-west-1").WithoutErrors();

        Assert.Equal("2 Existing", result.Output.Single()!.Properties["Summary"].Value);
        Assert.Equal(2, _session.Associations);
    }

    [Fact]
    public void The_shards_of_several_jobs_are_the_file()
    {
        _session.Write("remote", RunbookSession.Csv(good: 40));

        Start("-CredentialName aws -EntriesUrl https://fleet.example/fleet.csv -Region us-east-1 -Shard 1/2").WithoutErrors();
        Assert.InRange(_session.Associations, 1, 39);
        Start("-CredentialName aws -EntriesUrl https://fleet.example/fleet.csv -Region us-east-1 -Shard 2/2").WithoutErrors();

        Assert.Equal(40, _session.Associations);
    }

    [Theory]
    [InlineData("-EntriesVariable Fleet -Region us-east-1", "Give CredentialName or ConnectionName: a runbook has no AWS identity of its own.")]
    [InlineData("-CredentialName aws -Region us-east-1", "Give EntriesUrl or EntriesVariable.")]
    public void A_job_that_cannot_start_fails_and_says_what_is_missing(string arguments, string message) =>
        Assert.Equal(message, Start(arguments).TerminatingError?.ToString());

    private ScriptResult Start(string arguments) =>
        _session.Run($"& '{RunbookSession.Find("azure-automation/New-Associations.ps1")}' {arguments}");
}
