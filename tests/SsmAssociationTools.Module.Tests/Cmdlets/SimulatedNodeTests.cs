using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Simulated nodes and the endpoint's clock, as PowerShell hands them over.</summary>
public sealed class SimulatedNodeTests
{
    private const string Clock = "-Clock 2027-01-01T00:00:00Z -ClockSpeed 0";

    [Fact]
    public void Nodes_come_as_hashtables_as_objects_or_as_ids_alone()
    {
        using var endpoint = new EndpointSession($$"""
            {{Clock}} -Node @{ Id = 'i-00000001'; Tags = @{ Env = 'a' }; Outcomes = 'Failed', 'Success' },
                ([pscustomobject]@{ id = 'i-00000002'; tags = [pscustomobject]@{ Env = 'a' }; runSeconds = 2.5; offline = @([pscustomobject]@{ From = [datetime]'2027-01-01'; To = [datetime]'2027-01-01T06:00' }) }),
                'i-00000003'
            """);

        endpoint.Run("""
            @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Env=a' } | New-SsmAssociationBatch @c
            $endpoint.Advance('0:10')
            """).WithoutErrors();
        Assert.Equal("{Failed=1, Pending=1}", Counts(endpoint));
        endpoint.Run("$endpoint.SetNode(@{ Id = 'i-00000003'; Tags = @{ Env = 'a' } }); $endpoint.Advance([timespan]'0:10')").WithoutErrors();
        Assert.Equal("{Success=1}", Counts(endpoint));
        endpoint.Run("$endpoint.RemoveNode('i-00000001'); $endpoint.Advance('12:00')").WithoutErrors();
        Assert.Equal("{Success=1}", Counts(endpoint));
        Assert.Equal(new DateTime(2027, 1, 1, 12, 20, 0, DateTimeKind.Utc), endpoint.Run("$endpoint.Now").WithoutErrors().Output.Single()!.BaseObject);
    }

    [Theory]
    [InlineData("-Node @{ Id = 'i-00000001'; Colour = 'red' }", "NodeInvalid")]
    [InlineData("-Node @{ Platform = 'Linux' }", "NodeInvalid")]
    public void A_node_that_cannot_be_read_is_named(string arguments, string id)
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run(EndpointSession.Tried("Start-SsmLocalEndpoint " + arguments));

        Assert.StartsWith(id, result.TerminatingError!.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("cron(0/30 * * * ? *)")]
    [InlineData("cron(5 0/2 * * ? *)")]
    [InlineData("cron(0 0 */12 * * ? *)")]
    [InlineData("cron(0 10 0/8 1/1 * ? *)")]
    [InlineData("cron(15 13 ? * * *)")]
    [InlineData("cron(0 0 2 ? * SUN *)")]
    [InlineData("cron(0 2 ? * 2 *)")]
    [InlineData("cron(0 0 ? * 3L *)")]
    [InlineData("cron(0 22 ? * FRIL *)")]
    [InlineData("cron(30 23 ? * TUE#3 *)")]
    [InlineData("cron(0 2 ? * WED#5 *)")]
    [InlineData("cron(0 2 ? * 2#1 *)")]
    [InlineData("cron(0 2 ? * SAT#2 *)", 6)]
    public void A_year_on_the_endpoints_clock_runs_when_the_look_ahead_says(string expression, int offset = 0)
    {
        using var endpoint = new EndpointSession(Clock);
        string options = offset == 0 ? string.Empty : $" -ScheduleOffset {offset}";
        string member = offset == 0 ? string.Empty : $"; ScheduleOffset = {offset}";

        ScriptResult created = endpoint.Run($$"""
            @{ Name = 'AWS-UpdateSSMAgent'; Targets = 'tag:Env=test'; ApplyOnlyAtCronInterval = $true; ScheduleExpression = '{{expression}}'{{member}} } | New-SsmAssociationBatch @c
            $endpoint.Advance('365.00:00')
            """);
        Assert.Null(created.TerminatingError);
        string[] ran = [.. Executions(endpoint).Select(execution => Time(execution.GetProperty("CreatedTime"u8))).Reverse()];

        string[] seen =
        [
            .. endpoint.Run($"Get-SsmAssociationSchedule '{expression}'{options} -Count {ran.Length} -From ([datetime]::Parse('{ran[0]}').ToUniversalTime().AddSeconds(-1)) | ForEach-Object {{ $_.Utc.ToString('o') }}")
                .Output.Select(time => (string)time!.BaseObject),
        ];
        Assert.NotEmpty(ran);
        Assert.Equal(seen, ran);
    }

    private static JsonElement[] Executions(EndpointSession endpoint) =>
        [.. endpoint.Call("DescribeAssociationExecutions", $$"""{"AssociationId":"{{endpoint.Ids()[0]}}"}""").GetProperty("AssociationExecutions"u8).EnumerateArray()];

    private static string? Counts(EndpointSession endpoint) => Executions(endpoint)[0].GetProperty("ResourceCountByStatus"u8).GetString();

    private static string Time(JsonElement seconds) => DateTime.UnixEpoch.AddSeconds(seconds.GetDouble()).ToString("o", CultureInfo.InvariantCulture);
}
