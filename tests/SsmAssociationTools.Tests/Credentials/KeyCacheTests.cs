using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Aws.Credentials;
using SsmAssociationTools.Gateway;
using Xunit;

namespace SsmAssociationTools.Tests.Credentials;

/// <summary>A run of hours must not stop because its keys expire, and must not ask for keys with every call.</summary>
public sealed class KeyCacheTests
{
    private int _reads;

    [Fact]
    public async Task Keys_are_kept_until_shortly_before_they_expire_and_then_renewed()
    {
        using var machine = new Machine();
        using KeyCache keys = Cache(machine, () => TimeSpan.FromHours(1));

        Assert.Equal("key-1", await Get(keys));
        machine.Now += TimeSpan.FromMinutes(54);
        Assert.Equal("key-1", await Get(keys));
        machine.Now += TimeSpan.FromMinutes(2);
        Assert.Equal("key-2", await Get(keys));
        machine.Now += TimeSpan.FromMinutes(54);
        Assert.Equal("key-2", await Get(keys));
    }

    [Fact]
    public async Task Keys_are_at_hand_without_a_wait_until_it_is_time_to_ask_for_new_ones()
    {
        using var machine = new Machine();
        using KeyCache keys = Cache(machine, () => TimeSpan.FromHours(1));

        Assert.Null(keys.Current);
        await Get(keys);
        Assert.Equal("key-1", keys.Current?.AccessKey);
        machine.Now += TimeSpan.FromMinutes(56);
        Assert.Null(keys.Current);
    }

    [Fact]
    public void The_SDK_gets_keys_on_its_own_thread_also_where_they_have_to_be_asked_for()
    {
        using var machine = new Machine();
        using KeyCache keys = Cache(machine, () => TimeSpan.FromHours(1));
        var credentials = new GatewayCredentials(keys);

        Assert.Equal("key-1", credentials.GetCredentials().AccessKey);
        Assert.Equal("key-1", credentials.GetCredentials().AccessKey);
        machine.Now += TimeSpan.FromMinutes(56);
        Assert.Equal("key-2", credentials.GetCredentials().AccessKey);
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Keys_without_an_end_are_read_once()
    {
        using var machine = new Machine();
        using KeyCache keys = Cache(machine, () => null);

        await Get(keys);
        machine.Now += TimeSpan.FromDays(400);
        await Get(keys);

        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task An_object_that_renews_itself_is_asked_again_after_a_minute()
    {
        using var machine = new Machine();
        using KeyCache keys = Cache(machine, () => null, askAgainAfter: TimeSpan.FromMinutes(1));

        Assert.Equal("key-1", await Get(keys));
        machine.Now += TimeSpan.FromSeconds(59);
        Assert.Equal("key-1", await Get(keys));
        machine.Now += TimeSpan.FromSeconds(2);
        Assert.Equal("key-2", await Get(keys));
    }

    [Fact]
    public async Task While_the_old_keys_are_valid_a_failure_to_renew_harms_nobody()
    {
        using var machine = new Machine();
        bool fails = false;
        using KeyCache keys = Cache(machine, () => fails ? throw CredentialErrors.Unreachable("STS is away.") : TimeSpan.FromHours(1));
        await Get(keys);

        fails = true;
        machine.Now += TimeSpan.FromMinutes(56);
        Assert.Equal("key-1", await Get(keys));
        Assert.Equal("key-1", await Get(keys));
        Assert.Equal(2, _reads);

        machine.Now += TimeSpan.FromMinutes(4);
        await Assert.ThrowsAsync<GatewayException>(() => Get(keys));

        fails = false;
        Assert.Equal("key-4", await Get(keys));
    }

    [Fact]
    public async Task Many_callers_read_once()
    {
        using var machine = new Machine();
        var release = new TaskCompletionSource();
        using var keys = new KeyCache(
            new KeySource("the test", async _ =>
            {
                Interlocked.Increment(ref _reads);
                await release.Task;
                return new AccessKeys("a", "s") { Expiration = machine.Now.AddHours(1) };
            }),
            machine.MachineEnvironment);

        Task<AccessKeys>[] callers = [.. Enumerable.Range(0, 20).Select(_ => Task.Run(() => keys.GetAsync(CancellationToken.None)))];
        release.SetResult();
        await Task.WhenAll(callers);

        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task While_one_caller_renews_the_others_use_the_old_keys()
    {
        using var machine = new Machine();
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        using var keys = new KeyCache(
            new KeySource("the test", async _ =>
            {
                if (++_reads == 2)
                {
                    started.SetResult();
                    await release.Task;
                }

                return new AccessKeys($"key-{_reads}", "s") { Expiration = machine.Now.AddHours(1) };
            }),
            machine.MachineEnvironment);
        await Get(keys);
        machine.Now += TimeSpan.FromMinutes(57);

        Task<string> renewing = Task.Run(() => Get(keys));
        await started.Task;
        Assert.Equal("key-1", await Get(keys));
        release.SetResult();
        Assert.Equal("key-2", await renewing);
    }

    [Fact]
    public async Task A_clock_that_runs_ahead_does_not_make_every_call_ask()
    {
        using var machine = new Machine();
        using KeyCache keys = Cache(machine, () => TimeSpan.FromHours(-1));

        Assert.Equal("key-1", await Get(keys));
        Assert.Equal("key-1", await Get(keys));
        machine.Now += TimeSpan.FromSeconds(20);
        Assert.Equal("key-2", await Get(keys));
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        using var machine = new Machine();
        using var stop = new CancellationTokenSource();
        using var keys = new KeyCache(
            new KeySource("the test", async cancellationToken =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return new AccessKeys("a", "s");
            }),
            machine.MachineEnvironment);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keys.GetAsync(stop.Token));
    }

    private KeyCache Cache(Machine machine, Func<TimeSpan?> lifetime, TimeSpan? askAgainAfter = null) => new(
        new KeySource(
            "the test",
            _ =>
            {
                _reads++;
                return Task.FromResult(new AccessKeys($"key-{_reads}", "s") { Expiration = machine.Now + lifetime() });
            },
            askAgainAfter),
        machine.MachineEnvironment);

    private static async Task<string> Get(KeyCache keys) => (await keys.GetAsync(CancellationToken.None)).AccessKey;
}
