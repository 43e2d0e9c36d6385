using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace SsmAssociationTools.Rehearsal;

/// <summary>Takes a simulated node apart that PowerShell gives: a hashtable, an object, or an id alone.</summary>
internal static class NodeValues
{
    public static IReadOnlyDictionary<string, object?> Read(object node) =>
        Plain(node) is { } plain and not string && plain is Dictionary<string, object?> members
            ? members
            : new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = Convert.ToString(node, CultureInfo.InvariantCulture) };

    private static object? Plain(object? value) => value switch
    {
        null => null,
        PSObject wrapped when wrapped.BaseObject is PSCustomObject => wrapped.Properties.ToDictionary(static member => member.Name, static member => Plain(member.Value)),
        PSObject wrapped => Plain(wrapped.BaseObject),
        string or bool or int or long or double => value,
        IDictionary members => Members(members),
        IEnumerable list => list.Cast<object?>().Select(Plain).ToList(),
        DateTimeOffset time => time.UtcDateTime,
        DateTime time => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc),
        decimal or float or byte or short => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, object?> Members(IDictionary members)
    {
        var plain = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry member in members)
        {
            plain[Convert.ToString(member.Key, CultureInfo.InvariantCulture)!] = Plain(member.Value);
        }

        return plain;
    }
}
