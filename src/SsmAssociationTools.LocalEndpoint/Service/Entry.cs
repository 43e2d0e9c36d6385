using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>Reads members of requests whose types have been checked. A member that is null counts as absent.</summary>
internal static class Entry
{
    /// <summary>A member that is there.</summary>
    /// <param name="value">An object.</param>
    /// <param name="member">Its member.</param>
    /// <param name="found">The member's value.</param>
    /// <returns>Whether it is there and not null.</returns>
    public static bool TryGet(JsonElement value, string member, out JsonElement found) =>
        value.TryGetProperty(member, out found) && found.ValueKind != JsonValueKind.Null;

    /// <summary>A text member.</summary>
    /// <param name="value">An object.</param>
    /// <param name="member">Its member.</param>
    /// <returns>The text, or null.</returns>
    public static string? Text(JsonElement value, string member) => TryGet(value, member, out JsonElement found) ? found.GetString() : null;

    /// <summary>The items of a list member.</summary>
    /// <param name="value">An object.</param>
    /// <param name="member">Its member.</param>
    /// <returns>The items; none when it is absent.</returns>
    public static IEnumerable<JsonElement> Items(JsonElement value, string member) =>
        TryGet(value, member, out JsonElement found) ? found.EnumerateArray() : [];

    /// <summary>The texts of a list member.</summary>
    /// <param name="value">An object.</param>
    /// <param name="member">Its member.</param>
    /// <returns>The texts; none when it is absent.</returns>
    public static IEnumerable<string> Texts(JsonElement value, string member) => Items(value, member).Select(item => item.GetString()!);

    /// <summary>Whether a list member has items.</summary>
    /// <param name="value">An object.</param>
    /// <param name="member">Its member.</param>
    /// <returns>True when it is there and not empty.</returns>
    public static bool HasItems(JsonElement value, string member) => TryGet(value, member, out JsonElement found) && found.GetArrayLength() > 0;
}
