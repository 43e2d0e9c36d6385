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
    /// <summary>Readings of a list that goes on to bring something new.</summary>
    private const int MaxReadings = 4;

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
        int pages = List(plan);
        Decide(plan, isKnown);

        // Where pages shift while they are read, an association may be on none of them, and leaves no trace. Before anything is
        // created for want of it, the list is read once more.
        for (int reading = 1; reading < MaxReadings && pages > 1 && plan.HasMissing; reading++)
        {
            int known = plan.Count;
            pages = List(plan);
            if (plan.Count == known)
            {
                break;
            }

            Decide(plan, isKnown);
        }
    }

    /// <summary>
    /// Whether the last two updates of an association changed nothing: the two versions before have the same content. One alone
    /// may be that of somebody who saved the association as it was.
    /// </summary>
    /// <exception cref="GatewayException">They cannot be read.</exception>
    public bool IsStuck(SyncExisting existing, Func<AssociationRecord, bool> isSame) =>
        long.TryParse(existing.Line.AssociationVersion, out long version)
        && version > 2
        && IsSame(existing, version - 1, isSame)
        && IsSame(existing, version - 2, isSame);

    private bool IsSame(SyncExisting existing, long version, Func<AssociationRecord, bool> isSame) =>
        _reader.DescribeAsync(existing.AssociationId, version.ToString(System.Globalization.CultureInfo.InvariantCulture), _stop).GetAwaiter().GetResult() is { } older
        && isSame(older);

    public void Dispose() => _fleet.Dispose();

    /// <summary>Reads the list into a plan.</summary>
    /// <returns>How many pages it has.</returns>
    private int List(SyncPlan plan)
    {
        int pages = 0;
        foreach (AssociationRecord line in _reader.ListAsync(null, null, _stop, () => pages++).GetAwaiter().GetResult())
        {
            plan.Add(line);
        }

        return pages;
    }

    /// <summary>Reads whole what the list does not tell, and decides.</summary>
    private void Decide(SyncPlan plan, Func<SyncExisting, SyncWanted, bool> isKnown)
    {
        var waiting = new Queue<SyncExisting>();
        foreach (SyncExisting existing in plan.ToBeRead(isKnown))
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

    private void Take(SyncPlan plan, Queue<SyncExisting> waiting) => plan.Read(waiting.Dequeue(), _fleet.Take(out _));
}
