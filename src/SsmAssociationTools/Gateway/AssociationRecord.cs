using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>An association that exists, as the service describes it.</summary>
internal sealed class AssociationRecord
{
    /// <summary>Id of the association.</summary>
    public string? AssociationId { get; init; }

    /// <summary>Version of the association.</summary>
    public string? AssociationVersion { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public DateTime? Date { get; init; }

    /// <summary>When it was last changed, in UTC; null in a line of a list.</summary>
    public DateTime? LastUpdateAssociationDate { get; init; }

    /// <summary>When it last ended well, in UTC; null while it has not, and in a line of a list.</summary>
    public DateTime? LastSuccessfulExecutionDate { get; init; }

    /// <summary>When it last ran, in UTC; null while it has not.</summary>
    public DateTime? LastExecutionDate { get; init; }

    /// <summary>What the service says of its runs (Overview.Status), such as Pending, Success or Failed.</summary>
    public string? Status { get; init; }

    /// <summary>More on the status (Overview.DetailedStatus).</summary>
    public string? DetailedStatus { get; init; }

    /// <summary>
    /// Nodes by status (Overview.AssociationStatusAggregatedCount). Empty: none. Null: the service does not say. Success with an
    /// empty count is what the service says of an association that no node has picked up.
    /// </summary>
    public IReadOnlyDictionary<string, int>? StatusCounts { get; init; }

    /// <summary>ARN of the role with which its runs are dispatched; null for the service's own, and in a line of a list.</summary>
    public string? AssociationDispatchAssumeRole { get; init; }

    /// <summary>
    /// Its content under the entry's members. From a list only Name, InstanceId, DocumentVersion, Targets,
    /// ScheduleExpression, AssociationName, ScheduleOffset, Duration and TargetMaps are there.
    /// </summary>
    public AssociationEntry Content { get; init; } = new();
}
