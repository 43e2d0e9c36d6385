using System;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rehearsal;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Journal;

namespace SsmAssociationTools.Commands.Output;

/// <summary>Makes every error record of the module: stable id, true category, the user's input as target, what to do.</summary>
internal static partial class ErrorRecords
{
    /// <summary>An entry that failed, is invalid or unknown.</summary>
    /// <param name="results">The results that the error carries: all of them where it ends the run.</param>
    public static ErrorRecord Entry(AssociationResult failure, IReadOnlyList<AssociationResult> results)
    {
        string code = failure.ErrorCode!;
        string what = failure.Entry is { Name: null } ? "Input" : "Entry";
        string message = $"{what} {failure.Index}{Place(failure.Source)} ({Describe(failure)}): {failure.Message}";
        return Make(new AssociationBatchException(code, message, results), code, failure.InputObject, Describe(failure), failure.RecommendedAction);
    }

    /// <summary>An entry that breaks a rule, where nothing is sent anyway.</summary>
    public static ErrorRecord InvalidEntry(WorkItem item, string errors)
    {
        var failure = new AssociationFailure
        {
            Index = item.Index,
            State = AssociationStatus.Invalid,
            ErrorCode = ErrorCodes.EntryInvalid,
            Message = errors,
            RecommendedAction = ErrorCatalog.Find(ErrorCodes.EntryInvalid).RecommendedAction,
            Timestamp = SystemTime.UtcNow,
            Issues = item.Issues,
            Entry = item.Entry,
            InputObject = item.Entry,
        };
        string name = Describe(failure);
        return Make(new AssociationBatchException(ErrorCodes.EntryInvalid, $"Entry {name}{Place(item.Entry?.Source ?? item.Facts?.Source)}: {errors}", [failure]), ErrorCodes.EntryInvalid, item.Entry ?? item.InputObject, name, failure.RecommendedAction);
    }

    /// <summary>A run that sent nothing more.</summary>
    public static ErrorRecord Stopped(StopReason reason, Destination? destination, long notAttempted, IReadOnlyList<AssociationResult> results)
    {
        string message = StopText(reason, notAttempted, $"of the entries{(destination is null ? string.Empty : " for " + destination)} were not attempted");
        return Make(
            new AssociationBatchException(reason.ErrorCode, message, results),
            reason.IsFatal ? reason.ErrorCode : ErrorCodes.EntriesNotAttempted,
            targetObject: null,
            targetName: null,
            reason.Advice,
            reason.IsFatal ? null : ErrorCategory.OperationStopped);
    }

    /// <summary>No connection: no Region or no credentials.</summary>
    public static ErrorRecord Connection(GatewayException error) =>
        Make(
            new AssociationBatchException(error.ErrorCode, error.Message, [], error.InnerException),
            error.ErrorCode,
            targetObject: null,
            targetName: null,
            ErrorCatalog.IsLookFirst(error.ErrorCode) ? "Nothing was sent. Run the command again." : ErrorCatalog.Advice(error.ErrorCode, error.Message, error.Operation));

    /// <summary>A journal that cannot be used.</summary>
    public static ErrorRecord Journal(JournalException error, string path) =>
        Make(new AssociationBatchException(error.ErrorId, error.Message, [], error.InnerException), error.ErrorId, path, path, ErrorCatalog.Find(error.ErrorId).RecommendedAction);

    /// <summary>An endpoint that is not used. Its address may hold a password, and is shown without.</summary>
    public static ErrorRecord InvalidEndpoint(string endpointUrl, string reason)
    {
        string shown = MessageText.Address(endpointUrl);
        return new(new PSArgumentException($"The endpoint '{shown}' {reason}", nameof(endpointUrl)), ErrorCodes.InvalidEndpointUrl, ErrorCategory.InvalidArgument, shown);
    }

    /// <summary>A parameter with a value that breaks a rule.</summary>
    public static ErrorRecord InvalidParameter(string parameterName, object? value, string message) =>
        new(new PSArgumentException(VisibleText.Of(message), parameterName), "Invalid" + parameterName, ErrorCategory.InvalidArgument, value is string text ? VisibleText.Of(text) : value);

    /// <summary>An embedded endpoint that could not be started.</summary>
    public static ErrorRecord LocalEndpoint(LocalEndpointException error) =>
        new(new InvalidOperationException(error.Message, error.InnerException), error.ErrorId, ErrorCategory.OpenError, targetObject: null);

    /// <summary>The file and line of an entry, as messages name it.</summary>
    /// <returns>Text such as <c> (fleet.csv:12)</c>; empty for an entry that comes from no file.</returns>
    public static string Place(string? source) => source is null ? string.Empty : $" ({source})";

    /// <summary>The file and line of an entry, as messages name it.</summary>
    public static string Place(AssociationEntry? entry) => entry?.Source is string source ? $" ({source})" : string.Empty;

    /// <summary>Makes a record.</summary>
    public static ErrorRecord Make(
        Exception exception,
        string errorId,
        object? targetObject,
        string? targetName,
        string? recommendedAction,
        ErrorCategory? category = null)
    {
        var record = new ErrorRecord(exception, errorId, category ?? ErrorCatalog.Find(errorId).Category, targetObject)
        {
            ErrorDetails = new ErrorDetails(VisibleText.Of(exception.Message)) { RecommendedAction = recommendedAction },
        };

        // PowerShell would put the target's text here, and that of an object holds its properties, parameters included.
        record.CategoryInfo.TargetName = VisibleText.Of(targetName);
        return record;
    }

    /// <summary>The text of a stop. The call that was refused may have been the last one, so that nothing was left undone.</summary>
    private static string StopText(StopReason reason, long count, string undone) =>
        count == 0 ? "The run ended: " + reason.Cause : $"{count} {undone}. {reason.Message}";

    private static string Describe(AssociationResult result)
    {
        if (result.Entry is null)
        {
            return result.Name is null && result.AssociationName is null ? "unreadable input" : new AssociationEntry { Name = result.Name, AssociationName = result.AssociationName }.ToString();
        }

        string target = result.Target;
        if (result.Entry.Name is null)
        {
            // Some members of an association that its id names; what else it has was not read.
            return AssociationText.Of(result.AssociationId, null, result.AssociationName, target);
        }

        return target.Length == 0 ? result.Entry.ToString() : $"{result.Entry} on {target}";
    }
}
