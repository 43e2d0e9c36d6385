using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Runs.Start;

/// <summary>One input on its way from the pipeline to its result.</summary>
internal sealed class StartItem : RunItem<AssociationStart>
{
    public StartItem(long index, object? inputObject)
        : base(index, inputObject)
    {
    }

    /// <summary>Id of the association; null where none can be read.</summary>
    public Guid? Id { get; set; }

    public override string? AssociationId => Id?.ToString("D");

    /// <summary>The document's name, as far as the input tells.</summary>
    public string? Name { get; set; }

    /// <summary>The association's descriptive name, as far as the input tells.</summary>
    public string? AssociationName { get; set; }

    /// <summary>What it runs on, in short, as far as the input tells.</summary>
    public string Target { get; set; } = string.Empty;

    /// <summary>Why no run is started; null where one is.</summary>
    public StartRefusal? Refusal { get; set; }

    /// <summary>Calls that carried the id.</summary>
    public int Attempts { get; set; }

    /// <summary>When the call that may have acted was made, and when it ended, by the clock that nobody can set.</summary>
    public (TimeSpan Begun, TimeSpan Ended)? Call { get; set; }

    /// <summary>Between which times of the service an earlier run of the journal started it, or may have; null where none did.</summary>
    public (DateTime After, DateTime Before)? Earlier { get; set; }

    /// <summary>True once the journal has the intent to start it.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>The service's id of the last call.</summary>
    public string? RequestId { get; set; }

    public override IReadOnlyList<object> ExclusionKeys => [Id!.Value];

    public override RunVerdict Verdict => Result switch
    {
        { State: StartStatus.Started } => RunVerdict.Succeeded,
        { State: StartStatus.NotAttempted, ErrorCode: ErrorCodes.EntryNotAttempted } => RunVerdict.Stopped,
        { ErrorCode: ErrorCodes.NotConfirmed or ErrorCodes.NotToBeStarted } => RunVerdict.LeftOut,
        _ => RunVerdict.Failed,
    };

    public override Enum Status => Result?.State ?? StartStatus.NotAttempted;
}
