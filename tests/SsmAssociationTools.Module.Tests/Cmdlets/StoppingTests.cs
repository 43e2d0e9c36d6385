using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using SsmAssociationTools.Module.Tests.Hosting;
using Xunit;

namespace SsmAssociationTools.Module.Tests.Cmdlets;

/// <summary>A run that is cut short, from upstream, from downstream or from the keyboard: no further call, no hang.</summary>
public sealed class StoppingTests
{
    [Theory]
    [InlineData("do { 1..100 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 5 -ThrottleLimit 1 | ForEach-Object { $_; break } } while ($false)")]
    [InlineData("1..100 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 5 -ThrottleLimit 1 | Select-One")]
    public void A_command_downstream_that_has_enough_ends_the_run(string script)
    {
        // While results are written a call is in flight, and it hangs for a while.
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch call 2 delay seconds=2'");
        AddSelectOne(endpoint);

        ScriptResult result = endpoint.Run(script).WithoutErrors();
        long sent = endpoint.Requests;
        ScriptResult next = endpoint.Run("1..3 | ForEach-Object { New-Good (1000 + $_) } | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal("Created", Assert.Single(Seen.In(result)).Status);
        Assert.InRange(sent, 1, 2);
        Assert.Equal(3, next.Output.Count);
        Assert.Equal(sent + 1, endpoint.Requests);
    }

    [Theory]
    [InlineData("1..4 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c", "when 1 of 4 results were written. All 4 inputs that were taken: 4 created. Not written: 3 created (", "). No input was left out.")]
    [InlineData("1..4 | ForEach-Object { New-Good $_ } | Sync-SsmAssociationBatch @c", "All 4 inputs that were taken: 4 created. Not written: 3 created (", "). No input was left out.")]
    [InlineData("1..4 | ForEach-Object { New-Good $_ } | Sync-SsmAssociationBatch @c -Prune -Scope 'x*' -Confirm:$false", "4 created. Not written: 3 created (", "). Run the same input again")]

    // Each has a call of its own, so it depends on the moment how many are removed by then.
    [InlineData("$made | Remove-SsmAssociationBatch @c -Confirm:$false", "when 1 of 4 results were written. All 4 inputs that were taken: ", ". Not written: ")]
    [InlineData("$made | Start-SsmAssociationBatch @c", "All 4 inputs that were taken: 4 started. Not written: 3 started (", "). No input was left out.")]
    [InlineData("1..1000 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 2 -ThrottleLimit 1", "inputs that were taken: ", " Input after these was not read. Run the same input with -IfExists Skip")]
    public void What_a_stopped_pipeline_did_is_told_as_it_is(string script, string text, string end)
    {
        using var endpoint = new EndpointSession();
        AddSelectOne(endpoint);
        endpoint.Run("$made = 101..104 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c").WithoutErrors();

        string told = endpoint.Run(script + " | Select-One").WithoutErrors().HostText;

        Assert.Contains(text, told, StringComparison.Ordinal);
        Assert.Contains(end, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_ends_with_a_command_downstream_too()
    {
        using var endpoint = new EndpointSession();
        AddSelectOne(endpoint);

        ScriptResult result = endpoint.Run("$script:n = 0; 1..100 | ForEach-Object { $script:n++; New-Good $_ } | Test-SsmAssociationEntry -Quiet | Select-One; $script:n").WithoutErrors();

        Assert.Equal([true], result.OutputOf<bool>());
        Assert.Equal([1], result.OutputOf<int>());
    }

    [Fact]
    public void A_throw_upstream_keeps_what_came_out_and_sends_nothing_more()
    {
        using var endpoint = new EndpointSession();

        // The call with the 21st to the 40th entry never becomes full.
        ScriptResult result = endpoint.Run("""
            1..100 | ForEach-Object { if ($_ -eq 26) { while ($endpoint.AssociationCount -lt 20) { } throw 'the file ends here' }; New-Good $_ } | New-SsmAssociationBatch @c
            """);
        ScriptResult next = endpoint.Run("New-Good 1000 | New-SsmAssociationBatch @c").WithoutErrors();

        Assert.Equal("the file ends here", result.TerminatingError!.Exception.Message);
        Assert.Equal(20, endpoint.Associations - next.Output.Count);
        Assert.Equal(2, endpoint.Requests);
    }

    [Fact]
    public void Results_that_were_known_before_a_throw_upstream_have_come_out()
    {
        using var endpoint = new EndpointSession();

        ScriptResult result = endpoint.Run("""
            $script:delivered = 0
            & { $n = 0; while ($script:delivered -lt 20) { New-Good (++$n) }; throw 'the file ends here' } | New-SsmAssociationBatch @c | ForEach-Object { $script:delivered++; $_ }
            """);
        long sent = endpoint.Requests;
        int made = endpoint.Associations;
        endpoint.Run("New-Good 100000 | New-SsmAssociationBatch @c").WithoutErrors();

        IReadOnlyList<Seen> seen = Seen.In(result);
        Assert.Equal("the file ends here", result.TerminatingError!.Exception.Message);
        Assert.True(seen.Count >= 20);
        Assert.All(seen, item => Assert.Equal("Created", item.Status));
        Assert.True(made >= seen.Count);
        Assert.Equal(sent + 1, endpoint.Requests);
        Assert.Equal(made + 1, endpoint.Associations);
    }

    [Theory]
    [InlineData("-Fault 'CreateAssociationBatch always delay seconds=300'")]
    [InlineData("-Fault 'CreateAssociationBatch always delay seconds=300 acted=no'")]
    [InlineData("-Latency 300000")]
    public void Ctrl_C_while_a_call_hangs_returns_after_the_grace(string arguments)
    {
        using var endpoint = new EndpointSession(arguments);
        using RunningScript running = endpoint.Start("1..100 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 10 -ThrottleLimit 2 -TimeoutSec 90");
        WaitFor(() => endpoint.Requests == 2);

        ScriptResult result = Stop(running);

        Assert.True(result.WasStopped);
        Assert.Equal(2, endpoint.Requests);
        Assert.Equal([3], endpoint.Run("1 + 2").OutputOf<int>());
    }

    [Fact]
    public void Ctrl_C_while_a_throttle_is_waited_out_returns()
    {
        using var endpoint = new EndpointSession("-Fault 'CreateAssociationBatch always throttle retry-after=200'");
        using RunningScript running = endpoint.Start("1..10 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c");
        WaitFor(() => endpoint.Requests == 1);

        ScriptResult result = Stop(running);

        Assert.True(result.WasStopped);
        Assert.Equal(1, endpoint.Requests);
        Assert.Equal(0, endpoint.Associations);
    }

    [Fact]
    public void Ctrl_C_while_input_is_awaited_sends_nothing_of_what_is_collected()
    {
        using var endpoint = new EndpointSession();
        using var waiting = new ManualResetEventSlim();
        endpoint.Session.SetVariable("waiting", waiting);
        using RunningScript running = endpoint.Start("& { 1..5 | ForEach-Object { New-Good $_ }; $waiting.Set(); while ($true) { } } | New-SsmAssociationBatch @c");
        WaitFor(() => waiting.IsSet);

        ScriptResult result = Stop(running);

        Assert.True(result.WasStopped);
        Assert.Equal(0, endpoint.Requests);
    }

    [Fact]
    public void Another_session_is_not_touched_by_a_stop()
    {
        using var stopped = new EndpointSession("-Fault 'CreateAssociationBatch always delay seconds=300'");
        using var other = new EndpointSession();
        using RunningScript running = stopped.Start("New-Good 1 | New-SsmAssociationBatch @c");
        WaitFor(() => stopped.Requests == 1);
        using RunningScript going = other.Start("1..200 | ForEach-Object { New-Good $_ } | New-SsmAssociationBatch @c -BatchSize 5");

        Assert.True(Stop(running).WasStopped);
        ScriptResult result = going.Wait().WithoutErrors();

        Assert.Equal(200, result.Output.Count);
        Assert.All(Seen.In(result), item => Assert.Equal("Created", item.Status));
        Assert.Equal(200, other.Associations);
    }

    /// <summary>Stops a script. It hangs no longer than the grace; the bound here is only there so that a hang is a failure.</summary>
    private static ScriptResult Stop(RunningScript running)
    {
        ScriptResult? result = null;
        var thread = new Thread(() => result = running.Stop()) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(80)), "The script did not end.");
        return result!;
    }

    private static void WaitFor(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromMinutes(10)));

    /// <summary>
    /// Select-Object is no part of the hosted engine. This does what its -First 1 does, by the exception that it throws.
    /// </summary>
    private static void AddSelectOne(EndpointSession endpoint)
    {
        endpoint.Run($"Import-Module -Assembly ([System.Reflection.Assembly]::LoadFrom('{typeof(SelectOneCommand).Assembly.Location.Replace("'", "''", StringComparison.Ordinal)}'))").WithoutErrors();
    }
}

/// <summary>Passes the first object on and wants no more, as Select-Object -First 1 does.</summary>
[Cmdlet(VerbsCommon.Select, "One")]
public sealed class SelectOneCommand : PSCmdlet
{
    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        Type type = typeof(PSObject).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, [this], null)!;
    }
}
