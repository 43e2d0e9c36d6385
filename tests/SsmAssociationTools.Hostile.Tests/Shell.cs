using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.Hostile.Tests;

/// <summary>JSON as ConvertFrom-Json gives it to a pipeline.</summary>
internal static class Shell
{
    public static object? ToObject(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonObject members:
                var custom = new PSObject();
                foreach ((string name, JsonNode? value) in members)
                {
                    custom.Properties.Add(new PSNoteProperty(name, ToObject(value)));
                }

                return custom;
            case JsonArray items:
                return items.Select(ToObject).ToArray();
            default:
                return node.GetValueKind() switch
                {
                    JsonValueKind.String => node.GetValue<string>(),
                    JsonValueKind.Number => (object)node.GetValue<int>(),
                    _ => node.GetValue<bool>(),
                };
        }
    }
}
