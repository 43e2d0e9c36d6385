using System.Management.Automation;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>Makes the results of inputs.</summary>
internal sealed class RemovalOutcome
{
    private const string RunAgain = "Run the command again with the same input: deleting by id is safe to repeat.";

    private const string StillThere = "Remove the cause that the message names, then run the command again; the association was not deleted.";

    private readonly IClock _clock;

    public RemovalOutcome(IClock clock) => _clock = clock;

    /// <summary>The association was deleted.</summary>
    public AssociationRemoval Removed(RemovalItem item, string? message = null) => Settle(item, RemovalStatus.Removed, null, message);

    /// <summary>The association was not there.</summary>
    public AssociationRemoval Absent(RemovalItem item, string message) => Settle(item, RemovalStatus.Absent, null, message);

    /// <summary>The association has another content.</summary>
    public AssociationRemoval Changed(RemovalItem item, string message) => Settle(item, RemovalStatus.Changed, ErrorCodes.AssociationChanged, message);

    /// <summary>The association is still there.</summary>
    public AssociationRemoval Failed(RemovalItem item, string code, string? message, bool mayPass = false)
    {
        Settle(item, RemovalStatus.Failed, code, message);
        if (mayPass || item.Result!.IsRetryable)
        {
            BeRetryable(item);
        }
        else if (ErrorCatalog.Find(code).Category is not (ErrorCategory.PermissionDenied or ErrorCategory.AuthenticationError))
        {
            item.Result.RecommendedAction = StillThere;
        }

        return item.Result!;
    }

    /// <summary>Nothing tells whether the association is still there.</summary>
    public AssociationRemoval Unknown(RemovalItem item, string code, string? message)
    {
        Settle(item, RemovalStatus.Unknown, code, message);
        BeRetryable(item);
        return item.Result!;
    }

    /// <summary>No call to delete the association was made.</summary>
    public AssociationRemoval NotAttempted(RemovalItem item, string code, string? message)
    {
        Settle(item, RemovalStatus.NotAttempted, code, message);
        item.Result!.IsRetryable = true;
        if (code == ErrorCodes.EntryNotAttempted)
        {
            item.Result.RecommendedAction = "Remove the cause of the stop, then run the command again.";
        }

        return item.Result;
    }

    /// <summary>The input is not one to be removed.</summary>
    public AssociationRemoval Refused(RemovalItem item, RemovalRefusal refusal) => Settle(item, refusal.Status, refusal.ErrorCode, refusal.Message);

    private static void BeRetryable(RemovalItem item)
    {
        item.Result!.IsRetryable = true;
        item.Result.RecommendedAction = RunAgain;
    }

    private AssociationRemoval Settle(RemovalItem item, RemovalStatus status, string? code, string? message)
    {
        ErrorInfo? info = code is null ? null : ErrorCatalog.Find(code);
        return item.Result = new AssociationRemoval
        {
            Index = item.Index,
            State = status,
            AssociationId = item.AssociationId,
            Name = item.Content?.Name ?? item.Name,
            AssociationName = item.Content?.AssociationName ?? item.AssociationName,
            AssociationVersion = item.AssociationVersion,
            Target = TargetText.Of(item.Content ?? item.Described),
            ErrorCode = code,
            Message = string.IsNullOrWhiteSpace(message) ? info?.Meaning : VisibleText.OrNull(SensitiveText.Hide(message, item.Content)),
            RecommendedAction = code is null ? null : ErrorCatalog.IsLookFirst(code) ? RunAgain : ErrorCatalog.Advice(code, message, item.FailedOperation),
            IsRetryable = info?.IsRetryable == true,
            Attempts = item.Attempts,
            RequestId = item.RequestId,
            Region = item.Destination.Region,
            AccountId = item.AccountId,
            RoleArn = item.Destination.RoleArn,
            Timestamp = _clock.UtcNow,
            InputObject = item.InputObject,
        };
    }
}
