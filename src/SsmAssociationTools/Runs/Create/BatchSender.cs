using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Journal;
using SsmAssociationTools.Runs.Read;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Sends one batch until each of its entries is settled: retries what is known not to have been executed, narrows a
/// refused call down to the entries it was refused for, and looks up what may have been executed before it is sent again.
/// Safe for concurrent use.
/// </summary>
internal sealed class BatchSender
{
    /// <summary>The service names the entry that breaks a constraint by its place in the call, from 1.</summary>
    private static readonly Regex s_namedEntry = new(@"'entries\.([0-9]{1,6})\.member", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly IAssociationGateway _gateway;
    private readonly Destination _destination;
    private readonly RunOptions _options;
    private readonly RunControl _control;
    private readonly IClock _clock;
    private readonly CallPace _pace;
    private readonly Retry _retry;
    private readonly ChunkSize _chunk;
    private readonly Backoff _backoff;
    private readonly Outcome _outcome;
    private readonly Journal? _journal;
    private readonly Claims _claims;
    private readonly ServiceClock _serviceClock;
    private readonly FilledInValues _filledIn = new();
    private readonly ConcurrentDictionary<WorkItem, bool> _unsettled = new();
    private readonly Reconciler _reconciler;
    private readonly Lazy<Task<ExistingAssociations>> _existing;
    private readonly RunLog _log;

    public BatchSender(
        IAssociationGateway gateway,
        Destination destination,
        RunOptions options,
        RunControl control,
        CallPace pace,
        IClock clock,
        Backoff backoff,
        Journal? journal,
        Claims claims,
        RunLog log)
    {
        _gateway = gateway;
        _destination = destination;
        _options = options;
        _control = control;
        _clock = clock;
        _pace = pace;
        _retry = new Retry(pace, backoff, clock, options);
        _chunk = new ChunkSize(options.BatchSize);
        _backoff = backoff;
        _outcome = new Outcome(clock);
        _journal = journal;
        _claims = claims;
        _serviceClock = new ServiceClock(clock);
        var reader = new AssociationReader(gateway, options, clock, backoff, serviceClock: _serviceClock);
        _reconciler = new Reconciler(reader, _serviceClock, destination, claims, _filledIn, _unsettled, clock, journal, log);
        _existing = new Lazy<Task<ExistingAssociations>>(() =>
        {
            // What was there before belongs to no entry of the run, unless a run before it sent some without learning what became of them.
            bool mayBeOurs = journal?.HasOpen() == true;
            return ExistingAssociations.ReadAsync(reader, id => !mayBeOurs && claims.TryTake(destination.Place, id), control.StopToken);
        });
        _log = log;
    }

    /// <summary>Sends a batch.</summary>
    public async Task SendAsync(Batch<WorkItem> batch)
    {
        foreach (WorkItem item in batch.Items)
        {
            _unsettled.TryAdd(item, true);
        }

        try
        {
            var work = new BatchWork(batch.Number, _clock.Uptime);
            await GuardAsync(batch.Items, () => PrepareAsync(batch, work)).ConfigureAwait(false);
            while (work.Groups.Count > 0)
            {
                List<WorkItem> group = NextGroup(work);
                await GuardAsync(group, () => SendGroupAsync(work, group)).ConfigureAwait(false);
                Release(group);
                Record(group);
                if (work.Groups.Count == 0 && work.Deferred.Count > 0)
                {
                    await DecideDeferredAsync(work).ConfigureAwait(false);
                }
            }

            await GuardAsync(batch.Items, () => TellSecondsAsync(batch)).ConfigureAwait(false);
        }
        finally
        {
            Release(batch.Items);
        }
    }

    /// <summary>The reason of a run that a failure stops under -ErrorAction Stop.</summary>
    public static StopReason StopOnFailure(AssociationResult result) =>
        new(ErrorCodes.EntryNotAttempted, $"Not sent: entry {result.Index} has the status {result.Status}, and the error action is Stop.");

    /// <summary>The next entries that go together, no more than a call may carry. The rest is left in parts of one size.</summary>
    private List<WorkItem> NextGroup(BatchWork work)
    {
        List<WorkItem> group = work.Groups.Pop();
        int limit = _chunk.Current;
        if (group.Count <= limit)
        {
            return group;
        }

        int calls = (group.Count + limit - 1) / limit;
        int size = (group.Count + calls - 1) / calls;
        work.Groups.Push(group.GetRange(size, group.Count - size));
        return group.GetRange(0, size);
    }

    /// <summary>
    /// Takes entries that are settled out of those that an association may belong to. What an entry of unknown outcome may
    /// have created must not be taken for that of a similar one.
    /// </summary>
    private void Release(List<WorkItem> items)
    {
        foreach (WorkItem item in items)
        {
            if (item.Result is not null && item.Result.State != AssociationStatus.Unknown)
            {
                _unsettled.TryRemove(item, out _);
            }
        }
    }

    /// <summary>Whatever goes wrong, no entry is left without a result.</summary>
    private async Task GuardAsync(List<WorkItem> items, Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The error is in the results; what was sent may exist.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _control.StopRun(new StopReason(ErrorCodes.InternalError, $"Not sent: an unexpected error ({error.GetType().Name}) stopped the run."));
            foreach (WorkItem item in items)
            {
                if (item.Result is null && item.FirstSent is null)
                {
                    _outcome.NotAttempted(item, ErrorCodes.InternalError, SensitiveText.Hide(error.Message, items.Select(static item => item.Entry))!);
                }
                else if (item.Result is null)
                {
                    _outcome.Unknown(item, ErrorCodes.InternalError, SensitiveText.Hide(error.Message, items.Select(static item => item.Entry)));
                }
            }
        }
    }

    /// <summary>Settles what needs no call, and leaves the rest to be sent.</summary>
    private async Task PrepareAsync(Batch<WorkItem> batch, BatchWork work)
    {
        if (_options.IfExists != ExistingAssociationAction.Create && !await TakeExistingAsync(batch).ConfigureAwait(false))
        {
            return;
        }

        // An earlier run sent these, and its journal does not say what became of them.
        List<WorkItem> doubtful = batch.Items.FindAll(static item => item.Result is null && item.FirstSent is not null);
        List<WorkItem> rest = batch.Items.FindAll(static item => item.Result is null && item.FirstSent is null);
        if (doubtful.Count > 0)
        {
            Log(work, $"{doubtful.Count} entries were sent by an earlier run without a known outcome; looking for them.");
            await TakeFindingsAsync(work, doubtful, ErrorCodes.EntryNotReported, null).ConfigureAwait(false);
            Record(doubtful);
        }

        if (rest.Count > 0)
        {
            work.Groups.Push(rest);
        }
    }

    /// <summary>Settles the entries whose association is there already.</summary>
    /// <returns>False where that cannot be found out: nothing is sent, and the run settles what is left without a result.</returns>
    private async Task<bool> TakeExistingAsync(Batch<WorkItem> batch)
    {
        try
        {
            ExistingAssociations existing = await _existing.Value.ConfigureAwait(false);
            foreach (WorkItem item in batch.Items)
            {
                if (await existing.FindAsync(item, _control.StopToken).ConfigureAwait(false) is not { } record)
                {
                    // What an earlier run sent is looked for by content that only agrees, further on.
                    if (item.FirstSent is null && existing.OfSameName(item) is { Count: > 0 } others)
                    {
                        _outcome.Differs(item, others);
                        StopIfNothingFollows(ErrorCodes.AssociationDiffers, item.Result!);
                    }

                    continue;
                }

                // It is this entry's, so a look-up for another one does not take it.
                _claims.TryTake(_destination.Place, record.AssociationId);
                if (_options.IfExists == ExistingAssociationAction.Skip || item.FirstSent is not null)
                {
                    // What an earlier run sent may well be what is there: that is no refusal.
                    _outcome.Existing(item, record);
                }
                else
                {
                    _outcome.Refused(item, record);
                    StopIfNothingFollows(ErrorCodes.AssociationAlreadyExists, item.Result!);
                }
            }

            return true;
        }
        catch (GatewayException error)
        {
            _control.Stop(new StopReason(error.ErrorCode, $"Not sent: -IfExists needs the list of associations, and ListAssociations failed with {error.ErrorCode}. {error.Message}".TrimEnd(), isFatal: true));
        }
        catch (OperationCanceledException)
        {
            // The run was stopped; its reason stands.
        }

        return false;
    }

    private async Task SendGroupAsync(BatchWork work, List<WorkItem> group)
    {
        List<WorkItem> doubtful;
        var alreadyThere = new List<(WorkItem Item, FailedEntry Failure)>();
        string code;
        string? message = null;
        try
        {
            CreateBatchAnswer? answer = await CallAsync(work, group).ConfigureAwait(false);
            if (answer is null)
            {
                if (_control.Reason is { } reason)
                {
                    NotAttempted(group, reason);
                }
                else
                {
                    // Its size was doubted; it is cut up before it is sent again.
                    work.Groups.Push(group);
                }

                return;
            }

            doubtful = await TakeAnswerAsync(work, group, answer, alreadyThere).ConfigureAwait(false);
            code = ErrorCodes.EntryNotReported;
        }
        catch (JournalException error)
        {
            _control.StopRun(JournalFailure(error));
            NotAttempted(group, _control.Reason!);
            return;
        }
        catch (GatewayException error)
        {
            if (error.Kind != GatewayErrorKind.Ambiguous)
            {
                TakeError(work, group, error);
                return;
            }

            Log(work, $"CreateAssociationBatch with {group.Count} entries: {error.ErrorCode}; request id {error.RequestId ?? "not given"}. Looking for what was created.");
            doubtful = group;
            code = error.ErrorCode;
            message = SensitiveText.Hide(error.Message, group.Select(static item => item.Entry));
        }

        if (doubtful.Count > 0)
        {
            await TakeFindingsAsync(work, doubtful, code, message).ConfigureAwait(false);
        }

        if (alreadyThere.Count > 0)
        {
            await TakeAlreadyThereAsync(alreadyThere).ConfigureAwait(false);
        }
    }

    /// <summary>Makes one call, again and again while it is known not to have been executed.</summary>
    /// <returns>The answer; null when nothing was executed: the run was stopped, or a call is to carry fewer entries.</returns>
    /// <exception cref="GatewayException">The call failed, and trying again is no use or no longer allowed.</exception>
    /// <exception cref="JournalException">The intent cannot be recorded, so the call was not made.</exception>
    private async Task<CreateBatchAnswer?> CallAsync(BatchWork work, List<WorkItem> group)
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
                    Log(work, $"{error.ErrorCode}; try {failedTries + 1} of at most {_options.MaxAttempt} in {wait.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s{rate}.");
                    if (isHalved)
                    {
                        Log(work, $"Throttled {failedTries} times; a call of {group.Count} entries may be too large, so the next ones carry at most {_chunk.Current}.");
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
    private async Task LearnServiceTimeAsync()
    {
        TimeSpan started = _clock.Uptime;
        try
        {
            ListAnswer answer = await _gateway.ListAssociationsAsync(new ListRequest { MaxResults = 1 }, _control.AbandonToken).ConfigureAwait(false);
            _serviceClock.Observe(answer.ServiceTime, started);
        }
        catch (GatewayException error)
        {
            _serviceClock.Observe(error.ServiceTime, started);
        }
        catch (OperationCanceledException)
        {
            // The call that follows is given up as well.
        }
    }

    /// <summary>Settles what an answer says.</summary>
    /// <param name="alreadyThere">Takes the entries that an association stands in the way of, perhaps their own.</param>
    /// <returns>The entries that the answer does not speak of, and that nothing keeps from being looked for and sent again.</returns>
    private async Task<List<WorkItem>> TakeAnswerAsync(BatchWork work, List<WorkItem> group, CreateBatchAnswer answer, List<(WorkItem Item, FailedEntry Failure)> alreadyThere)
    {
        using var matcher = new AnswerMatcher(id => _claims.IsTaken(_destination.Place, id), _filledIn);
        MatchedAnswer matched = matcher.Match(group, answer, work.LastCall.Ended - work.LastCall.Started);
        List<WorkItem> open = matched.NotReported;
        var withoutId = new List<WorkItem>();
        foreach ((WorkItem item, AssociationRecord record) in matched.Created)
        {
            if (string.IsNullOrWhiteSpace(record.AssociationId))
            {
                withoutId.Add(item);
            }
            else if (!TryCreated(item, record))
            {
                open.Add(item);
            }
            else
            {
                _serviceClock.ObserveRecord(answer.ServiceTime, record.Date, work.LastCall.Started, work.LastCall.Ended);
            }
        }

        TakeFailures(work, matched.Failed, alreadyThere);
        if (matched.ProbablyFailed.Count > 0)
        {
            await TakeProbablyFailedAsync(work, matched.ProbablyFailed, alreadyThere).ConfigureAwait(false);
        }

        string requestId = answer.RequestId ?? "not given";
        Log(work, $"CreateAssociationBatch with {group.Count} entries: {matched.Created.Count} created, {matched.Failed.Count} failed, {open.Count} not reported; request id {requestId}.");
        if (matched.UnmatchedFailures > 0)
        {
            _log.Warning($"Batch {work.Number}: the answer has {matched.UnmatchedFailures} failure(s) that fit no entry of the call (request id {requestId}).");
        }

        if (matched.Unclaimed.Count > 0 && open.Count == 0 && withoutId.Count == 0)
        {
            _log.Warning($"Batch {work.Number}: the answer says that more was created than was asked for: {Ids(matched.Unclaimed)} (request id {requestId}). Look whether these associations are wanted.");
        }

        return await TakeUnclaimedAsync(open, withoutId, matched.Unclaimed).ConfigureAwait(false);
    }

    /// <summary>
    /// Settles the entries of failures that name none. An answer that leaves out what it speaks of may leave out more, so
    /// what was created is looked for first.
    /// </summary>
    private async Task TakeProbablyFailedAsync(BatchWork work, List<(WorkItem Item, FailedEntry Failure)> failed, List<(WorkItem Item, FailedEntry Failure)> alreadyThere)
    {
        List<WorkItem> items = failed.ConvertAll(static one => one.Item);
        var certain = new List<(WorkItem Item, FailedEntry Failure)>();
        foreach ((WorkItem item, Finding finding) in await _reconciler.FindAsync(items, _control.AbandonToken).ConfigureAwait(false))
        {
            FailedEntry failure = failed.Find(one => one.Item == item).Failure;
            if (finding.Record is not null)
            {
                SetCreated(item, finding.Record);
            }
            else if (finding.Reason is not null)
            {
                Unknown(item, $"The answer has a failure without its entry{(string.IsNullOrWhiteSpace(failure.Message) ? string.Empty : $" ({failure.Message})")}. It cannot be told whether it was created: {finding.Reason}.");
            }
            else
            {
                certain.Add((item, failure));
            }
        }

        TakeFailures(work, certain, alreadyThere);
    }

    /// <summary>Settles the entries that the answer says failed.</summary>
    private void TakeFailures(BatchWork work, List<(WorkItem Item, FailedEntry Failure)> failed, List<(WorkItem Item, FailedEntry Failure)> alreadyThere)
    {
        var again = new List<WorkItem>();
        bool isThrottled = false;
        foreach ((WorkItem item, FailedEntry failure) in failed)
        {
            string code = FailureText.CodeOf(failure.Message, failure.Fault);
            bool passes = code == ErrorCodes.ThrottlingException || failure.Fault == "Server";
            if (passes && MayTryAgain(work, item))
            {
                // The service says that this entry failed, so sending it again without its neighbours creates nothing twice.
                item.PassingFailure = failure;
                again.Add(item);
                isThrottled |= code == ErrorCodes.ThrottlingException;
            }
            else if (code == ErrorCodes.AssociationAlreadyExists && item.WasUnclear)
            {
                alreadyThere.Add((item, failure));
            }
            else
            {
                _outcome.Failed(item, code, failure.Message, failure.Fault ?? "Unknown");
                StopIfNothingFollows(code, item.Result!);
            }
        }

        if (isThrottled)
        {
            // Once for the answer: it is one sign of a busy service, however many entries bear it.
            _pace.Throttled(_pace.Now, null);
        }

        if (again.Count > 0)
        {
            work.Groups.Push(again);
        }
    }

    /// <summary>
    /// Accounts for the associations that an answer says were created and that are no entry's for sure, and for the entries
    /// of which it says that they were created without an id. As long as one is left, none of the open entries is sent again.
    /// </summary>
    /// <returns>The open entries that are left when every association has its entry.</returns>
    private async Task<List<WorkItem>> TakeUnclaimedAsync(List<WorkItem> open, List<WorkItem> withoutId, List<AssociationRecord> unclaimed)
    {
        List<AssociationRecord> named = unclaimed.FindAll(static record => !string.IsNullOrWhiteSpace(record.AssociationId));
        int nameless = unclaimed.Count - named.Count;
        if (named.Count > 0 && open.Count > 0)
        {
            foreach ((WorkItem item, AssociationRecord record) in await _reconciler.TellApartAsync(open, named, _control.AbandonToken).ConfigureAwait(false))
            {
                if (TryCreated(item, record))
                {
                    open.Remove(item);
                    named.RemoveAll(one => one.AssociationId == record.AssociationId);
                }
            }
        }

        if (withoutId.Count == 0 && (open.Count == 0 || (named.Count == 0 && nameless == 0)))
        {
            return open;
        }

        // The look-up may find what the answer does not tell.
        var undecided = new List<(WorkItem Item, string? Reason)>();
        foreach ((WorkItem item, Finding finding) in await _reconciler.FindAsync([.. withoutId, .. open], _control.AbandonToken).ConfigureAwait(false))
        {
            if (finding.Record is { } record)
            {
                SetCreated(item, record);
                nameless -= named.RemoveAll(one => one.AssociationId == record.AssociationId) == 0 && open.Contains(item) ? 1 : 0;
            }
            else
            {
                undecided.Add((item, finding.Reason));
            }
        }

        // What another call's entry was meanwhile told to have was not created by this one.
        named.RemoveAll(record => _claims.IsTaken(_destination.Place, record.AssociationId!));
        var free = new List<WorkItem>();
        foreach ((WorkItem item, string? reason) in undecided)
        {
            if (withoutId.Contains(item))
            {
                Unknown(item, $"The answer says that it was created, and names no id of it. {(reason is null ? "It was looked for and is not listed." : $"Which association it is cannot be told: {reason}.")}");
            }
            else if (named.Count == 0 && nameless <= 0 && reason is null)
            {
                free.Add(item);
            }
            else
            {
                string of = named.Count == 0 ? nameless > 0 ? $"{nameless} association(s) without an id" : string.Empty : Ids(named);
                string names = of.Length == 0 ? string.Empty : $" The answer says that {of} was created, which may be its own.";
                Unknown(item, $"{ErrorCatalog.Find(ErrorCodes.EntryNotReported).Meaning}{names} It cannot be told whether it was created{(reason is null ? string.Empty : ": " + reason)}.");
            }
        }

        return free;
    }

    private void Unknown(WorkItem item, string message)
    {
        _outcome.Unknown(item, ErrorCodes.EntryNotReported, message);
        StopIfNothingFollows(ErrorCodes.EntryNotReported, item.Result!);
    }

    private static string Ids(List<AssociationRecord> records) =>
        string.Join(", ", records.ConvertAll(static record => string.IsNullOrWhiteSpace(record.AssociationId) ? "one without an id" : record.AssociationId));

    /// <summary>Looks for what became of entries, settles what is found, and sends again what is not there.</summary>
    private async Task TakeFindingsAsync(BatchWork work, List<WorkItem> doubtful, string code, string? message)
    {
        var again = new List<WorkItem>();
        var undecided = new List<(WorkItem Item, string Reason)>();
        foreach ((WorkItem item, Finding finding) in await _reconciler.FindAsync(doubtful, _control.AbandonToken).ConfigureAwait(false))
        {
            if (finding.Record is not null)
            {
                SetCreated(item, finding.Record);
            }
            else if (finding.Reason is not null && !_serviceClock.IsVerified && _control.Reason is null && !work.IsDeciding)
            {
                undecided.Add((item, finding.Reason));
            }
            else if (finding.Reason is not null)
            {
                SetUnknown(item, code, message, finding.Reason);
            }
            else if (MayTryAgain(work, item) || (item.Attempts == 0 && _control.Reason is null))
            {
                // What only an earlier run sent has not used up anything of this run's time, however long the looking took.
                item.WasUnclear = true;
                again.Add(item);
            }
            else if (item.Attempts == 0)
            {
                NotAttempted([item], _control.Reason!);
            }
            else
            {
                _outcome.NotThere(item, code, message);
                StopIfNothingFollows(code, item.Result!);
            }
        }

        if (again.Count > 0)
        {
            work.Groups.Push(again);
        }

        foreach ((WorkItem item, string reason) in undecided)
        {
            if (work.Groups.Count > 0)
            {
                // What is sent next may show by which clock records are dated.
                work.Deferred.Add((item, code, message));
            }
            else
            {
                SetUnknown(item, code, message, reason);
            }
        }
    }

    private void SetUnknown(WorkItem item, string code, string? message, string reason)
    {
        string text = string.IsNullOrWhiteSpace(message) ? ErrorCatalog.Find(code).Meaning : message!;
        _outcome.Unknown(item, code, $"{text} It cannot be told whether it was created: {reason}.");
        StopIfNothingFollows(code, item.Result!);
    }

    /// <summary>Looks once more for entries of which nothing could be told while the service's clock was not known for sure.</summary>
    private async Task DecideDeferredAsync(BatchWork work)
    {
        List<(WorkItem Item, string Code, string? Message)> deferred = [.. work.Deferred];
        work.Deferred.Clear();
        work.IsDeciding = true;
        List<WorkItem> items = deferred.ConvertAll(static one => one.Item);
        await GuardAsync(items, async () =>
        {
            foreach (IGrouping<(string Code, string? Message), (WorkItem Item, string Code, string? Message)> same in deferred.GroupBy(static one => (one.Code, one.Message)))
            {
                await TakeFindingsAsync(work, same.Select(static one => one.Item).ToList(), same.Key.Code, same.Key.Message).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        Release(items);
        Record(items);
    }

    /// <summary>
    /// The service says that an association stands in the way of entries that an earlier call carried without a clear
    /// answer. It may be the one that this call created after it was looked for.
    /// </summary>
    private async Task TakeAlreadyThereAsync(List<(WorkItem Item, FailedEntry Failure)> refused)
    {
        List<WorkItem> items = refused.ConvertAll(static one => one.Item);
        foreach ((WorkItem item, Finding finding) in await _reconciler.FindAsync(items, _control.AbandonToken).ConfigureAwait(false))
        {
            FailedEntry failure = refused.Find(one => one.Item == item).Failure;
            if (finding.Record is not null)
            {
                SetCreated(item, finding.Record);
                continue;
            }

            if (finding.Reason is not null)
            {
                _outcome.Unknown(item, ErrorCodes.AssociationAlreadyExists, $"{failure.Message} It cannot be told whether this run created it: {finding.Reason}.".TrimStart());
            }
            else
            {
                _outcome.Failed(item, ErrorCodes.AssociationAlreadyExists, failure.Message, failure.Fault ?? "Unknown");
            }

            StopIfNothingFollows(ErrorCodes.AssociationAlreadyExists, item.Result!);
        }
    }

    /// <summary>
    /// A call that was given up may act after every look for what it did, and what is then sent again comes twice. That
    /// cannot be prevented, but it can be told when it shows.
    /// </summary>
    private async Task TellSecondsAsync(Batch<WorkItem> batch)
    {
        List<WorkItem> sentAgain = batch.Items.FindAll(static item => item.WasUnclear && item.Result?.State == AssociationStatus.Created);
        if (sentAgain.Count == 0)
        {
            return;
        }

        foreach ((WorkItem item, string id) in await _reconciler.FindSecondAsync(sentAgain, _control.AbandonToken).ConfigureAwait(false))
        {
            string text = $"Another association with the same content, {id}, appeared since the entry was first sent; an earlier call that was not answered in time has probably created it. Delete one of the two.";
            item.Result!.Message = text;
            _log.Warning($"Entry {item.Index} was created as {item.Result.AssociationId}. {text}");
        }
    }

    private void TakeError(BatchWork work, List<WorkItem> group, GatewayException error)
    {
        string? message = SensitiveText.Hide(error.Message, group.Select(static item => item.Entry));
        Log(work, $"CreateAssociationBatch with {group.Count} entries: {error.ErrorCode}; request id {error.RequestId ?? "not given"}.");
        switch (error.Kind)
        {
            case GatewayErrorKind.Rejected when group.Count > 1 && ChunkSize.IsTooLarge(error):
                Log(work, $"A call of {group.Count} entries is too large; the next ones carry at most {_chunk.Refused(group.Count, error)}.");
                work.Groups.Push(group);
                return;

            case GatewayErrorKind.Rejected when group.Count > 1 && error.ErrorCode != ErrorCodes.AssociationLimitExceeded:
                Narrow(group, error, work.Groups);
                return;

            case GatewayErrorKind.NotSent:
                // Nothing reaches the endpoint: what follows would wait for the same in vain.
                _control.Stop(new StopReason(error.ErrorCode, $"Not sent: the endpoint could not be reached. {message}"));
                foreach (WorkItem item in group)
                {
                    _outcome.NotAttempted(item, error.ErrorCode, string.IsNullOrWhiteSpace(message) ? ErrorCatalog.Find(error.ErrorCode).Meaning : message!);
                }

                return;

            case GatewayErrorKind.Denied:
            case GatewayErrorKind.NoCredentials:
            case GatewayErrorKind.NoRegion:
                _control.Stop(new StopReason(error.ErrorCode, $"Not sent: an earlier call was refused with {error.ErrorCode}. {message}".TrimEnd(), isFatal: true));
                break;
        }

        foreach (WorkItem item in group)
        {
            _outcome.Failed(item, error.ErrorCode, message, "Client");
        }

        StopIfNothingFollows(error.ErrorCode, group[0].Result!);
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
            for (int i = 0; i < group.Count; i++)
            {
                if (named.Contains(i))
                {
                    groups.Push([group[i]]);
                }
                else
                {
                    rest.Add(group[i]);
                }
            }

            groups.Push(rest);
            return;
        }

        int half = group.Count / 2;
        groups.Push(group.GetRange(half, group.Count - half));
        groups.Push(group.GetRange(0, half));
    }

    /// <summary>Settles an entry with an association of an answer, unless another entry has it.</summary>
    private bool TryCreated(WorkItem item, AssociationRecord record)
    {
        if (!_claims.TryTake(_destination.Place, record.AssociationId))
        {
            return false;
        }

        SetCreated(item, record);
        return true;
    }

    /// <summary>Settles an entry with an association that is its own.</summary>
    private void SetCreated(WorkItem item, AssociationRecord record)
    {
        _outcome.Created(item, record);
        if (_existing.IsValueCreated && _existing.Value.Status == TaskStatus.RanToCompletion)
        {
            _existing.Value.Result.Add(item, record);
        }
    }

    private void StopIfNothingFollows(string code, AssociationResult result)
    {
        if (code == ErrorCodes.AssociationLimitExceeded)
        {
            _control.Stop(new StopReason(code, $"Not sent: the limit of associations in {_destination} is reached."));
        }
        else if (_options.StopOnFailure && result is AssociationFailure)
        {
            _control.StopRun(StopOnFailure(result));
        }
    }

    private void NotAttempted(List<WorkItem> group, StopReason reason)
    {
        foreach (WorkItem item in group)
        {
            if (item.Result is not null)
            {
                continue;
            }

            if (item.PassingFailure is { } failure)
            {
                _outcome.Failed(item, FailureText.CodeOf(failure.Message, failure.Fault), failure.Message, failure.Fault);
            }
            else
            {
                _outcome.NotAttempted(item, ErrorCodes.EntryNotAttempted, reason.Message);
            }
        }
    }

    /// <summary>Records the outcome of entries that were sent.</summary>
    private void Record(List<WorkItem> items)
    {
        if (_journal is null)
        {
            return;
        }

        List<WorkItem> settled = items.FindAll(static item => item.Result is not null && item.FirstSent is not null);
        if (settled.Count == 0)
        {
            return;
        }

        try
        {
            _journal.WriteOutcomes(settled);
        }
        catch (JournalException error)
        {
            // What is known is still reported; only nothing more may be sent.
            _control.StopRun(JournalFailure(error));
        }
    }

    private static StopReason JournalFailure(JournalException error) =>
        new(error.ErrorId, "Not sent: " + error.Message, isFatal: true);

    private bool MayTryAgain(BatchWork work, WorkItem item) =>
        item.Attempts < _options.MaxAttempt && _control.Reason is null && !IsOutOfTime(work);

    private bool IsOutOfTime(BatchWork work) => _clock.Uptime - work.Started >= _options.MaxElapsed;

    private static void SetRequestId(List<WorkItem> group, string? requestId)
    {
        foreach (WorkItem item in group)
        {
            item.RequestId = requestId ?? item.RequestId;
        }
    }

    private void Log(BatchWork work, string text) => _log.Verbose($"Batch {work.Number}: {text}");
    /// <summary>What is still to be done of one batch.</summary>
    private sealed class BatchWork
    {
        public BatchWork(int number, TimeSpan started)
        {
            Number = number;
            Started = started;
        }

        public int Number { get; }

        /// <summary>Uptime when it began.</summary>
        public TimeSpan Started { get; }

        /// <summary>Entries of unknown outcome that are looked for once more when the others were sent.</summary>
        public List<(WorkItem Item, string Code, string? Message)> Deferred { get; } = [];

        /// <summary>True once they are: what cannot be told then is Unknown.</summary>
        public bool IsDeciding { get; set; }

        /// <summary>Uptime when the last answered call was made, and when it was answered.</summary>
        public (TimeSpan Started, TimeSpan Ended) LastCall { get; set; }

        /// <summary>Entries that go into one call together, the next call last.</summary>
        public Stack<List<WorkItem>> Groups { get; } = new();
    }
}
