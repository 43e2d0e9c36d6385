using System;
using System.Collections.Generic;
using System.Management.Automation;
using SsmAssociationTools.Content;
using SsmAssociationTools.Reports;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Makes rows of what comes through the pipeline. Results and verdicts are taken as they are; anything else is read and
/// checked like the input of Test-SsmAssociationEntry, and is a row of a plan.
/// </summary>
internal sealed class ReportRowReader : IDisposable
{
    private readonly EntryIntake _intake = new(region: null, strict: false, isExcluded: null, skipRules: false, takesResultRegion: false, takesResultRole: false);
    private long _count;

    /// <summary>Reads one input.</summary>
    /// <returns>The row, or null where the input is neither an entry nor anything that was made of one.</returns>
    public ReportRow? Read(object? input, out string? reason)
    {
        long index = _count++;
        reason = null;
        switch ((input as PSObject)?.BaseObject ?? input)
        {
            case AssociationResult result:
                return OfResult(result);
            case EntryValidation validation:
                return OfVerdict(validation.Index, validation.Entry, validation.Issues, validation.Entry?.Region);
            case ExistingAssociation existing:
                return OfExisting(index, ReportStatus.Existing, existing);
            case AssociationComparison comparison:
                return OfComparison(index, comparison);
            case AssociationRemoval removal:
                return OfRemoval(removal);
            default:
                return OfEntry(index, input, out reason);
        }
    }

    public void Dispose() => _intake.Dispose();

    private static ReportRow OfResult(AssociationResult result)
    {
        bool exists = result.Status is AssociationStatus.Created or AssociationStatus.Existing;
        bool isHeldBack = result.Status == AssociationStatus.NotAttempted && result.ErrorCode == ErrorCodes.NotConfirmed;

        // The message of an invalid entry is the text of its problems, which have lines of their own.
        bool isTold = result.Status == AssociationStatus.Invalid && EntryIntake.Errors(result.Issues) is not null;
        return new ReportRow(result.Index, ReportStatus.Of(result.Status), result.Entry)
        {
            IsResult = true,
            HasRuns = exists || isHeldBack,
            CountedFrom = (result as AssociationSuccess)?.Date ?? (result.Status == AssociationStatus.Created ? result.Timestamp : null),
            Issues = result.Issues,
            Region = result.Region,
            AccountId = result.AccountId,
            AssociationId = result.AssociationId,
            ErrorCode = isTold ? null : result.ErrorCode,
            Message = isTold ? null : result.Message,
            RecommendedAction = isTold ? null : (result as AssociationFailure)?.RecommendedAction,
            RequestId = result.RequestId,
        };
    }

    private static ReportRow OfVerdict(long index, AssociationEntry? entry, IReadOnlyList<EntryIssue> issues, string? region)
    {
        ReportStatus status = ReportStatus.Of(entry, issues);
        return new ReportRow(index, status, entry) { HasRuns = status.IsPlanned, Issues = issues, Region = region };
    }

    private static ReportRow OfExisting(long index, ReportStatus status, ExistingAssociation existing, string? message = null) => new(index, status, existing.Entry)
    {
        Message = message,
        IsResult = true,
        HasRuns = true,
        CountedFrom = existing.Date,
        Region = existing.Region,
        AccountId = existing.AccountId,
        AssociationId = existing.AssociationId,
    };

    /// <summary>What is missing is a plan; the rest exists, as it is and not as it is wanted.</summary>
    private ReportRow? OfComparison(long index, AssociationComparison comparison)
    {
        if (comparison.Existing is not { } existing)
        {
            return OfEntry(index, comparison.Entry, out _);
        }

        ReportStatus status = comparison.Status switch
        {
            ComparisonStatus.Extra => ReportStatus.Extra,
            ComparisonStatus.Changed => ReportStatus.Changed,
            _ => ReportStatus.Existing,
        };
        return OfExisting(index, status, existing, comparison.Differences.Count == 0 ? null : string.Join("; ", comparison.Differences));
    }

    /// <summary>What was removed runs no more, and what was not is told by name and id.</summary>
    private static ReportRow OfRemoval(AssociationRemoval removal) =>
        new(removal.Index, ReportStatus.Of(removal.Status), new AssociationEntry { Name = removal.Name, AssociationName = removal.AssociationName })
        {
            IsResult = true,
            Region = removal.Region,
            AccountId = removal.AccountId,
            AssociationId = removal.AssociationId,
            ErrorCode = removal.ErrorCode,
            Message = removal.Message,
            RecommendedAction = removal.RecommendedAction,
            RequestId = removal.RequestId,
        };

    private ReportRow? OfEntry(long index, object? input, out string? reason)
    {
        reason = null;
        if (input is PSObject { TypeNames: { Count: > 0 } names } && names[0].StartsWith("Deserialized.SsmAssociationTools.", StringComparison.Ordinal))
        {
            reason = "This is a copy from another session, which has lost its entry. Make the report where the objects were made, in the job for one.";
            return null;
        }

        WorkItem item = _intake.Take(input);
        if (item.Entry is null || EntryMembers.Of(item.Entry).Count == 0)
        {
            reason = (item.Entry is null ? EntryIntake.Errors(item.Issues) : null)
                ?? "An entry, a verdict of Test-SsmAssociationEntry or a result of New-SsmAssociationBatch was expected.";
            return null;
        }

        return OfVerdict(index, item.Entry, item.Issues, item.Destination.Region);
    }
}
