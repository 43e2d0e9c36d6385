using System;

namespace SsmAssociationTools.Gateway;

/// <summary>The answer of one StartAssociationsOnce call, which has nothing in it but that it was taken.</summary>
internal sealed class StartAnswer
{
    /// <summary>The service's id of the call.</summary>
    public string? RequestId { get; init; }

    /// <summary>When the service answered, by its own clock to the second, in UTC; null where it does not say so.</summary>
    public DateTime? ServiceTime { get; init; }
}
