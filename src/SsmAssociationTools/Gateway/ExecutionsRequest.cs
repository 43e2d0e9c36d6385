using System;

namespace SsmAssociationTools.Gateway;

/// <summary>One page of DescribeAssociationExecutions. Filters that are given must all hold.</summary>
internal sealed class ExecutionsRequest
{
    public ExecutionsRequest(string associationId) => AssociationId = associationId;

    /// <summary>Id of the association.</summary>
    public string AssociationId { get; }

    /// <summary>Id of an execution to look for.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>Status to look for, such as Success or Failed.</summary>
    public string? Status { get; init; }

    /// <summary>Executions created later than this, by the service's clock, in UTC.</summary>
    public DateTime? CreatedAfter { get; init; }

    /// <summary>Executions created earlier than this, by the service's clock, in UTC.</summary>
    public DateTime? CreatedBefore { get; init; }

    /// <summary>Where the page begins; null for the first.</summary>
    public string? NextToken { get; init; }

    /// <summary>Executions on a page, at most 50.</summary>
    public int MaxResults { get; init; } = 50;
}
