using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace SsmAssociationTools.LocalEndpoint.Model;

/// <summary>
/// Holds one request against the shapes of the API model, the way the service's framework does before any of its own
/// code runs. Unknown members are passed over.
/// </summary>
internal sealed class RequestValidator
{
    private readonly List<string> _errors = [];

    private RequestValidator()
    {
    }

    /// <summary>Checks a request.</summary>
    /// <param name="shape">Shape of the request.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="ServiceException">SerializationException for a value of a wrong JSON type; ValidationException
    /// that names every broken constraint.</exception>
    public static void Check(Shape shape, JsonElement request)
    {
        var validator = new RequestValidator();
        try
        {
            validator.Walk(shape, request, string.Empty, hidden: false);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: legal as JSON, but no text.
            throw new ServiceException("SerializationException", "The request holds an invalid Unicode escape.");
        }

        if (validator._errors.Count > 0)
        {
            string count = validator._errors.Count == 1
                ? "1 validation error detected: "
                : validator._errors.Count.ToString(CultureInfo.InvariantCulture) + " validation errors detected: ";
            throw new ServiceException("ValidationException", count + string.Join("; ", validator._errors));
        }
    }

    private static string Display(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => "[" + string.Join(", ", value.EnumerateArray().Select(Display)) + "]",
        JsonValueKind.Object => "{" + string.Join(", ", value.EnumerateObject().Select(pair => pair.Name + "=" + Display(pair.Value))) + "}",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };

    /// <summary>The framework writes a member's path with each name's first letter in lower case.</summary>
    private static string Append(string path, string member)
    {
        string name = char.ToLowerInvariant(member[0]) + member.Substring(1);
        return path.Length == 0 ? name : path + "." + name;
    }

    /// <summary>Whether a value meets its constraints, without their texts: nearly every value does.</summary>
    private static bool Satisfies(Shape shape, JsonElement value)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Integer:
                return IsWithin(shape, value.GetInt32());
            case ShapeKind.String:
                string text = value.GetString()!;
                return IsWithin(shape, text.Length) && shape.Pattern?.Matches(text) != false && shape.Values?.Contains(text) != false;
            case ShapeKind.List:
                return IsWithin(shape, value.GetArrayLength());
            case ShapeKind.Map:
                return (shape.Min is null && shape.Max is null) || IsWithin(shape, value.EnumerateObject().Count());
            default:
                return true;
        }
    }

    private static bool IsWithin(Shape shape, long size) => !(size < shape.Min) && !(size > shape.Max);

    /// <summary>Constraints of a single value, each with its verdict, in the order in which the service lists them.</summary>
    private static IEnumerable<(bool Met, string Text)> Constraints(Shape shape, JsonElement value)
    {
        if (shape.Kind == ShapeKind.Integer)
        {
            int number = value.GetInt32();
            if (shape.Max is long most)
            {
                yield return (number <= most, "Member must have value less than or equal to " + most.ToString(CultureInfo.InvariantCulture));
            }

            if (shape.Min is long least)
            {
                yield return (number >= least, "Member must have value greater than or equal to " + least.ToString(CultureInfo.InvariantCulture));
            }

            yield break;
        }

        string? text = shape.Kind == ShapeKind.String ? value.GetString()! : null;
        if (shape.Max is not null || shape.Min is not null)
        {
            long length = text?.Length ?? (value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : value.EnumerateObject().Count());
            if (shape.Max is long max)
            {
                yield return (length <= max, "Member must have length less than or equal to " + max.ToString(CultureInfo.InvariantCulture));
            }

            if (shape.Min is long min)
            {
                yield return (length >= min, "Member must have length greater than or equal to " + min.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (text is not null && shape.Pattern is JavaPattern pattern)
        {
            yield return (pattern.Matches(text), "Member must satisfy regular expression pattern: " + pattern.Source);
        }

        if (text is not null && shape.Values is IReadOnlyList<string> values)
        {
            yield return (values.Contains(text), "Member must satisfy enum value set: [" + string.Join(", ", values) + "]");
        }
    }

    /// <summary>What the items of a list must satisfy, in the bracketed form; null when the item satisfies it.</summary>
    private static string? Nested(Shape shape, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return "Member must not be null";
        }

        if (!Satisfies(shape, value))
        {
            return string.Join(", ", Constraints(shape, value).Select(constraint => constraint.Text));
        }

        return shape.Kind switch
        {
            ShapeKind.List => NestedItems(shape, value),
            ShapeKind.Map => NestedPairs(shape, value),
            _ => null,
        };
    }

    private static string? NestedItems(Shape list, JsonElement value)
    {
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (Nested(list.Item!, item) is string broken)
            {
                return "Member must satisfy constraint: [" + broken + "]";
            }
        }

        return null;
    }

    private static string? NestedPairs(Shape map, JsonElement value)
    {
        foreach (JsonProperty pair in value.EnumerateObject())
        {
            if (map.Key!.Min > pair.Name.Length || map.Key.Max < pair.Name.Length || map.Key.Pattern?.Matches(pair.Name) == false)
            {
                var parts = new List<string>();
                if (map.Key.Max is long max)
                {
                    parts.Add("Member must have length less than or equal to " + max.ToString(CultureInfo.InvariantCulture));
                }

                if (map.Key.Min is long min)
                {
                    parts.Add("Member must have length greater than or equal to " + min.ToString(CultureInfo.InvariantCulture));
                }

                if (map.Key.Pattern is JavaPattern pattern)
                {
                    parts.Add("Member must satisfy regular expression pattern: " + pattern.Source);
                }

                return "Map keys must satisfy constraint: [" + string.Join(", ", parts) + "]";
            }

            if (Nested(map.Item!, pair.Value) is string broken)
            {
                return "Map value must satisfy constraint: [" + broken + "]";
            }
        }

        return null;
    }

    private static ServiceException WrongType(Shape shape, JsonElement value)
    {
        string message = (shape.Kind, value.ValueKind) switch
        {
            (ShapeKind.List, JsonValueKind.Object) => "Start of structure or map found where not expected.",
            (ShapeKind.List, _) => "Expected list or null",
            (ShapeKind.Structure or ShapeKind.Map, JsonValueKind.Array) => "Start of list found where not expected",
            (ShapeKind.Structure or ShapeKind.Map, _) => "Expected null",
            (_, JsonValueKind.Object) => "Start of structure or map found where not expected.",
            (_, JsonValueKind.Array) => "Start of list found where not expected",
            _ => TokenName(value) + "_VALUE can not be converted to " + (shape.Kind == ShapeKind.Integer ? "an " : "a ") + shape.Kind,
        };
        return new ServiceException("SerializationException", message);
    }

    private static string TokenName(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "TRUE",
        JsonValueKind.False => "FALSE",
        JsonValueKind.Number => "NUMBER",
        _ => "STRING",
    };

    private static bool HasType(Shape shape, JsonElement value) => shape.Kind switch
    {
        ShapeKind.Structure or ShapeKind.Map => value.ValueKind == JsonValueKind.Object,
        ShapeKind.List => value.ValueKind == JsonValueKind.Array,
        ShapeKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        ShapeKind.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        ShapeKind.Timestamp or ShapeKind.Long => value.ValueKind == JsonValueKind.Number,
        _ => value.ValueKind == JsonValueKind.String,
    };

    private static void CheckTypes(Shape shape, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (!HasType(shape, value))
        {
            throw WrongType(shape, value);
        }

        if (shape.Kind == ShapeKind.List)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                CheckTypes(shape.Item!, item);
            }
        }
        else if (shape.Kind == ShapeKind.Map)
        {
            foreach (JsonProperty pair in value.EnumerateObject())
            {
                CheckTypes(shape.Item!, pair.Value);
            }
        }
    }

    private void Walk(Shape shape, JsonElement value, string path, bool hidden)
    {
        if (!HasType(shape, value))
        {
            throw WrongType(shape, value);
        }

        hidden |= shape.IsSensitive;
        if (!Satisfies(shape, value))
        {
            foreach ((bool _, string text) in Constraints(shape, value).Where(constraint => !constraint.Met))
            {
                Report(value, path, text, hidden);
            }
        }

        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                WalkMembers(shape, value, path, hidden);
                break;
            case ShapeKind.List when shape.Item!.Kind == ShapeKind.Structure:
                WalkStructures(shape.Item, value, path, hidden);
                break;
            case ShapeKind.List or ShapeKind.Map:
                // Items without members have no path of their own: the list or map is named, with what its items must satisfy.
                CheckTypes(shape, value);
                if ((shape.Kind == ShapeKind.List ? NestedItems(shape, value) : NestedPairs(shape, value)) is string broken)
                {
                    Report(value, path, broken, hidden);
                }

                break;
        }
    }

    private void WalkMembers(Shape shape, JsonElement value, string path, bool hidden)
    {
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null && shape.Members.TryGetValue(property.Name, out Shape? member))
            {
                Walk(member, property.Value, Append(path, property.Name), hidden);
            }
        }

        foreach (string name in shape.Required)
        {
            if (!value.TryGetProperty(name, out JsonElement member) || member.ValueKind == JsonValueKind.Null)
            {
                _errors.Add("Value null at '" + Append(path, name) + "' failed to satisfy constraint: Member must not be null");
            }
        }
    }

    private void WalkStructures(Shape item, JsonElement value, string path, bool hidden)
    {
        int place = 0;
        foreach (JsonElement element in value.EnumerateArray())
        {
            place++;
            string at = path + "." + place.ToString(CultureInfo.InvariantCulture) + ".member";
            if (element.ValueKind == JsonValueKind.Null)
            {
                _errors.Add("Value null at '" + at + "' failed to satisfy constraint: Member must not be null");
            }
            else
            {
                Walk(item, element, at, hidden);
            }
        }
    }

    private void Report(JsonElement value, string path, string constraint, bool hidden)
    {
        var text = new StringBuilder("Value ");
        if (!hidden)
        {
            text.Append('\'').Append(Display(value)).Append("' ");
        }

        _errors.Add(text.Append("at '").Append(path).Append("' failed to satisfy constraint: ").Append(constraint).ToString());
    }
}
