using System.Collections.Generic;
using SsmAssociationTools.Rules;

namespace SsmAssociationTools.Validation;

/// <summary>The API model's constraints on a map from a text to a list of texts.</summary>
internal sealed class MapLimits
{
    private readonly List<RuleDefinition> _rules = [];

    /// <summary>Makes limits and their rules.</summary>
    public MapLimits(ItemCount? pairs, TextLimits key, ItemCount? values, TextLimits value)
    {
        Pairs = pairs;
        Key = key;
        Values = values;
        Value = value;
        if (pairs is not null)
        {
            _rules.Add(pairs.Rule);
        }

        _rules.AddRange(key.Rules);
        if (values is not null)
        {
            _rules.Add(values.Rule);
        }

        _rules.AddRange(value.Rules);
    }

    /// <summary>How many keys, or null for any number.</summary>
    public ItemCount? Pairs { get; }

    /// <summary>The limits of each key.</summary>
    public TextLimits Key { get; }

    /// <summary>How many values each key has, or null for any number.</summary>
    public ItemCount? Values { get; }

    /// <summary>The limits of each value.</summary>
    public TextLimits Value { get; }

    /// <summary>The rules that a map can break.</summary>
    public IReadOnlyList<RuleDefinition> Rules => _rules;

    /// <summary>Checks a map.</summary>
    /// <param name="issues">Takes the problems; never gets a value of a map that has no limits on its values.</param>
    public void Check(Dictionary<string, string?[]?> map, IssuePath path, IssueCollector issues)
    {
        Pairs?.Check(map.Count, path, issues);
        foreach (KeyValuePair<string, string?[]?> pair in map)
        {
            path.Enter(pair.Key);
            Key.Check(pair.Key, path, issues);
            if (pair.Value is { } values)
            {
                CheckValues(values, path, issues);
            }
            else
            {
                issues.Add(ItemCount.NullItem, path.ToString(), "The key has no list: give it a list of values, or remove the key.");
            }

            path.Leave();
        }
    }

    private void CheckValues(string?[] values, IssuePath path, IssueCollector issues)
    {
        Values?.Check(values.Length, path, issues);
        for (int i = 0; i < values.Length; i++)
        {
            path.Enter(i);
            if (values[i] is { } value)
            {
                Value.Check(value, path, issues);
            }
            else
            {
                issues.Add(ItemCount.NullItem, path.ToString(), "This item is null: remove it or give it a value.");
            }

            path.Leave();
        }
    }
}
