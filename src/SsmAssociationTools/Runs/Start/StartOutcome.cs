using System;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Start;

/// <summary>Makes the results of inputs.</summary>
internal sealed class StartOutcome
{
    private const string Look = "Look with Get-SsmAssociationOutcome, which takes this result, before starting it again: it may run.";

    private const string NothingStarted = "Nothing was started. Run the command again with this result.";

    private readonly IClock _clock;

    public StartOutcome(IClock clock) => _clock = clock;

    /// <summary>The run was ordered.</summary>
    public AssociationStart Started(StartItem item, (DateTime After, DateTime Before) time, string? message = null) => Settle(item, StartStatus.Started, null, message, time);

    /// <summary>Nothing was started.</summary>
    public AssociationStart Failed(StartItem item, string code, string? message, bool mayPass = false)
    {
        Settle(item, StartStatus.Failed, code, message);
        item.Result!.IsRetryable |= mayPass;
        return item.Result;
    }

    /// <summary>Nothing tells whether it was started.</summary>
    public AssociationStart Unknown(StartItem item, string code, string? message, (DateTime After, DateTime Before)? time = null)
    {
        Settle(item, StartStatus.Unknown, code, message, time);
        item.Result!.IsRetryable = false;
        item.Result.RecommendedAction = Look;
        return item.Result;
    }

    /// <summary>No call was made that reached the service.</summary>
    public AssociationStart NotAttempted(StartItem item, string code, string? message)
    {
        Settle(item, StartStatus.NotAttempted, code, message);
        item.Result!.IsRetryable = true;
        if (code == ErrorCodes.EntryNotAttempted)
        {
            item.Result.RecommendedAction = "Remove the cause of the stop, then run the command again with this result.";
        }

        return item.Result;
    }

    /// <summary>The input is not one to start.</summary>
    public AssociationStart Refused(StartItem item, StartRefusal refusal) => Settle(item, refusal.Status, refusal.ErrorCode, refusal.Message);

    private AssociationStart Settle(StartItem item, StartStatus status, string? code, string? message, (DateTime After, DateTime Before)? time = null)
    {
        ErrorInfo? info = code is null ? null : ErrorCatalog.Find(code);
        return item.Result = new AssociationStart
        {
            Index = item.Index,
            State = status,
            AssociationId = item.AssociationId,
            Name = item.Name,
            AssociationName = item.AssociationName,
            Target = item.Target,
            StartedAfter = time?.After,
            StartedBefore = time?.Before,
            ErrorCode = code,
            Message = string.IsNullOrWhiteSpace(message) ? info?.Meaning : VisibleText.OrNull(message),
            RecommendedAction = code is null ? null : ErrorCatalog.IsLookFirst(code) ? NothingStarted : ErrorCatalog.Advice(code, message, item.FailedOperation),
            IsRetryable = info?.IsRetryable == true,
            Attempts = item.Attempts,
            BatchNumber = item.Attempts == 0 ? 0 : item.BatchNumber,
            RequestId = item.RequestId,
            Region = item.Destination.Region,
            AccountId = item.AccountId ?? item.Destination.AccountId,
            RoleArn = item.Destination.RoleArn,
            Timestamp = _clock.UtcNow,
            InputObject = item.InputObject,
        };
    }
}
