using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Update;

/// <summary>Makes the results of an update.</summary>
internal sealed class UpdateOutcome
{
    private const string TryAgain = "Run the command again with the same input: it reads the association first, and changes it only if that is still needed.";

    private const string NothingChanged = "Nothing was changed. Run the command again with the same input.";

    private readonly IClock _clock;

    public UpdateOutcome(IClock clock) => _clock = clock;

    /// <summary>The association has the content that was meant, by a call of this module.</summary>
    public AssociationResult Updated(UpdateItem item, AssociationRecord after, string? message = null) => Settle(item, new AssociationSuccess
    {
        State = AssociationStatus.Updated,
        AssociationVersion = after.AssociationVersion,
        Date = after.Date,
        Message = message,
    });

    /// <summary>The association has the content that is wanted already.</summary>
    public AssociationResult Existing(UpdateItem item, AssociationRecord found, string? message = null) => Settle(item, new AssociationSuccess
    {
        State = AssociationStatus.Existing,
        AssociationVersion = found.AssociationVersion,
        Date = found.Date,
        Message = message ?? "The association has this content already; nothing was changed.",
    });

    /// <summary>The association was not changed as it was meant.</summary>
    public AssociationResult Failed(UpdateItem item, string code, string? message, string? fault = "Client") => Fail(item, AssociationStatus.Failed, code, message, fault);

    /// <summary>Somebody changed the association since it was read: nothing of that was overwritten.</summary>
    public AssociationResult Changed(UpdateItem item, string message)
    {
        AssociationResult result = Fail(item, AssociationStatus.Failed, ErrorCodes.AssociationChanged, message, "Client");
        result.IsRetryable = true;
        return result;
    }

    /// <summary>The input is not one to be changed.</summary>
    public AssociationResult Refused(UpdateItem item, UpdateRefusal refusal) => Fail(item, refusal.Status, refusal.ErrorCode, refusal.Message, refusal.Status == AssociationStatus.Invalid ? "Client" : null);

    public AssociationResult Invalid(UpdateItem item, string message) => Fail(item, AssociationStatus.Invalid, ErrorCodes.EntryInvalid, message, "Client");

    /// <summary>Nothing tells whether the association was changed.</summary>
    public AssociationResult Unknown(UpdateItem item, string code, string? message)
    {
        AssociationResult result = Fail(item, AssociationStatus.Unknown, code, message, "Unknown");

        // The version that is sent along keeps a second try from doing harm.
        result.IsRetryable = true;
        return result;
    }

    public AssociationResult NotAttempted(UpdateItem item, string code, string message) => Fail(item, AssociationStatus.NotAttempted, code, message, null);

    private AssociationResult Fail(UpdateItem item, AssociationStatus status, string code, string? message, string? fault)
    {
        ErrorInfo info = ErrorCatalog.Find(code);
        string? hidden = SensitiveText.Hide(SensitiveText.Hide(message, item.Described), item.Before);
        return Settle(item, new AssociationFailure
        {
            State = status,
            ErrorCode = code,
            Message = string.IsNullOrWhiteSpace(hidden) ? info.Meaning : hidden,
            Fault = fault,
            IsRetryable = info.IsRetryable || (status == AssociationStatus.NotAttempted && code == ErrorCodes.EntryNotAttempted),
            RecommendedAction = ErrorCatalog.IsLookFirst(code) ? status == AssociationStatus.Unknown ? TryAgain : NothingChanged : ErrorCatalog.Advice(code, message, item.FailedOperation),
        });
    }

    private AssociationResult Settle(UpdateItem item, AssociationResult result)
    {
        result.Index = item.Index;
        result.AssociationId = item.AssociationId;
        result.PreviousVersion = item.VersionBefore;
        result.Attempts = item.Attempts;
        result.BatchNumber = item.BatchNumber;
        result.RequestId = item.RequestId;
        result.Region = item.Destination.Region;
        result.AccountId = item.AccountId ?? item.Destination.AccountId;
        result.RoleArn = item.Destination.RoleArn;
        result.Timestamp = _clock.UtcNow;
        result.Issues = item.Issues;
        result.Entry = item.Meant ?? item.Described;
        result.InputObject = item.InputObject;
        item.Result = result;
        return result;
    }
}
