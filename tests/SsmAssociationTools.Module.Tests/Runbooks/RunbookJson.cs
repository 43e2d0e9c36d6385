using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsmAssociationTools.Module.Tests.Runbooks;

/// <summary>JSON for the stand-ins of ConvertFrom-Json and ConvertTo-Json, which the engine of the tests does not have.</summary>
internal static class RunbookJson
{
    /// <summary>Reads JSON into what ConvertFrom-Json makes of it.</summary>
    /// <param name="text">The JSON.</param>
    /// <returns>Objects with note properties, arrays, text, numbers and flags.</returns>
    public static object? Read(string text) => Read(JsonNode.Parse(text));

    /// <summary>Writes what a script returns as JSON, with every character escaped that a writer may escape.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The JSON.</returns>
    /// <exception cref="InvalidOperationException">An object lies deeper than ConvertTo-Json writes by itself.</exception>
    public static string Write(object? value) => JsonSerializer.Serialize(ToNode(value, 0));

    private static object? Read(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                var result = new PSObject();
                foreach ((string name, JsonNode? field) in fields)
                {
                    result.Properties.Add(new PSNoteProperty(name, Read(field)));
                }

                return result;
            case JsonArray items:
                return items.Select(Read).ToArray();
            case null:
                return null;
            default:
                return node.GetValueKind() switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    JsonValueKind.Number => node.GetValue<long>(),
                    _ => node.GetValue<string>(),
                };
        }
    }

    private static JsonNode? ToNode(object? value, int depth)
    {
        object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (depth > 3 && plain is IDictionary or PSObject)
        {
            throw new InvalidOperationException("An object lies deeper than two levels below the root: ConvertTo-Json would write its type.");
        }

        return plain switch
        {
            null => null,
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            IDictionary map => new JsonObject(map.Keys.Cast<object>().Select(key => KeyValuePair.Create(key.ToString()!, ToNode(map[key], depth + 1)))),
            IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(item => ToNode(item, depth + 1))]),
            PSObject bag => new JsonObject(bag.Properties.Select(property => KeyValuePair.Create(property.Name, ToNode(property.Value, depth + 1)))),
            _ => JsonValue.Create(Convert.ToInt64(plain, null)),
        };
    }
}
