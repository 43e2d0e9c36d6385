using System;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>Follows associations: in each place all of them together, so that one look at a list serves fifty.</summary>
internal sealed class FollowRun : OrderedRun<FollowItem, AssociationOutcome>
{
    private readonly FollowOptions _follow;
    private readonly Backoff _backoff;
    private readonly FollowTally _tally = new();

    public FollowRun(
        Func<Destination, IAssociationGateway> connect,
        RunOptions options,
        FollowOptions follow,
        RunControl control,
        IClock clock,
        Random random,
        IRunObserver<FollowItem> observer)
        : base(connect, options, control, clock, observer)
    {
        _follow = follow;
        _backoff = new Backoff(random);
        Outcome = new FollowOutcome(clock);
    }

    /// <summary>Makes outcomes.</summary>
    public FollowOutcome Outcome { get; }

    protected override string? Remark => _tally.Text;

    /// <summary>
    /// As many as an account-Region takes by default, and twice as many where they are waited for: all of them are watched together.
    /// More would be held for hundreds of thousands of inputs, each with what the service said of it.
    /// </summary>
    protected override long WindowOfOne => _follow.Waits ? 4_000 : 2_000;

    protected override Lane<FollowItem> Open(Place place)
    {
        var follower = new Follower(place, Options, _follow, Clock, _backoff, _tally, Log);
        return new Lane<FollowItem>(place, batchSize: 1, limit: int.MaxValue, batch => follower.FollowAsync(batch.Items[0]), worker: follower);
    }

    protected override AssociationOutcome? Known(FollowItem item, Destination destination, string? accountId)
    {
        if (item.OtherAccount(accountId) is { } other)
        {
            return Outcome.Unknown(
                item,
                ErrorCodes.OtherDestination,
                "The " + other);
        }

        item.AccountId = accountId;
        return null;
    }

    protected override AssociationOutcome NotAttempted(FollowItem item, string code, string message) => Outcome.Unknown(item, code, message);

    protected override AssociationOutcome Unknown(FollowItem item, string code, string? message) => Outcome.Unknown(item, code, message);

    protected override StopReason ReasonOf(FollowItem failed) =>
        new(ErrorCodes.EntryNotAttempted, "Not followed any more", $"input {failed.Index} has the status {failed.Result!.Status}, and the error action is Stop.");
}
