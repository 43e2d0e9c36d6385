using System;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Update;

/// <summary>Changes associations: each place changes them one by one, a few at a time, and the same one in input order.</summary>
internal sealed class UpdateRun : OrderedRun<UpdateItem, AssociationResult>
{
    private readonly UpdateOptions _update;
    private readonly UpdateJournal? _journal;
    private readonly Backoff _backoff;

    public UpdateRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        UpdateOptions update,
        RunControl control,
        UpdateJournal? journal,
        IClock clock,
        Random random,
        IRunObserver<UpdateItem> observer)
        : base(connect, options, control, clock, observer)
    {
        _update = update;
        _journal = journal;
        _backoff = new Backoff(random);
        Outcome = new UpdateOutcome(clock);
    }

    /// <summary>Makes results.</summary>
    public UpdateOutcome Outcome { get; }

    protected override Lane<UpdateItem> Open(Place place)
    {
        var updater = new Updater(place, Options, _update, Clock, _backoff, _journal, Log);
        return new Lane<UpdateItem>(place, batchSize: 1, Options.ThrottleLimit, batch => updater.UpdateAsync(batch.Items[0]));
    }

    protected override AssociationResult? Known(UpdateItem item, Destination destination, string? accountId)
    {
        string? other = item.OtherAccount(accountId);
        if (other is null)
        {
            item.AccountId = accountId;
        }

        if (item.Id is not null)
        {
            _journal?.Identify(item);
        }

        return other is null ? null : LeftAlone(item, ErrorCodes.OtherDestination, "Not updated: the " + other);
    }

    protected override AssociationResult? KnownAnywhere(UpdateItem item) => KnownInOneOf(item, _journal?.Places.Regions() ?? []);

    protected override bool IsOpen(UpdateItem item) => item.IsUnclear;

    protected override AssociationResult NotAttempted(UpdateItem item, string code, string message) => Outcome.NotAttempted(item, code, message);

    protected override AssociationResult Unknown(UpdateItem item, string code, string? message) => Outcome.Unknown(item, code, message);

    protected override StopReason ReasonOf(UpdateItem failed) => Updater.StopOnFailure(failed.Result!);
}
