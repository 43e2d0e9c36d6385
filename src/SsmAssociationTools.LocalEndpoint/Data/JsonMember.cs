using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace SsmAssociationTools.LocalEndpoint.Data;

/// <summary>Reads members of an inventory; a mistake is named by its place.</summary>
internal static class JsonMember
{
    public static FormatException Mistake(string place, string text) => new(place + ": " + text);

    /// <summary>Requires an object with no other members than these.</summary>
    public static void Require(JsonElement value, string place, params string[] allowed)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Mistake(place, "an object is expected here.");
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!allowed.Contains(property.Name))
            {
                throw Mistake(place, $"'{property.Name}' is not known here. Known are {string.Join(", ", allowed)}.");
            }
        }
    }

    /// <summary>A text member; null where it is not there.</summary>
    public static string? Text(JsonElement value, string member, string place, string[]? allowed = null)
    {
        if (!value.TryGetProperty(member, out JsonElement found))
        {
            return null;
        }

        string? text = found.ValueKind == JsonValueKind.String ? found.GetString() : null;
        if (string.IsNullOrEmpty(text))
        {
            throw Mistake(place + "." + member, "a text is expected here.");
        }

        return allowed is null
            ? text
            : allowed.FirstOrDefault(candidate => string.Equals(candidate, text, StringComparison.OrdinalIgnoreCase))
                ?? throw Mistake(place + "." + member, $"'{text}' is not one of {string.Join(", ", allowed)}.");
    }

    public static string RequiredText(JsonElement value, string member, string place) =>
        Text(value, member, place) ?? throw Mistake(place, $"'{member}' is missing.");

    /// <summary>A whole number, also one that stands as text; null where it is not there.</summary>
    public static int? Number(JsonElement value, string member, string place) =>
        !value.TryGetProperty(member, out JsonElement found) ? null
        : found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out int number) ? number
        : found.ValueKind == JsonValueKind.String && int.TryParse(found.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
        : throw Mistake(place + "." + member, "a whole number is expected here.");

    /// <summary>A number that is not negative, also one that stands as text; null where it is not there.</summary>
    public static double? Real(JsonElement value, string member, string place) =>
        !value.TryGetProperty(member, out JsonElement found) ? null
        : (found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out double number))
            || (found.ValueKind == JsonValueKind.String && double.TryParse(found.GetString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number))
            ? number is >= 0 and < 1e9 ? number : throw Mistake(place + "." + member, "a number from 0 to 999999999 is expected here.")
        : throw Mistake(place + "." + member, "a number is expected here.");

    /// <summary>True or false; false where it is not there.</summary>
    public static bool Flag(JsonElement value, string member, string place) =>
        value.TryGetProperty(member, out JsonElement found)
        && (found.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? found.GetBoolean()
            : throw Mistake(place + "." + member, "true or false is expected here."));

    /// <summary>The items of a list; none where it is not there.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement value, string member, string place)
    {
        if (!value.TryGetProperty(member, out JsonElement list))
        {
            return [];
        }

        string at = place.Length == 0 ? member : place + "." + member;
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw Mistake(at, "a list is expected here.");
    }

    /// <summary>A time; null where it is not there.</summary>
    public static DateTime? Time(JsonElement value, string member, string place) =>
        Text(value, member, place) is not string text ? null
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time) ? time
        : throw Mistake(place + "." + member, $"'{text}' is not a time such as 2027-01-01T00:00:00Z.");

    /// <summary>Times from and to; without them from ever and for ever.</summary>
    public static IEnumerable<(DateTime From, DateTime To)> Windows(JsonElement value, string member, string place) =>
        Items(value, member, place).Select((window, i) =>
        {
            string at = $"{place}.{member}[{i}]";
            Require(window, at, "from", "to");
            return (Time(window, "from", at) ?? DateTime.MinValue, Time(window, "to", at) ?? DateTime.MaxValue);
        });

    /// <summary>The texts of a list; none where it is not there.</summary>
    public static IEnumerable<string> Texts(JsonElement value, string member, string place) =>
        Items(value, member, place).Select((item, i) => item.ValueKind == JsonValueKind.String
            ? item.GetString()!
            : throw Mistake($"{place}.{member}[{i}]", "a text is expected here."));
}
