using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Start;

/// <summary>
/// Decides from what came through the pipeline which association is to run. Not safe for concurrent use; one pipeline has one.
/// </summary>
internal sealed class StartReader
{
    private readonly InputReader _inputs = new();
    private readonly IssueCollector _issues = new();
    private long _count;

    /// <summary>Reads the next input.</summary>
    public StartItem Read(object? input)
    {
        InputFacts facts = _inputs.Read(input, _issues);
        _issues.Take();
        InputFacts about = facts.Decisive;
        var item = new StartItem(_count++, input)
        {
            Name = facts.Name ?? about.Name,
            AssociationName = facts.AssociationName ?? about.AssociationName,
            Target = TargetText.Of(facts.Entry),
            Destination = new Destination(about.Region, about.RoleArn),
            AccountId = about.AccountId,
        };
        if (about.AssociationId is { } text)
        {
            if (AssociationIds.Read(text) is { } id)
            {
                item.Id = id;
            }
            else
            {
                item.Refusal = Invalid(AssociationIds.NotOne(text));
            }
        }

        item.Refusal ??= facts.IsUnclear ? Invalid("The input cannot be read.") : PlaceText.Problem(about) is { } place ? Invalid(place) : Judge(about, item);
        return item;
    }

    private static StartRefusal? Judge(InputFacts facts, StartItem item)
    {
        switch (facts.Kind)
        {
            case InputKind.Result when !facts.IsStatusRead:
            case InputKind.Comparison when !facts.IsStatusRead:
            case InputKind.Removal when !facts.IsStatusRead:
                return NotToBe("the status of the input cannot be read, so it is not clear whether there is an association to run.");
            case InputKind.Result:
                StatusText.TryRead(facts.StatusText, out AssociationStatus status);
                return status is AssociationStatus.Created or AssociationStatus.Existing or AssociationStatus.Updated
                    ? WhereMissing(item, facts)
                    : NotToBe($"the status of the result is {status}: what was meant is not there. To run the association as it is, pass its id alone.");
            case InputKind.Comparison:
                StatusText.TryRead(facts.StatusText, out ComparisonStatus comparison);
                return comparison == ComparisonStatus.Missing ? NotToBe("the comparison says Missing: there is nothing to run.") : WhereMissing(item, facts);
            case InputKind.Removal:
                StatusText.TryRead(facts.StatusText, out RemovalStatus removal);
                return removal is RemovalStatus.Removed or RemovalStatus.Absent ? NotToBe("the association is gone.") : WhereMissing(item, facts);
            case InputKind.Unreadable:
                return NotToBe($"the input stands for a row or a file that could not be read{(facts.Source is null ? string.Empty : " (" + facts.Source + ")")}.");
            default:
                return WhereMissing(item, facts);
        }
    }

    private static StartRefusal? WhereMissing(StartItem item, InputFacts facts) => item.Id is null ? Invalid(AssociationIds.WhyNone(facts)) : null;

    private static StartRefusal NotToBe(string reason) => new(StartStatus.NotAttempted, ErrorCodes.NotToBeStarted, "Not started: " + reason);

    private static StartRefusal Invalid(string message) => new(StartStatus.Failed, ErrorCodes.AssociationIdInvalid, message);
}
