using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SsmAssociationTools.Model;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Content;

/// <summary>Finds the members in which two entries differ. Lists whose order has no meaning are compared as sets.</summary>
internal static class EntryDifferences
{
    /// <summary>Compares the content of two entries, both without what the service fills in.</summary>
    /// <returns>The members that differ, in the order in which people read them; empty for the same content.</returns>
    public static IReadOnlyList<MemberDifference> Between(AssociationEntry wanted, AssociationEntry existing)
    {
        FileMap one = EntryMembers.Of(wanted);
        FileMap other = EntryMembers.Of(existing);
        var differences = new List<MemberDifference>();
        foreach (EntryMember member in EntrySchema.Columns)
        {
            Compare(member.Name, member, Find(one, member.Name), Find(other, member.Name), member.IsSensitive, differences);
        }

        return differences;
    }

    /// <param name="member">The row of the value; null below maps, whose keys are nobody's members.</param>
    private static void Compare(string path, EntryMember? member, object? wanted, object? existing, bool isSensitive, List<MemberDifference> differences)
    {
        if (wanted is FileMap || existing is FileMap)
        {
            var one = wanted as FileMap;
            var other = existing as FileMap;
            if (one is null || other is null)
            {
                // The whole part is there on one side only: one line says so.
                Add(path, isSensitive, wanted, existing, differences);
                return;
            }

            foreach (string key in one.Select(static pair => pair.Key).Concat(other.Select(static pair => pair.Key)).Distinct(StringComparer.Ordinal))
            {
                Compare(path + "." + key, PartOf(member, key), Find(one, key), Find(other, key), isSensitive, differences);
            }
        }
        else if (member is { IsSet: false, Kind: MemberKind.Parts or MemberKind.Maps }
            && wanted is FileList list
            && existing is FileList otherList
            && list.Count == otherList.Count)
        {
            for (int i = 0; i < list.Count; i++)
            {
                Compare($"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", member, list[i], otherList[i], isSensitive, differences);
            }
        }
        else if (!string.Equals(Canonical(member, wanted), Canonical(member, existing), StringComparison.Ordinal))
        {
            Add(path, isSensitive, wanted, existing, differences);
        }
    }

    private static EntryMember? PartOf(EntryMember? member, string name) => member?.Parts.FirstOrDefault(part => part.Name == name);

    private static void Add(string path, bool isSensitive, object? wanted, object? existing, List<MemberDifference> differences) =>
        differences.Add(isSensitive
            ? MemberDifference.Hidden(path, wanted is not null, existing is not null)
            : new MemberDifference(path, Text(wanted), Text(existing)));

    private static object? Find(FileMap map, string name)
    {
        foreach (KeyValuePair<string, object?> pair in map)
        {
            if (pair.Key == name)
            {
                // A parameter without values is there all the same.
                return pair.Value ?? string.Empty;
            }
        }

        return null;
    }

    /// <summary>A text in which two values are equal exactly when they mean the same.</summary>
    private static string? Canonical(EntryMember? member, object? value) => value switch
    {
        null or false => null,
        string text when member?.Canonical is { } canonical => canonical(text),
        FileList list => Joined(list.Select(item => Canonical(member, item) ?? string.Empty), member is { IsSet: true } or { Kind: MemberKind.Texts }),
        FileMap map => Joined(map.Select(pair => Canonical(pair, PartOf(member, pair.Key))).OfType<string>(), isSet: true),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A key of a map is there without values as well; a member of a structure is not.</summary>
    private static string? Canonical(KeyValuePair<string, object?> pair, EntryMember? part)
    {
        string? value = Canonical(part, pair.Value);
        return part is not null && string.IsNullOrEmpty(value) ? null : pair.Key + "=" + value;
    }

    /// <summary>Lengths stand before the texts, so that no two different lists give the same text.</summary>
    private static string Joined(IEnumerable<string> texts, bool isSet) =>
        string.Concat((isSet ? texts.OrderBy(static text => text, StringComparer.Ordinal) : texts).Select(static text => text.Length.ToString(CultureInfo.InvariantCulture) + ":" + text));

    private static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        FileList list => MessageText.Of(string.Join(list.Any(static item => item is FileMap) ? "; " : ",", list.Select(Plain))),
        _ => MessageText.Of(Plain(value)),
    };

    private static string Plain(object? value) => value switch
    {
        FileMap target when Find(target, "Key") is string key && target.Count <= 2 => key + "=" + Plain(Find(target, "Values")),
        FileMap map => string.Join(";", map.Select(static pair => pair.Key + "=" + Plain(pair.Value))),
        FileList list => string.Join(",", list.Select(Plain)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
