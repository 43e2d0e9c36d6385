using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Batching;

/// <summary>Makes the results of entries.</summary>
internal sealed class Outcome
{
    private readonly IClock _clock;
    private readonly string? _region;

    /// <summary>Makes a maker of results.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="region">The Region of the run; null where it is not known.</param>
    public Outcome(IClock clock, string? region)
    {
        _clock = clock;
        _region = region;
    }

    /// <summary>The association was created.</summary>
    /// <param name="item">The entry.</param>
    /// <param name="record">The association.</param>
    public void Created(WorkItem item, AssociationRecord record)
    {
        var result = new AssociationSuccess
        {
            Status = AssociationStatus.Created,
            AssociationId = record.AssociationId,
            AssociationVersion = record.AssociationVersion,
            Date = record.Date,
        };
        Settle(item, result);
    }

    /// <summary>The service refused the entry.</summary>
    /// <param name="item">The entry.</param>
    /// <param name="code">The error code.</param>
    /// <param name="message">The service's text; may be empty.</param>
    /// <param name="fault">Client, Server or Unknown.</param>
    public void Failed(WorkItem item, string code, string? message, string? fault) =>
        Fail(item, AssociationStatus.Failed, code, SensitiveText.Hide(message, item.Entry), fault);

    /// <summary>The entry was not sent because it breaks a rule.</summary>
    /// <param name="item">The entry.</param>
    /// <param name="message">The problems.</param>
    public void Invalid(WorkItem item, string message) =>
        Fail(item, AssociationStatus.Invalid, ErrorCodes.EntryInvalid, message, "Client");

    /// <summary>Nothing tells whether the association was created.</summary>
    /// <param name="item">The entry.</param>
    /// <param name="code">The error code.</param>
    /// <param name="message">Why it is not known.</param>
    public void Unknown(WorkItem item, string code, string? message) =>
        Fail(item, AssociationStatus.Unknown, code, SensitiveText.Hide(message, item.Entry), "Unknown");

    /// <summary>The entry was not sent.</summary>
    /// <param name="item">The entry.</param>
    /// <param name="code">The error code.</param>
    /// <param name="message">Why it was not sent.</param>
    public void NotAttempted(WorkItem item, string code, string message) =>
        Fail(item, AssociationStatus.NotAttempted, code, message, null);

    private void Fail(WorkItem item, AssociationStatus status, string code, string? message, string? fault)
    {
        ErrorInfo info = ErrorCatalog.Find(code);
        var result = new AssociationFailure
        {
            Status = status,
            ErrorCode = code,
            Message = string.IsNullOrWhiteSpace(message) ? info.Meaning : message,
            Fault = fault,
            IsRetryable = info.IsRetryable || status == AssociationStatus.NotAttempted,
            RecommendedAction = info.RecommendedAction,
        };
        Settle(item, result);
    }

    private void Settle(WorkItem item, AssociationResult result)
    {
        result.Index = item.Index;
        result.Attempts = item.Attempts;
        result.BatchNumber = item.BatchNumber;
        result.RequestId = item.RequestId;
        result.Region = _region;
        result.Timestamp = _clock.UtcNow;
        result.Issues = item.Issues;
        result.Entry = item.Entry;
        result.InputObject = item.InputObject;
        item.Result = result;
    }
}
