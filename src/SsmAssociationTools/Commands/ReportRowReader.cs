using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Input;
using SsmAssociationTools.Reports;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Commands;

/// <summary>
/// Makes rows of what comes through the pipeline. Results and verdicts are taken as they are; anything else is read and
/// checked like the input of Test-SsmAssociationEntry, and is a row of a plan.
/// </summary>
internal sealed class ReportRowReader : IDisposable
{
    private readonly EntryIntake _intake = new(region: null, strict: false, isExcluded: null, skipRules: false, takesResultRegion: false, takesResultRole: false);
    private readonly InputReader _inputs = new();
    private readonly IssueCollector _issues = new();
    private long _count;

    /// <summary>Reads one input.</summary>
    /// <returns>The row, or null where the input is neither an entry nor anything that was made of one.</returns>
    public ReportRow? Read(object? input, out string? reason)
    {
        long index = _count++;
        reason = null;
        InputFacts facts = _inputs.Read(input, _issues);
        EntryIssue? unread = _issues.Take().FirstOrDefault(static issue => issue.Level == IssueSeverity.Error);
        if (facts.IsUnclear)
        {
            reason = unread!.Message;
            return null;
        }

        if (!facts.IsStatusRead)
        {
            reason = "This is a copy from a file or another session whose status cannot be read. Make the report where the objects were made, in the job for one.";
            return null;
        }

        if (facts.Unreadable is { } unreadable && facts.Result is null)
        {
            return new ReportRow(index, ReportStatus.Invalid, null)
            {
                Issues = unreadable.Issues,
                Source = unreadable.Source,
                Path = string.IsNullOrEmpty(unreadable.Path) ? null : unreadable.Path,
                ErrorCode = unreadable.Issues.Count == 0 ? unreadable.ErrorCode : null,
                Message = unreadable.Issues.Count == 0 ? unreadable.Message : null,
            };
        }

        switch (facts.Own)
        {
            case AssociationResult result:
                return OfResult(result);
            case EntryValidation validation when facts.IsLive || (!facts.HasLostEntry && (validation.Issues.Count > 0 || validation.NodeCount is not null)):
                return OfVerdict(validation.Index, validation.Entry, validation.Issues, validation.Entry?.Region, validation.NodeCount);
            case ExistingAssociation existing when facts.IsLive || facts.IsEntryApart:
                return OfExisting(index, existing);
            case AssociationComparison comparison:
                return OfComparison(index, comparison, facts);
            case AssociationRemoval removal:
                return OfRemoval(removal);
            case AssociationStart start:
                return OfStart(start, facts.Entry);
            case AssociationOutcome outcome:
                return OfOutcome(outcome, facts.Entry);
            default:
                return OfEntry(index, input, facts, out reason);
        }
    }

    public void Dispose() => _intake.Dispose();

    private static ReportRow OfResult(AssociationResult result)
    {
        bool isMade = result.State is AssociationStatus.Created or AssociationStatus.Updated;
        bool exists = isMade || result.State == AssociationStatus.Existing;
        bool isHeldBack = result.State == AssociationStatus.NotAttempted && result.ErrorCode == ErrorCodes.NotConfirmed;

        // The message of an invalid entry is the text of its problems, which have lines of their own.
        bool isTold = result.State == AssociationStatus.Invalid && EntryIntake.Errors(result.Issues) is not null;
        return new ReportRow(result.Index, ReportStatus.Of(result.State), result.Entry ?? Named(result.Name, result.AssociationName))
        {
            IsResult = true,
            HasRuns = exists || isHeldBack,
            IsNewContent = isMade || isHeldBack,
            ContentFrom = isMade ? result.Timestamp : null,
            CountedFrom = result.Date ?? (result.State == AssociationStatus.Created ? result.Timestamp : null),
            Issues = result.Issues,
            Source = result.Source,
            Region = result.Region,
            AccountId = result.AccountId,
            AssociationId = result.AssociationId,
            ErrorCode = isTold ? null : result.ErrorCode,
            Message = isTold ? null : result.State == AssociationStatus.Updated ? $"Version {result.PreviousVersion} to {result.AssociationVersion}. {result.Message}".TrimEnd() : result.Message,
            RecommendedAction = isTold ? null : result.RecommendedAction,
            RequestId = result.RequestId,
        };
    }

    private static ReportRow OfVerdict(long index, AssociationEntry? entry, IReadOnlyList<EntryIssue> issues, string? region, int? nodeCount = null)
    {
        ReportStatus status = ReportStatus.Of(entry, issues);
        return new ReportRow(index, status, entry) { HasRuns = status.IsPlanned, IsNewContent = true, Issues = issues, Region = region, NodeCount = nodeCount };
    }

    private static ReportRow OfExisting(long index, ExistingAssociation existing) => new(index, ReportStatus.Existing, existing.Entry)
    {
        IsResult = true,
        HasRuns = true,
        CountedFrom = existing.Date,
        Region = existing.Region,
        AccountId = existing.AccountId,
        AssociationId = existing.AssociationId,
    };

    /// <summary>A comparison is a plan: what is to be created, changed or removed, and what is the same.</summary>
    private ReportRow OfComparison(long index, AssociationComparison comparison, InputFacts facts)
    {
        AssociationEntry? entry = comparison.Entry ?? comparison.Existing?.Entry;
        if (entry is null || facts.HasLostEntry)
        {
            return new ReportRow(index, ReportStatus.NotAttempted, Named(facts.Name, facts.AssociationName)) { Region = comparison.Region, AccountId = comparison.AccountId, AssociationId = comparison.AssociationId, Message = $"{comparison.Status}; the copy has lost its entry." };
        }

        ReportStatus status = comparison.State switch
        {
            ComparisonStatus.Missing => ReportStatus.ToCreate,
            ComparisonStatus.Changed => ReportStatus.ToChange,
            ComparisonStatus.Extra => ReportStatus.ToRemove,
            _ => ReportStatus.Same,
        };
        IReadOnlyList<EntryIssue> issues = [];
        if (status.IsPlanned)
        {
            // What exists has been accepted by the service, whatever a rule says.
            issues = _intake.Take(entry).Issues;
            status = EntryIntake.Errors(issues) is null ? status : ReportStatus.Invalid;
        }

        string[] changes = comparison.Differences.Select(static difference => difference.ToChange("\u2192")).ToArray();
        return new ReportRow(index, status, entry)
        {
            HasRuns = status.IsPlanned || status == ReportStatus.Same,
            IsNewContent = status.IsPlanned,
            CountedFrom = comparison.Existing?.Date,
            Issues = issues,
            Region = comparison.Region,
            AccountId = comparison.AccountId,
            AssociationId = comparison.AssociationId,
            Message = changes.Length == 0 ? null : string.Join("; ", changes),
            Notice = NoticeOf(comparison),
        };
    }

    private static RowNotice? NoticeOf(AssociationComparison comparison) => comparison.State switch
    {
        ComparisonStatus.Changed => new RowNotice(
            nameof(ComparisonStatus.Changed),
            $"It exists, and differs in {string.Join(", ", comparison.Differences.Select(static difference => difference.Path))}.",
            "Sync-SsmAssociationBatch or Update-SsmAssociationBatch gives it the content of the entry. Where what exists is right, put it into the file."),
        ComparisonStatus.Extra => new RowNotice(
            nameof(ComparisonStatus.Extra),
            "It exists, and no entry wants it.",
            "Sync-SsmAssociationBatch with -Prune and -Scope, or Remove-SsmAssociationBatch, removes it. Where it is wanted, put it into the file."),
        _ => null,
    };

    /// <summary>What was removed runs no more, and what was not is told by name and id.</summary>
    private static ReportRow OfRemoval(AssociationRemoval removal) =>
        new(removal.Index, ReportStatus.Of(removal.State), new AssociationEntry { Name = removal.Name, AssociationName = removal.AssociationName })
        {
            IsResult = true,
            IsRemoval = true,
            TargetsText = removal.Target,
            Region = removal.Region,
            AccountId = removal.AccountId,
            AssociationId = removal.AssociationId,
            ErrorCode = removal.ErrorCode,
            Message = removal.Message,
            RecommendedAction = removal.RecommendedAction,
            RequestId = removal.RequestId,
        };

    private static ReportRow OfStart(AssociationStart start, AssociationEntry? entry) => new(start.Index, ReportStatus.Of(start.State), entry ?? Named(start.Name, start.AssociationName))
    {
        IsResult = true,
        HasRuns = entry is not null,
        TargetsText = start.Target,
        Region = start.Region,
        AccountId = start.AccountId,
        AssociationId = start.AssociationId,
        ErrorCode = start.ErrorCode,
        Message = start.Message,
        RecommendedAction = start.RecommendedAction,
        RequestId = start.RequestId,
    };

    /// <summary>What applied and what did not. What ended so tells of it by its nodes, and the report puts equal ends together.</summary>
    private static ReportRow OfOutcome(AssociationOutcome outcome, AssociationEntry? entry)
    {
        bool isFailed = outcome.State is OutcomeStatus.Failed or OutcomeStatus.TimedOut or OutcomeStatus.Cancelled or OutcomeStatus.ReachedNobody;
        return new ReportRow(outcome.Index, ReportStatus.Of(outcome.State), entry ?? Named(outcome.Name, outcome.AssociationName))
        {
            IsResult = true,
            HasRuns = entry is not null && outcome.State is not (OutcomeStatus.Deleted or OutcomeStatus.NotCreated),
            TargetsText = outcome.Target,
            Source = outcome.Source,
            Region = outcome.Region,
            AccountId = outcome.AccountId,
            AssociationId = outcome.AssociationId,
            ErrorCode = outcome.ErrorCode,
            Message = outcome.Message,
            Problem = isFailed && outcome.ErrorCode is not null ? ErrorCatalog.Find(outcome.ErrorCode).Meaning : null,
            RecommendedAction = outcome.RecommendedAction,
            NextRun = outcome.NextRun,
            Outcome = new ReportOutcome
            {
                IsApplied = outcome.State == OutcomeStatus.Success,
                IsFailed = isFailed,
                IsOpen = outcome.State is OutcomeStatus.Running or OutcomeStatus.Pending,
                Counts = outcome.Counts,
                Nodes = outcome.NodeCount ?? 0,
                AppliedNodes = outcome.StatusCounts.TryGetValue("Success", out int applied) ? applied
                    : outcome.StatusCounts.Count == 0 && outcome.State == OutcomeStatus.Success ? outcome.NodeCount ?? 0 : 0,
                FailedNodes = outcome.FailedNodeCount ?? 0,
                Version = outcome.AssociationVersion,
                ExecutionId = outcome.ExecutionId,
                Created = outcome.CreatedTime,
                Last = outcome.LastExecutionDate,
                NodeList = outcome.Nodes,
            },
        };
    }

    private ReportRow? OfEntry(long index, object? input, InputFacts facts, out string? reason)
    {
        reason = null;
        if (facts.HasLostEntry)
        {
            reason = "This is a copy from a file or another session, which has lost its entry. Make the report where the objects were made, in the job for one.";
            return null;
        }

        CheckedInput item = _intake.Take(input);
        if (item.Entry is null || EntryMembers.Of(item.Entry).Count == 0)
        {
            reason = (item.Entry is null ? EntryIntake.Errors(item.Issues) : null)
                ?? "An entry, a verdict of Test-SsmAssociationEntry or a result of New-SsmAssociationBatch was expected.";
            return null;
        }

        return OfVerdict(index, item.Entry, item.Issues, item.Destination.Region);
    }

    /// <summary>What is left of an entry that did not travel with its result.</summary>
    private static AssociationEntry? Named(string? name, string? associationName) =>
        name is null && associationName is null ? null : new AssociationEntry { Name = name, AssociationName = associationName };
}
