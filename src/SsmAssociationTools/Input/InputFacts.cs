using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Input;

/// <summary>What one pipeline object says, on one sheet: the same for a live object and for a copy of it.</summary>
internal sealed class InputFacts
{
    public InputFacts(object? input) => Input = input;

    /// <summary>The object that came through the pipeline.</summary>
    public readonly object? Input;

    /// <summary>What it is.</summary>
    public InputKind Kind;

    /// <summary>What kind of value it is, once its wrappers, lists of one and JSON text are taken off.</summary>
    public Shape Shape;

    /// <summary>The value without those.</summary>
    public object? Value;

    /// <summary>
    /// The object of this module that it is, or one made from what a copy of it still says; null for an entry of somebody
    /// else, for an id and for what is nothing of the kind.
    /// </summary>
    public object? Own;

    /// <summary>True where the object of this module came as it was made, not as a copy of another session, a file or JSON.</summary>
    public bool IsLive;

    /// <summary>The entry as far as it can be read; null where there is none, and then an issue says why.</summary>
    public AssociationEntry? Entry;

    /// <summary>True for a copy whose entry did not travel with it: what is left of it are texts to look at.</summary>
    public bool HasLostEntry;

    /// <summary>
    /// False for a result, a comparison or a removal whose status is missing or is none: nothing may be created and nothing
    /// removed for it.
    /// </summary>
    public bool IsStatusRead = true;

    /// <summary>True where the input threw while it was looked at, so that it stays open what it is.</summary>
    public bool IsUnclear;

    /// <summary>The status as the input writes it.</summary>
    public string? StatusText;

    /// <summary>The id as the input writes it; null where it has none.</summary>
    public string? AssociationId;

    /// <summary>The document's name, as far as the input tells.</summary>
    public string? Name;

    /// <summary>The descriptive name, as far as the input tells.</summary>
    public string? AssociationName;

    /// <summary>Version of the association.</summary>
    public string? AssociationVersion;

    /// <summary>The Region that the result, the comparison or the association is from; not what its entry names for itself.</summary>
    public string? Region;

    /// <summary>The account that it is from.</summary>
    public string? AccountId;

    /// <summary>The role through which it was reached.</summary>
    public string? RoleArn;

    /// <summary>The Region that the entry names for itself.</summary>
    public string? OwnRegion;

    /// <summary>The role that the entry names for itself.</summary>
    public string? OwnRoleArn;

    /// <summary>Of a start and of its outcome, the service's time after which the run was started, in UTC.</summary>
    public DateTime? StartedAfter { get; set; }

    /// <summary>Of a start and of its outcome, the service's time before which the run was started, in UTC.</summary>
    public DateTime? StartedBefore { get; set; }

    /// <summary>Of an outcome, the id of the execution.</summary>
    public string? ExecutionId { get; set; }

    /// <summary>The error code of a result or a removal.</summary>
    public string? ErrorCode;

    /// <summary>File and line; null where the input comes from no file.</summary>
    public string? Source;

    /// <summary>
    /// Of a verdict, the facts of what it was made of; of a removal, a start or an outcome, those of its input. Null where that is
    /// nothing but an entry.
    /// </summary>
    public InputFacts? Origin;

    /// <summary>
    /// What decides over a call: a verdict says nothing of what exists, nor does an outcome without an association, so what it
    /// was made of does.
    /// </summary>
    public InputFacts Decisive =>
        (Kind == InputKind.Validation || (Kind is InputKind.Start or InputKind.Outcome && AssociationId is null)) && Origin is not null ? Origin : this;

    /// <summary>The members of a copy; null for everything else.</summary>
    public Dictionary<string, object?>? Members;

    /// <summary>What somebody added to the object of this module that holds the entry; null for nothing.</summary>
    public Dictionary<string, object?>? Added;

    /// <summary>The members of the existing association in a copied comparison.</summary>
    public Dictionary<string, object?>? ExistingMembers;

    /// <summary>Where the content of that association is read from.</summary>
    public object? ExistingContent;

    /// <summary>Its content, where the comparison has a wanted entry beside it.</summary>
    public AssociationEntry? ExistingEntry;

    /// <summary>What the entry of a copy is read from.</summary>
    public object? Content;

    /// <summary>True where a copy holds the entry as a member; false where the members of the entry are its own.</summary>
    public bool IsEntryApart;

    /// <summary>True where that is the entry that the copy holds, and no association or input beside it.</summary>
    public bool IsEntryOfCopy;

    /// <summary>What a copy says that it was made of.</summary>
    public object? OriginInput;

    /// <summary>The comparison; null for anything else.</summary>
    public AssociationComparison? Comparison => Own as AssociationComparison;

    /// <summary>The result; null for anything else.</summary>
    public AssociationResult? Result => Own as AssociationResult;

    /// <summary>The removal; null for anything else.</summary>
    public AssociationRemoval? Removal => Own as AssociationRemoval;

    /// <summary>What stands for an unreadable row or file, also of a verdict on it; null for anything else.</summary>
    public UnreadableEntry? Unreadable => Decisive.Own as UnreadableEntry;
}
