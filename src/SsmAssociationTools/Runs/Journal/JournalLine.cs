using System;
using System.Collections.Generic;
using System.Globalization;
using SsmAssociationTools.Json;

namespace SsmAssociationTools.Runs.Journal;

/// <summary>One line of a journal: the members of a JSON object.</summary>
internal sealed class JournalLine
{
    private readonly Dictionary<string, object?> _members = new(StringComparer.Ordinal);

    private JournalLine(JsonObject json)
    {
        foreach (KeyValuePair<string, object?> member in json.Members)
        {
            _members[member.Key] = member.Value;
        }
    }

    /// <summary>Reads a line.</summary>
    public static JournalLine? Read(string text) =>
        JsonText.Read(text, out object? value, out _) == JsonFault.None && value is JsonObject json ? new JournalLine(json) : null;

    /// <summary>A member as JSON has it.</summary>
    public object? Value(string name) => _members.TryGetValue(name, out object? value) ? value : null;

    /// <summary>A member that is text.</summary>
    public string? Text(string name) => Value(name) as string;

    /// <summary>A member that is a time.</summary>
    public DateTime? Time(string name) =>
        Text(name) is { } text && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time) ? time : null;
}
