using System;
using System.Collections.Generic;

namespace SsmAssociationTools.Input;

/// <summary>What the dotted columns of a flat row say of one member: a value, named parts or numbered items.</summary>
internal sealed class ColumnNode
{
    private readonly List<KeyValuePair<ColumnSegment, ColumnNode>> _children = [];
    private bool _hasName;

    /// <summary>True for a cell.</summary>
    public bool HasValue { get; private set; }

    /// <summary>What the cell holds.</summary>
    public object? Value { get; private set; }

    /// <summary>True when every part is a numbered item.</summary>
    public bool IsList => _children.Count > 0 && !_hasName;

    /// <summary>The parts by name.</summary>
    public IReadOnlyList<KeyValuePair<ColumnSegment, ColumnNode>> Children => _children;

    /// <summary>Puts a cell in its place.</summary>
    public bool Set(List<ColumnSegment> path, object? value)
    {
        ColumnNode node = this;
        foreach (ColumnSegment segment in path)
        {
            if (node.HasValue)
            {
                return false;
            }

            node = node.Child(segment);
        }

        if (node._children.Count > 0 || (node.HasValue && !Equals(node.Value, value)))
        {
            return false;
        }

        node.HasValue = true;
        node.Value = value;
        return true;
    }

    /// <summary>The numbered items in order. Blank cells were never set, so numbers may be missing: they close up.</summary>
    public List<object?> Items()
    {
        var sorted = new List<KeyValuePair<ColumnSegment, ColumnNode>>(_children);
        sorted.Sort(static (a, b) => a.Key.Index.CompareTo(b.Key.Index));
        var items = new List<object?>(sorted.Count);
        foreach (KeyValuePair<ColumnSegment, ColumnNode> child in sorted)
        {
            items.Add(child.Value);
        }

        return items;
    }

    private ColumnNode Child(ColumnSegment segment)
    {
        foreach (KeyValuePair<ColumnSegment, ColumnNode> child in _children)
        {
            if (child.Key.Index == segment.Index
                && (segment.Index >= 0 || string.Equals(child.Key.Name, segment.Name, StringComparison.Ordinal)))
            {
                return child.Value;
            }
        }

        var added = new ColumnNode();
        _children.Add(new KeyValuePair<ColumnSegment, ColumnNode>(segment, added));
        _hasName |= segment.Index < 0;
        return added;
    }
}
