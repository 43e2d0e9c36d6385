using System.Collections.Generic;
using System.Threading.Tasks;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Accounts for an answer: each association that it says was created has its entry, and each entry what the answer says of it,
/// before anything is sent again. Safe for concurrent use.
/// </summary>
internal sealed class AnswerAccount
{
    private readonly Reconciler _reconciler;
    private readonly EntrySettler _settler;
    private readonly FilledInValues _filledIn;
    private readonly ServiceClock _serviceClock;
    private readonly CallPace _pace;
    private readonly RunControl _control;
    private readonly RunLog _log;

    public AnswerAccount(Reconciler reconciler, EntrySettler settler, FilledInValues filledIn, ServiceClock serviceClock, CallPace pace, RunControl control, RunLog log)
    {
        _reconciler = reconciler;
        _settler = settler;
        _filledIn = filledIn;
        _serviceClock = serviceClock;
        _pace = pace;
        _control = control;
        _log = log;
    }

    /// <summary>Settles what an answer says.</summary>
    /// <param name="alreadyThere">Takes the entries that an association stands in the way of, perhaps their own.</param>
    /// <returns>The entries that the answer does not speak of, and that nothing keeps from being looked for and sent again.</returns>
    public async Task<List<WorkItem>> TakeAsync(BatchWork work, List<WorkItem> group, CreateBatchAnswer answer, List<(WorkItem Item, FailedEntry Failure)> alreadyThere)
    {
        using var matcher = new AnswerMatcher(_settler.IsTaken, _filledIn);
        MatchedAnswer matched = matcher.Match(group, answer, work.LastCall.Ended - work.LastCall.Started);
        List<WorkItem> open = matched.NotReported;
        var withoutId = new List<WorkItem>();
        foreach ((WorkItem item, AssociationRecord record) in matched.Created)
        {
            if (string.IsNullOrWhiteSpace(record.AssociationId))
            {
                withoutId.Add(item);
            }
            else if (!_settler.TryCreated(item, record))
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
        work.Log($"CreateAssociationBatch with {group.Count} entries: {matched.Created.Count} created, {matched.Failed.Count} failed, {open.Count} not reported; request id {requestId}.");
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
                _settler.Created(item, finding.Record);
            }
            else if (finding.Reason is not null)
            {
                _settler.Unknown(item, ErrorCodes.EntryNotReported, $"The answer has a failure without its entry{(string.IsNullOrWhiteSpace(failure.Message) ? string.Empty : $" ({failure.Message})")}. It cannot be told whether it was created: {finding.Reason}.");
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
            if (passes && work.MayTryAgain(item))
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
                _settler.Failed(item, code, failure.Message, failure.Fault ?? "Unknown");
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
                if (_settler.TryCreated(item, record))
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
                _settler.Created(item, record);
                nameless -= named.RemoveAll(one => one.AssociationId == record.AssociationId) == 0 && open.Contains(item) ? 1 : 0;
            }
            else
            {
                undecided.Add((item, finding.Reason));
            }
        }

        // What another call's entry was meanwhile told to have was not created by this one.
        named.RemoveAll(record => _settler.IsTaken(record.AssociationId!));
        var free = new List<WorkItem>();
        foreach ((WorkItem item, string? reason) in undecided)
        {
            if (withoutId.Contains(item))
            {
                _settler.Unknown(item, ErrorCodes.EntryNotReported, $"The answer says that it was created, and names no id of it. {(reason is null ? "It was looked for and is not listed." : $"Which association it is cannot be told: {reason}.")}");
            }
            else if (named.Count == 0 && nameless <= 0 && reason is null)
            {
                free.Add(item);
            }
            else
            {
                string of = named.Count == 0 ? nameless > 0 ? $"{nameless} association(s) without an id" : string.Empty : Ids(named);
                string names = of.Length == 0 ? string.Empty : $" The answer says that {of} was created, which may be its own.";
                _settler.Unknown(item, ErrorCodes.EntryNotReported, $"{ErrorCatalog.Find(ErrorCodes.EntryNotReported).Meaning}{names} It cannot be told whether it was created{(reason is null ? string.Empty : ": " + reason)}.");
            }
        }

        return free;
    }

    private static string Ids(List<AssociationRecord> records) =>
        string.Join(", ", records.ConvertAll(static record => string.IsNullOrWhiteSpace(record.AssociationId) ? "one without an id" : record.AssociationId));
}
