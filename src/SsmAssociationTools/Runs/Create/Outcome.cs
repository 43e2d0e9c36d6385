using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Runs.Create;

/// <summary>Makes the results of entries.</summary>
internal sealed class Outcome
{
    /// <summary>Ids that a message names.</summary>
    private const int MaxIds = 10;

    private readonly IClock _clock;

    public Outcome(IClock clock) => _clock = clock;

    /// <summary>The association was created.</summary>
    public AssociationResult Created(WorkItem item, AssociationRecord record)
    {
        var result = new AssociationSuccess
        {
            State = AssociationStatus.Created,
            AssociationId = record.AssociationId,
            AssociationVersion = record.AssociationVersion,
            Date = record.Date,
        };
        return Settle(item, result);
    }

    /// <summary>An association with the entry's content is there already.</summary>
    public AssociationResult Existing(WorkItem item, AssociationRecord record)
    {
        var result = new AssociationSuccess
        {
            State = AssociationStatus.Existing,
            AssociationId = record.AssociationId,
            AssociationVersion = record.AssociationVersion,
            Date = record.Date,
            Message = "An association with the same content is there already; nothing was created.",
        };
        return Settle(item, result);
    }

    /// <summary>An association with the entry's content is there already, and that counts as a failure.</summary>
    public AssociationResult Refused(WorkItem item, AssociationRecord record)
    {
        AssociationResult result = Fail(item, AssociationStatus.Failed, ErrorCodes.AssociationAlreadyExists, $"An association with the same content is there already ({record.AssociationId}); nothing was created.", "Client");
        result.AssociationId = record.AssociationId;
        return result;
    }

    /// <summary>Associations of the entry's name are there, none of them with its content.</summary>
    public AssociationResult Differs(WorkItem item, IReadOnlyList<string> ids)
    {
        string more = ids.Count > MaxIds ? ", ..." : string.Empty;
        return Fail(
            item,
            AssociationStatus.Failed,
            ErrorCodes.AssociationDiffers,
            $"{(ids.Count == 1 ? "An association" : "Associations")} of this name with other content {(ids.Count == 1 ? "is" : "are")} there already ({string.Join(", ", ids.Take(MaxIds))}{more}); nothing was created.",
            "Client");
    }

    /// <summary>An earlier run with the same journal sent an entry of this name with other content.</summary>
    public AssociationResult ChangedSince(WorkItem item, IReadOnlyList<JournalState> earlier)
    {
        string[] ids = earlier.Where(static state => state.AssociationId is not null).Select(static state => state.AssociationId!).ToArray();
        string what = ids.Length > 0
            ? $"created {(ids.Length == 1 ? "an association" : "associations")} of this name with other content ({string.Join(", ", ids.Take(MaxIds))}{(ids.Length > MaxIds ? ", ..." : string.Empty)})"
            : "sent an entry of this name with other content, and it is not known what became of it";
        return Fail(
            item,
            AssociationStatus.Failed,
            ErrorCodes.AssociationDiffers,
            $"An earlier run with this journal {what}; nothing was created. With -IfExists Skip the list of associations decides; without -JournalPath a second one is created.",
            "Client");
    }

    /// <summary>The call that carried the entry was not answered clearly, and the entry created nothing.</summary>
    public AssociationResult NotThere(WorkItem item, string code, string? message)
    {
        string text = string.IsNullOrWhiteSpace(message) ? ErrorCatalog.Find(code).Meaning : MessageText.Sentence(SensitiveText.Hide(message, item.Entry)!);
        AssociationResult result = Fail(item, AssociationStatus.Failed, code, text + " It was looked for afterwards and is not there.", "Server");
        result.IsRetryable = true;
        return result;
    }

    /// <summary>An earlier run settled the entry.</summary>
    public AssociationResult FromJournal(WorkItem item, JournalState state)
    {
        if (state.Status is AssociationStatus.Created or AssociationStatus.Existing)
        {
            var result = new AssociationSuccess
            {
                State = state.Status.Value,
                AssociationId = state.AssociationId,
                AssociationVersion = state.AssociationVersion,
                Date = state.Date,
                FromJournal = true,
                Message = "Known from the journal of an earlier run; not sent again.",
            };
            return Settle(item, result);
        }

        AssociationResult failure = Fail(item, state.Status!.Value, state.ErrorCode ?? ErrorCodes.EntryFailed, $"{state.Message} (Known from the journal of an earlier run; not sent again.)", state.Fault);
        failure.FromJournal = true;
        return failure;
    }

    /// <summary>The service refused the entry.</summary>
    public AssociationResult Failed(WorkItem item, string code, string? message, string? fault) =>
        Fail(item, AssociationStatus.Failed, code, SensitiveText.Hide(message, item.Entry), fault);

    /// <summary>The entry was not sent because it breaks a rule.</summary>
    public AssociationResult Invalid(WorkItem item, string message)
    {
        AssociationResult result = Fail(item, AssociationStatus.Invalid, ErrorCodes.EntryInvalid, message, "Client");
        if (item.Facts?.Unreadable is not null)
        {
            // No member is named, and no rule can be turned off, where a row or a file could not be read.
            result.RecommendedAction = "Correct the file as the message says, then import it again.";
        }

        return result;
    }

    /// <summary>Nothing tells whether the association was created.</summary>
    public AssociationResult Unknown(WorkItem item, string code, string? message) =>
        Fail(item, AssociationStatus.Unknown, code, SensitiveText.Hide(message, item.Entry), "Unknown");

    /// <summary>The entry was not sent.</summary>
    public AssociationResult NotAttempted(WorkItem item, string code, string message) =>
        Fail(item, AssociationStatus.NotAttempted, code, message, null);

    /// <summary>The entry was not sent, because its association, or another of its name, is there.</summary>
    public AssociationResult NotMissing(WorkItem item, string code, string message)
    {
        AssociationResult result = Fail(item, AssociationStatus.NotAttempted, code, message, null);

        // Sent again it would make a second association.
        result.IsRetryable = false;
        return result;
    }

    private AssociationResult Fail(WorkItem item, AssociationStatus status, string code, string? message, string? fault)
    {
        ErrorInfo info = ErrorCatalog.Find(code);
        var result = new AssociationFailure
        {
            State = status,
            ErrorCode = code,
            Message = string.IsNullOrWhiteSpace(message) ? info.Meaning : VisibleText.Of(message),
            Fault = fault,
            // Sending again what may exist could create it twice, whatever the error is.
            IsRetryable = status == AssociationStatus.NotAttempted || (status != AssociationStatus.Unknown && info.IsRetryable),
            RecommendedAction = status == AssociationStatus.Unknown ? ErrorCatalog.LookFirst
                : status == AssociationStatus.NotAttempted && ErrorCatalog.IsLookFirst(code) ? "Remove the cause that the message names, then send the entry again; nothing was sent for it."
                : ErrorCatalog.Advice(code, message, item.FailedOperation),
        };
        return Settle(item, result);
    }

    private AssociationResult Settle(WorkItem item, AssociationResult result)
    {
        result.Index = item.Index;
        result.Attempts = item.Attempts;
        result.BatchNumber = item.BatchNumber;
        result.RequestId = item.RequestId;
        result.Region = item.Destination.Region;
        result.AccountId = item.AccountId ?? item.Destination.AccountId;
        result.RoleArn = item.Destination.RoleArn;
        result.Timestamp = _clock.UtcNow;
        result.Issues = item.Issues;
        result.Entry = item.Entry;
        result.InputObject = item.InputObject;
        if (item is { Entry: null, Facts: { } facts })
        {
            // What was no entry any more may still have a name, and a row that cannot be read has a line.
            result.Name = facts.Name;
            result.AssociationName = facts.AssociationName;
            result.Source = facts.Source;
        }

        item.Result = result;
        return result;
    }
}
