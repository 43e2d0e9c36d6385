using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Follow;

/// <summary>
/// Decides from what came through the pipeline which association is followed, and which of its executions count. Not safe for
/// concurrent use; one pipeline has one.
/// </summary>
internal sealed class FollowReader
{
    private readonly InputReader _inputs = new();
    private readonly IssueCollector _issues = new();
    private long _count;

    /// <summary>Reads the next input.</summary>
    public FollowItem Read(object? input)
    {
        InputFacts facts = _inputs.Read(input, _issues);
        _issues.Take();
        InputFacts about = facts.Decisive;
        var item = new FollowItem(_count++, input)
        {
            Name = facts.Name ?? about.Name,
            AssociationName = facts.AssociationName ?? about.AssociationName,
            Source = facts.Source,
            Content = facts.Entry,
            Destination = new Destination(about.Region, about.RoleArn),
            AccountId = about.AccountId,
            Date = about.Result?.Date,
        };
        if (facts.IsUnclear)
        {
            item.Refusal = Unknown("The input cannot be read.");
            return item;
        }

        Judge(item, about);
        if (item.Refusal is null)
        {
            TakeId(item, about);
        }

        return item;
    }

    private static void TakeId(FollowItem item, InputFacts facts)
    {
        if (facts.AssociationId is { } text)
        {
            item.Id = AssociationIds.Read(text);
            item.Refusal = item.Id is null
                ? new FollowRefusal(OutcomeStatus.NotCreated, ErrorCodes.AssociationIdInvalid, AssociationIds.NotOne(text))
                : PlaceText.Problem(facts) is { } problem ? new FollowRefusal(OutcomeStatus.Unknown, ErrorCodes.AssociationIdInvalid, problem) : null;
        }
        else
        {
            // An entry stands for no association yet. A text that is no id is a mistake.
            bool isEntry = facts.Kind != InputKind.Entry || facts.Shape is Shape.Object or Shape.Bag;
            item.Refusal = isEntry
                ? NotCreated("The input has no association.")
                : new FollowRefusal(OutcomeStatus.NotCreated, ErrorCodes.AssociationIdInvalid, AssociationIds.WhyNone(facts));
        }
    }

    private static void Judge(FollowItem item, InputFacts facts)
    {
        if (!facts.IsStatusRead)
        {
            item.Refusal = Unknown("The status of the input cannot be read, so it is not clear which run it stands for. Pass the id alone to ask for the current one.");
            return;
        }

        switch (facts.Kind)
        {
            case InputKind.Result:
                JudgeResult(item, facts);
                break;
            case InputKind.Start:
                JudgeStart(item, facts);
                break;
            case InputKind.Outcome:
                JudgeOutcome(item, facts);
                break;
            case InputKind.Comparison when StatusText.TryRead(facts.StatusText, out ComparisonStatus status) && status == ComparisonStatus.Missing:
                item.Refusal = NotCreated("The comparison says Missing: there is no association.");
                break;
            case InputKind.Removal when StatusText.TryRead(facts.StatusText, out RemovalStatus status) && status is RemovalStatus.Removed or RemovalStatus.Absent:
                item.Id = facts.AssociationId is { } id ? AssociationIds.Read(id) : null;
                item.Refusal = new FollowRefusal(OutcomeStatus.Deleted, null, "The input says that the association is gone.");
                break;
            case InputKind.Unreadable:
                item.Refusal = NotCreated("The input stands for a row or a file that could not be read.");
                break;
        }
    }

    private static void JudgeResult(FollowItem item, InputFacts facts)
    {
        StatusText.TryRead(facts.StatusText, out AssociationStatus status);
        switch (status)
        {
            case AssociationStatus.Created:
                item.Basis = FollowKind.Version;
                item.Version = facts.AssociationVersion ?? "1";
                break;
            case AssociationStatus.Updated when facts.AssociationVersion is not null:
                item.Basis = FollowKind.Version;
                item.Version = facts.AssociationVersion;
                break;
            case AssociationStatus.Existing or AssociationStatus.Updated:
                break;
            case AssociationStatus.Unknown:
                item.Refusal = Unknown("It is not known whether the association was created or changed. Look for it first.");
                break;
            default:
                item.Refusal = NotCreated($"The status of the result is {status}: nothing was created or changed for it.");
                break;
        }
    }

    private static void JudgeStart(FollowItem item, InputFacts facts)
    {
        StatusText.TryRead(facts.StatusText, out StartStatus status);
        if (status is StartStatus.Failed or StartStatus.NotAttempted)
        {
            item.Refusal = NotCreated($"The status of the start is {status}: no run was started.");
        }
        else if (facts.StartedAfter is null)
        {
            item.Refusal = Unknown("The start does not say when it was, so that its run cannot be told from others. Pass the id alone to ask for the latest one.");
        }
        else
        {
            FollowStart(item, facts);
            item.IsUnclear = status == StartStatus.Unknown;
        }
    }

    /// <summary>An outcome is asked for again: the same version, or the same run.</summary>
    private static void JudgeOutcome(FollowItem item, InputFacts facts)
    {
        StatusText.TryRead(facts.StatusText, out OutcomeStatus status);
        if (status == OutcomeStatus.NotCreated)
        {
            item.Refusal = NotCreated("The outcome says NotCreated.");
        }
        else if (facts.StartedAfter is not null)
        {
            FollowStart(item, facts);
            item.ExecutionId = facts.ExecutionId;
        }
        else if (facts.AssociationVersion is not null)
        {
            item.Basis = FollowKind.Version;
            item.Version = facts.AssociationVersion;
        }
    }

    private static void FollowStart(FollowItem item, InputFacts facts)
    {
        item.Basis = FollowKind.Start;
        item.StartedAfter = facts.StartedAfter;
        item.StartedBefore = facts.StartedBefore ?? facts.StartedAfter!.Value.AddMinutes(1);
    }

    private static FollowRefusal NotCreated(string message) => new(OutcomeStatus.NotCreated, null, message);

    private static FollowRefusal Unknown(string message) => new(OutcomeStatus.Unknown, ErrorCodes.OutcomeUnknown, message);
}
