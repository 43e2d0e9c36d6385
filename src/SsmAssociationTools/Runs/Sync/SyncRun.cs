using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Update;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>Brings places to the wanted state: what is missing is created in batches, what differs is changed one by one.</summary>
internal sealed class SyncRun : OrderedRun<SyncItem, AssociationResult>
{
    /// <summary>What was created longer ago than this is in the list, or was removed since.</summary>
    private static readonly TimeSpan s_listLag = TimeSpan.FromMinutes(15);

    private readonly UpdateOptions _update;
    private readonly Backoff _backoff;
    private readonly Claims _claims = new();
    private readonly Create.Journal? _journal;

    public SyncRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        UpdateOptions update,
        RunControl control,
        Create.Journal? journal,
        IClock clock,
        Random random,
        IRunObserver<SyncItem> observer)
        : base(connect, options, control, clock, observer)
    {
        _update = update;
        _journal = journal;
        _backoff = new Backoff(random);
        Creations = new Outcome(clock);
        Changes = new UpdateOutcome(clock);
    }

    /// <summary>Makes results of entries that are created, or for which nothing is done.</summary>
    public Outcome Creations { get; }

    /// <summary>Makes results of associations that are changed.</summary>
    public UpdateOutcome Changes { get; }

    protected override Lane<SyncItem> Open(Place place)
    {
        var sender = new BatchSender(place.Gateway, place.Destination, Options, place.Control, place.Pace, Clock, _backoff, _journal, _claims, Log);
        var updater = new Updater(place, Options, _update, Clock, _backoff, journal: null, Log);
        var calls = new SemaphoreSlim(Options.ThrottleLimit);
        return new Lane<SyncItem>(place, Options.BatchSize, Options.ThrottleLimit, batch => WorkAsync(batch, place, sender, updater, calls), worker: calls);
    }

    /// <summary>
    /// Takes over what an earlier run of the journal did for a place's entries. What it sent and the list does not show is looked
    /// for before it is sent again: the list may lag behind, and a creation is not to be made twice.
    /// </summary>
    public void Recall(SyncPlace place)
    {
        foreach (SyncItem item in place.Items)
        {
            if (item.Planned!.Partner is { } partner)
            {
                // No other entry may have it.
                _claims.TryTake(place.Destination.Place, partner.AssociationId);
            }

            if (place.Destination.Region is null)
            {
                item.Creation.FirstSent = _journal?.SentAnywhere(item.Creation);
                StandOrLeave(item);
                continue;
            }

            // Named in input order, those that need no call with them: equal entries are told apart by their number.
            bool isUndone = item.Planned.Action is SyncAction.Create or SyncAction.Unclear || !place.IsRead;
            if (_journal?.Identify(item.Creation) is { } known && isUndone)
            {
                if (known is { Status: AssociationStatus.Created, AssociationId: { } id } && place.Plan.TakeUnchanged(id, known.AssociationVersion) is { } own)
                {
                    // The journal's own, whatever the service shows of it.
                    item.Known = Creations.Existing(item.Creation, own.Whole ?? own.Line);
                    continue;
                }

                bool isOpen = known.Status is null or AssociationStatus.Unknown;
                bool isYoung = known is { Status: AssociationStatus.Created, FirstSent: { } sent } && Clock.UtcNow - sent.LocalTime < s_listLag;
                item.Creation.FirstSent = isOpen || isYoung ? known.FirstSent : null;
                StandOrLeave(item);
            }
        }
    }

    /// <summary>Takes an entry that nothing is done for, whatever exists. What an earlier run of the journal sent of it stands all the same.</summary>
    public void Refuse(SyncItem item, AssociationResult refusal)
    {
        item.Known = refusal;
        if (item.Creation.Entry is not null && _journal is not null)
        {
            if (item.Destination.Region is null)
            {
                item.Creation.FirstSent = _journal.SentAnywhere(item.Creation);
            }
            else if (_journal.Identify(item.Creation) is { Status: null or AssociationStatus.Unknown } open)
            {
                item.Creation.FirstSent = open.FirstSent;
            }
        }

        StandOrLeave(item);
    }

    /// <summary>What was not attempted in this run may have been made by an earlier one.</summary>
    private void StandOrLeave(SyncItem item)
    {
        if (item.Known is { State: AssociationStatus.NotAttempted or AssociationStatus.Invalid, ErrorCode: { } code } undone && IsOpen(item))
        {
            item.Known = LeftAlone(item, code, undone.Message!);
        }
    }

    /// <summary>Everything that is wanted is known before anything is done, so nothing is gained by sending a call that is not full.</summary>
    protected override long WindowOfOne => int.MaxValue;

    /// <summary>
    /// Takes the entries in input order, and gives the order in which they are best worked on: equal ones first, so that the
    /// calls which they may not share are filled up with the others.
    /// </summary>
    public IEnumerable<SyncItem> Take(IReadOnlyList<SyncItem> items)
    {
        foreach (SyncItem item in items)
        {
            Take(item);
        }

        var twins = new HashSet<(Destination, ContentKey)>(items
            .Where(static item => item is { Known: null, Change: null })
            .GroupBy(static item => (item.Destination, item.Creation.Key))
            .Where(static group => group.Skip(1).Any())
            .Select(static group => group.Key));
        return twins.Count == 0 ? items : items.OrderBy(item => item is { Known: null, Change: null } && twins.Contains((item.Destination, item.Creation.Key)) ? 0 : 1);
    }

    protected override bool IsOpen(SyncItem item) => item.Change is null && item.Creation.FirstSent is not null;

    protected override AssociationResult NotAttempted(SyncItem item, string code, string message) =>
        item.Change is null ? Creations.NotAttempted(item.Creation, code, message) : Changes.NotAttempted(item.Change, code, message);

    protected override AssociationResult Unknown(SyncItem item, string code, string? message) =>
        item.Change is null ? Creations.Unknown(item.Creation, code, message) : Changes.Unknown(item.Change, code, message);

    protected override StopReason ReasonOf(SyncItem failed) =>
        failed.Change is null ? EntrySettler.StopOnFailure(failed.Result!) : Updater.StopOnFailure(failed.Result!);

    /// <summary>Works on a batch: its new entries go in one call, its changes beside that, no more calls at a time than the limit.</summary>
    private static async Task WorkAsync(Batch<SyncItem> batch, Place place, BatchSender sender, Updater updater, SemaphoreSlim calls)
    {
        var creations = new Batch<WorkItem> { Number = batch.Number };
        foreach (SyncItem item in batch.Items)
        {
            RunItem<AssociationResult> inner = item.Change is null ? item.Creation : item.Change;
            inner.Destination = place.Destination;
            inner.AccountId = place.AccountId;
            inner.BatchNumber = batch.Number;
            if (item.Change is null)
            {
                creations.TryAdd(item.Creation);
            }
        }

        Task creating = creations.Items.Count == 0 ? Task.CompletedTask : OneAtATime(calls, () => sender.SendAsync(creations));
        await Task.WhenAll(batch.Items
            .Where(static item => item.Change is not null)
            .Select(item => OneAtATime(calls, () => updater.UpdateAsync(item.Change!)))
            .Append(creating)).ConfigureAwait(false);
        foreach (SyncItem item in batch.Items)
        {
            item.Result = item.Change is null ? item.Creation.Result : item.Change.Result;
        }
    }

    private static async Task OneAtATime(SemaphoreSlim calls, Func<Task> work)
    {
        await calls.WaitAsync().ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            calls.Release();
        }
    }
}
