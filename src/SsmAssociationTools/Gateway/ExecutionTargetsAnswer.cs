using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>One page of DescribeAssociationExecutionTargets.</summary>
internal sealed class ExecutionTargetsAnswer
{
    /// <summary>The resources of the page.</summary>
    public IReadOnlyList<ExecutionTargetRecord> Targets { get; init; } = [];

    /// <summary>Where the next page begins; null after the last.</summary>
    public string? NextToken { get; init; }
}
