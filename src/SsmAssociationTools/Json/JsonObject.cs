using System.Collections.Generic;

namespace SsmAssociationTools.Json;

/// <summary>An object of JSON text: its members in the order of the text, names in their own case.</summary>
internal sealed class JsonObject
{
    /// <summary>The members.</summary>
    public List<KeyValuePair<string, object?>> Members { get; } = [];
}
