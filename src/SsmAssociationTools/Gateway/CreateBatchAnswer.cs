using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Gateway;

/// <summary>The answer of one CreateAssociationBatch call. Lists that the service left out are empty.</summary>
internal sealed class CreateBatchAnswer
{
    /// <summary>What was created, in the service's order.</summary>
    public IReadOnlyList<AssociationRecord> Successful { get; init; } = [];

    /// <summary>What was refused, in the service's order.</summary>
    public IReadOnlyList<FailedEntry> Failed { get; init; } = [];

    /// <summary>The service's id of the call.</summary>
    public string? RequestId { get; init; }

    /// <summary>The service's time when it answered, in UTC and whole seconds; null where the answer does not tell.</summary>
    public DateTime? ServiceTime { get; init; }
}
