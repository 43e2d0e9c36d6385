using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Create;

/// <summary>
/// What an input says of its own association, where that is enough to send nothing: a result, a removal or a comparison that
/// names an association, or whose status cannot be read.
/// </summary>
internal sealed class Standing
{
    private readonly AssociationStatus _status;
    private readonly string? _code;
    private readonly string? _message;
    private readonly string? _associationId;
    private readonly string? _version;

    private Standing(InputFacts facts, AssociationStatus status, string? code, string? message)
    {
        Facts = facts;
        _status = status;
        _code = code;
        _message = message;
        _associationId = facts.AssociationId;
        _version = facts.AssociationVersion;
    }

    /// <summary>What the input, or what a verdict was made of, says.</summary>
    public InputFacts Facts { get; }

    /// <summary>Looks at an input.</summary>
    /// <param name="looksFirst">True where the run looks for an entry before it sends it, so that what is unknown may be tried.</param>
    /// <returns>Null for an input that is to be sent.</returns>
    public static Standing? Of(InputFacts input, bool looksFirst)
    {
        InputFacts facts = input.Decisive;
        return facts.Kind switch
        {
            InputKind.Comparison or InputKind.Result or InputKind.Removal when !facts.IsStatusRead => new Standing(facts, AssociationStatus.Invalid, null, Unclear(facts)),
            InputKind.Comparison => OfComparison(facts),
            InputKind.Result => OfResult(facts, looksFirst),
            InputKind.Removal => OfRemoval(facts),
            InputKind.Start or InputKind.Outcome when facts.AssociationId is not null =>
                new Standing(facts, AssociationStatus.Existing, null, $"The input speaks of an association that exists{Id(facts)}; nothing was created. Pipe an entry to create one."),
            InputKind.Start or InputKind.Outcome => new Standing(facts, AssociationStatus.Invalid, null, "The input is what became of another input, and has no association. Pass the entry itself."),
            _ => null,
        };
    }

    /// <summary>The result of the input, for which no call is made.</summary>
    public AssociationResult ResultOf(WorkItem item, Outcome outcome)
    {
        item.AccountId = Facts.AccountId;
        AssociationResult result = _status switch
        {
            AssociationStatus.Existing => outcome.Existing(item, new Gateway.AssociationRecord { AssociationId = _associationId, AssociationVersion = _version }),
            AssociationStatus.Invalid => outcome.Invalid(item, _message!),
            AssociationStatus.Unknown => outcome.Unknown(item, _code!, _message),
            _ => outcome.NotMissing(item, _code!, _message!),
        };
        result.AssociationId = _associationId;
        result.Message = _message ?? result.Message;
        return result;
    }

    private static Standing? OfComparison(InputFacts facts)
    {
        string id = Id(facts);
        StatusText.TryRead(facts.StatusText, out ComparisonStatus status);
        return status switch
        {
            ComparisonStatus.Missing when facts.AssociationId is null => null,
            ComparisonStatus.Changed => new Standing(facts, AssociationStatus.NotAttempted, ErrorCodes.AssociationDiffers, $"Not created: an association of this name exists with other content{id}. Change or remove it first; Differences of the comparison has the members."),
            ComparisonStatus.Extra => new Standing(facts, AssociationStatus.NotAttempted, ErrorCodes.AssociationNotWanted, $"Nothing to create: the association exists{id} and no wanted entry belongs to it. Remove-SsmAssociationBatch removes it."),
            _ => new Standing(facts, AssociationStatus.Existing, null, null),
        };
    }

    private static Standing? OfResult(InputFacts facts, bool looksFirst)
    {
        StatusText.TryRead(facts.StatusText, out AssociationStatus status);
        if (facts.AssociationId is not null)
        {
            return facts.ErrorCode == ErrorCodes.AssociationDiffers
                ? new Standing(facts, AssociationStatus.NotAttempted, ErrorCodes.AssociationDiffers, $"Not created: an association of this name exists with other content{Id(facts)}. Pipe the Entry of the result to create it all the same.")
                : new Standing(facts, AssociationStatus.Existing, null, $"The result already has an association{Id(facts)}; nothing was created. Pipe its Entry to create another one.");
        }

        return status switch
        {
            AssociationStatus.Created or AssociationStatus.Existing => new Standing(facts, AssociationStatus.Invalid, null, $"Status: the result says {status} and has no AssociationId, so nothing is created for it. Pipe its Entry to create it."),
            AssociationStatus.Unknown when !looksFirst => new Standing(facts, AssociationStatus.Unknown, facts.ErrorCode ?? ErrorCodes.EntryNotReported, "It is not known whether an earlier run created the association, and nothing was sent. Run again with -IfExists Skip, which looks for it first, or pipe the Entry of the result to create it all the same."),
            _ => null,
        };
    }

    private static Standing? OfRemoval(InputFacts facts)
    {
        if (facts.AssociationId is null)
        {
            return null;
        }

        StatusText.TryRead(facts.StatusText, out RemovalStatus status);
        return status switch
        {
            RemovalStatus.Removed or RemovalStatus.Absent => new Standing(facts, AssociationStatus.NotAttempted, ErrorCodes.AssociationRemoved, $"Not created: the association{Id(facts)} is gone, and what removed it does not ask for another one. Pipe its Entry to create it again."),
            RemovalStatus.Unknown => new Standing(facts, AssociationStatus.NotAttempted, ErrorCodes.AssociationRemoved, $"Not created: it is not known whether the association{Id(facts)} is still there. Pipe its Entry to create another one."),
            _ => new Standing(facts, AssociationStatus.Existing, null, $"The removal says that its association{Id(facts)} is still there; nothing was created. Pipe its Entry to create another one."),
        };
    }

    private static string Unclear(InputFacts facts)
    {
        (string what, string known) = facts.Kind switch
        {
            InputKind.Comparison => ("a comparison", "Missing, Extra, Changed or Same"),
            InputKind.Removal => ("a removal", "Removed, Absent, Changed, Failed, Invalid, Unknown or NotAttempted"),
            _ => ("a result", "Created, Existing, Failed, Invalid, Unknown or NotAttempted"),
        };
        return facts.StatusText is { } text
            ? $"Status: {MessageText.Of(text)} is no status of {what} ({known}), so nothing is created for it. Correct it, or pass the entry itself."
            : $"Status: the input is a copy of {what} without a status ({known}), so nothing is created for it. Pass the entry itself.";
    }

    private static string Id(InputFacts facts) => facts.AssociationId is null ? string.Empty : $" ({facts.AssociationId})";
}
