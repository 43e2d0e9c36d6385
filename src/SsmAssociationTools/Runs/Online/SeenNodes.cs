using System.Collections.Generic;
using SsmAssociationTools.Gateway;

namespace SsmAssociationTools.Runs.Online;

/// <summary>The nodes that an entry selects now.</summary>
internal sealed class SeenNodes
{
    /// <summary>Their numbers in the table of nodes; null where they were not looked up.</summary>
    public IReadOnlyList<int>? Numbers { get; init; }

    /// <summary>Ids that the service does not know.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Why they cannot be asked for; null where they can.</summary>
    public string? Reason { get; init; }

    /// <summary>Why the service said nothing; null where it did.</summary>
    public GatewayException? Failure { get; init; }
}
