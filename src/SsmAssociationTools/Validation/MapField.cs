using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a map from a text to a list of texts.</summary>
/// <typeparam name="TOwner">The type that has the member.</typeparam>
internal sealed class MapField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    private readonly Func<TOwner, Dictionary<string, string?[]?>?> _get;

    /// <summary>Makes a constraint.</summary>
    /// <param name="ruleName">The path without indexes.</param>
    /// <param name="get">Reads the member.</param>
    /// <param name="map">The constraints on the map.</param>
    public MapField(string ruleName, Func<TOwner, Dictionary<string, string?[]?>?> get, MapLimits map)
        : base(ruleName, isRequired: false)
    {
        _get = get;
        Map = map;
    }

    /// <inheritdoc/>
    public override string ModelType => "map";

    /// <inheritdoc/>
    public override MapLimits? Map { get; }

    /// <inheritdoc/>
    public override IEnumerable<RuleDefinition> OwnRules => Map!.Rules;

    /// <inheritdoc/>
    protected override void CheckValue(TOwner owner, FieldPath path, IssueCollector issues)
    {
        if (_get(owner) is { } map)
        {
            Map!.Check(map, path, issues);
        }
    }
}
