using System;
using System.Collections.Generic;
using SsmAssociationTools.Content;
using SsmAssociationTools.Gateway;
using SsmAssociationTools.Input;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Create;

/// <summary>One input on its way from the pipeline to its result.</summary>
internal sealed class WorkItem : RunItem<AssociationResult>
{
    public WorkItem(long index, object? inputObject, AssociationEntry? entry, ContentKey key, IReadOnlyList<EntryIssue> issues)
        : base(index, inputObject)
    {
        Entry = entry;
        Key = key;
        Issues = issues;
    }

    /// <summary>The same entry for a destination.</summary>
    public WorkItem To(Destination destination) => new(Index, InputObject, Entry, Key, Issues) { Destination = destination, Facts = Facts };

    /// <summary>What was read; null where the input is no entry.</summary>
    public AssociationEntry? Entry { get; }

    /// <summary>Key of the entry's canonical content.</summary>
    public ContentKey Key { get; }

    /// <summary>Problems found before sending.</summary>
    public IReadOnlyList<EntryIssue> Issues { get; }

    /// <summary>What the input says beside its entry; null where it was not read by the command.</summary>
    public InputFacts? Facts { get; init; }

    /// <summary>Why nothing is sent for the input, where it says so itself; null where it is to be sent.</summary>
    public Standing? Standing { get; init; }

    /// <summary>How many calls carried the entry.</summary>
    public int Attempts { get; set; }

    /// <summary>When the entry was first sent; null while it was not.</summary>
    public SentTime? FirstSent { get; set; }

    /// <summary>The journal's name for this entry of this run; null without a journal.</summary>
    public string? JournalKey { get; set; }

    /// <summary>The journal's hash of its AssociationName; 0 without a name or a journal.</summary>
    public ulong JournalName { get; set; }

    /// <summary>The service's id of the last call that carried the entry.</summary>
    public string? RequestId { get; set; }

    /// <summary>The failure after which the entry is tried again; null where there was none.</summary>
    public FailedEntry? PassingFailure { get; set; }

    /// <summary>
    /// True when a call that carried the entry was not answered clearly, nothing was found of it, and the entry is sent again.
    /// </summary>
    public bool WasUnclear { get; set; }

    /// <summary>No two calls at a time carry the same content or the same InstanceId.</summary>
    public override IReadOnlyList<object> ExclusionKeys =>
        string.IsNullOrEmpty(Entry!.InstanceId) ? [Key] : [Key, Entry.InstanceId!];

    public override RunVerdict Verdict => Result switch
    {
        AssociationSuccess => RunVerdict.Succeeded,
        { ErrorCode: ErrorCodes.EntryNotAttempted } => RunVerdict.Stopped,
        { State: AssociationStatus.NotAttempted, ErrorCode: ErrorCodes.AssociationDiffers } => RunVerdict.LeftOut,
        { ErrorCode: ErrorCodes.NotConfirmed or ErrorCodes.AssociationNotWanted or ErrorCodes.AssociationRemoved } => RunVerdict.LeftOut,
        _ => RunVerdict.Failed,
    };

    public override Enum Status => Result?.State ?? AssociationStatus.NotAttempted;

    public override string? AssociationId => Result?.AssociationId;
}
