namespace SsmAssociationTools.Gateway;

/// <summary>One page of DescribeAssociationExecutionTargets. Filters that are given must all hold.</summary>
internal sealed class ExecutionTargetsRequest
{
    public ExecutionTargetsRequest(string associationId, string executionId)
    {
        AssociationId = associationId;
        ExecutionId = executionId;
    }

    /// <summary>Id of the association.</summary>
    public string AssociationId { get; }

    /// <summary>Id of the execution.</summary>
    public string ExecutionId { get; }

    /// <summary>Status to look for.</summary>
    public string? Status { get; init; }

    /// <summary>Id of a node or other resource to look for.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Type of resources to look for, such as ManagedInstance.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Where the page begins; null for the first.</summary>
    public string? NextToken { get; init; }

    /// <summary>Resources on a page, at most 50.</summary>
    public int MaxResults { get; init; } = 50;
}
