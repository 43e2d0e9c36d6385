using System.Text.Json;
using SsmAssociationTools.LocalEndpoint.Model;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>Writes values of requests back as the service does: only members that the API has, and no nulls.</summary>
internal static class ShapeWriter
{
    /// <summary>Writes a value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="shape">The value's shape.</param>
    /// <param name="value">The value; its types have been checked.</param>
    public static void Write(Utf8JsonWriter writer, Shape shape, JsonElement value)
    {
        if (shape.Kind == ShapeKind.List && value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (JsonElement item in value.EnumerateArray())
            {
                Write(writer, shape.Item!, item);
            }

            writer.WriteEndArray();
        }
        else if (shape.Kind is ShapeKind.Structure or ShapeKind.Map && value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in value.EnumerateObject())
            {
                Shape? member = shape.Item;
                if (property.Value.ValueKind != JsonValueKind.Null
                    && (shape.Kind == ShapeKind.Map || shape.Members.TryGetValue(property.Name, out member)))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, member!, property.Value);
                }
            }

            writer.WriteEndObject();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
