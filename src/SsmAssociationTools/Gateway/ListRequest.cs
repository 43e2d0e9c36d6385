namespace SsmAssociationTools.Gateway;

/// <summary>One page of ListAssociations. Filters that are given must all hold.</summary>
internal sealed class ListRequest
{
    /// <summary>Document name to look for.</summary>
    public string? Name { get; init; }

    /// <summary>Association name to look for.</summary>
    public string? AssociationName { get; init; }

    /// <summary>Status of the runs to look for: Pending, Success or Failed.</summary>
    public string? Status { get; init; }

    /// <summary>Where the page begins; null for the first.</summary>
    public string? NextToken { get; init; }

    /// <summary>Associations on a page, at most 50.</summary>
    public int MaxResults { get; init; } = 50;
}
