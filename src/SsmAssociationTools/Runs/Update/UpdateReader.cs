using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Content;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Validation;

namespace SsmAssociationTools.Runs.Update;

/// <summary>
/// Decides from what came through the pipeline which association is to be changed, and to what. Not safe for concurrent use;
/// one pipeline has one.
/// </summary>
internal sealed class UpdateReader
{
    private readonly ICollection<string> _cleared;
    private readonly bool _reverts;
    private readonly bool _changesRole;
    private readonly InputReader _inputs;
    private readonly IssueCollector _issues;
    private long _count;

    /// <summary>Makes a reader.</summary>
    /// <param name="changesRole">True where the command gives a dispatch role: an id alone says enough then.</param>
    public UpdateReader(ICollection<string> cleared, bool reverts, bool changesRole, bool strict, Func<string, bool>? isExcluded)
    {
        _cleared = cleared;
        _reverts = reverts;
        _changesRole = changesRole;
        _inputs = new InputReader(strict);
        _issues = new IssueCollector(strict, isExcluded);
    }

    /// <summary>Reads the next input.</summary>
    public UpdateItem Read(object? input)
    {
        long index = _count++;
        InputFacts facts = FactsOf(input);
        IReadOnlyList<EntryIssue> issues = _issues.Take(facts.Source);
        Guid? id = facts.AssociationId is { } text && AssociationIds.IsOne(text.Trim()) ? Guid.Parse(text.Trim()) : null;
        UpdateRefusal? refusal = _reverts ? JudgeRevert(facts) : Judge(facts);
        if (refusal is null && id is null)
        {
            refusal = Invalid(ErrorCodes.AssociationIdInvalid, "The input has no id of an association. An update needs a member AssociationId, such as 33858bec-0c55-4547-a054-eb5fc0000000.");
        }

        EntryIssue[] errors = _reverts || facts.Kind == InputKind.Id ? [] : issues.Where(static issue => issue.Level == IssueSeverity.Error).ToArray();
        if (errors.Length > 0 && (refusal is null || facts.Unreadable is not null))
        {
            refusal = Invalid(ErrorCodes.EntryInvalid, string.Join(" ", errors.Select(static error => error.Line)));
        }

        // A row that has an id beside some members says which of them to change; an association that was read says all of them.
        bool isWhole = facts.Kind == InputKind.Comparison || (facts.Kind == InputKind.Existing && (facts.IsLive || facts.IsEntryApart));
        AssociationEntry entry = (facts.Kind == InputKind.Id ? null : facts.Entry) ?? new AssociationEntry();
        if (refusal is null && !_reverts && !isWhole)
        {
            refusal = JudgeChanges(entry);
        }

        return new UpdateItem(index, input)
        {
            Id = id,
            Refusal = refusal,
            Whole = isWhole && !_reverts ? entry : null,
            Changes = isWhole || _reverts ? null : entry,
            Cleared = _cleared,
            RestoredVersion = _reverts ? facts.Result?.PreviousVersion : null,
            ExpectedVersion = facts.AssociationVersion,
            Issues = issues,
            Destination = new Gateway.Destination(facts.OwnRegion ?? facts.Region, facts.OwnRoleArn ?? facts.RoleArn),
            AccountId = facts.AccountId,
        };
    }

    /// <summary>A verdict, and a result of an update that was not made, stand for what they were made of.</summary>
    private InputFacts FactsOf(object? input)
    {
        InputFacts facts = _inputs.Read(input, _issues);
        for (int i = 0; i < ReadingContext.MaxDepth && facts is { IsLive: true, Own: EntryValidation { InputObject: { } judged } }; i++)
        {
            var verdict = (EntryValidation)facts.Own;
            _issues.Take();
            facts = _inputs.Read(judged, _issues, facts);
            _issues.AddMissing(verdict.Issues.Where(static issue => issue.Source == ServiceRules.Source));
        }

        bool isOpen = facts.Kind == InputKind.Result
            && facts.IsStatusRead
            && facts.StatusText is not (nameof(AssociationStatus.Created) or nameof(AssociationStatus.Existing) or nameof(AssociationStatus.Updated));
        if (_reverts || !isOpen || facts.Result?.InputObject is not { } origin)
        {
            return facts;
        }

        _issues.Take();
        return _inputs.Read(origin, _issues, facts);
    }

    private static UpdateRefusal? Judge(InputFacts facts)
    {
        if (facts.IsUnclear)
        {
            return Invalid(ErrorCodes.EntryInvalid, "The input cannot be read.");
        }

        switch (facts.Kind)
        {
            case InputKind.Comparison:
                return JudgeComparison(facts);
            case InputKind.Removal:
                return NotToBe("it is a result of Remove-SsmAssociationBatch. Pass an id with the members to change.");
            case InputKind.Start or InputKind.Outcome:
                return NotToBe("it tells how an association ran. Pass an id with the members to change.");
            case InputKind.Result when !facts.IsStatusRead:
                return NotToBe("the status of the result cannot be read.");
            default:
                return null;
        }
    }

    private static UpdateRefusal? JudgeComparison(InputFacts facts)
    {
        if (!StatusText.TryRead(facts.StatusText, out ComparisonStatus status))
        {
            return NotToBe("the status of the comparison cannot be read; only what is Changed is updated.");
        }

        return status switch
        {
            ComparisonStatus.Changed or ComparisonStatus.Same => null,
            ComparisonStatus.Missing => NotToBe("the comparison says Missing: there is nothing to change. Pipe it to New-SsmAssociationBatch."),
            _ => NotToBe("the comparison says Extra: no wanted entry belongs to it. Remove-SsmAssociationBatch removes it."),
        };
    }

    private static UpdateRefusal? JudgeRevert(InputFacts facts)
    {
        if (facts.Kind != InputKind.Result)
        {
            return NotToBe("-Revert takes results of Update- or Sync-SsmAssociationBatch.");
        }

        return facts.StatusText switch
        {
            nameof(AssociationStatus.Updated) when facts.Result?.PreviousVersion is null => NotToBe("the result does not say which version the association had before."),
            nameof(AssociationStatus.Updated) => null,
            nameof(AssociationStatus.Created) => NotToBe("that run created the association. Remove-SsmAssociationBatch takes it back."),
            nameof(AssociationStatus.Unknown) => NotToBe("it is not known whether that run changed the association. Look at it with Get-SsmAssociationEntry."),
            _ => NotToBe("that run did not change the association."),
        };
    }

    private UpdateRefusal? JudgeChanges(AssociationEntry changes)
    {
        if (!string.IsNullOrEmpty(changes.InstanceId))
        {
            return Invalid(ErrorCodes.EntryInvalid, "InstanceId: UpdateAssociation does not know this member. Use Targets with the key InstanceIds.");
        }

        return _cleared.Count == 0 && !_changesRole && !EntryOverlay.MembersOf(changes).Any()
            ? Invalid(ErrorCodes.EntryInvalid, "The input names no member to change. Give it the members with their new values, or name members to empty with -Clear.")
            : null;
    }

    private static UpdateRefusal NotToBe(string reason) => new(AssociationStatus.NotAttempted, ErrorCodes.NotToBeUpdated, "Not updated: " + reason);

    private static UpdateRefusal Invalid(string code, string message) => new(AssociationStatus.Invalid, code, message);
}
