using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Remove;

/// <summary>One input on its way from the pipeline to its result.</summary>
internal sealed class RemovalItem : RunItem<AssociationRemoval>
{
    public RemovalItem(long index, object? inputObject)
        : base(index, inputObject)
    {
    }

    /// <summary>Id of the association; null where none can be read.</summary>
    public Guid? Id { get; set; }

    /// <summary>The id as calls and results have it.</summary>
    public override string? AssociationId => Id?.ToString("D");

    /// <summary>
    /// The content with which the association was created, or that was read of it; null where the input does not tell, so
    /// that there is nothing to compare.
    /// </summary>
    public AssociationEntry? Content { get; set; }

    /// <summary>What a list says of the association, to be shown and not compared; null where the input does not tell.</summary>
    public AssociationEntry? Described { get; init; }

    /// <summary>Version of the association that had the content; null where the input does not tell.</summary>
    public string? AssociationVersion { get; set; }

    /// <summary>True where the association is removed only while it has that version.</summary>
    public bool IsBoundToVersion { get; init; }

    /// <summary>The document's name, as far as the input tells.</summary>
    public string? Name { get; set; }

    /// <summary>The association's descriptive name, as far as the input tells.</summary>
    public string? AssociationName { get; set; }

    /// <summary>Why the input is not to be removed; null where it is.</summary>
    public RemovalRefusal? Refusal { get; set; }

    /// <summary>How many inputs of the run with the same id and Region came before; counted for a journal only.</summary>
    public int Occurrence { get; set; }

    /// <summary>Calls to delete the association.</summary>
    public int Attempts { get; set; }

    /// <summary>True once the journal has the intent to delete it.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>True when a call to delete it was not answered clearly, in this run or in an earlier one of the journal.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>True once the service has described the association, so that a later "does not exist" means that it is gone.</summary>
    public bool WasSeen { get; set; }

    /// <summary>The service's id of the last call that failed.</summary>
    public string? RequestId { get; set; }

    public override IReadOnlyList<object> ExclusionKeys => [Id!.Value];

    public override RunVerdict Verdict => Result switch
    {
        { State: RemovalStatus.Removed or RemovalStatus.Absent } => RunVerdict.Succeeded,
        { State: RemovalStatus.NotAttempted, ErrorCode: ErrorCodes.EntryNotAttempted } => RunVerdict.Stopped,
        { ErrorCode: ErrorCodes.NotConfirmed or ErrorCodes.NotToBeRemoved } => RunVerdict.LeftOut,
        _ => RunVerdict.Failed,
    };

    public override Enum Status => Result?.State ?? RemovalStatus.NotAttempted;
}
