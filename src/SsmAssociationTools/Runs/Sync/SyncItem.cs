using System;
using System.Collections.Generic;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;
using SsmAssociationTools.Runs.Create;
using SsmAssociationTools.Runs.Update;

namespace SsmAssociationTools.Runs.Sync;

/// <summary>One wanted entry in one place, on its way to its result: it is created or changed, or stays as it is.</summary>
internal sealed class SyncItem : RunItem<AssociationResult>
{
    public SyncItem(WorkItem creation)
        : base(creation.Index, creation.InputObject)
    {
        Creation = creation;
        Destination = creation.Destination;
    }

    /// <summary>The entry as it would be created.</summary>
    public WorkItem Creation { get; }

    /// <summary>What the input is besides an entry, such as a comparison that somebody approved.</summary>
    public InputFacts? Facts { get; init; }

    /// <summary>Where it stands in the plan of its place; null while there is none.</summary>
    public SyncWanted? Planned { get; set; }

    /// <summary>The members in which its association differs; empty where there is none, or it is the same.</summary>
    public IReadOnlyList<MemberDifference> Differences { get; set; } = [];

    /// <summary>The change; null unless its association is there and differs.</summary>
    public UpdateItem? Change { get; set; }

    /// <summary>The result that is known before anything is done; null where something is to be done.</summary>
    public AssociationResult? Known { get; set; }

    public override IReadOnlyList<object> ExclusionKeys => Change is null ? Creation.ExclusionKeys : Change.ExclusionKeys;

    /// <summary>True where its association is, or would be, as it should be.</summary>
    public bool IsAsWanted => Verdict == RunVerdict.Succeeded || (IsPlanned && Result?.ErrorCode == ErrorCodes.NotConfirmed);

    /// <summary>True where nothing is done, and what would be done is only told.</summary>
    public bool IsPlanned { get; init; }

    public override int BatchKind => Change is null ? 0 : 1;

    public override RunVerdict Verdict => Result switch
    {
        { State: AssociationStatus.Created or AssociationStatus.Updated or AssociationStatus.Existing } => RunVerdict.Succeeded,
        { State: AssociationStatus.NotAttempted, ErrorCode: ErrorCodes.EntryNotAttempted } => RunVerdict.Stopped,
        { ErrorCode: ErrorCodes.NotConfirmed or ErrorCodes.AssociationNotWanted } => RunVerdict.LeftOut,
        _ => RunVerdict.Failed,
    };

    public override Enum Status => Result?.State ?? AssociationStatus.NotAttempted;

    public override string? AssociationId => Result?.AssociationId ?? Change?.AssociationId;
}
