using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>One page of DescribeAssociationExecutions.</summary>
internal sealed class ExecutionsAnswer
{
    /// <summary>The executions of the page, in the service's order.</summary>
    public IReadOnlyList<ExecutionRecord> Executions { get; init; } = [];

    /// <summary>Where the next page begins; null after the last.</summary>
    public string? NextToken { get; init; }

    /// <summary>When the service answered, by its own clock to the second, in UTC; null where it does not say so.</summary>
    public DateTime? ServiceTime { get; init; }
}
