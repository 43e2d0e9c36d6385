using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>
/// Decides from what came through the pipeline which association is to be removed, and what is known of it. Not safe for
/// concurrent use; one pipeline has one.
/// </summary>
internal sealed class RemovalReader
{
    private readonly bool _needsContent;
    private readonly InputReader _inputs = new();
    private readonly IssueCollector _issues = new();
    private long _count;

    public RemovalReader(bool needsContent) => _needsContent = needsContent;

    /// <summary>Reads the next input.</summary>
    public RemovalItem Read(object? input)
    {
        var item = new RemovalItem(_count++, input);
        InputFacts facts = _inputs.Read(input, _issues);
        IReadOnlyList<EntryIssue> issues = _issues.Take();
        EntryIssue? error = issues.FirstOrDefault(static issue => issue.Level == IssueSeverity.Error);
        item.Name = facts.Name;
        item.AssociationName = facts.AssociationName;
        item.AssociationVersion = facts.AssociationVersion;
        item.Destination = new Destination(facts.Region, facts.RoleArn);
        item.AccountId = facts.AccountId;
        if (facts.IsUnclear)
        {
            Refuse(item, error!.Message);
            return item;
        }

        if (facts.AssociationId is not null)
        {
            TakeId(item, facts.AssociationId);
        }

        if (PlaceText.Problem(facts) is { } problem)
        {
            Refuse(item, problem);
        }

        TakeContent(item, facts, error);
        if (item.Refusal is null)
        {
            Judge(item, facts);
        }

        return item;
    }

    /// <summary>
    /// What is compared before deleting is a content that the input holds as a whole. A row of somebody's own that has an id
    /// beside some members says which association is meant, not what is in it.
    /// </summary>
    private void TakeContent(RemovalItem item, InputFacts facts, EntryIssue? error)
    {
        InputFacts? source = facts;
        while (source is { Kind: InputKind.Removal })
        {
            source = source.Origin;
        }

        if (source is not { Kind: not (InputKind.Id or InputKind.Entry), HasLostEntry: false } || !(source.IsLive || source.IsEntryApart))
        {
            return;
        }

        if (facts.Entry is not null && error is null)
        {
            item.Content = facts.Entry;
        }
        else if (!facts.IsLive && _needsContent)
        {
            Refuse(item, $"Entry: the content cannot be read, so that it cannot be compared ({error?.Path}: {error?.Message}). A file of JSON needs ConvertTo-Json -Depth 10. Pass the id alone, or -Force, to remove the association without a comparison.");
        }
    }

    private static void Judge(RemovalItem item, InputFacts facts)
    {
        switch (facts.Kind)
        {
            case InputKind.Result:
                JudgeResult(item, facts);
                break;
            case InputKind.Comparison:
                JudgeComparison(item, facts);
                break;
            case InputKind.Removal:
                JudgeRemoval(item, facts);
                break;
            case InputKind.Unreadable:
                item.Refusal = NotToBeRemoved($"The input stands for a row or a file that could not be read{(facts.Source is null ? string.Empty : " (" + facts.Source + ")")}.");
                break;
            default:
                if (item.Id is null)
                {
                    Refuse(item, AssociationIds.WhyNone(facts));
                }

                break;
        }
    }

    private static void JudgeResult(RemovalItem item, InputFacts facts)
    {
        AssociationStatus status = StatusText.TryRead(facts.StatusText, out AssociationStatus read) ? read : AssociationStatus.Unknown;
        switch (status)
        {
            case AssociationStatus.Created when item.Id is null:
                Refuse(item, "The result has no AssociationId.");
                break;

            case AssociationStatus.Created:
                break;

            case AssociationStatus.Existing:
                item.Refusal = NotToBeRemoved("The association was there before that run, which did not create it.");
                break;

            case AssociationStatus.Unknown:
                item.Refusal = NotToBeRemoved("It is not known whether that run created the association. It may exist: look for it, and pass its id.");
                break;

            default:
                item.Refusal = NotToBeRemoved($"The status of the entry is {status}: that run created no association for it.");
                break;
        }
    }

    private static void JudgeComparison(RemovalItem item, InputFacts facts)
    {
        if (!StatusText.TryRead(facts.StatusText, out ComparisonStatus status))
        {
            item.Refusal = NotToBeRemoved("The status of the comparison cannot be read; only what is Extra is removed.");
        }
        else if (status != ComparisonStatus.Extra)
        {
            item.Refusal = NotToBeRemoved($"The comparison says {status}; only what is Extra is removed.");
        }
        else if (item.Id is null)
        {
            Refuse(item, "The comparison has no AssociationId.");
        }
    }

    /// <summary>A result of this command stands for its input, as far as that is known.</summary>
    private static void JudgeRemoval(RemovalItem item, InputFacts facts)
    {
        if (facts.Origin is { } origin)
        {
            Judge(item, origin);
        }
        else if (facts.ErrorCode == ErrorCodes.NotToBeRemoved)
        {
            item.Refusal = NotToBeRemoved("The input says that an earlier run had reason not to remove it.");
        }
        else if (!facts.IsStatusRead)
        {
            item.Refusal = NotToBeRemoved("The status of the input cannot be read: an earlier run may have had reason not to remove it.");
        }
        else if (item.Id is null)
        {
            Refuse(item, AssociationIds.WhyNone(facts));
        }
    }

    private static void TakeId(RemovalItem item, string text)
    {
        item.Id = AssociationIds.Read(text);
        if (item.Id is null)
        {
            Refuse(item, AssociationIds.NotOne(text));
        }
    }

    private static RemovalRefusal NotToBeRemoved(string reason) => new(RemovalStatus.NotAttempted, ErrorCodes.NotToBeRemoved, "Not removed: " + char.ToLowerInvariant(reason[0]) + reason.Substring(1));

    private static void Refuse(RemovalItem item, string message) => item.Refusal ??= new RemovalRefusal(RemovalStatus.Invalid, ErrorCodes.AssociationIdInvalid, message);
}
