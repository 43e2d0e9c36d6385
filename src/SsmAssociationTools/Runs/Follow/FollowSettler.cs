using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>Gives inputs their outcomes, and says that they are done. Safe for concurrent use, an input at a time.</summary>
internal sealed class FollowSettler
{
    private readonly RunControl _control;
    private readonly FollowDecision _decision;
    private readonly FollowOutcome _outcome;
    private readonly FollowTime _time;
    private readonly FollowTally _tally;

    public FollowSettler(RunControl control, FollowDecision decision, FollowOutcome outcome, FollowTime time, FollowTally tally)
    {
        _control = control;
        _decision = decision;
        _outcome = outcome;
        _time = time;
        _tally = tally;
    }

    /// <summary>Gives an input the outcome that was decided.</summary>
    public void Settle(FollowItem item, in FollowVerdict verdict) => _outcome.Of(item, verdict.Status, verdict.Message, verdict.Code);

    /// <summary>Ends inputs of which no more is read because the run was stopped.</summary>
    public void Stop(IEnumerable<FollowItem> items)
    {
        foreach (FollowItem item in items)
        {
            _outcome.Stopped(item, FollowDecision.Standing(item), _control.Reason?.Message ?? "Not followed any more: the run was stopped.");
            Finish(item);
        }
    }

    /// <summary>Ends inputs after an error that nobody expected, and the run with them.</summary>
    public void Break(IEnumerable<FollowItem> items, Exception error)
    {
        _control.StopRun(new StopReason(ErrorCodes.InternalError, "Not followed any more", $"an unexpected error ({error.GetType().Name}) stopped the run."));
        foreach (FollowItem item in items)
        {
            _outcome.Unknown(item, ErrorCodes.InternalError, error.Message);
            Finish(item);
        }
    }

    /// <summary>Ends those of the inputs that are open after a call for them failed.</summary>
    public void Fail(IEnumerable<FollowItem> items, GatewayException error, string operation)
    {
        if (_time.IsOver && error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.Ambiguous)
        {
            // One look more would have been the last: what was seen before stands.
            string remark = error.ErrorCode == ErrorCodes.OutcomeUndecided
                ? "There was no time left for a last look."
                : $"The last look failed: {operation}: {error.ErrorCode}.";
            foreach (FollowItem item in items.Where(static item => item.Result is null))
            {
                Settle(item, _decision.OfTimeOver(item, remark));
                Finish(item);
            }

            return;
        }

        CallFailure.StopWhereNothingCanFollow(_control, error, operation, "Not followed", error.Message);
        foreach (FollowItem item in items.Where(static item => item.Result is null))
        {
            item.FailedOperation = error.Operation ?? operation;
            _outcome.Unknown(item, error.ErrorCode, $"{operation}: {error.Message}");
            Finish(item);
        }
    }

    /// <summary>Says that an input has its outcome.</summary>
    public void Finish(FollowItem item)
    {
        if (item.Done.TrySetResult(true))
        {
            _tally.AddWaiting(-1);
            item.Forget();
        }
    }
}
