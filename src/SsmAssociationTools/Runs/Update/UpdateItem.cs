using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Update;

/// <summary>One input of an update on its way from the pipeline to its result.</summary>
internal sealed class UpdateItem : RunItem<AssociationResult>
{
    public UpdateItem(long index, object? inputObject)
        : base(index, inputObject)
    {
    }

    /// <summary>Id of the association; null where none can be read.</summary>
    public Guid? Id { get; init; }

    public override string? AssociationId => Id?.ToString("D");

    /// <summary>The whole content that is wanted; null where only some members are to change.</summary>
    public AssociationEntry? Whole { get; init; }

    /// <summary>The members that are to change; null where the whole content is replaced.</summary>
    public AssociationEntry? Changes { get; init; }

    /// <summary>Names of members that are to lose their value.</summary>
    public ICollection<string> Cleared { get; init; } = [];

    /// <summary>The version whose content is wanted back; null for anything but going back.</summary>
    public string? RestoredVersion { get; init; }

    /// <summary>The version that the input was made from; null where the version that is read just before counts.</summary>
    public string? ExpectedVersion { get; init; }

    /// <summary>The association as it was read a moment ago; null where it is to be read, and once it was used.</summary>
    public Gateway.AssociationRecord? Found { get; set; }

    /// <summary>What the input says of the entry, for results of inputs that were not looked at.</summary>
    public AssociationEntry? Described => Whole ?? Changes ?? Meant;

    /// <summary>Problems found before anything was called.</summary>
    public IReadOnlyList<EntryIssue> Issues { get; set; } = [];

    /// <summary>The content of the association as it was before; null while it was not read.</summary>
    public AssociationEntry? Before { get; set; }

    /// <summary>The version that <see cref="Before"/> is of.</summary>
    public string? VersionBefore { get; set; }

    /// <summary>The dispatch role that it had.</summary>
    public string? RoleBefore { get; set; }

    /// <summary>When the service answered, by its own clock; null where it does not say so.</summary>
    public DateTime? ServiceTime { get; set; }

    /// <summary>The content that the association is to have; null while that is not known.</summary>
    public AssociationEntry? Meant { get; set; }

    /// <summary>The dispatch role that it is to have; null for the service's own.</summary>
    public string? MeantRole { get; set; }

    /// <summary>The version that the last call named; null while none was made, or what was made is known to have done nothing.</summary>
    public string? SentVersion { get; set; }

    /// <summary>Calls that carried the change.</summary>
    public int Attempts { get; set; }

    /// <summary>True when the service refused the version, until that is settled by reading.</summary>
    public bool IsRefused { get; set; }

    /// <summary>True when a call was not answered clearly, in this run or in an earlier one of the journal.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>The versions before and after the change that an earlier run made, by the journal.</summary>
    public (string? Before, string? After) KnownVersions { get; set; }

    /// <summary>Why the input is not one to be changed; null where it is.</summary>
    public UpdateRefusal? Refusal { get; init; }

    /// <summary>How many inputs of the run with the same id and Region came before; counted for a journal only.</summary>
    public int Occurrence { get; set; }

    /// <summary>True once the journal has the intent.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>The service's id of the last call that carried the change.</summary>
    public string? RequestId { get; set; }

    public override IReadOnlyList<object> ExclusionKeys => [Id!.Value];

    public override RunVerdict Verdict => Result switch
    {
        { State: AssociationStatus.Updated or AssociationStatus.Existing } => RunVerdict.Succeeded,
        { State: AssociationStatus.NotAttempted, ErrorCode: ErrorCodes.EntryNotAttempted } => RunVerdict.Stopped,
        { ErrorCode: ErrorCodes.NotConfirmed or ErrorCodes.NotToBeUpdated } => RunVerdict.LeftOut,
        _ => RunVerdict.Failed,
    };

    public override Enum Status => Result?.State ?? AssociationStatus.NotAttempted;
}
