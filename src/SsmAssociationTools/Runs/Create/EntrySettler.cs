using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// Settles entries: gives each its result, takes for it the association that is its own, records what became of it, and stops
/// the place or the run where its failure says so. Safe for concurrent use.
/// </summary>
internal sealed class EntrySettler
{
    private readonly Destination _destination;
    private readonly RunOptions _options;
    private readonly RunControl _control;
    private readonly Outcome _outcome;
    private readonly Claims _claims;
    private readonly ExistingList _existing;
    private readonly Journal? _journal;

    /// <summary>Entries that an association may belong to.</summary>
    private readonly ConcurrentDictionary<WorkItem, bool> _unsettled;

    public EntrySettler(
        Destination destination,
        RunOptions options,
        RunControl control,
        Outcome outcome,
        Claims claims,
        ExistingList existing,
        Journal? journal,
        ConcurrentDictionary<WorkItem, bool> unsettled)
    {
        _destination = destination;
        _options = options;
        _control = control;
        _outcome = outcome;
        _claims = claims;
        _existing = existing;
        _journal = journal;
        _unsettled = unsettled;
    }

    /// <summary>The reason of a run that a failure stops under -ErrorAction Stop.</summary>
    public static StopReason StopOnFailure(AssociationResult result) =>
        new(ErrorCodes.EntryNotAttempted, "Not sent", $"entry {result.Index} has the status {result.Status}, and the error action is Stop.");

    /// <summary>Begins with entries: from now on an association may belong to one of them.</summary>
    public void Begin(List<WorkItem> items)
    {
        foreach (WorkItem item in items)
        {
            _unsettled.TryAdd(item, true);
        }
    }

    /// <summary>
    /// Takes entries that are settled out of those that an association may belong to. What an entry of unknown outcome may
    /// have created must not be taken for that of a similar one.
    /// </summary>
    public void Release(List<WorkItem> items)
    {
        foreach (WorkItem item in items)
        {
            if (item.Result is not null && item.Result.State != AssociationStatus.Unknown)
            {
                _unsettled.TryRemove(item, out _);
            }
        }
    }

    /// <summary>Whether an association belongs to an entry already, or to none.</summary>
    public bool IsTaken(string associationId) => _claims.IsTaken(_destination.Place, associationId);

    /// <summary>Keeps an association from being taken for that of another entry.</summary>
    public void Claim(string? associationId) => _claims.TryTake(_destination.Place, associationId);

    /// <summary>Settles an entry with an association of an answer, unless another entry has it.</summary>
    public bool TryCreated(WorkItem item, AssociationRecord record)
    {
        if (!_claims.TryTake(_destination.Place, record.AssociationId))
        {
            return false;
        }

        Created(item, record);
        return true;
    }

    /// <summary>Settles an entry with an association that is its own.</summary>
    public void Created(WorkItem item, AssociationRecord record)
    {
        _outcome.Created(item, record);
        _existing.Add(item, record);
    }

    /// <summary>An association with the entry's content is there already.</summary>
    public void Existing(WorkItem item, AssociationRecord record) => _outcome.Existing(item, record);

    /// <summary>An association with the entry's content is there already, and that counts as a failure.</summary>
    public void Refused(WorkItem item, AssociationRecord record)
    {
        _outcome.Refused(item, record);
        StopIfNothingFollows(ErrorCodes.AssociationAlreadyExists, item.Result!);
    }

    /// <summary>Associations of the entry's name are there, none of them with its content.</summary>
    public void Differs(WorkItem item, IReadOnlyList<string> ids)
    {
        _outcome.Differs(item, ids);
        StopIfNothingFollows(ErrorCodes.AssociationDiffers, item.Result!);
    }

    /// <summary>The service refused the entry.</summary>
    public void Failed(WorkItem item, string code, string? message, string? fault)
    {
        _outcome.Failed(item, code, message, fault);
        StopIfNothingFollows(code, item.Result!);
    }

    /// <summary>The service refused the call of these entries.</summary>
    public void Refused(List<WorkItem> group, string code, string? message)
    {
        foreach (WorkItem item in group)
        {
            _outcome.Failed(item, code, message, "Client");
        }

        StopIfNothingFollows(code, group[0].Result!);
    }

    /// <summary>Nothing tells whether the association was created.</summary>
    public void Unknown(WorkItem item, string code, string? message)
    {
        _outcome.Unknown(item, code, message);
        StopIfNothingFollows(code, item.Result!);
    }

    /// <summary>The call that carried the entry was not answered clearly, and the entry created nothing.</summary>
    public void NotThere(WorkItem item, string code, string? message)
    {
        _outcome.NotThere(item, code, message);
        StopIfNothingFollows(code, item.Result!);
    }

    /// <summary>The call of these entries did not reach the service.</summary>
    public void NotSent(List<WorkItem> group, string code, string message)
    {
        foreach (WorkItem item in group)
        {
            _outcome.NotAttempted(item, code, message);
        }
    }

    /// <summary>The run was stopped before these entries were sent again, or at all.</summary>
    public void NotAttempted(List<WorkItem> group, StopReason reason)
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

    /// <summary>Stops the run after an error that nobody expected, and settles what is open: what was sent may exist.</summary>
    public void Break(List<WorkItem> items, Exception error)
    {
        _control.StopRun(new StopReason(ErrorCodes.InternalError, "Not sent", $"an unexpected error ({error.GetType().Name}) stopped the run."));
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

    /// <summary>Records the outcome of entries that were sent.</summary>
    public void Record(List<WorkItem> items)
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
            StopBy(error);
        }
    }

    /// <summary>Stops the run because its journal cannot be written.</summary>
    public void StopBy(JournalException error) => _control.StopRun(new StopReason(error.ErrorId, "Not sent", error.Message, isFatal: true));

    private void StopIfNothingFollows(string code, AssociationResult result)
    {
        if (code == ErrorCodes.AssociationLimitExceeded)
        {
            _control.Stop(new StopReason(code, "Not sent", $"the limit of associations in {_destination} is reached."));
        }
        else if (_options.StopOnFailure && result is AssociationFailure)
        {
            _control.StopRun(StopOnFailure(result));
        }
    }
}
