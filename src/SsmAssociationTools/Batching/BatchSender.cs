using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Batching;

/// <summary>
/// Sends one batch until each of its entries is settled: retries what is known not to have been executed, narrows a
/// refused call down to the entries it was refused for, and never sends again what may have been executed.
/// Safe for concurrent use.
/// </summary>
internal sealed class BatchSender
{
    /// <summary>The service names the entry that breaks a constraint by its place in the call, from 1.</summary>
    private static readonly Regex s_namedEntry = new(@"'entries\.([0-9]{1,6})\.member", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly IAssociationGateway _gateway;
    private readonly RunOptions _options;
    private readonly RunControl _control;
    private readonly IClock _clock;
    private readonly CallPace _pace;
    private readonly Backoff _backoff;
    private readonly Outcome _outcome;
    private readonly ConcurrentQueue<(bool IsWarning, string Text)> _log;

    /// <summary>Makes a sender for one account and Region.</summary>
    /// <param name="gateway">Where the calls go.</param>
    /// <param name="options">How the run sends.</param>
    /// <param name="control">Stops the run.</param>
    /// <param name="clock">The time.</param>
    /// <param name="backoff">Waits between tries.</param>
    /// <param name="log">Takes lines that the driving thread writes.</param>
    public BatchSender(
        IAssociationGateway gateway,
        RunOptions options,
        RunControl control,
        IClock clock,
        Backoff backoff,
        ConcurrentQueue<(bool IsWarning, string Text)> log)
    {
        _gateway = gateway;
        _options = options;
        _control = control;
        _clock = clock;
        _pace = new CallPace(clock);
        _backoff = backoff;
        _outcome = new Outcome(clock, gateway.Region);
        _log = log;
    }

    /// <summary>Sends a batch.</summary>
    /// <param name="batch">The batch; every entry has a result afterwards.</param>
    /// <returns>A task that ends when every entry is settled. It does not fail.</returns>
    public async Task SendAsync(Batch batch)
    {
        DateTime started = _clock.UtcNow;
        var groups = new Stack<List<WorkItem>>();
        groups.Push(batch.Items);
        using var matcher = new AnswerMatcher();
        while (groups.Count > 0)
        {
            List<WorkItem> group = groups.Pop();
            try
            {
                CreateBatchAnswer? answer = await CallAsync(batch, group, started).ConfigureAwait(false);
                if (answer is null)
                {
                    NotAttempted(group, _control.Reason!);
                }
                else
                {
                    TakeAnswer(batch, group, answer, matcher, groups);
                }
            }
            catch (GatewayException error)
            {
                TakeError(batch, group, error, groups);
            }
#pragma warning disable CA1031 // Whatever goes wrong, no entry is left without a result.
            catch (Exception error)
#pragma warning restore CA1031
            {
                TakeFault(group, error);
            }
        }
    }

    /// <summary>Makes one call, again and again while it is known not to have been executed.</summary>
    /// <returns>The answer; null when the run was stopped and nothing was executed.</returns>
    /// <exception cref="GatewayException">The call failed, and trying again is no use or no longer allowed.</exception>
    private async Task<CreateBatchAnswer?> CallAsync(Batch batch, List<WorkItem> group, DateTime started)
    {
        var request = new CreateBatchRequest(group.ConvertAll(static item => item.Entry!), _options.AssociationDispatchAssumeRole);
        for (int failedTries = 0; ;)
        {
            DateTime turn;
            try
            {
                _control.StopToken.ThrowIfCancellationRequested();
                if (failedTries == 0 && group[0].Result is not null)
                {
                    // The entries failed for a reason that passes; it needs time to.
                    await _clock.DelayAsync(_backoff.Next(group[0].Attempts), _control.StopToken).ConfigureAwait(false);
                }

                turn = await _pace.WaitTurnAsync(_control.StopToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            foreach (WorkItem item in group)
            {
                item.Attempts++;
                item.BatchNumber = batch.Number;
            }

            GatewayException error;
            try
            {
                CreateBatchAnswer answer = await _gateway.CreateAssociationBatchAsync(request, _control.AbandonToken).ConfigureAwait(false);
                _pace.Accepted();
                SetRequestId(group, answer.RequestId);
                return answer;
            }
            catch (OperationCanceledException)
            {
                throw new GatewayException(GatewayErrorKind.Ambiguous, ErrorCodes.RequestTimeout, "The run was stopped before the service answered; it may have acted.");
            }
            catch (GatewayException thrown)
            {
                error = thrown;
                SetRequestId(group, error.RequestId);
            }

            failedTries++;
            if (error.Kind == GatewayErrorKind.Throttled)
            {
                _pace.Throttled(turn, error.RetryAfter);
            }
            else if (error.Kind != GatewayErrorKind.NotSent)
            {
                throw error;
            }

            if (failedTries >= _options.MaxAttempt || _clock.UtcNow - started >= _options.MaxElapsed)
            {
                throw error;
            }

            TimeSpan wait = _backoff.Next(failedTries, error.RetryAfter);
            Log($"Batch {batch.Number}: {error.ErrorCode}; try {failedTries + 1} of at most {_options.MaxAttempt} in {wait.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s.");
            try
            {
                await _clock.DelayAsync(wait, _control.StopToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    private void TakeAnswer(Batch batch, List<WorkItem> group, CreateBatchAnswer answer, AnswerMatcher matcher, Stack<List<WorkItem>> groups)
    {
        MatchedAnswer matched = matcher.Match(group, answer);
        foreach ((WorkItem item, AssociationRecord record) in matched.Created)
        {
            _outcome.Created(item, record);
        }

        var again = new List<WorkItem>();
        foreach ((WorkItem item, FailedEntry failure) in matched.Failed)
        {
            string code = FailureText.CodeOf(failure.Message, failure.Fault);
            bool isTransient = code == ErrorCodes.ThrottlingException || failure.Fault == "Server";
            _outcome.Failed(item, code, failure.Message, failure.Fault ?? "Unknown");
            if (isTransient && item.Attempts < _options.MaxAttempt && _control.Reason is null)
            {
                // The service says that this entry failed, so sending it again without its neighbours creates nothing twice.
                again.Add(item);
                if (code == ErrorCodes.ThrottlingException)
                {
                    _pace.Throttled(_clock.UtcNow, null);
                }
            }
            else
            {
                StopIfNothingFollows(code, item.Result!);
            }
        }

        foreach (WorkItem item in matched.NotReported)
        {
            _outcome.Unknown(item, ErrorCodes.EntryNotReported, null);
            StopIfNothingFollows(ErrorCodes.EntryNotReported, item.Result!);
        }

        if (again.Count > 0)
        {
            groups.Push(again);
        }

        if (matched.UnmatchedParts > 0)
        {
            _log.Enqueue((true, $"Batch {batch.Number}: the answer has {matched.UnmatchedParts} part(s) that fit no entry of the call (request id {answer.RequestId ?? "not given"})."));
        }

        Log($"Batch {batch.Number}: CreateAssociationBatch with {group.Count} entries: {matched.Created.Count} created, {matched.Failed.Count} failed, {matched.NotReported.Count} not reported; request id {answer.RequestId ?? "not given"}.");
    }

    private void TakeError(Batch batch, List<WorkItem> group, GatewayException error, Stack<List<WorkItem>> groups)
    {
        string? message = SensitiveText.Hide(error.Message, group);
        Log($"Batch {batch.Number}: CreateAssociationBatch with {group.Count} entries: {error.ErrorCode}; request id {error.RequestId ?? "not given"}.");
        switch (error.Kind)
        {
            case GatewayErrorKind.Rejected when group.Count > 1 && error.ErrorCode != ErrorCodes.AssociationLimitExceeded:
                Narrow(group, error, groups);
                return;

            case GatewayErrorKind.Ambiguous:
                foreach (WorkItem item in group)
                {
                    _outcome.Unknown(item, error.ErrorCode, message);
                }

                break;

            case GatewayErrorKind.NotSent:
                // Nothing reaches the endpoint: what follows would wait for the same in vain.
                _control.Stop(new StopReason(error.ErrorCode, $"Not sent: the endpoint could not be reached. {message}"));
                foreach (WorkItem item in group)
                {
                    _outcome.NotAttempted(item, error.ErrorCode, string.IsNullOrWhiteSpace(message) ? ErrorCatalog.Find(error.ErrorCode).Meaning : message!);
                }

                break;

            case GatewayErrorKind.Denied:
            case GatewayErrorKind.NoCredentials:
            case GatewayErrorKind.NoRegion:
                foreach (WorkItem item in group)
                {
                    _outcome.Failed(item, error.ErrorCode, message, "Client");
                }

                _control.Stop(new StopReason(error.ErrorCode, $"Not sent: an earlier call was refused with {error.ErrorCode}. {message}".TrimEnd(), isFatal: true));
                break;

            default:
                foreach (WorkItem item in group)
                {
                    _outcome.Failed(item, error.ErrorCode, message, "Client");
                }

                break;
        }

        StopIfNothingFollows(error.ErrorCode, group[0].Result!);
    }

    /// <summary>An error that no one expects, in this module: what was sent may exist.</summary>
    private void TakeFault(List<WorkItem> group, Exception error)
    {
        foreach (WorkItem item in group)
        {
            if (item.Result is null)
            {
                _outcome.Unknown(item, ErrorCodes.InternalError, SensitiveText.Hide(error.Message, group));
            }
        }

        _control.Stop(new StopReason(ErrorCodes.InternalError, $"Not sent: an unexpected error ({error.GetType().Name}) stopped the run."));
    }

    /// <summary>
    /// A refused call created nothing, so it can be cut up: entries that the text names go alone and the rest together,
    /// else each half. One bad entry then sinks none of its neighbours.
    /// </summary>
    private static void Narrow(List<WorkItem> group, GatewayException error, Stack<List<WorkItem>> groups)
    {
        var named = new HashSet<int>();
        foreach (Match match in s_namedEntry.Matches(error.Message))
        {
            int place = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            if (place >= 1 && place <= group.Count)
            {
                named.Add(place - 1);
            }
        }

        if (named.Count > 0 && named.Count < group.Count)
        {
            var rest = new List<WorkItem>();
            for (int i = group.Count - 1; i >= 0; i--)
            {
                if (named.Contains(i))
                {
                    groups.Push([group[i]]);
                }
                else
                {
                    rest.Insert(0, group[i]);
                }
            }

            groups.Push(rest);
            return;
        }

        int half = group.Count / 2;
        groups.Push(group.GetRange(half, group.Count - half));
        groups.Push(group.GetRange(0, half));
    }

    private void StopIfNothingFollows(string code, AssociationResult result)
    {
        if (code == ErrorCodes.AssociationLimitExceeded)
        {
            _control.Stop(new StopReason(code, $"Not sent: the limit of associations in {_gateway.Region} is reached."));
        }
        else if (_options.StopOnFailure && result is AssociationFailure)
        {
            _control.Stop(StopOnFailure(result));
        }
    }

    /// <summary>The reason of a run that a failure stops under -ErrorAction Stop.</summary>
    /// <param name="result">The failure.</param>
    /// <returns>The reason.</returns>
    public static StopReason StopOnFailure(AssociationResult result) =>
        new(ErrorCodes.EntryNotAttempted, $"Not sent: entry {result.Index} has the status {result.Status}, and the error action is Stop.");

    private void NotAttempted(List<WorkItem> group, StopReason reason)
    {
        foreach (WorkItem item in group)
        {
            // An entry that failed before and was to be tried again keeps its failure.
            if (item.Result is null)
            {
                _outcome.NotAttempted(item, ErrorCodes.EntryNotAttempted, reason.Message);
            }
        }
    }

    private static void SetRequestId(List<WorkItem> group, string? requestId)
    {
        foreach (WorkItem item in group)
        {
            item.RequestId = requestId ?? item.RequestId;
        }
    }

    private void Log(string text) => _log.Enqueue((false, text));
}
