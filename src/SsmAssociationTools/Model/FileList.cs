using System.Collections.Generic;

namespace SsmAssociationTools.Model;

/// <summary>Values of a file in their order: a JSON or YAML list.</summary>
internal sealed class FileList : List<object?>
{
    /// <summary>Line of the file on which it begins, from 1.</summary>
    public long Line { get; set; }

    /// <summary>Line of each item, from 1; null where they are not kept.</summary>
    public List<long>? Lines { get; set; }

    /// <summary>Line of an item; that of the list where none is kept.</summary>
    public long LineOf(int index) => Lines is null || index >= Lines.Count ? Line : Lines[index];
}
