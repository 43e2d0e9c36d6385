using System;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>Removes associations: each place deletes them one by one, a few at a time.</summary>
internal sealed class RemovalRun : OrderedRun<RemovalItem, AssociationRemoval>
{
    private readonly bool _skipsCheck;
    private readonly RemovalJournal? _journal;
    private readonly Backoff _backoff;
    private readonly GoneAssociations _gone = new();

    public RemovalRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        bool skipsCheck,
        RunControl control,
        RemovalJournal? journal,
        IClock clock,
        Random random,
        IRunObserver<RemovalItem> observer)
        : base(connect, options, control, clock, observer)
    {
        _skipsCheck = skipsCheck;
        _journal = journal;
        _backoff = new Backoff(random);
        Outcome = new RemovalOutcome(clock);
    }

    /// <summary>Makes results.</summary>
    public RemovalOutcome Outcome { get; }

    /// <summary>As many as of full batches: one slow call is not to hold up hundreds of others.</summary>
    protected override long WindowOfOne => 640;

    protected override Lane<RemovalItem> Open(Place place)
    {
        var remover = new Remover(place, Options, _skipsCheck, Clock, _backoff, _journal, _gone, Log);
        return new Lane<RemovalItem>(place, batchSize: 1, Options.ThrottleLimit, batch => remover.RemoveAsync(batch.Items[0]), worker: remover);
    }

    protected override AssociationRemoval? Known(RemovalItem item, Destination destination, string? accountId)
    {
        if (item.OtherAccount(accountId) is { } other)
        {
            string reason = "Not removed: the " + other;
            return Remembered(item)
                ?? (IsOpen(item) ? LeftAlone(item, ErrorCodes.OtherDestination, reason) : Outcome.Refused(item, new RemovalRefusal(RemovalStatus.NotAttempted, ErrorCodes.OtherDestination, reason)));
        }

        item.AccountId = accountId;
        return Remembered(item);
    }

    protected override AssociationRemoval? KnownAnywhere(RemovalItem item) => KnownInOneOf(item, _journal?.Places.Regions() ?? []);

    /// <summary>The result that an earlier run left; takes over that it sent what it did not settle.</summary>
    private AssociationRemoval? Remembered(RemovalItem item)
    {
        if (item.Id is null || _journal?.Identify(item) != true)
        {
            return null;
        }

        _gone.Add(item);
        AssociationRemoval known = Outcome.Removed(item, "Known from the journal of an earlier run; not deleted again.");
        known.FromJournal = true;
        return known;
    }

    protected override bool IsOpen(RemovalItem item) => item.IsUnclear;

    protected override AssociationRemoval NotAttempted(RemovalItem item, string code, string message) => Outcome.NotAttempted(item, code, message);

    protected override AssociationRemoval Unknown(RemovalItem item, string code, string? message) => Outcome.Unknown(item, code, message);

    protected override StopReason ReasonOf(RemovalItem failed) => Remover.StopOnFailure(failed.Result!);
}
