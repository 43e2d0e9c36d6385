using System;
using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>A member that is a map from a text to a list of texts.</summary>
internal sealed class MapField<TOwner> : FieldConstraint<TOwner>
    where TOwner : class
{
    private readonly Func<TOwner, Dictionary<string, string?[]?>?> _get;

    public MapField(string ruleName, Func<TOwner, Dictionary<string, string?[]?>?> get, MapLimits map)
        : base(ruleName, isRequired: false)
    {
        _get = get;
        Map = map;
    }

    public override string ModelType => "map";

    public override MapLimits? Map { get; }

    public override IEnumerable<RuleDefinition> OwnRules => Map!.Rules;

    protected override void CheckValue(TOwner owner, FieldPath path, IssueCollector issues)
    {
        if (_get(owner) is { } map)
        {
            Map!.Check(map, path, issues);
        }
    }
}
