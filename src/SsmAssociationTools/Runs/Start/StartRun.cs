using System;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Start;

/// <summary>Runs associations now: ids in tens in each place, a few calls at a time.</summary>
internal sealed class StartRun : OrderedRun<StartItem, AssociationStart>
{
    private readonly StartJournal? _journal;
    private readonly Backoff _backoff;

    public StartRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        RunControl control,
        StartJournal? journal,
        IClock clock,
        Random random,
        IRunObserver<StartItem> observer)
        : base(connect, options, control, clock, observer)
    {
        _journal = journal;
        _backoff = new Backoff(random);
        Outcome = new StartOutcome(clock);
    }

    /// <summary>Makes results.</summary>
    public StartOutcome Outcome { get; }

    protected override Lane<StartItem> Open(Place place)
    {
        var starter = new Starter(place, Options, Clock, _backoff, _journal, Log);
        return new Lane<StartItem>(place, Starter.LargestBatch, Options.ThrottleLimit, batch => starter.StartAsync(batch.Items));
    }

    protected override AssociationStart? Known(StartItem item, Destination destination, string? accountId)
    {
        if (item.OtherAccount(accountId) is { } other)
        {
            return Remembered(item) ?? LeftAlone(
                item,
                ErrorCodes.OtherDestination,
                "Not started: the " + other);
        }

        item.AccountId = accountId;
        return Remembered(item);
    }

    protected override AssociationStart? KnownAnywhere(StartItem item) => KnownInOneOf(item, _journal?.Places.Regions() ?? []);

    /// <summary>The result that an earlier run left; takes over when it sent what it did not settle.</summary>
    private AssociationStart? Remembered(StartItem item)
    {
        if (item.Id is null || _journal?.Identify(item) != true)
        {
            return null;
        }

        AssociationStart known = Outcome.Started(item, item.Earlier!.Value, "Known from the journal of an earlier run; not started again.");
        known.FromJournal = true;
        return known;
    }

    protected override bool IsOpen(StartItem item) => item.Earlier is not null;

    protected override AssociationStart NotAttempted(StartItem item, string code, string message) => Outcome.NotAttempted(item, code, message);

    protected override AssociationStart Unknown(StartItem item, string code, string? message) => Outcome.Unknown(item, code, message, item.Earlier);

    protected override StopReason ReasonOf(StartItem failed) => Starter.StopOnFailure(failed.Result!);
}
