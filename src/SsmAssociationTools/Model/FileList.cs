using System.Collections.Generic;

namespace SsmAssociationTools.Model;

/// <summary>Values of a file in their order: a JSON or YAML list.</summary>
internal sealed class FileList : List<object?>
{
    /// <summary>Line of the file on which it begins, from 1.</summary>
    public long Line { get; set; }
}
