using System;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Create;

/// <summary>Creates associations: each place sends its entries in batches.</summary>
internal sealed class AssociationRun : OrderedRun<WorkItem, AssociationResult>
{
    private readonly Journal? _journal;
    private readonly Backoff _backoff;
    private readonly Claims _claims = new();

    public AssociationRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        RunControl control,
        Journal? journal,
        IClock clock,
        Random random,
        IRunObserver<WorkItem> observer)
        : base(connect, options, control, clock, observer)
    {
        _journal = journal;
        _backoff = new Backoff(random);
        Outcome = new Outcome(clock);
        foreach (ulong id in journal?.KnownIds() ?? [])
        {
            _claims.Take(id);
        }
    }

    /// <summary>Makes results.</summary>
    public Outcome Outcome { get; }

    protected override Lane<WorkItem> Open(Place place)
    {
        var sender = new BatchSender(place.Gateway, place.Destination, Options, place.Control, place.Pace, Clock, _backoff, _journal, _claims, Log);
        return new Lane<WorkItem>(place, Options.BatchSize, Options.ThrottleLimit, sender.SendAsync, readAhead: 2 * Options.ThrottleLimit);
    }

    /// <summary>The result that an earlier run left; of an entry that was sent and not settled, takes over when that was.</summary>
    protected override AssociationResult? Known(WorkItem item, Destination destination, string? accountId)
    {
        item.AccountId = accountId;
        if (_journal is null || item.Entry is null)
        {
            return null;
        }

        if (_journal.Identify(item) is not { } known)
        {
            if (Options.IfExists != ExistingAssociationAction.Create)
            {
                // The list of associations is read, and tells with more certainty whether a row was changed.
                return null;
            }

            if (_journal.OfSameName(item) is { Count: > 0 } changed)
            {
                return Outcome.ChangedSince(item, changed);
            }

            _journal.Await(item);
            return null;
        }

        bool isSettled = known.Status is AssociationStatus.Created or AssociationStatus.Existing
            || (known.Status == AssociationStatus.Failed && !known.IsRetryable);
        if (isSettled)
        {
            return Outcome.FromJournal(item, known);
        }

        item.FirstSent = known.FirstSent;
        return null;
    }

    /// <summary>Whether one of the Regions in which it was sent is the one that is meant nobody can tell, so nothing counts as done.</summary>
    protected override AssociationResult? KnownAnywhere(WorkItem item)
    {
        item.FirstSent = item.Entry is null ? null : _journal?.SentAnywhere(item);
        return null;
    }

    protected override bool IsOpen(WorkItem item) => item.FirstSent is not null;

    protected override AssociationResult NotAttempted(WorkItem item, string code, string message)
    {
        _journal?.Leave(item);
        return Outcome.NotAttempted(item, code, message);
    }

    protected override AssociationResult Unknown(WorkItem item, string code, string? message) => Outcome.Unknown(item, code, message);

    protected override StopReason ReasonOf(WorkItem failed) => EntrySettler.StopOnFailure(failed.Result!);
}
