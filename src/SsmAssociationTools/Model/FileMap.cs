using System.Collections.Generic;

namespace SsmAssociationTools.Model;

/// <summary>Named values of a file in their order: a row, a JSON object, a YAML mapping. A bag to the reader of entries.</summary>
internal sealed class FileMap : List<KeyValuePair<string, object?>>
{
    /// <summary>Line of the file on which it begins, from 1.</summary>
    public long Line { get; set; }

    /// <summary>True for an object of JSON.</summary>
    public bool IsOfJson { get; init; }

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
