using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;

namespace SsmAssociationTools.Commands.Output;

/// <content>The error records of Remove-SsmAssociationBatch.</content>
internal static partial class ErrorRecords
{
    /// <summary>An input whose association was not removed.</summary>
    public static ErrorRecord Removal(AssociationRemoval failure, IReadOnlyList<AssociationRemoval> results)
    {
        string name = Describe(failure);
        return Make(
            new AssociationRemovalException(failure.ErrorCode!, $"Input {failure.Index} ({name}): {failure.Message}", results),
            failure.ErrorCode!,
            failure.InputObject,
            name,
            failure.RecommendedAction);
    }

    /// <summary>A run that removed nothing more.</summary>
    public static ErrorRecord RemovalStopped(StopReason reason, Destination? destination, long notAttempted, IReadOnlyList<AssociationRemoval> results) =>
        Make(
            new AssociationRemovalException(reason.ErrorCode, StopText(reason, notAttempted, $"of the associations{(destination is null ? string.Empty : " in " + destination)} were not removed"), results),
            reason.IsFatal ? reason.ErrorCode : ErrorCodes.AssociationsNotRemoved,
            targetObject: null,
            targetName: null,
            reason.Advice,
            reason.IsFatal ? null : ErrorCategory.OperationStopped);

    /// <summary>An association in words that may be shown.</summary>
    /// <returns>Text such as <c>patch-web (AWS-RunPatchBaseline) on tag:Role=web, 33858bec-0c55-4547-a054-eb5fc0000000</c>.</returns>
    private static string Describe(AssociationRemoval result) =>
        AssociationText.Of(result.AssociationId, result.Name, result.AssociationName, result.Target);
}
