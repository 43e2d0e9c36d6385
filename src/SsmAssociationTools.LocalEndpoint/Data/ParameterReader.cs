using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Model;

namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>Reads the parameters that a document of an inventory declares; the words are those of a document's content.</summary>
internal static class ParameterReader
{
    private static readonly string[] s_types = ["String", "StringList", "Integer", "Boolean", "MapList", "StringMap"];

    /// <summary>Reads the parameters.</summary>
    /// <param name="parameters">An object with a member for each.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="fromContent">Whether it stands in a document's content, where a parameter without a default is required.</param>
    /// <exception cref="FormatException">A mistake, with its place.</exception>
    public static Dictionary<string, ParameterInfo> Read(JsonElement parameters, string place, bool fromContent)
    {
        if (parameters.ValueKind != JsonValueKind.Object)
        {
            throw JsonMember.Mistake(place, "an object is expected here.");
        }

        var declared = new Dictionary<string, ParameterInfo>(StringComparer.Ordinal);
        foreach (JsonProperty parameter in parameters.EnumerateObject())
        {
            declared[parameter.Name] = ReadOne(parameter, place + "." + parameter.Name, fromContent);
        }

        return declared;
    }

    private static ParameterInfo ReadOne(JsonProperty parameter, string place, bool fromContent)
    {
        JsonElement value = parameter.Value;
        if (!fromContent)
        {
            JsonMember.Require(
                value, place, "required", "type", "description", "default", "allowedValues", "allowedPattern", "displayType", "minItems", "maxItems", "minChars", "maxChars");
        }

        bool hasDefault = value.TryGetProperty("default", out JsonElement given);
        return new ParameterInfo(parameter.Name)
        {
            IsRequired = fromContent ? !hasDefault : JsonMember.Flag(value, "required", place),
            Type = (fromContent ? JsonMember.Text(value, "type", place) : JsonMember.Text(value, "type", place, s_types)) ?? "String",
            Description = JsonMember.Text(value, "description", place),
            DisplayType = JsonMember.Text(value, "displayType", place),
            Default = hasDefault ? given.GetRawText() : null,
            AllowedValues = [.. JsonMember.Items(value, "allowedValues", place).Select(static item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())],
            Pattern = JsonMember.Text(value, "allowedPattern", place) is string pattern ? JavaPattern.OfDocument(pattern) : null,
            MinItems = JsonMember.Number(value, "minItems", place),
            MaxItems = JsonMember.Number(value, "maxItems", place),
            MinChars = JsonMember.Number(value, "minChars", place),
            MaxChars = JsonMember.Number(value, "maxChars", place),
        };
    }
}
