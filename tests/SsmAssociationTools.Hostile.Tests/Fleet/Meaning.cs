using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using SsmAssociationTools.HostileService;

namespace SsmAssociationTools.Hostile.Tests.Fleet;

/// <summary>What a content means: without documented defaults, and without the order that targets, values and calendars happen to stand in.</summary>
internal static class Meaning
{
    private static readonly Dictionary<string, string> s_defaults = new()
    {
        ["DocumentVersion"] = "\"$DEFAULT\"",
        ["ApplyOnlyAtCronInterval"] = "false",
        ["SyncCompliance"] = "\"AUTO\"",
        ["ComplianceSeverity"] = "\"UNSPECIFIED\"",
    };

    public static string Of(JsonObject content)
    {
        var meaning = new JsonObject();
        foreach ((string name, JsonNode? value) in content)
        {
            if (value is null || (s_defaults.TryGetValue(name, out string? byDefault) && value.ToJsonString() == byDefault))
            {
                continue;
            }

            meaning[name] = name switch
            {
                "Targets" => Sorted(((JsonArray)value).Select(Target)),
                "CalendarNames" => Sorted((JsonArray)value),
                _ => value.DeepClone(),
            };
        }

        return Canonical.Of(meaning);
    }

    public static string? Name(JsonObject content) => (string?)content["AssociationName"];

    private static JsonNode Target(JsonNode? target) =>
        new JsonObject { ["Key"] = (string?)target!["Key"], ["Values"] = Sorted((JsonArray)target["Values"]!) };

    private static JsonArray Sorted(IEnumerable<JsonNode?> items) =>
        [.. items.OrderBy(item => Canonical.Of(item), System.StringComparer.Ordinal).Select(item => item!.DeepClone())];
}
