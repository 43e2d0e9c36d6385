using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.HostileService;

/// <summary>Content as one text, whatever the order of its members.</summary>
public static class Canonical
{
    public static string Of(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => "{" + string.Join(",", members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{JsonValue.Create(member.Key).ToJsonString()}:{Of(member.Value)}")) + "}",
        JsonArray items => "[" + string.Join(",", items.Select(Of)) + "]",
        _ => node.ToJsonString(),
    };
}
