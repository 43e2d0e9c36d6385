using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SsmAssociationTools.Json;
using SsmAssociationTools.Model;
using SsmAssociationTools.Scheduling;

namespace SsmAssociationTools.Content;

/// <summary>
/// The members of a content, each as a text that stays the same when a service trims, repeats, sorts or respells a value
/// and when it fills in a default. Holds values of <c>Parameters</c>: never show it.
/// </summary>
internal sealed class ContentProfile
{
    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);

    /// <summary>Makes the profile of an entry, or of what the service says of an association.</summary>
    /// <param name="associationId">Id of the association, which the service may hand to the document as a parameter; null for an entry.</param>
    public ContentProfile(AssociationEntry content, string? associationId = null)
    {
        foreach (KeyValuePair<string, object?> member in EntryMembers.Of(ReadBackContent.Of(content, associationId)))
        {
            if (!EntryMembers.IsOfDestination(member.Key))
            {
                Add(member.Key, member.Key, member.Value);
            }
        }
    }

    /// <summary>The members that have a value: their names, those of maps with their keys.</summary>
    public IReadOnlyDictionary<string, string> Members => _members;

    /// <summary>The value of a member; null where it has none.</summary>
    public string? Find(string name) => _members.TryGetValue(name, out string? value) ? value : null;

    /// <summary>A text that two profiles share when all of their members agree.</summary>
    public string Signature()
    {
        var text = new StringBuilder();
        foreach (KeyValuePair<string, string> member in _members.OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            text.Append(member.Key.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(member.Key)
                .Append(member.Value.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(member.Value);
        }

        return text.ToString();
    }

    private void Add(string path, string name, object? value)
    {
        // Maps are taken apart, because a service may fill in one of their keys; lists are one value.
        if (value is FileMap map)
        {
            foreach (KeyValuePair<string, object?> pair in map)
            {
                Add(path + "." + pair.Key, pair.Key, pair.Value);
            }
        }
        else if (name == nameof(AssociationEntry.ScheduleExpression) && value is string expression)
        {
            _members[path] = LooseSchedule.Of(expression);
        }
        else if (Loose(value, depth: 0) is { Length: > 0 } text && !(value is int and 0))
        {
            _members[path] = text;
        }
    }

    private static string Loose(object? value, int depth) => value switch
    {
        null or false => string.Empty,
        string text => LooseText(text, depth),
        FileList list => Joined(list.Select(item => Loose(item, depth))),
        FileMap map => Joined(map.Select(pair => Plain(pair.Key) + "=" + Loose(pair.Value, depth))),
        List<object?> list => Joined(list.Select(item => Loose(item, depth))),
        JsonObject json => Joined(json.Members.Select(pair => Plain(pair.Key) + "=" + Loose(pair.Value, depth))),
        _ => Plain(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty),
    };

    /// <summary>What is said twice is said once, in no order.</summary>
    private static string Joined(IEnumerable<string> texts) =>
        string.Join("\n", texts.Where(static text => text.Length > 0).Distinct(StringComparer.Ordinal).OrderBy(static text => text, StringComparer.Ordinal));

    /// <summary>Text that holds JSON may come back with its members in another order.</summary>
    private static string LooseText(string text, int depth)
    {
        string trimmed = text.Trim();
        return depth < 2 && JsonText.LooksLikeJson(trimmed) && JsonText.Read(trimmed, out object? value, out _) == JsonFault.None
            ? Loose(value, depth + 1)
            : Plain(text);
    }

    /// <summary>Without case, white space and characters that do not show.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
        }

        return plain.ToString();
    }
}
