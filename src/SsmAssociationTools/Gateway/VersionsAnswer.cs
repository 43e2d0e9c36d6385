using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>One page of ListAssociationVersions.</summary>
internal sealed class VersionsAnswer
{
    /// <summary>The versions of the page; Date is when the version was made.</summary>
    public IReadOnlyList<AssociationRecord> Versions { get; init; } = [];

    /// <summary>Where the next page begins; null after the last.</summary>
    public string? NextToken { get; init; }
}
