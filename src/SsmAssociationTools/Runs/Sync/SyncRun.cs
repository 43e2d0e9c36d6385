using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Update;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>Brings places to the wanted state: what is missing is created in batches, what differs is changed one by one.</summary>
internal sealed class SyncRun : OrderedRun<SyncItem, AssociationResult>
{
    private readonly UpdateOptions _update;
    private readonly Backoff _backoff;
    private readonly Claims _claims = new();

    public SyncRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        UpdateOptions update,
        RunControl control,
        IClock clock,
        Random random,
        IRunObserver<SyncItem> observer)
        : base(connect, options, control, clock, observer)
    {
        _update = update;
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
        var sender = new BatchSender(place.Gateway, place.Destination, Options, place.Control, place.Pace, Clock, _backoff, journal: null, _claims, Log);
        var updater = new Updater(place, Options, _update, Clock, _backoff, journal: null, Log);
        var calls = new SemaphoreSlim(Options.ThrottleLimit);
        return new Lane<SyncItem>(place, Options.BatchSize, Options.ThrottleLimit, batch => WorkAsync(batch, place, sender, updater, calls), worker: calls);
    }

    protected override AssociationResult NotAttempted(SyncItem item, string code, string message) =>
        item.Change is null ? Creations.NotAttempted(item.Creation, code, message) : Changes.NotAttempted(item.Change, code, message);

    protected override AssociationResult Unknown(SyncItem item, string code, string? message) =>
        item.Change is null ? Creations.Unknown(item.Creation, code, message) : Changes.Unknown(item.Change, code, message);

    protected override StopReason ReasonOf(SyncItem failed) =>
        failed.Change is null ? BatchSender.StopOnFailure(failed.Result!) : Updater.StopOnFailure(failed.Result!);

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
