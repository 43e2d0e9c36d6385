namespace SsmAssociationTools.Gateway;

/// <summary>One page of ListAssociationVersions.</summary>
internal sealed class VersionsRequest
{
    public VersionsRequest(string associationId) => AssociationId = associationId;

    /// <summary>Id of the association.</summary>
    public string AssociationId { get; }

    /// <summary>Where the page begins; null for the first.</summary>
    public string? NextToken { get; init; }

    /// <summary>Versions on a page, at most 50.</summary>
    public int MaxResults { get; init; } = 50;
}
