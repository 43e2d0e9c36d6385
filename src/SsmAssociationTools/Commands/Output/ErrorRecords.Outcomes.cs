using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Commands.Output;

/// <content>The error records of Start-SsmAssociationBatch and Get-SsmAssociationOutcome.</content>
internal static partial class ErrorRecords
{
    /// <summary>An input for which no run was started, or not for sure.</summary>
    public static ErrorRecord Start(AssociationStart failure, IReadOnlyList<AssociationStart> results)
    {
        string name = AssociationText.Of(failure.AssociationId, failure.Name, failure.AssociationName, failure.Target);
        return Make(
            new AssociationStartException(failure.ErrorCode!, $"Input {failure.Index} ({name}): {failure.Message}", results),
            failure.ErrorCode!,
            failure.InputObject,
            name,
            failure.RecommendedAction);
    }

    /// <summary>A run that started nothing more.</summary>
    public static ErrorRecord StartStopped(StopReason reason, Destination? destination, long notAttempted, IReadOnlyList<AssociationStart> results) =>
        Make(
            new AssociationStartException(reason.ErrorCode, StopText(reason, notAttempted, $"of the associations{(destination is null ? string.Empty : " in " + destination)} were not started"), results),
            reason.IsFatal ? reason.ErrorCode : ErrorCodes.AssociationsNotStarted,
            targetObject: null,
            targetName: null,
            reason.Advice,
            reason.IsFatal ? null : ErrorCategory.OperationStopped);

    /// <summary>An association that failed on nodes, was not decided, or of which nothing can be told.</summary>
    public static ErrorRecord Outcome(AssociationOutcome failure, IReadOnlyList<AssociationOutcome> outcomes)
    {
        string name = AssociationText.Of(failure.AssociationId, failure.Name, failure.AssociationName, failure.Target);
        return Make(
            new AssociationOutcomeException(failure.ErrorCode!, $"{failure.Status}: {name}{Place(failure.Source)}. {failure.Message}", outcomes),
            failure.ErrorCode!,
            failure.InputObject,
            name,
            failure.RecommendedAction);
    }

    /// <summary>A run that followed nothing any more.</summary>
    public static ErrorRecord OutcomesStopped(StopReason reason, Destination? destination, long notFollowed, IReadOnlyList<AssociationOutcome> outcomes) =>
        Make(
            new AssociationOutcomeException(reason.ErrorCode, StopText(reason, notFollowed, $"of the associations{(destination is null ? string.Empty : " in " + destination)} were not followed to their end"), outcomes),
            reason.IsFatal ? reason.ErrorCode : ErrorCodes.OutcomesNotFollowed,
            targetObject: null,
            targetName: null,
            ErrorCatalog.IsLookFirst(reason.ErrorCode) ? ErrorCatalog.ReadAgain : reason.Advice,
            reason.IsFatal ? null : ErrorCategory.OperationStopped);
}
