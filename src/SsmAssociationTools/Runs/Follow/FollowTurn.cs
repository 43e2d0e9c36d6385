using System;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>
/// Brings an input as far as it can be brought in one round: reads what the decision asks for, and settles what is decided.
/// Safe for concurrent use, an input at a time.
/// </summary>
internal sealed class FollowTurn
{
    private readonly LineReader _lines;
    private readonly ExecutionReader _executions;
    private readonly NodeReader _nodes;
    private readonly FollowDecision _decision;
    private readonly FollowSettler _settler;
    private readonly FollowTime _time;
    private readonly FollowTally _tally;
    private readonly FollowOptions _follow;

    public FollowTurn(
        LineReader lines,
        ExecutionReader executions,
        NodeReader nodes,
        FollowDecision decision,
        FollowSettler settler,
        FollowTime time,
        FollowTally tally,
        FollowOptions follow)
    {
        _lines = lines;
        _executions = executions;
        _nodes = nodes;
        _decision = decision;
        _settler = settler;
        _time = time;
        _tally = tally;
        _follow = follow;
    }

    /// <summary>Makes the turn of an input whose line was read in this round.</summary>
    /// <param name="isLast">True where the time to wait is over: it is settled in any case.</param>
    public async Task AdvanceAsync(FollowItem item, bool isLast)
    {
        try
        {
            if (item.MissingSince is null && (isLast || _decision.IsWorthALook(item, _time.Now)) && await _executions.LookAsync(item).ConfigureAwait(false))
            {
                NoteFailures(item);
                await DecideAsync(item).ConfigureAwait(false);
            }

            if (item.MissingSince is not null && _time.Now.Service is null)
            {
                // Of what was old nobody need wait to see that it is gone; this answer tells the time.
                await _executions.ReadAsync(item).ConfigureAwait(false);
            }

            if (item.Result is null && FollowDecision.IsGone(item, _time.Now))
            {
                _settler.Settle(item, FollowVerdict.Settled(OutcomeStatus.Deleted));
            }

            if (item.Result is null && (isLast || (!_follow.Waits && item.MissingSince is null)))
            {
                await _nodes.AddAsync(item, isError: false).ConfigureAwait(false);
                _settler.Settle(item, isLast ? _decision.OfTimeOver(item) : FollowVerdict.Settled(FollowDecision.Standing(item)));
            }
        }
        catch (GatewayException error)
        {
            _settler.Fail([item], error, "DescribeAssociationExecutions");
        }

        if (item.Result is not null)
        {
            _settler.Finish(item);
        }
    }

    private void NoteFailures(FollowItem item)
    {
        int failures = RunState.FailuresIn(item.Counts);
        _tally.AddFailedNodes(failures - item.CountedFailures);
        item.CountedFailures = failures;
    }

    private async Task DecideAsync(FollowItem item)
    {
        FollowVerdict verdict = _decision.Of(item, _time.Now, _lines.MayDescribe);
        if (verdict.Step == FollowStep.ReadTakeover)
        {
            DateTime? takenOver = await _lines.ReadTakeoverAsync(item).ConfigureAwait(false);
            verdict = _decision.OfTakeover(item, takenOver, _time.Now);
        }
        else if (verdict.Step == FollowStep.ReadDescription)
        {
            await _lines.ReadDescriptionAsync(item).ConfigureAwait(false);
            verdict = _decision.OfNoExecution(item, _time.Now, _lines.MayDescribe);
        }

        switch (verdict.Step)
        {
            case FollowStep.End:
                bool isError = verdict.Status is OutcomeStatus.Failed or OutcomeStatus.TimedOut or OutcomeStatus.Cancelled;
                await _nodes.AddAsync(item, isError).ConfigureAwait(false);
                if (isError)
                {
                    _tally.AddFailed();
                }

                _settler.Settle(item, verdict);
                break;
            case FollowStep.Settle:
                _settler.Settle(item, verdict);
                break;
        }
    }
}
