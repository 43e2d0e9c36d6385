using System.Collections.Generic;

namespace SsmAssociationTools.Model;

/// <summary>Named values of a file in their order: a row, a JSON object, a YAML mapping. A bag to the reader of entries.</summary>
internal sealed class FileMap : List<KeyValuePair<string, object?>>
{
    /// <summary>Line of the file on which it begins, from 1.</summary>
    public long Line { get; set; }

    /// <summary>True for an object of JSON.</summary>
    public bool IsOfJson { get; init; }

    /// <summary>True for a row of cells.</summary>
    public bool IsRow { get; init; }

    /// <summary>Line of each member, from 1; null where they are not kept.</summary>
    public List<long>? Lines { get; set; }

    /// <summary>Members that were given more than once, each with the line of the last; null for none. The last value counts.</summary>
    public List<KeyValuePair<string, long>>? Repeated { get; set; }

    /// <summary>Line of a member; that of the map where none is kept.</summary>
    public long LineOf(int index) => Lines is null || index >= Lines.Count ? Line : Lines[index];

    /// <summary>Line of a member by its exact name.</summary>
    public long LineOf(string name) => LineOf(FindIndex(pair => pair.Key == name) is var index and >= 0 ? index : int.MaxValue);

    /// <summary>Adds a value.</summary>
    public void Add(string name, object? value) => Add(new KeyValuePair<string, object?>(name, value));

    /// <summary>Finds a value by its exact name.</summary>
    public bool TryGet(string name, out object? value)
    {
        foreach (KeyValuePair<string, object?> pair in this)
        {
            if (pair.Key == name)
            {
                value = pair.Value;
                return true;
            }
        }

        value = null;
        return false;
    }
}
