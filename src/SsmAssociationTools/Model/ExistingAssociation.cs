using System;
using SsmAssociationTools.Model;

namespace SsmAssociationTools;

/// <summary>
/// An association as the service has it: the output of Get-SsmAssociationEntry. It can be piped to New-SsmAssociationBatch,
/// Export-SsmAssociationEntry and Compare-SsmAssociationEntry, which take its <see cref="Entry"/>, and to
/// Remove-SsmAssociationBatch, which takes its <see cref="AssociationId"/>.
/// </summary>
public sealed class ExistingAssociation
{
    internal ExistingAssociation(string associationId, AssociationEntry entry)
    {
        AssociationId = associationId;
        Entry = entry;
    }

    /// <summary>Id of the association; empty only where it was given to Compare-SsmAssociationEntry without one.</summary>
    public string AssociationId { get; }

    /// <summary>
    /// Its content as an entry, without what the service fills in by itself. Names no Region, so that it can be sent to
    /// another one.
    /// </summary>
    public AssociationEntry Entry { get; }

    /// <summary>
    /// The whole entry as one JSON text, with the values of Parameters: what Export-Csv and ConvertTo-Json without -Depth leave whole, so
    /// that it can be read back; null without an entry.
    /// </summary>
    public EntryText? EntryJson => EntryText.Of(Entry);

    /// <summary>The document's name.</summary>
    public string? Name => Entry.Name;

    /// <summary>The association's descriptive name.</summary>
    public string? AssociationName => Entry.AssociationName;

    /// <summary>What the association runs on, in short.</summary>
    public string Target => TargetText.Of(Entry);

    /// <summary>Version of the association.</summary>
    public string? AssociationVersion { get; internal set; }

    /// <summary>What the service says of its runs, such as Success, Pending or Failed; null where it says nothing.</summary>
    public string? Status { get; internal set; }

    /// <summary>More on the status, as the service says it; null where it says nothing.</summary>
    public string? DetailedStatus { get; internal set; }

    /// <summary>When it was created, in UTC.</summary>
    public DateTime? Date { get; internal set; }

    /// <summary>When it was last changed, in UTC; null where the service does not say.</summary>
    public DateTime? LastUpdateAssociationDate { get; internal set; }

    /// <summary>When it last ran, in UTC; null while it has not.</summary>
    public DateTime? LastExecutionDate { get; internal set; }

    /// <summary>
    /// ARN of the role with which its runs are dispatched; null for the service's own. It belongs to the call that created
    /// it and is no part of the entry: give it again as -AssociationDispatchAssumeRole.
    /// </summary>
    public string? AssociationDispatchAssumeRole { get; internal set; }

    /// <summary>The Region that it is in.</summary>
    public string? Region { get; internal set; }

    /// <summary>The account that it is in, 12 digits; null where the credentials do not tell.</summary>
    public string? AccountId { get; internal set; }

    /// <summary>ARN of the role through which it was read; null where no role was assumed for it.</summary>
    public string? RoleArn { get; internal set; }

    /// <summary>Content and id in a line.</summary>
    /// <returns>Text such as <c>patch-web (AWS-RunPatchBaseline) 33858bec-0c55-4547-a054-eb5fc0000000</c>.</returns>
    public override string ToString() => VisibleText.Of($"{Entry} {AssociationId}");
}
