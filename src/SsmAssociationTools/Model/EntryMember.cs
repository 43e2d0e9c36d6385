using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Model;

/// <summary>
/// One row of <see cref="EntrySchema"/>: all that is known of a member of an entry, or of a part of one. Whoever reads,
/// checks, compares or writes entries goes through the rows. What needs a later layer, such as a rule, names the row.
/// </summary>
/// <remarks>
/// Fields and no properties, here and in <see cref="EntrySchema"/>: each accessor is compiled at the first call of a session, and
/// the two hundred of the tables and of the facts about an input made the first Test- a quarter slower.
/// </remarks>
internal abstract class EntryMember
{
    protected EntryMember(string name, MemberKind kind, Type? partType)
    {
        Name = name;
        Kind = kind;
        PartType = partType;
    }

    /// <summary>The name in the API.</summary>
    public readonly string Name;

    public readonly MemberKind Kind;

    /// <summary>Class of the structure, of the map, or of the items of a list of either; null for single values and texts.</summary>
    public readonly Type? PartType;

    /// <summary>Other names that it may have where its object is read.</summary>
    public string[] Aliases = [];

    /// <summary>Of a member of a part: the names of a column of the entry that gives it.</summary>
    public string[] Columns = [];

    /// <summary>Place among the columns of a file, in the order in which people read them.</summary>
    public int Column;

    /// <summary>
    /// The mark of the member in the canonical content; null where only the members of the part have marks. Journals and
    /// shards depend on it: it never changes, and no second member of the same object has it.
    /// </summary>
    public char? Tag;

    /// <summary>The members of the structure; empty where it is none.</summary>
    public EntryMember[] Parts = [];

    /// <summary>The members of the part may stand in its place.</summary>
    public bool IsTransparent;

    /// <summary>The order of the structures of a list means nothing.</summary>
    public bool IsSet;

    /// <summary>An empty list or structure says something else than none.</summary>
    public bool KeepsEmpty;

    /// <summary>The values are never shown.</summary>
    public bool IsSensitive;

    /// <summary>The value that the service takes where there is none, and describes.</summary>
    public string? ServiceDefault;

    /// <summary>The service may describe it, or keys of it, although nothing was sent.</summary>
    public bool IsFilledIn;

    /// <summary>A line of ListAssociations has it.</summary>
    public bool IsListed;

    /// <summary>The one spelling that stands for all that the service takes as the same.</summary>
    public Func<string?, string?>? Canonical;

    public bool IsRequired;

    /// <summary>The service refuses it together with the legacy InstanceId.</summary>
    public bool IsExcludedByInstanceId;

    /// <summary>What a text that is not JSON means.</summary>
    public MemberNotation Notation;

    /// <summary>What a structure or a list of structures may be given as, for messages.</summary>
    public string Expected = string.Empty;

    /// <summary>Shortest text, or shortest text of a list.</summary>
    public int? MinLength;

    /// <summary>Longest text, or longest text of a list.</summary>
    public int? MaxLength;

    /// <summary>The form of the text, or of the texts of a list.</summary>
    public TextPattern? Pattern;

    /// <summary>The values of an enumeration.</summary>
    public string[]? Allowed;

    /// <summary>Fewest and most items of a list; null where the API sets no limit.</summary>
    public (int Min, int Max)? Count;

    /// <summary>What the items are called in messages, in the plural.</summary>
    public string CountOf = "items";

    /// <summary>Where the count comes from; null for the API model.</summary>
    public string? CountSource;

    /// <summary>Smallest and largest number.</summary>
    public (int Min, int Max)? Range;

    /// <summary>What the number counts.</summary>
    public string Unit = string.Empty;

    /// <summary>The limits of the maps of a list.</summary>
    public MapShape? Map;

    /// <summary>The value in an object that has the member.</summary>
    public abstract object? Get(object owner);

    public abstract void Set(object owner, object? value);

    /// <summary>A number without a box around it.</summary>
    public abstract int? Number(object owner);

    /// <summary>A flag without a box around it.</summary>
    public abstract bool? Flag(object owner);

    /// <summary>An empty structure or map of the member's class.</summary>
    public object NewPart() => Activator.CreateInstance(PartType!)!;

    /// <summary>A list of the member's class.</summary>
    public object[] NewList(IReadOnlyList<object> items)
    {
        var list = (object[])Array.CreateInstance(PartType!, items.Count);
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = items[i];
        }

        return list;
    }
}
