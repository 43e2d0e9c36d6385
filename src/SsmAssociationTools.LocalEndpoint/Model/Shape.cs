using System.Collections.Generic;

namespace SsmAssociationTools.LocalEndpoint.Model;

/// <summary>One shape of the API model: a type and what its values must satisfy.</summary>
internal sealed class Shape
{
    /// <summary>Makes a shape without constraints.</summary>
    /// <param name="kind">Its kind.</param>
    public Shape(ShapeKind kind) => Kind = kind;

    /// <summary>Its kind.</summary>
    public ShapeKind Kind { get; }

    /// <summary>Least length, count or value; null for none.</summary>
    public long? Min { get; set; }

    /// <summary>Greatest length, count or value; null for none.</summary>
    public long? Max { get; set; }

    /// <summary>What a text must match; null for anything.</summary>
    public JavaPattern? Pattern { get; set; }

    /// <summary>The values a text may have; null for any.</summary>
    public IReadOnlyList<string>? Values { get; set; }

    /// <summary>Whether values are never quoted in an error text.</summary>
    public bool IsSensitive { get; set; }

    /// <summary>Members of a structure by name.</summary>
    public Dictionary<string, Shape> Members { get; } = [];

    /// <summary>Members that a structure must have.</summary>
    public HashSet<string> Required { get; } = [];

    /// <summary>Shape of a list's items or a map's values.</summary>
    public Shape? Item { get; set; }

    /// <summary>Shape of a map's keys.</summary>
    public Shape? Key { get; set; }
}
