using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>One page of ListAssociations.</summary>
internal sealed class ListAnswer
{
    /// <summary>The associations of the page.</summary>
    public IReadOnlyList<AssociationRecord> Associations { get; init; } = [];

    /// <summary>Where the next page begins; null after the last.</summary>
    public string? NextToken { get; init; }

    /// <summary>The service's time when it answered, in UTC and whole seconds; null where the answer does not tell.</summary>
    public DateTime? ServiceTime { get; init; }
}
