using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>One call of an operation, as it was understood.</summary>
public sealed record ApiCall(int Number, string Operation, string Account, string Region, JsonObject Body)
{
    public string Place => $"{Account}/{Region}";

    /// <summary>The entries of a call that creates; empty for others.</summary>
    public IReadOnlyList<JsonObject> Entries { get; init; } = [];

    /// <summary>How often a call of this content has come before.</summary>
    public int Seen { get; init; }

    public bool IsWrite => Operation is "CreateAssociationBatch" or "CreateAssociation" or "DeleteAssociation" or "UpdateAssociation" or "StartAssociationsOnce";
}
