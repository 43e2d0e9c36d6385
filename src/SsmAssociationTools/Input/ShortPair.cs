using System.Collections.Generic;

namespace SsmAssociationTools.Input;

/// <summary>A name and its values, as the short notation gives them.</summary>
internal sealed class ShortPair(string name)
{
    /// <summary>What stands before the equals sign.</summary>
    public string Name { get; } = name;

    /// <summary>True where the value stands in quotes.</summary>
    public bool IsQuoted { get; set; }

    /// <summary>What stands after it; at least one.</summary>
    public List<string> Values { get; } = [];
}
