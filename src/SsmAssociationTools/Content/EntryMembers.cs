using System.Collections;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.Model;

namespace SsmAssociationTools.Content;

/// <summary>
/// An entry as named values, under the names of the API and in the order in which people read them. Absent members are
/// left out. What it gives, the reader of entries makes the same entry of.
/// </summary>
internal static class EntryMembers
{
    /// <summary>The members in the order of <see cref="Of"/>: the columns of a CSV file that uses them all.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. EntrySchema.Columns.Select(static member => member.Name), nameof(AssociationEntry.Region), nameof(AssociationEntry.RoleArn)];

    /// <summary>Says whether a member says where the entry goes, which the service's own entry cannot.</summary>
    public static bool IsOfDestination(string name) => name is nameof(AssociationEntry.Region) or nameof(AssociationEntry.RoleArn);

    /// <summary>Takes an entry apart.</summary>
    public static FileMap Of(AssociationEntry entry)
    {
        FileMap map = MapOf(entry, EntrySchema.Columns);
        Add(map, nameof(AssociationEntry.Region), string.IsNullOrWhiteSpace(entry.Region) ? null : entry.Region);
        Add(map, nameof(AssociationEntry.RoleArn), string.IsNullOrWhiteSpace(entry.RoleArn) ? null : entry.RoleArn);
        return map;
    }

    private static FileMap MapOf(object owner, EntryMember[] members)
    {
        var map = new FileMap();
        foreach (EntryMember member in members)
        {
            Add(map, member.Name, ValueOf(member, member.Get(owner)));
        }

        return map;
    }

    private static object? ValueOf(EntryMember member, object? value)
    {
        switch (value)
        {
            case null:
            case string text when string.IsNullOrWhiteSpace(text):
            case ICollection { Count: 0 } when !member.KeepsEmpty || member.Kind != MemberKind.Texts:
                return null;
            case string?[] texts:
                return ListOf(texts);
            case Dictionary<string, string?[]?> values:
                return MapOf(values);
            case object?[] items:
                var list = new FileList();
                foreach (object? item in items)
                {
                    list.Add(item is null ? new FileMap() : item is Dictionary<string, string?[]?> ofMaps ? MapOf(ofMaps) : MapOf(item, member.Parts));
                }

                return list;
        }

        if (member.Kind != MemberKind.Part)
        {
            return value;
        }

        FileMap part = MapOf(value, member.Parts);
        return part.Count > 0 || member.KeepsEmpty ? part : null;
    }

    private static FileMap MapOf(Dictionary<string, string?[]?> values)
    {
        var map = new FileMap();
        foreach (KeyValuePair<string, string?[]?> pair in values)
        {
            map.Add(pair.Key, pair.Value is null ? null : ListOf(pair.Value));
        }

        return map;
    }

    private static FileList ListOf(string?[] values)
    {
        var list = new FileList();
        list.AddRange(values);
        return list;
    }

    private static void Add(FileMap map, string name, object? value)
    {
        if (value is not null)
        {
            map.Add(name, value);
        }
    }
}
