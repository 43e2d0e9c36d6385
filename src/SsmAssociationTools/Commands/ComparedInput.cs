using System;
using System.Management.Automation;
using SsmAssociationTools.Batching;
using SsmAssociationTools.Gateway;

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

    /// <summary>The wanted entry; null for an extra association, and for a comparison of another session.</summary>
    public AssociationEntry? Entry { get; }

    /// <summary>Id of the association that exists; null where it is not known.</summary>
    public string? AssociationId { get; }

    /// <summary>Region and role that were compared with.</summary>
    public Destination Place { get; }

    /// <summary>The account that was compared with.</summary>
    public string? AccountId { get; }

    /// <summary>Recognises a comparison that asks for nothing to be created, also one of another session.</summary>
    /// <param name="input">What came through the pipeline.</param>
    /// <returns>The comparison; null for anything else, and for what is missing.</returns>
    public static ComparedInput? Of(object? input)
    {
        if (((input as PSObject)?.BaseObject ?? input) is AssociationComparison comparison)
        {
            return comparison.Status == ComparisonStatus.Missing
                ? null
                : new ComparedInput(comparison.Status, comparison.Entry, comparison.AssociationId, new Destination(comparison.Region, comparison.RoleArn), comparison.AccountId);
        }

        return input is PSObject { TypeNames: { Count: > 0 } names } bag
            && names[0] == "Deserialized." + typeof(AssociationComparison).FullName
            && Enum.TryParse(Text(bag, nameof(Status)), out ComparisonStatus status)
            && status != ComparisonStatus.Missing
            ? new ComparedInput(status, null, Text(bag, nameof(AssociationId)), new Destination(Text(bag, nameof(AssociationComparison.Region)), Text(bag, nameof(AssociationComparison.RoleArn))), Text(bag, nameof(AccountId)))
            : null;
    }

    /// <summary>Hands the run the result.</summary>
    /// <param name="run">The run.</param>
    /// <param name="item">The input with its place.</param>
    public void Settle(AssociationRun run, WorkItem item)
    {
        item.AccountId = AccountId;
        switch (Status)
        {
            case ComparisonStatus.Same:
                run.AddExisting(item, new AssociationRecord { AssociationId = AssociationId });
                break;
            case ComparisonStatus.Changed:
                run.AddNotMissing(item, ErrorCodes.AssociationDiffers, $"Not created: an association of this name exists with other content{Id}. Change or remove it first; Differences of the comparison has the members.");
                break;
            default:
                run.AddNotMissing(item, ErrorCodes.AssociationNotWanted, $"Nothing to create: the association exists{Id} and no wanted entry belongs to it. Remove-SsmAssociationBatch removes it.");
                break;
        }
    }

    private string Id => AssociationId is null ? string.Empty : $" ({AssociationId})";

    private static string? Text(PSObject bag, string name) => bag.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
