using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using SsmAssociationTools.LocalEndpoint.Tests;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>Several sessions at once, modules that come and go, and the life of embedded endpoints.</summary>
public sealed class SessionTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Sessions_at_the_same_time_do_not_mix(int count)
    {
        IReadOnlyList<Seen>[] all = await Task.WhenAll(Enumerable.Range(0, count).Select(session => Task.Factory.StartNew(
            () =>
            {
                using var endpoint = new EndpointSession($"-Region eu-west-{session + 1} -Seed {session}");
                IReadOnlyList<Seen> seen = Seen.In(endpoint.Run($"1..200 | ForEach-Object {{ if ($_ % 10) {{ New-Good ($_ + {session}000) }} else {{ New-Refused $_ }} }} | New-SsmAssociationBatch @c -BatchSize 7"));
                Assert.Equal(180, endpoint.Associations);
                Assert.All(seen.Where(item => item.AssociationId is not null), item => Assert.Equal(item["AssociationName"], endpoint.Describe(item.AssociationId!).GetProperty("AssociationName").GetString()));
                return seen;
            },
            TaskCreationOptions.LongRunning)));

        for (int session = 0; session < count; session++)
        {
            Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), all[session].Select(item => item.Index));
            Assert.All(all[session], item => Assert.Equal($"eu-west-{session + 1}", item["Region"]));
            Assert.Equal(20, all[session].Count(item => item.Status == "Failed"));
        }
    }

    [Fact]
    public void Two_runs_in_one_pipeline_do_not_mix()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            1..45 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 4 | New-SsmAssociationBatch @c -BatchSize 7
            """).WithoutErrors();

        Assert.Equal(Enumerable.Range(0, 45).Select(i => ((long)i, "Existing", $"agent-{i + 1}")), Seen.In(result).Select(item => (item.Index, item.Status, (string)item["AssociationName"]!)));
        Assert.Equal(45, endpoint.Associations);
    }

    [Fact]
    public void A_module_that_is_removed_and_imported_again_works()
    {
        using var endpoint = new EndpointSession($"-Port {QuietPort.Next()}");
        Uri url = endpoint.Url;

        endpoint.Run("New-Good 1 | New-SsmAssociationBatch @c; Remove-Module SsmAssociationTools").WithoutErrors();
        Assert.False(Answers(url), "The endpoint outlived the module.");
        ScriptResult gone = endpoint.Run("New-SsmAssociationBatch @()");
        ScriptResult again = endpoint.Run($"Import-Module '{ModuleSession.Manifest}'; $endpoint = Start-SsmLocalEndpoint; $c = $endpoint.Connection; New-Good 1 | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.NotNull(gone.TerminatingError);
        Assert.Equal("Created", Assert.Single(Seen.In(again)).Status);
    }

    [Fact]
    public void Import_with_Force_while_an_endpoint_runs_stops_it()
    {
        using var endpoint = new EndpointSession($"-Port {QuietPort.Next()}");
        Uri url = endpoint.Url;

        endpoint.Run($"Import-Module '{ModuleSession.Manifest}' -Force").WithoutErrors();

        Assert.False(Answers(url));
    }

    [Theory]
    [InlineData("$a, $b | Stop-SsmLocalEndpoint", false, false, true)]
    [InlineData("Stop-SsmLocalEndpoint $a", false, true, true)]
    [InlineData("Stop-SsmLocalEndpoint -Endpoint $a, $c", false, true, false)]
    [InlineData("Stop-SsmLocalEndpoint", false, false, false)]
    [InlineData("$b.Dispose()", true, false, true)]
    [InlineData("$b.Dispose(); $b | Stop-SsmLocalEndpoint; Stop-SsmLocalEndpoint; Stop-SsmLocalEndpoint", false, false, false)]
    public void Endpoints_are_stopped_one_by_one_or_all(string script, bool a, bool b, bool c)
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run($"$a = Start-SsmLocalEndpoint {QuietPort.Next()}; $b = Start-SsmLocalEndpoint {QuietPort.Next()}; $c = Start-SsmLocalEndpoint {QuietPort.Next()}; {script}; $a, $b, $c | ForEach-Object {{ $_.Url; $_.IsRunning }}").WithoutErrors();

        Assert.Equal([a, b, c], result.OutputOf<bool>());
        Assert.Equal([a, b, c], result.OutputOf<Uri>().Select(Answers));
        Assert.Equal(3, result.OutputOf<Uri>().Distinct().Count());
    }

    [Fact]
    public void Nobody_stops_the_endpoints_of_another_session()
    {
        using var one = new EndpointSession();
        using var other = new EndpointSession($"-Port {QuietPort.Next()}");

        other.Run("Stop-SsmLocalEndpoint; Remove-Module SsmAssociationTools").WithoutErrors();

        Assert.True(Answers(one.Url));
        Assert.False(Answers(other.Url));
    }

    [Fact]
    public void Nothing_but_endpoints_can_be_stopped()
    {
        using var session = new ModuleSession();

        ScriptResult nothing = session.Run(EndpointSession.Tried("Stop-SsmLocalEndpoint $null"));
        ScriptResult text = session.Run("'x' | Stop-SsmLocalEndpoint");

        Assert.NotNull(nothing.TerminatingError);
        Assert.NotEmpty(text.Errors);
    }

    [Fact]
    public void An_endpoint_ends_with_its_session()
    {
        Uri url;
        using (var endpoint = new EndpointSession($"-Port {QuietPort.Next()}"))
        {
            url = endpoint.Url;
            Assert.True(Answers(url));
        }

        Assert.False(Answers(url));
    }

    [Fact]
    public void An_endpoint_listens_on_loopback_on_the_port_that_was_asked_for()
    {
        int port = QuietPort.Next();
        using var endpoint = new EndpointSession($"-Port {port}");

        Assert.True(endpoint.Url.IsLoopback);
        Assert.Equal(port, endpoint.Url.Port);
        Assert.Equal("http", endpoint.Url.Scheme);
    }

    [Fact]
    public void A_port_in_use_is_a_clear_error_and_a_freed_one_is_free()
    {
        using var endpoint = new EndpointSession($"-Port {QuietPort.Next()}");

        ScriptResult taken = endpoint.Run($"Start-SsmLocalEndpoint {endpoint.Url.Port}");
        ScriptResult freed = endpoint.Run($"Stop-SsmLocalEndpoint; $endpoint = Start-SsmLocalEndpoint {endpoint.Url.Port}; $endpoint.Url.Port").WithoutErrors();

        Assert.Equal("PortInUse,SsmAssociationTools.Commands.StartSsmLocalEndpointCommand", taken.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains($"{endpoint.Url.Port}", taken.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.Empty(taken.Output);
        Assert.Equal([endpoint.Url.Port], freed.OutputOf<int>());
    }

    [Theory]
    [InlineData("-Fault 'nonsense'", "FaultNotation", "nonsense")]
    [InlineData("-Fault 'CreateAssociationBatch sometimes throttle'", "FaultNotation", "sometimes")]
    [InlineData("-Fault 'CreateAssociationBatch 120% throttle'", "FaultNotation", "120%")]
    [InlineData("-Fault 'CreateAssociationBatch always explode'", "FaultNotation", "explode")]
    [InlineData("-Fault 'CreateAssociationBatch always delay'", "FaultNotation", "seconds")]
    [InlineData("-Fault 'ListAssociations always lag calls=2', 'DeleteAssociation always lag calls=2'", "FaultNotation", "Fault 2")]
    [InlineData("-FaultPath ./no/such/file", "FaultsNotRead", "no/such/file")]
    [InlineData("-InventoryPath ./no/such/file", "InventoryNotRead", "no/such/file")]
    public void An_endpoint_that_cannot_start_says_which_argument_is_wrong(string arguments, string id, string named)
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run(EndpointSession.Tried("Start-SsmLocalEndpoint " + arguments));

        Assert.Equal(id + ",SsmAssociationTools.Commands.StartSsmLocalEndpointCommand", result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Contains(named, result.TerminatingError.ToString().Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("-Port 65536")]
    [InlineData("-AccountId 12345")]
    [InlineData("-AssociationLimit -1")]
    [InlineData("-Latency -1")]
    [InlineData("-Region ''")]
    public void A_figure_out_of_its_range_is_refused(string arguments)
    {
        using var session = new ModuleSession();

        ScriptResult result = session.Run(EndpointSession.Tried("Start-SsmLocalEndpoint " + arguments));

        Assert.StartsWith("ParameterArgumentValidationError", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void State_is_kept_in_the_file_for_the_next_endpoint()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string state = Path.Combine(folder, "state.json");
            using (var first = new EndpointSession($"-StatePath '{state}'"))
            {
                first.Run("1..3 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();
            }

            using var second = new EndpointSession($"-StatePath '{state}'");
            Assert.Equal(3, second.Associations);
            Assert.Equal("Existing", Assert.Single(Seen.In(second.Run("New-Good 2 | New-SsmAssociationBatch @c -IfExists Skip").WithoutErrors())).Status);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Answers(Uri url)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, url.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
