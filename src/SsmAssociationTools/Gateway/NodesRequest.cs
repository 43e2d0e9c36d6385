using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>One page of DescribeInstanceInformation. Filters that are given must all hold.</summary>
internal sealed class NodesRequest
{
    /// <summary>The filters; none for all nodes.</summary>
    public IReadOnlyList<NodeFilter> Filters { get; init; } = [];

    /// <summary>Where the page begins; null for the first.</summary>
    public string? NextToken { get; init; }

    /// <summary>Nodes on a page, from 5 to 50.</summary>
    public int MaxResults { get; init; } = 50;
}
