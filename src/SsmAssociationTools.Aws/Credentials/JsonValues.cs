using System;
using System.Globalization;
using System.Text.Json;

namespace SsmAssociationTools.Aws.Credentials;

/// <summary>Reads members of JSON objects that may be missing or of another kind.</summary>
internal static class JsonValues
{
    /// <summary>Parses a JSON object.</summary>
    public static bool TryParse(string text, out JsonElement root)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            root = default;
            return false;
        }
    }

    /// <summary>A text member.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    /// <summary>A time in text, with or without a zone; without one it is UTC, as the AWS tools write it.</summary>
    public static DateTime? Time(this JsonElement element, string name) => ParseTime(element.Text(name));

    /// <summary>A whole number.</summary>
    public static long? Number(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : null;

    /// <summary>Reads a time.</summary>
    /// <param name="text">Such as 2025-01-31T12:00:00Z, or 2020-06-17T12:00:00UTC as old versions of the AWS CLI wrote it.</param>
    public static DateTime? ParseTime(string? text)
    {
        if (text is not null && text.EndsWith("UTC", StringComparison.Ordinal))
        {
            text = text.Substring(0, text.Length - 3) + "Z";
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcDateTime
            : null;
    }

    /// <summary>Reads a time in milliseconds since 1970; null for one that no calendar has.</summary>
    public static DateTime? FromUnixMilliseconds(long? milliseconds) =>
        milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999 and var known ? DateTimeOffset.FromUnixTimeMilliseconds(known).UtcDateTime : null;
}
