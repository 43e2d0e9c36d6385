using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>One page of DescribeInstanceInformation.</summary>
internal sealed class NodesAnswer
{
    /// <summary>The nodes of the page.</summary>
    public IReadOnlyList<NodeRecord> Nodes { get; init; } = [];

    /// <summary>Where the next page begins; null after the last.</summary>
    public string? NextToken { get; init; }
}
