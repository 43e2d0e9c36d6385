using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Finds out what became of entries that were sent without a clear answer, by reading what exists: an association with
/// the entry's content, created since the entry was first sent, that belongs to no other entry. Safe for concurrent use.
/// </summary>
internal sealed class Reconciler
{
    /// <summary>
    /// When the list is read again, counted from the reading before. The service documents no bound for the time after
    /// which a new association is listed; these add up to about 15 seconds.
    /// </summary>
    private static readonly TimeSpan[] s_readings =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8),
    ];

    /// <summary>The Date header has whole seconds, and the service's machines differ a little.</summary>
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromSeconds(2);

    /// <summary>Signed requests of a clock that is further off are refused, so no accepted one can be.</summary>
    private static readonly TimeSpan s_unknownClockTolerance = TimeSpan.FromMinutes(5);

    private readonly AssociationReader _reader;
    private readonly IAssociationGateway _gateway;
    private readonly Destination _destination;
    private readonly Claims _claims;
    private readonly ConcurrentDictionary<WorkItem, bool> _open;
    private readonly IClock _clock;
    private readonly Journal? _journal;

    public Reconciler(AssociationReader reader, IAssociationGateway gateway, Destination destination, Claims claims, ConcurrentDictionary<WorkItem, bool> openItems, IClock clock, Journal? journal = null)
    {
        _reader = reader;
        _gateway = gateway;
        _destination = destination;
        _claims = claims;
        _open = openItems;
        _clock = clock;
        _journal = journal;
    }

    /// <summary>Finds out what became of entries.</summary>
    /// <param name="items">Entries that were sent, with the time of that, no two with the same content.</param>
    public async Task<IReadOnlyList<(WorkItem Item, Finding Finding)>> FindAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        var findings = new List<(WorkItem, Finding)>(items.Count);
        var open = new List<WorkItem>(items);
        try
        {
            // Descriptions do not change within one search, so each is read once. One that is not there yet is read again:
            // a new association may be listed before it can be described.
            var described = new Dictionary<string, AssociationRecord>();
            var hidden = new Dictionary<WorkItem, string>();
            foreach (TimeSpan wait in s_readings)
            {
                if (wait > TimeSpan.Zero)
                {
                    await _clock.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
                }

                hidden.Clear();
                await ReadAsync(open, described, hidden, findings, cancellationToken).ConfigureAwait(false);
                if (open.Count == 0)
                {
                    return findings;
                }
            }

            findings.AddRange(open.Select(item => (item, hidden.TryGetValue(item, out string? id) ? Finding.Undecided($"{id} is listed and cannot be read") : Finding.Absent)));
        }
        catch (GatewayException error)
        {
            findings.AddRange(open.Select(item => (item, Finding.Undecided($"what exists could not be read ({error.ErrorCode})"))));
        }
        catch (OperationCanceledException)
        {
            findings.AddRange(open.Select(static item => (item, Finding.Undecided("the run was stopped before it could be looked up"))));
        }

        return findings;
    }

    /// <summary>
    /// Looks once for what earlier calls created after they were looked for in vain: associations of the same content that
    /// belong to no entry, beside the one that a later call created.
    /// </summary>
    /// <returns>The ids of such associations, each with its entry. What cannot be read is left out.</returns>
    public async Task<IReadOnlyList<(WorkItem Item, string AssociationId)>> FindSecondAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        var seconds = new List<(WorkItem, string)>();
        try
        {
            using var agreement = new ContentAgreement();
            var described = new Dictionary<string, AssociationRecord>();
            foreach (IGrouping<(string? Name, string? AssociationName), WorkItem> filter in items.GroupBy(Filter))
            {
                List<AssociationRecord> listed = await _reader.ListAsync(filter.Key.Name, filter.Key.AssociationName, cancellationToken).ConfigureAwait(false);
                foreach (WorkItem item in filter)
                {
                    (List<AssociationRecord> same, _) = await MatchAsync(item, listed, described, [], agreement, cancellationToken).ConfigureAwait(false);
                    seconds.AddRange(same.Select(record => (item, record.AssociationId!)));
                }
            }
        }
        catch (Exception error) when (error is GatewayException or OperationCanceledException)
        {
            // The entries themselves are settled; this look only adds to what is said of them.
        }

        return seconds;
    }

    /// <summary>Reads once, and takes the entries that are settled by it out of the open ones.</summary>
    private async Task ReadAsync(
        List<WorkItem> open,
        Dictionary<string, AssociationRecord> described,
        Dictionary<WorkItem, string> hidden,
        List<(WorkItem, Finding)> findings,
        CancellationToken cancellationToken)
    {
        using var agreement = new ContentAgreement();
        foreach (IGrouping<(string? Name, string? AssociationName), WorkItem> filter in open.GroupBy(Filter).ToList())
        {
            List<AssociationRecord> listed = await _reader.ListAsync(filter.Key.Name, filter.Key.AssociationName, cancellationToken).ConfigureAwait(false);
            foreach (WorkItem item in filter)
            {
                (List<AssociationRecord> same, List<AssociationRecord> wider) = await MatchAsync(item, listed, described, hidden, agreement, cancellationToken).ConfigureAwait(false);
                List<AssociationRecord> matches = same.Count > 0 ? same : wider;
                if (matches.Count == 1 && _claims.TryTake(matches[0].AssociationId))
                {
                    findings.Add((item, Finding.Found(matches[0])));
                    open.Remove(item);
                }
                else if (matches.Count > 1)
                {
                    string ids = string.Join(", ", matches.Select(static match => match.AssociationId));
                    findings.Add((item, Finding.Undecided($"{matches.Count} new associations have its content: {ids}")));
                    open.Remove(item);
                }
            }
        }
    }

    /// <summary>Finds the associations of a list that an entry may have created and that belong to no other: those with its content, and those with more.</summary>
    private async Task<(List<AssociationRecord> Same, List<AssociationRecord> Wider)> MatchAsync(
        WorkItem item,
        List<AssociationRecord> listed,
        Dictionary<string, AssociationRecord> described,
        Dictionary<WorkItem, string> hidden,
        ContentAgreement agreement,
        CancellationToken cancellationToken)
    {
        var same = new List<AssociationRecord>();
        var wider = new List<AssociationRecord>();
        foreach (AssociationRecord line in listed)
        {
            if (line.AssociationId is not { } id || _claims.IsTaken(id) || !agreement.CoversListed(item.Entry!, line.Content))
            {
                continue;
            }

            if (!described.TryGetValue(id, out AssociationRecord? whole))
            {
                whole = await _reader.DescribeAsync(id, cancellationToken).ConfigureAwait(false);
                if (whole is null)
                {
                    hidden[item] = id;
                    continue;
                }

                described.Add(id, whole);
            }

            if (!IsSince(whole.Date, item.FirstSent!.Value))
            {
                continue;
            }

            if (agreement.IsSame(item.Entry!, whole.Content))
            {
                same.Add(whole);
            }
            else if (MayBelong(item, whole, agreement))
            {
                wider.Add(whole);
            }
        }

        return (same, wider);
    }

    /// <summary>
    /// An association that has more than the entry may be the entry's all the same, because the service fills in members,
    /// unless it is what another entry of open outcome asked for: one of this run that it fits as well, or one that an
    /// earlier run sent and that this run may not have read yet.
    /// </summary>
    private bool MayBelong(WorkItem item, AssociationRecord whole, ContentAgreement agreement) =>
        agreement.Covers(item.Entry!, whole.Content)
        && !_open.Keys.Any(other => other != item && agreement.Covers(other.Entry!, whole.Content))
        && _journal?.Knows(whole.Content, _destination.Place) != true;

    /// <summary>An association name narrows a list most; without one the document does.</summary>
    private static (string? Name, string? AssociationName) Filter(WorkItem item) =>
        string.IsNullOrEmpty(item.Entry!.AssociationName) ? (item.Entry.Name, null) : (null, item.Entry.AssociationName);

    private bool IsSince(DateTime? created, DateTime sent)
    {
        if (created is null)
        {
            return true;
        }

        return _gateway.ServerClockOffset is { } offset
            ? created >= sent + offset - s_clockTolerance
            : created >= sent - s_unknownClockTolerance;
    }
}
