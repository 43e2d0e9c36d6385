using System;
using System.Linq;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>The remoting script, run as it is, with computers that get and give serialized objects as real ones do.</summary>
[Collection(ProcessEnvironment.Name)]
public sealed class RemotingScriptTests : IDisposable
{
    private const string Computers = """
        function Get-Item { param($LiteralPath) [IO.FileInfo]::new([IO.Path]::Combine($PWD.Path, $LiteralPath)) }
        function Send-Away($Object) { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Object, 1)) }
        function Invoke-Command {
            param($ComputerName, [switch] $AsJob, $ScriptBlock, $ArgumentList)
            $arguments = @($ArgumentList | ForEach-Object { , (Send-Away $_) })
            $remote = [scriptblock]::Create("$ScriptBlock")
            @{ Results = @(& $remote @arguments -ErrorAction SilentlyContinue | ForEach-Object { Send-Away $_ }); ComputerName = $ComputerName }
        }
        function Receive-Job { param([Parameter(ValueFromPipeline)] $Job, [switch] $Wait, [switch] $AutoRemoveJob) process { $Job.Results } }
        $PSDefaultParameterValues['New-SsmAssociationBatch:ErrorAction'] = 'SilentlyContinue'
        """;

    private readonly RunbookSession _session = new();

    public RemotingScriptTests() => _session.Session.Run(Computers).WithoutErrors();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_computers_together_send_the_file_and_all_results_come_back()
    {
        _session.Write("fleet.csv", RunbookSession.Csv(good: 40, invalid: 2));

        ScriptResult result = Start("one, two, three");

        Assert.Equal(40, result.Output.Count(item => item!.Properties["Status"].Value is "Created"));
        Assert.Equal(2, result.Output.Count(item => item!.Properties["Status"].Value is "Invalid"));
        Assert.Equal(
            Enumerable.Range(2, 42).Select(line => $"fleet.csv:{line}").Order(StringComparer.Ordinal),
            result.Output.Select(item => (string)item!.Properties["Source"].Value).Order(StringComparer.Ordinal));
        Assert.Equal(40, _session.Associations);
    }

    [Fact]
    public void A_second_run_creates_nothing()
    {
        _session.Write("fleet.csv", RunbookSession.Csv(good: 10));
        Start("one, two");

        ScriptResult result = Start("one, two, three");

        Assert.All(result.Output, item => Assert.Equal("Existing", item!.Properties["Status"].Value));
        Assert.Equal(10, _session.Associations);
    }

    [Fact]
    public void Results_of_other_computers_are_sent_again_with_their_entries()
    {
        _session.Write("fleet.csv", RunbookSession.Csv(good: 10));

        ScriptResult result = _session.Run($"{Command("one, two")} | New-SsmAssociationBatch -IfExists Skip").WithoutErrors();

        Assert.Equal(10, result.Output.Count);
        Assert.All(result.Output, item => Assert.Equal("Existing", item!.Properties["Status"].Value.ToString()));
        Assert.Empty(result.Warnings);
    }

    private static string Command(string computers) =>
        $"& '{RunbookSession.Find("remoting/Invoke-Shards.ps1")}' -ComputerName {computers} -Path fleet.csv -Region us-east-1";

    private ScriptResult Start(string computers) => _session.Run(Command(computers)).WithoutErrors();
}
