using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Makes the call that creates a group of entries: announces it in the journal, and makes it again while it is known not to
/// have been executed. Safe for concurrent use.
/// </summary>
internal sealed class CreateCall
{
    private readonly IAssociationGateway _gateway;
    private readonly Destination _destination;
    private readonly RunOptions _options;
    private readonly RunControl _control;
    private readonly CallPace _pace;
    private readonly IClock _clock;
    private readonly Backoff _backoff;
    private readonly Retry _retry;
    private readonly ChunkSize _chunk;
    private readonly ServiceClock _serviceClock;
    private readonly Journal? _journal;

    public CreateCall(
        IAssociationGateway gateway,
        Destination destination,
        RunOptions options,
        RunControl control,
        CallPace pace,
        IClock clock,
        Backoff backoff,
        ChunkSize chunk,
        ServiceClock serviceClock,
        Journal? journal)
    {
        _gateway = gateway;
        _destination = destination;
        _options = options;
        _control = control;
        _pace = pace;
        _clock = clock;
        _backoff = backoff;
        _retry = new Retry(pace, backoff, clock, options);
        _chunk = chunk;
        _serviceClock = serviceClock;
        _journal = journal;
    }

    /// <summary>Makes one call, again and again while it is known not to have been executed.</summary>
    /// <returns>The answer; null when nothing was executed: the run was stopped, or a call is to carry fewer entries.</returns>
    /// <exception cref="GatewayException">The call failed, and trying again is no use or no longer allowed.</exception>
    /// <exception cref="JournalException">The intent cannot be recorded, so the call was not made.</exception>
    public async Task<CreateBatchAnswer?> SendAsync(BatchWork work, List<WorkItem> group)
    {
        bool isHalved = false;
        try
        {
            _control.StopToken.ThrowIfCancellationRequested();
            if (group[0].PassingFailure is not null)
            {
                // The entries failed for a reason that passes; it needs time to.
                await _clock.DelayAsync(_backoff.Next(group[0].Attempts), _control.StopToken).ConfigureAwait(false);
            }

            return await _retry.CallAsync(
                () => SendOnceAsync(work, group),
                (error, failedTries) =>
                {
                    bool mayTryAgain = error.Kind is GatewayErrorKind.Throttled or GatewayErrorKind.NotSent
                        && !group.Exists(item => item.Attempts >= _options.MaxAttempt);
                    isHalved = mayTryAgain && error.Kind == GatewayErrorKind.Throttled && _chunk.Throttled(group.Count, failedTries);
                    return mayTryAgain;
                },
                (error, failedTries, wait) =>
                {
                    string rate = double.IsInfinity(_pace.Rate) ? string.Empty : $"; {_destination} takes {_pace.Rate.ToString("0.0", CultureInfo.InvariantCulture)} calls a second now";
                    work.Log($"{error.ErrorCode}; try {failedTries + 1} of at most {_options.MaxAttempt} in {wait.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s{rate}.");
                    if (isHalved)
                    {
                        work.Log($"Throttled {failedTries} times; a call of {group.Count} entries may be too large, so the next ones carry at most {_chunk.Current}.");
                    }
                },
                _control.StopToken,
                work.Started,
                () => Task.FromResult(!isHalved)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Makes one call.</summary>
    private async Task<CreateBatchAnswer> SendOnceAsync(BatchWork work, List<WorkItem> group)
    {
        await AnnounceAsync(group).ConfigureAwait(false);
        TimeSpan started = _clock.Uptime;
        try
        {
            var request = new CreateBatchRequest(group.ConvertAll(static item => item.Entry!), _options.AssociationDispatchAssumeRole);
            CreateBatchAnswer answer = await _gateway.CreateAssociationBatchAsync(request, _control.AbandonToken).ConfigureAwait(false);
            _serviceClock.Observe(answer.ServiceTime, started);
            work.LastCall = (started, _clock.Uptime);
            _chunk.Accepted(group.Count);
            SetRequestId(group, answer.RequestId);
            return answer;
        }
        catch (OperationCanceledException)
        {
            throw new GatewayException(GatewayErrorKind.Ambiguous, ErrorCodes.RequestTimeout, "The run was stopped before the service answered; it may have acted.");
        }
        catch (GatewayException error)
        {
            _serviceClock.Observe(error.ServiceTime, started);
            SetRequestId(group, error.RequestId);
            throw;
        }
    }

    /// <summary>Counts the call, and records before the first one of an entry that it is about to be sent.</summary>
    private async Task AnnounceAsync(List<WorkItem> group)
    {
        List<WorkItem> fresh = group.FindAll(static item => item.FirstSent is null);
        if (fresh.Count > 0)
        {
            if (_journal is not null && _serviceClock.Now is null)
            {
                await LearnServiceTimeAsync().ConfigureAwait(false);
            }

            SentTime now = _serviceClock.Mark();
            _journal?.WriteIntent(fresh, now);
            foreach (WorkItem item in fresh)
            {
                item.FirstSent = now;
            }
        }

        foreach (WorkItem item in group)
        {
            item.Attempts++;
        }
    }

    /// <summary>
    /// A run that goes on from the journal knows nothing of this machine's clock, so the journal is to have the service's time
    /// of the first call too. Any answer has it, a refusal as well.
    /// </summary>
    private Task LearnServiceTimeAsync() => _serviceClock.LearnAsync(async () =>
        (await _gateway.ListAssociationsAsync(new ListRequest { MaxResults = 1 }, _control.AbandonToken).ConfigureAwait(false)).ServiceTime);

    private static void SetRequestId(List<WorkItem> group, string? requestId)
    {
        foreach (WorkItem item in group)
        {
            item.RequestId = requestId ?? item.RequestId;
        }
    }
}
