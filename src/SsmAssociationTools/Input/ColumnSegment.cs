namespace SsmAssociationTools.Input;

/// <summary>One step of a dotted column name: a member or a place in a list.</summary>
internal readonly struct ColumnSegment(string name, int index)
{
    /// <summary>The name as written; digits where it is a place.</summary>
    public string Name { get; } = name;

    /// <summary>Place in a list, from 0; -1 for a member.</summary>
    public int Index { get; } = index;
}
