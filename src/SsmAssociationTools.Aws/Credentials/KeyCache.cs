using System;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>
/// Keeps the keys of a source and asks for new ones some minutes before they expire, so that a long run never stops for
/// them. Where that fails, the old keys go on being used for as long as they are valid. Safe for concurrent use.
/// </summary>
internal sealed class KeyCache : IDisposable
{
    /// <summary>How long before they expire keys are renewed.</summary>
    private static readonly TimeSpan s_early = TimeSpan.FromMinutes(5);

    /// <summary>How long before they expire keys are no longer used: a call signed with them has to arrive in time.</summary>
    private static readonly TimeSpan s_reserve = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the source is left in peace after it was asked. It matters where the source cannot do better: it failed, or
    /// what it gives is about to expire already, as it seems to a clock that runs ahead.
    /// </summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(15);

    private readonly KeySource _source;
    private readonly MachineEnvironment _environment;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile State? _state;

    /// <summary>Keys that the service called expired, for which the source was asked again.</summary>
    private AccessKeys? _refused;

    public KeyCache(KeySource source, MachineEnvironment environment)
    {
        _source = source;
        _environment = environment;
    }

    /// <summary>What the source is.</summary>
    public string Description => _source.Description;

    /// <summary>The keys that were read last; null before the first.</summary>
    public AccessKeys? Last => _state?.Keys;

    /// <summary>The keys of the source where nothing needs to be asked for them; null where it is time to ask.</summary>
    public AccessKeys? Current => _state is { } state && _environment.UtcNow() < state.RenewAt ? state.Keys : null;

    /// <summary>Gets keys that are valid now.</summary>
    /// <exception cref="GatewayException">The source gives no keys, and there are no valid ones from before.</exception>
    public async Task<AccessKeys> GetAsync(CancellationToken cancellationToken)
    {
        State? state = _state;
        DateTime now = _environment.UtcNow();
        if (state is not null && now < state.RenewAt)
        {
            return state.Keys;
        }

        bool isUsable = state is not null && now < state.UseUntil;
        if (isUsable)
        {
            // One caller renews; the others need not wait for it.
            if (!_gate.Wait(0, CancellationToken.None))
            {
                return state!.Keys;
            }
        }
        else
        {
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            if (!ReferenceEquals(_state, state))
            {
                return _state!.Keys;
            }

            try
            {
                _state = NewState(await _source.Read(cancellationToken).ConfigureAwait(false));
            }
            catch (GatewayException) when (isUsable)
            {
                _state = new State(state!.Keys, _environment.UtcNow() + s_pause, state.UseUntil);
            }

            return _state!.Keys;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Asks the source again, because the service calls keys expired although they should not be: a clock is wrong, or somebody
    /// ended the session of a role. It is asked once for the same keys, however many calls they failed.
    /// </summary>
    /// <returns>True where there are other keys now.</returns>
    public async Task<bool> ReplaceAsync(AccessKeys refused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_state is { } state && !ReferenceEquals(state.Keys, refused))
            {
                return true;
            }

            if (ReferenceEquals(_refused, refused))
            {
                return false;
            }

            _refused = refused;
            AccessKeys keys = await _source.Read(cancellationToken).ConfigureAwait(false);
            if (keys.AccessKey == refused.AccessKey && keys.SessionToken == refused.SessionToken)
            {
                return false;
            }

            _state = NewState(keys);
            return true;
        }
        catch (GatewayException)
        {
            // What the service said of the old keys tells more than why there are no new ones.
            return false;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private State NewState(AccessKeys keys)
    {
        DateTime now = _environment.UtcNow();
        DateTime renewAt = keys.Expiration is { } expiration ? Before(expiration, s_early) : DateTime.MaxValue;
        DateTime useUntil = keys.Expiration is { } end ? Before(end, s_reserve) : DateTime.MaxValue;
        if (_source.AskAgainAfter is { } interval && now + interval < renewAt)
        {
            renewAt = now + interval;
        }

        if (renewAt < now + s_pause)
        {
            renewAt = now + s_pause;
        }

        return new State(keys, renewAt, useUntil);
    }

    /// <summary>A source may name the first moment of all as the end.</summary>
    private static DateTime Before(DateTime time, TimeSpan span) => time.Ticks > span.Ticks ? time - span : DateTime.MinValue;

    private sealed class State(AccessKeys keys, DateTime renewAt, DateTime useUntil)
    {
        public AccessKeys Keys { get; } = keys;

        public DateTime RenewAt { get; } = renewAt;

        public DateTime UseUntil { get; } = useUntil;
    }
}
