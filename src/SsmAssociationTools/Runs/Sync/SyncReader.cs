using System;
using System.Collections.Generic;
using System.Threading;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>
/// Reads what exists in one account and Region, as far as a plan needs it: every page of the list once, and whole only those
/// associations whose lines do not tell. Driven by one thread.
/// </summary>
internal sealed class SyncReader : IDisposable
{
    private readonly AssociationReader _reader;
    private readonly FleetReader _fleet;
    private readonly CancellationToken _stop;

    public SyncReader(IAssociationGateway gateway, RunOptions options, IClock clock, Backoff backoff, Action<string> log, Action idle, CancellationToken stop)
    {
        _reader = new AssociationReader(gateway, options, clock, backoff, log);
        _fleet = new FleetReader(_reader, options.ThrottleLimit, idle, stop);
        _stop = stop;
    }

    /// <summary>Reads into a plan and decides it.</summary>
    /// <exception cref="GatewayException">The list or an association cannot be read: nothing may be decided.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended.</exception>
    public void Read(SyncPlan plan, Func<SyncExisting, SyncWanted, bool> isKnown)
    {
        foreach (AssociationRecord line in _reader.ListAsync(null, null, _stop).GetAwaiter().GetResult())
        {
            plan.Add(line);
        }

        var waiting = new Queue<SyncExisting>();
        IReadOnlyList<SyncExisting> toBeRead = plan.ToBeRead(isKnown);
        foreach (SyncExisting existing in toBeRead)
        {
            _fleet.Add(existing.AssociationId);
            waiting.Enqueue(existing);
            while (_fleet.IsReady(isLast: false))
            {
                Take(plan, waiting);
            }
        }

        while (waiting.Count > 0)
        {
            Take(plan, waiting);
        }

        plan.Decide(isKnown);
    }

    /// <summary>Whether the last update of an association changed nothing: the version before has the same content.</summary>
    /// <exception cref="GatewayException">It cannot be read.</exception>
    public bool IsStuck(SyncExisting existing, Func<AssociationRecord, bool> isSame)
    {
        if (!long.TryParse(existing.Line.AssociationVersion, out long version) || version < 2)
        {
            return false;
        }

        string before = (version - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return _reader.DescribeAsync(existing.AssociationId, before, _stop).GetAwaiter().GetResult() is { } older && isSame(older);
    }

    public void Dispose() => _fleet.Dispose();

    private void Take(SyncPlan plan, Queue<SyncExisting> waiting) => plan.Read(waiting.Dequeue(), _fleet.Take(out _));
}
