using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>One run of an association, as the service describes it.</summary>
internal sealed class ExecutionRecord
{
    /// <summary>Id of the association.</summary>
    public string? AssociationId { get; init; }

    /// <summary>The version of the association that ran.</summary>
    public string? AssociationVersion { get; init; }

    /// <summary>Id of the execution.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>Status in the service's words, such as Pending, InProgress, Success, Failed or TimedOut; there may be new ones.</summary>
    public string? Status { get; init; }

    /// <summary>More on the status.</summary>
    public string? DetailedStatus { get; init; }

    /// <summary>When the execution was created, in UTC.</summary>
    public DateTime? CreatedTime { get; init; }

    /// <summary>When it last ran, in UTC.</summary>
    public DateTime? LastExecutionDate { get; init; }

    /// <summary>Resources by status. Empty: none. Null: the service does not say, or in a way that cannot be read.</summary>
    public IReadOnlyDictionary<string, int>? StatusCounts { get; init; }
}
