using System;
using System.Collections;
using System.Management.Automation;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.Commands;

/// <summary>
/// A comparison that comes in where entries are created: only what is missing is, and the others are settled without a
/// call.
/// </summary>
internal sealed class ComparedInput
{
    private ComparedInput(ComparisonStatus status, AssociationEntry? entry, string? associationId, Destination place, string? accountId)
    {
        Status = status;
        Entry = entry;
        AssociationId = associationId;
        Place = place;
        AccountId = accountId;
    }

    /// <summary>Same, Changed or Extra.</summary>
    public ComparisonStatus Status { get; }

    /// <summary>The wanted entry; null for an extra association, and for a comparison that is no longer an object of this module.</summary>
    public AssociationEntry? Entry { get; }

    /// <summary>Id of the association that exists; null where it is not known.</summary>
    public string? AssociationId { get; }

    /// <summary>Region and role that were compared with.</summary>
    public Destination Place { get; }

    /// <summary>The account that was compared with.</summary>
    public string? AccountId { get; }

    /// <summary>Recognises a comparison that asks for nothing to be created, also one of another session or of JSON.</summary>
    public static ComparedInput? Of(object? input)
    {
        if (((input as PSObject)?.BaseObject ?? input) is AssociationComparison comparison)
        {
            return comparison.Status == ComparisonStatus.Missing
                ? null
                : new ComparedInput(comparison.Status, comparison.Entry, comparison.AssociationId, new Destination(comparison.Region, comparison.RoleArn), comparison.AccountId);
        }

        // Differences comes first: hardly any other input has it.
        return Value(input, nameof(AssociationComparison.Differences), out _)
            && Value(input, nameof(AssociationComparison.Existing), out _)
            && Enum.TryParse(Text(input, nameof(Status)), out ComparisonStatus status)
            && status is ComparisonStatus.Same or ComparisonStatus.Changed or ComparisonStatus.Extra
            ? new ComparedInput(status, null, Text(input, nameof(AssociationId)), new Destination(Text(input, nameof(AssociationComparison.Region)), Text(input, nameof(AssociationComparison.RoleArn))), Text(input, nameof(AccountId)))
            : null;
    }

    /// <summary>The result of the input, for which no call is made.</summary>
    public AssociationResult ResultOf(WorkItem item, Outcome outcome)
    {
        item.AccountId = AccountId;
        return Status switch
        {
            ComparisonStatus.Same => outcome.Existing(item, new AssociationRecord { AssociationId = AssociationId }),
            ComparisonStatus.Changed => outcome.NotMissing(item, ErrorCodes.AssociationDiffers, $"Not created: an association of this name exists with other content{Id}. Change or remove it first; Differences of the comparison has the members."),
            _ => outcome.NotMissing(item, ErrorCodes.AssociationNotWanted, $"Nothing to create: the association exists{Id} and no wanted entry belongs to it. Remove-SsmAssociationBatch removes it."),
        };
    }

    private string Id => AssociationId is null ? string.Empty : $" ({AssociationId})";

    private static string? Text(object? input, string name) =>
        Value(input, name, out object? value) && value?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A member of a comparison that came through a job, a file or JSON, which writes Status as a number.</summary>
    private static bool Value(object? input, string name, out object? value)
    {
        value = null;
        switch ((input as PSObject)?.BaseObject ?? input)
        {
            case IDictionary members when members.Contains(name):
                value = members[name];
                return true;
            case PSCustomObject when ((PSObject)input!).Properties[name] is { } property:
                value = property.Value;
                return true;
            default:
                return false;
        }
    }
}
