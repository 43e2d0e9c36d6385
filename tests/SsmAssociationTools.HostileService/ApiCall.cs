using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>One call of an operation, as it was understood.</summary>
public sealed record ApiCall(int Number, string Operation, string Account, string Region, JsonObject Body)
{
    public string Place => $"{Account}/{Region}";

    /// <summary>The entries of a call that creates; empty for others.</summary>
    public IReadOnlyList<JsonObject> Entries { get; init; } = [];

    /// <summary>The ids of a call that changes, removes or starts what exists; empty for others.</summary>
    public IReadOnlyList<string> Ids => !IsWrite ? []
        : Body["AssociationIds"] is JsonArray several ? [.. several.Select(id => (string)id!)]
        : Body["AssociationId"] is JsonValue one ? [(string)one!] : [];

    /// <summary>How often a call of this content has come before.</summary>
    public int Seen { get; init; }

    public bool IsWrite => Operation is "CreateAssociationBatch" or "CreateAssociation" or "DeleteAssociation" or "UpdateAssociation" or "StartAssociationsOnce";
}
