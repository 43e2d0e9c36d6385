using System.Globalization;

namespace SsmAssociationTools.Rules;

/// <summary>How many items a list or a map may have.</summary>
internal sealed class ItemCount
{
    /// <summary>A list in the API never holds a null.</summary>
    public static readonly RuleDefinition NullItem = new(
        "Entry.NullItem",
        IssueSeverity.Error,
        "No list holds a null, and no key of a map has a null for its list.",
        "Targets[0].Values = @('web', $null)",
        "documented: API model 2014-11-06 (no list is sparse); reported: cdk-preflight (\"values cannot contain null or empty string.\")");

    private readonly int _min;
    private readonly int _max;
    private readonly string _what;
    private readonly bool _canBeLeftOut;

    public ItemCount(string ruleName, int min, int max, string what, string source, bool canBeLeftOut = true)
    {
        _min = min;
        _max = max;
        _what = what;
        _canBeLeftOut = canBeLeftOut;
        string range = min == max ? $"exactly {Amount(max)}" : min == 0 ? $"at most {Amount(max)}" : $"{min} to {Amount(max)}";
        Rule = new RuleDefinition(ruleName + ".Count", IssueSeverity.Error, $"Holds {range}.", $"{ruleName} = ({Amount(max + 1)})", source)
        {
            Needs = [ruleName.Split('.')[0]],
        };
    }

    /// <summary>The rule.</summary>
    public RuleDefinition Rule { get; }

    /// <summary>Fewest items.</summary>
    public int Min => _min;

    /// <summary>Most items.</summary>
    public int Max => _max;

    /// <summary>Checks a number of items.</summary>
    public void Check(int count, IssuePath path, IssueCollector issues)
    {
        if (count < _min)
        {
            issues.Add(Rule, path.ToString(), $"It holds {Amount(count)}: give at least {Amount(_min)}{(_canBeLeftOut ? ", or leave the member out" : string.Empty)}.");
        }
        else if (count > _max)
        {
            issues.Add(Rule, path.ToString(), $"It holds {Amount(count)}, but at most {Amount(_max)} can be given: use several entries, or remove some.");
        }
    }

    private string Amount(int count) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + (count == 1 ? _what.Substring(0, _what.Length - 1) : _what);
}
